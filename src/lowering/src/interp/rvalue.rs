//! Assignments.

use super::arith::{binary, cast, cut, signed};
use super::engine::{Engine, Pointer, Value, Wakes};
use super::run::Activation;
use super::stop::{Run, unknown};
use crate::mir::{AggregateKind, BinOp, CastKind, Const, Operand, Rvalue, UnOp};
use crate::ty::{Builtin, Ty, TyKind};

impl Engine {
    pub(super) fn assign(&self, frame: &Activation, to: Value, rvalue: &Rvalue, wakes: Wakes<'_>) -> Run<()> {
        match rvalue {
            Rvalue::Use(operand) => self.write_operand(frame, operand, to.at, wakes),
            Rvalue::Repeat(operand, len) => {
                let item = self.operand_type(frame, operand)?;
                let size = self.size(item)?;
                if size > 0 && *len > 0 {
                    self.write_operand(frame, operand, to.at, wakes)?;
                    for i in 1..*len {
                        self.count(1)?;
                        self.copy(to.at, to.at.wrapping_add((i * size) as u32), size)?;
                    }
                }
                Ok(())
            }
            Rvalue::Ref(_, place) | Rvalue::RawPtr(_, place) => {
                let spot = self.place(frame, place)?;
                let pointee = self.pointee(to.ty).unwrap_or(spot.value.ty);
                self.set_pointer(to.at, pointee, Pointer { at: spot.value.at, meta: spot.meta })
            }
            Rvalue::Binary(op, operands) => {
                let (a, ty) = self.read_operand(frame, &operands.0, wakes)?;
                let (b, _) = self.read_operand(frame, &operands.1, wakes)?;
                let (bits, overflowed) = match (op, self.program.types.adt(ty)) {
                    // Enums without fields compare by their discriminants.
                    (BinOp::Eq, Some(_)) => (u128::from(a == b), false),
                    (BinOp::Ne, Some(_)) => (u128::from(a != b), false),
                    _ => binary(*op, self.kind(ty), a, b)?,
                };
                match op {
                    BinOp::AddWithOverflow | BinOp::SubWithOverflow | BinOp::MulWithOverflow => {
                        let (value, flag) = (self.part(to, 0, 0)?, self.part(to, 0, 1)?);
                        self.set_number(value.at, self.size(value.ty)?, bits)?;
                        self.set_number(flag.at, 1, overflowed.into())
                    }
                    _ => self.set_number(to.at, self.size(to.ty)?, bits),
                }
            }
            Rvalue::Unary(UnOp::PtrMetadata, operand) => {
                let ty = self.operand_type(frame, operand)?;
                let meta = self.with_room(ty, |room| {
                    self.write_operand(frame, operand, room.at, wakes)?;
                    match self.pointee(ty).map(|to| self.kind(to)) {
                        Some(TyKind::Array(_, len)) => Ok(*len as u32),
                        _ if self.size(ty)? < 8 => Ok(0),
                        _ => self.word(room.at.wrapping_add(4)),
                    }
                })?;
                self.set_number(to.at, self.size(to.ty)?, meta.into())
            }
            Rvalue::Unary(op, operand) => {
                let (bits, ty) = self.read_operand(frame, operand, wakes)?;
                let size = self.size(ty)?;
                let value = match (op, self.kind(ty)) {
                    (UnOp::Not, TyKind::Bool) => bits ^ 1,
                    (UnOp::Not, _) => !bits,
                    (UnOp::Neg, TyKind::Float(32)) => bits ^ (1 << 31),
                    (UnOp::Neg, TyKind::Float(_)) => bits ^ (1 << 63),
                    (UnOp::Neg, _) => signed(bits, size).wrapping_neg() as u128,
                    (UnOp::PtrMetadata, _) => bits,
                };
                self.set_number(to.at, self.size(to.ty)?, cut(value, size))
            }
            Rvalue::Cast(kind, operand, ty) => self.cast(frame, *kind, operand, Value { ty: *ty, ..to }, wakes),
            Rvalue::Discriminant(place) => {
                let value = self.place(frame, place)?.value;
                let variant = self.variant(value)?;
                let variants = self.program.types.variants(value.ty);
                let discriminant = variants.get(variant).map_or(variant as i128, |v| v.discriminant);
                let size = self.size(to.ty)?;
                self.set_number(to.at, size, cut(discriminant as u128, size))
            }
            Rvalue::Aggregate(kind, ty, operands) => {
                self.aggregate(frame, kind, Value { ty: *ty, ..to }, operands, wakes)
            }
        }
    }

