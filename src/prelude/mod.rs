//! What a scenario's code sees: the futures and functions that it is written with.
//!
//! All leaf futures are written by hand, have fixed layouts, and record from which line they are polled, what holds their
//! waker and when it lets go of it.
//!
//! | type                 | size on wasm32           | what its drop does                                  |
//! |----------------------|--------------------------|-----------------------------------------------------|
//! | [`Sleep`]            | 8                        | cancels its timer                                   |
//! | [`YieldNow`]         | 1                        | nothing                                             |
//! | [`Ready`]            | that of an `Option`      | drops its value                                     |
//! | [`Pending`]          | 0                        | nothing                                             |
//! | [`JoinHandle`]       | 4                        | detaches: the task goes on, its waker is let go     |
//! | [`Sender`]           | 4                        | the last one wakes the receiver                     |
//! | [`Receiver`]         | 4                        | drops what is queued, front first                   |
//! | [`Recv`]             | 4                        | lets its waker go                                   |
//! | [`Mutex`]            | the value, then one byte | drops its value                                     |
//! | [`Lock`]             | 8                        | leaves the line; passes on a wake that it had       |
//! | [`MutexGuard`]       | 4                        | unlocks, and wakes the first in line                |
//! | [`Join`], [`Join3`]  | the children, done or not | drops the children, in order                       |
//! | [`Race`], [`Select`] | both futures             | drops the left, then the right one                  |
//!
//! Leaf futures of a program's own are written with a [`Bell`], which keeps a waker and wakes it, and [`watched`], which has the
//! polls of any future recorded. A value that several tasks read and write is kept in a [`Shared`]. That an async fn was called, and whether its future was ever polled, [`called`] records;
//! what a future took from the heap, and gave back, [`framed`]. What a runtime of another make keeps, and when its loop is
//! turned, a [`Driver`] records; which sources of data are registered with a reactor, and when they are ready, a [`Socket`].
//!
//! A future from here works only inside of a task that an [`Executor`](crate::executor::Executor) polls.

mod bell;
mod channel;
mod coin;
mod driver;
mod framed;
mod join;
mod mutex;
mod name;
mod race;
mod ready;
mod shared;
mod sleep;
mod socket;
mod stand_in;
mod watched;
mod yield_now;

pub use crate::executor::JoinHandle;
pub use crate::{join, log};
pub use bell::{Bell, bell};
pub use channel::{Receiver, Recv, Sender, channel};
pub use coin::{Coin, FairRace, FairSelect};
pub use driver::Driver;
pub use framed::{Framed, framed};
pub use join::{Join, Join3, join, join3};
pub use mutex::{Lock, Mutex, MutexGuard};
pub use race::Either::{Left, Right};
pub use race::{Either, Race, Select, race, select};
pub use ready::{Pending, Ready, pending, ready};
pub use shared::Shared;
pub use sleep::{Sleep, sleep};
pub use socket::Socket;
pub use stand_in::{Like, PolledLike, polled_like};
pub use watched::{Called, Watched, called, watched};
pub use yield_now::{YieldNow, yield_now};

/// What programs use without naming it.
pub use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    future::Future,
    pin::{Pin, pin},
    rc::Rc,
    task::{Context, Poll, Waker},
};

use crate::executor::{Observe, running};
use crate::trace::ids::MachineId;
use name::task_name;

/// Spawns a task: it is at the back of the run queue when this returns. It is called as the function that the future comes
/// from.
///
/// # Panics
/// Outside of a task.
#[track_caller]
pub fn spawn<F: Future + 'static>(future: F) -> JoinHandle<F::Output> {
    let at = std::panic::Location::caller();
    running::spawn(|| task_name(std::any::type_name::<F>(), at), future)
}

/// The same, for a future that stands for another, as that of an interpreted program does: under a name that is given, and, as
/// [`spawn_machine`](crate::executor::Executor::spawn_machine) does, with what it says of itself.
///
/// # Panics
/// Outside of a task.
#[track_caller]
pub fn spawn_as<F: Future + 'static>(
    name: &str,
    machine: Option<(MachineId, Observe<F>)>,
    future: F,
) -> JoinHandle<F::Output> {
    running::spawn_as(name, machine, future)
}

/// Works for `ms` milliseconds without giving the thread back. On a virtual clock it is a model: the clock goes on inside of the
/// poll. On the browser's, the processor is kept busy for so long; on others that go by themselves it does nothing.
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
pub fn now() -> u64 {
    running::now_ms()
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

/// The table above, held by the compiler.
#[cfg(target_arch = "wasm32")]
const _: () = {
    use std::mem::{align_of, needs_drop, size_of};
    macro_rules! is {
        ($($t:ty: $size:literal / $align:literal, $drop:literal;)*) => {
            $(assert!(size_of::<$t>() == $size && align_of::<$t>() == $align && needs_drop::<$t>() == $drop);)*
        };
    }
    is! {
        Sleep: 8 / 4, true;
        YieldNow: 1 / 1, false;
        Ready<u32>: 8 / 4, false;
        Ready<String>: 12 / 4, true;
        Pending<u64>: 0 / 1, false;
        JoinHandle<u64>: 4 / 4, true;
        Sender<u64>: 4 / 4, true;
        Receiver<u64>: 4 / 4, true;
        Recv<'static, u64>: 4 / 4, true;
        Mutex<u32>: 8 / 4, false;
        Mutex<u8>: 2 / 1, false;
        Mutex<u64>: 16 / 8, false;
        Mutex<String>: 16 / 4, true;
        Lock<'static, u64>: 8 / 4, true;
        MutexGuard<'static, u64>: 4 / 4, true;
        Join<Sleep, Sleep>: 24 / 4, true;
        Race<Sleep, YieldNow>: 12 / 4, true;
        Select<Sleep, YieldNow>: 12 / 4, true;
        Join<YieldNow, YieldNow>: 2 / 1, false;
        Either<u32, ()>: 8 / 4, false;
    }
};
