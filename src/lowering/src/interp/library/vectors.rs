//! `Vec`, `VecDeque`, and what is made of them.
//!
//! A `VecDeque` is capacity, address, head and length, in this order; its items lie in a ring.

use super::super::engine::{Engine, Pointer, Value, Wakes};
use super::super::stop::{Run, Stop, unknown};
use super::{Called, MOST_ITEMS, Seq};
use crate::ty::{Builtin, Ty};

/// A `VecDeque` in memory.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Ring {
    capacity: u32,
    at: u32,
    head: u32,
    pub(in super::super) len: u32,
}

impl Ring {
    /// Reads one; refuses what no deque is.
    pub(super) fn read(engine: &Engine, at: u32) -> Run<Ring> {
        let word = |nth: u32| engine.word(at.wrapping_add(4 * nth));
        let ring = Ring { capacity: word(0)?, at: word(1)?, head: word(2)?, len: word(3)? };
        let is_sound = ring.len <= ring.capacity && ring.capacity <= MOST_ITEMS && ring.head <= ring.capacity;
        if is_sound { Ok(ring) } else { Err(Box::new(Stop::Memory(at))) }
    }

    fn write(self, engine: &Engine, at: u32) -> Run<()> {
        for (i, word) in [self.capacity, self.at, self.head, self.len].into_iter().enumerate() {
            engine.set_word(at.wrapping_add(4 * i as u32), word)?;
        }
        Ok(())
    }

    /// Where an item lies.
    pub(in super::super) fn item(self, index: u32, size: u64) -> u32 {
        let place = (u64::from(self.head) + u64::from(index)) % u64::from(self.capacity.max(1));
        self.at.wrapping_add((place * size) as u32)
    }
}

/// The capacity that rustc's vectors grow to.
fn grown(capacity: u32, needed: u32, size: u64) -> u32 {
    let least = match size {
        0 => return needed,
        1 => 8,
        2..=1024 => 4,
        _ => 1,
    };
    capacity.saturating_mul(2).max(needed).max(least)
}

impl Engine {
    /// The same buffer with room for more.
    pub(super) fn reserve(&self, seq: Seq, more: u32, item: Ty) -> Run<Seq> {
        let size = self.size(item)?;
        let needed = seq.len.saturating_add(more);
        if needed <= seq.capacity || size == 0 {
            return Ok(seq);
        }
        let capacity = grown(seq.capacity, needed, size);
        let at = self.allocate(u64::from(capacity) * size)?;
        self.copy(seq.at, at, u64::from(seq.len) * size)?;
        self.release(seq.at, u64::from(seq.capacity) * size);
        Ok(Seq { capacity, at, ..seq })
    }

    /// The vector that a reference points to, the type of its items and their size.
    fn vec_of(&self, called: &Called<'_>) -> Run<(u32, Seq, Ty, u64)> {
        let own = self.behind(called.arg(0)?)?;
        let item =
            if self.builtin(own.ty) == Some(Builtin::String) { crate::ty::Types::U8 } else { self.argument(own.ty)? };
        Ok((own.at, Seq::read(self, own.at)?, item, self.size(item)?))
    }

    /// The index that is an argument.
    pub(super) fn index(&self, called: &Called<'_>, nth: usize) -> Run<u32> {
        self.word(called.arg(nth)?.at)
    }

