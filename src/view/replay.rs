//! Replay: the frame at any cursor, by folding events from the nearest checkpoint.
//!
//! Checkpoints are made as replay first passes them: a step back unpacks one and folds at most the spacing between two of
//! them.

use super::bytes::bytes_frame;
use super::checkpoints::Checkpoints;
use super::describe::tell;
use super::description::{Holder, Place, Told};
use super::discriminant::find_all;
use super::fold::{State, Task, TaskState, find};
use super::frame::*;
use super::step::{Summaries, Unit, step};
use super::timeline::Timeline;
use super::what_if::{WhatIfs, what_ifs};
use crate::trace::event::UNKNOWN_STATE;
use crate::trace::ids::{BlobId, MachineId, SiteId, TaskId};
use crate::trace::{Kind, Role, TimeUnit, Trace};

/// A trace with a cursor in it.
#[derive(Debug)]
pub struct Replay {
    trace: Trace,
    state: State,
    /// The state at another place: where something is told, or where a drawing begins.
    aside: State,
    checkpoints: Checkpoints,
    summaries: Summaries,
    pub(super) timeline: Timeline,
}

impl Replay {
    /// Begins at the start of `trace`.
    pub fn new(mut trace: Trace) -> Self {
        find_all(&mut trace);
        let (summaries, timeline) = (Summaries::new(&trace.columns), Timeline::new(&trace));
        let (state, aside, checkpoints) = (State::default(), State::default(), Checkpoints::new());
        Replay { state, aside, checkpoints, summaries, timeline, trace }
    }

    /// The trace.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// The state that [`look`](Self::look) gave last.
    pub(super) fn aside(&self) -> &State {
        &self.aside
    }

    /// Makes ready for quick frames and drawings: goes over about `events` more events, and says whether that was the
    /// last of it. What is not made ready before it is asked for is made ready then.
    pub fn prepare(&mut self, events: usize) -> bool {
        let from = self.timeline.indexed();
        let to = self.trace.len().min(from.saturating_add(events));
        self.seek(to);
        self.timeline.index(&self.trace, to);
        to == self.trace.len()
    }

    /// Moves to the state after the first `cursor` events (at most all) and gives it.
    pub fn seek(&mut self, cursor: usize) -> &State {
        fold(&self.trace, &mut self.checkpoints, &mut self.state, cursor.min(self.trace.len()));
        &self.state
    }

    /// The same, and the state that [`seek`](Self::seek) gave stays where it is.
    pub(super) fn look(&mut self, cursor: usize) -> &State {
        fold(&self.trace, &mut self.checkpoints, &mut self.aside, cursor.min(self.trace.len()));
        &self.aside
    }

    /// The events that lie between two checkpoints: no more are folded for the frame at a cursor that was passed.
    pub fn spacing(&self) -> usize {
        self.checkpoints.spacing()
    }

    /// Bytes that the checkpoints take; at most [`MEMORY`](super::checkpoints::MEMORY).
    pub fn memory(&self) -> usize {
        self.checkpoints.memory()
    }

    /// The event before `cursor`, told.
    pub fn told(&mut self, cursor: usize) -> Told {
        match cursor.min(self.trace.len()) {
            0 => Told::Nothing,
            cursor => {
                self.look(cursor);
                tell(&self.trace, cursor - 1, &self.aside)
            }
        }
    }

    /// The cursor one step on from `cursor`, or back, from 0 (before the first event) to the run's length; with a `task`,
    /// over events of it alone. Where no more polls or ticks are, it goes to the run's end; where there is no more of
    /// another kind, or of that task, it stays.
    pub fn step(&self, cursor: usize, unit: Unit, forward: bool, task: TaskId) -> usize {
        step(&self.trace, &self.summaries, cursor, unit, forward, task)
    }

    /// The whole run in a few places: of the events that are nearest to each of `places` + 1 cursors, equally far apart, the
    /// kind that comes first in rank; none where there is no event.
    pub fn ticks(&self, places: usize, rank: impl Fn(Kind) -> u8) -> Vec<Option<Kind>> {
        let (len, twice) = (self.trace.len(), 2 * places.max(1));
        // Cursors from the one in the middle between two places on.
        let begin = |place: usize| ((2 * place).saturating_sub(1) * len).div_ceil(twice).clamp(1, len + 1) - 1;
        let tick = |place| {
            let kinds = self.summaries.kinds(&self.trace.columns, begin(place)..begin(place + 1));
            let found = Kind::ALL.iter().filter(|&&kind| kinds >> kind as u8 & 1 == 1);
            found.copied().max_by_key(|&kind| rank(kind))
        };
        (0..=places).map(tick).collect()
    }

    /// The cursor right after the last event at or before `time` (in the trace's unit); at least 1.
    pub fn cursor_at(&self, time: u64) -> usize {
        self.trace.columns.first_after(time).max(1).min(self.trace.len())
    }

