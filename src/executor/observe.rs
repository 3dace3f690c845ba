//! What a hand-written future can say of itself, between two polls.

use crate::record::Observation;

/// What a hand-written future can say of itself.
pub type Observe<F> = fn(&F) -> Observation;
