//! The rule that picks a run's moments. It knows kinds of events, equality of names and places, and times; no scenario, no
//! type and no task by name.
//!
//! 1. *Cuts.* A beat is cut after the event that proves a finding, and after the one that decides; where that is a poll's
//!    answer and the beat is the first of its signature, at what the poll asked before.
//! 2. *Scores.* See [`score`](super::score).
//! 3. *Joins.* Polls of different tasks that follow each other in one instant are one moment, where their signatures are
//!    equal, or both are new and the same kinds of things happen in them, and nothing is written and nobody spawned.
//! 4. *Folds.* What is like something before it, and neither kept nor a record, is counted: up to the next thing that is
//!    not, alike polls are one moment.
//! 5. *Growth.* With fewer than [`WISH`] moments the best poll or gap is cut at its inner steps; then a poll with more to
//!    tell than two sentences say.
//! 6. *Choice.* What is kept; then by score, records first, then in order, up to [`MAX`]. What is worth 1 only up to [`MIN`].

use super::deeds::{is_fact, is_pivot};
use super::facts::{Facts, MANY, ends_poll};
use super::lanes::{self, Lane};
use super::part::Part;
use super::{Decided, beats::BeatKind};
use crate::sorting::{insertion_sort, sorted};
use crate::trace::event::{Event, Outcome};
use crate::trace::{Kind, Trace};
use crate::view::diagnosis::Findings;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest moments of a story, where there are so many.
pub(super) const MIN: usize = 6;
/// With fewer, moments are cut.
const WISH: usize = 7;
/// The most.
pub(super) const MAX: usize = 12;

/// What the rule reads.
pub(super) struct Rule<'a> {
    pub(super) trace: &'a Trace,
    pub(super) facts: &'a Facts,
    pub(super) findings: &'a Findings,
    pub(super) decided: &'a Decided,
    /// The findings that are evidence, by the event with which each is known.
    pub(super) evidence: &'a BTreeMap<u32, usize>,
}

