//! Footprints: what a poll used that other polls may use, too. Two polls whose footprints do not conflict come to the same in
//! either order.
//!
//! A footprint is read off the events of the poll, and off what leaves report beside them (a value that was found in a
//! channel leaves no event). Tasks, channels, mutexes, bells and cells are objects; so are the clock, the numbers of new
//! tasks, and the output where the order of lines counts. State that a program shares in other ways is not seen: for a
//! program that has any, each poll conflicts with every other.

use crate::trace::Event;
use crate::trace::event::{DropReason, WakeSource};
use crate::trace::ids::{SourceId, TaskId};

/// Something that polls have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// A task: its own polls write it, and so does a cancel. Its spawning, its wakes and looks at its value read it: two wakes
    /// of a task come to the same in either order.
    Task(TaskId),
    /// A channel, a mutex, a bell or a cell.
    Source(SourceId),
    /// The clock: `compute` writes it, timers read it.
    Clock,
    /// The numbers of new tasks. In another order of two spawns the tasks would change names.
    Spawns,
    /// What was logged, in its order.
    Output,
}

/// What of a run is compared, and what of it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Whether the order of the logged lines is part of what a run came to.
    pub lines_in_order: bool,
    /// Whether tasks share nothing but what the prelude's futures and cells report.
    pub all_reported: bool,
}

/// So many objects are what most polls use.
const FEW: usize = 6;

/// What a poll used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Each object once, and whether it was written.
    uses: Vec<(Object, bool)>,
    /// Tasks that it cancelled.
    cancelled: Vec<TaskId>,
    /// Whether it may have used anything.
    is_unknown: bool,
}

impl Footprint {
    /// Of a poll of `task` that has done nothing so far.
    pub(super) fn of(task: TaskId, sight: Sight) -> Self {
        let mut uses = Vec::with_capacity(FEW);
        uses.push((Object::Task(task), true));
        Footprint { uses, cancelled: Vec::new(), is_unknown: !sight.all_reported }
    }

    /// Whether the order of the two polls may matter.
    pub fn conflicts(&self, other: &Footprint) -> bool {
        let meets = |&(object, writes): &(Object, bool)| {
            other.uses.iter().any(|&(used, written)| used == object && (writes || written))
        };
        self.is_unknown || other.is_unknown || self.uses.iter().any(meets)
    }

    /// Whether it woke, cancelled or looked at a task.
    pub fn uses_task(&self, task: TaskId) -> bool {
        self.uses.iter().any(|&(object, _)| object == Object::Task(task))
    }

    /// Tasks that it cancelled.
    pub fn cancelled(&self) -> &[TaskId] {
        &self.cancelled
    }

    /// It used an object.
    pub(super) fn uses(&mut self, object: Object, writes: bool) {
        match self.uses.iter_mut().find(|(used, _)| *used == object) {
            Some((_, written)) => *written |= writes,
            None => self.uses.push((object, writes)),
        }
    }

