//! Functions of std and of the prelude that the interpreter knows by name; all others are bodies like the program's own.
//!
//! A file for each kind of type. What is said of layouts here is the interpreter's choice, where nobody can see it: the sizes and
//! niches are rustc's.

mod cells;
mod functions;
mod futures;
mod iterators;
mod maps;
mod numbers;
mod slices;
mod text;
mod vectors;

use super::engine::{Engine, Value, Wakes};
use super::memory::FIRST;
use super::stop::{Run, Stop, unknown};
use crate::ty::{IntTy, Ty};

/// A call by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Called<'a> {
    /// `Vec::push`; a trait's method has the name of the trait.
    pub(super) name: &'a str,
    /// The arguments of the impl and the function; for a trait's method, first the type that implements it.
    pub(super) types: &'a [Ty],
    /// The arguments, in memory; they are the callee's.
    pub(super) args: &'a [Value],
    /// Where the result goes.
    pub(super) to: Value,
}

impl Called<'_> {
    /// An argument.
    pub(super) fn arg(&self, nth: usize) -> Run<Value> {
        self.args.get(nth).copied().map_or_else(|| unknown(format!("an argument of `{}`", self.name)), Ok)
    }

    /// A type argument.
    pub(super) fn ty(&self, nth: usize) -> Run<Ty> {
        self.types.get(nth).copied().map_or_else(|| unknown(format!("a type argument of `{}`", self.name)), Ok)
    }

    /// The type or trait, and the method.
    pub(super) fn split(&self) -> (&str, &str) {
        let (owner, method) = self.name.rsplit_once("::").unwrap_or(("", self.name));
        let owner = match owner {
            _ if owner.starts_with('[') && owner.contains(';') => "array",
            _ if owner.starts_with('[') => "slice",
            _ if IntTy::ALL.iter().any(|(name, _)| *name == owner) => "int",
            _ => owner,
        };
        (owner, method)
    }
}

/// No vector has more items.
pub(super) const MOST_ITEMS: u32 = 1 << 30;

/// A buffer of a vector or a text: capacity, address and length, in this order in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seq {
    pub(super) capacity: u32,
    pub(super) at: u32,
    pub(super) len: u32,
}

impl Seq {
    /// Reads one; refuses what no vector is, as may lie there if the program looks where it must not.
    pub(super) fn read(engine: &Engine, at: u32) -> Run<Seq> {
        let word = |nth: u32| engine.word(at.wrapping_add(4 * nth));
        let seq = Seq { capacity: word(0)?, at: word(1)?, len: word(2)? };
        let is_sound =
            seq.len <= MOST_ITEMS && (seq.len <= seq.capacity || seq.at < FIRST) && seq.capacity <= MOST_ITEMS;
        if is_sound { Ok(seq) } else { Err(Box::new(Stop::Memory(at))) }
    }

    pub(super) fn write(self, engine: &Engine, at: u32) -> Run<()> {
        engine.set_word(at, self.capacity)?;
        engine.set_word(at.wrapping_add(4), self.at)?;
        engine.set_word(at.wrapping_add(8), self.len)
    }
}

/// A `VecDeque` in memory.
pub(super) fn ring(engine: &Engine, at: u32) -> Run<vectors::Ring> {
    vectors::Ring::read(engine, at)
}

impl Engine {
    /// Calls a function by its name.
    pub(super) fn intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<()> {
        let known = self.glue_intrinsic(called, wakes)?
            || self.future_intrinsic(called, wakes)?
            || self.function_intrinsic(called, wakes)?
            || self.format_intrinsic(called, wakes)?
            || self.cell_intrinsic(called, wakes)?
            || self.vector_intrinsic(called, wakes)?
            || self.slice_intrinsic(called, wakes)?
            || self.text_intrinsic(called)?
            || self.iterator_intrinsic(called, wakes)?
            || self.number_intrinsic(called)?
            || self.map_intrinsic(called, wakes)?;
        if known { Ok(()) } else { unknown(format!("`{}`", called.name)) }
    }
}
