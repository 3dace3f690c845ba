//! Who wrote a byte: of bytes that a view shows, the event that wrote them last, and those before and after it; of a pointer
//! that dangles, since when, and which move did that.
//!
//! Bytes are seen at *looks* (`history.rs`): before a task's future is polled first, after each of its polls, and whenever a
//! value is put into a slot, changed there, or moved. So a writer is known as nearly as that: of a poll that wrote a byte
//! twice, the last value; and of one that wrote the same value again, nothing.

mod history;

use super::Viewer;
use super::description::Place;
use super::frame::memory::bytes_frame;
use super::padding::Padding;
use crate::trace::ids::{PlaceId, SiteId, TaskId};
use crate::trace::{Event, Trace};
use history::History;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Whose bytes are meant: which kind of list its number is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum BytesOf {
    /// A task's future, by the task's number.
    Task,
    /// A slot, by its place in the list of slots.
    Slot,
}

/// What wrote bytes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Write {
    /// The future was made so.
    Spawned {
        /// Whose.
        task: u32,
    },
    /// A poll did it.
    Polled {
        /// Of this task.
        task: u32,
        /// Which, from 1.
        nth: u32,
    },
    /// A value was put there.
    Put {
        /// The slot.
        slot: String,
    },
    /// The value was changed where it was.
    Changed {
        /// The slot.
        slot: String,
    },
    /// The value was moved there: all its bytes were copied.
    Moved {
        /// From this slot.
        from: String,
        /// To this one.
        to: String,
    },
}

/// When bytes were written.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Written {
    /// The cursor right after the event that did it.
    pub cursor: u32,
    /// What did it.
    pub by: Write,
    /// At which line; of a poll, where it stopped.
    pub at: Option<Place>,
    /// What they were before; none if nothing was there.
    pub was: Option<Vec<u8>>,
    /// What they were then.
    pub now: Vec<u8>,
}

/// Since when a pointer dangles.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Dangling {
    /// The cursor right after the event with which the value went that it points to.
    pub cursor: u32,
    /// The slot that it went from.
    pub slot: String,
    /// At which line.
    pub at: Option<Place>,
    /// The address that the pointer holds.
    pub address: u32,
}

/// What there is to say of who wrote bytes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Writers {
    /// The last one before the cursor; none if nothing wrote them.
    pub last: Option<Written>,
    /// The cursor of the one before that.
    pub earlier: Option<u32>,
    /// The cursor of the next one, after the one asked about.
    pub later: Option<u32>,
    /// If they are a pointer that dangles: since when.
    pub dangling: Option<Dangling>,
}

/// The histories of all that a run shows in bytes.
#[derive(Debug, Default)]
pub(super) struct Histories {
    tasks: Vec<History>,
    slots: Vec<History>,
    /// Of each slot, the events with which its value left it, in order.
    left: Vec<Vec<u32>>,
}

/// Entry `i` of a list that grows as far as it is needed.
fn entry<T: Default>(list: &mut Vec<T>, i: usize) -> &mut T {
    if list.len() <= i {
        list.resize_with(i + 1, T::default);
    }
    &mut list[i]
}

impl Histories {
    /// Takes note of event `i`, which is the next one.
    pub(super) fn follow(&mut self, trace: &Trace, i: usize, event: Event) {
        if let Event::Spawned { task } | Event::StateChanged { task, .. } = event {
            // Most runs have no bytes: they need no list.
            let has_bytes = history::look(trace, event).is_some_and(|(bytes, _)| trace.snapshot(bytes).is_some());
            if has_bytes {
                entry(&mut self.tasks, task.0 as usize).follow(trace, i);
            }
        } else if let Event::Placed { place, .. } | Event::Moved { to: place, .. } = event {
            entry(&mut self.slots, place.index()).follow(trace, i);
        } else if let Event::Taken { place } = event {
            entry(&mut self.left, place.index()).push(i as u32);
        }
    }

    fn of(&self, of: BytesOf, which: u32) -> Option<&History> {
        match of {
            BytesOf::Task => self.tasks.get(which as usize),
            BytesOf::Slot => self.slots.get(which as usize),
        }
    }
}

