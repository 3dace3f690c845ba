//! The machines as they are drawn: the states of each, who is in which, and the edges between them.
//!
//! Which states and edges there are does not depend on the cursor: an edge is drawn if the source has it, or the run takes it
//! at any time. So a picture of them stands still while a reader steps.

use super::ROWS;
use crate::trace::event::UNKNOWN_STATE;
use crate::trace::ids::{MachineId, TaskId};
use crate::trace::tables::Field;
use crate::trace::{Role, Trace};
use crate::view::discriminant::Discriminants;
use crate::view::life::TaskState;
use crate::view::picture::HeldField;
use crate::view::state::{Machines, Spot, State, nested_in};
use serde::Serialize;

/// The most states of machines that lie within one.
const WITHIN: usize = 200;

/// A machine: its states, and who is in each.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MachineFrame {
    /// The future's name.
    pub name: String,
    /// The file it is written in.
    pub file: String,
    /// The future's size in bytes, measured.
    pub size: u32,
    /// Its states, in the order of the code.
    pub states: Vec<MachineState>,
    /// Its edges, by state numbers.
    pub edges: Vec<MachineEdge>,
    /// Where the discriminant was found in the bytes, if it was.
    pub discriminant: Option<u32>,
}

/// One state of a machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MachineState {
    /// Its name: a variant or an awaited expression. Empty for an `async fn` before its first poll and after its last.
    pub name: String,
    /// The line it waits at.
    pub line: Option<u32>,
    /// How often it was entered.
    pub visits: u32,
    /// Who is in it, at most [`ROWS`].
    pub tasks: Vec<MachineTask>,
    /// The fields it holds, as last seen in bytes, by offset.
    pub holds: Vec<HeldField>,
    /// The discriminant's value in it, as last seen in bytes.
    pub tag: Option<u8>,
    /// What it awaits, where that is a compiler-made machine too.
    pub inner: Option<Box<MachineFrame>>,
}

/// A task in a machine's state.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MachineTask {
    /// Its id.
    pub task: u32,
    /// What it does.
    pub state: TaskState,
}

/// An edge of a machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MachineEdge {
    /// From this state.
    pub from: u32,
    /// To this state.
    pub to: u32,
    /// How often it was taken: 0 for one that only the source has, or that the run takes later.
    pub count: u32,
    /// Whether it is the last one taken.
    pub last: bool,
}

/// What all machines are read off: the trace, the state at the cursor, and all edges of the run.
pub(super) struct Source<'a> {
    pub(super) trace: &'a Trace,
    pub(super) state: &'a State,
    pub(super) run: &'a Machines,
    pub(super) discriminants: &'a Discriminants,
}

