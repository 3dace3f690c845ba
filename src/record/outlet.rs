//! The outlet: where a run's chunks go while it is recorded, and when.
//!
//! A chunk leaves at the start of each of the first polls, so that a short run is seen as it goes; then whenever the
//! staging buffer is full, also from inside a poll, so that one that never returns leaves its first events; and when
//! some time has passed, so that a slow run is seen as well. Without an outlet none of this is asked.

use crate::alloc::uncounted;
use crate::trace::Trace;
use crate::trace::format::Writer;
use std::fmt;
use std::rc::Rc;

/// At the start of so many polls a chunk leaves.
const FIRST_POLLS: u32 = 64;
/// After them the clock is looked at once in so many polls.
const POLLS_PER_LOOK: u32 = 64;
/// And a chunk leaves when the last one left so long ago, in ms.
const LONGEST_WAIT: f64 = 8.0;

/// Takes a chunk.
type Send = dyn Fn(&[u8]);

/// Where the chunks of a run go.
#[derive(Clone)]
pub struct Outlet {
    send: Rc<Send>,
    now: fn() -> f64,
}

impl Outlet {
    /// Chunks go to `send`, which must not ask the recorder for anything. `now` is the time in ms by a clock on the wall:
    /// it decides when chunks leave, never what is in them all together.
    pub fn new(send: impl Fn(&[u8]) + 'static, now: fn() -> f64) -> Self {
        Outlet { send: Rc::new(send), now }
    }
}

impl fmt::Debug for Outlet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outlet").finish_non_exhaustive()
    }
}

/// An outlet in use.
#[derive(Debug)]
pub(super) struct Sender {
    outlet: Outlet,
    writer: Writer,
    polls: u32,
    /// When the last chunk left.
    sent: f64,
    is_over: bool,
}

impl Sender {
    pub(super) fn new(outlet: Outlet) -> Self {
        let sent = (outlet.now)();
        Sender { outlet, writer: Writer::default(), polls: 0, sent, is_over: false }
    }

    /// A poll begins: says whether a chunk is due.
    pub(super) fn poll_begins(&mut self) -> bool {
        self.polls = self.polls.wrapping_add(1);
        self.polls <= FIRST_POLLS
            || (self.polls.is_multiple_of(POLLS_PER_LOOK) && (self.outlet.now)() - self.sent >= LONGEST_WAIT)
    }

    /// Sends what is new.
    pub(super) fn send(&mut self, trace: &Trace) {
        uncounted(|| {
            let chunk = self.writer.chunk(trace);
            if !chunk.is_empty() {
                (self.outlet.send)(&chunk);
            }
            self.sent = (self.outlet.now)();
        });
    }

    /// Sends the rest and the end, once.
    pub(super) fn send_end(&mut self, trace: &Trace) {
        if !std::mem::replace(&mut self.is_over, true) {
            uncounted(|| (self.outlet.send)(&self.writer.end(trace)));
        }
    }
}
