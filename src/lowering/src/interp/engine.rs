//! The state of an interpreted program, and the small things that all of the interpreter is made of.
//!
//! Its methods take `&self`, and no borrow is held while any of the program's code runs: a drop of a value that lies in a channel of
//! the real prelude comes back here from outside.

use super::body::BodyInfo;
use super::leaves::Leaves;
use super::memory::Memory;
use super::stop::{Limit, Run, Stop, unknown};
use super::task::Recorded;
use crate::hash::HashMap;
use crate::layout::{Frame, Layout, Layouts};
use crate::mir::{BodyId, Callee, FormatPiece};
use crate::program::Program;
use crate::ty::{Builtin, Ty, TyKind};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::task::Waker;

/// How far a program may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Statements within one poll.
    pub steps: u64,
    /// Functions that call each other.
    pub depth: usize,
    /// Bytes.
    pub memory: u32,
}

impl Default for Bounds {
    /// Ten million steps a poll, a thousand functions, 64 MiB.
    fn default() -> Self {
        Bounds { steps: 10_000_000, depth: 1000, memory: 64 << 20 }
    }
}

/// How much of the real stack a poll may take: a little less than the executor lets futures take that are polled within each other,
/// whose sentence would not be the program's own.
const MOST_STACK: usize = if cfg!(target_arch = "wasm32") { 224 << 10 } else { 448 << 10 };

/// About where the stack is.
#[inline(never)]
fn here() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&local)).addr()
}

/// A value in memory, of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) at: u32,
    pub(super) ty: Ty,
}

/// A pointer: where to, and the length of a slice or the type behind a `dyn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    pub(super) at: u32,
    pub(super) meta: u32,
}

/// Who is woken when the running task may go on; none while something is dropped outside of a poll.
pub(super) type Wakes<'a> = Option<&'a Waker>;

/// A program that is interpreted.
pub struct Engine {
    pub(super) this: Weak<Engine>,
    pub(super) program: Rc<Program>,
    pub(super) layouts: Layouts,
    pub(super) bounds: Bounds,
    pub(super) memory: RefCell<Memory>,
    pub(super) leaves: RefCell<Leaves>,
    pub(super) infos: RefCell<HashMap<BodyId, Rc<BodyInfo>>>,
    /// Texts of the program, which lie in memory once.
    pub(super) texts: RefCell<HashMap<Vec<u8>, u32>>,
    /// Format strings, by their address.
    pub(super) templates: RefCell<HashMap<u32, Rc<Vec<FormatPiece>>>>,
    /// Promoted constants, by their body.
    pub(super) promoted: RefCell<HashMap<BodyId, u32>>,
    /// What function pointers point to, less one.
    pub(super) functions: RefCell<Vec<Callee>>,
    /// What arguments of formatting are: their type, and how they are shown.
    pub(super) shown: RefCell<Vec<(Ty, String)>>,
    /// Buffers of formatters that are in use.
    pub(super) buffers: RefCell<Vec<String>>,
    /// Statements in this poll.
    pub(super) steps: Cell<u64>,
    pub(super) nested: Cell<usize>,
    /// Where the real stack was at the first level.
    stack: Cell<usize>,
    pub(super) functions_deep: Cell<usize>,
    /// What it is recorded with, if it is.
    pub(super) recorded: RefCell<Option<Recorded>>,
    /// The line and column of the call that was made last.
    pub(super) place: Rc<Cell<(u32, u32)>>,
    /// Why it stopped. Nothing of it runs any more.
    pub(super) stopped: RefCell<Option<Stop>>,
}

impl Engine {
    /// For a program, of which nothing has run yet.
    pub fn new(program: Rc<Program>, bounds: Bounds) -> Rc<Engine> {
        Rc::new_cyclic(|this| Engine {
            this: this.clone(),
            layouts: Layouts::new(&program),
            program,
            bounds,
            memory: RefCell::new(Memory::new(bounds.memory)),
            leaves: RefCell::default(),
            infos: RefCell::default(),
            texts: RefCell::default(),
            templates: RefCell::default(),
            promoted: RefCell::default(),
            functions: RefCell::default(),
            shown: RefCell::default(),
            buffers: RefCell::default(),
            steps: Cell::new(0),
            nested: Cell::new(0),
            stack: Cell::new(0),
            functions_deep: Cell::new(0),
            recorded: RefCell::default(),
            place: Rc::default(),
            stopped: RefCell::default(),
        })
    }

    /// Why it stopped before its end, if it did.
    pub fn stopped(&self) -> Option<Stop> {
        self.stopped.borrow().clone()
    }

