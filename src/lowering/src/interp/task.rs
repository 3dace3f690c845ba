//! Tasks: real futures on the real executor, whose polls are interpreted; and values on their way from one to another.

use super::engine::{Engine, Value};
use super::stop::{Run, Stop, unknown};
use crate::mir::{BodyId, Local};
use crate::ty::{Ty, TyKind};
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
            self.engine.stop(why);
        }
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

    /// The task that `main` is.
    ///
    /// # Errors
    /// If there is no `main`, or it stops before it has made its future.
    pub fn main(&self) -> Result<Task, Stop> {
        let Some(entry) = self.program.entry else { return unknown("`main`") };
        let future = self.program.body(entry).local(Local::RETURN).ty;
        let TyKind::Coroutine(body) = self.kind(future) else { return unknown("a `main` that is not async") };
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

    /// The bytes of its future, as they are.
    pub fn image(&self) -> Vec<u8> {
        let engine = &self.engine;
        let size = engine.size(self.future.ty).unwrap_or_default();
        engine.bytes(self.future.at, size).unwrap_or_default()
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
            Err(why) => self.engine.panic(why),
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if self.engine.stopped().is_none()
            && !std::thread::panicking()
            && let Err(why) = self.drop_future()
        {
            self.engine.panic(why);
        }
    }
}
