//! What the machines of a run hold: of each task whose machine is known, a row a state, with its fields where they lie in the
//! future's bytes.
//!
//! A state is told once the run came to it: from the snapshot of that event. A state that the run never came to has no fields
//! here, as nobody looked.

use crate::trace::Trace;
use crate::trace::event::Event;
use crate::trace::ids::{BlobId, TaskId};
use crate::trace::tables::{Field, Role};
use crate::view::Viewer;
use serde::Serialize;

/// What a run's machines hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Layouts {
    /// The tasks whose machines are known, in spawn order.
    pub tasks: Vec<Layout>,
}

/// What one task's future holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Layout {
    /// The task.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Bytes of the future, measured: in every state.
    pub size: u32,
    /// The cursor right after it was spawned.
    pub at: u32,
    /// Its states, in the order of the code.
    pub states: Vec<StateLayout>,
    /// What it allocated while it was polled.
    pub heap: Vec<OnHeap>,
}

/// What a future holds in one of its states.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct StateLayout {
    /// Its name: a variant or an awaited expression. Empty for an `async fn` before its first poll and after its last.
    pub name: String,
    /// The line it waits at.
    pub line: Option<u32>,
    /// The cursor right after the event with which the run first came to it; 0 where it did not.
    pub at: u32,
    /// What it holds, by offset.
    pub fields: Vec<HeldField>,
}

/// A stretch of a future's bytes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct HeldField {
    /// Its name in the code; empty for the number of the state.
    pub name: String,
    /// Bytes from the start.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
    /// What it is.
    pub role: Role,
}

impl HeldField {
    pub(in crate::view) fn of(trace: &Trace, field: &Field) -> Self {
        let Field { name, offset, size, role } = *field;
        HeldField { name: trace.name(name).to_owned(), offset, size, role }
    }
}

/// What a task allocated between two looks at it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct OnHeap {
    /// The cursor right after the event that says so.
    pub at: u32,
    /// Allocations.
    pub count: u32,
    /// Bytes.
    pub bytes: u32,
}

impl Layout {
    fn of(trace: &Trace, task: TaskId, at: u32) -> Option<Layout> {
        let info = trace.task(task)?;
        let state = |state: &crate::trace::State| StateLayout {
            name: trace.name(state.name).to_owned(),
            line: trace.site(state.site).map(|site| site.line),
            at: 0,
            fields: Vec::new(),
        };
        let states = trace.machine(info.machine)?.states.iter().map(state).collect();
        let name = trace.task_name(task).to_owned();
        Some(Layout { task: task.0, name, size: info.size, at, states, heap: Vec::new() })
    }

    /// The run came to a state, if that is the first time.
    fn see(&mut self, trace: &Trace, discriminant: Option<u32>, state: u16, bytes: BlobId, at: u32) {
        let Some(state) = self.states.get_mut(usize::from(state)).filter(|state| state.at == 0) else { return };
        state.at = at;
        let Some(snapshot) = trace.snapshot(bytes) else { return };
        let held = snapshot.fields.iter().filter(|field| field.role != Role::Padding);
        state.fields = held.map(|field| HeldField::of(trace, field)).collect();
        let is_free = |at: u32| state.fields.iter().all(|f| at < f.offset || f.offset + f.size <= at);
        if let Some(offset) = discriminant.filter(|&at| is_free(at)) {
            let tag = HeldField { name: String::new(), offset, size: 1, role: Role::Discriminant };
            state.fields.insert(state.fields.partition_point(|f| f.offset < offset), tag);
        }
    }
}

impl Viewer {
    /// What the machines of the run hold in each of their states.
    pub fn layouts(&self) -> Layouts {
        let (trace, discriminants) = (self.trace(), self.discriminants());
        let mut tasks: Vec<Layout> = Vec::new();
        for i in 0..trace.len() {
            let (event, at) = (trace.event(i), i as u32 + 1);
            if let Event::Spawned { task } = event {
                tasks.extend(Layout::of(trace, task, at));
            }
            let task = trace.columns.task(i);
            let Some(layout) = tasks.iter_mut().find(|layout| layout.task == task.0) else { continue };
            let tag = discriminants.of_task(trace, task);
            match event {
                Event::Spawned { .. } => {
                    let bytes = trace.task(task).map_or(BlobId::NONE, |info| info.bytes);
                    layout.see(trace, tag, 0, bytes, at);
                }
                Event::StateChanged { to, bytes, .. } => layout.see(trace, tag, to, bytes, at),
                Event::Allocated { count, bytes, .. } => layout.heap.push(OnHeap { at, count, bytes }),
                _ => {}
            }
        }
        Layouts { tasks }
    }
}
