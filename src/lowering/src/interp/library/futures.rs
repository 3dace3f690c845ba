//! Futures, tasks, channels, mutexes, time.

use super::super::engine::{Engine, Pointer, Value, Wakes};
use super::super::stop::{Run, Stop, unknown};
use super::super::task::{Parcel, Task};
use super::Called;
use crate::ty::{Builtin, TyKind};
use pollscope::prelude;

impl Engine {
    pub(super) fn future_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let to = called.to;
        match called.name {
            // A `Pin` is its pointer, and a future is made of itself.
            "IntoFuture::into_future"
            | "Pin::new"
            | "Pin::new_unchecked"
            | "get_context"
            | "Pin::get_mut"
            | "Pin::get_unchecked_mut"
            | "must_use" => {
                let from = called.arg(0)?;
                self.copy(from.at, to.at, self.size(from.ty)?.min(self.size(to.ty)?))?;
            }
            "Pin::as_mut" | "Pin::as_ref" => {
                let (pin, _) = self.target(called.arg(0)?)?;
                self.copy(pin.at, to.at, self.size(to.ty)?)?;
            }
            "Pin::set" => {
                let (pin, value) = (self.behind(called.arg(0)?)?, called.arg(1)?);
                let place = self.behind(self.part(pin, 0, 0)?)?;
                self.drop_value(place, 0, wakes)?;
                self.copy(value.at, place.at, self.size(value.ty)?)?;
            }
            "Future::poll" => {
                let pin = called.arg(0)?;
                let (future, meta) = self.target(self.part(pin, 0, 0)?)?;
                let output = self.part(to, 0, 0)?;
                let is_ready = self.poll_future(future, meta, output, wakes)?;
                self.set_variant(to, usize::from(!is_ready))?;
            }
            "Context::waker" => {
                // The one waker that there is in a poll.
                let at = self.text(b"the waker of the polled task")?;
                self.set_word(to.at, at)?;
            }
            "Waker::wake_by_ref" | "Waker::wake" => {
                let own = called.arg(0)?;
                let at = if called.name == "Waker::wake" { own.at } else { self.word(own.at)? };
                match (self.waker(self.word(at.wrapping_add(4))?), wakes) {
                    (Some(waker), _) => waker.wake(),
                    (None, Some(waker)) => waker.wake_by_ref(),
                    (None, None) => return unknown("a waker outside of a task"),
                }
                if called.name == "Waker::wake" {
                    self.drop_waker(own)?;
                }
            }
            "spawn" => {
                let future = called.arg(0)?;
                let output = self.argument(to.ty)?;
                let task = self.task(future, output)?;
                if wakes.is_none() {
                    return unknown("a spawn in a drop outside of a task");
                }
                let (name, machine) = (task.name(), task.machine());
                let machine = machine.map(|machine| (machine, Task::observe as fn(&Task) -> _));
                let handle = self.keep_handle(prelude::spawn_as(&name, machine, task));
                self.set_word(to.at, handle)?;
            }
            "channel" => {
                let (sender, receiver) = self.new_channel();
                self.set_word(self.part(to, 0, 0)?.at, sender)?;
                self.set_word(self.part(to, 0, 1)?.at, receiver)?;
            }
            "Sender::send" => {
                let sender = self.word(self.word(called.arg(0)?.at)?)?;
                self.send(sender, Parcel::pack(self, called.arg(1)?)?)?;
            }
            "now" => self.set_number(to.at, self.size(to.ty)?, prelude::now().into())?,
            "compute" => prelude::compute(self.word(called.arg(0)?.at)?),
            "Deref::deref" | "DerefMut::deref_mut" => {
                let (own, meta) = self.target(called.arg(0)?)?;
                let Some(pointer) = self.dereferenced(own, meta)? else { return Ok(false) };
                let Some(pointee) = self.pointee(to.ty) else { return unknown("a dereference") };
                self.set_pointer(to.at, pointee, pointer)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What a smart pointer points to.
    fn dereferenced(&self, own: Value, meta: u32) -> Run<Option<Pointer>> {
        if let TyKind::Ref(_, to) = self.kind(own.ty) {
            return self.pointer(own.at, *to).map(Some);
        }
        Ok(match (self.builtin(own.ty), self.arguments(own.ty)) {
            (Some(Builtin::MutexGuard), _) => {
                let mutex = self.behind(self.part(own, 0, 0)?)?;
                Some(Pointer { at: self.part(mutex, 0, 1)?.at, meta: 0 })
            }
            (Some(Builtin::Box | Builtin::Rc), &[to, ..]) => Some(self.inside(own, to)?),
            (Some(Builtin::Pin), &[pointer]) => self.dereferenced(Value { ty: pointer, ..own }, meta)?,
            (Some(Builtin::CellRef | Builtin::CellRefMut), _) => Some(Pointer { at: self.word(own.at)?, meta: 0 }),
            (Some(Builtin::Vec | Builtin::String), _) => {
                self.sequence(own, meta)?.map(|(at, _, len)| Pointer { at, meta: len as u32 })
            }
            _ => None,
        })
    }

    /// Clones of what is made of futures. Says whether it was one.
    pub(in super::super) fn clone_future(&self, from: Value, to: u32, wakes: Wakes<'_>) -> Run<bool> {
        match self.builtin(from.ty) {
            Some(Builtin::Sender) => {
                let number = self.clone_sender(self.word(from.at)?)?;
                self.set_word(to, number)?;
            }
            Some(Builtin::Waker) => {
                let known = self.waker(self.word(from.at.wrapping_add(4)).unwrap_or_default());
                let Some(waker) = known.or_else(|| wakes.cloned()) else {
                    return Err(Box::new(Stop::Unknown("a waker outside of a task".into())));
                };
                let number = self.keep_waker(waker);
                self.set_word(to, 1)?;
                self.set_word(to.wrapping_add(4), number)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}
