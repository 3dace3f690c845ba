//! Not pinned: it cannot be polled, and may be
//! moved.

use super::seen::{See, Value};

pub fn run<F: Value>(see: &See<F>) {
    let fut = F::new(42);
    see.placed(&fut);

    let moved = fut;
    see.moved(&moved);
}