impl Source<'_> {
    /// Whether a machine stands by itself: a task has it, or it lies within no other.
    pub(super) fn is_shown(&self, id: MachineId) -> bool {
        self.trace.tasks.iter().any(|task| task.machine == id) || self.trace.nested.iter().all(|n| n.machine != id)
    }

    /// A machine of tasks.
    pub(super) fn machine(&self, id: MachineId) -> MachineFrame {
        let (trace, tasks) = (self.trace, self.state.tasks());
        let here = tasks.iter().zip(&trace.tasks).enumerate().filter(|(_, (_, info))| info.machine == id);
        let size = here.clone().next_back().map_or(0, |(_, (_, info))| info.size);
        let who: Vec<(TaskId, u16)> = here.map(|(i, (task, _))| (TaskId(i as u32 + 1), task.machine_state)).collect();
        let mut frame = self.states(id, Some(id.0.into()), Some(id.0.into()), &who, &mut { WITHIN });
        frame.size = size;
        frame.discriminant = self.discriminants.of(trace, id);
        for (i, state) in frame.states.iter_mut().enumerate() {
            let Some(last) = self.state.machines.seen(id, i as u16).and_then(|bytes| trace.snapshot(bytes)) else {
                continue;
            };
            state.tag = frame.discriminant.and_then(|at| last.bytes.get(at as usize).copied());
            state.holds = variables(trace, &last.fields);
        }
        frame
    }

    /// The states of a machine, and who is in which. `spot` is where it stands, if somebody was there by the cursor, and
    /// `spot_in_run`, if somebody ever is; `room` is how many states may lie within.
    fn states(
        &self,
        id: MachineId,
        spot: Option<Spot>,
        spot_in_run: Option<Spot>,
        who: &[(TaskId, u16)],
        room: &mut usize,
    ) -> MachineFrame {
        let (trace, machines) = (self.trace, &self.state.machines);
        let def = &trace.machines[id.index()];
        let states = def.states.iter().enumerate().map(|(i, state)| {
            let i = i as u16;
            let here = who.iter().filter(|(_, at)| *at == i).take(ROWS);
            MachineState {
                name: trace.name(state.name).to_owned(),
                line: trace.site(state.site).map(|site| site.line),
                visits: spot.map_or(0, |spot| machines.visits(spot, i)),
                tasks: here
                    .map(|&(task, _)| MachineTask { task: task.0, state: self.state.task(task).state })
                    .collect(),
                holds: Vec::new(),
                tag: None,
                inner: self.inner(id, i, spot, spot_in_run, room).map(Box::new),
            }
        });
        MachineFrame {
            name: trace.name(def.name).to_owned(),
            file: trace.name(def.file).to_owned(),
            size: 0,
            states: states.collect(),
            edges: self.edges(id, spot, spot_in_run),
            discriminant: None,
        }
    }

    /// What a state awaits, if that is a machine within.
    fn inner(
        &self,
        id: MachineId,
        state: u16,
        spot: Option<Spot>,
        spot_in_run: Option<Spot>,
        room: &mut usize,
    ) -> Option<MachineFrame> {
        let (row, nested) = nested_in(self.trace, id, state)?;
        *room = room.checked_sub(self.trace.machine(nested.machine)?.states.len())?;
        let spot = spot.and_then(|spot| self.state.machines.spot_within(spot, row));
        let spot_in_run = spot_in_run.and_then(|spot| self.run.spot_within(spot, row));
        let who: Vec<(TaskId, u16)> = spot.map_or(Vec::new(), |spot| self.state.machines.inside(spot).collect());
        Some(self.states(nested.machine, spot, spot_in_run, &who, room))
    }

    /// The edges of a machine, in order: what its source has, and what the run takes at any time.
    fn edges(&self, id: MachineId, spot: Option<Spot>, spot_in_run: Option<Spot>) -> Vec<MachineEdge> {
        let is_known = |&(from, to): &(u16, u16)| from != UNKNOWN_STATE && to != UNKNOWN_STATE;
        let of = |machines: &Machines, spot: Option<Spot>| -> Vec<((u16, u16), u32)> {
            let there = machines.edges.iter().filter(|((at, ..), _)| Some(*at) == spot);
            there.map(|&((_, from, to), count)| ((from, to), count)).filter(|(edge, _)| is_known(edge)).collect()
        };
        let taken = of(&self.state.machines, spot);
        let ways = self.trace.ways.iter().filter(|way| way.machine == id).map(|way| (way.from, way.to));
        let mut edges: Vec<(u16, u16)> = ways
            .chain(taken.iter().map(|&(edge, _)| edge))
            .chain(of(self.run, spot_in_run).iter().map(|&(edge, _)| edge))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        let count = |edge| taken.iter().find(|(of, _)| *of == edge).map_or(0, |&(_, count)| count);
        let last = |from, to| spot.is_some_and(|spot| self.state.machines.is_last(spot, from, to));
        let edge = |(from, to): (u16, u16)| MachineEdge {
            from: from.into(),
            to: to.into(),
            count: count((from, to)),
            last: last(from, to),
        };
        edges.into_iter().map(edge).collect()
    }
}

/// The variables that fields are of: parts of one are named after it, behind a dot, and lie side by side.
fn variables(trace: &Trace, fields: &[Field]) -> Vec<HeldField> {
    let mut all: Vec<HeldField> = Vec::new();
    for field in fields.iter().filter(|f| f.role != Role::Padding && f.role != Role::Discriminant) {
        let part = HeldField::of(trace, field);
        let (name, is_part) = match part.name.split_once('.') {
            Some((variable, _)) => (variable.to_owned(), true),
            None => (part.name.clone(), false),
        };
        match all.last_mut().filter(|last| is_part && last.name == name) {
            Some(last) => last.size = part.offset + part.size - last.offset,
            None => all.push(HeldField { name, ..part }),
        }
    }
    all
}
