//! Tasks: real futures on the real executor, whose polls are interpreted; and values on their way from one to another.

use super::engine::{Engine, Value};
use super::stop::{Run, Stop, unknown};
use crate::hash::HashMap;
use crate::layout::coroutine::RESERVED_VARIANTS;
use crate::machine::{self, Machine, SlotKind};
use crate::mir::{BodyId, Local};
use crate::ty::{Ty, TyKind};
use pollscope::record::{MachineDef, Observation, ObservedField, StateDef, TraceRecorder};
use pollscope::trace::ids::MachineId;
use pollscope::trace::{Nested, Role};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// A value that left the program's memory: in a channel, or as the output of a task. Its drop is the program's.
pub struct Parcel {
    engine: Rc<Engine>,
    ty: Ty,
    bytes: Vec<u8>,
    is_unpacked: bool,
}

impl Parcel {
    pub(super) fn pack(engine: &Engine, value: Value) -> Run<Parcel> {
        let Some(engine) = engine.this.upgrade() else { return unknown("the engine") };
        let bytes = engine.bytes(value.at, engine.size(value.ty)?)?;
        Ok(Parcel { engine, ty: value.ty, bytes, is_unpacked: false })
    }

    /// Puts the value into the program's memory.
    pub(super) fn unpack(mut self, engine: &Engine, to: Value) -> Run<()> {
        self.is_unpacked = true;
        engine.set_bytes(to.at, &self.bytes)
    }

    fn drop_value(&self) -> Run<()> {
        let engine = &self.engine;
        engine.with_room(self.ty, |room| {
            engine.set_bytes(room.at, &self.bytes)?;
            engine.deeper(|| engine.drop_value(room, 0, None))
        })
    }
}

impl Drop for Parcel {
    fn drop(&mut self) {
        if !self.is_unpacked
            && self.engine.stopped().is_none()
            && let Err(why) = self.drop_value()
        {
            self.engine.stop(*why);
        }
    }
}

/// What a program is recorded with.
pub(super) struct Recorded {
    recorder: TraceRecorder,
    file: String,
    /// The machines that the recorder knows, by their bodies.
    machines: HashMap<BodyId, (MachineId, Machine)>,
}

impl Recorded {
    fn machine(&mut self, engine: &Engine, body: BodyId) -> Option<MachineId> {
        if let Some((id, _)) = self.machines.get(&body) {
            return Some(*id);
        }
        let machine = machine::of(&engine.program, &engine.layouts, body)?;
        let end = || StateDef { name: String::new(), site: None };
        let awaited = |state: &machine::State| {
            let awaitee = state.slots.iter().find(|slot| slot.kind == SlotKind::Awaitee);
            let name = awaitee.map_or_else(String::new, |slot| engine.program.types.name(slot.ty));
            StateDef { name, site: Some((state.span.line, state.span.col)) }
        };
        // A state's own number here: 0 before the first poll, the last one after the end.
        let (end_state, number) = (machine.states.len() as u16 + 1, |state: usize| state as u16 + 1);
        let ways = machine.ways.iter().map(|&(from, to)| (from.map_or(0, number), to.map_or(end_state, number)));
        let ways: Vec<(u16, u16)> = ways.collect();
        let states = std::iter::once(end()).chain(machine.states.iter().map(awaited)).chain([end()]).collect();
        let id = self.recorder.machine(&MachineDef { name: &machine.name, file: &self.file, states });
        self.recorder.leads(id, &ways);
        let awaits: Vec<(u16, u64, BodyId)> = machine
            .states
            .iter()
            .enumerate()
            .filter_map(|(i, state)| {
                let awaitee = state.slots.iter().find(|slot| slot.kind == SlotKind::Awaitee)?;
                let TyKind::Coroutine(inner) = *engine.kind(awaitee.ty) else { return None };
                Some((number(i), awaitee.offset, inner))
            })
            .collect();
        self.machines.insert(body, (id, machine));
        for (state, offset, inner) in awaits {
            let Some(within) = self.machine(engine, inner) else { continue };
            let places = &self.machines[&inner].1.frame.places;
            if places.tag_size == 1 {
                let (offset, tag) = (offset as u32, places.tag as u32);
                self.recorder.nests(Nested { outer: id, state, machine: within, offset, tag });
            }
        }
        Some(id)
    }
}

/// A future of the program, boxed in its memory.
pub struct Task {
    engine: Rc<Engine>,
    future: Value,
    output: Ty,
}

impl Engine {
    /// A task of a future that is moved out of memory.
    pub(super) fn task(&self, future: Value, output: Ty) -> Run<Task> {
        let Some(engine) = self.this.upgrade() else { return unknown("the engine") };
        let size = self.size(future.ty)?;
        let at = self.allocate(size)?;
        self.copy(future.at, at, size)?;
        Ok(Task { engine, future: Value { at, ty: future.ty }, output })
    }

    /// Has the program recorded, under the name of its file: its machines, their bytes, and its own lines.
    pub fn record(&self, recorder: &TraceRecorder, file: &str) {
        recorder.stand_at(file, self.place.clone());
        let recorded = Recorded { recorder: recorder.clone(), file: file.to_owned(), machines: HashMap::default() };
        *self.recorded.borrow_mut() = Some(recorded);
    }

