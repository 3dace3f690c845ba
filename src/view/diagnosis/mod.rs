//! Diagnosis: what is wrong with a run, read off its trace.
//!
//! A *finding* is one thing that is wrong, with the events that prove it. It is known from the last of them on: at an
//! earlier cursor the page does not show it. Each *detector* is a file; all of them look at one event after the other, with
//! the run's [`State`] and the futures inside of each task (`leaves`) right after it. None guesses: where a trace does not
//! say who holds a waker (a clone that is kept by code that records nothing), there is no finding.
//!
//! A finding names two lines: that of its *cause*, which is to be changed, and that of the *await* at which it shows
//! (`places`). Only lines of the reader's code are in a trace.
//!
//! Detectors follow a run while it grows. Only what its end leaves stuck is looked for when it is asked, for what explains
//! it (which task holds which sender, guard and waker) is known after the last event.

mod blocking;
mod busy;
mod deadlock;
mod endless;
mod finding;
mod leaves;
mod lossy;
mod lost;
mod misuse;
mod moved;
mod places;
mod restarted;
mod spinning;
mod unattended;
mod unpolled;
mod watched;

pub use finding::{Cause, CycleLink, Finding, Findings};

use super::description::Place;
use super::state::State;
use crate::trace::event::End;
use crate::trace::ids::SiteId;
use crate::trace::{Event, Trace};
use leaves::{Leaf, Leaves};

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
        Finding { cursor: self.i as u32 + 1, events, at: None, awaited: None, cause }
    }

    /// The same, of a future that was or is polled: its cause is in that future's code, where a line of it is known.
    fn finding_of(&self, leaf: &Leaf, events: &[usize], cause: Cause) -> Finding {
        let line = leaf.cause();
        let at = if leaf.asks() { places::pending_after(self.trace, line) } else { Place::of(self.trace, line) };
        self.finding(events, cause).at(at).awaited(Place::of(self.trace, leaf.site))
    }

    /// The same, at a line.
    fn finding_at(&self, at: SiteId, events: &[usize], cause: Cause) -> Finding {
        self.finding(events, cause).at(Place::of(self.trace, at))
    }

    fn future(&self, leaf: &Leaf) -> String {
        self.trace.future_name(leaf.kind).to_owned()
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
    unpolled: unpolled::Unpolled,
    unattended: unattended::Unattended,
    misuse: misuse::Misuse,
    busy: busy::Busy,
    blocking: blocking::Blocking,
    spinning: spinning::Spinning,
    lossy: lossy::Lossy,
    endless: endless::Endless,
    restarted: restarted::Restarted,
    moved: moved::Moved,
    watched: watched::Watched,
    leaves: Leaves,
    found: Vec<Finding>,
    /// The event with which the run ended, if it ended stuck or was cut off.
    ended: Option<usize>,
    /// What was answered last, and what the run was then.
    answer: (Known, Findings),
}

/// How much was known of a run: events, holders of senders and guards, and keepers of wakers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Known(usize, usize, usize);

impl Diagnosis {
    /// Looks at event `i`, which is the next one; `state` is the one right after it.
    pub(super) fn follow(&mut self, trace: &Trace, i: usize, event: Event, state: &State) {
        if self.found.len() >= MOST {
            return;
        }
        // Of another application's futures it is not known what they wait for, and who polls them.
        if trace.head.is_of_another() {
            let now = Moment { trace, i, event, state, leaves: &self.leaves };
            return self.watched.look(&now, &mut self.found);
        }
        self.leaves.follow(trace, i, event);
        let now = Moment { trace, i, event, state, leaves: &self.leaves };
        let detectors: [&mut dyn Detector; 11] = [
            &mut self.lost,
            &mut self.unpolled,
            &mut self.unattended,
            &mut self.misuse,
            &mut self.busy,
            &mut self.blocking,
            &mut self.spinning,
            &mut self.lossy,
            &mut self.endless,
            &mut self.restarted,
            &mut self.moved,
        ];
        for detector in detectors {
            detector.look(&now, &mut self.found);
        }
        self.leaves.finish(event);
        if let Event::Ended { end: End::Deadlock(_) | End::Polls(_) | End::Events(_) | End::Memory(_) | End::Time(_) } =
            event
        {
            self.ended = Some(i);
        }
    }

    /// All that is wrong with the run, in the order in which it becomes known; the first [`MOST`]. `state` is the one
    /// after all events.
    pub(super) fn findings(&mut self, trace: &Trace, state: &State) -> &Findings {
        let known = Known(state.at, trace.holders.len(), trace.keepers.len());
        if self.answer.0 != known {
            let mut all = self.found.clone();
            if let Some(i) = self.ended {
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

impl Trace {
    /// What is wrong with the run, as far as it is recorded, in the order in which it becomes known.
    ///
    /// # Examples
    ///
    /// A future that is made and never awaited:
    ///
    /// ```
    /// use pollscope::executor::Executor;
    /// use pollscope::prelude::*;
    /// use pollscope::record::{Budget, TraceRecorder};
    /// use pollscope::trace::TimeUnit;
    ///
    /// let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None));
    /// executor.spawn_detached("main", async {
    ///     let _ = sleep(5);
    ///     log!("main is done");
    /// });
    /// executor.run();
    /// // Who has which guard, sender and waker, where the run is stuck.
    /// executor.reveal_owners();
    ///
    /// let trace = executor.recorder().finish();
    /// let findings = trace.findings();
    /// let [never_polled] = &findings.all[..] else { panic!("one finding") };
    /// assert_eq!(never_polled.cause.kind(), "never_polled");
    /// let place = never_polled.at.as_ref().expect("it was made in a line of this program");
    /// println!("{never_polled}, made at line {} of {}", place.line, place.file);
    /// ```
    pub fn findings(&self) -> Findings {
        let (mut diagnosis, mut state) = (Diagnosis::default(), State::default());
        for i in 0..self.len() {
            let event = state.apply(self);
            diagnosis.follow(self, i, event, &state);
        }
        diagnosis.findings(self, &state).clone()
    }
}
