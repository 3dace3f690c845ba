//! Iterators whose insides are not Rust that the engine reads: over slices, vectors, arrays and texts.
//!
//! | iterator | words |
//! |----------|-------|
//! | `slice::Iter`, `IterMut` | first, end |
//! | `Windows`, `Chunks` | first, how many are left, size |
//! | `vec::IntoIter` | buffer, first, capacity, end |
//! | `Drain` | first, end, where the tail begins, its length, the vector |
//! | `vec_deque::Iter` | the deque, first, end |

use super::super::engine::{Engine, Pointer, Value, Wakes};
use super::super::stop::{Run, unknown};
use super::vectors::Ring;
use super::{Called, Seq};
use crate::ty::Ty;

/// Which iterator a type is.
fn which(name: &str) -> &str {
    match name {
        "into_iter::IntoIter" => "vec::IntoIter",
        "IntoIter" => "array::IntoIter",
        _ if name.starts_with("IntoIter") => "array::IntoIter",
        "alloc::collections::vec_deque::iter::Iter" => "vec_deque::Iter",
        "alloc::collections::btree::map::Iter" => "btree::Iter",
        "alloc::collections::btree::map::IntoIter" => "btree::IntoIter",
        _ => name.rsplit("::").next().unwrap_or(name),
    }
}

impl Engine {
    fn which(&self, ty: Ty) -> &str {
        self.program.types.adt(ty).map_or("", |def| which(&def.name))
    }