    /// The task of an [entry](crate::Program::entries).
    ///
    /// # Errors
    /// If there is none of that name, or it stops before it has made its future.
    pub fn entry(&self, name: &str) -> Result<Task, Stop> {
        self.begin(name).map_err(|why| *why)
    }

    fn begin(&self, name: &str) -> Run<Task> {
        let Some(entry) = self.program.entries().find(|&id| self.program.body(id).name == name) else {
            return unknown(format!("`{name}` as a function to begin with"));
        };
        let future = self.program.body(entry).local(Local::RETURN).ty;
        let TyKind::Coroutine(body) = self.kind(future) else { return unknown("a function that is not async") };
        let output = self.output_of(*body);
        self.with_room(future, |room| {
            self.deeper(|| self.call_body(entry, &[], room.at, None))?;
            self.task(room, output)
        })
    }

    pub(super) fn output_of(&self, coroutine: BodyId) -> Ty {
        self.program.body(coroutine).local(Local::RETURN).ty
    }

    /// Ends the run as a panic of the program does: it is recorded, and nothing of the program runs after it.
    fn panic(&self, why: Stop) -> ! {
        let message = why.to_string();
        self.stop(why);
        self.forget_leaves();
        pollscope::executor::report_panic(&message);
        // The hook has nothing to add: the message was recorded.
        std::panic::resume_unwind(Box::new(message));
    }
}

impl Task {
    /// The name that its trace has: that of the function whose future it is.
    pub fn name(&self) -> String {
        let name = self.engine.program.types.name(self.future.ty);
        let parts = name.split("::").map(|part| part.split('<').next().unwrap_or_default());
        let named = parts.filter(|part| !part.is_empty() && !part.starts_with('{'));
        named.last().unwrap_or("task").to_owned()
    }

    /// The machine that it is recorded under, if it is recorded.
    pub fn machine(&self) -> Option<MachineId> {
        let TyKind::Coroutine(body) = *self.engine.kind(self.future.ty) else { return None };
        self.engine.recorded.borrow_mut().as_mut()?.machine(&self.engine, body)
    }

    /// What it says of itself: the state it is in, its bytes, and which of them are what.
    pub fn observe(&self) -> Observation {
        let engine = &self.engine;
        let size = engine.size(self.future.ty).unwrap_or_default();
        let image = engine.bytes(self.future.at, size).unwrap_or_default();
        let address = self.future.at as usize;
        let mut observation = Observation { image: Some(image), address: Some(address), ..Observation::default() };
        let TyKind::Coroutine(body) = *engine.kind(self.future.ty) else { return observation };
        let recorded = engine.recorded.borrow();
        let Some(machine) = recorded.as_ref().and_then(|recorded| recorded.machines.get(&body)) else {
            return observation;
        };
        let places = &machine.1.frame.places;
        let tag =
            engine.number(self.future.at.wrapping_add(places.tag as u32), places.tag_size).unwrap_or_default() as usize;
        let field = |name: &str, offset: u64, size: u64, role| ObservedField {
            name: name.to_owned().into(),
            address: address.wrapping_add(offset as usize),
            size: size as usize,
            role,
        };
        let suspended = tag.checked_sub(RESERVED_VARIANTS).and_then(|i| Some((i, machine.1.states.get(i)?)));
        observation.state = match (tag, suspended) {
            (0, _) => 0,
            (_, Some((i, _))) => i as u16 + 1,
            _ => machine.1.states.len() as u16 + 1,
        };
        observation.fields.push(field("tag", places.tag, places.tag_size, Role::Discriminant));
        match suspended {
            Some((_, state)) => observation.fields.extend(state.slots.iter().map(|slot| {
                let role = if slot.kind == SlotKind::Awaitee { Role::Awaited } else { Role::Value };
                field(&slot.name, slot.offset, slot.size, role)
            })),
            None if tag == 0 => {
                observation
                    .fields
                    .extend(machine.1.captures.iter().map(|c| field(&c.name, c.offset, c.size, Role::Value)));
            }
            None => {}
        }
        observation
    }

    fn poll_future(&self, cx: &mut Context<'_>) -> Run<Poll<Parcel>> {
        let engine = &self.engine;
        engine.check()?;
        engine.steps.set(0);
        engine.with_room(self.output, |room| {
            let is_ready = engine.deeper(|| engine.poll_future(self.future, 0, room, Some(cx.waker())))?;
            engine.check()?;
            Ok(if is_ready { Poll::Ready(Parcel::pack(engine, room)?) } else { Poll::Pending })
        })
    }

    fn drop_future(&self) -> Run<()> {
        let engine = &self.engine;
        engine.steps.set(0);
        engine.deeper(|| engine.drop_value(self.future, 0, None))?;
        engine.release(self.future.at, engine.size(self.future.ty)?);
        engine.check()
    }
}

impl Future for Task {
    type Output = Parcel;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Parcel> {
        match self.poll_future(cx) {
            Ok(poll) => poll,
            Err(why) => self.engine.panic(*why),
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if self.engine.stopped().is_none()
            && !std::thread::panicking()
            && let Err(why) = self.drop_future()
        {
            self.engine.panic(*why);
        }
    }
}
