//! Self-references: which borrows of the coroutine's own locals and captures are live at each suspend point.
//!
//! A *loan* is a borrow of a local, or of a capture, that does not go through a pointer. A local *holds* a loan if its value may contain
//! that reference. A loan is live at a suspend point if some local that holds it is used later, or if it is dropped later and its type's
//! own drop may look.
//!
//! Forward, over a set of loans for each local; nothing is held at the start.
//!
//! | what | effect |
//! |------|--------|
//! | `x = &y.z` | `x` holds that loan, and all that `y` holds |
//! | `x = ..` of operands, or of what lies behind a pointer | `x` holds what they hold |
//! | a call | its result holds what the arguments hold; so does what a `&mut` argument points to |
//! | a move out of `x`, StorageDead(x), a whole assignment | `x` holds nothing of before |
//! | StorageDead(y) | ends the loans of `y` |
//!
//! A local whose type cannot contain a reference holds nothing. Lifetimes are not known, so that a call is taken to return any
//! reference that it got: an answer may name one too many, and never one too few.

use super::{Point, Saved};
use crate::bits::BitSet;
use crate::hash::HashMap;
use crate::mir::{
    Block, Body, Callee, Const, Local, LocalDecl, LocalKind, Operand, Place, Proj, Rvalue, StatementKind,
    TerminatorKind,
};
use crate::order::sort_and_dedup;
use crate::program::Program;
use crate::ty::{Ty, TyKind};

/// A borrow of something that the coroutine owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loan {
    /// What is borrowed.
    pub place: Place,
    /// Whether it is borrowed mutably.
    pub is_mutable: bool,
}

/// A loan that is live at a suspend point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveLoan {
    /// The loan.
    pub loan: Loan,
    /// The locals that hold it.
    pub holders: Vec<Local>,
}

/// By local, in order; those that hold nothing are not in it.
#[derive(Clone, Debug, Default)]
struct Held(Vec<(usize, BitSet)>);

impl Held {
    fn find(&self, local: usize) -> Result<usize, usize> {
        self.0.binary_search_by(|&(known, _)| known.cmp(&local))
    }

    fn get(&self, local: usize) -> Option<&BitSet> {
        Some(&self.0[self.find(local).ok()?].1)
    }

    /// Adds to what a local holds; whether that was anything new.
    fn add(&mut self, local: usize, more: &BitSet) -> bool {
        let at = self.find(local).unwrap_or_else(|at| {
            self.0.insert(at, (local, BitSet::default()));
            at
        });
        self.0[at].1.union(more)
    }

    fn remove(&mut self, local: usize) {
        if let Ok(at) = self.find(local) {
            self.0.remove(at);
        }
    }
}

struct Loans<'a> {
    program: &'a Program,
    body: &'a Body,
    /// By block and statement.
    numbers: HashMap<(usize, usize), usize>,
    loans: Vec<Loan>,
    /// By local: whether its type may contain a reference.
    holds: Vec<bool>,
}

/// The live loans at each suspend point.
///
/// Only those are followed that may be shown in the end, of what is saved and is no awaitee, and those through which references may
/// get somewhere: mutable ones of what may hold references.
pub fn at(program: &Program, body: &Body, saved: &Saved) -> Vec<Vec<LiveLoan>> {
    let is_shown = |local: Local| {
        let is_saved = local == Local::SELF || saved.slots.binary_search(&local).is_ok();
        is_saved && body.locals.get(local.index()).is_some_and(|decl| decl.kind != LocalKind::Awaitee)
    };
    let mut loans = Loans { program, body, numbers: HashMap::default(), loans: Vec::new(), holds: Vec::new() };
    let mut known = HashMap::default();
    let mut holds = |decl: &LocalDecl| *known.entry(decl.ty).or_insert_with(|| contains_reference(program, decl.ty));
    loans.holds = body.locals.iter().map(&mut holds).collect();
    loans.find(&is_shown);
    if !loans.loans.iter().any(|loan| is_shown(loan.place.local)) {
        return vec![Vec::new(); saved.points.len()];
    }
    let ends = loans.solve();
    let show = |point: &Point| {
        let Some(Some(held)) = ends.get(point.block.index()) else { return Vec::new() };
        let mut shown: Vec<LiveLoan> = Vec::new();
        for (number, loan) in loans.loans.iter().enumerate().filter(|(_, loan)| is_shown(loan.place.local)) {
            let is_holder = |(i, of): &&(usize, BitSet)| of.contains(number) && point.live_locals.contains(*i);
            let holders: Vec<Local> = held.0.iter().filter(is_holder).map(|&(i, _)| Local(i as u32)).collect();
            match shown.iter_mut().find(|other| other.loan == *loan) {
                _ if holders.is_empty() => {}
                Some(other) => other.holders.extend(holders),
                None => shown.push(LiveLoan { loan: loan.clone(), holders }),
            }
        }
        for loan in &mut shown {
            sort_and_dedup(&mut loan.holders);
        }
        shown
    };
    saved.points.iter().map(show).collect()
}

