//! The steps of a simulated call or task, as the page shows them.

use crate::trace::event::Phase;
use serde::Serialize;

/// A step of a simulated call or task, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the Phase of the same name")]
pub enum ModelPhase {
    Arrived,
    Seated,
    Dialling,
    Ringing,
    Answered,
    Talking,
    Served,
    Switching,
    Computing,
    Looking,
    Blocked,
    Waiting,
    Ready,
    Preempted,
    Finished,
}

impl From<Phase> for ModelPhase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Arrived => ModelPhase::Arrived,
            Phase::Seated => ModelPhase::Seated,
            Phase::Dialling => ModelPhase::Dialling,
            Phase::Ringing => ModelPhase::Ringing,
            Phase::Answered => ModelPhase::Answered,
            Phase::Talking => ModelPhase::Talking,
            Phase::Served => ModelPhase::Served,
            Phase::Switching => ModelPhase::Switching,
            Phase::Computing => ModelPhase::Computing,
            Phase::Looking => ModelPhase::Looking,
            Phase::Blocked => ModelPhase::Blocked,
            Phase::Waiting => ModelPhase::Waiting,
            Phase::Ready => ModelPhase::Ready,
            Phase::Preempted => ModelPhase::Preempted,
            Phase::Finished => ModelPhase::Finished,
        }
    }
}
