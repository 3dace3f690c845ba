//! Comparisons by type.

use super::super::engine::{Engine, Value, Wakes};
use super::super::stop::{Run, Stop, unknown};
use crate::ty::{Builtin, Ty, TyKind, Types};
use std::cmp::Ordering;

impl Engine {
    /// Compares two values as a derived `PartialOrd` does; none if they have no order.
    pub(in super::super) fn compare(
        &self,
        a: Value,
        am: u32,
        b: Value,
        bm: u32,
        wakes: Wakes<'_>,
    ) -> Run<Option<Ordering>> {
        let types = &self.program.types;
        for (method, is_option) in [("PartialOrd::partial_cmp", true), ("Ord::cmp", false)] {
            if let Some(body) = self.program.impl_of(method, a.ty) {
                let result = self.program.body(body).local(crate::mir::Local::RETURN).ty;
                return self.with_room(result, |room| {
                    self.with_reference(body, 1, a, |a| {
                        self.with_reference(body, 2, b, |b| {
                            self.deeper(|| self.call_body(body, &[a, b], room.at, wakes))
                        })
                    })?;
                    let order = match (is_option, self.variant(room)?) {
                        (true, 0) => return Ok(None),
                        (true, _) => self.part(room, 1, 0)?,
                        (false, _) => room,
                    };
                    Ok([Ordering::Less, Ordering::Equal, Ordering::Greater].get(self.variant(order)?).copied())
                });
            }
        }
        match (self.kind(a.ty), self.kind(b.ty)) {
            (TyKind::Float(32), _) => {
                let read = |v: Value| Ok::<_, Box<Stop>>(f32::from_bits(self.number(v.at, 4)? as u32));
                Ok(read(a)?.partial_cmp(&read(b)?))
            }
            (TyKind::Float(_), _) => {
                let read = |v: Value| Ok::<_, Box<Stop>>(f64::from_bits(self.number(v.at, 8)? as u64));
                Ok(read(a)?.partial_cmp(&read(b)?))
            }
            (TyKind::Int(int), _) => {
                let size = int.size().into();
                let (x, y) = (self.number(a.at, size)?, self.number(b.at, size)?);
                let is_signed = int.is_signed();
                let sign = |n| super::super::arith::signed(n, size);
                Ok(Some(if is_signed { sign(x).cmp(&sign(y)) } else { x.cmp(&y) }))
            }
            (TyKind::Bool | TyKind::Char | TyKind::RawPtr(..) | TyKind::FnPtr(..), _) => {
                let size = self.size(a.ty)?;
                Ok(Some(self.number(a.at, size)?.cmp(&self.number(b.at, size)?)))
            }
            (TyKind::Ref(_, x), TyKind::Ref(_, y)) => {
                let (p, q) = (self.pointer(a.at, *x)?, self.pointer(b.at, *y)?);
                let (x, y) = (Value { at: p.at, ty: *x }, Value { at: q.at, ty: *y });
                self.deeper(|| self.compare(x, p.meta, y, q.meta, wakes))
            }
            (TyKind::Ref(_, x), _) => {
                let p = self.pointer(a.at, *x)?;
                self.deeper(|| self.compare(Value { at: p.at, ty: *x }, p.meta, b, bm, wakes))
            }
            (TyKind::Tuple(fields), _) => self.compare_fields(a, b, 0, fields.len(), wakes),
            _ if self.sequence(a, am)?.is_some() => {
                let (x, y) = (self.sequence(a, am)?, self.sequence(b, bm)?);
                match (x, y) {
                    (Some((x, item, n)), Some((y, other, m))) => self.compare_items((x, item, n), (y, other, m), wakes),
                    // `String == &str` and the like.
                    (_, None) => match self.kind(b.ty) {
                        TyKind::Ref(_, to) => {
                            let p = self.pointer(b.at, *to)?;
                            self.deeper(|| self.compare(a, am, Value { at: p.at, ty: *to }, p.meta, wakes))
                        }
                        _ => unknown("a comparison"),
                    },
                    (None, _) => unknown("a comparison"),
                }
            }
            (TyKind::Adt(..), _) => {
                if let (Some(Builtin::Box | Builtin::Rc), &[to, ..]) = (self.builtin(a.ty), self.arguments(a.ty)) {
                    let (p, q) = (self.inside(a, to)?, self.inside(b, to)?);
                    return self.deeper(|| {
                        self.compare(Value { at: p.at, ty: to }, p.meta, Value { at: q.at, ty: to }, q.meta, wakes)
                    });
                }
                let Some(def) = types.adt(a.ty) else { return unknown("a comparison") };
                if def.opaque.is_some() {
                    let size = self.size(a.ty)?;
                    return Ok(Some(self.bytes(a.at, size)?.cmp(&self.bytes(b.at, size)?)));
                }
                let (v, w) = if def.is_enum { (self.variant(a)?, self.variant(b)?) } else { (0, 0) };
                if v != w {
                    return Ok(Some(v.cmp(&w)));
                }
                let count = types.variants(a.ty).get(v).map_or(0, |v| v.fields.len());
                let order = self.compare_fields(a, b, v, count, wakes)?;
                Ok(if def.name.ends_with("Reverse") { order.map(Ordering::reverse) } else { order })
            }
            _ => unknown(format!("how to compare `{}`", types.name(a.ty))),
        }
    }

