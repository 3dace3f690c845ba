//! Places, operands and constants: where a value lies, and what it is.

use super::body::Home;
use super::engine::{Engine, Pointer, Value, Wakes};
use super::run::Activation;
use super::stop::{Run, Stop, unknown};
use crate::mir::{Callee, Const, Local, Operand, Place, Proj};
use crate::ty::{Ty, TyKind};
use std::rc::Rc;

/// A place that was found: an address, a type, the variant that it is seen as, and the second word of a pointer to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) value: Value,
    pub(super) variant: usize,
    pub(super) meta: u32,
}

impl Engine {
    pub(super) fn local(&self, frame: &Activation, local: Local) -> Run<Value> {
        let body = self.program.body(frame.body);
        let (Some(decl), Some(home)) = (body.locals.get(local.index()), frame.info.homes.get(local.index())) else {
            return unknown("a local");
        };
        let at = match *home {
            Home::Frame(offset) => frame.base.wrapping_add(offset),
            Home::Coroutine(offset) => frame.coroutine.wrapping_add(offset),
        };
        Ok(Value { at, ty: decl.ty })
    }

    pub(super) fn place(&self, frame: &Activation, place: &Place) -> Run<Spot> {
        let mut spot = Spot { value: self.local(frame, place.local)?, variant: 0, meta: 0 };
        for step in &place.proj {
            spot = self.step_into(frame, spot, step)?;
        }
        Ok(spot)
    }

    fn step_into(&self, frame: &Activation, spot: Spot, step: &Proj) -> Run<Spot> {
        let Value { at, ty } = spot.value;
        let sized = |at: u32, ty| Spot { value: Value { at, ty }, variant: 0, meta: 0 };
        Ok(match step {
            Proj::Deref => {
                let Some(to) = self.pointee(ty) else { return unknown("a dereference") };
                let Pointer { at, meta } = self.pointer(at, to)?;
                Spot { value: Value { at, ty: to }, variant: 0, meta }
            }
            Proj::Field(index, field) => {
                let (_, offset) = self.field(ty, spot.variant, *index as usize)?;
                sized(at.wrapping_add(offset as u32), *field)
            }
            Proj::Downcast(variant) => Spot { variant: *variant as usize, ..spot },
            Proj::Index(local) => {
                let index = self.number(self.local(frame, *local)?.at, 4)? as u64;
                let (item, len) = self.items(spot)?;
                sized(self.item_at(at, item, index, len)?, item)
            }
            Proj::ConstantIndex(offset, from_end) => {
                let (item, len) = self.items(spot)?;
                let index = if *from_end { len.wrapping_sub(*offset) } else { *offset };
                sized(self.item_at(at, item, index, len)?, item)
            }
            Proj::Subslice(from, to) => {
                let (item, len) = self.items(spot)?;
                let count = len.saturating_sub(from.saturating_add(*to));
                let start = at.wrapping_add((from * self.size(item)?) as u32);
                let types = &self.program.types;
                let array = matches!(self.kind(ty), TyKind::Array(..)).then(|| types.get(&TyKind::Array(item, count)));
                match array.flatten().or_else(|| types.get(&TyKind::Slice(item))) {
                    Some(ty) => Spot { value: Value { at: start, ty }, variant: 0, meta: count as u32 },
                    None => return unknown("a part of a slice"),
                }
            }
        })
    }

    fn items(&self, spot: Spot) -> Run<(Ty, u64)> {
        match self.kind(spot.value.ty) {
            TyKind::Array(item, len) => Ok((*item, *len)),
            TyKind::Slice(item) => Ok((*item, spot.meta.into())),
            _ => unknown("an index"),
        }
    }

    fn item_at(&self, at: u32, item: Ty, index: u64, len: u64) -> Run<u32> {
        if index >= len {
            return Err(Box::new(Stop::Panic(format!(
                "index out of bounds: the len is {len} but the index is {index}"
            ))));
        }
        Ok(at.wrapping_add((index * self.size(item)?) as u32))
    }

