//! Who stands on which line of the code.

use super::ROWS;
use crate::trace::Trace;
use crate::trace::ids::SiteId;
use crate::view::description::Place;
use crate::view::life::TaskState;
use crate::view::state::{State, Task};
use serde::Serialize;

/// A task on a line of the code.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct LineMark {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The task; 0 for a plain program.
    pub task: u32,
    /// What it does there.
    pub state: TaskState,
}

/// At most [`ROWS`] marks: the running task's first, then ready and waiting ones in spawn order, each at every line that
/// one of the innermost futures inside of it was polled from.
pub(super) fn lines(trace: &Trace, state: &State) -> Vec<LineMark> {
    let mark = |id: u32, site, what| {
        Place::of(trace, site).map(|p| LineMark { file: p.file, line: p.line, task: id, state: what })
    };
    let own = mark(0, state.line, TaskState::Running);
    let running = state.running.and_then(|id| mark(id.0, state.task(id).site, TaskState::Running));
    let is_shown = |task: &Task| matches!(task.state, TaskState::Ready | TaskState::Pending | TaskState::Panicked);
    let others = state.tasks().iter().enumerate().filter(|(_, task)| is_shown(task));
    let others = others.flat_map(|(i, task)| {
        let marks = sites(task).into_iter().filter_map(move |site| mark(i as u32 + 1, site, task.state));
        marks.collect::<Vec<_>>()
    });
    own.into_iter().chain(running).chain(others).take(ROWS).collect()
}

/// The lines at which a task waits: each once.
fn sites(task: &Task) -> Vec<SiteId> {
    let mut sites: Vec<SiteId> = Vec::new();
    for site in task.tree.leaves().map(|leaf| leaf.site).filter(|site| site.is_some()) {
        if !sites.contains(&site) {
            sites.push(site);
        }
    }
    if sites.is_empty() {
        sites.push(task.site);
    }
    sites
}