    pub(super) fn compare_fields(
        &self,
        a: Value,
        b: Value,
        variant: usize,
        count: usize,
        wakes: Wakes<'_>,
    ) -> Run<Option<Ordering>> {
        for i in 0..count {
            let (x, y) = (self.part(a, variant, i)?, self.part(b, variant, i)?);
            let order = self.deeper(|| self.compare(x, 0, y, 0, wakes))?;
            if order != Some(Ordering::Equal) {
                return Ok(order);
            }
        }
        Ok(Some(Ordering::Equal))
    }

    pub(super) fn compare_items(
        &self,
        a: (u32, Ty, u64),
        b: (u32, Ty, u64),
        wakes: Wakes<'_>,
    ) -> Run<Option<Ordering>> {
        let (size, other) = (self.size(a.1)?, self.size(b.1)?);
        for i in 0..a.2.min(b.2) {
            self.count(1)?;
            let x = Value { at: a.0.wrapping_add((i * size) as u32), ty: a.1 };
            let y = Value { at: b.0.wrapping_add((i * other) as u32), ty: b.1 };
            let order = self.deeper(|| self.compare(x, 0, y, 0, wakes))?;
            if order != Some(Ordering::Equal) {
                return Ok(order);
            }
        }
        Ok(Some(a.2.cmp(&b.2)))
    }

    /// Whether two values are equal, by the person's own impl if there is one.
    pub(in super::super) fn equal(&self, a: Value, am: u32, b: Value, bm: u32, wakes: Wakes<'_>) -> Run<bool> {
        let own = self.program.impl_of("PartialEq::eq", a.ty);
        if let Some(body) = own {
            return self.with_room(Types::BOOL, |room| {
                self.with_reference(body, 1, a, |a| {
                    self.with_reference(body, 2, b, |b| self.deeper(|| self.call_body(body, &[a, b], room.at, wakes)))
                })?;
                Ok(self.number(room.at, 1)? != 0)
            });
        }
        // Equality of parts may be the person's own, too.
        let types = &self.program.types;
        if let (TyKind::Adt(..), Some(def)) = (self.kind(a.ty), types.adt(a.ty))
            && def.opaque.is_none()
            && a.ty == b.ty
            && !matches!(def.builtin, Some(Builtin::Box | Builtin::Rc))
        {
            let (v, w) = if def.is_enum { (self.variant(a)?, self.variant(b)?) } else { (0, 0) };
            if v != w {
                return Ok(false);
            }
            for i in 0..types.variants(a.ty).get(v).map_or(0, |v| v.fields.len()) {
                let (x, y) = (self.part(a, v, i)?, self.part(b, v, i)?);
                if !self.deeper(|| self.equal(x, 0, y, 0, wakes))? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        if let (Some((x, item, n)), Some((y, other, m))) = (self.sequence(a, am)?, self.sequence(b, bm)?) {
            let (size, step) = (self.size(item)?, self.size(other)?);
            for i in 0..n.min(m) {
                self.count(1)?;
                let x = Value { at: x.wrapping_add((i * size) as u32), ty: item };
                let y = Value { at: y.wrapping_add((i * step) as u32), ty: other };
                if !self.deeper(|| self.equal(x, 0, y, 0, wakes))? {
                    return Ok(false);
                }
            }
            return Ok(n == m);
        }
        Ok(self.compare(a, am, b, bm, wakes)? == Some(Ordering::Equal))
    }
}
