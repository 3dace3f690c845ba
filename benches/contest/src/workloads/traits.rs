//! `read_*` and `ready_*`: a call of a trait's method that waits, by how the trait is written. A unit is a call on the bare
//! executor: of one that waits for a timer, or has its bytes at once.

use pollscope::scenario::async_trait::counted as run;
use std::hint::black_box;

/// What a call waits in the scenario, if nothing else is chosen, in ms.
const WAITS: u32 = 10;

macro_rules! rows {
    ($($way:ident $ready:ident),* $(,)?) => {
        $(
            pub(crate) fn $way(units: u32) -> u32 {
                black_box(run::$way(black_box(units), black_box(WAITS)));
                units
            }

            pub(crate) fn $ready(units: u32) -> u32 {
                black_box(run::$way(black_box(units), black_box(0)));
                units
            }
        )*
    };
}

rows! {
    async_trait ready_async_trait,
    async_fn ready_async_fn,
    poll_read ready_poll_read,
    by_hand ready_by_hand,
    any_async_trait ready_any_async_trait,
    any_poll_read ready_any_poll_read,
}
