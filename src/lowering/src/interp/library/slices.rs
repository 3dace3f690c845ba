//! Slices and arrays, and indices into all that has some.

use super::super::engine::{Engine, Pointer, Value, Wakes};
use super::super::stop::{Run, Stop, unknown};
use super::vectors::Ring;
use super::{Called, Seq};
use crate::ty::{Builtin, Ty, TyKind};
use std::cmp::Ordering;

/// The items that a call is about.
#[derive(Clone, Copy)]
struct Items {
    at: u32,
    item: Ty,
    size: u64,
    len: u32,
}

impl Items {
    fn at(self, index: u32) -> u32 {
        self.at.wrapping_add((u64::from(index) * self.size) as u32)
    }

    fn value(self, index: u32) -> Value {
        Value { at: self.at(index), ty: self.item }
    }
}

impl Engine {
    fn items_of(&self, reference: Value) -> Run<Items> {
        let (own, meta) = self.target(reference)?;
        match self.sequence(own, meta)? {
            Some((at, item, len)) => Ok(Items { at, item, size: self.size(item)?, len: len as u32 }),
            None => unknown("a slice"),
        }
    }

    /// From where to where a range goes, in something of a length.
    pub(super) fn range(&self, range: Value, len: u32) -> Run<(u32, u32)> {
        let name = self.program.types.adt(range.ty).map_or("", |def| def.name.as_str());
        let field = |i| self.word(self.part(range, 0, i)?.at);
        let (start, end) = match name.rsplit("::").next().unwrap_or_default() {
            "Range" => (field(0)?, field(1)?),
            "RangeInclusive" => (field(0)?, field(1)?.wrapping_add(1)),
            "RangeFrom" => (field(0)?, len),
            "RangeTo" => (0, field(0)?),
            "RangeToInclusive" => (0, field(0)?.wrapping_add(1)),
            "RangeFull" => (0, len),
            _ => return unknown("a range"),
        };
        let panic = |message| Err(Box::new(Stop::Panic(message)));
        if name == "RangeFrom" && start > len {
            panic(format!("range start index {start} out of range for slice of length {len}"))
        } else if start > end {
            panic(format!("slice index starts at {start} but ends at {end}"))
        } else if end > len {
            panic(format!("range end index {end} out of range for slice of length {len}"))
        } else {
            Ok((start, end))
        }
    }

    fn is_index(&self, value: Value) -> bool {
        matches!(self.kind(value.ty), TyKind::Int(_))
    }

