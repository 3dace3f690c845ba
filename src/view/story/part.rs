//! A part of a run that may become a moment: a beat, or what is left of one where it was cut.

use super::beats::{Beat, BeatKind, is_bookkeeping};
use super::deeds::{Deed, is_pivot};
use super::facts::{Facts, ends_poll};
use super::lanes::Lane;
use super::noted::Noted;
use crate::trace::event::{Event, Outcome};
use crate::trace::ids::TaskId;
use crate::trace::{Kind, Trace};
use std::collections::BTreeSet;

/// A part of a run, and what it is worth.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) noted: Noted,
    /// The number of its beat in the records.
    pub(super) number: u32,
    /// The last event of it that is no bookkeeping: there it stands.
    pub(super) at: u32,
    /// Whether it was cut off a beat for want of moments, and is cut no further.
    pub(super) is_atom: bool,
    /// Whether it goes on with a beat that was cut before it.
    pub(super) goes_on: bool,
    pub(super) score: i8,
    /// Whether it is told whatever else is.
    pub(super) is_kept: bool,
    /// Whether it goes before others of its score.
    pub(super) is_record: bool,
    /// The finding that is known with it, by its number.
    pub(super) finding: Option<usize>,
    pub(super) decides: bool,
    /// How many parts before it had its signature, and one.
    pub(super) nth: u32,
    /// Whose parts, alike and at the same instant, are told with it; and their signatures.
    pub(super) also: Vec<(TaskId, u64)>,
    /// How many had its role, if it is the end of the last of them.
    pub(super) last_of: Option<u32>,
    /// How many are asleep with it, if there were never more.
    pub(super) asleep: Option<u32>,
    /// The polls that it stands for, all alike.
    pub(super) again: Option<Again>,
    /// Whether it is of lanes alone.
    pub(super) is_lane: bool,
    /// What lanes of models do there.
    pub(super) lanes: Vec<Lane>,
}

/// Polls that are like others before them, as one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Again {
    pub(super) polls: u32,
    pub(super) tasks: BTreeSet<u32>,
    pub(super) signatures: BTreeSet<u64>,
}

impl Part {
    pub(super) fn of(trace: &Trace, number: u32, noted: Noted) -> Part {
        let mut part = Part {
            noted,
            number,
            at: 0,
            is_atom: false,
            goes_on: false,
            score: 0,
            is_kept: false,
            is_record: false,
            finding: None,
            decides: false,
            nth: 1,
            also: Vec::new(),
            last_of: None,
            asleep: None,
            again: None,
            is_lane: false,
            lanes: Vec::new(),
        };
        part.place(trace);
        part
    }

    fn place(&mut self, trace: &Trace) {
        let last = self.noted.beat.notable(trace).next_back();
        self.at = last.map_or(self.noted.beat.to.saturating_sub(1), |(i, _)| i as u32);
    }

    pub(super) fn beat(&self) -> Beat {
        self.noted.beat
    }

    pub(super) fn kind(&self) -> BeatKind {
        self.noted.beat.kind
    }

    pub(super) fn is_call(&self) -> bool {
        !self.is_lane && matches!(self.kind(), BeatKind::Poll | BeatKind::Call)
    }

    pub(super) fn contains(&self, event: u32) -> bool {
        let beat = self.beat();
        (beat.from..beat.to).contains(&event)
    }

    pub(super) fn notable<'a>(&self, trace: &'a Trace) -> impl DoubleEndedIterator<Item = (usize, Event)> + use<'a> {
        self.beat().notable(trace)
    }

    /// The times of its first and its last event.
    pub(super) fn times(&self, trace: &Trace) -> (u64, u64) {
        (trace.time(self.beat().from as usize), trace.time(self.beat().to as usize - 1))
    }

    /// The same kinds of things happen in parts of one shape.
    pub(super) fn shape(&self, trace: &Trace, facts: &Facts) -> BTreeSet<u16> {
        self.notable(trace).map(|(i, event)| Deed::of(event, facts.sight(i)).0).collect()
    }

    /// Cut after each of these events. What is left of bookkeeping stays with what is before it.
    pub(super) fn cut(self, trace: &Trace, after: &BTreeSet<u32>) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let end = self.beat().to;
        let mut from = self.beat().from;
        for &at in after.iter().filter(|&&at| self.contains(at) && at + 1 < end) {
            parts.push(self.piece(trace, from, at + 1));
            from = at + 1;
        }
        if (from..end).any(|i| !is_bookkeeping(trace, trace.event(i as usize))) || parts.is_empty() {
            parts.push(self.piece(trace, from, end));
        } else if let Some(last) = parts.last_mut() {
            last.noted.beat.to = end;
        }
        parts
    }

    fn piece(&self, trace: &Trace, from: u32, to: u32) -> Part {
        let mut piece = self.clone();
        piece.goes_on |= from > self.beat().from;
        (piece.noted.beat.from, piece.noted.beat.to) = (from, to);
        piece.place(trace);
        piece
    }

    /// The events after which it may be cut, if a story is short: what it asked, said, did; never before a wake, which
    /// what is before it causes.
    pub(super) fn pivots(&self, trace: &Trace, facts: &Facts) -> Vec<u32> {
        let events: Vec<(usize, Event)> = self.notable(trace).collect();
        let is_pending = matches!(events.last(), Some((_, Event::PollEnded { outcome: Outcome::Pending, .. })));
        let may = |pair: &&[(usize, Event)]| {
            let [(i, event), (j, next)] = **pair else { return false };
            let is_held = |event: Event| event.kind() == Kind::WakerHeld;
            is_pivot(event)
                && Deed::of(event, facts.sight(i)) != Deed::of(next, facts.sight(j))
                && !(is_held(event) && is_pending)
                && !(is_held(next) && !is_pending)
                && !matches!(next.kind(), Kind::TimerFired | Kind::Signalled | Kind::WakeLost | Kind::Woken)
        };
        events.windows(2).filter(may).map(|pair| pair[0].0 as u32).collect()
    }

    /// The end of its poll, if it is in it.
    pub(super) fn poll_end(&self, trace: &Trace) -> Option<Event> {
        self.notable(trace).map(|(_, event)| event).find(|&event| ends_poll(event))
    }
}