impl Viewer {
    /// Who wrote `bytes` of a future or a slot, as they are after the first `cursor` events.
    pub fn writers(&mut self, cursor: usize, of: BytesOf, which: u32, bytes: Range<u32>) -> Writers {
        let range = bytes.start as usize..bytes.end as usize;
        let found = self.histories().of(of, which).map(|history| {
            let (trace, seen) = (self.trace(), history.until(cursor));
            let padding = match of {
                BytesOf::Task => Padding::of_task(trace, self.discriminants(), TaskId(which)),
                BytesOf::Slot => Padding::All,
            };
            let last = history.before(trace, seen, &range, padding);
            let earlier = last.and_then(|last| history.before(trace, last, &range, padding));
            let later = history.after(trace, last.map_or(seen, |last| last + 1), &range, padding);
            [last, earlier, later].map(|look| look.map(|look| history.event(look)))
        });
        let [last, earlier, later] = found.unwrap_or_default();
        Writers {
            last: last.map(|event| self.written(event, &range)),
            earlier: earlier.map(|event| event as u32 + 1),
            later: later.map(|event| event as u32 + 1),
            dangling: self.dangling(cursor, of, which, bytes),
        }
    }

    /// What event `i` wrote there.
    fn written(&mut self, i: usize, range: &Range<usize>) -> Written {
        self.look(i);
        let (trace, before, _) = self.drawing();
        let (event, name) = (trace.event(i), |place| trace.place_name(place).to_owned());
        let alive = |place| Some(before.slots.get(place)).filter(|slot| slot.alive).map(|slot| slot.bytes);
        let (by, was, site) = if let Event::StateChanged { task, .. } = event {
            let known = before.task(task);
            (Write::Polled { task: task.0, nth: known.polls }, Some(known.bytes), known.site)
        } else if let Event::Moved { from, to, .. } = event {
            let was = before.slots.get(to).bytes;
            (Write::Moved { from: name(from), to: name(to) }, Some(was), before.line)
        } else if let Event::Placed { place, .. } = event {
            let (slot, was) = (name(place), alive(place));
            let by = if was.is_some() { Write::Changed { slot } } else { Write::Put { slot } };
            (by, was, before.line)
        } else {
            (Write::Spawned { task: trace.columns.task(i).0 }, None, SiteId::NONE)
        };
        let taken = |bytes| trace.snapshot(bytes)?.bytes.get(range.clone()).map(<[u8]>::to_vec);
        let now = history::look(trace, event).and_then(|(bytes, _)| taken(bytes)).unwrap_or_default();
        Written { cursor: i as u32 + 1, by, at: Place::of(trace, site), was: was.and_then(taken), now }
    }

    /// Since when a pointer dangles that is among bytes after the first `cursor` events, if one is that does.
    fn dangling(&mut self, cursor: usize, of: BytesOf, which: u32, bytes: Range<u32>) -> Option<Dangling> {
        self.look(cursor);
        let (trace, state, _) = self.drawing();
        let shown = match of {
            BytesOf::Task => state.task(TaskId(which)).bytes,
            BytesOf::Slot => {
                let slot = state.slots.get(PlaceId(u16::try_from(which).ok()?));
                if !slot.alive {
                    return None;
                }
                slot.bytes
            }
        };
        let shown = bytes_frame(trace, state, trace.snapshot(shown)?);
        let meant = shown.fields.iter().filter(|f| f.offset < bytes.end && bytes.start < f.offset + f.size);
        let target = meant.filter_map(|field| field.target.as_ref()).find(|target| target.dangling)?;
        let (slot, address) = (target.slot?, target.address);
        let left = self.histories().left.get(slot as usize)?;
        let event = *left[..left.partition_point(|&event| (event as usize) < cursor)].last()?;
        self.look(event as usize);
        let (trace, before, _) = self.drawing();
        let slot = trace.place_name(PlaceId(slot as u16)).to_owned();
        Some(Dangling { cursor: event + 1, slot, at: Place::of(trace, before.line), address })
    }
}
