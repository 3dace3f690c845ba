//! `poll_*` and `clerk_*`: what it costs to have the compiler write the machine. A unit is a poll without an executor, or
//! a call on the bare one.

use pollscope::scenario::zero_cost as run;
use std::hint::black_box;

macro_rules! rows {
    ($($row:ident $run:ident),*) => {
        $(
            pub(crate) fn $row(units: u32) -> u32 {
                black_box(run::$run(black_box(units)));
                units
            }
        )*
    };
}

rows! {
    poll_hand run_hand, poll_async run_async, poll_boxed run_boxed, poll_boxed_dyn run_boxed_dyn, poll_deep run_deep,
    clerk_hand run_clerk_hand, clerk_async run_clerk_async
}
