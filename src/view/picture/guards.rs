//! Who has what, and who waits for it: the guards of a run, the waits for what others have, and who has the other end of a
//! channel.
//!
//! A *guard* lives from the event that locks to the one that unlocks. A *wait* lives as long as the lock or the channel has a
//! waker of the task. Each has the line that it began at. Who has a sender is known from the end of the run.

use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::{SiteId, SourceId, TaskId};
use crate::trace::{SourceKind, Trace};
use crate::view::Viewer;
use crate::view::description::{Holder, Place};
use crate::view::state::State;
use serde::Serialize;

/// Who has what, and who waits for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Guards {
    /// Guards, in the order in which they were taken.
    pub held: Vec<Lasting>,
    /// Waits for a lock or a channel, in the order in which they began.
    pub waits: Vec<Lasting>,
    /// Who still has what a channel waits for at the end of the run.
    pub senders: Vec<Sending>,
}

/// A guard, or a wait.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Lasting {
    /// Whose.
    pub task: u32,
    /// Of what.
    pub of: Holder,
    /// The line that it was taken at, or waits at.
    pub line: Option<Place>,
    /// When it began, in ms.
    pub from: f64,
    /// The cursor right after the event with which it began.
    pub at: u32,
    /// The cursor right after the event with which it ended; 0 where it did not.
    pub till: u32,
}

/// A task that has a sender of a channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Sending {
    /// Who.
    pub task: u32,
    /// Of which channel.
    pub of: Holder,
}

struct Walk<'t> {
    trace: &'t Trace,
    /// By task, less one: the line that it asked or polled from last.
    lines: Vec<SiteId>,
    guards: Guards,
    /// What is open, with its place in a list.
    open: Vec<(TaskId, SourceId, usize)>,
    waiting: Vec<(TaskId, SourceId, usize)>,
}

impl Walk<'_> {
    fn lasting(&self, task: TaskId, of: SourceId, now: f64, at: u32) -> Lasting {
        let line = self.lines.get(task.index().saturating_sub(1)).and_then(|&site| Place::of(self.trace, site));
        Lasting { task: task.0, of: Holder::thing(self.trace, of), line, from: now, at, till: 0 }
    }

    fn lock(&mut self, event: Event, now: f64, at: u32) {
        match event {
            Event::Entered { task, site, .. } | Event::Asked { task, site } if task.is_some() => {
                self.lines.resize(self.lines.len().max(task.index()), SiteId::NONE);
                self.lines[task.index() - 1] = site;
            }
            Event::Locked { task, mutex } => {
                let held = self.lasting(task, mutex, now, at);
                self.open.push((task, mutex, self.guards.held.len()));
                self.guards.held.push(held);
            }
            Event::Unlocked { mutex, .. } => {
                if let Some(i) = self.open.iter().position(|&(_, of, _)| of == mutex) {
                    let (_, _, held) = self.open.remove(i);
                    self.guards.held[held].till = at;
                }
            }
            _ => {}
        }
    }

    /// The task's waker is with these, and with no others.
    fn wait(&mut self, task: TaskId, holders: &[WakeSource], now: f64, at: u32) {
        let has = |source| holders.contains(&WakeSource::Source(source));
        let (kept, over) =
            std::mem::take(&mut self.waiting).into_iter().partition(|&(of, on, _)| of != task || has(on));
        self.waiting = kept;
        let over: Vec<(TaskId, SourceId, usize)> = over;
        for (_, _, wait) in over {
            self.guards.waits[wait].till = at;
        }
        for &holder in holders {
            let WakeSource::Source(on) = holder else { continue };
            let is_known = self.waiting.iter().any(|&(of, source, _)| (of, source) == (task, on));
            let kind = self.trace.source(on).map(|source| source.kind);
            if !is_known && matches!(kind, Some(SourceKind::Mutex | SourceKind::Channel)) {
                let wait = self.lasting(task, on, now, at);
                self.waiting.push((task, on, self.guards.waits.len()));
                self.guards.waits.push(wait);
            }
        }
    }
}

impl Viewer {
    /// Who has what, and who waits for it, in the whole run.
    pub fn guards(&self) -> Guards {
        let trace = self.trace();
        let (guards, open, waiting) = Default::default();
        let mut walk = Walk { trace, lines: Vec::new(), guards, open, waiting };
        let mut state = State::default();
        while state.at < trace.len() {
            let event = state.apply(trace);
            let (now, at) = (trace.unit.to_ms(state.time), state.at as u32);
            walk.lock(event, now, at);
            let id = trace.columns.task(state.at - 1);
            if let Some(task) = state.get(id) {
                walk.wait(id, &task.holders, now, at);
            }
        }
        let sends =
            |&&(source, _): &&(SourceId, TaskId)| trace.source(source).is_some_and(|s| s.kind == SourceKind::Channel);
        let sending = |&(source, task): &(SourceId, TaskId)| Sending { task: task.0, of: Holder::thing(trace, source) };
        walk.guards.senders = trace.holders.iter().filter(sends).map(sending).collect();
        walk.guards
    }
}
