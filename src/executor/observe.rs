//! What a hand-written future can say of itself.

use crate::record::Observation;

/// What a hand-written future can say of itself.
pub type Observe<F> = fn(&F) -> Observation;
