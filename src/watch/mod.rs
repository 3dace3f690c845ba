//! Somebody else's application, watched: futures that any executor polls, recorded into a trace of this house.
//!
//! A [`Watch`] records; [`Watch::watch`] puts a future under it, and [`watch()`] does so deeper in the code, where no `Watch` is
//! at hand. What comes out is a [`Watched`], a future as well: spawn it, block on it or await it as you would the bare one.
//!
//! ```
//! use futures::executor::block_on;
//! use pollscope::watch::{Watch, watch};
//!
//! let recording = Watch::new("two tasks");
//! let answer = block_on(recording.watch("main", async {
//!     watch("inner", async { 42 }).await
//! }));
//! assert_eq!(answer, 42);
//! let bytes = recording.finish(); // write them to a file, and open it in the page
//! # assert!(pollscope::trace::Trace::read(&bytes).is_ok());
//! ```
//!
//! # What is recorded
//!
//! - A watched future is a *task* if it is first polled outside of every watched future's poll: it is spawned where it was
//!   watched, enqueued from then on, polled, woken, ready, dropped. Otherwise it is an *await* of the task in whose poll it
//!   was polled first, at the line where it was watched.
//! - The waker that a task is polled with is wrapped: each clone, each drop and each wake of it is recorded, a wake with the
//!   task whose poll made it, or the thread.
//! - A panic in a poll is recorded with its message, and goes on to what polls.
//! - Where more than one thread polls or wakes, each has a lane, on which it is seen to work: what stands within a call on a lane,
//!   that thread did.
//!
//! The executor's own queue cannot be seen. A task counts as ready from its first wake after a poll began to its next poll; one
//! that is polled without a wake (because of a sibling in the same join, say) is enqueued at that moment. Futures that are not
//! watched leave nothing, and what they wait for is not known. Hence [findings](Trace::findings) of such a trace are few: a
//! panic; a poll that took 50 ms or more by the clock, with a task behind it that had been woken and was polled on the same
//! thread only then; a task that is pending at the end, of which no waker is left, and which nobody polls without one. None of
//! them is guessed.
//!
//! # The order
//!
//! Every event takes its place and its time under one lock, held for nothing else; but for a clock of your own, no code of others runs under it. So:
//!
//! 1. What happened before something else, in one thread or by synchronisation between threads, stands before it.
//! 2. A wake stands before the poll that it leads to: it is recorded before it is passed on.
//! 3. A poll's beginning is recorded before it begins, and its end after it ended. Polls of several threads may overlap.
//! 4. What two threads do without synchronisation stands in the order in which they took the lock.
//!
//! Times are real, in microseconds since the `Watch` was made, and never go back.

mod future;
mod log;
mod replay;
mod waker;

pub use future::Watched;

use crate::trace::{CodeFile, Trace};
use log::Log;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;

/// A recording of futures that others poll. Clones share it; it may be used from any thread.
#[derive(Clone)]
pub struct Watch {
    log: Arc<Log>,
}

impl Watch {
    /// An empty recording with this title, whose clock starts now. (On wasm32 it needs the feature `js`, and the clock is the
    /// browser's; elsewhere there, use [`with_clock`](Self::with_clock).)
    #[cfg(any(not(target_arch = "wasm32"), feature = "js"))]
    pub fn new(title: &str) -> Self {
        Self::with_clock(title, log::clock())
    }

    /// The same, by a clock of your own: microseconds since the recording began.
    pub fn with_clock(title: &str, now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Watch { log: Arc::new(Log::new(title, Box::new(now))) }
    }

    /// Keeps so many events at the most, instead of a million. What comes later is counted, and not recorded.
    pub fn keep(&self, events: usize) {
        self.log.keep(events);
    }

    /// Code that is to be shown beside the run: its name as `file!()` has it, and its text.
    pub fn show(&self, name: &str, text: &str) {
        self.log.show(CodeFile { name: name.to_owned(), text: text.to_owned() });
    }

    /// Puts a future under this recording, by a name. The line that calls this is where it was spawned, or is awaited.
    #[track_caller]
    pub fn watch<F: Future>(&self, name: &str, future: F) -> Watched<F> {
        Watched::new(Some(self.log.clone()), name, Location::caller(), future)
    }

    /// What was recorded so far.
    pub fn trace(&self) -> Trace {
        self.log.trace()
    }

    /// From here on DevTools know the recording's tasks: the stack of a poll leads back to where its task was spawned
    /// (`console.createTask`), and [`finish`](Self::finish) puts what happened to each onto a track of the Performance panel
    /// (`performance.measure`). Browsers that have neither leave it out. (The clock is to be the browser's own, as that of
    /// [`new`](Self::new) is.)
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub fn show_in_devtools(&self) {
        self.log.show_in_devtools();
    }

    /// Records nothing more, and hands out the trace file. Futures that are left go on unwatched.
    pub fn finish(&self) -> Vec<u8> {
        self.log.close();
        let trace = self.trace();
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        self.log.publish(&trace);
        trace.write()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

/// Puts a future under the recording of the task in whose poll this is called. Outside of all of them it is not recorded.
#[track_caller]
pub fn watch<F: Future>(name: &str, future: F) -> Watched<F> {
    Watched::new(log::current(), name, Location::caller(), future)
}
