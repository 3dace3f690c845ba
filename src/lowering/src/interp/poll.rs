//! Polling futures: coroutines, the prelude's combinators, and what stands in between.
//!
//! Leaf futures are those of the real prelude: see [`leaves`](super::leaves).

use super::engine::{Engine, Pointer, Value, Wakes};
use super::run::Outcome;
use super::stop::{Run, Stop, unknown};
use crate::layout::coroutine::RESERVED_VARIANTS;
use crate::mir::{Block, BodyId, TerminatorKind};
use crate::ty::{Builtin, Ty, TyKind};
use pollscope::prelude::{self, Like};

/// The variants of `MaybeDone`.
const FUTURE: usize = 0;
const DONE: usize = 1;
const GONE: usize = 2;

impl Engine {
    /// Polls a future in place; if it is ready, its output is written to `out`.
    pub(super) fn poll_future(&self, future: Value, meta: u32, out: Value, wakes: Wakes<'_>) -> Run<bool> {
        match self.kind(future.ty) {
            TyKind::Coroutine(body) => self.poll_coroutine(future, *body, out, wakes),
            TyKind::Dyn(..) => {
                let ty = self.concrete(future.ty, meta)?;
                self.deeper(|| self.poll_future(Value { ty, ..future }, 0, out, wakes))
            }
            TyKind::Ref(_, to) => self.poll_behind(future, *to, out, wakes),
            TyKind::Adt(_, args) => match (self.builtin(future.ty), &args[..]) {
                (Some(Builtin::Box), &[to, ..]) => self.poll_behind(future, to, out, wakes),
                (Some(Builtin::Pin), &[pointer]) => {
                    self.deeper(|| self.poll_future(Value { ty: pointer, ..future }, 0, out, wakes))
                }
                (Some(Builtin::Join), _) => {
                    self.polled_like(Like::Join, future, || self.poll_join(future, 2, out, wakes))
                }
                (Some(Builtin::Join3), _) => {
                    self.polled_like(Like::Join3, future, || self.poll_join(future, 3, out, wakes))
                }
                (Some(Builtin::Race), _) => {
                    self.polled_like(Like::Race, future, || self.poll_either(future, out, false, wakes))
                }
                (Some(Builtin::Select), _) => {
                    self.polled_like(Like::Select, future, || self.poll_either(future, out, true, wakes))
                }
                (Some(Builtin::Ready), _) => self.polled_like(Like::Ready, future, || self.poll_ready(future, out)),
                (Some(Builtin::Pending), _) => self.polled_like(Like::Pending, future, || Ok(false)),
                (Some(Builtin::YieldNow), _) => self.poll_yield(future, wakes),
                (Some(Builtin::Sleep | Builtin::JoinHandle | Builtin::Recv | Builtin::Lock), _) => {
                    self.poll_leaf(future, out, wakes)
                }
                _ => self.poll_own(future, out, wakes),
            },
            _ => unknown(format!("how to poll `{}`", self.program.types.name(future.ty))),
        }
    }

    /// Has a poll recorded as that of the prelude's own future.
    fn polled_like(&self, like: Like, future: Value, poll: impl FnOnce() -> Run<bool>) -> Run<bool> {
        self.polled(like, future, false, poll)
    }

    fn polled(&self, like: Like, future: Value, is_first: bool, poll: impl FnOnce() -> Run<bool>) -> Run<bool> {
        let polled = prelude::polled_like(like, future.at as usize, self.size(future.ty)? as usize, is_first);
        let result = poll();
        match result {
            Ok(true) => polled.ready(),
            Ok(false) => {}
            // It does not return.
            Err(_) => std::mem::forget(polled),
        }
        result
    }

    fn poll_yield(&self, future: Value, wakes: Wakes<'_>) -> Run<bool> {
        let Some(waker) = wakes else { return unknown("a poll outside of a task") };
        let has_yielded = self.number(future.at, 1)? != 0;
        self.polled(Like::YieldNow, future, !has_yielded, || {
            if !has_yielded {
                self.set_number(future.at, 1, 1)?;
                waker.wake_by_ref();
            }
            Ok(has_yielded)
        })
    }

    fn poll_ready(&self, future: Value, out: Value) -> Run<bool> {
        let option = self.part(future, 0, 0)?;
        if self.variant(option)? == 0 {
            return Err(Stop::panic("polled after ready"));
        }
        let value = self.part(option, 1, 0)?;
        self.copy(value.at, out.at, self.size(value.ty)?)?;
        self.set_variant(option, 0)?;
        Ok(true)
    }

