//! The whole run in a few places: what a scrubber draws, a tick a place.

use super::step::{Kinds, Summaries, bit};
use crate::trace::{Columns, Kind};
use serde::Serialize;

/// What an event is to somebody who looks at the whole run from afar; the last one comes first in rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Tick {
    /// Any other event.
    Other,
    /// A task was woken, or a reaction ran.
    Wake,
    /// A poll or a call began.
    Poll,
    /// A value moved.
    Move,
    /// A task panicked.
    Panic,
}

impl Tick {
    /// Every tick, the first in rank first.
    const BY_RANK: [Tick; 5] = [Tick::Panic, Tick::Move, Tick::Poll, Tick::Wake, Tick::Other];

    /// The kinds of events that are one, a bit for each.
    const fn kinds(self) -> Kinds {
        match self {
            Tick::Panic => bit(Kind::Panicked),
            Tick::Move => bit(Kind::Moved),
            Tick::Poll => bit(Kind::PollStarted) | bit(Kind::CallStarted),
            Tick::Wake => bit(Kind::Woken) | bit(Kind::Reaction),
            Tick::Other => Kinds::MAX,
        }
    }
}

/// The whole run in a few places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Ticks {
    /// What is drawn at each place; none where there is no event.
    pub places: Vec<Option<Tick>>,
}

impl Ticks {
    /// Of the events that are nearest to each of `places` + 1 cursors, equally far apart, the tick that comes first in
    /// rank.
    pub(super) fn of(columns: &Columns, summaries: &Summaries, places: usize) -> Ticks {
        let (len, twice) = (columns.len(), 2 * places.max(1));
        // Cursors from the one in the middle between two places on.
        let begin = |place: usize| ((2 * place).saturating_sub(1) * len).div_ceil(twice).clamp(1, len + 1) - 1;
        let tick = |place| {
            let kinds = summaries.kinds(columns, begin(place)..begin(place + 1));
            Tick::BY_RANK.into_iter().find(|tick| kinds & tick.kinds() != 0)
        };
        Ticks { places: (0..=places).map(tick).collect() }
    }
}