impl Rule<'_> {
    /// The moments of the run, in order, of what steps 1 to 4 came to.
    pub(super) fn moments(&self, mut parts: Vec<Part>) -> Vec<Part> {
        parts.extend(self.lanes());
        // In order but for the lanes, which are few.
        insertion_sort(&mut parts, |part| part.at);
        let mut list: Vec<Part> = Vec::new();
        for part in parts {
            match list.last_mut() {
                // A cursor is one moment.
                Some(last) if part.is_lane && last.at == part.at => {
                    last.score = last.score.max(part.score);
                    last.is_record |= part.is_record;
                    last.lanes.extend(part.lanes);
                }
                _ => list.push(part),
            }
        }
        self.grow(&mut list);
        self.cut_full(&mut list);
        choose(list)
    }

    fn must(&self) -> impl Iterator<Item = u32> {
        self.evidence.keys().copied().chain([self.decided.at])
    }

    pub(super) fn cut_at_evidence(&self, part: Part, is_new: bool) -> Vec<Part> {
        let mut after = BTreeSet::new();
        for at in self.must().filter(|&at| part.contains(at)) {
            let event = self.trace.event(at as usize);
            // With a panic the poll is over: there is nothing to tell after it.
            if event.kind() == Kind::Panicked {
                continue;
            }
            if ends_poll(event) {
                let asked = part.notable(self.trace).take_while(|&(i, _)| (i as u32) < at);
                let asked = asked.filter(|&(_, event)| is_pivot(event)).last();
                if is_new && self.evidence.contains_key(&at) {
                    after.extend(asked.map(|(i, _)| i as u32));
                }
            } else {
                after.insert(at);
            }
        }
        if after.is_empty() { vec![part] } else { part.cut(self.trace, &after) }
    }

    pub(super) fn is_joined(&self, last: &Part, part: &Part) -> bool {
        let says = |part: &Part| {
            part.notable(self.trace).any(|(_, event)| matches!(event.kind(), Kind::Logged | Kind::Spawned))
        };
        let is_bare = |part: &Part| part.finding.is_none() && !part.decides;
        last.is_call()
            && last.kind() == part.kind()
            && last.beat().task != part.beat().task
            && is_bare(last)
            && is_bare(part)
            && last.times(self.trace) == part.times(self.trace)
            && (last.noted.signature == part.noted.signature
                || last.nth == 1
                    && part.nth == 1
                    && !says(part)
                    && last.shape(self.trace, self.facts) == part.shape(self.trace, self.facts))
    }

    /// The moments of lanes, at the cursors where they are shown.
    fn lanes(&self) -> Vec<Part> {
        let mut is_first = true;
        let part = |lane: Lane| {
            let at = self.trace.columns.first_after(lane.time).max(1) as u32 - 1;
            let noted = super::noted::Noted::between(at);
            let score = match lane.deed {
                lanes::Deed::End(_) => 7,
                lanes::Deed::Queue(_) => 6,
                lanes::Deed::Step(..) if !lane.is_held_up => 1,
                lanes::Deed::Step(..) => 5 + i8::from(std::mem::take(&mut is_first)),
            };
            let is_record = !matches!(lane.deed, lanes::Deed::Step(..));
            let blank = Part::of(self.trace, u32::MAX, noted);
            // It stands at the event, whatever that is.
            Part { at, score, is_record, is_lane: true, lanes: vec![lane], ..blank }
        };
        let mut lanes = lanes::lanes(self.trace, MANY);
        insertion_sort(&mut lanes, |lane| lane.time);
        lanes.into_iter().map(part).collect()
    }

    /// Whether a part is of whom the story is about.
    fn is_subject(&self, part: &Part) -> bool {
        self.decided.subject == 0 || part.is_kept || self.facts.cast.role(part.beat().task) == self.decided.subject
    }

    /// A short story is told finer: its best part that can be cut is.
    fn grow(&self, list: &mut Vec<Part>) {
        while list.iter().filter(|part| part.score > 1).count() < WISH {
            let can = |part: &Part| {
                !part.is_atom
                    && !part.is_lane
                    && matches!(part.kind(), BeatKind::Poll | BeatKind::Gap)
                    && part.also.is_empty()
                    && part.again.is_none()
                    && part.score > 1
                    && self.is_subject(part)
                    && !part.pivots(self.trace, self.facts).is_empty()
            };
            let mut best: Option<usize> = None;
            for (i, part) in list.iter().enumerate() {
                if can(part) && best.is_none_or(|best| part.score > list[best].score) {
                    best = Some(i);
                }
            }
            let Some(best) = best else { break };
            let mut pivots = list[best].pivots(self.trace, self.facts);
            pivots.truncate(MAX.saturating_sub(list.len()).max(1));
            self.replace(list, best, &pivots.into_iter().collect());
        }
    }

    /// A poll in which more is told than two sentences say is cut, where there is room.
    fn cut_full(&self, list: &mut Vec<Part>) {
        let mut i = 0;
        while i < list.len() && list.len() < MAX - 2 {
            let part = &list[i];
            if !part.is_atom
                && !part.is_lane
                && part.again.is_none()
                && part.kind() == BeatKind::Poll
                && part.also.is_empty()
                && part.score >= 4
                && self.is_subject(part)
            {
                let pairs = self.pairs(part);
                if !pairs.is_empty() {
                    self.replace(list, i, &pairs);
                }
            }
            i += 1;
        }
    }

    /// Where a poll is cut so that each part tells two things.
    fn pairs(&self, part: &Part) -> BTreeSet<u32> {
        let pivots: BTreeSet<u32> = part.pivots(self.trace, self.facts).into_iter().collect();
        let is_pending = matches!(part.poll_end(self.trace), Some(Event::PollEnded { outcome: Outcome::Pending, .. }));
        let (mut told, mut pairs) = (BTreeSet::new(), BTreeSet::new());
        for (i, event) in part.notable(self.trace) {
            if is_fact(event) && !(is_pending && event.kind() == Kind::WakerHeld) {
                told.insert(event.kind() as u8);
            }
            if told.len() >= 2 && pivots.contains(&(i as u32)) {
                pairs.insert(i as u32);
                told.clear();
            }
        }
        if told.is_empty() { BTreeSet::new() } else { pairs }
    }

    /// Puts the pieces of part `i` in its place.
    fn replace(&self, list: &mut Vec<Part>, i: usize, after: &BTreeSet<u32>) {
        let whole = list[i].clone();
        let is_first_poll = whole.is_kept && !self.must().any(|at| whole.contains(at));
        let mut pieces = whole.clone().cut(self.trace, after);
        for piece in &mut pieces {
            let is_must = self.must().any(|at| piece.contains(at));
            let starts = piece.notable(self.trace).any(|(_, event)| event.kind() == Kind::PollStarted);
            piece.is_atom = true;
            piece.is_kept = is_must || whole.is_kept && (is_first_poll || starts) && !piece.goes_on;
            piece.is_record = false;
            piece.decides = piece.contains(self.decided.at);
            piece.finding = whole.finding.filter(|_| self.evidence.keys().any(|&at| piece.contains(at)));
            if !is_must {
                piece.score = whole.score.min(5);
            }
        }
        list.splice(i..=i, pieces);
    }
}

/// Step 6.
fn choose(list: Vec<Part>) -> Vec<Part> {
    let end = list.len().saturating_sub(1);
    let mut kept: Vec<usize> = (0..list.len()).filter(|&i| list[i].is_kept).take(MAX - 1).collect();
    if list.last().is_some_and(|last| last.is_kept)
        && !kept.contains(&end)
        && let Some(last) = kept.last_mut()
    {
        *last = end;
    }
    let rest = (0..list.len()).filter(|i| !kept.contains(i));
    let rest = sorted(rest.map(|i| (-list[i].score, !list[i].is_record, i)).collect());
    let mut chosen: BTreeSet<usize> = kept.into_iter().collect();
    for (_, _, i) in rest {
        if chosen.len() >= MAX {
            break;
        }
        if let Some(again) = &list[i].again {
            let told = |&i: &usize| {
                let part = &list[i];
                part.again.is_none()
                    && (again.signatures.contains(&part.noted.signature)
                        || part.also.iter().any(|(_, signature)| again.signatures.contains(signature)))
            };
            if !chosen.iter().any(told) {
                continue;
            }
        }
        if list[i].score > 1 || chosen.len() < MIN {
            chosen.insert(i);
        }
    }
    list.into_iter().enumerate().filter(|(i, _)| chosen.contains(i)).map(|(_, part)| part).collect()
}
