//! What the lanes of models do that is worth a moment: one is held up, a queue is at its longest.
//!
//! A lane stands beside the run, on its clock. What it does after the run's last event is told with the run's end.

use crate::trace::Trace;
use crate::trace::ids::NameId;
use crate::trace::tracks::{Phase, Track};

/// What a lane does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// A task goes on to this phase, the first of the lane that does.
    Step(Phase, u32),
    /// So many wait for a worker: never more.
    Queue(u32),
    /// All of so many are done.
    End(u32),
}

/// A moment of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    pub(super) name: NameId,
    pub(super) deed: Deed,
    /// When, in the trace's unit.
    pub(super) time: u64,
    /// Whether a task is held up: it stands still and keeps its worker, loses it, or has its answer and no worker.
    pub(super) is_held_up: bool,
}

/// The moments of all lanes of models, in the order of the lanes.
pub(super) fn lanes(trace: &Trace, many: u32) -> Vec<Lane> {
    let end = trace.end_time();
    let mut all = Vec::new();
    let mut longest: Option<Lane> = None;
    for track in trace.tracks.iter().filter(|track| track.model) {
        let (moments, queue) = lane(track, end);
        all.extend(moments);
        let size = |lane: &Lane| if let Deed::Queue(n) = lane.deed { n } else { 0 };
        if size(&queue) >= many && longest.is_none_or(|longest| size(&queue) > size(&longest)) {
            longest = Some(queue);
        }
    }
    all.extend(longest);
    all
}

/// The moments of one lane until `end`, and its longest queue.
fn lane(track: &Track, end: u64) -> (Vec<Lane>, Lane) {
    let entries = track.entries.iter().filter(|entry| entry.time <= end);
    let mut moments: Vec<Lane> = Vec::new();
    let mut seen = [false; Phase::Finished as usize + 1];
    let mut waits: Vec<bool> = Vec::new();
    let (mut waiting, mut finished) = (0_u32, 0);
    let mut queue = Lane { name: track.name, deed: Deed::Queue(0), time: 0, is_held_up: false };
    for (i, entry) in entries.enumerate() {
        let task = entry.task as usize;
        waits.resize(waits.len().max(task + 1), false);
        let in_line = matches!(entry.phase, Phase::Arrived | Phase::Ready);
        let was = std::mem::replace(&mut waits[task], in_line);
        waiting = waiting + u32::from(waits[task]) - u32::from(was);
        if let Deed::Queue(n) = &mut queue.deed
            && waiting > *n
        {
            (*n, queue.time) = (waiting, entry.time);
        }
        finished += u32::from(entry.phase == Phase::Finished);
        let is_held_up = match entry.phase {
            Phase::Blocked | Phase::Preempted => true,
            // It has what it waited for, and goes on later.
            Phase::Ready => track.entries[i..]
                .iter()
                .find(|e| e.task == entry.task && e.phase != Phase::Ready)
                .is_some_and(|e| e.time > entry.time),
            _ => false,
        };
        if !seen[entry.phase as usize] && (is_held_up || entry.phase != Phase::Ready) {
            seen[entry.phase as usize] = true;
            moments.push(Lane {
                name: track.name,
                deed: Deed::Step(entry.phase, entry.task),
                time: entry.time,
                is_held_up,
            });
        }
    }
    if let Some(last) = track.entries.last()
        && last.time <= end
        && track.cut.is_none()
    {
        moments.push(Lane { name: track.name, deed: Deed::End(finished), time: last.time, is_held_up: false });
    }
    (moments, queue)
}