    /// What a person could change after the first `cursor` events.
    pub fn what_ifs(&mut self, cursor: usize) -> WhatIfs {
        self.seek(cursor);
        what_ifs(&self.trace, &self.state)
    }

    /// The frame after the first `cursor` events. `focus` is the task whose bytes are shown; none for the one
    /// whose bytes changed last.
    pub fn frame(&mut self, cursor: usize, focus: TaskId) -> Frame {
        self.seek(cursor);
        let (trace, state) = (&self.trace, &self.state);
        let ms = |t| trace.unit.to_ms(t);
        let mut sleeping = state.tasks().iter().enumerate().filter(|(_, t)| t.state == TaskState::Pending);
        let rows = sleeping.by_ref().take(ROWS).map(|(i, t)| sleeper(trace, TaskId(i as u32 + 1), t)).collect();
        Frame {
            cursor: state.at as u32,
            len: trace.len() as u32,
            time: ms(state.time),
            told: if state.at == 0 { Told::Nothing } else { tell(trace, state.at - 1, state) },
            running: state.running.map(|id| RunningTask {
                task: id.0,
                name: trace.task_name(id).to_owned(),
                what: trace.tasks[id.0 as usize - 1].kind,
                nth: state.task(id).polls,
                at: Place::of(trace, state.task(id).site),
                inside: inside(trace, state.task(id)),
            }),
            ready: state
                .ready()
                .iter()
                .take(ROWS)
                .map(|&id| ReadyTask {
                    task: id.0,
                    name: trace.task_name(id).to_owned(),
                    by: state.task(id).woken_by.map(|by| Holder::of(trace, id, by)),
                })
                .collect(),
            ready_more: state.ready().len().saturating_sub(ROWS) as u32,
            sleeping: rows,
            sleeping_more: sleeping.count() as u32,
            timers: state
                .timers
                .iter()
                .take(ROWS)
                .map(|&(deadline, timer, task)| TimerRow { timer: timer.0, task: task.0, deadline: ms(deadline) })
                .collect(),
            timers_more: state.timers.len().saturating_sub(ROWS) as u32,
            locks: state
                .locked
                .iter()
                .take(ROWS)
                .map(|&(mutex, task)| LockRow { on: Holder::thing(trace, mutex), task: task.0 })
                .collect(),
            counters: state.counters,
            lines: lines(trace, state),
            machines: (0..trace.machines.len()).map(|m| machine(trace, state, MachineId(m as u16))).collect(),
            memory: memory(trace, state, if focus.is_some() { focus } else { state.bytes_of }),
            slots: slots(trace, state),
            browser: (trace.unit == TimeUnit::BrowserUs).then(|| browser(trace, state)),
            ending: state.end.map(Into::into),
            lost: trace.lost as f64,
        }
    }
}

/// Folds `state` to `cursor`, from the nearest place that is known.
fn fold(trace: &Trace, checkpoints: &mut Checkpoints, state: &mut State, cursor: usize) {
    checkpoints.approach(state, cursor);
    while state.at < cursor {
        state.apply(trace);
        checkpoints.pass(state);
    }
}

fn sleeper(trace: &Trace, id: TaskId, task: &Task) -> SleepingTask {
    SleepingTask {
        task: id.0,
        name: trace.task_name(id).to_owned(),
        what: trace.tasks[id.0 as usize - 1].kind,
        holders: Holder::all(trace, id, task),
        woken: task.woken_by.map(|by| Holder::of(trace, id, by)),
        at: Place::of(trace, task.site),
        inside: inside(trace, task),
    }
}

fn inside(trace: &Trace, task: &Task) -> Vec<InsideFrame> {
    let frame = |node: &super::tree::Node| InsideFrame {
        name: trace.name(node.name).to_owned(),
        line: trace.site(node.site).map(|s| s.line),
        depth: node.depth.into(),
        polled: node.polled,
        open: node.open,
    };
    task.tree.nodes().iter().take(ROWS).map(frame).collect()
}

/// At most [`ROWS`] marks: the running task's first, then ready and waiting ones in spawn order, each at every line that
/// one of the innermost futures inside of it was polled from.
fn lines(trace: &Trace, state: &State) -> Vec<LineMark> {
    let mark = |id: u32, site, what| {
        Place::of(trace, site).map(|p| LineMark { file: p.file, line: p.line, task: id, state: what })
    };
    let own = mark(0, state.line, TaskState::Running);
    let running = state.running.and_then(|id| mark(id.0, state.task(id).site, TaskState::Running));
    let others = state
        .tasks()
        .iter()
        .enumerate()
        .filter(|(_, t)| matches!(t.state, TaskState::Ready | TaskState::Pending | TaskState::Panicked));
    let others = others.flat_map(|(i, t)| {
        let mut sites: Vec<SiteId> = Vec::new();
        for site in t.tree.leaves().map(|leaf| leaf.site).filter(|site| site.is_some()) {
            if !sites.contains(&site) {
                sites.push(site);
            }
        }
        if sites.is_empty() {
            sites.push(t.site);
        }
        sites.into_iter().filter_map(move |site| mark(i as u32 + 1, site, t.state))
    });
    own.into_iter().chain(running).chain(others).take(ROWS).collect()
}

