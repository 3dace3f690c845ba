//! The machines as they are drawn: the states of each, who is in which, and the edges between them.

use super::ROWS;
use crate::trace::event::UNKNOWN_STATE;
use crate::trace::ids::MachineId;
use crate::trace::{Role, Trace};
use crate::view::discriminant::Discriminants;
use crate::view::life::TaskState;
use crate::view::state::State;
use serde::Serialize;

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
    /// The fields it holds, as last seen in bytes.
    pub holds: Vec<String>,
    /// The discriminant's value in it, as last seen in bytes.
    pub tag: Option<u8>,
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
    /// How often it was taken.
    pub count: u32,
    /// Whether it is the last one taken.
    pub last: bool,
}

pub(super) fn machine(trace: &Trace, state: &State, discriminants: &Discriminants, id: MachineId) -> MachineFrame {
    let discriminant = discriminants.of(trace, id);
    let def = &trace.machines[id.0 as usize];
    let of_machine = |i: usize| trace.tasks.get(i).is_some_and(|t| t.machine == id);
    let mut tasks: Vec<Vec<MachineTask>> = vec![Vec::new(); def.states.len()];
    let mut size = 0;
    for (i, t) in state.tasks().iter().enumerate().filter(|(i, _)| of_machine(*i)) {
        size = trace.tasks[i].size;
        if let Some(here) = tasks.get_mut(t.machine_state as usize)
            && here.len() < ROWS
        {
            here.push(MachineTask { task: i as u32 + 1, state: t.state });
        }
    }
    let states = def.states.iter().zip(tasks).enumerate().map(|(i, (s, tasks))| {
        let last = state.machines.seen(id, i as u16).and_then(|bytes| trace.snapshot(bytes));
        let tag = discriminant.and_then(|at| last?.bytes.get(at as usize).copied());
        let holds = last.map_or(Vec::new(), |s| {
            let named = s.fields.iter().filter(|f| f.role != Role::Padding && f.role != Role::Discriminant);
            // Parts of a variable are named after it, behind a dot.
            let variable = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
            let mut names: Vec<_> = named.map(|f| variable(trace.name(f.name))).collect();
            names.dedup();
            names
        });
        MachineState {
            name: trace.name(s.name).to_owned(),
            line: trace.site(s.site).map(|s| s.line),
            visits: state.machines.visits(id, i as u16),
            tasks,
            holds,
            tag,
        }
    });
    let known = |s: u16| s != UNKNOWN_STATE;
    MachineFrame {
        name: trace.name(def.name).to_owned(),
        file: trace.name(def.file).to_owned(),
        size,
        states: states.collect(),
        edges: state
            .machines
            .edges
            .iter()
            .filter(|((machine, from, to), _)| *machine == id && known(*from) && known(*to))
            .map(|&((_, from, to), count)| MachineEdge {
                from: from.into(),
                to: to.into(),
                count,
                last: state.machines.last_edge.is_some_and(|(m, f, t, _)| (m, f, t) == (id, from, to)),
            })
            .collect(),
        discriminant,
    }
}
