//! `zero-cost`: one machine written five ways, and the call centre's clerk written two ways, with what drives them.
//!
//! Each `run_*` does the same work and gives the same value, no matter who wrote its machine; what differs is what it costs.
//! The folds are driven without an executor, a poll after the other, and the driver hides from the compiler where the
//! future is: otherwise a whole run would collapse into a loop over two registers, and no poll would be left to measure.

#[allow(missing_docs)]
#[rustfmt::skip] // set for the width of the page's pane
pub mod async_fn;
#[allow(missing_docs)]
#[rustfmt::skip] // set for the width of the page's pane
pub mod boxed;
#[allow(missing_docs)]
#[rustfmt::skip] // set for the width of the page's pane
pub mod by_hand;
#[allow(missing_docs)]
#[rustfmt::skip] // set for the width of the page's pane
pub mod clerk_by_hand;
#[allow(missing_docs)]
#[rustfmt::skip] // set for the width of the page's pane
pub mod four_deep;
#[allow(missing_docs)]
#[rustfmt::skip] // set for the width of the page's pane
pub mod next_poll;

mod form;
pub mod measure;

pub(super) use form::ZeroCost;
pub use form::costs;

use super::call_centre::code as clerk_async_fn;
use super::call_centre::code::Call;
use crate::executor::{Executor, Until};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Folds `polls` numbers with the hand-written machine.
pub fn run_hand(polls: u32) -> u32 {
    drive(by_hand::fold(polls))
}

/// The same with the `async fn`.
pub fn run_async(polls: u32) -> u32 {
    drive(async_fn::fold(polls))
}

/// The same with the `async fn` in a box of its own type.
pub fn run_boxed(polls: u32) -> u32 {
    drive(boxed::fold(polls))
}

/// The same with the `async fn` behind `dyn Future`.
pub fn run_boxed_dyn(polls: u32) -> u32 {
    drive(boxed::fold_dyn(polls))
}

/// The same with a wait that is four `async fn`s deep.
pub fn run_deep(polls: u32) -> u32 {
    drive(four_deep::fold(polls))
}

/// Polls until the future is ready.
fn drive<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = black_box(future.as_mut()).poll(&mut cx) {
            return value;
        }
    }
}

/// Callers who come in one go before the next executor is opened.
const SHIFT: u32 = 1000;

/// Serves `calls` callers with the hand-written clerk: the virtual milliseconds that it took.
pub fn run_clerk_hand(calls: u32) -> u64 {
    serve(calls, clerk_by_hand::call)
}

/// The same with the clerk of the call centre, an `async fn`.
pub fn run_clerk_async(calls: u32) -> u64 {
    serve(calls, clerk_async_fn::call)
}

/// Callers come a millisecond apart, in shifts, as they do in the call centre.
fn serve<F: Future<Output = ()> + 'static>(calls: u32, clerk: impl Fn(Call) -> F) -> u64 {
    let mut took = 0;
    let mut left = calls;
    while left > 0 {
        let shift = left.min(SHIFT);
        let executor = Executor::new(());
        for i in 0..shift {
            executor.drive(Until::Time(u64::from(i)), u32::MAX);
            // It rings for 16 to 24 ms.
            executor.spawn_detached("call", clerk(Call { dial: 1, ring: 16 + i * 7 % 9, talk: 1 }));
        }
        executor.run();
        took += executor.now();
        left -= shift;
    }
    took
}
