//! The symbolic execution itself.

mod branch;

use super::path::{Path, Step, path_of};
use super::range;
use super::state::State;
use crate::hash::HashSet;
use crate::layout::Frame;
use crate::mir::{
    AggregateKind, Block, Body, Const, Local, LocalKind, Operand, Place, Proj, Rvalue, Statement, StatementKind,
};
use crate::program::Program;
use crate::span::Span;
use crate::ty::{Ty, TyKind};
use std::fmt;

/// What was proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// States that were looked at.
    pub states: usize,
    /// Whether these are all. A body with too many paths is checked as far as it goes.
    pub complete: bool,
}

impl Default for Proof {
    fn default() -> Self {
        Proof { states: 0, complete: true }
    }
}

/// Which rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Written over bytes that the other still needs.
    Shared(Local),
    /// Read though it was never written, or has lost its value.
    Unwritten,
    /// Read after a suspend point that does not save it.
    Unsaved,
    /// Dropped though it is gone.
    DroppedTwice,
    /// Gone without a drop.
    NeverDropped,
    /// A slot lies over the tag or a capture, or beyond the end.
    Misplaced,
}

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which.
    pub rule: Rule,
    /// The local that it is about.
    pub local: Local,
    /// Where.
    pub block: Block,
    /// Where in the source.
    pub span: Span,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (local, block) = (self.local.0, self.block.0);
        match &self.rule {
            Rule::Shared(other) => write!(f, "_{local} is written in bb{block} over bytes that _{} needs", other.0),
            Rule::Unwritten => write!(f, "_{local} is read in bb{block} and has no value there"),
            Rule::Unsaved => write!(f, "_{local} is read in bb{block} after a suspend point that does not save it"),
            Rule::DroppedTwice => write!(f, "_{local} is dropped in bb{block} though it is gone"),
            Rule::NeverDropped => write!(f, "_{local} ends in bb{block} without a drop"),
            Rule::Misplaced => write!(f, "_{local} has a slot that is not its own"),
        }
    }
}

/// States that are looked at in one body.
const MOST: usize = 20_000;

/// Checks a coroutine over its frame.
///
/// # Errors
/// The first broken rule.
pub fn coroutine(program: &Program, body: &Body, frame: &Frame) -> Result<Proof, Fault> {
    Walk::new(program, body, Some(frame)).check()
}

/// Checks the drops of a function.
///
/// # Errors
/// The first broken rule.
pub fn body(program: &Program, body: &Body) -> Result<Proof, Fault> {
    Walk::new(program, body, None).check()
}

struct Walk<'a> {
    program: &'a Program,
    body: &'a Body,
    frame: Option<&'a Frame>,
    /// By local: the bytes of its slot.
    bytes: Vec<Option<std::ops::Range<u64>>>,
    /// Locals that were lost at a suspend point, to say so.
    unsaved: std::cell::RefCell<HashSet<Local>>,
}

type Check<T> = Result<T, (Rule, Local)>;

