//! What is known of one task at a cursor.

use super::tree::Tree;
use crate::trace::event::{UNKNOWN_STATE, WakeSource};
use crate::trace::ids::{BlobId, SiteId};
use crate::trace::{TaskInfo, TaskKind};
use crate::view::life::TaskState;

/// What is known of one task.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What it is doing.
    pub state: TaskState,
    /// Polls begun (or calls).
    pub polls: u32,
    /// The line it runs or waits at.
    pub site: SiteId,
    /// Its bytes now.
    pub bytes: BlobId,
    /// Its bytes before the last change.
    pub was: BlobId,
    /// The state of its machine.
    pub machine_state: u16,
    /// Who holds its waker.
    pub holders: Vec<WakeSource>,
    /// Who woke it, since its last poll.
    pub woken_by: Option<WakeSource>,
    /// Clones of its waker that are alive.
    pub wakers: u32,
    /// The futures inside of it.
    pub tree: Tree,
    /// Whether something it awaited was ready in this poll.
    pub(super) progressed: bool,
}

impl Task {
    /// A task of which nothing is known.
    pub(super) const UNKNOWN: Task = Task {
        state: TaskState::Spawned,
        polls: 0,
        site: SiteId::NONE,
        bytes: BlobId::NONE,
        was: BlobId::NONE,
        machine_state: UNKNOWN_STATE,
        holders: Vec::new(),
        woken_by: None,
        wakers: 0,
        tree: Tree::EMPTY,
        progressed: false,
    };

    /// A task as it was spawned.
    pub(super) fn spawned(info: &TaskInfo, has_machine: bool) -> Task {
        Task {
            state: TaskState::first(info.kind),
            bytes: info.bytes,
            machine_state: if has_machine { 0 } else { UNKNOWN_STATE },
            ..Task::UNKNOWN
        }
    }

    /// A poll or a call begins.
    pub(super) fn begin(&mut self, kind: TaskKind, nth: u32) {
        self.polls = nth;
        match kind {
            TaskKind::Future => {
                self.woken_by = None;
                self.progressed = false;
                self.tree.begin();
            }
            TaskKind::Callbacks => self.holders.clear(),
        }
    }

    /// Somebody has its waker from now on.
    pub(super) fn hold(&mut self, by: WakeSource) {
        if !self.holders.contains(&by) {
            self.holders.push(by);
        }
    }

    /// That one has it no more.
    pub(super) fn release(&mut self, by: WakeSource) {
        self.holders.retain(|&holder| holder != by);
    }

    /// It stands at a line of the code, if the event names one.
    pub(super) fn stand_at(&mut self, site: SiteId) {
        if site.is_some() {
            self.site = site;
        }
    }
}
