//! What the recorder looks at in each poll: where it stopped, what it allocated, and how the future changed.

use super::builder::{Alive, Builder};
use super::trace_recorder::TraceRecorder;
use crate::alloc::{Counts, counts, uncounted};
use crate::record::recorder::Observation;
use crate::trace::event::{Event, Outcome, UNKNOWN_STATE};
use crate::trace::ids::{BlobId, SiteId, TaskId};
use crate::trace::tables::{Field, Role, Snapshot};
use std::cell::Cell;

/// What is looked at in each poll.
pub(super) struct Seen {
    /// Whether anything was seen or entered since the poll began.
    pub(super) looked: Cell<bool>,
    /// Where it stopped.
    pub(super) stopped: Cell<SiteId>,
    /// Whether there are machines to look at.
    pub(super) machines: Cell<bool>,
    /// What was allocated when it was asked last.
    pub(super) counted: Cell<Counts>,
}

impl TraceRecorder {
    /// A poll begins: what the last one left is of no more use.
    #[cold]
    pub(super) fn forget_poll(&self) {
        let inner = &mut *self.inner.borrow_mut();
        inner.observed.clear();
        inner.entered.clear();
        self.seen.stopped.set(SiteId::NONE);
    }

    /// A leaf future is polled from a line.
    pub(super) fn entered(&self, site: SiteId) {
        self.seen.looked.set(true);
        uncounted(|| self.inner.borrow_mut().entered.push(site));
    }

    /// That poll is over: if it stopped, this is where, unless it is known better from within.
    pub(super) fn exited(&self, outcome: Outcome) {
        let site = self.inner.borrow_mut().entered.pop();
        let stopped = &self.seen.stopped;
        stopped.set(match outcome {
            Outcome::Pending if stopped.get().is_some() => stopped.get(),
            Outcome::Pending => site.unwrap_or_default(),
            _ => SiteId::NONE,
        });
    }

    /// What was allocated since the last call.
    #[cfg_attr(feature = "small", inline(never))]
    pub(super) fn count_allocations(&self, task: TaskId) -> Option<Event> {
        let (was, is) = (self.seen.counted.get(), counts());
        if was.allocations == is.allocations {
            return None;
        }
        self.seen.counted.set(is);
        let (count, bytes) = ((is.allocations - was.allocations) as u32, (is.bytes - was.bytes) as u32);
        Some(Event::Allocated { task, count, bytes })
    }

    /// Looks at a future that was just polled, if its machine is known; says how it changed, if at all.
    pub(super) fn changed(
        &self,
        task: TaskId,
        ready: bool,
        observe: &dyn Fn() -> Option<Observation>,
    ) -> Option<Event> {
        let inner = &mut *self.inner.borrow_mut();
        if self.closed.get() {
            return None;
        }
        let alive = (*inner.alive.get(task.0 as usize - 1)?)?;
        uncounted(|| {
            let change = self.change(inner, task, alive, ready, observe());
            self.tables_grew(inner);
            Some(change)
        })
    }

    pub(super) fn change(
        &self,
        inner: &mut Builder,
        task: TaskId,
        (address, size, from, last): Alive,
        ready: bool,
        observation: Option<Observation>,
    ) -> Event {
        let machine = inner.trace.tasks[task.0 as usize - 1].machine;
        let to = match &observation {
            Some(o) => o.state,
            None => {
                let states = &inner.trace.machines[machine.0 as usize].states;
                let at = self.seen.stopped.get();
                let waiting = states.iter().position(|s| s.site.is_some() && s.site == at);
                if ready { states.len() as u16 - 1 } else { waiting.map_or(UNKNOWN_STATE, |i| i as u16) }
            }
        };
        let mut seen = std::mem::take(&mut inner.observed);
        if let Some(o) = observation {
            seen = o.fields;
        }
        if ready {
            // What it awaited is gone.
            seen.retain(|f| f.role != Role::Awaited);
        }
        let fields = inner.fields(address, size, &seen);
        let bytes = self.look(inner, address, size, fields);
        let same = inner.trace.blobs[bytes.0 as usize].bytes == inner.trace.blobs[last.0 as usize].bytes;
        // Where bytes cannot be read nobody knows whether they changed: hence an event for each poll, on every target.
        let bytes = if from == to && same && !inner.trace.blobs[bytes.0 as usize].bytes.is_empty() {
            inner.unblob();
            last
        } else {
            bytes
        };
        inner.alive[task.0 as usize - 1] = Some((address, size, to, bytes));
        Event::StateChanged { task, from, to, bytes }
    }

    pub(super) fn look(&self, inner: &mut Builder, address: usize, size: usize, fields: Vec<Field>) -> BlobId {
        let bytes = match self.peek {
            Some(peek) if size > 0 => {
                let mut bytes = vec![0; size];
                peek(address, &mut bytes);
                bytes
            }
            _ => Vec::new(),
        };
        inner.blob(Snapshot { address: address as u32, size: size as u32, bytes, fields })
    }
}