    /// What an event says that it used. All kinds of events stand here, so that a new one is decided on.
    pub(super) fn see(&mut self, event: Event, sight: Sight) {
        let by = |by| match by {
            WakeSource::Source(source) => Some((Object::Source(source), true)),
            WakeSource::Task(task) => Some((Object::Task(task), false)),
            WakeSource::Timer(_) => Some((Object::Clock, false)),
            WakeSource::Promise(_) | WakeSource::Outside => None,
        };
        let used = match event {
            Event::Woken { task, by: source, .. } | Event::WakeLost { task, by: source } => {
                self.uses(Object::Task(task), false);
                by(source)
            }
            Event::WakerHeld { by: source, .. }
            | Event::WakerReleased { by: source, .. }
            | Event::KeptForNobody { by: source, .. } => by(source),
            Event::Dropped { task, reason } => {
                if reason == DropReason::Cancelled {
                    self.cancelled.push(task);
                }
                Some((Object::Task(task), true))
            }
            Event::Spawned { task } => {
                self.uses(Object::Task(task), false);
                Some((Object::Spawns, true))
            }
            Event::FoundEmpty { at: source, .. }
            | Event::Locked { mutex: source, .. }
            | Event::Unlocked { mutex: source, .. }
            | Event::Signalled { bell: source }
            | Event::BellSet { bell: source, .. }
            | Event::Entrusted { driver: source, .. }
            | Event::Turned { driver: source, .. }
            | Event::Registered { source, .. }
            | Event::Arrived { source, .. }
            | Event::Reported { source }
            | Event::Drained { source, .. }
            | Event::CellWritten { cell: source, .. } => Some((Object::Source(source), true)),
            Event::CellRead { cell, .. } => Some((Object::Source(cell), false)),
            Event::TimerSet { .. } | Event::TimerFired { .. } | Event::TimerCancelled { .. } => {
                Some((Object::Clock, false))
            }
            Event::ClockAdvanced { task, .. } => task.is_some().then_some((Object::Clock, true)),
            Event::Logged { .. } => sight.lines_in_order.then_some((Object::Output, true)),
            // What ends the run, or is not of a deterministic run: nothing is known of it.
            Event::Panicked { .. }
            | Event::Changed { .. }
            | Event::CallStarted { .. }
            | Event::CallEnded { .. }
            | Event::PromiseCreated { .. }
            | Event::PromiseSettled { .. }
            | Event::Reaction { .. }
            | Event::Received { .. }
            | Event::Aborted { .. }
            | Event::Listened { .. }
            | Event::StreamMade { .. }
            | Event::Pulled { .. }
            | Event::ChunkMade { .. }
            | Event::StreamHolds { .. }
            | Event::StreamFull { .. }
            | Event::ReaderTaken { .. }
            | Event::ChunkRead { .. }
            | Event::ReaderLeft { .. }
            | Event::StreamCancelled { .. }
            | Event::StreamClosed { .. }
            | Event::StackSuspended { .. }
            | Event::StackResumed { .. }
            | Event::Spun { .. }
            | Event::MicrotaskQueued { .. }
            | Event::MicrotaskStarted { .. }
            | Event::MicrotaskEnded { .. }
            | Event::MacrotaskQueued { .. }
            | Event::MacrotaskStarted { .. }
            | Event::MacrotaskEnded { .. }
            | Event::MessagePosted { .. }
            | Event::MacrotaskCleared { .. }
            | Event::FrameQueued { .. }
            | Event::FrameStarted { .. }
            | Event::FrameEnded { .. } => {
                // That a task was polled out of turn is no deed of the poll before.
                self.is_unknown |= !is_turn(event);
                None
            }
            // Of the task's own poll alone.
            Event::Enqueued { .. }
            | Event::PollStarted { .. }
            | Event::PollEnded { .. }
            | Event::Entered { .. }
            | Event::Exited { .. }
            | Event::StateChanged { .. }
            | Event::WakerCloned { .. }
            | Event::WakerDropped { .. }
            | Event::PolledAgain { .. }
            | Event::DroppedUnpolled { .. }
            | Event::Allocated { .. }
            | Event::Boxed { .. }
            | Event::Freed { .. }
            | Event::Idle
            | Event::Ended { .. }
            | Event::Line { .. }
            | Event::Placed { .. }
            | Event::Taken { .. }
            | Event::Moved { .. }
            | Event::Pinned { .. }
            | Event::Created { .. }
            | Event::Begun { .. }
            | Event::Discarded { .. }
            | Event::Asked { .. }
            | Event::Refused { .. }
            | Event::Wrapped { .. } => None,
        };
        if let Some((object, writes)) = used {
            self.uses(object, writes);
        }
    }
}

fn is_turn(event: Event) -> bool {
    matches!(event, Event::Changed { change: crate::trace::event::Change::Next, .. })
}
