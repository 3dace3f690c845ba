//! What happens to whole values by their type: drop, clone, compare.

mod compare;

use super::engine::{Engine, Pointer, Value, Wakes};
use super::library::{Called, Seq};
use super::run::Outcome;
use super::stop::{Run, unknown};
use crate::layout::coroutine::RESERVED_VARIANTS;
use crate::mir::{BodyId, Callee, TerminatorKind};
use crate::ty::{Builtin, Ty, TyKind, Types};
use std::cmp::Ordering;

impl Engine {
    /// The type behind a `dyn`, from the second word of a pointer to it.
    pub(super) fn concrete(&self, ty: Ty, meta: u32) -> Run<Ty> {
        match self.kind(ty) {
            TyKind::Dyn(..) if meta == 0 || meta as usize > self.program.types.len() => {
                unknown("the type behind a `dyn`")
            }
            TyKind::Dyn(..) => Ok(Ty(meta - 1)),
            _ => Ok(ty),
        }
    }

    /// The size of a value, also an unsized one.
    pub(super) fn size_of_value(&self, ty: Ty, meta: u32) -> Run<(u64, u64)> {
        match self.kind(ty) {
            TyKind::Str => Ok((meta.into(), 1)),
            TyKind::Slice(item) => {
                let item = self.layout(*item)?;
                Ok((item.size * u64::from(meta), item.align))
            }
            TyKind::Dyn(..) => {
                let layout = self.layout(self.concrete(ty, meta)?)?;
                Ok((layout.size, layout.align))
            }
            _ => {
                let layout = self.layout(ty)?;
                Ok((layout.size, layout.align))
            }
        }
    }

    /// Drops a value in place.
    pub(super) fn drop_value(&self, value: Value, meta: u32, wakes: Wakes<'_>) -> Run<()> {
        let types = &self.program.types;
        match self.kind(value.ty) {
            TyKind::Tuple(fields) => self.drop_fields(value, 0, fields.len(), wakes),
            TyKind::Array(item, len) => self.drop_items(value.at, *item, *len, wakes),
            TyKind::Slice(item) => self.drop_items(value.at, *item, meta.into(), wakes),
            TyKind::Closure(body) => self.drop_fields(value, 0, types.upvars(*body).len(), wakes),
            TyKind::Coroutine(body) => self.drop_coroutine(value, *body, wakes),
            TyKind::Dyn(..) => {
                let ty = self.concrete(value.ty, meta)?;
                self.deeper(|| self.drop_value(Value { ty, ..value }, 0, wakes))
            }
            TyKind::Adt(..) if types.needs_drop(value.ty) => self.drop_adt(value, wakes),
            _ => Ok(()),
        }
    }

    fn drop_fields(&self, value: Value, variant: usize, count: usize, wakes: Wakes<'_>) -> Run<()> {
        for i in 0..count {
            let part = self.part(value, variant, i)?;
            if self.program.types.needs_drop(part.ty) {
                self.deeper(|| self.drop_value(part, 0, wakes))?;
            }
        }
        Ok(())
    }

    pub(super) fn drop_items(&self, at: u32, item: Ty, len: u64, wakes: Wakes<'_>) -> Run<()> {
        if !self.program.types.needs_drop(item) {
            return Ok(());
        }
        let size = self.size(item)?;
        for i in 0..len {
            self.count(1)?;
            let value = Value { at: at.wrapping_add((i * size) as u32), ty: item };
            self.deeper(|| self.drop_value(value, 0, wakes))?;
        }
        Ok(())
    }

    /// The captures of a coroutine that has not started, or that are left in it.
    pub(super) fn drop_captures(&self, value: Value, wakes: Wakes<'_>) -> Run<()> {
        match self.kind(value.ty) {
            TyKind::Coroutine(body) => self.drop_fields(value, 0, self.program.types.upvars(*body).len(), wakes),
            _ => Ok(()),
        }
    }

    fn drop_coroutine(&self, value: Value, body: BodyId, wakes: Wakes<'_>) -> Run<()> {
        let frame = self.frame_of(body)?;
        let tag_at = value.at.wrapping_add(frame.places.tag as u32);
        let state = self.number(tag_at, frame.places.tag_size)? as usize;
        if state == 0 {
            return self.drop_captures(value, wakes);
        }
        let Some(point) = state.checked_sub(RESERVED_VARIANTS).and_then(|i| frame.saved.points.get(i)) else {
            return Ok(());
        };
        let terminator = &self.program.body(body).block(point.block).terminator.kind;
        let TerminatorKind::Yield { drop, .. } = terminator else { return unknown("a suspend point") };
        let outcome = self.deeper(|| self.resume(body, value.at, drop.index(), 0, wakes))?;
        self.set_number(tag_at, frame.places.tag_size, 1)?;
        if matches!(outcome, Outcome::Suspended(_)) { unknown("an await in a drop") } else { Ok(()) }
    }