fn machine(trace: &Trace, state: &State, id: MachineId) -> MachineFrame {
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
        let last = find(&state.seen, (id, i as u16)).and_then(|b: BlobId| trace.snapshot(b));
        let tag = def.discriminant.and_then(|at| last?.bytes.get(at as usize).copied());
        let holds = last.map_or(Vec::new(), |s| {
            let named = s.fields.iter().filter(|f| f.role != Role::Padding && f.role != Role::Discriminant);
            named.map(|f| trace.name(f.name).to_owned()).collect()
        });
        MachineState {
            name: trace.name(s.name).to_owned(),
            line: trace.site(s.site).map(|s| s.line),
            visits: find(&state.visits, (id, i as u16)).unwrap_or(0),
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
            .edges
            .iter()
            .filter(|((machine, from, to), _)| *machine == id && known(*from) && known(*to))
            .map(|&((_, from, to), count)| MachineEdge {
                from: from.into(),
                to: to.into(),
                count,
                last: state.last_edge.is_some_and(|(m, f, t, _)| (m, f, t) == (id, from, to)),
            })
            .collect(),
        discriminant: def.discriminant,
    }
}

fn memory(trace: &Trace, state: &State, task: TaskId) -> Option<MemoryFrame> {
    if !task.is_some() || task.0 as usize > state.tasks().len() {
        return None;
    }
    let t = state.task(task);
    let now = trace.snapshot(t.bytes)?;
    let mut bytes = bytes_frame(trace, state, now);
    let machine = trace.machine(trace.tasks[task.0 as usize - 1].machine);
    if let Some(offset) = machine.and_then(|m| m.discriminant) {
        let overlaps = |f: &FieldFrame| f.offset <= offset && offset < f.offset + f.size;
        if !bytes.fields.iter().any(overlaps) {
            let field = FieldFrame { name: String::new(), offset, size: 1, role: Role::Discriminant, target: None };
            let at = bytes.fields.partition_point(|f| f.offset < offset);
            bytes.fields.insert(at, field);
        }
    }
    Some(MemoryFrame {
        task: task.0,
        name: trace.task_name(task).to_owned(),
        dropped: matches!(t.state, TaskState::Done | TaskState::Cancelled),
        now: bytes,
        was: trace.snapshot(t.was).map(|s| s.bytes.clone()),
    })
}

fn slots(trace: &Trace, state: &State) -> Vec<SlotFrame> {
    let slot = |(i, p): (usize, &crate::trace::Place)| {
        let slot = state.slots.get(i).copied().unwrap_or_default();
        SlotFrame {
            name: trace.name(p.name).to_owned(),
            address: p.address,
            size: p.size,
            alive: slot.alive,
            bytes: trace.snapshot(slot.bytes).map(|s| bytes_frame(trace, state, s)),
        }
    };
    trace.places.iter().enumerate().map(slot).collect()
}

fn browser(trace: &Trace, state: &State) -> BrowserFrame {
    let b = &state.browser;
    let name = |id| trace.name(id).to_owned();
    BrowserFrame {
        stack: b.stack.iter().map(|&n| name(n)).collect(),
        microtasks: b.microtasks.iter().take(ROWS).map(|&n| name(n)).collect(),
        macrotasks: b
            .macrotasks
            .iter()
            .take(ROWS)
            .map(|&(n, due)| Timeout { name: name(n), due: trace.unit.to_ms(due) })
            .collect(),
        promises: b
            .promises
            .iter()
            .take(ROWS)
            .map(|p| PromiseFrame {
                promise: p.id.0,
                name: name(p.name),
                state: match p.settled {
                    None => PromiseState::Pending,
                    Some(crate::trace::event::Settled::Resolved) => PromiseState::Resolved,
                    Some(crate::trace::event::Settled::Rejected) => PromiseState::Rejected,
                },
                reaction_due: p.settled.is_some() && !p.reacted,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Event;

    #[test]
    fn seek_agrees_with_folding_from_the_start() {
        let mut trace = Trace::new(TimeUnit::VirtualMs);
        for i in 0..5000 {
            trace.columns.push(i, Event::Idle);
        }
        let mut replay = Replay::new(trace);
        for cursor in [5000, 3, 4999, 1024, 1023, 1025, 0, 2048] {
            let mut state = State::default();
            while state.at < cursor {
                state.apply(replay.trace());
            }
            assert_eq!(*replay.seek(cursor), state, "at {cursor}");
        }
    }
}
