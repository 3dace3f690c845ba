//! The symbolic execution itself.

use super::path::{Path, Step, path_of};
use super::range;
use super::state::State;
use crate::hash::HashSet;
use crate::layout::Frame;
use crate::mir::{
    AggregateKind, Block, Body, Const, Local, LocalKind, Operand, Place, Proj, Rvalue, Statement, StatementKind,
    TerminatorKind,
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

    fn terminator(&self, mut state: State, block: usize, kind: &TerminatorKind) -> Check<Vec<(usize, State)>> {
        Ok(match kind {
            TerminatorKind::Goto(target) => vec![(target.index(), state)],
            TerminatorKind::FalseEdge { real, .. } => vec![(real.index(), state)],
            TerminatorKind::SwitchInt { value, targets, otherwise } => {
                self.operand(&mut state.clone(), value)?;
                self.switch(state, value, targets, *otherwise)
            }
            TerminatorKind::Return => {
                self.read(&state, &Place::from(Local::RETURN))?;
                for local in 1..self.body.locals.len() {
                    self.must_be_gone(&state, Local(local as u32))?;
                }
                Vec::new()
            }
            TerminatorKind::CoroutineDrop => {
                for local in 1..self.body.locals.len() {
                    self.must_be_gone(&state, Local(local as u32))?;
                }
                Vec::new()
            }
            TerminatorKind::Unreachable => Vec::new(),
            TerminatorKind::Drop { place, target } => {
                if let (Some(path), ty) = self.path(place) {
                    // Of a local in parts, what is left is dropped by itself: a whole drop needs all of it.
                    if !state.is_there(&path) && self.program.types.needs_drop(ty) {
                        return Err((Rule::DroppedTwice, place.local));
                    }
                    self.occupy(&mut state, place.local)?;
                    state.borrowed.insert(place.local.index());
                    state.take(&path);
                } else if !state.is_partly_there(&Path::whole(place.local)) {
                    return Err((self.why_missing(place.local), place.local));
                }
                vec![(target.index(), state)]
            }
            TerminatorKind::Call { func, args, destination, target } => {
                self.operand(&mut state, func)?;
                for arg in args {
                    self.operand(&mut state, arg)?;
                }
                // The destination must not share bytes with what was passed, which the callee may still look at.
                self.write(&mut state, destination)?;
                target.map(|target| (target.index(), state)).into_iter().collect()
            }
            TerminatorKind::Assert { cond, message, target, .. } => {
                self.operand(&mut state, cond)?;
                for operand in message.operands() {
                    self.operand(&mut state, operand)?;
                }
                vec![(target.index(), state)]
            }
            TerminatorKind::Yield { value, resume_arg, resume, drop } => {
                self.operand(&mut state, value)?;
                self.suspend(&mut state, block)?;
                let mut resumed = state.clone();
                self.write(&mut resumed, resume_arg)?;
                // Dropping gives a context, too, to whoever awaits on the way.
                self.write(&mut state, resume_arg)?;
                vec![(resume.index(), resumed), (drop.index(), state)]
            }
        })
    }

    /// What is not saved is lost.
    fn suspend(&self, state: &mut State, block: usize) -> Check<()> {
        let Some(frame) = self.frame else { return Ok(()) };
        let point = frame.saved.points.iter().find(|point| point.block.index() == block);
        let saved = |local: Local| {
            local == Local::SELF
                || point
                    .is_some_and(|point| point.saved.iter().any(|&slot| frame.saved.slots.get(slot) == Some(&local)))
        };
        for i in 0..self.body.locals.len() {
            let local = Local(i as u32);
            if saved(local) {
                continue;
            }
            if state.written.contains(i) {
                self.unsaved.borrow_mut().insert(local);
                if state.is_left(self.program, &Path::whole(local), self.ty(local)) {
                    return Err((Rule::NeverDropped, local));
                }
            }
            state.end(local);
            state.flags.remove(&local);
        }
        Ok(())
    }

    fn switch(
        &self,
        state: State,
        value: &Operand,
        targets: &[(u128, Block)],
        otherwise: Block,
    ) -> Vec<(usize, State)> {
        let local = match value {
            Operand::Copy(place) | Operand::Move(place) => place.as_local(),
            Operand::Const(..) => None,
        };
        if let Some(local) = local
            && let Some(&flag) = state.flags.get(&local)
        {
            let target = targets.iter().find(|(bits, _)| (*bits != 0) == flag).map_or(otherwise, |(_, target)| *target);
            return vec![(target.index(), state)];
        }
        let known = local.and_then(|local| state.discriminants.get(&local).cloned());
        let Some((path, ty)) = known else {
            return targets.iter().map(|(_, t)| *t).chain([otherwise]).map(|t| (t.index(), state.clone())).collect();
        };
        let variants = self.program.types.variants(ty);
        let before: Vec<u32> = match state.variants.get(&path) {
            Some(known) => known.iter().copied().collect(),
            None => (0..variants.len() as u32).collect(),
        };
        // A part that is gone was there: it says which variant this is.
        let shown = state.gone.iter().find_map(|gone| match gone.steps.get(path.steps.len()) {
            Some(Step::Downcast(variant)) if path.holds(gone) => Some(*variant),
            _ => None,
        });
        let is_of = |variant: u32, bits: u128| {
            let mask = u128::from(u32::MAX);
            variants.get(variant as usize).is_some_and(|v| v.discriminant as u128 & mask == bits & mask)
        };
        let edge = |variants: Vec<u32>, target: Block| {
            let variants: Vec<u32> = variants.into_iter().filter(|&v| shown.is_none_or(|shown| shown == v)).collect();
            let mut state = state.clone();
            state.variants.insert(path.clone(), variants.iter().copied().collect());
            (!variants.is_empty()).then_some((target.index(), state))
        };
        let mut next = Vec::new();
        for &(bits, target) in targets {
            next.extend(edge(before.iter().copied().filter(|&v| is_of(v, bits)).collect(), target));
        }
        let rest = before.iter().copied().filter(|&v| !targets.iter().any(|&(bits, _)| is_of(v, bits))).collect();
        next.extend(edge(rest, otherwise));
        next
    }
}

fn overlap(a: &std::ops::Range<u64>, b: &std::ops::Range<u64>) -> bool {
    a.start < b.end && b.start < a.end
}
