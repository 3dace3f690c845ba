//! `{:?}`, by the structure of a type.

use super::super::engine::{Engine, Pointer, Value, Wakes};
use super::super::library::Seq;
use super::super::stop::{Run, unknown};
use super::{Shown, ok};
use crate::ty::{Builtin, TyKind};
use std::fmt;

impl Engine {
    pub(super) fn debug<'a>(
        &'a self,
        value: Value,
        meta: u32,
        f: &mut fmt::Formatter<'_>,
        wakes: Wakes<'a>,
    ) -> Run<()> {
        if let Some(body) = self.program.impl_of("Debug::fmt", value.ty) {
            return ok(f.write_str(&self.show_by(body, value, wakes)?));
        }
        let types = &self.program.types;
        match self.kind(value.ty) {
            TyKind::Ref(_, to) => {
                let Pointer { at, meta } = self.pointer(value.at, *to)?;
                ok(fmt::Debug::fmt(&self.shown(Value { at, ty: *to }, meta, wakes), f))
            }
            TyKind::Str => ok(fmt::Debug::fmt(&self.str(Pointer { at: value.at, meta })?, f)),
            TyKind::Char => ok(fmt::Debug::fmt(&char::from_u32(self.word(value.at)?).unwrap_or_default(), f)),
            TyKind::Tuple(fields) if fields.is_empty() => ok(f.write_str("()")),
            TyKind::Tuple(fields) => {
                let mut tuple = f.debug_tuple("");
                for i in 0..fields.len() {
                    tuple.field(&self.shown(self.part(value, 0, i)?, 0, wakes));
                }
                ok(tuple.finish())
            }
            TyKind::Array(..) | TyKind::Slice(_) => self.debug_items(value, meta, f, wakes),
            TyKind::Adt(_, args) => match (self.builtin(value.ty), &args[..]) {
                (Some(Builtin::String), _) => {
                    let seq = Seq::read(self, value.at)?;
                    ok(fmt::Debug::fmt(&self.str(Pointer { at: seq.at, meta: seq.len })?, f))
                }
                (Some(Builtin::Vec), _) => self.debug_items(value, meta, f, wakes),
                (Some(Builtin::VecDeque), &[item]) => {
                    let mut list = f.debug_list();
                    let size = self.size(item)?;
                    let ring = super::super::library::ring(self, value.at)?;
                    for i in 0..ring.len {
                        list.entry(&self.shown(Value { at: ring.item(i, size), ty: item }, 0, wakes));
                    }
                    ok(list.finish())
                }
                (Some(Builtin::BTreeMap | Builtin::HashMap), _) => {
                    let mut map = f.debug_map();
                    for (key, value) in self.map_entries(value)? {
                        map.entry(&self.shown(key, 0, wakes), &self.shown(value, 0, wakes));
                    }
                    ok(map.finish())
                }
                (Some(Builtin::Box | Builtin::Rc), &[to, ..]) => {
                    let Pointer { at, meta } = self.inside(value, to)?;
                    ok(fmt::Debug::fmt(&self.shown(Value { at, ty: to }, meta, wakes), f))
                }
                (Some(Builtin::MutexGuard | Builtin::CellRef | Builtin::CellRefMut), &[to, ..]) => {
                    let at = match self.builtin(value.ty) {
                        Some(Builtin::MutexGuard) => self.part(self.behind(self.part(value, 0, 0)?)?, 0, 1)?.at,
                        _ => self.word(value.at)?,
                    };
                    ok(fmt::Debug::fmt(&self.shown(Value { at, ty: to }, 0, wakes), f))
                }
                (Some(Builtin::Arguments), _) => ok(f.write_str(&self.arguments_text(value, wakes)?)),
                _ => self.debug_fields(value, f, wakes),
            },
            TyKind::Bool | TyKind::Int(_) | TyKind::Float(_) => self.debug_number(value, f),
            _ => unknown(format!("how to show `{}`", types.name(value.ty))),
        }
    }

    pub(super) fn debug_number(&self, value: Value, f: &mut fmt::Formatter<'_>) -> Run<()> {
        let size = self.size(value.ty)?;
        let bits = self.number(value.at, size)?;
        ok(match self.kind(value.ty) {
            TyKind::Bool => fmt::Debug::fmt(&(bits != 0), f),
            TyKind::Float(32) => fmt::Debug::fmt(&f32::from_bits(bits as u32), f),
            TyKind::Float(_) => fmt::Debug::fmt(&f64::from_bits(bits as u64), f),
            TyKind::Int(int) if int.is_signed() => fmt::Debug::fmt(&super::super::arith::signed(bits, size), f),
            _ => fmt::Debug::fmt(&bits, f),
        })
    }

    pub(super) fn debug_items<'a>(
        &'a self,
        value: Value,
        meta: u32,
        f: &mut fmt::Formatter<'_>,
        wakes: Wakes<'a>,
    ) -> Run<()> {
        let Some((at, item, len)) = self.sequence(value, meta)? else { return unknown("a slice") };
        let size = self.size(item)?;
        let mut list = f.debug_list();
        for i in 0..len {
            list.entry(&self.shown(Value { at: at.wrapping_add((i * size) as u32), ty: item }, 0, wakes));
        }
        ok(list.finish())
    }

    pub(super) fn debug_fields<'a>(&'a self, value: Value, f: &mut fmt::Formatter<'_>, wakes: Wakes<'a>) -> Run<()> {
        let types = &self.program.types;
        let Some(def) = types.adt(value.ty) else { return unknown("how to show a type") };
        match def.name.as_str() {
            "core::num::error::ParseIntError" => {
                let kinds = ["Empty", "InvalidDigit", "PosOverflow", "NegOverflow", "Zero"];
                let kind = kinds.get(self.number(value.at, 1)? as usize).unwrap_or(&"Empty");
                return ok(f.debug_struct("ParseIntError").field("kind", &format_args!("{kind}")).finish());
            }
            "core::num::error::TryFromIntError" => return ok(f.debug_tuple("TryFromIntError").field(&()).finish()),
            "Range" | "RangeInclusive" => {
                let (start, end) = (self.part(value, 0, 0)?, self.part(value, 0, 1)?);
                let dots = if def.name == "Range" { ".." } else { "..=" };
                ok(fmt::Debug::fmt(&self.shown(start, 0, wakes), f))?;
                ok(f.write_str(dots))?;
                return ok(fmt::Debug::fmt(&self.shown(end, 0, wakes), f));
            }
            _ => {}
        }
        let index = if def.is_enum { self.variant(value)? } else { 0 };
        let (Some(variant), Some(shape)) = (types.variants(value.ty).get(index), def.variants.get(index)) else {
            return unknown(format!("how to show `{}`", types.name(value.ty)));
        };
        let name = variant.name.rsplit("::").next().unwrap_or_default();
        if variant.fields.is_empty() {
            return ok(f.write_str(name));
        }
        if shape.is_tuple {
            let mut tuple = f.debug_tuple(name);
            for i in 0..variant.fields.len() {
                tuple.field(&self.shown(self.part(value, index, i)?, 0, wakes));
            }
            return ok(tuple.finish());
        }
        let mut fields = f.debug_struct(name);
        for (i, field) in variant.fields.iter().enumerate() {
            fields.field(&field.name, &self.shown(self.part(value, index, i)?, 0, wakes));
        }
        ok(fields.finish())
    }

    pub(super) fn shown<'a>(&'a self, value: Value, meta: u32, wakes: Wakes<'a>) -> Shown<'a> {
        Shown { engine: self, value, meta, wakes }
    }
}