    pub(super) fn slice_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        match called.split() {
            ("slice", method) => self.slice_method(method, called, wakes),
            ("array", "as_slice") => {
                let items = self.items_of(called.arg(0)?)?;
                self.set_word(called.to.at, items.at)?;
                self.set_word(called.to.at.wrapping_add(4), items.len)?;
                Ok(true)
            }
            ("array", "map") => {
                let (array, f) = (called.arg(0)?, called.arg(1)?);
                let (TyKind::Array(from, len), TyKind::Array(into, _)) = (self.kind(array.ty), self.kind(called.to.ty))
                else {
                    return unknown("an array");
                };
                for i in 0..*len {
                    let x = Value { at: array.at.wrapping_add((i * self.size(*from)?) as u32), ty: *from };
                    let y = called.to.at.wrapping_add((i * self.size(*into)?) as u32);
                    let y = Value { at: y, ty: *into };
                    self.call_value(f, &[x], y, wakes)?;
                }
                Ok(true)
            }
            ("Index", "index") | ("IndexMut", "index_mut") => self.index_intrinsic(called, wakes),
            ("ToOwned", "to_owned") => {
                let items = self.items_of(called.arg(0)?)?;
                let seq = Seq { capacity: items.len, at: items.at, len: items.len };
                self.clone_seq(seq, items.item, called.to.at, wakes)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn index_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let (reference, index) = (called.arg(0)?, called.arg(1)?);
        let (own, _) = self.target(reference)?;
        match self.builtin(own.ty) {
            Some(Builtin::VecDeque) => {
                let ring = Ring::read(self, own.at)?;
                let i = self.word(index.at)?;
                if i >= ring.len {
                    return Err(Stop::panic("Out of bounds access"));
                }
                let size = self.size(self.argument(own.ty)?)?;
                self.set_word(called.to.at, ring.item(i, size))?;
            }
            Some(Builtin::BTreeMap | Builtin::HashMap) => return self.map_index(called, wakes),
            _ => {
                let items = self.items_of(reference)?;
                if self.is_index(index) {
                    let i = self.word(index.at)?;
                    if i >= items.len {
                        let len = items.len;
                        return Err(Box::new(Stop::Panic(format!(
                            "index out of bounds: the len is {len} but the index is {i}"
                        ))));
                    }
                    self.set_word(called.to.at, items.at(i))?;
                } else {
                    let (start, end) = self.range(index, items.len)?;
                    self.check_boundary(own.ty, items.at, &[start, end], items.len)?;
                    self.set_word(called.to.at, items.at(start))?;
                    self.set_word(called.to.at.wrapping_add(4), end - start)?;
                }
            }
        }
        Ok(true)
    }

    fn slice_method(&self, method: &str, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let to = called.to;
        let items = self.items_of(called.arg(0)?)?;
        let Items { item, size, len, .. } = items;
        let set_slice = |at: u32, start: u32, end: u32| {
            self.set_word(at, items.at(start))?;
            self.set_word(at.wrapping_add(4), end - start)
        };
        let reference = |index: Option<u32>| {
            let write =
                index.map(|i| move |part: Value| self.set_pointer(part.at, item, Pointer { at: items.at(i), meta: 0 }));
            self.set_option(to, write)
        };
        let swap = |a: u32, b: u32| {
            let bytes = self.bytes(items.at(a), size)?;
            self.copy(items.at(b), items.at(a), size)?;
            self.set_bytes(items.at(b), &bytes)
        };
        match method {
            "len" => self.set_word(to.at, len)?,
            "iter" | "iter_mut" => {
                self.set_word(to.at, items.at)?;
                self.set_word(
                    to.at.wrapping_add(4),
                    if size == 0 { items.at.wrapping_add(len) } else { items.at(len) },
                )?;
            }
            "first" | "first_mut" => reference((len > 0).then_some(0))?,
            "last" | "last_mut" => reference(len.checked_sub(1))?,
            "get" | "get_mut" => {
                let index = called.arg(1)?;
                if self.is_index(index) {
                    let i = self.word(index.at)?;
                    reference((i < len).then_some(i))?;
                } else {
                    let range = self.range(index, len).ok();
                    self.set_option(to, range.map(|(start, end)| move |part: Value| set_slice(part.at, start, end)))?;
                }
            }
            "swap" => {
                let (a, b) = (self.index(called, 1)?, self.index(called, 2)?);
                if let Some(i) = [a, b].into_iter().find(|&i| i >= len) {
                    return Err(Box::new(Stop::Panic(format!(
                        "index out of bounds: the len is {len} but the index is {i}"
                    ))));
                }
                swap(a, b)?;
            }
            "reverse" => (0..len / 2).try_for_each(|i| swap(i, len - 1 - i))?,
            "fill" => {
                let value = called.arg(1)?;
                for i in 0..len {
                    self.count(1)?;
                    self.drop_value(items.value(i), 0, wakes)?;
                    self.clone_value(value, items.at(i), wakes)?;
                }
                self.drop_value(value, 0, wakes)?;
            }
            "contains" => {
                let wanted = self.behind(called.arg(1)?)?;
                let mut found = false;
                for i in 0..len {
                    self.count(1)?;
                    found = found || self.equal(items.value(i), 0, wanted, 0, wakes)?;
                }
                self.set_number(to.at, 1, found.into())?;
            }
            "starts_with" | "ends_with" => {
                let other = self.items_of(called.arg(1)?)?;
                let first = if method == "starts_with" { Some(0) } else { len.checked_sub(other.len) };
                let mut is = other.len <= len && first.is_some();
                for i in 0..other.len {
                    is = is && self.equal(items.value(first.unwrap_or(0) + i), 0, other.value(i), 0, wakes)?;
                }
                self.set_number(to.at, 1, is.into())?;
            }
            "windows" | "chunks" => {
                let by = self.index(called, 1)?;
                if by == 0 {
                    let what = if method == "windows" { "window" } else { "chunk" };
                    return Err(Box::new(Stop::Panic(format!("{what} size must be non-zero"))));
                }
                set_slice(to.at, 0, len)?;
                self.set_word(to.at.wrapping_add(8), by)?;
            }
            "to_vec" => self.clone_seq(Seq { capacity: len, at: items.at, len }, item, to.at, wakes)?,
            "concat" | "join" => {
                let separator = match called.args.get(1) {
                    Some(&separator) => {
                        let (text, meta) = self.target(separator)?;
                        self.str(Pointer { at: text.at, meta })?
                    }
                    None => String::new(),
                };
                let mut all = Vec::new();
                for i in 0..len {
                    all.push(self.text_of(items.value(i))?);
                }
                self.set_string(to.at, &all.join(&separator))?;
            }
            "split_at" | "split_at_mut" => {
                let mid = self.index(called, 1)?;
                if mid > len {
                    return Err(Stop::panic("mid > len"));
                }
                set_slice(self.part(to, 0, 0)?.at, 0, mid)?;
                set_slice(self.part(to, 0, 1)?.at, mid, len)?;
            }
            "split_first" | "split_last" => {
                let (one, rest) =
                    if method == "split_first" { (0, (1, len)) } else { (len.max(1) - 1, (0, len.max(1) - 1)) };
                let write = |part: Value| {
                    self.set_word(self.part(part, 0, 0)?.at, items.at(one))?;
                    set_slice(self.part(part, 0, 1)?.at, rest.0, rest.1)
                };
                self.set_option(to, (len > 0).then_some(write))?;
            }
            "copy_from_slice" | "clone_from_slice" => {
                let from = self.items_of(called.arg(1)?)?;
                if from.len != len {
                    let what = if method == "copy_from_slice" { "copy_from_slice: " } else { "" };
                    let message = match what {
                        "" => "destination and source slices have different lengths".to_owned(),
                        _ => format!(
                            "copy_from_slice: source slice length ({}) does not match destination slice length ({len})",
                            from.len
                        ),
                    };
                    return Err(Box::new(Stop::Panic(message)));
                }
                self.drop_items(items.at, item, len.into(), wakes)?;
                self.clone_items(from.at, item, len.into(), items.at, wakes)?;
            }
            "sort" | "sort_unstable" => self.sort(items, wakes)?,
            "rotate_left" | "rotate_right" => {
                let by = self.index(called, 1)?;
                if by > len {
                    return Err(Stop::panic("assertion failed: mid <= self.len()"));
                }
                let mut bytes = self.bytes(items.at, u64::from(len) * size)?;
                let by = (u64::from(by) * size) as usize;
                if method == "rotate_left" {
                    bytes.rotate_left(by)
                } else {
                    bytes.rotate_right(by)
                }
                self.set_bytes(items.at, &bytes)?;
            }
            "binary_search" => {
                let wanted = self.behind(called.arg(1)?)?;
                let (mut low, mut high) = (0, len);
                let mut found = None;
                while low < high && found.is_none() {
                    let mid = low + (high - low) / 2;
                    match self.compare(items.value(mid), 0, wanted, 0, wakes)? {
                        Some(Ordering::Less) => low = mid + 1,
                        Some(Ordering::Equal) => found = Some(mid),
                        _ => high = mid,
                    }
                }
                let variant = usize::from(found.is_none());
                self.set_word(self.part(to, variant, 0)?.at, found.unwrap_or(low))?;
                self.set_variant(to, variant)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn sort(&self, items: Items, wakes: Wakes<'_>) -> Run<()> {
        let mut order: Vec<u32> = (0..items.len).collect();
        let mut stopped = Ok(());
        order.sort_by(|&a, &b| {
            if stopped.is_err() {
                return Ordering::Equal;
            }
            match self.compare(items.value(a), 0, items.value(b), 0, wakes) {
                Ok(order) => order.unwrap_or(Ordering::Equal),
                Err(why) => {
                    stopped = Err(why);
                    Ordering::Equal
                }
            }
        });
        stopped?;
        let mut sorted = Vec::new();
        for i in order {
            sorted.extend(self.bytes(items.at(i), items.size)?);
        }
        self.set_bytes(items.at, &sorted)
    }
}