    fn poll_behind(&self, pointer: Value, to: Ty, out: Value, wakes: Wakes<'_>) -> Run<bool> {
        let Pointer { at, meta } = self.pointer(pointer.at, to)?;
        self.deeper(|| self.poll_future(Value { at, ty: to }, meta, out, wakes))
    }

    /// A future whose `poll` the person wrote.
    fn poll_own(&self, future: Value, out: Value, wakes: Wakes<'_>) -> Run<bool> {
        let Some(body) = self.program.impl_of("Future::poll", future.ty) else {
            return unknown(format!("how to poll `{}`", self.program.types.name(future.ty)));
        };
        let locals = &self.program.body(body).locals;
        let (poll, context) = (locals[0].ty, locals.get(2).map_or(future.ty, |decl| decl.ty));
        self.with_room(poll, |room| {
            self.with_reference(body, 1, future, |own| {
                self.with_room(context, |context| {
                    self.set_word(context.at, 1)?;
                    self.deeper(|| self.call_body(body, &[own, context], room.at, wakes))
                })
            })?;
            let is_ready = self.variant(room)? == 0;
            if is_ready {
                let value = self.part(room, 0, 0)?;
                self.copy(value.at, out.at, self.size(value.ty)?)?;
            }
            Ok(is_ready)
        })
    }

    fn poll_coroutine(&self, future: Value, body: BodyId, out: Value, wakes: Wakes<'_>) -> Run<bool> {
        let frame = self.frame_of(body)?;
        let (tag, size) = (future.at.wrapping_add(frame.places.tag as u32), frame.places.tag_size);
        let block = match self.number(tag, size)? as usize {
            0 => Block::START,
            state => {
                let Some(point) = state.checked_sub(RESERVED_VARIANTS).and_then(|i| frame.saved.points.get(i)) else {
                    return Err(Stop::panic("`async fn` resumed after completion"));
                };
                match &self.program.body(body).block(point.block).terminator.kind {
                    TerminatorKind::Yield { resume, .. } => *resume,
                    _ => return unknown("a suspend point"),
                }
            }
        };
        let outcome = self.deeper(|| self.resume(body, future.at, block.index(), out.at, wakes))?;
        let (state, is_ready) = match outcome {
            Outcome::Suspended(point) => (RESERVED_VARIANTS + point, false),
            Outcome::Returned | Outcome::Dropped => (1, true),
        };
        self.set_number(tag, size, state as u128)?;
        Ok(is_ready)
    }

    fn poll_join(&self, join: Value, count: usize, out: Value, wakes: Wakes<'_>) -> Run<bool> {
        let mut all = true;
        for i in 0..count {
            let child = self.part(join, 0, i)?;
            if self.variant(child)? != FUTURE {
                continue;
            }
            let (future, done) = (self.part(child, FUTURE, 0)?, self.part(child, DONE, 0)?);
            let is_ready = self.with_room(done.ty, |room| {
                if !self.deeper(|| self.poll_future(future, 0, room, wakes))? {
                    return Ok(false);
                }
                self.deeper(|| self.drop_value(future, 0, wakes))?;
                self.copy(room.at, done.at, self.size(done.ty)?)?;
                self.set_variant(child, DONE)?;
                Ok(true)
            })?;
            all &= is_ready;
        }
        if !all {
            return Ok(false);
        }
        let mut outputs = Vec::new();
        for i in 0..count {
            let child = self.part(join, 0, i)?;
            if self.variant(child)? != DONE {
                return Err(Stop::panic("polled after ready"));
            }
            outputs.push(self.part(child, DONE, 0)?);
        }
        for (i, output) in outputs.iter().enumerate() {
            let part = self.part(out, 0, i)?;
            self.copy(output.at, part.at, self.size(part.ty)?)?;
            self.set_variant(self.part(join, 0, i)?, GONE)?;
        }
        Ok(true)
    }

    fn poll_either(&self, race: Value, output: Value, is_select: bool, wakes: Wakes<'_>) -> Run<bool> {
        for side in 0..2 {
            let child = self.part(race, 0, side)?;
            let to = if is_select { self.part(output, side, 0)? } else { output };
            if self.deeper(|| self.poll_future(child, 0, to, wakes))? {
                if is_select {
                    self.set_variant(output, side)?;
                }
                return Ok(true);
            }
        }
        Ok(false)
    }
}
