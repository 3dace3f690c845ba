//! Boxes, reference counts, cells, and what moves values about.
//!
//! An `Rc` points to a block of two counts, strong and weak, and the value behind them. The strong ones together are one weak one.

use super::super::engine::{Engine, Pointer, Value, Wakes};
use super::super::stop::{Run, Stop, unknown};
use super::{Called, Seq};
use crate::layout::univariant::round_up;
use crate::ty::{Builtin, Ty, TyKind};

impl Engine {
    pub(super) fn cell_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let to = called.to;
        match called.name {
            "mem::replace" => {
                let (place, value) = (self.behind(called.arg(0)?)?, called.arg(1)?);
                let size = self.size(value.ty)?;
                self.copy(place.at, to.at, size)?;
                self.copy(value.at, place.at, size)?;
            }
            "mem::swap" => {
                let (a, b) = (self.behind(called.arg(0)?)?, self.behind(called.arg(1)?)?);
                let size = self.size(a.ty)?;
                let bytes = self.bytes(a.at, size)?;
                self.copy(b.at, a.at, size)?;
                self.set_bytes(b.at, &bytes)?;
            }
            "mem::forget" => {}
            "mem::size_of" => self.set_number(to.at, 4, self.size(called.ty(0)?)?.into())?,
            "mem::size_of_val" => {
                let (value, meta) = self.target(called.arg(0)?)?;
                self.set_number(to.at, 4, self.size_of_value(value.ty, meta)?.0.into())?;
            }
            "Box::new" | "Box::pin" => {
                let value = called.arg(0)?;
                let size = self.size(value.ty)?;
                let at = self.allocate(size)?;
                self.copy(value.at, at, size)?;
                self.set_word(to.at, at)?;
            }
            "Box::new_uninit" => {
                let at = self.allocate(self.size(self.argument(to.ty)?)?)?;
                self.set_word(to.at, at)?;
            }
            "Box::free" => {
                let pointer = self.behind(called.arg(0)?)?;
                let at = self.word(pointer.at)?;
                let size = self.size(self.argument(pointer.ty)?)?;
                self.release(at, size);
            }
            "Box::into_inner" => {
                let at = self.word(called.arg(0)?.at)?;
                let size = self.size(to.ty)?;
                self.copy(at, to.at, size)?;
                self.release(at, size);
            }
            "Rc::new" => {
                let value = called.arg(0)?;
                let at = self.new_rc(value.ty, value.at, self.size(value.ty)?, 0)?;
                self.set_word(to.at, at)?;
            }
            "Rc::strong_count" | "Rc::weak_count" => {
                let rc = self.word(self.word(called.arg(0)?.at)?)?;
                let is_weak = called.name == "Rc::weak_count";
                let count = if is_weak { self.word(rc.wrapping_add(4))?.wrapping_sub(1) } else { self.word(rc)? };
                self.set_word(to.at, count)?;
            }
            "Rc::ptr_eq" => {
                let (a, b) = (self.word(self.word(called.arg(0)?.at)?)?, self.word(self.word(called.arg(1)?.at)?)?);
                self.set_number(to.at, 1, (a == b).into())?;
            }
            "Rc::get_mut" => {
                let own = self.behind(called.arg(0)?)?;
                let inner = self.argument(own.ty)?;
                let rc = self.word(own.at)?;
                let is_unique = self.word(rc)? == 1 && self.word(rc.wrapping_add(4))? == 1;
                let value = self.inside(own, inner)?;
                let write = |part: Value| self.set_pointer(part.at, inner, value);
                self.set_option(to, is_unique.then_some(write))?;
            }
            "Rc::try_unwrap" | "Rc::into_inner" => {
                let own = called.arg(0)?;
                let inner = self.argument(own.ty)?;
                let rc = self.word(own.at)?;
                let is_unwrap = called.name == "Rc::try_unwrap";
                if self.word(rc)? != 1 {
                    if is_unwrap {
                        self.set_word(self.part(to, 1, 0)?.at, rc)?;
                        self.set_variant(to, 1)?;
                    } else {
                        self.drop_value(own, 0, wakes)?;
                        self.set_variant(to, 0)?;
                    }
                    return Ok(true);
                }
                let variant = usize::from(!is_unwrap);
                let (value, part) = (self.inside(own, inner)?, self.part(to, variant, 0)?);
                self.copy(value.at, part.at, self.size(inner)?)?;
                self.set_variant(to, variant)?;
                self.set_word(rc, 0)?;
                self.end_weak(rc, inner, 0)?;
            }
            "Rc::downgrade" => {
                let own = self.behind(called.arg(0)?)?;
                self.copy(own.at, to.at, self.size(own.ty)?)?;
                let rc = self.word(own.at)?;
                self.set_word(rc.wrapping_add(4), self.word(rc.wrapping_add(4))?.wrapping_add(1))?;
            }
            "Weak::new" => self.set_word(to.at, u32::MAX)?,
            "Weak::upgrade" => {
                let own = self.behind(called.arg(0)?)?;
                let rc = self.word(own.at)?;
                let strong = if rc == u32::MAX { 0 } else { self.word(rc)? };
                if strong > 0 {
                    self.set_word(rc, strong.wrapping_add(1))?;
                }
                self.set_option_of(to, (strong > 0).then_some(own.at))?;
            }
            "Cell::get" => {
                let own = self.behind(called.arg(0)?)?;
                self.copy(own.at, to.at, self.size(to.ty)?)?;
            }
            "Cell::replace" => {
                let (own, value) = (self.behind(called.arg(0)?)?, called.arg(1)?);
                let size = self.size(value.ty)?;
                self.copy(own.at, to.at, size)?;
                self.copy(value.at, own.at, size)?;
            }
            "RefCell::borrow" | "RefCell::borrow_mut" => {
                let own = self.behind(called.arg(0)?)?;
                let (flag, value) = (self.part(own, 0, 0)?, self.part(own, 0, 1)?);
                let borrows = self.word(flag.at)? as i32;
                let is_mutable = called.name == "RefCell::borrow_mut";
                let next = match (is_mutable, borrows) {
                    (true, 0) => -1,
                    (true, _) if borrows > 0 => return Err(Stop::panic("RefCell already borrowed")),
                    (true, _) => return Err(Stop::panic("RefCell already mutably borrowed")),
                    (false, _) if borrows < 0 => return Err(Stop::panic("RefCell already mutably borrowed")),
                    (false, _) => borrows.wrapping_add(1),
                };
                self.set_word(flag.at, next as u32)?;
                self.set_word(to.at, value.at)?;
                self.set_word(to.at.wrapping_add(4), flag.at)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A guard of a `RefCell` goes.
    pub(in super::super) fn end_borrow(&self, guard: Value, is_mutable: bool) -> Run<()> {
        let flag = self.word(guard.at.wrapping_add(4))?;
        let borrows = self.word(flag)?;
        self.set_word(flag, if is_mutable { 0 } else { borrows.wrapping_sub(1) })
    }

    /// A block of counts with a value behind them, which is copied there.
    pub(super) fn new_rc(&self, ty: Ty, from: u32, size: u64, meta: u32) -> Run<u32> {
        let (_, align) = self.size_of_value(ty, meta)?;
        let offset = round_up(8, align);
        let at = self.allocate(offset + size)?;
        self.set_word(at, 1)?;
        self.set_word(at.wrapping_add(4), 1)?;
        self.copy(from, at.wrapping_add(offset as u32), size)?;
        Ok(at)
    }

    /// The value behind the counts.
    pub(in super::super) fn rc_value(&self, rc: Pointer, to: Ty) -> Run<Pointer> {
        let (_, align) = self.size_of_value(to, rc.meta)?;
        Ok(Pointer { at: rc.at.wrapping_add(round_up(8, align) as u32), meta: rc.meta })
    }

    pub(in super::super) fn drop_rc(&self, value: Value, to: Ty, wakes: Wakes<'_>) -> Run<()> {
        let rc = self.pointer(value.at, to)?;
        let strong = self.word(rc.at)?.wrapping_sub(1);
        self.set_word(rc.at, strong)?;
        if strong == 0 {
            let inner = self.rc_value(rc, to)?;
            self.deeper(|| self.drop_value(Value { at: inner.at, ty: to }, inner.meta, wakes))?;
            self.end_weak(rc.at, to, rc.meta)?;
        }
        Ok(())
    }

    pub(in super::super) fn drop_weak(&self, value: Value, to: Ty) -> Run<()> {
        let rc = self.pointer(value.at, to)?;
        if rc.at == u32::MAX { Ok(()) } else { self.end_weak(rc.at, to, rc.meta) }
    }

    fn end_weak(&self, rc: u32, to: Ty, meta: u32) -> Run<()> {
        let weak = self.word(rc.wrapping_add(4))?.wrapping_sub(1);
        self.set_word(rc.wrapping_add(4), weak)?;
        if weak == 0 {
            let (size, align) = self.size_of_value(to, meta)?;
            self.release(rc, round_up(8, align) + size);
        }
        Ok(())
    }

    /// Clones by what the type is. Says whether it was one of std's with more than fields.
    pub(in super::super) fn clone_builtin(&self, from: Value, to: u32, wakes: Wakes<'_>) -> Run<bool> {
        if self.clone_future(from, to, wakes)? {
            return Ok(true);
        }
        match (self.builtin(from.ty), self.arguments(from.ty)) {
            (Some(Builtin::Rc), &[inner, ..]) => {
                let rc = self.pointer(from.at, inner)?;
                self.set_word(rc.at, self.word(rc.at)?.wrapping_add(1))?;
                self.set_pointer(to, inner, rc)?;
            }
            (Some(Builtin::RcWeak), &[inner, ..]) => {
                let rc = self.pointer(from.at, inner)?;
                if rc.at != u32::MAX {
                    self.set_word(rc.at.wrapping_add(4), self.word(rc.at.wrapping_add(4))?.wrapping_add(1))?;
                }
                self.set_pointer(to, inner, rc)?;
            }
            (Some(Builtin::Box), &[inner, ..]) => {
                let Pointer { at, meta } = self.pointer(from.at, inner)?;
                let (size, _) = self.size_of_value(inner, meta)?;
                let copy = self.allocate(size)?;
                match self.kind(inner) {
                    TyKind::Slice(item) => self.clone_items(at, *item, meta.into(), copy, wakes)?,
                    TyKind::Str => self.copy(at, copy, size)?,
                    _ => self.deeper(|| self.clone_value(Value { at, ty: inner }, copy, wakes))?,
                }
                self.set_pointer(to, inner, Pointer { at: copy, meta })?;
            }
            (Some(Builtin::Vec), &[item, ..]) => {
                let seq = Seq::read(self, from.at)?;
                self.clone_seq(seq, item, to, wakes)?;
            }
            (Some(Builtin::String), _) => {
                let seq = Seq::read(self, from.at)?;
                self.clone_seq(seq, crate::ty::Types::U8, to, wakes)?;
            }
            (Some(Builtin::VecDeque), &[item, ..]) => self.clone_deque(from, item, to, wakes)?,
            (Some(Builtin::BTreeMap | Builtin::HashMap), _) => return unknown("a clone of a map"),
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn clone_seq(&self, seq: Seq, item: Ty, to: u32, wakes: Wakes<'_>) -> Run<()> {
        let at = self.allocate(u64::from(seq.len) * self.size(item)?)?;
        self.clone_items(seq.at, item, seq.len.into(), at, wakes)?;
        Seq { capacity: seq.len, at, len: seq.len }.write(self, to)
    }
}
