//! What of the timeline is so at the cursor: its place, what the lanes' tasks do, and the timers that are set.

use super::frame::{Due, LaneNow, NowFrame};
use crate::trace::ids::TaskId;
use crate::view::Viewer;
use crate::view::life::TaskState;

impl Viewer {
    /// What is so after the first `cursor` events, of the lanes of `tasks`.
    pub fn now(&mut self, cursor: usize, tasks: &[u32]) -> NowFrame {
        let cursor = cursor.min(self.trace().len());
        let at = self.place(cursor);
        self.seek(cursor);
        let (trace, state, timeline) = (self.trace(), self.state(), &self.timeline);
        let lane = |&task: &u32| {
            let id = TaskId(task);
            let known = state.get(id).map(|t| t.state);
            let running = known == Some(TaskState::Running);
            let poll = running.then(|| timeline.lives.poll_before(id, cursor)).flatten();
            LaneNow { task, state: known, since: poll.map(|event| timeline.axis.place(trace, event + 1)) }
        };
        let mut due: Vec<Due> = Vec::new();
        for &(deadline, _, task) in state.timers.iter().filter(|(_, _, task)| tasks.contains(&task.0)) {
            if due.iter().all(|d| d.task != task.0) {
                let at = timeline.axis.place_of_time(trace, deadline);
                due.push(Due { task: task.0, deadline: trace.unit.to_ms(deadline), at });
            }
            if due.len() == tasks.len() {
                break;
            }
        }
        NowFrame { at, lanes: tasks.iter().map(lane).collect(), due }
    }
}
