//! The track that is no model: real tasks, one each, in the order of arrival, read off the events.

use super::track::{Activity, At, Track};
use crate::trace::ids::{SiteId, TaskId};
use crate::trace::tracks::Spent;
use crate::trace::{Event, Trace};

/// The real tasks, event by event.
#[derive(Default)]
pub(super) struct Tasks {
    /// Since when each task waits, and until when for something else than a worker.
    waits: Vec<Option<(u64, u64)>>,
    alive: u32,
    most: u32,
}

impl Tasks {
    /// The next event of the run.
    pub(super) fn step(&mut self, trace: &Trace, track: &mut Track, at: At, event: Event) {
        let now = at.0;
        match event {
            Event::Spawned { task } => {
                let came = track.arrived(task.0 - 1, now);
                *self.wait(task) = Some((came, came));
                self.alive += 1;
                self.most = self.most.max(self.alive);
                track.alive.push((at.1, self.most));
            }
            Event::TimerSet { timer, task, .. } if task.is_some() => {
                *self.wait(task) = Some((now, trace.timers[timer.0 as usize - 1]));
            }
            Event::PollStarted { task, .. } => {
                track.taken.push(at.1);
                if let Some((from, until)) = self.wait(task).take() {
                    track.span(true, task.0 - 1, from, until.min(now), Activity::Waiting);
                    track.span(true, task.0 - 1, until, now, Activity::Queueing);
                }
            }
            Event::ClockAdvanced { task, by, site } if task.is_some() => {
                let activity = match spent_at(trace, site) {
                    Spent::Computing => Activity::Computing,
                    Spent::Blocked => Activity::Waiting,
                    Spent::Looking => Activity::Overhead,
                };
                let from = now.saturating_sub(by);
                track.span(true, task.0 - 1, from, now, activity);
                track.span(false, 0, from, now, activity);
            }
            Event::PollEnded { task, .. } => self.wait(task).get_or_insert((now, now)).0 = now,
            Event::Dropped { task, .. } => {
                self.alive = self.alive.saturating_sub(1);
                let came = track.arrived(task.0 - 1, now);
                track.finish(at, came);
            }
            _ => {}
        }
    }

    fn wait(&mut self, task: TaskId) -> &mut Option<(u64, u64)> {
        let i = task.0 as usize - 1;
        self.waits.resize(self.waits.len().max(i + 1), None);
        &mut self.waits[i]
    }
}

/// What time is spent on at a line: what the run declares of its file.
fn spent_at(trace: &Trace, site: SiteId) -> Spent {
    let file = trace.site(site).map(|site| site.file);
    let declared = trace.spent_in.iter().find(|&&(of, _)| Some(of) == file);
    declared.map_or(Spent::Computing, |&(_, spent)| spent)
}