    fn drop_adt(&self, value: Value, wakes: Wakes<'_>) -> Run<()> {
        let types = &self.program.types;
        let Some(def) = types.adt(value.ty) else { return Ok(()) };
        if let Some(callee) = self.program.drop_impls.get(&value.ty) {
            match callee {
                Callee::Body(body) => {
                    let own = self.allocate(4)?;
                    self.set_word(own, value.at)?;
                    let reference = self.program.body(*body).locals.get(1).map_or(Types::USIZE, |decl| decl.ty);
                    let unit = self.allocate(0)?;
                    self.deeper(|| self.call_body(*body, &[Value { at: own, ty: reference }], unit, wakes))?;
                    self.release(own, 4);
                }
                Callee::Intrinsic(..) => {}
            }
        }
        if self.drop_builtin(value, wakes)? {
            return Ok(());
        }
        if def.opaque.is_some() {
            return Ok(());
        }
        let variant = if def.is_enum { self.variant(value)? } else { 0 };
        let count = types.variants(value.ty).get(variant).map_or(0, |v| v.fields.len());
        self.drop_fields(value, variant, count, wakes)
    }

    /// Types of std whose drop glue is not that of their fields. Says whether it was one.
    fn drop_builtin(&self, value: Value, wakes: Wakes<'_>) -> Run<bool> {
        let args = self.arguments(value.ty);
        match (self.builtin(value.ty), args) {
            (Some(Builtin::Box), &[to, ..]) => {
                let Pointer { at, meta } = self.pointer(value.at, to)?;
                let (size, _) = self.size_of_value(to, meta)?;
                self.deeper(|| self.drop_value(Value { at, ty: to }, meta, wakes))?;
                self.release(at, size);
            }
            (Some(Builtin::Rc), &[to, ..]) => self.drop_rc(value, to, wakes)?,
            (Some(Builtin::RcWeak), &[to, ..]) => self.drop_weak(value, to)?,
            (Some(Builtin::Vec), &[item, ..]) => {
                let seq = Seq::read(self, value.at)?;
                self.drop_items(seq.at, item, seq.len.into(), wakes)?;
                self.release(seq.at, u64::from(seq.capacity) * self.size(item)?);
            }
            (Some(Builtin::String), _) => {
                let seq = Seq::read(self, value.at)?;
                self.release(seq.at, seq.capacity.into());
            }
            (Some(Builtin::VecDeque), &[item, ..]) => self.drop_deque(value, item, wakes)?,
            (Some(Builtin::HashMap | Builtin::BTreeMap), &[..]) => self.drop_map(value, wakes)?,
            (Some(Builtin::CellRef), _) => self.end_borrow(value, false)?,
            (Some(Builtin::CellRefMut), _) => self.end_borrow(value, true)?,
            (
                Some(
                    Builtin::Sleep
                    | Builtin::JoinHandle
                    | Builtin::Sender
                    | Builtin::Receiver
                    | Builtin::Recv
                    | Builtin::Lock
                    | Builtin::MutexGuard,
                ),
                _,
            ) => self.drop_leaf(value)?,
            (Some(Builtin::Waker), _) => self.drop_waker(value)?,
            _ => return self.drop_iterator(value, wakes),
        }
        self.check()?;
        Ok(true)
    }

    /// Makes a copy of a value, as its `Clone` does.
    pub(super) fn clone_value(&self, from: Value, to: u32, wakes: Wakes<'_>) -> Run<()> {
        let types = &self.program.types;
        if let Some(body) = self.program.impl_of("Clone::clone", from.ty) {
            return self.with_reference(body, 1, from, |own| self.deeper(|| self.call_body(body, &[own], to, wakes)));
        }
        match self.kind(from.ty) {
            TyKind::Tuple(fields) => self.clone_fields(from, 0, fields.len(), to, wakes),
            TyKind::Closure(body) => self.clone_fields(from, 0, types.upvars(*body).len(), to, wakes),
            TyKind::Array(item, len) => self.clone_items(from.at, *item, *len, to, wakes),
            TyKind::Adt(..) => {
                let args = [Value { at: 0, ty: from.ty }];
                if self.clone_builtin(from, to, wakes)? {
                    return Ok(());
                }
                let Some(def) = types.adt(from.ty) else { return unknown("a clone") };
                if def.opaque.is_some() || types.is_copy(from.ty) {
                    let _ = args;
                    return self.copy(from.at, to, self.size(from.ty)?);
                }
                let variant = if def.is_enum { self.variant(from)? } else { 0 };
                let count = types.variants(from.ty).get(variant).map_or(0, |v| v.fields.len());
                self.clone_fields(from, variant, count, to, wakes)?;
                self.set_variant(Value { at: to, ty: from.ty }, variant)
            }
            _ => self.copy(from.at, to, self.size(from.ty)?),
        }
    }