    pub(super) fn vector_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        match called.split() {
            ("Vec", method) => self.vec_intrinsic(method, called, wakes),
            ("VecDeque", method) => self.deque_intrinsic(method, called, wakes),
            ("vec", "from_boxed_array") => {
                let mut array = self.behind(called.arg(0)?)?;
                if self.program.types.adt(array.ty).is_some() {
                    // The room for one that was not yet there.
                    array = self.part(array, 0, 0)?;
                }
                let Some((at, _, len)) = self.sequence(array, 0)? else { return unknown("an array") };
                Seq { capacity: len as u32, at, len: len as u32 }.write(self, called.to.at)?;
                Ok(true)
            }
            ("vec", "from_elem") => {
                let (value, len) = (called.arg(0)?, self.index(called, 1)?);
                let size = self.size(value.ty)?;
                let at = self.allocate(size * u64::from(len))?;
                for i in 0..len {
                    self.count(1)?;
                    let to = at.wrapping_add((u64::from(i) * size) as u32);
                    if i + 1 < len { self.clone_value(value, to, wakes)? } else { self.copy(value.at, to, size)? }
                }
                if len == 0 {
                    self.drop_value(value, 0, wakes)?;
                }
                Seq { capacity: len, at, len }.write(self, called.to.at)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn vec_intrinsic(&self, method: &str, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let to = called.to;
        if let "new" | "with_capacity" = method {
            let capacity = if method == "new" { 0 } else { self.index(called, 0)? };
            let size = self.size(self.argument(to.ty)?)?;
            let at = self.allocate(u64::from(capacity) * size)?;
            Seq { capacity: if size == 0 { 0 } else { capacity }, at, len: 0 }.write(self, to.at)?;
            return Ok(true);
        }
        let (own, seq, item, size) = self.vec_of(called)?;
        let item_at = |i: u32| seq.at.wrapping_add((u64::from(i) * size) as u32);
        match method {
            "capacity" => self.set_word(to.at, if size == 0 { u32::MAX } else { seq.capacity })?,
            "len" => self.set_word(to.at, seq.len)?,
            "reserve" => self.reserve(seq, self.index(called, 1)?, item)?.write(self, own)?,
            "push" => {
                let value = called.arg(1)?;
                let seq = self.reserve(seq, 1, item)?;
                self.copy(value.at, seq.at.wrapping_add((u64::from(seq.len) * size) as u32), size)?;
                Seq { len: seq.len + 1, ..seq }.write(self, own)?;
            }
            "pop" => {
                let last = seq.len.checked_sub(1);
                if let Some(len) = last {
                    Seq { len, ..seq }.write(self, own)?;
                }
                self.set_option_of(to, last.map(item_at))?;
            }
            "insert" => {
                let (index, value) = (self.index(called, 1)?, called.arg(2)?);
                if index > seq.len {
                    return Err(Box::new(Stop::Panic(format!(
                        "insertion index (is {index}) should be <= len (is {})",
                        seq.len
                    ))));
                }
                let seq = self.reserve(seq, 1, item)?;
                let at = seq.at.wrapping_add((u64::from(index) * size) as u32);
                self.copy(at, at.wrapping_add(size as u32), u64::from(seq.len - index) * size)?;
                self.copy(value.at, at, size)?;
                Seq { len: seq.len + 1, ..seq }.write(self, own)?;
            }
            "remove" | "swap_remove" => {
                let index = self.index(called, 1)?;
                if index >= seq.len {
                    let what = if method == "remove" { "removal" } else { "swap_remove" };
                    return Err(Box::new(Stop::Panic(format!(
                        "{what} index (is {index}) should be < len (is {})",
                        seq.len
                    ))));
                }
                self.copy(item_at(index), to.at, size)?;
                let rest = u64::from(seq.len - index - 1) * size;
                if method == "remove" {
                    self.copy(item_at(index + 1), item_at(index), rest)?;
                } else {
                    self.copy(item_at(seq.len - 1), item_at(index), if rest == 0 { 0 } else { size })?;
                }
                Seq { len: seq.len - 1, ..seq }.write(self, own)?;
            }
            "clear" | "truncate" => {
                let len = if method == "clear" { 0 } else { self.index(called, 1)?.min(seq.len) };
                Seq { len, ..seq }.write(self, own)?;
                self.drop_items(item_at(len), item, (seq.len - len).into(), wakes)?;
            }
            "append" => {
                let other = self.behind(called.arg(1)?)?;
                let more = Seq::read(self, other.at)?;
                let seq = self.reserve(seq, more.len, item)?;
                let end = seq.at.wrapping_add((u64::from(seq.len) * size) as u32);
                self.copy(more.at, end, u64::from(more.len) * size)?;
                Seq { len: seq.len + more.len, ..seq }.write(self, own)?;
                Seq { len: 0, ..more }.write(self, other.at)?;
            }
            "extend_from_slice" => {
                let (slice, meta) = self.target(called.arg(1)?)?;
                let Some((from, _, count)) = self.sequence(slice, meta)? else { return unknown("a slice") };
                let seq = self.reserve(seq, count as u32, item)?;
                let end = seq.at.wrapping_add((u64::from(seq.len) * size) as u32);
                self.clone_items(from, item, count, end, wakes)?;
                Seq { len: seq.len + count as u32, ..seq }.write(self, own)?;
            }
            "resize" => {
                let (len, value) = (self.index(called, 1)?, called.arg(2)?);
                let mut seq = self.reserve(seq, len.saturating_sub(seq.len), item)?;
                if len < seq.len {
                    let rest = seq.at.wrapping_add((u64::from(len) * size) as u32);
                    self.drop_items(rest, item, (seq.len - len).into(), wakes)?;
                }
                for i in seq.len..len {
                    self.count(1)?;
                    self.clone_value(value, seq.at.wrapping_add((u64::from(i) * size) as u32), wakes)?;
                }
                seq.len = len;
                seq.write(self, own)?;
                self.drop_value(value, 0, wakes)?;
            }
            "split_off" => {
                let at = self.index(called, 1)?;
                if at > seq.len {
                    return Err(Box::new(Stop::Panic(format!(
                        "`at` split index (is {at}) should be <= len (is {})",
                        seq.len
                    ))));
                }
                let len = seq.len - at;
                let new = self.allocate(u64::from(len) * size)?;
                self.copy(item_at(at), new, u64::from(len) * size)?;
                Seq { capacity: len, at: new, len }.write(self, to.at)?;
                Seq { len: at, ..seq }.write(self, own)?;
            }
            "dedup" => {
                let mut kept = 0;
                for i in 0..seq.len {
                    let (x, last) =
                        (Value { at: item_at(i), ty: item }, Value { at: item_at(kept.max(1) - 1), ty: item });
                    if kept > 0 && self.equal(x, 0, last, 0, wakes)? {
                        self.drop_value(x, 0, wakes)?;
                    } else {
                        self.copy(item_at(i), item_at(kept), size)?;
                        kept += 1;
                    }
                }
                Seq { len: kept, ..seq }.write(self, own)?;
            }
            "as_slice" | "as_mut_slice" => {
                self.set_word(to.at, seq.at)?;
                self.set_word(to.at.wrapping_add(4), seq.len)?;
            }
            "drain" => {
                let (start, end) = self.range(called.arg(1)?, seq.len)?;
                for (i, word) in [item_at(start), item_at(end), end, seq.len - end, own].into_iter().enumerate() {
                    self.set_word(to.at.wrapping_add(4 * i as u32), word)?;
                }
                Seq { len: start, ..seq }.write(self, own)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn deque_intrinsic(&self, method: &str, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let to = called.to;
        if let "new" | "with_capacity" = method {
            Ring { capacity: 0, at: self.allocate(0)?, head: 0, len: 0 }.write(self, to.at)?;
            return Ok(true);
        }
        let own = self.behind(called.arg(0)?)?;
        let item = self.argument(own.ty)?;
        let size = self.size(item)?;
        let ring = Ring::read(self, own.at)?;
        let reference = |at: Option<u32>| {
            let write = at.map(|at| move |part: Value| self.set_pointer(part.at, item, Pointer { at, meta: 0 }));
            self.set_option(to, write)
        };
        match method {
            "len" => self.set_word(to.at, ring.len)?,
            "push_back" | "push_front" => {
                let value = called.arg(1)?;
                let mut ring = self.widen(ring, size)?;
                if method == "push_front" {
                    ring.head = (ring.head + ring.capacity - 1) % ring.capacity.max(1);
                }
                let place = if method == "push_front" { 0 } else { ring.len };
                self.copy(value.at, ring.item(place, size), size)?;
                Ring { len: ring.len + 1, ..ring }.write(self, own.at)?;
            }
            "pop_front" | "pop_back" if ring.len == 0 => self.set_option_of(to, None)?,
            "pop_front" => {
                self.set_option_of(to, Some(ring.item(0, size)))?;
                let head = (ring.head + 1) % ring.capacity.max(1);
                Ring { head, len: ring.len - 1, ..ring }.write(self, own.at)?;
            }
            "pop_back" => {
                self.set_option_of(to, Some(ring.item(ring.len - 1, size)))?;
                Ring { len: ring.len - 1, ..ring }.write(self, own.at)?;
            }
            "front" | "front_mut" => reference((ring.len > 0).then(|| ring.item(0, size)))?,
            "back" | "back_mut" => reference(ring.len.checked_sub(1).map(|i| ring.item(i, size)))?,
            "get" | "get_mut" => {
                let index = self.index(called, 1)?;
                reference((index < ring.len).then(|| ring.item(index, size)))?;
            }
            "remove" => {
                let index = self.index(called, 1)?;
                if index >= ring.len {
                    self.set_option_of(to, None)?;
                } else {
                    self.set_option_of(to, Some(ring.item(index, size)))?;
                    for i in index + 1..ring.len {
                        self.copy(ring.item(i, size), ring.item(i - 1, size), size)?;
                    }
                    Ring { len: ring.len - 1, ..ring }.write(self, own.at)?;
                }
            }
            "clear" => {
                Ring { len: 0, ..ring }.write(self, own.at)?;
                self.drop_ring(ring, item, wakes)?;
            }
            "contains" => {
                let wanted = self.behind(called.arg(1)?)?;
                let mut found = false;
                for i in 0..ring.len {
                    found |= self.equal(Value { at: ring.item(i, size), ty: item }, 0, wanted, 0, wakes)?;
                }
                self.set_number(to.at, 1, found.into())?;
            }
            "iter" => {
                for (i, word) in [own.at, 0, ring.len].into_iter().enumerate() {
                    self.set_word(to.at.wrapping_add(4 * i as u32), word)?;
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A ring with room for one more.
    fn widen(&self, ring: Ring, size: u64) -> Run<Ring> {
        if ring.len < ring.capacity {
            return Ok(ring);
        }
        let capacity = grown(ring.capacity, ring.len + 1, size.max(1));
        let at = self.allocate(u64::from(capacity) * size)?;
        for i in 0..ring.len {
            self.copy(ring.item(i, size), at.wrapping_add((u64::from(i) * size) as u32), size)?;
        }
        self.release(ring.at, u64::from(ring.capacity) * size);
        Ok(Ring { capacity, at, head: 0, ..ring })
    }

    fn drop_ring(&self, ring: Ring, item: Ty, wakes: Wakes<'_>) -> Run<()> {
        let size = self.size(item)?;
        for i in 0..ring.len {
            self.drop_items(ring.item(i, size), item, 1, wakes)?;
        }
        Ok(())
    }

    pub(in super::super) fn drop_deque(&self, value: Value, item: Ty, wakes: Wakes<'_>) -> Run<()> {
        let ring = Ring::read(self, value.at)?;
        self.drop_ring(ring, item, wakes)?;
        self.release(ring.at, u64::from(ring.capacity) * self.size(item)?);
        Ok(())
    }

    pub(super) fn clone_deque(&self, from: Value, item: Ty, to: u32, wakes: Wakes<'_>) -> Run<()> {
        let (ring, size) = (Ring::read(self, from.at)?, self.size(item)?);
        let at = self.allocate(u64::from(ring.len) * size)?;
        for i in 0..ring.len {
            let copy = at.wrapping_add((u64::from(i) * size) as u32);
            self.clone_items(ring.item(i, size), item, 1, copy, wakes)?;
        }
        Ring { capacity: ring.len, at, head: 0, len: ring.len }.write(self, to)
    }
}