impl<'a> Walk<'a> {
    fn new(program: &'a Program, body: &'a Body, frame: Option<&'a Frame>) -> Walk<'a> {
        let mut bytes = vec![None; body.locals.len()];
        if let Some(frame) = frame {
            let layouts = crate::layout::Layouts::new(program);
            let size = |&ty: &Ty| layouts.of(program, ty).map_or(0, |layout| layout.size);
            let sizes: Vec<u64> = frame.types.iter().map(size).collect();
            for (slot, local) in frame.saved.slots.iter().enumerate() {
                if let Some(place) = bytes.get_mut(local.index()) {
                    *place = Some(range(frame, &sizes, slot));
                }
            }
        }
        Walk { program, body, frame, bytes, unsaved: Default::default() }
    }

    fn check(&self) -> Result<Proof, Fault> {
        let fault = |(rule, local), block: usize, span| Fault { rule, local, block: Block(block as u32), span };
        self.check_places().map_err(|why| fault(why, 0, self.body.span))?;
        let mut start = State::default();
        for i in 1..=self.body.arg_count.min(self.body.locals.len().saturating_sub(1)) {
            start.write(&Path::whole(Local(i as u32)));
        }
        let mut seen: HashSet<(usize, State)> = HashSet::default();
        let mut todo = vec![(0, start)];
        while let Some((block, state)) = todo.pop() {
            if block >= self.body.blocks.len() || !seen.insert((block, state.clone())) {
                continue;
            }
            if seen.len() > MOST {
                return Ok(Proof { states: seen.len(), complete: false });
            }
            let data = &self.body.blocks[block];
            let mut state = state;
            for statement in &data.statements {
                self.statement(&mut state, statement).map_err(|why| fault(why, block, statement.span))?;
            }
            let next = self.terminator(state, block, &data.terminator.kind);
            todo.extend(next.map_err(|why| fault(why, block, data.terminator.span))?);
        }
        Ok(Proof { states: seen.len(), complete: true })
    }

    /// No slot lies over the tag or a capture, or beyond the end.
    fn check_places(&self) -> Check<()> {
        let Some(frame) = self.frame else { return Ok(()) };
        let layouts = crate::layout::Layouts::new(self.program);
        let TyKind::Coroutine(own) = self.program.types.kind(self.ty(Local::SELF)) else { return Ok(()) };
        let places = &frame.places;
        let mut fixed = Vec::new();
        fixed.push(places.tag..places.tag + places.tag_size);
        for (upvar, &at) in self.program.types.upvars(*own).iter().zip(&places.captures) {
            fixed.push(at..at + layouts.of(self.program, upvar.ty).map_or(0, |layout| layout.size));
        }
        for (local, bytes) in self.bytes.iter().enumerate() {
            if let Some(bytes) = bytes
                && (bytes.end > places.size || fixed.iter().any(|other| overlap(bytes, other)))
            {
                return Err((Rule::Misplaced, Local(local as u32)));
            }
        }
        Ok(())
    }

    fn ty(&self, local: Local) -> Ty {
        self.body.locals.get(local.index()).map_or(crate::ty::Types::ERROR, |decl| decl.ty)
    }

    fn path(&self, place: &Place) -> (Option<Path>, Ty) {
        path_of(self.program, self.ty(place.local), place)
    }

    fn is_flag(&self, local: Local) -> bool {
        self.body.locals.get(local.index()).is_some_and(|decl| decl.kind == LocalKind::DropFlag)
    }

    // ---- reading

    /// A local that is read, wholly or in part.
    fn read(&self, state: &State, place: &Place) -> Check<()> {
        let whole = Path::whole(place.local);
        let (path, _) = self.path(place);
        let is_there = match &path {
            Some(path) => state.is_there(path),
            // What a pointer in it points to: the pointer must be there.
            None => state.is_partly_there(&whole),
        };
        for step in &place.proj {
            if let Proj::Index(index) = step {
                self.read(state, &Place::from(*index))?;
            }
        }
        if is_there { Ok(()) } else { Err((self.why_missing(place.local), place.local)) }
    }

    fn why_missing(&self, local: Local) -> Rule {
        if self.unsaved.borrow().contains(&local) { Rule::Unsaved } else { Rule::Unwritten }
    }

    fn operand(&self, state: &mut State, operand: &Operand) -> Check<()> {
        match operand {
            Operand::Copy(place) => self.read(state, place),
            Operand::Move(place) => {
                self.read(state, place)?;
                if let (Some(path), _) = self.path(place) {
                    state.take(&path);
                }
                Ok(())
            }
            Operand::Const(..) => Ok(()),
        }
    }

    fn borrow(&self, state: &mut State, place: &Place, is_mutable: bool) -> Check<()> {
        self.read(state, place)?;
        if !place.is_indirect() {
            state.borrowed.insert(place.local.index());
            self.occupy(state, place.local)?;
        }
        if let (true, (Some(path), _)) = (is_mutable, self.path(place)) {
            state.forget(&path);
        }
        Ok(())
    }

    // ---- writing

    /// Bytes of a local are needed from here on: nothing else may need them.
    fn occupy(&self, state: &mut State, local: Local) -> Check<()> {
        if let Some(Some(own)) = self.bytes.get(local.index()) {
            for other in state.occupied.iter().filter(|&other| other != local.index()) {
                if let Some(Some(bytes)) = self.bytes.get(other)
                    && overlap(own, bytes)
                {
                    return Err((Rule::Shared(Local(other as u32)), local));
                }
            }
        }
        state.occupied.insert(local.index());
        Ok(())
    }

    fn write(&self, state: &mut State, place: &Place) -> Check<()> {
        for step in &place.proj {
            if let Proj::Index(index) = step {
                self.read(state, &Place::from(*index))?;
            }
        }
        let (path, ty) = self.path(place);
        let Some(path) = path else {
            return if state.is_partly_there(&Path::whole(place.local)) {
                Ok(())
            } else {
                Err((self.why_missing(place.local), place.local))
            };
        };
        let is_whole = place.proj.is_empty();
        if (is_whole || path.steps.len() == place.proj.len())
            && state.written.contains(place.local.index())
            && state.is_left(self.program, &path, ty)
        {
            return Err((Rule::NeverDropped, place.local));
        }
        self.occupy(state, place.local)?;
        if path.steps.len() == place.proj.len() {
            state.write(&path);
        }
        Ok(())
    }

    fn statement(&self, state: &mut State, statement: &Statement) -> Check<()> {
        match &statement.kind {
            StatementKind::Assign(place, rvalue) => self.assign(state, place, rvalue),
            StatementKind::StorageLive(local) => {
                state.end(*local);
                Ok(())
            }
            StatementKind::StorageDead(local) => {
                self.must_be_gone(state, *local)?;
                state.end(*local);
                Ok(())
            }
            StatementKind::PlaceMention(_) | StatementKind::Nop => Ok(()),
        }
    }

    fn must_be_gone(&self, state: &State, local: Local) -> Check<()> {
        let (path, ty) = (Path::whole(local), self.ty(local));
        let is_left = state.written.contains(local.index())
            && match self.program.types.kind(ty) {
                // In its own body a coroutine is its captures.
                TyKind::Coroutine(own) if local == Local::SELF && self.body.kind.is_coroutine() => {
                    let upvars = self.program.types.upvars(*own).iter().enumerate();
                    upvars
                        .into_iter()
                        .any(|(i, upvar)| state.is_left(self.program, &path.then(Step::Field(i as u32)), upvar.ty))
                }
                _ => state.is_left(self.program, &path, ty),
            };
        if is_left { Err((Rule::NeverDropped, local)) } else { Ok(()) }
    }

    fn assign(&self, state: &mut State, place: &Place, rvalue: &Rvalue) -> Check<()> {
        let mut known = None;
        match rvalue {
            Rvalue::Use(operand)
            | Rvalue::Repeat(operand, _)
            | Rvalue::Unary(_, operand)
            | Rvalue::Cast(_, operand, _) => {
                self.operand(state, operand)?;
            }
            Rvalue::Ref(is_mutable, of) | Rvalue::RawPtr(is_mutable, of) => self.borrow(state, of, *is_mutable)?,
            Rvalue::Binary(_, operands) => {
                self.operand(state, &operands.0)?;
                self.operand(state, &operands.1)?;
            }
            Rvalue::Discriminant(of) => {
                let (path, _) = self.path(of);
                let is_there = match &path {
                    Some(path) => state.is_partly_there(path),
                    None => state.is_partly_there(&Path::whole(of.local)),
                };
                if !is_there {
                    return Err((self.why_missing(of.local), of.local));
                }
            }
            Rvalue::Aggregate(kind, _, operands) => {
                for operand in operands {
                    self.operand(state, operand)?;
                }
                if let AggregateKind::Adt(variant) = kind {
                    known = Some(*variant);
                }
            }
        }
        self.write(state, place)?;
        let local = place.as_local();
        if let (Some(local), true) = (local, local.is_some_and(|local| self.is_flag(local))) {
            match rvalue {
                Rvalue::Use(Operand::Const(Const::Bits(bits), _)) => state.flags.insert(local, *bits != 0),
                _ => state.flags.remove(&local),
            };
        }
        if let (Some(local), Rvalue::Discriminant(of)) = (local, rvalue)
            && let (Some(path), ty) = self.path(of)
        {
            state.discriminants.insert(local, (path, ty));
        }
        if let (Some(variant), (Some(path), ty)) = (known, self.path(place))
            && self.program.types.adt(ty).is_some_and(|def| def.is_enum)
        {
            state.variants.insert(path, [variant].into());
        }
        Ok(())
    }

    // ---- terminators
}

fn overlap(a: &std::ops::Range<u64>, b: &std::ops::Range<u64>) -> bool {
    a.start < b.end && b.start < a.end
}