    fn clone_fields(&self, from: Value, variant: usize, count: usize, to: u32, wakes: Wakes<'_>) -> Run<()> {
        for i in 0..count {
            let part = self.part(from, variant, i)?;
            let offset = part.at.wrapping_sub(from.at);
            self.deeper(|| self.clone_value(part, to.wrapping_add(offset), wakes))?;
        }
        Ok(())
    }

    pub(super) fn clone_items(&self, from: u32, item: Ty, len: u64, to: u32, wakes: Wakes<'_>) -> Run<()> {
        let size = self.size(item)?;
        if self.program.types.is_copy(item) {
            return self.copy(from, to, size * len);
        }
        for i in 0..len {
            self.count(1)?;
            let offset = (i * size) as u32;
            let value = Value { at: from.wrapping_add(offset), ty: item };
            self.deeper(|| self.clone_value(value, to.wrapping_add(offset), wakes))?;
        }
        Ok(())
    }

    /// Calls `f` with a reference to a value, of the type that a body has for its `nth` local.
    pub(super) fn with_reference<T>(
        &self,
        body: BodyId,
        nth: usize,
        to: Value,
        f: impl FnOnce(Value) -> Run<T>,
    ) -> Run<T> {
        let ty = self.program.body(body).locals.get(nth).map_or(Types::USIZE, |decl| decl.ty);
        let own = self.allocate(4)?;
        self.set_word(own, to.at)?;
        let result = f(Value { at: own, ty });
        self.release(own, 4);
        result
    }

    /// The items of a slice, array, vector or text: where, of which type, how many.
    pub(super) fn sequence(&self, value: Value, meta: u32) -> Run<Option<(u32, Ty, u64)>> {
        Ok(match (self.kind(value.ty), self.builtin(value.ty)) {
            (TyKind::Array(item, len), _) => Some((value.at, *item, *len)),
            (TyKind::Slice(item), _) => Some((value.at, *item, meta.into())),
            (TyKind::Str, _) => Some((value.at, Types::U8, meta.into())),
            (_, Some(Builtin::Vec)) => {
                let seq = Seq::read(self, value.at)?;
                Some((seq.at, self.argument(value.ty)?, seq.len.into()))
            }
            (_, Some(Builtin::String)) => {
                let seq = Seq::read(self, value.at)?;
                Some((seq.at, Types::U8, seq.len.into()))
            }
            _ => None,
        })
    }

    /// What lies in a `Box` or an `Rc`.
    pub(super) fn inside(&self, of: Value, to: Ty) -> Run<Pointer> {
        let pointer = self.pointer(of.at, to)?;
        if self.builtin(of.ty) == Some(Builtin::Rc) { self.rc_value(pointer, to) } else { Ok(pointer) }
    }

    /// For intrinsics that the types of this file stand behind.
    pub(super) fn glue_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let is_true = |is: bool| self.set_number(called.to.at, 1, is.into()).map(|()| true);
        match called.name {
            "Clone::clone" => {
                let from = self.behind(called.arg(0)?)?;
                self.clone_value(from, called.to.at, wakes)?;
                Ok(true)
            }
            "PartialEq::eq" | "PartialEq::ne" => {
                let ((a, am), (b, bm)) = (self.target(called.arg(0)?)?, self.target(called.arg(1)?)?);
                is_true(self.equal(a, am, b, bm, wakes)? == (called.name == "PartialEq::eq"))
            }
            "PartialOrd::lt" | "PartialOrd::le" | "PartialOrd::gt" | "PartialOrd::ge" => {
                let ((a, am), (b, bm)) = (self.target(called.arg(0)?)?, self.target(called.arg(1)?)?);
                let order = self.compare(a, am, b, bm, wakes)?;
                is_true(order.is_some_and(|order| match called.name {
                    "PartialOrd::lt" => order.is_lt(),
                    "PartialOrd::le" => order.is_le(),
                    "PartialOrd::gt" => order.is_gt(),
                    _ => order.is_ge(),
                }))
            }
            "PartialOrd::partial_cmp" | "Ord::cmp" => {
                let ((a, am), (b, bm)) = (self.target(called.arg(0)?)?, self.target(called.arg(1)?)?);
                let order = self.compare(a, am, b, bm, wakes)?;
                let write = |to: Value, order: Ordering| self.set_variant(to, (order as i8 + 1) as usize);
                if called.name == "Ord::cmp" {
                    write(called.to, order.unwrap_or(Ordering::Equal))?;
                } else {
                    self.set_option(called.to, order.map(|order| move |part: Value| write(part, order)))?;
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// What a reference points to, with its second word.
    pub(super) fn target(&self, reference: Value) -> Run<(Value, u32)> {
        let Some(to) = self.pointee(reference.ty) else { return unknown("a reference") };
        let Pointer { at, meta } = self.pointer(reference.at, to)?;
        Ok((Value { at, ty: to }, meta))
    }
}
