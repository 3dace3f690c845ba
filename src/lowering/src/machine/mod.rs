//! A coroutine as a state machine: what it saves in each state, where, and how it gets from one to another.
//!
//! The states are Unresumed, Returned, Panicked and one for each suspend point. An *edge* is a poll, from where the last one stopped to
//! where this one does; or a drop, which runs what is left to drop and ends. What the machine does in between is its body, which the
//! interpreter runs as it stands.

pub mod desugar;
mod edges;
pub mod json;

pub use edges::{Edge, Way};

use crate::analysis::loans::{self, LiveLoan};
use crate::layout::{Frame, Layouts};
use crate::mir::{Body, BodyId, Local, LocalKind, Place, Proj};
use crate::order::sort_by_key;
use crate::program::Program;
use crate::span::Span;
use crate::ty::Ty;
use std::rc::Rc;

/// What a saved slot is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A variable of the person's, or one that a macro or a desugaring names.
    Local,
    /// The future that is awaited.
    Awaitee,
    /// Whether something is still to be dropped.
    DropFlag,
    /// A temporary.
    Temp,
}

/// A slot in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its number, the same in all states.
    pub number: usize,
    /// The local that it holds.
    pub local: Local,
    /// The name that debug information has; `__3` for the third field of a state, if it has none.
    pub name: String,
    /// What it is for.
    pub kind: SlotKind,
    /// Its type.
    pub ty: Ty,
    /// In bytes.
    pub size: u64,
    /// In bytes.
    pub align: u64,
    /// In bytes, from the start of the coroutine.
    pub offset: u64,
    /// Where it is declared.
    pub span: Span,
    /// Whether it lies in the prefix, which all states share.
    pub promoted: bool,
    /// Whether it is used later by name; if not, it is saved because it was borrowed.
    pub live: bool,
}

/// A reference of the coroutine to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfBorrow {
    /// The slot that is borrowed, or the name of the capture.
    pub of: Result<usize, String>,
    /// What is borrowed, with names for locals.
    pub place: String,
    /// Whether mutably.
    pub is_mutable: bool,
    /// The slots that hold the reference.
    pub held_by: Vec<usize>,
}

/// A suspend point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The word `await`.
    pub span: Span,
    /// What is saved, in the order of the slots.
    pub slots: Vec<Slot>,
    /// References to itself that are used later.
    pub borrows: Vec<SelfBorrow>,
}

/// A capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// In bytes.
    pub size: u64,
    /// In bytes.
    pub align: u64,
    /// In bytes, from the start of the coroutine.
    pub offset: u64,
}

/// A coroutine as a state machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Its body.
    pub body: BodyId,
    /// The name that debug information has.
    pub name: String,
    /// The header of its function or block.
    pub span: Span,
    /// Its layout.
    pub frame: Rc<Frame>,
    /// What it captures.
    pub captures: Vec<Capture>,
    /// Its suspend points.
    pub states: Vec<State>,
    /// How it gets from one state to another.
    pub edges: Vec<Edge>,
    /// The ways from one await to the next in the source, if every await waits; none at the beginning is before the first poll, at
    /// the end the end. Empty where that is not known.
    pub ways: Vec<(Option<usize>, Option<usize>)>,
}

/// The machines of all coroutines of a program, in the order of their names; those without a layout are left out.
pub fn all(program: &Program, layouts: &Layouts) -> Vec<Machine> {
    let ids = (0..program.bodies.len() as u32).map(BodyId);
    let mut machines: Vec<Machine> = ids.filter_map(|id| of(program, layouts, id)).collect();
    sort_by_key(&mut machines, |machine| machine.name.clone());
    machines
}