    /// Keeps the first reason to stop.
    pub(super) fn stop(&self, why: Stop) {
        self.stopped.borrow_mut().get_or_insert(why);
    }

    /// Whether something that ran outside of the caller's control has stopped the program.
    pub(super) fn check(&self) -> Run<()> {
        self.stopped.borrow().clone().map_or(Ok(()), |why| Err(Box::new(why)))
    }

    /// Calls `f` one level deeper on the real stack, which polls, drops and formatting within each other take.
    pub(super) fn deeper<T>(&self, f: impl FnOnce() -> Run<T>) -> Run<T> {
        let depth = self.nested.get();
        if depth == 0 {
            self.stack.set(here());
        } else if self.stack.get().abs_diff(here()) > MOST_STACK {
            return Err(Box::new(Stop::Limit(Limit::Nested)));
        }
        self.nested.set(depth + 1);
        let result = f();
        self.nested.set(depth);
        result
    }

    // ---- types

    pub(super) fn layout(&self, ty: Ty) -> Run<Rc<Layout>> {
        match self.layouts.of(&self.program, ty) {
            Some(layout) => Ok(layout),
            None => unknown(format!("the layout of `{}`", self.program.types.name(ty))),
        }
    }

    pub(super) fn size(&self, ty: Ty) -> Run<u64> {
        Ok(self.layout(ty)?.size)
    }

    pub(super) fn frame_of(&self, body: BodyId) -> Run<Rc<Frame>> {
        match self.layouts.frame(&self.program, body) {
            Some(frame) => Ok(frame),
            None => unknown(format!("the layout of `{}`", self.program.body(body).name)),
        }
    }

    pub(super) fn kind(&self, ty: Ty) -> &TyKind {
        self.program.types.kind(ty)
    }

    pub(super) fn builtin(&self, ty: Ty) -> Option<Builtin> {
        self.program.types.builtin(ty)
    }

    /// The arguments of a struct or an enum type.
    pub(super) fn arguments(&self, ty: Ty) -> &[Ty] {
        match self.kind(ty) {
            TyKind::Adt(_, args) => args,
            _ => &[],
        }
    }

    pub(super) fn argument(&self, ty: Ty) -> Run<Ty> {
        self.arguments(ty).first().copied().map_or_else(|| unknown("an argument of a type"), Ok)
    }

