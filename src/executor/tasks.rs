//! The tasks of an executor, by id, and the ready queue.

use super::job::Job;
use super::timers::Timers;
use super::waker::WakeCell;
use crate::trace::ids::TaskId;
use std::collections::VecDeque;
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Idle,
    Queued,
    Running,
    RunningWoken,
    RunningCancelled,
}

pub(super) struct Slot {
    pub(super) status: Status,
    pub(super) cell: Arc<WakeCell>,
    /// Away while it is polled.
    pub(super) job: Option<Box<dyn Job>>,
    pub(super) polls: u32,
}

#[derive(Default)]
pub(super) struct State {
    /// By id, less one; none for lanes, and for tasks that are done.
    pub(super) tasks: Vec<Option<Slot>>,
    pub(super) alive: usize,
    pub(super) queue: VecDeque<TaskId>,
    pub(super) timers: Timers,
    /// Lanes, and the calls so far on each.
    pub(super) lanes: Vec<(TaskId, u32)>,
}

impl State {
    pub(super) fn slot(&mut self, task: TaskId) -> Option<&mut Slot> {
        self.tasks.get_mut((task.0 as usize).checked_sub(1)?)?.as_mut()
    }

    pub(super) fn insert(&mut self, slot: Option<Slot>) -> TaskId {
        self.alive += usize::from(slot.is_some());
        self.tasks.push(slot);
        TaskId(self.tasks.len() as u32)
    }

    pub(super) fn remove(&mut self, task: TaskId) -> Option<Slot> {
        let slot = self.tasks[task.0 as usize - 1].take();
        self.alive -= usize::from(slot.is_some());
        slot
    }
}