/// The machine of a coroutine; none if it has no layout.
pub fn of(program: &Program, layouts: &Layouts, id: BodyId) -> Option<Machine> {
    let frame = layouts.frame(program, id)?;
    let body = program.body(id);
    let captures = program.types.upvars(id).iter().zip(&frame.places.captures).map(|(upvar, &offset)| {
        let layout = layouts.of(program, upvar.ty)?;
        Some(Capture { name: upvar.name.clone(), ty: upvar.ty, size: layout.size, align: layout.align, offset })
    });
    let captures: Vec<Capture> = captures.collect::<Option<_>>()?;
    let mut states = Vec::new();
    for (point, loans) in frame.saved.points.iter().zip(loans::at(program, body, &frame.saved)) {
        let mut slots = Vec::new();
        for (nth, (&number, &live)) in point.saved.iter().zip(&point.live).enumerate() {
            slots.push(slot(program, layouts, body, &frame, number, nth, live)?);
        }
        let borrows = loans.iter().filter_map(|loan| self_borrow(program, body, id, &frame, &slots, loan)).collect();
        states.push(State { span: body.block(point.block).terminator.span, slots, borrows });
    }
    let edges = edges::of(body, &frame.saved);
    let ways = edges::source(body, &frame.saved).unwrap_or_default();
    Some(Machine { body: id, name: body.name.clone(), span: body.span, frame, captures, states, edges, ways })
}

fn slot(
    program: &Program,
    layouts: &Layouts,
    body: &Body,
    frame: &Frame,
    number: usize,
    nth: usize,
    live: bool,
) -> Option<Slot> {
    let (local, ty) = (frame.saved.slots[number], frame.types[number]);
    let layout = layouts.of(program, ty)?;
    let decl = body.locals.get(local.index());
    let kind = match decl.map(|decl| &decl.kind) {
        Some(LocalKind::Awaitee) => SlotKind::Awaitee,
        Some(LocalKind::DropFlag) => SlotKind::DropFlag,
        Some(LocalKind::Named(_) | LocalKind::Argument(Some(_))) => SlotKind::Local,
        _ => SlotKind::Temp,
    };
    Some(Slot {
        number,
        local,
        name: decl.and_then(|decl| decl.name()).map_or_else(|| format!("__{nth}"), str::to_owned),
        kind,
        ty,
        size: layout.size,
        align: layout.align,
        offset: frame.places.slots[number],
        span: decl.map_or(Span::NONE, |decl| decl.span),
        promoted: frame.places.promoted[number],
        live,
    })
}

fn self_borrow(
    program: &Program,
    body: &Body,
    id: BodyId,
    frame: &Frame,
    slots: &[Slot],
    live: &LiveLoan,
) -> Option<SelfBorrow> {
    let here = |local: Local| slots.iter().find(|slot| slot.local == local).map(|slot| slot.number);
    let place = &live.loan.place;
    let of = match (place.local, place.proj.first()) {
        (Local::SELF, Some(Proj::Field(index, _))) => Err(program.types.upvars(id).get(*index as usize)?.name.clone()),
        (local, _) => Ok(here(local)?),
    };
    let is_awaitee = of.as_ref().is_ok_and(|&number| {
        let local = frame.saved.slots[number];
        body.locals.get(local.index()).is_some_and(|decl| decl.kind == LocalKind::Awaitee)
    });
    let own = of.clone().ok();
    let held_by: Vec<usize> =
        live.holders.iter().filter_map(|&local| here(local)).filter(|&n| Some(n) != own).collect();
    // What an await does with its own future is over when it suspends.
    (!is_awaitee && !held_by.is_empty()).then(|| SelfBorrow {
        of,
        place: named(program, body, place),
        is_mutable: live.loan.is_mutable,
        held_by,
    })
}

/// A place as text, with the names of locals.
fn named(program: &Program, body: &Body, place: &Place) -> String {
    let name = body.locals.get(place.local.index()).and_then(|decl| decl.name());
    let printed = crate::mir::Printer { types: &program.types, bodies: &program.bodies }.place(place);
    match name {
        Some(name) => printed.replacen(&format!("_{}", place.local.0), name, 1),
        None => printed,
    }
}