    /// Whether pointers to it have a second word.
    pub(super) fn is_unsized(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), TyKind::Str | TyKind::Slice(_) | TyKind::Dyn(..))
    }

    /// What a reference, a raw pointer or a box points to.
    pub(super) fn pointee(&self, ty: Ty) -> Option<Ty> {
        match self.kind(ty) {
            TyKind::Ref(_, to) | TyKind::RawPtr(_, to) => Some(*to),
            TyKind::Adt(_, args) => match self.builtin(ty)? {
                Builtin::Box => args.first().copied(),
                Builtin::Pin => self.pointee(*args.first()?),
                _ => None,
            },
            _ => None,
        }
    }

    /// The type of a field, and where it lies.
    pub(super) fn field(&self, of: Ty, variant: usize, index: usize) -> Run<(Ty, u64)> {
        let types = &self.program.types;
        let ty = match self.kind(of) {
            TyKind::Tuple(fields) => fields.get(index).copied(),
            TyKind::Closure(body) | TyKind::Coroutine(body) => types.upvars(*body).get(index).map(|upvar| upvar.ty),
            _ => types.variants(of).get(variant).and_then(|v| v.fields.get(index)).map(|field| field.ty),
        };
        let offset = self.layout(of)?.offsets.get(variant).and_then(|offsets| offsets.get(index)).copied();
        match (ty, offset) {
            (Some(ty), Some(offset)) => Ok((ty, offset)),
            _ => unknown(format!("field {index} of `{}`", types.name(of))),
        }
    }

    /// A field of a value.
    pub(super) fn part(&self, of: Value, variant: usize, index: usize) -> Run<Value> {
        let (ty, offset) = self.field(of.ty, variant, index)?;
        Ok(Value { at: of.at.wrapping_add(offset as u32), ty })
    }

    // ---- memory

    pub(super) fn number(&self, at: u32, len: u64) -> Run<u128> {
        self.memory.borrow().number(at, len)
    }

    pub(super) fn set_number(&self, at: u32, len: u64, value: u128) -> Run<()> {
        self.memory.borrow_mut().set_number(at, len, value)
    }

    pub(super) fn word(&self, at: u32) -> Run<u32> {
        Ok(self.number(at, 4)? as u32)
    }

    pub(super) fn set_word(&self, at: u32, value: u32) -> Run<()> {
        self.set_number(at, 4, value.into())
    }

    pub(super) fn copy(&self, from: u32, to: u32, len: u64) -> Run<()> {
        self.memory.borrow_mut().copy(from, to, len)
    }

    pub(super) fn bytes(&self, at: u32, len: u64) -> Run<Vec<u8>> {
        Ok(self.memory.borrow().read(at, len)?.to_vec())
    }

    pub(super) fn set_bytes(&self, at: u32, bytes: &[u8]) -> Run<()> {
        self.memory.borrow_mut().write(at, bytes)
    }

    pub(super) fn allocate(&self, size: u64) -> Run<u32> {
        self.memory.borrow_mut().allocate(size)
    }

    pub(super) fn release(&self, at: u32, size: u64) {
        self.memory.borrow_mut().release(at, size);
    }

    /// Calls `f` with room for a value, which is gone afterwards.
    pub(super) fn with_room<T>(&self, ty: Ty, f: impl FnOnce(Value) -> Run<T>) -> Run<T> {
        let size = self.size(ty)?;
        let at = self.allocate(size)?;
        let result = f(Value { at, ty });
        self.release(at, size);
        result
    }

    /// The pointer that lies at an address.
    pub(super) fn pointer(&self, at: u32, to: Ty) -> Run<Pointer> {
        let meta = if self.is_unsized(to) { self.word(at.wrapping_add(4))? } else { 0 };
        Ok(Pointer { at: self.word(at)?, meta })
    }

    pub(super) fn set_pointer(&self, at: u32, to: Ty, pointer: Pointer) -> Run<()> {
        self.set_word(at, pointer.at)?;
        if self.is_unsized(to) { self.set_word(at.wrapping_add(4), pointer.meta) } else { Ok(()) }
    }

    /// The value that a reference points to, if it is sized.
    pub(super) fn behind(&self, reference: Value) -> Run<Value> {
        match self.pointee(reference.ty) {
            Some(ty) => Ok(Value { at: self.word(reference.at)?, ty }),
            None => unknown(format!("what `{}` points to", self.program.types.name(reference.ty))),
        }
    }

    // ---- enums

    /// The variant of a value.
    pub(super) fn variant(&self, value: Value) -> Run<usize> {
        let layout = self.layout(value.ty)?;
        let scalar = match layout.encoding.place() {
            Some((offset, size)) => self.number(value.at.wrapping_add(offset as u32), size)?,
            None => 0,
        };
        layout.encoding.variant(scalar).map_or_else(|| unknown("a discriminant that no variant has"), Ok)
    }

    /// Makes a value whose fields are written that variant.
    pub(super) fn set_variant(&self, value: Value, variant: usize) -> Run<()> {
        match self.layout(value.ty)?.encoding.scalar(variant) {
            Some((offset, size, scalar)) => self.set_number(value.at.wrapping_add(offset as u32), size, scalar),
            None => Ok(()),
        }
    }

    /// Writes `Some` of a value that `write` writes, or `None`.
    pub(super) fn set_option(&self, to: Value, write: Option<impl FnOnce(Value) -> Run<()>>) -> Run<()> {
        match write {
            Some(write) => {
                write(self.part(to, 1, 0)?)?;
                self.set_variant(to, 1)
            }
            None => self.set_variant(to, 0),
        }
    }

    /// Writes `Some` of the bytes at an address, or `None`.
    pub(super) fn set_option_of(&self, to: Value, from: Option<u32>) -> Run<()> {
        self.set_option(to, from.map(|from| move |part: Value| self.copy(from, part.at, self.size(part.ty)?)))
    }

    /// Writes `Some` of a number, or `None`.
    pub(super) fn set_option_number(&self, to: Value, number: Option<u128>) -> Run<()> {
        self.set_option(to, number.map(|n| move |part: Value| self.set_number(part.at, self.size(part.ty)?, n)))
    }

    // ---- text

    /// The address of bytes that stay for ever.
    pub(super) fn text(&self, bytes: &[u8]) -> Run<u32> {
        if let Some(&at) = self.texts.borrow().get(bytes) {
            return Ok(at);
        }
        let at = self.allocate(bytes.len() as u64)?;
        self.set_bytes(at, bytes)?;
        self.texts.borrow_mut().insert(bytes.to_vec(), at);
        Ok(at)
    }

    /// The text at a pointer.
    pub(super) fn str(&self, pointer: Pointer) -> Run<String> {
        let bytes = self.bytes(pointer.at, pointer.meta.into())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
