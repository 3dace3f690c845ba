//! The viewer of one run: a trace that may still grow, and every answer about it.
//!
//! What was appended to the trace is indexed at once, event by event: the state is folded on and leaves checkpoints, the
//! timeline, the diagnosis and the summaries take note. So appending `n` events costs a time that grows with `n`, and no
//! query afterwards goes over the run: the state at a cursor is at most the spacing between two checkpoints away.
//!
//! A *cursor* counts events: 0 is before the first one. A query about a run that still grows answers for what is known.

use super::checkpoints::Checkpoints;
use super::description::{CutOff, Description, describe};
use super::diagnosis::{Diagnosis, Findings};
use super::discriminant::Discriminants;
use super::frame::Frame;
use super::life::TaskState;
use super::state::State;
use super::step::{StepUnit, Summaries, step};
use super::story::{Draft, Facts};
use super::ticks::Ticks;
use super::timeline::Timeline;
use super::what_if::{WhatIfs, what_ifs};
use super::written::Histories;
use crate::trace::ids::TaskId;
use crate::trace::{Event, TimeUnit, Trace};

/// A trace that may still grow, and every answer about it.
#[derive(Debug)]
pub struct Viewer {
    trace: Trace,
    /// After all events: where the run goes on when it grows.
    tip: State,
    /// At the cursor that was asked for last.
    state: State,
    /// At another one: where something is described, or where a drawing begins.
    aside: State,
    checkpoints: Checkpoints,
    summaries: Summaries,
    discriminants: Discriminants,
    diagnosis: Diagnosis,
    histories: Histories,
    pub(super) facts: Facts,
    pub(super) draft: Draft,
    pub(super) timeline: Timeline,
    is_closed: bool,
}

/// Describes events of a run, while the rest of its viewer is read.
pub(super) struct Describer<'a> {
    pub(super) trace: &'a Trace,
    checkpoints: &'a Checkpoints,
    discriminants: &'a Discriminants,
    aside: &'a mut State,
}

impl Describer<'_> {
    /// The event before `cursor`.
    pub(super) fn describe(&mut self, cursor: usize) -> Description {
        fold(self.trace, self.checkpoints, self.aside, cursor);
        match self.aside.at.checked_sub(1) {
            Some(event) => describe(self.trace, self.discriminants, event, self.aside),
            None => Description::Nothing,
        }
    }
}

impl Default for Viewer {
    fn default() -> Self {
        Viewer::new()
    }
}

impl Viewer {
    /// The viewer of a run of which nothing is known yet.
    pub fn new() -> Self {
        Viewer {
            trace: Trace::new(TimeUnit::VirtualMs),
            tip: State::default(),
            state: State::default(),
            aside: State::default(),
            checkpoints: Checkpoints::new(),
            summaries: Summaries::default(),
            discriminants: Discriminants::default(),
            diagnosis: Diagnosis::default(),
            histories: Histories::default(),
            facts: Facts::default(),
            draft: Draft::default(),
            timeline: Timeline::default(),
            is_closed: false,
        }
    }

    /// The viewer of a whole run.
    pub fn of(trace: Trace) -> Self {
        let mut viewer = Viewer::new();
        viewer.grow(|known| *known = trace);
        viewer.close(None);
        viewer
    }

    /// Lets `append` add to the trace, and indexes what it added; gives what `append` returned.
    ///
    /// `append` may add events and entries of tables, and must not change what is there: of that the viewer has taken note.
    pub fn grow<T>(&mut self, append: impl FnOnce(&mut Trace) -> T) -> T {
        let done = append(&mut self.trace);
        self.timeline.begin(&self.trace);
        while self.tip.at < self.trace.len() {
            self.follow();
        }
        self.timeline.end();
        done
    }

