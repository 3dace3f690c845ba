//! Diagnosis: what is wrong with a run, read off its trace.
//!
//! A *finding* is one thing that is wrong, with the events that prove it. It is known from the last of them on: whoever
//! looks at an earlier moment is not told. Each detector is a file; all of them look at one event after the other, with the
//! [`FoldState`](super::FoldState) and the futures inside of each task (`leaves`) right after it. None guesses: where a
//! trace does not say who holds a waker (a clone that is kept by code that records nothing), there is no finding.

mod blocking;
mod busy;
mod deadlock;
mod finding;
mod leaves;
mod lost;
mod misuse;
mod snoozed;

pub use finding::{Cause, Finding, Findings, Link};

use super::fold::State;
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

/// Looks for one kind of thing that goes wrong.
trait Detector {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>);
}

impl Trace {
    /// All that is wrong with the run, in the order in which it becomes known; the first [`MOST`].
    pub fn diagnose(&self) -> Findings {
        let mut detectors: [&mut dyn Detector; 6] = [
            &mut lost::Lost::default(),
            &mut snoozed::Snoozed::default(),
            &mut misuse::Misuse::default(),
            &mut busy::Busy::default(),
            &mut blocking::Blocking::default(),
            &mut deadlock::Deadlock::default(),
        ];
        let (mut state, mut leaves, mut found) = (State::default(), Leaves::default(), Vec::new());
        for i in 0..self.len() {
            state.apply(self);
            let event = self.event(i);
            leaves.follow(self, i, event);
            let now = Moment { trace: self, i, event, state: &state, leaves: &leaves };
            for detector in &mut detectors {
                detector.look(&now, &mut found);
            }
            leaves.settle(event);
            if found.len() >= MOST {
                break;
            }
        }
        let is_cut = found.len() >= MOST;
        found.truncate(MOST);
        Findings { all: found, is_cut }
    }
}
