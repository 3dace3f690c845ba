//! Maps: entries in a block, one after the other, those of a `BTreeMap` in order.
//!
//! Three words lie in the map: address, capacity and length; in a `HashMap` from byte 16 on, where its niche is.

use super::super::engine::{Engine, Value, Wakes};
use super::super::stop::{Run, Stop, unknown};
use super::Called;
use crate::layout::univariant::round_up;
use crate::ty::{Builtin, Ty};
use std::cmp::Ordering;

/// A map in memory.
#[derive(Clone, Copy)]
struct Map {
    /// Where its words lie.
    words: u32,
    at: u32,
    capacity: u32,
    len: u32,
    key: Ty,
    value: Ty,
    value_offset: u32,
    stride: u32,
    is_sorted: bool,
}

impl Map {
    fn key(self, i: u32) -> Value {
        Value { at: self.at.wrapping_add(i.wrapping_mul(self.stride)), ty: self.key }
    }

    fn value(self, i: u32) -> Value {
        Value { at: self.at.wrapping_add(i.wrapping_mul(self.stride)).wrapping_add(self.value_offset), ty: self.value }
    }
}

impl Engine {
    fn map_of(&self, own: Value) -> Run<Map> {
        let &[key, value, ..] = self.arguments(own.ty) else { return unknown("a map") };
        let is_sorted = self.builtin(own.ty) == Some(Builtin::BTreeMap);
        let words = own.at.wrapping_add(if is_sorted { 0 } else { 16 });
        let (capacity, len) = (self.word(words.wrapping_add(4))?, self.word(words.wrapping_add(8))?);
        if len > capacity || capacity > 1 << 24 {
            return Err(Box::new(Stop::Memory(own.at)));
        }
        let (k, v) = (self.layout(key)?, self.layout(value)?);
        let offset = round_up(k.size, v.align);
        let stride = round_up(offset + v.size, k.align.max(v.align)).max(1);
        Ok(Map {
            words,
            at: self.word(words)?,
            capacity,
            len,
            key,
            value,
            value_offset: offset as u32,
            stride: stride as u32,
            is_sorted,
        })
    }

    /// The keys and values of a map, in order.
    pub(in crate::interp) fn map_entries(&self, own: Value) -> Run<Vec<(Value, Value)>> {
        let map = self.map_of(own)?;
        Ok((0..map.len).map(|i| (map.key(i), map.value(i))).collect())
    }

    /// Where a key is, or where it would be.
    fn find_key(&self, map: Map, key: Value, meta: u32, wakes: Wakes<'_>) -> Run<Result<u32, u32>> {
        for i in 0..map.len {
            if map.is_sorted {
                match self.compare(map.key(i), 0, key, meta, wakes)? {
                    Some(Ordering::Equal) => return Ok(Ok(i)),
                    Some(Ordering::Greater) => return Ok(Err(i)),
                    _ => {}
                }
            } else if self.equal(map.key(i), 0, key, meta, wakes)? {
                return Ok(Ok(i));
            }
        }
        Ok(Err(map.len))
    }

    /// Makes room for an entry.
    fn open_entry(&self, mut map: Map, i: u32) -> Run<Map> {
        if map.len == map.capacity {
            let capacity = (map.capacity * 2).max(4);
            let at = self.allocate(u64::from(capacity) * u64::from(map.stride))?;
            self.copy(map.at, at, u64::from(map.len) * u64::from(map.stride))?;
            self.release(map.at, u64::from(map.capacity) * u64::from(map.stride));
            (map.at, map.capacity) = (at, capacity);
        }
        let from = map.key(i).at;
        self.copy(from, from.wrapping_add(map.stride), u64::from(map.len - i) * u64::from(map.stride))?;
        map.len += 1;
        self.write_map(map)?;
        Ok(map)
    }

    fn close_entry(&self, mut map: Map, i: u32) -> Run<()> {
        let from = map.key(i).at;
        self.copy(from.wrapping_add(map.stride), from, u64::from(map.len - i - 1) * u64::from(map.stride))?;
        map.len -= 1;
        self.write_map(map)
    }

