//! No matter who writes a machine, it does the same: what the zero-cost rows compare differs in cost alone.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::async_trait::counted;
use pollscope::scenario::zero_cost::*;
use std::task::{Context, Waker};

#[test]
fn folds_agree_however_they_are_written() {
    for n in [0, 1, 2, 1000] {
        let expected = (0..n).fold(0_u32, |sum, i| sum.wrapping_mul(31).wrapping_add(i));
        for run in [run_hand, run_async, run_boxed, run_boxed_dyn, run_deep] {
            assert_eq!(run(n), expected, "{n} numbers");
        }
    }
}

#[test]
fn folds_take_one_poll_a_number_and_one_to_end() {
    fn polls(future: impl Future<Output = u32>) -> u32 {
        let mut future = Box::pin(future);
        let mut polls = 0;
        loop {
            polls += 1;
            if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
                return polls;
            }
        }
    }
    assert_eq!(polls(by_hand::fold(10)), 11);
    assert_eq!(polls(async_fn::fold(10)), 11);
    assert_eq!(polls(boxed::fold(10)), 11);
    assert_eq!(polls(boxed::fold_dyn(10)), 11);
    assert_eq!(polls(four_deep::fold(10)), 11);
}

#[test]
fn clerks_take_the_same_time_however_they_are_written() {
    // One call: 1 ms to dial, 16 ms of ringing, 1 ms to talk.
    assert_eq!(run_clerk_async(1), 18);
    for calls in [1, 2, 100, 1000, 2500] {
        assert_eq!(run_clerk_hand(calls), run_clerk_async(calls), "{calls} calls");
    }
}

#[test]
fn reads_take_the_same_time_however_the_trait_is_written() {
    use counted::*;
    for (reads, takes) in [(1, 0), (8, 10), (1000, 1)] {
        for way in [async_trait, async_fn, poll_read, by_hand, any_async_trait, any_poll_read] {
            assert_eq!(way(reads, takes), u64::from(reads * takes), "{reads} reads of {takes} ms");
        }
    }
}