impl Loans<'_> {
    fn find(&mut self, is_shown: &impl Fn(Local) -> bool) {
        for (b, block) in self.body.blocks.iter().enumerate() {
            for (s, statement) in block.statements.iter().enumerate() {
                let StatementKind::Assign(_, Rvalue::Ref(is_mutable, place) | Rvalue::RawPtr(is_mutable, place)) =
                    &statement.kind
                else {
                    continue;
                };
                let is_capture = matches!(place.proj.first(), Some(Proj::Field(..)));
                if place.is_indirect() || (place.local == Local::SELF && !is_capture) {
                    continue;
                }
                let leads_on = *is_mutable && self.holds.get(place.local.index()) == Some(&true);
                if !leads_on && !is_shown(place.local) {
                    continue;
                }
                self.numbers.insert((b, s), self.loans.len());
                self.loans.push(Loan { place: place.clone(), is_mutable: *is_mutable });
            }
        }
    }

    /// What every local holds at the end of each block that is reached and suspends.
    fn solve(&self) -> Vec<Option<Held>> {
        let count = self.body.blocks.len();
        let mut entries: Vec<Option<Held>> = vec![None; count];
        let mut ends = vec![None; count];
        let mut todo = Vec::new();
        if count > 0 {
            entries[0] = Some(Held::default());
            todo.push(0);
        }
        while let Some(b) = todo.pop() {
            let Some(mut held) = entries[b].clone() else { continue };
            let block = &self.body.blocks[b];
            for (s, statement) in block.statements.iter().enumerate() {
                self.statement(&mut held, &statement.kind, self.numbers.get(&(b, s)).copied());
            }
            if matches!(block.terminator.kind, TerminatorKind::Yield { .. }) {
                ends[b] = Some(held.clone());
            }
            self.terminator(&mut held, &block.terminator.kind);
            for next in block.terminator.kind.successors().map(Block::index).filter(|&next| next < count) {
                let is_new = match &mut entries[next] {
                    Some(known) => held.0.iter().fold(false, |is, (i, of)| known.add(*i, of) || is),
                    unknown => {
                        *unknown = Some(held.clone());
                        true
                    }
                };
                if is_new && !todo.contains(&next) {
                    todo.push(next);
                }
            }
        }
        ends
    }

    fn statement(&self, held: &mut Held, kind: &StatementKind, loan: Option<usize>) {
        match kind {
            StatementKind::Assign(place, rvalue) => {
                let mut from = BitSet::default();
                from_rvalue(held, rvalue, &mut from);
                if let Some(loan) = loan {
                    from.insert(loan);
                }
                rvalue.operands().for_each(|operand| moved(held, operand));
                self.write(held, place, &from);
            }
            StatementKind::StorageDead(local) => {
                held.remove(local.index());
                for (number, _) in self.loans.iter().enumerate().filter(|(_, loan)| loan.place.local == *local) {
                    held.0.iter_mut().for_each(|(_, of)| of.remove(number));
                }
            }
            StatementKind::StorageLive(_) | StatementKind::PlaceMention(_) | StatementKind::Nop => {}
        }
    }

    fn terminator(&self, held: &mut Held, kind: &TerminatorKind) {
        if let TerminatorKind::Call { func, args, destination, .. } = kind {
            let mut from = BitSet::default();
            args.iter().for_each(|arg| from_operand(held, arg, &mut from));
            // What a mutable borrow points to may keep what came with it.
            for loan in from.iter().collect::<Vec<_>>() {
                let Loan { place, is_mutable } = &self.loans[loan];
                if *is_mutable && self.holds.get(place.local.index()) == Some(&true) {
                    let mut others = from.clone();
                    others.remove(loan);
                    held.add(place.local.index(), &others);
                }
            }
            if self.takes_out(func) {
                // What comes out lived in there, and is no reference to it.
                let itself = args.first().into_iter().flat_map(|arg| self.direct(held, arg)).collect::<Vec<_>>();
                itself.into_iter().for_each(|loan| from.remove(loan));
            }
            args.iter().for_each(|arg| moved(held, arg));
            self.write(held, destination, &from);
        }
    }

    /// Whether a function gives out what its first argument points to, not a reference to it: `next`, `pop` and the like.
    fn takes_out(&self, func: &Operand) -> bool {
        let Operand::Const(Const::Fn(callee), _) = func else { return false };
        let name = match callee {
            Callee::Intrinsic(name, _) => name,
            Callee::Body(id) => match self.program.bodies.get(id.0 as usize) {
                Some(body) => &body.name,
                None => return false,
            },
        };
        let name = name.split('<').next().unwrap_or_default();
        TAKING.contains(&name.rsplit("::").next().unwrap_or_default())
    }

    /// The mutable loans that an argument is a reference of, of places that may hold references themselves.
    fn direct(&self, held: &Held, arg: &Operand) -> Vec<usize> {
        let (Operand::Copy(place) | Operand::Move(place)) = arg else { return Vec::new() };
        let Some(of) = held.get(place.local.index()) else { return Vec::new() };
        let is_direct = |&loan: &usize| {
            let loan = &self.loans[loan];
            loan.is_mutable && self.holds.get(loan.place.local.index()) == Some(&true)
        };
        of.iter().filter(is_direct).collect()
    }

    fn write(&self, held: &mut Held, place: &Place, from: &BitSet) {
        let i = place.local.index();
        if self.holds.get(i) != Some(&true) {
            return;
        }
        if place.proj.is_empty() {
            held.remove(i);
        }
        if !from.is_empty() {
            held.add(i, from);
        }
    }
}