    fn write_map(&self, map: Map) -> Run<()> {
        self.set_word(map.words, map.at)?;
        self.set_word(map.words.wrapping_add(4), map.capacity)?;
        self.set_word(map.words.wrapping_add(8), map.len)
    }

    fn take_entry(&self, map: Map, i: u32, to: Value) -> Run<()> {
        let write = |part: Value| {
            let (k, v) = (self.part(part, 0, 0)?, self.part(part, 0, 1)?);
            self.copy(map.key(i).at, k.at, self.size(map.key)?)?;
            self.copy(map.value(i).at, v.at, self.size(map.value)?)
        };
        self.set_option(to, Some(write))?;
        self.close_entry(map, i)
    }

    pub(super) fn map_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let to = called.to;
        let method = match called.split() {
            ("HashMap" | "BTreeMap", method) => method,
            ("Entry", "or_insert") => return self.or_insert(called, wakes),
            _ => return Ok(false),
        };
        if method == "new" {
            let words = to.at.wrapping_add(if self.builtin(to.ty) == Some(Builtin::BTreeMap) { 0 } else { 16 });
            self.set_word(words, self.allocate(0)?)?;
            self.set_word(words.wrapping_add(4), 0)?;
            self.set_word(words.wrapping_add(8), 0)?;
            return Ok(true);
        }
        let own = self.behind(called.arg(0)?)?;
        let map = self.map_of(own)?;
        let find = || {
            let (key, meta) = self.target(called.arg(1)?)?;
            Ok::<_, Box<Stop>>(self.find_key(map, key, meta, wakes)?.ok())
        };
        match method {
            "len" => self.set_word(to.at, map.len)?,
            "insert" => {
                let (key, value) = (called.arg(1)?, called.arg(2)?);
                match self.find_key(map, key, 0, wakes)? {
                    Ok(i) => {
                        self.set_option_of(to, Some(map.value(i).at))?;
                        self.copy(value.at, map.value(i).at, self.size(value.ty)?)?;
                        self.drop_value(key, 0, wakes)?;
                    }
                    Err(i) => {
                        let map = self.open_entry(map, i)?;
                        self.copy(key.at, map.key(i).at, self.size(key.ty)?)?;
                        self.copy(value.at, map.value(i).at, self.size(value.ty)?)?;
                        self.set_option_of(to, None)?;
                    }
                }
            }
            "get" | "get_mut" => self.set_option_number(to, find()?.map(|i| map.value(i).at.into()))?,
            "contains_key" => self.set_number(to.at, 1, find()?.is_some().into())?,
            "remove" => match find()? {
                Some(i) => {
                    self.set_option_of(to, Some(map.value(i).at))?;
                    self.drop_value(map.key(i), 0, wakes)?;
                    self.close_entry(map, i)?;
                }
                None => self.set_option_of(to, None)?,
            },
            "clear" => {
                self.write_map(Map { len: 0, ..map })?;
                self.drop_entries(map, wakes)?;
            }
            "entry" => {
                let key = called.arg(1)?;
                self.set_word(to.at, own.at)?;
                // The key waits in a block of its own.
                let size = self.size(key.ty)?;
                let at = self.allocate(size)?;
                self.copy(key.at, at, size)?;
                self.set_word(to.at.wrapping_add(4), at)?;
                self.set_word(to.at.wrapping_add(8), own.ty.0)?;
            }
            "iter" => {
                for (i, word) in [own.at, own.ty.0, 0, map.len].into_iter().enumerate() {
                    self.set_word(to.at.wrapping_add(4 * i as u32), word)?;
                }
            }
            "pop_first" | "pop_last" if map.len == 0 => self.set_variant(to, 0)?,
            "pop_first" => self.take_entry(map, 0, to)?,
            "pop_last" => self.take_entry(map, map.len - 1, to)?,
            "first_key_value" | "last_key_value" => {
                let i = if method == "first_key_value" { 0 } else { map.len.max(1) - 1 };
                self.set_option(to, (map.len > 0).then_some(|part: Value| self.set_entry(map, i, part)))?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn set_entry(&self, map: Map, i: u32, to: Value) -> Run<()> {
        self.set_word(self.part(to, 0, 0)?.at, map.key(i).at)?;
        self.set_word(self.part(to, 0, 1)?.at, map.value(i).at)
    }

    fn or_insert(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let (entry, value) = (called.arg(0)?, called.arg(1)?);
        let own = Value { at: self.word(entry.at)?, ty: Ty(self.word(entry.at.wrapping_add(8))?) };
        let map = self.map_of(own)?;
        let key = Value { at: self.word(entry.at.wrapping_add(4))?, ty: map.key };
        let size = self.size(map.key)?;
        let at = match self.find_key(map, key, 0, wakes)? {
            Ok(i) => {
                self.drop_value(key, 0, wakes)?;
                self.drop_value(value, 0, wakes)?;
                map.value(i).at
            }
            Err(i) => {
                let map = self.open_entry(map, i)?;
                self.copy(key.at, map.key(i).at, size)?;
                self.copy(value.at, map.value(i).at, self.size(value.ty)?)?;
                map.value(i).at
            }
        };
        self.release(key.at, size);
        self.set_word(called.to.at, at)?;
        Ok(true)
    }

    pub(super) fn map_index(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let map = self.map_of(self.behind(called.arg(0)?)?)?;
        let (key, meta) = self.target(called.arg(1)?)?;
        match self.find_key(map, key, meta, wakes)? {
            Ok(i) => self.set_word(called.to.at, map.value(i).at).map(|()| true),
            Err(_) => Err(Stop::panic("no entry found for key")),
        }
    }

    pub(super) fn map_iterator(&self, called: &Called<'_>, _wakes: Wakes<'_>) -> Run<bool> {
        let from = called.arg(0)?;
        if self.builtin(from.ty) != Some(Builtin::BTreeMap) {
            return Ok(false);
        }
        // It takes the map's words over; between them stands where it is.
        self.copy(from.at, called.to.at, 12)?;
        Ok(true)
    }

    pub(super) fn next_of_map(&self, own: Value, _from_back: bool, to: Value, _wakes: Wakes<'_>) -> Run<bool> {
        let name = self.program.types.adt(own.ty).map_or("", |def| def.name.as_str());
        match name {
            "alloc::collections::btree::map::Iter" => {
                let of = Value { at: self.word(own.at)?, ty: Ty(self.word(own.at.wrapping_add(4))?) };
                let map = self.map_of(of)?;
                let i = self.word(own.at.wrapping_add(8))?;
                let is_there = i < map.len;
                if is_there {
                    self.set_word(own.at.wrapping_add(8), i.wrapping_add(1))?;
                }
                self.set_option(to, is_there.then_some(|part: Value| self.set_entry(map, i, part)))?;
            }
            "alloc::collections::btree::map::IntoIter" => {
                let map = Map { is_sorted: true, words: own.at, ..self.map_of(own)? };
                let map = Map {
                    at: self.word(own.at)?,
                    capacity: self.word(own.at.wrapping_add(4))?,
                    len: self.word(own.at.wrapping_add(8))?,
                    ..map
                };
                if map.len == 0 { self.set_variant(to, 0)? } else { self.take_entry(map, 0, to)? }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn drop_entries(&self, map: Map, wakes: Wakes<'_>) -> Run<()> {
        for i in 0..map.len {
            self.drop_value(map.key(i), 0, wakes)?;
            self.drop_value(map.value(i), 0, wakes)?;
        }
        Ok(())
    }

    pub(in super::super) fn drop_map(&self, own: Value, wakes: Wakes<'_>) -> Run<()> {
        let map = self.map_of(own)?;
        self.drop_entries(map, wakes)?;
        self.release(map.at, u64::from(map.capacity) * u64::from(map.stride));
        Ok(())
    }
}
