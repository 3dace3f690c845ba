//! Sources: what tasks wait for and that is no timer, by the numbers that traces give them.
//!
//! A number is of one executor's trace. A channel or a bell may be carried to another executor, whose trace gives it a
//! number of its own.

use super::{context, leaf};
use crate::alloc::uncounted;
use crate::trace::SourceKind;
use crate::trace::event::WakeSource;
use crate::trace::ids::SourceId;
use std::cell::RefCell;
use std::task::Waker;

/// A source that has room for its numbers.
#[derive(Debug)]
pub(crate) struct Source {
    kind: SourceKind,
    /// Its number in the trace of each executor that has used it.
    numbers: RefCell<Vec<(u64, SourceId)>>,
}

impl Source {
    /// A new one; in an executor that records, it gets its number now.
    pub(crate) fn new(kind: SourceKind) -> Self {
        let source = Source { kind, numbers: RefCell::default() };
        source.id();
        source
    }

    /// Its number in the running executor's trace; none where nothing is recorded.
    pub(crate) fn id(&self) -> SourceId {
        let id = context::with_sink_only(|sink| {
            if !sink.is_recording() {
                return SourceId::NONE;
            }
            let executor = sink.number();
            let known = self.numbers.borrow().iter().find(|(of, _)| *of == executor).map(|&(_, id)| id);
            known.unwrap_or_else(|| {
                let id = sink.source(self.kind);
                uncounted(|| self.numbers.borrow_mut().push((executor, id)));
                id
            })
        });
        id.unwrap_or_default()
    }

    /// It holds a waker now, of the running task or of none.
    pub(crate) fn holds(&self, waker: &Waker) {
        holds(self.id(), waker);
    }

    /// It has let go of that waker.
    pub(crate) fn released(&self) {
        released(self.id());
    }
}

/// The source of that number holds a waker now, of the running task or of none.
pub(crate) fn holds(source: SourceId, waker: &Waker) {
    if source.is_some() {
        leaf::keeps(WakeSource::Source(source), waker);
    }
}

/// It has let go of that waker.
pub(crate) fn released(source: SourceId) {
    if source.is_some() {
        leaf::let_go(WakeSource::Source(source));
    }
}