    fn aggregate(
        &self,
        frame: &Activation,
        kind: &AggregateKind,
        to: Value,
        operands: &[Operand],
        wakes: Wakes<'_>,
    ) -> Run<()> {
        match kind {
            AggregateKind::Array => {
                let TyKind::Array(item, _) = self.kind(to.ty) else { return unknown("an array") };
                let size = self.size(*item)?;
                for (i, operand) in operands.iter().enumerate() {
                    self.write_operand(frame, operand, to.at.wrapping_add((i as u64 * size) as u32), wakes)?;
                }
                Ok(())
            }
            AggregateKind::Tuple | AggregateKind::Adt(_) | AggregateKind::Closure(_) | AggregateKind::Coroutine(_) => {
                let variant = if let AggregateKind::Adt(variant) = kind { *variant as usize } else { 0 };
                for (i, operand) in operands.iter().enumerate() {
                    let (_, offset) = self.field(to.ty, variant, i)?;
                    self.write_operand(frame, operand, to.at.wrapping_add(offset as u32), wakes)?;
                }
                match kind {
                    AggregateKind::Adt(_) => self.set_variant(to, variant),
                    AggregateKind::Coroutine(body) => {
                        let frame = self.frame_of(*body)?;
                        self.set_number(to.at.wrapping_add(frame.places.tag as u32), frame.places.tag_size, 0)
                    }
                    _ => Ok(()),
                }
            }
        }
    }

    fn cast(&self, frame: &Activation, kind: CastKind, operand: &Operand, to: Value, wakes: Wakes<'_>) -> Run<()> {
        let from = self.operand_type(frame, operand)?;
        match kind {
            CastKind::Numeric => {
                let (bits, _) = self.read_operand(frame, operand, wakes)?;
                let size = self.size(to.ty)?;
                let value = if self.program.types.adt(from).is_some() {
                    self.discriminant_of(from, bits)?
                } else {
                    cast(bits, self.kind(from), self.kind(to.ty))?
                };
                self.set_number(to.at, size, cut(value, size))
            }
            CastKind::Unsize => {
                self.write_operand(frame, operand, to.at, wakes)?;
                match (self.pointed(from), self.pointed(to.ty)) {
                    (Some(from), Some(into)) if self.is_unsized(into) && !self.is_unsized(from) => {
                        let meta = match self.kind(from) {
                            TyKind::Array(_, len) => *len as u32,
                            _ => from.0 + 1,
                        };
                        self.set_word(to.at.wrapping_add(4), meta)
                    }
                    _ => Ok(()),
                }
            }
            CastKind::Pointer => match (self.kind(from), operand) {
                (TyKind::FnDef(..), Operand::Const(Const::Fn(callee), _)) => {
                    self.set_word(to.at, self.function(callee))
                }
                (TyKind::Closure(body), _) => self.set_word(to.at, self.function(&crate::mir::Callee::Body(*body))),
                _ => self.write_operand(frame, operand, to.at, wakes),
            },
        }
    }

    /// The discriminant of an enum without fields from its bits.
    fn discriminant_of(&self, ty: Ty, bits: u128) -> Run<u128> {
        let variant = self.layout(ty)?.encoding.variant(bits);
        let variants = self.program.types.variants(ty);
        match variant.and_then(|v| variants.get(v)) {
            Some(variant) => Ok(variant.discriminant as u128),
            None => unknown("a discriminant that no variant has"),
        }
    }

    /// What a pointer of any kind points to, also one in a `Pin` or an `Rc`.
    fn pointed(&self, ty: Ty) -> Option<Ty> {
        match (self.builtin(ty), self.arguments(ty)) {
            (Some(Builtin::Pin), [pointer]) => self.pointed(*pointer),
            (Some(Builtin::Rc | Builtin::RcWeak), [to, ..]) => Some(*to),
            _ => self.pointee(ty),
        }
    }
}
