//! Diagnosis: what is wrong with a run, read off its trace.
//!
//! A *finding* is one thing that is wrong, with the events that prove it. It is known from the last of them on: at an
//! earlier cursor the page does not show it. Each *detector* is a file; all of them look at one event after the other, with
//! the run's [`State`] and the futures inside of each task (`leaves`) right after it. None guesses: where a trace does not
//! say who holds a waker (a clone that is kept by code that records nothing), there is no finding.
//!
//! Detectors follow a run while it grows. Only what its end leaves stuck is looked for when it is asked, for what explains
//! it (which task holds which sender and which waker) is known after the last event.

mod abandoned;
mod blocking;
mod busy;
mod deadlock;
mod finding;
mod leaves;
mod lost;
mod misuse;

pub use finding::{Cause, CycleLink, Finding, Findings};

use super::state::State;
use crate::trace::event::End;
use crate::trace::{Event, Trace};
use leaves::Leaves;

/// The most findings that are kept of a run.
pub const MOST: usize = 64;

/// A run, right after one of its events.
struct Moment<'a> {
    trace: &'a Trace,
    /// The event's number, from 0.
    i: usize,
    event: Event,
    state: &'a State,
    leaves: &'a Leaves,
}

impl Moment<'_> {
    /// A finding that is known now, and proved by these events and this one.
    fn finding(&self, events: &[usize], cause: Cause) -> Finding {
        let mut events: Vec<u32> = events.iter().map(|&i| i as u32 + 1).collect();
        events.push(self.i as u32 + 1);
        events.dedup();
        Finding { cursor: self.i as u32 + 1, events, cause }
    }
}

/// Looks for one kind of thing that goes wrong.
trait Detector {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>);
}

/// The detectors of one run, and what they have found.
#[derive(Debug, Default)]
pub(super) struct Diagnosis {
    lost: lost::Lost,
    abandoned: abandoned::Abandoned,
    misuse: misuse::Misuse,
    busy: busy::Busy,
    blocking: blocking::Blocking,
    leaves: Leaves,
    found: Vec<Finding>,
    /// The event with which the run ended stuck.
    stuck: Option<usize>,
    /// What was answered last, and what the run was then.
    answer: (Known, Findings),
}

/// How much was known of a run: events, holders of senders, and keepers of wakers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Known(usize, usize, usize);

impl Diagnosis {
    /// Looks at event `i`, which is the next one; `state` is the one right after it.
    pub(super) fn follow(&mut self, trace: &Trace, i: usize, event: Event, state: &State) {
        if self.found.len() >= MOST {
            return;
        }
        self.leaves.follow(trace, i, event);
        let now = Moment { trace, i, event, state, leaves: &self.leaves };
        let detectors: [&mut dyn Detector; 5] =
            [&mut self.lost, &mut self.abandoned, &mut self.misuse, &mut self.busy, &mut self.blocking];
        for detector in detectors {
            detector.look(&now, &mut self.found);
        }
        self.leaves.finish(event);
        if let Event::Ended { end: End::Deadlock(_) } = event {
            self.stuck = Some(i);
        }
    }

    /// All that is wrong with the run, in the order in which it becomes known; the first [`MOST`]. `state` is the one
    /// after all events.
    pub(super) fn findings(&mut self, trace: &Trace, state: &State) -> &Findings {
        let known = Known(state.at, trace.holders.len(), trace.keepers.len());
        if self.answer.0 != known {
            let mut all = self.found.clone();
            if let Some(i) = self.stuck {
                let now = Moment { trace, i, event: trace.event(i), state, leaves: &self.leaves };
                all.extend(deadlock::stuck(&now, &self.found));
            }
            let is_cut = all.len() >= MOST;
            all.truncate(MOST);
            self.answer = (known, Findings { all, is_cut });
        }
        &self.answer.1
    }
}
