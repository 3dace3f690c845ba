//! What is run: a file each, all of one shape. Each says what its unit is. (`record_poll` is `yield_opaque`, run by an
//! executor that records it.)

// Each module of the build runs some of them.
#![allow(dead_code)]

pub(crate) mod cancel;
#[cfg(feature = "replay")]
pub(crate) mod frame;
pub(crate) mod hold;
pub(crate) mod oneshot_chain;
pub(crate) mod spawn_complete;
#[cfg(feature = "traits")]
pub(crate) mod traits;
#[cfg(feature = "watch")]
pub(crate) mod watched;
pub(crate) mod yield_;
pub(crate) mod yield_opaque;
#[cfg(feature = "zero-cost")]
pub(crate) mod zero_cost;
