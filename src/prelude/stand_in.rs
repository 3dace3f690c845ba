//! Futures that stand for those of this prelude: an interpreter's lie in a memory of its own, and their polls are recorded as those
//! of the real ones are.

use super::{join, race, ready, yield_now};
use crate::executor::{Declared, Entered, enter_elsewhere};

/// Which future of the prelude is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is called as the type that it stands for")]
pub enum Like {
    YieldNow,
    Ready,
    Pending,
    Join,
    Join3,
    Race,
    Select,
}

impl Like {
    fn declared(self) -> Declared {
        match self {
            Like::YieldNow => yield_now::YIELD,
            Like::Ready => ready::READY,
            Like::Pending => ready::PENDING,
            Like::Join => join::JOIN,
            Like::Join3 => join::JOIN3,
            Like::Race => race::RACE,
            Like::Select => race::SELECT,
        }
    }
}

/// A poll that goes on. When this is dropped, it has returned; if the poll panics, it is to be forgotten.
pub struct PolledLike(Entered);

impl PolledLike {
    /// The poll is about to return `Ready`.
    pub fn ready(&self) {
        self.0.ready();
    }
}

/// Begins the poll of a future that is like one of the prelude's, and lies at an address of another memory, in so many bytes. The
/// address tells it from others of its task, where this is not known to be the `first` poll of another one.
///
/// # Panics
/// Where a change of the run wants it.
#[track_caller]
pub fn polled_like(like: Like, address: usize, size: usize, is_first: bool) -> PolledLike {
    PolledLike(enter_elsewhere(like.declared(), address, size, is_first))
}