    /// Takes note of the next event.
    fn follow(&mut self) {
        let (trace, i) = (&self.trace, self.tip.at);
        let task = trace.columns.task(i);
        let state = |tip: &State| tip.get(task).map(|task| task.state);
        let before = state(&self.tip);
        let event = self.tip.apply(trace);
        self.checkpoints.pass(&mut self.tip);
        let change: Option<TaskState> = state(&self.tip).filter(|&after| before != Some(after));
        self.timeline.follow(trace, i, change.map(|state| (task, state)));
        self.summaries.follow(&trace.columns, i);
        self.discriminants.follow(trace, event);
        self.diagnosis.follow(trace, i, event, &self.tip);
        self.histories.follow(trace, i, event);
        self.facts.follow(trace, i, event);
    }

    /// Nothing will be appended any more. A run that has not come to its end, and of which something is known, ends with why
    /// it was cut off, where that is known. Says whether it had ended by itself.
    pub fn close(&mut self, why: Option<CutOff>) -> bool {
        let has_ended = self.tip.end.is_some();
        if let (false, false, Some(why)) = (has_ended, self.trace.is_empty(), why) {
            self.grow(|trace| trace.columns.push(trace.end_time(), Event::Ended { end: why.into() }));
        }
        self.is_closed = true;
        has_ended
    }

    /// Whether all of the run is known: its end is there, or nothing more will come.
    pub fn is_over(&self) -> bool {
        self.is_closed || self.tip.end.is_some()
    }

    /// The trace, as far as it is known.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Where the discriminants of the run's machines were found.
    pub(super) fn discriminants(&self) -> &Discriminants {
        &self.discriminants
    }

    /// Which bytes were written when.
    pub(super) fn histories(&self) -> &Histories {
        &self.histories
    }

    /// What the last [`seek`](Self::seek) gave.
    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// Moves to the state after the first `cursor` events (at most all) and gives it.
    pub fn seek(&mut self, cursor: usize) -> &State {
        fold(&self.trace, &self.checkpoints, &mut self.state, cursor);
        &self.state
    }

    /// The same, and the state that [`seek`](Self::seek) gave stays where it is.
    pub(super) fn look(&mut self, cursor: usize) -> &State {
        fold(&self.trace, &self.checkpoints, &mut self.aside, cursor);
        &self.aside
    }

    /// What a drawing needs: the trace, the state that [`look`](Self::look) gave, to be folded on, and the timeline.
    pub(super) fn drawing(&mut self) -> (&Trace, &mut State, &Timeline) {
        (&self.trace, &mut self.aside, &self.timeline)
    }

    /// The events that lie between two checkpoints: no more are folded for the frame at a cursor.
    pub fn spacing(&self) -> usize {
        self.checkpoints.spacing()
    }

    /// Bytes that the checkpoints take; at most [`MEMORY`](super::checkpoints::MEMORY).
    pub fn memory(&self) -> usize {
        self.checkpoints.memory()
    }

    /// The frame after the first `cursor` events. `focus` is the task whose bytes are shown; none for the one
    /// whose bytes changed last.
    pub fn frame(&mut self, cursor: usize, focus: TaskId) -> Frame {
        self.seek(cursor);
        Frame::of(&self.trace, &self.state, &self.tip.machines, &self.discriminants, focus)
    }

    /// The event before `cursor`, described.
    pub fn describe(&mut self, cursor: usize) -> Description {
        self.describer().0.describe(cursor)
    }

    /// What describes events, and the facts of the story beside it.
    pub(super) fn describer(&mut self) -> (Describer<'_>, &Facts) {
        let Viewer { trace, checkpoints, discriminants, aside, .. } = self;
        (Describer { trace, checkpoints, discriminants, aside }, &self.facts)
    }

    /// The cursor one step on from `cursor`, or back, from 0 (before the first event) to the run's length; with a `task`,
    /// over events of it alone. Where no more polls or ticks are, it goes to the run's end; where there is no more of
    /// another kind, or of that task, it stays.
    pub fn step(&self, cursor: usize, unit: StepUnit, forward: bool, task: TaskId) -> usize {
        step(&self.trace, &self.summaries, cursor, unit, forward, task)
    }

