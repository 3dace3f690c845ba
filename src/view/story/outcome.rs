//! What a run came to, besides its times: what was lost, what it took, what was given up. One sentence beside the end's own, of
//! facts that the trace has.

use super::part::Part;
use super::rule::Rule;
use super::say::Describe;
use super::sentence::{Builder, Each, Say};
use crate::trace::event::Event;
use crate::trace::ids::{NameId, SourceId, TaskId};
use crate::trace::{Kind, Trace};
use crate::view::description::{Description, Holder};
use std::collections::BTreeMap;

/// Futures are told by their sizes where one is so many times another.
const APART: u32 = 3;

/// A cell that tasks share.
#[derive(Debug, Default)]
struct Cell {
    /// Who wrote it last, when, and what.
    written: Option<(TaskId, usize, NameId)>,
    /// When each task read it last.
    read: BTreeMap<u32, usize>,
}

/// A write that another one went over: of whoever had read the cell before it was there.
#[derive(Clone, Copy, Debug)]
struct Overwritten {
    by: TaskId,
    of: TaskId,
    value: NameId,
    cell: SourceId,
}

/// What is counted while a run grows.
#[derive(Debug, Default)]
pub(super) struct Tally {
    cells: BTreeMap<u32, Cell>,
    overwritten: Option<Overwritten>,
    boxes: BTreeMap<u32, u32>,
    given_up: u32,
}

impl Tally {
    /// Takes note of event `i`.
    pub(super) fn follow(&mut self, i: usize, event: Event) {
        match event {
            Event::CellRead { task, cell, .. } => {
                self.cells.entry(cell.0).or_default().read.insert(task.0, i);
            }
            Event::CellWritten { task, cell, value, .. } => self.write(i, task, cell, value),
            Event::Boxed { task, count, .. } => {
                let boxes = self.boxes.entry(task.0).or_default();
                *boxes = boxes.saturating_add(count);
            }
            Event::TimerCancelled { .. } => self.given_up += 1,
            _ => {}
        }
    }

    fn write(&mut self, i: usize, task: TaskId, id: SourceId, value: NameId) {
        let cell = self.cells.entry(id.0).or_default();
        let before = cell.written.replace((task, i, value));
        if let (Some((of, at, value)), Some(&read)) = (before, cell.read.get(&task.0))
            && of != task
            && read < at
        {
            self.overwritten.get_or_insert(Overwritten { by: task, of, value, cell: id });
        }
    }
}

impl Rule<'_> {
    /// Of a run of tasks. `apart`: those who are told of one by one.
    pub(super) fn say_outcome(&self, part: &Part, apart: &[TaskId]) -> Option<Builder> {
        let trace: &Trace = self.trace;
        let tally = &self.facts.tally;
        if let Some(Overwritten { by, of, value, cell }) = tally.overwritten {
            let lost = self.says(Say::EndOverwritten, part).who(self.who(&[by])).them(self.who(&[of]));
            return Some(lost.text(trace.name(value)).thing(Some(Holder::thing(trace, cell))));
        }
        let each = |n: &dyn Fn(TaskId) -> u32| -> Vec<Each> {
            let of = |&task: &TaskId| Each { name: self.facts.cast.name(trace, task), n: n(task), ..Each::default() };
            apart.iter().map(of).collect()
        };
        let boxes = each(&|task| tally.boxes.get(&task.0).copied().unwrap_or(0));
        if boxes.iter().any(|each| each.n > 0) {
            return Some(self.says(Say::EndBoxes, part).each(boxes));
        }
        let sizes = each(&|task| trace.task(task).map_or(0, |task| task.size));
        let (least, most) = sizes.iter().fold((u32::MAX, 0), |(least, most), of| (least.min(of.n), most.max(of.n)));
        if least > 0 && most / APART >= least {
            return Some(self.says(Say::EndSizes, part).each(sizes));
        }
        if let [(&cell, Cell { written: Some((.., value)), .. })] = tally.cells.iter().collect::<Vec<_>>()[..] {
            let thing = Some(Holder::thing(trace, SourceId(cell)));
            return Some(self.says(Say::EndCell, part).thing(thing).text(trace.name(*value)));
        }
        (tally.given_up > 0).then(|| self.says(Say::EndGivenUp, part).n(tally.given_up))
    }

    /// Of a program without tasks: what became of the addresses in its values, what the compiler said.
    pub(super) fn say_program(&self, part: &Part, describe: Describe<'_>) -> Vec<Builder> {
        let (mut shown, mut refused, mut left, mut to_itself) = (0, 0, 0, 0);
        for i in 0..part.at as usize {
            match self.trace.columns.kind(i) {
                Kind::Refused => refused += 1,
                Kind::Placed => {
                    shown += 1;
                    let now = describe(i + 1);
                    to_itself += u32::from(matches!(now, Description::PlaceChanged { itself: true, .. }));
                }
                Kind::Moved => left += u32::from(matches!(describe(i + 1), Description::Moved { dangling: true, .. })),
                _ => {}
            }
        }
        if shown == 0 && refused > 0 {
            return vec![self.says(Say::EndNothingRan, part)];
        }
        let more = match (left, refused, to_itself) {
            (1.., ..) => Some(self.says(Say::EndLeftBehind, part).n(left)),
            (_, 1.., _) => Some(self.says(Say::EndRefused, part).n(refused)),
            (_, _, 1..) => Some(self.says(Say::EndInPlace, part)),
            _ => None,
        };
        std::iter::once(self.says(Say::EndProgram, part)).chain(more).collect()
    }
}
