//! What a scenario's code sees: the futures and functions that it is written with.
//!
//! All leaf futures are written by hand, have fixed layouts, and record from which line they are polled, who
//! holds their waker and when they let go of it.
//!
//! | future       | size on wasm32 | what its drop does                                       |
//! |--------------|----------------|----------------------------------------------------------|
//! | [`Sleep`]    | 8              | cancels its timer                                        |
//! | [`YieldNow`] | 1              | nothing                                                  |
//! | [`JoinHandle`] | 4            | detaches: the task goes on, and this waker is let go     |
//!
//! A future from here works only inside of a task that an [`Executor`](crate::executor::Executor) polls.

mod sleep;
mod yield_now;

pub use crate::executor::JoinHandle;
pub use crate::log;
pub use sleep::{Sleep, sleep};
pub use yield_now::{YieldNow, yield_now};

use crate::executor::running;
use std::future::Future;

/// Spawns a task: it stands at the back of the ready queue when this returns.
///
/// # Panics
/// Outside of a task.
#[track_caller]
pub fn spawn<F: Future + 'static>(future: F) -> JoinHandle<F::Output> {
    running::spawn(short_type_name::<F>(), future)
}

/// Works for `ms` milliseconds without giving the thread back: the clock goes on inside of the poll.
///
/// # Panics
/// Outside of a task.
#[track_caller]
pub fn compute(ms: u32) {
    running::compute(ms);
}

/// The virtual time in milliseconds.
///
/// # Panics
/// Outside of a task.
#[track_caller]
pub fn now() -> u32 {
    running::now_ms() as u32
}

/// `crate::module::caller::{{closure}}` is called `caller`.
fn short_type_name<T>() -> &'static str {
    let name = std::any::type_name::<T>();
    let name = name.split('<').next().unwrap_or(name);
    name.rsplit("::").find(|part| !part.starts_with('{')).unwrap_or(name)
}

#[doc(hidden)]
#[track_caller]
pub fn log_line(text: std::fmt::Arguments<'_>) {
    running::log(text);
}

/// Logs one line; takes its arguments as `println!` does.
#[macro_export]
macro_rules! log {
    ($($arg:tt)*) => { $crate::prelude::log_line(::std::format_args!($($arg)*)) };
}

#[cfg(target_arch = "wasm32")]
const _: () = {
    assert!(size_of::<Sleep>() == 8 && align_of::<Sleep>() == 4);
    assert!(size_of::<YieldNow>() == 1);
    assert!(size_of::<JoinHandle<u64>>() == 4);
};
