//! What is watched in each poll: where it stopped, what it allocated, and how the future changed.

use super::builder::{Alive, Builder};
use super::recorder::Observation;
use crate::alloc::{Counts, Traffic, counts, traffic};
use crate::trace::event::{Event, Outcome, UNKNOWN_STATE};
use crate::trace::ids::{SiteId, TaskId};
use crate::trace::tables::Role;
use std::cell::Cell;

/// What is watched in the current poll.
pub(super) struct Watch {
    /// Whether the next poll begins with work for the recorder: something was seen in this one, or there is an outlet.
    pub(super) is_touched: Cell<bool>,
    /// Where it stopped.
    pub(super) stopped: Cell<SiteId>,
    /// Whether there are machines to look at.
    pub(super) has_machines: Cell<bool>,
    /// What was allocated when it was asked last.
    counted: Cell<Counts>,
    /// Whether what is taken from the heap and given back is told.
    pub(super) is_heap_told: Cell<bool>,
    /// What had been taken and given back when it was told last.
    told: Cell<Traffic>,
}

impl Watch {
    pub(super) fn new() -> Self {
        Watch {
            is_touched: Cell::default(),
            stopped: Cell::default(),
            has_machines: Cell::default(),
            counted: Cell::new(counts()),
            is_heap_told: Cell::default(),
            told: Cell::default(),
        }
    }

    /// A poll begins: what the last one left is of no more use.
    pub(super) fn forget_poll(&self, builder: &mut Builder) {
        builder.observed.clear();
        builder.entered.clear();
        self.stopped.set(SiteId::NONE);
        // What is given back with a task that is dropped between polls is not the next one's.
        if self.is_heap_told.get() {
            self.record_heap();
        }
    }

    /// A leaf future's poll is over: if it stopped, this is where, unless it is known better from within.
    pub(super) fn exited(&self, site: Option<SiteId>, outcome: Outcome) {
        self.stopped.set(match outcome {
            Outcome::Pending if self.stopped.get().is_some() => self.stopped.get(),
            Outcome::Pending => site.unwrap_or_default(),
            Outcome::Ready | Outcome::Panicked => SiteId::NONE,
        });
    }

    /// What is allocated up to now is no more counted.
    pub(super) fn forget_allocations(&self) {
        self.counted.set(counts());
        if self.is_heap_told.get() {
            self.record_heap();
        }
    }

    /// From here on, what is taken from the heap and given back is told.
    pub(super) fn record_heap(&self) {
        self.is_heap_told.set(true);
        self.told.set(traffic());
    }

    /// What was given back to the heap and taken from it since it was told last.
    #[cold]
    pub(super) fn heap_since(&self, task: TaskId, site: SiteId) -> [Option<Event>; 2] {
        let is = traffic();
        let was = self.told.replace(is);
        let since = |was: Counts, is: Counts| {
            let count = (is.allocations - was.allocations) as u32;
            (count > 0).then_some((count, (is.bytes - was.bytes) as u32))
        };
        [
            since(was.freed, is.freed).map(|(count, bytes)| Event::Freed { task, count, bytes }),
            since(was.taken, is.taken).map(|(count, bytes)| Event::Boxed { task, count, bytes, site }),
        ]
    }

    /// What was allocated since the last call.
    #[cfg_attr(feature = "small", inline(never))]
    pub(super) fn count_allocations(&self, task: TaskId) -> Option<Event> {
        let (was, is) = (self.counted.get(), counts());
        if was.allocations == is.allocations {
            return None;
        }
        self.counted.set(is);
        let (count, bytes) = ((is.allocations - was.allocations) as u32, (is.bytes - was.bytes) as u32);
        Some(Event::Allocated { task, count, bytes })
    }

    /// How a future changed that was just polled.
    pub(super) fn change(
        &self,
        builder: &mut Builder,
        task: TaskId,
        Alive { mut address, size, state: from, bytes: last }: Alive,
        ready: bool,
        observation: Option<Observation>,
    ) -> Event {
        let machine = builder.trace.tasks[task.index() - 1].machine;
        let to = match &observation {
            Some(o) => o.state,
            None => {
                let states = &builder.trace.machines[machine.index()].states;
                let at = self.stopped.get();
                let is_await = |&i: &usize| states[i].site.is_some();
                let mut awaits = (0..states.len()).filter(is_await);
                // What stopped may lie in a future that is awaited: of one await it can be no other.
                let waiting = match (awaits.clone().find(|&i| states[i].site == at), awaits.next(), awaits.next()) {
                    (None, only, None) => only,
                    (known, ..) => known,
                };
                if ready { states.len() as u16 - 1 } else { waiting.map_or(UNKNOWN_STATE, |i| i as u16) }
            }
        };
        let (mut seen, mut is_whole, mut image) = (std::mem::take(&mut builder.observed), false, None);
        if let Some(o) = observation {
            address = o.address.unwrap_or(address);
            (seen, is_whole, image) = (o.fields, o.is_whole, o.image);
        }
        if ready {
            // What it awaited is gone.
            seen.retain(|f| f.role != Role::Awaited);
        }
        let fields =
            builder.held(machine, to, size).unwrap_or_else(|| builder.observed_fields(address, size, &seen, is_whole));
        let bytes = builder.look(address, size, fields, image);
        let same = builder.trace.blobs[bytes.index()].bytes == builder.trace.blobs[last.index()].bytes;
        // Where bytes cannot be read nobody knows whether they changed: hence an event for each poll, on every target.
        let bytes = if from == to && same && !builder.trace.blobs[bytes.index()].bytes.is_empty() {
            builder.unblob();
            last
        } else {
            bytes
        };
        builder.alive[task.index() - 1] = Some(Alive { address, size, state: to, bytes });
        Event::StateChanged { task, from, to, bytes }
    }
}
