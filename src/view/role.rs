//! The role of a future: what its poll is to those who ask why a run goes wrong.
//!
//! A detector asks for a role, never for a type's name.

use crate::trace::Trace;
use crate::trace::ids::NameId;

/// What a future does with those inside of it, or never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FutureRole {
    /// Nothing that a detector needs to know.
    Plain,
    /// The first of its futures that is ready wins; the others are dropped, perhaps without a poll.
    Race,
    /// It is never ready, and leaves no waker with anybody.
    NeverReady,
}

/// The role of a future, by the name under which it is recorded.
pub(super) fn role_of(trace: &Trace, future: NameId) -> FutureRole {
    match trace.name(future) {
        "Race" | "Select" => FutureRole::Race,
        "Pending" => FutureRole::NeverReady,
        _ => FutureRole::Plain,
    }
}
