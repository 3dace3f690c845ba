//! A socket: a source of data that is registered with a reactor. The reactor is told when it is ready, and keeps a waker for it.
//!
//! Whose waker it keeps, and what is ready when, is code of the program: this has it recorded.

use crate::executor::{Source, arrived, asked, drained, found_empty, registered, reported, used, wake_from};
use crate::trace::SourceKind;
use std::task::Waker;

/// Records what becomes of a source of data, and of the wakers that a reactor keeps for it.
#[derive(Debug)]
pub struct Socket {
    source: Source,
}

impl Socket {
    /// A source that is registered with a reactor, for an interest: what it wants to be told of, and how.
    #[track_caller]
    pub fn new(interest: &str) -> Self {
        let socket = Socket { source: Source::new(SourceKind::Socket) };
        registered(socket.source.id(), interest);
        socket
    }

    /// So many bytes came: the system has them until they are read.
    pub fn has_more(&self, bytes: usize) {
        arrived(self.source.id(), small(bytes));
    }

    /// The reactor was told that it is ready.
    pub fn is_reported(&self) {
        reported(self.source.id());
    }

    /// The polled future looked at it, and it is not ready, or has nothing to read.
    #[track_caller]
    pub fn is_found_empty(&self) {
        asked();
        found_empty(self.source.id());
    }

    /// So many bytes were read from it: by the running task, or by the system for it.
    #[track_caller]
    pub fn gives(&self, bytes: usize) {
        drained(self.source.id(), small(bytes));
    }

    /// The reactor keeps a waker of the polled task for it.
    #[track_caller]
    pub fn keeps(&self, waker: &Waker) {
        asked();
        self.source.holds(waker);
    }

    /// The reactor lets go of a waker of the task that runs.
    pub fn lets_go(&self) {
        used(|| self.source.id());
        self.source.released();
    }

    /// The reactor wakes whom it kept a waker of.
    pub fn wakes(&self, waker: Waker) {
        wake_from(self.source.id(), waker);
    }
}

fn small(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