    pub(super) fn iterator_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let to = called.to;
        match called.name {
            "IntoIterator::into_iter" => {
                let from = called.arg(0)?;
                match self.which(to.ty) {
                    "vec::IntoIter" => {
                        let (seq, item) = (Seq::read(self, from.at)?, self.argument(from.ty)?);
                        let size = self.size(item)?;
                        let end =
                            seq.at.wrapping_add(if size == 0 { seq.len } else { (u64::from(seq.len) * size) as u32 });
                        for (i, word) in [seq.at, seq.at, seq.capacity, end].into_iter().enumerate() {
                            self.set_word(to.at.wrapping_add(4 * i as u32), word)?;
                        }
                    }
                    "array::IntoIter" => {
                        let (data, alive) = (self.part(to, 0, 0)?, self.part(to, 0, 1)?);
                        self.copy(from.at, data.at, self.size(data.ty)?)?;
                        let Some((_, _, len)) = self.sequence(data, 0)? else { return unknown("an array") };
                        self.set_word(self.part(alive, 0, 0)?.at, 0)?;
                        self.set_word(self.part(alive, 0, 1)?.at, len as u32)?;
                    }
                    _ => return self.map_iterator(called, wakes),
                }
                Ok(true)
            }
            "Iterator::next" | "DoubleEndedIterator::next_back" => {
                let from_back = called.name != "Iterator::next";
                let own = self.behind(called.arg(0)?)?;
                self.next(own, from_back, to, wakes)
            }
            "ExactSizeIterator::len" | "Iterator::size_hint" => {
                let own = self.behind(called.arg(0)?)?;
                let Some(len) = self.left(own)? else { return Ok(false) };
                if called.name == "ExactSizeIterator::len" {
                    self.set_word(to.at, len)?;
                } else {
                    self.set_word(self.part(to, 0, 0)?.at, len)?;
                    self.set_option_number(self.part(to, 0, 1)?, Some(len.into()))?;
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// How many items are left.
    fn left(&self, own: Value) -> Run<Option<u32>> {
        let (from, to) = match self.which(own.ty) {
            "Iter" | "IterMut" | "Drain" => (0, 4),
            "vec::IntoIter" => (4, 12),
            "vec_deque::Iter" => {
                return Ok(Some(self.word(own.at.wrapping_add(8))?.wrapping_sub(self.word(own.at.wrapping_add(4))?)));
            }
            "array::IntoIter" => {
                let alive = self.part(own, 0, 1)?;
                let (start, end) = (self.part(alive, 0, 0)?.at, self.part(alive, 0, 1)?.at);
                return Ok(Some(self.word(end)?.wrapping_sub(self.word(start)?)));
            }
            _ => return Ok(None),
        };
        let size = self.size(self.argument(own.ty)?)?.max(1);
        let bytes = self.word(own.at.wrapping_add(to))?.wrapping_sub(self.word(own.at.wrapping_add(from))?);
        Ok(Some((u64::from(bytes) / size) as u32))
    }

    fn next(&self, own: Value, from_back: bool, to: Value, wakes: Wakes<'_>) -> Run<bool> {
        let name = self.which(own.ty).to_owned();
        let (from, end) = match name.as_str() {
            "Iter" | "IterMut" | "Drain" => (own.at, own.at.wrapping_add(4)),
            "vec::IntoIter" => (own.at.wrapping_add(4), own.at.wrapping_add(12)),
            "array::IntoIter" => {
                let (data, alive) = (self.part(own, 0, 0)?, self.part(own, 0, 1)?);
                let (start, end) = (self.part(alive, 0, 0)?.at, self.part(alive, 0, 1)?.at);
                let Some((at, item, _)) = self.sequence(data, 0)? else { return unknown("an array") };
                let index = self.step(start, end, 1, from_back)?;
                let size = self.size(item)?;
                self.set_option_of(to, index.map(|i| at.wrapping_add((u64::from(i) * size) as u32)))?;
                return Ok(true);
            }
            "vec_deque::Iter" => {
                let index = self.step(own.at.wrapping_add(4), own.at.wrapping_add(8), 1, from_back)?;
                let ring = Ring::read(self, self.word(own.at)?)?;
                let size = self.size(self.argument(own.ty)?)?;
                self.set_option_number(to, index.map(|i| ring.item(i, size).into()))?;
                return Ok(true);
            }
            "Windows" | "Chunks" => {
                let (at, len, by) =
                    (self.word(own.at)?, self.word(own.at.wrapping_add(4))?, self.word(own.at.wrapping_add(8))?);
                let size = self.size(self.argument(own.ty)?)?;
                let (count, step) = if name == "Windows" { (by, 1) } else { (by.min(len), by.min(len)) };
                let is_there = len > 0 && count <= len;
                if is_there {
                    self.set_word(own.at, at.wrapping_add((u64::from(step) * size) as u32))?;
                    self.set_word(own.at.wrapping_add(4), len - step)?;
                }
                let write = |part: Value| {
                    self.set_word(part.at, at).and_then(|()| self.set_word(part.at.wrapping_add(4), count))
                };
                self.set_option(to, is_there.then_some(write))?;
                return Ok(true);
            }
            "Chars" => {
                let next = self.next_char(own, from_back)?;
                self.set_option_number(to, next.map(|c| u32::from(c).into()))?;
                return Ok(true);
            }
            "Split" | "SplitWhitespace" | "Lines" => {
                let next = self.next_text(&name, own)?;
                let write = next.map(|(at, len)| {
                    move |part: Value| {
                        self.set_word(part.at, at).and_then(|()| self.set_word(part.at.wrapping_add(4), len))
                    }
                });
                self.set_option(to, write)?;
                return Ok(true);
            }
            _ => return self.next_of_map(own, from_back, to, wakes),
        };
        let item = self.argument(own.ty)?;
        let size = self.size(item)?;
        let at = self.step(from, end, size.max(1) as u32, from_back)?;
        if let "Iter" | "IterMut" = name.as_str() {
            let write = at.map(|at| move |part: Value| self.set_pointer(part.at, item, Pointer { at, meta: 0 }));
            self.set_option(to, write)?;
        } else {
            self.set_option_of(to, at)?;
        }
        Ok(true)
    }

    /// Takes one step at the front or the back between two words; what was passed over.
    fn step(&self, from: u32, end: u32, by: u32, from_back: bool) -> Run<Option<u32>> {
        let (first, last) = (self.word(from)?, self.word(end)?);
        if first >= last {
            return Ok(None);
        }
        if from_back {
            self.set_word(end, last.wrapping_sub(by))?;
            Ok(Some(last.wrapping_sub(by)))
        } else {
            self.set_word(from, first.wrapping_add(by))?;
            Ok(Some(first))
        }
    }

    /// Drops what an iterator still owns. Says whether it was one that is known here.
    pub(in super::super) fn drop_iterator(&self, own: Value, wakes: Wakes<'_>) -> Run<bool> {
        match self.which(own.ty) {
            "vec::IntoIter" => {
                let item = self.argument(own.ty)?;
                let count = self.left(own)?.unwrap_or(0);
                self.drop_items(self.word(own.at.wrapping_add(4))?, item, count.into(), wakes)?;
                self.release(self.word(own.at)?, u64::from(self.word(own.at.wrapping_add(8))?) * self.size(item)?);
            }
            "Drain" => {
                let item = self.argument(own.ty)?;
                let size = self.size(item)?;
                let count = self.left(own)?.unwrap_or(0);
                self.drop_items(self.word(own.at)?, item, count.into(), wakes)?;
                let (tail, len, vec) = (
                    self.word(own.at.wrapping_add(8))?,
                    self.word(own.at.wrapping_add(12))?,
                    self.word(own.at.wrapping_add(16))?,
                );
                let seq = Seq::read(self, vec)?;
                let place = |i: u32| seq.at.wrapping_add((u64::from(i) * size) as u32);
                self.copy(place(tail), place(seq.len), u64::from(len) * size)?;
                Seq { len: seq.len.wrapping_add(len), ..seq }.write(self, vec)?;
            }
            "array::IntoIter" => {
                let (data, alive) = (self.part(own, 0, 0)?, self.part(own, 0, 1)?);
                let Some((at, item, _)) = self.sequence(data, 0)? else { return unknown("an array") };
                let first = self.word(self.part(alive, 0, 0)?.at)?;
                let from = at.wrapping_add((u64::from(first) * self.size(item)?) as u32);
                self.drop_items(from, item, self.left(own)?.unwrap_or(0).into(), wakes)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}