    /// The whole run in a few places: of the events that are nearest to each of `places` + 1 cursors, equally far apart, the
    /// tick that comes first in rank; none where there is no event.
    pub fn ticks(&self, places: usize) -> Ticks {
        Ticks::of(&self.trace.columns, &self.summaries, places)
    }

    /// How many events are told where bookkeeping is not: so many steps of [`StepUnit::Notable`] there are.
    pub(super) fn notable(&self) -> u32 {
        self.summaries.notable(&self.trace.columns)
    }

    /// The last event before a cursor that is of one of some kinds, a bit for each.
    pub(super) fn last_of(&self, kinds: super::step::Kinds, cursor: usize) -> Option<usize> {
        self.summaries.last_of(&self.trace.columns, kinds, cursor)
    }

    /// The time of the event before a cursor, in ms; 0 at the start.
    pub fn time(&self, cursor: usize) -> f64 {
        let event = cursor.min(self.trace.len()).checked_sub(1);
        event.map_or(0.0, |event| self.trace.unit.to_ms(self.trace.time(event)))
    }

    /// The cursor right after the last event at or before a time in ms; at least 1, where there is an event.
    pub fn cursor_at(&self, ms: f64) -> usize {
        let time = (ms * self.trace.unit.per_ms() as f64).round() as u64;
        self.trace.columns.first_after(time).max(1).min(self.trace.len())
    }

    /// What is wrong with the run, as far as it is known, in the order in which it becomes known.
    pub fn findings(&mut self) -> &Findings {
        self.diagnosis.findings(&self.trace, &self.tip)
    }

    /// What a person could change after the first `cursor` events.
    pub fn what_ifs(&mut self, cursor: usize) -> WhatIfs {
        self.seek(cursor);
        what_ifs(&self.trace, &self.state)
    }
}

/// Folds `state` to `cursor` (at most all events), from the nearest place that is known.
fn fold(trace: &Trace, checkpoints: &Checkpoints, state: &mut State, cursor: usize) {
    let cursor = cursor.min(trace.len());
    checkpoints.approach(state, cursor);
    while state.at < cursor {
        state.apply(trace);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seek_agrees_with_folding_from_the_start() {
        let mut viewer = Viewer::new();
        for chunk in [1000, 24, 1, 3975] {
            viewer.grow(|trace| {
                let from = trace.len() as u64;
                (from..from + chunk).for_each(|time| trace.columns.push(time, Event::Idle));
            });
        }
        for cursor in [5000, 3, 4999, 1024, 1023, 1025, 0, 2048] {
            let mut state = State::default();
            while state.at < cursor {
                state.apply(viewer.trace());
            }
            assert_eq!(*viewer.seek(cursor), state, "at {cursor}");
        }
    }

    #[test]
    fn run_is_over_with_its_end_or_when_it_is_closed() {
        use crate::trace::event::End;
        let mut viewer = Viewer::new();
        viewer.grow(|trace| trace.columns.push(0, Event::Idle));
        assert!(!viewer.is_over());
        viewer.grow(|trace| trace.columns.push(0, Event::Ended { end: End::Completed }));
        assert!(viewer.is_over());
        let mut cut_off = Viewer::new();
        cut_off.close(None);
        assert!(cut_off.is_over());
    }

    #[test]
    fn run_that_is_cut_off_ends_with_why() {
        let mut viewer = Viewer::new();
        viewer.grow(|trace| trace.columns.push(7, Event::Idle));
        assert!(!viewer.close(Some(CutOff::Hung)), "it had not ended by itself");
        assert_eq!(viewer.trace().to_text(), "    7  idle\n    7  end: Hung\n");
        assert!(viewer.close(Some(CutOff::Stopped)), "the end stays the end");
        assert_eq!(viewer.trace().len(), 2);

        let mut empty = Viewer::new();
        assert!(!empty.close(Some(CutOff::Trapped)));
        assert!(empty.trace().is_empty(), "of what nothing is known there is nothing to show");
    }
}