    pub(super) fn operand_type(&self, frame: &Activation, operand: &Operand) -> Run<Ty> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => Ok(self.place(frame, place)?.value.ty),
            Operand::Const(_, ty) => Ok(*ty),
        }
    }

    /// Writes an operand's value.
    pub(super) fn write_operand(&self, frame: &Activation, operand: &Operand, to: u32, wakes: Wakes<'_>) -> Run<()> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => {
                let Value { at, ty } = self.place(frame, place)?.value;
                self.copy(at, to, self.size(ty)?)
            }
            Operand::Const(constant, ty) => self.write_constant(constant, *ty, to, wakes),
        }
    }

    /// An operand that is a number, a `bool`, a `char` or a pointer to something sized.
    pub(super) fn read_operand(&self, frame: &Activation, operand: &Operand, wakes: Wakes<'_>) -> Run<(u128, Ty)> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => {
                let Value { at, ty } = self.place(frame, place)?.value;
                Ok((self.number(at, self.size(ty)?)?, ty))
            }
            Operand::Const(Const::Bits(bits), ty) => {
                let bits = bits & (u128::MAX >> (128 - 8 * self.size(*ty)?.clamp(1, 16)));
                Ok((bits, *ty))
            }
            Operand::Const(constant, ty) => {
                let number = self.with_room(*ty, |room| {
                    self.write_constant(constant, *ty, room.at, wakes)?;
                    self.number(room.at, self.size(*ty)?)
                })?;
                Ok((number, *ty))
            }
        }
    }

    fn write_constant(&self, constant: &Const, ty: Ty, to: u32, wakes: Wakes<'_>) -> Run<()> {
        match constant {
            Const::Bits(bits) => self.set_number(to, self.size(ty)?, *bits),
            Const::Float(bits) => self.set_number(to, self.size(ty)?, (*bits).into()),
            Const::Zst => Ok(()),
            Const::Str(text) => {
                self.set_word(to, self.text(text.as_bytes())?)?;
                self.set_word(to.wrapping_add(4), text.len() as u32)
            }
            Const::Bytes(bytes) => self.set_word(to, self.text(bytes)?),
            Const::Fn(callee) => match self.size(ty)? {
                0 => Ok(()),
                _ => self.set_word(to, self.function(callee)),
            },
            Const::Format(pieces) => {
                let known = self.templates.borrow().iter().find(|(_, known)| ***known == *pieces).map(|(&at, _)| at);
                let at = match known {
                    Some(at) => at,
                    None => {
                        let at = self.allocate(1)?;
                        self.templates.borrow_mut().insert(at, Rc::new(pieces.clone()));
                        at
                    }
                };
                self.set_word(to, at)
            }
            Const::Item(body) => self.deeper(|| self.call_body(*body, &[], to, wakes)),
            Const::Promoted(body) => {
                let known = self.promoted.borrow().get(body).copied();
                let at = match known {
                    Some(at) => at,
                    None => {
                        let result = self.program.body(*body).local(Local::RETURN).ty;
                        let at = self.allocate(self.size(result)?)?;
                        self.deeper(|| self.call_body(*body, &[], at, wakes))?;
                        self.promoted.borrow_mut().insert(*body, at);
                        at
                    }
                };
                // A promoted array may be used as a slice at once.
                let result = self.program.body(*body).local(Local::RETURN).ty;
                let meta = if let TyKind::Array(_, len) = self.kind(result) { *len as u32 } else { 0 };
                match self.pointee(ty) {
                    Some(pointee) => self.set_pointer(to, pointee, Pointer { at, meta }),
                    None => self.set_word(to, at),
                }
            }
        }
    }

    /// The word that points to a function.
    pub(super) fn function(&self, callee: &Callee) -> u32 {
        let mut functions = self.functions.borrow_mut();
        let known = functions.iter().position(|known| known == callee);
        let at = known.unwrap_or_else(|| {
            functions.push(callee.clone());
            functions.len() - 1
        });
        at as u32 + 1
    }
}