fn from_rvalue(held: &Held, rvalue: &Rvalue, out: &mut BitSet) {
    if let Rvalue::Ref(_, place) | Rvalue::RawPtr(_, place) = rvalue {
        from_place(held, place, out);
    }
    rvalue.operands().for_each(|operand| from_operand(held, operand, out));
}

fn from_operand(held: &Held, operand: &Operand, out: &mut BitSet) {
    if let Operand::Copy(place) | Operand::Move(place) = operand {
        from_place(held, place, out);
    }
}

fn from_place(held: &Held, place: &Place, out: &mut BitSet) {
    if let Some(of) = held.get(place.local.index()) {
        out.union(of);
    }
}

fn moved(held: &mut Held, operand: &Operand) {
    if let Operand::Move(place) = operand
        && place.as_local().is_some()
    {
        held.remove(place.local.index());
    }
}

/// Functions that give out what was in there.
const TAKING: &[&str] =
    &["next", "next_back", "nth", "take", "replace", "pop", "pop_front", "pop_back", "remove", "swap_remove", "poll"];

/// Types of std that borrow, and whose insides are not given.
const BORROWING: &[&str] = &[
    "Iter",
    "IterMut",
    "Windows",
    "Chunks",
    "Chars",
    "Split",
    "SplitWhitespace",
    "Lines",
    "Drain",
    "Ref",
    "RefMut",
    "Arguments",
    "Argument",
    "Entry",
];

/// Whether a value of a type may contain a reference.
fn contains_reference(program: &Program, ty: Ty) -> bool {
    within(program, ty, &mut Vec::new())
}

fn within(program: &Program, ty: Ty, seen: &mut Vec<Ty>) -> bool {
    let types = &program.types;
    if seen.contains(&ty) {
        return false;
    }
    seen.push(ty);
    match types.kind(ty) {
        TyKind::Ref(..) | TyKind::RawPtr(..) => true,
        TyKind::Tuple(fields) => fields.iter().any(|&field| within(program, field, seen)),
        TyKind::Array(item, _) | TyKind::Slice(item) => within(program, *item, seen),
        TyKind::Closure(body) | TyKind::Coroutine(body) => {
            types.upvars(*body).iter().any(|upvar| within(program, upvar.ty, seen))
        }
        TyKind::Adt(_, args) => {
            let Some(def) = types.adt(ty) else { return false };
            let name = def.name.rsplit("::").next().unwrap_or_default();
            (def.opaque.is_some() && BORROWING.contains(&name))
                || args.iter().any(|&arg| within(program, arg, seen))
                || types.variants(ty).iter().flat_map(|v| &v.fields).any(|field| within(program, field.ty, seen))
        }
        _ => false,
    }
}
