//! A walk along the events, counting columns and slots: what the axis is made of.

use crate::trace::Kind;

/// Widths are kept in fifths of a unit, for so they are whole numbers: sums of them are exact.
const PARTS: f64 = 5.0;
const SLOT_PARTS: u32 = 90;
const PAD_PARTS: u32 = 40;
const WITHIN_PARTS: u32 = 54;

/// The width of a poll, with the gap behind it.
pub(super) const SLOT: f64 = SLOT_PARTS as f64 / PARTS;
/// The gap.
pub(super) const GAP: f64 = 3.0;
/// What a column has besides its polls, half of it before them.
pub(super) const PAD: f64 = PAD_PARTS as f64 / PARTS;
/// How far into a poll its events stand.
pub(super) const WITHIN: f64 = WITHIN_PARTS as f64 / PARTS;

/// A place on the axis whatever the scale of time: how wide the columns before it are, in parts of a unit, and what time
/// it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) wide: u32,
    pub(super) time: u64,
}

impl Spot {
    /// The width of the columns before it.
    #[inline]
    pub(super) fn width(self) -> f64 {
        width(self.wide)
    }
}

/// A width, of its parts.
#[inline]
pub(super) fn width(parts: u32) -> f64 {
    f64::from(parts) / PARTS
}

/// A walk along the events. It stands right behind one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Walk {
    /// Slots that are full.
    slots: u32,
    /// Columns before this one.
    columns: u32,
    time: u64,
    /// Whether a poll is under way, and whether something has happened in it.
    open: bool,
    within: bool,
}

impl Walk {
    /// A walk that stands before a run's first event, which is at `time`.
    pub(super) fn beginning_at(time: u64) -> Self {
        Walk { time, ..Walk::default() }
    }

    /// The next event.
    #[inline]
    pub(super) fn pass(&mut self, kind: Kind, time: u64) {
        if time != self.time {
            self.time = time;
            self.columns += 1;
            self.slots += u32::from(self.open);
        }
        if matches!(kind, Kind::PollStarted | Kind::CallStarted) {
            (self.open, self.within) = (true, false);
        } else if matches!(kind, Kind::PollEnded | Kind::CallEnded) && self.open {
            self.slots += 1;
            (self.open, self.within) = (false, false);
        } else {
            self.within = self.open;
        }
    }

    /// The number of the column.
    pub(super) fn column(&self) -> u32 {
        self.columns
    }

    /// Whether it stands in the middle of a poll.
    pub(super) fn is_within(&self) -> bool {
        self.within
    }

    /// Where it stands.
    #[inline]
    pub(super) fn spot(&self) -> Spot {
        let within = if self.within { WITHIN_PARTS } else { 0 };
        let slots = self.slots.saturating_mul(SLOT_PARTS);
        let columns = self.columns.saturating_mul(PAD_PARTS);
        let wide = slots.saturating_add(columns).saturating_add(within + PAD_PARTS / 2);
        Spot { wide, time: self.time }
    }

    /// Where the first poll of the column begins that the walk has just come into, having stood at `before`.
    pub(super) fn column_start(&self, before: &Walk) -> Spot {
        let went_on = before.open && before.columns != self.columns;
        Walk { slots: before.slots + u32::from(went_on), within: false, ..*self }.spot()
    }

    /// The width of all columns, the last one to its end.
    pub(super) fn width_of_all(&self) -> f64 {
        self.spot().width() + PAD / 2.0 + if self.open { SLOT } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poll_fills_a_slot_in_every_column_that_it_touches() {
        let mut walk = Walk::beginning_at(3);
        let mut pass = |kind, time| {
            walk.pass(kind, time);
            (walk.spot().width(), walk.column())
        };
        assert_eq!(pass(Kind::Spawned, 3), (4.0, 0));
        assert_eq!(pass(Kind::PollStarted, 3), (4.0, 0));
        assert_eq!(pass(Kind::TimerSet, 3), (14.8, 0));
        assert_eq!(pass(Kind::PollEnded, 3), (22.0, 0));
        assert_eq!(pass(Kind::PollStarted, 5), (30.0, 1));
        assert_eq!(pass(Kind::ClockAdvanced, 9), (66.8, 2));
        assert_eq!(pass(Kind::PollEnded, 9), (74.0, 2));
        assert_eq!(walk.width_of_all(), 78.0);
    }
}
