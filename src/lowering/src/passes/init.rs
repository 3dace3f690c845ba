//! Which parts may be initialised, and which may not, at each point: two forward analyses over move paths.
//!
//! At the start arguments are initialised, all else is not. An assignment initialises a path with its children; a move, a drop and
//! StorageDead do the opposite. On the edge of a switch on a discriminant, the parts of all other variants are not initialised.

use super::move_paths::{Key, MovePaths};
use crate::bits::BitSet;
use crate::few::Few;
use crate::lower::Lowerer;
use crate::mir::{Block, Body, Operand, Place, Rvalue, Statement, StatementKind, TerminatorKind, reverse_postorder};

/// The paths that may be initialised, and those that may be uninitialised.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct State {
    init: BitSet,
    uninit: BitSet,
}

impl Clone for State {
    fn clone(&self) -> State {
        State { init: self.init.clone(), uninit: self.uninit.clone() }
    }

    fn clone_from(&mut self, other: &State) {
        self.init.clone_from(&other.init);
        self.uninit.clone_from(&other.uninit);
    }
}

impl State {
    pub(super) fn set(&mut self, path: usize, present: bool) {
        let (into, from) =
            if present { (&mut self.init, &mut self.uninit) } else { (&mut self.uninit, &mut self.init) };
        into.insert(path);
        from.remove(path);
    }

    /// Whether a path may be initialised, and whether it may be uninitialised.
    pub(super) fn both(&self, path: usize) -> (bool, bool) {
        (self.init.contains(path), self.uninit.contains(path))
    }

    /// Adds what another may be; whether that was anything new.
    fn join(&mut self, other: &State) -> bool {
        // Both, whatever the first says.
        self.init.union(&other.init) | self.uninit.union(&other.uninit)
    }
}

pub(super) struct Init<'a> {
    pub(super) low: &'a Lowerer,
    pub(super) body: &'a Body,
    pub(super) paths: &'a MovePaths,
    /// Whether parts of variants that a switch rules out count as uninitialised.
    pub(super) inactive: bool,
}

impl Init<'_> {
    /// The states at the starts of blocks; none for those that are not reached.
    pub(super) fn run(&self) -> Vec<Option<State>> {
        let count = self.paths.paths.len();
        let mut start = State { init: BitSet::new(count), uninit: (0..count).collect() };
        for (&local, &path) in &self.paths.locals {
            if local >= 1 && local <= self.body.arg_count as u32 {
                self.paths.with_children(path, &mut |path| start.set(path, true));
            }
        }
        let successors: Vec<Few<Block>> =
            self.body.blocks.iter().map(|block| block.terminator.kind.successors().collect()).collect();
        let order = reverse_postorder(successors.len(), |block, nth| successors[block].get(nth).copied());
        let mut entry = vec![None; self.body.blocks.len()];
        entry[0] = Some(start);
        let mut dirty = vec![true; self.body.blocks.len()];
        let mut state = State { init: BitSet::new(count), uninit: BitSet::new(count) };
        let mut is_new = true;
        while is_new {
            is_new = false;
            for &at in &order {
                let (true, Some(known)) = (std::mem::replace(&mut dirty[at], false), &entry[at]) else { continue };
                state.clone_from(known);
                for statement in &self.body.blocks[at].statements {
                    self.statement(statement, &mut |path, present| state.set(path, present));
                }
                self.edges(Block(at as u32), &mut state, &successors[at], &mut |next, state| {
                    let changed = match &mut entry[next.index()] {
                        Some(known) => known.join(state),
                        empty => {
                            *empty = Some(state.clone());
                            true
                        }
                    };
                    dirty[next.index()] |= changed;
                    is_new |= changed;
                });
            }
        }
        entry
    }

    /// What a statement initialises or the opposite, in order.
    pub(super) fn statement(&self, statement: &Statement, set: &mut impl FnMut(usize, bool)) {
        match &statement.kind {
            StatementKind::Assign(place, rvalue) => {
                for operand in rvalue.operands() {
                    self.operand(operand, set);
                }
                self.place(place, true, set);
            }
            StatementKind::StorageDead(local) => self.place(&Place::from(*local), false, set),
            _ => {}
        }
    }

    /// What a terminator moves, before it goes on.
    pub(super) fn terminator_moves(&self, block: Block, set: &mut impl FnMut(usize, bool)) {
        match &self.body.block(block).terminator.kind {
            TerminatorKind::Call { func, args, .. } => {
                self.operand(func, set);
                args.iter().for_each(|arg| self.operand(arg, set));
            }
            TerminatorKind::Drop { place, .. } => self.place(place, false, set),
            _ => {}
        }
    }

    fn operand(&self, operand: &Operand, set: &mut impl FnMut(usize, bool)) {
        if let Operand::Move(place) = operand {
            self.place(place, false, set);
        }
    }

    pub(super) fn place(&self, place: &Place, present: bool, set: &mut impl FnMut(usize, bool)) {
        self.paths.find(self.low, self.body, place, |path| {
            self.paths.with_children(path, &mut |path| set(path, present));
        });
    }

    /// Calls `go` with each block that may come next, and the state on the edge to it.
    fn edges(&self, block: Block, state: &mut State, successors: &[Block], go: &mut impl FnMut(Block, &State)) {
        self.terminator_moves(block, &mut |path, present| state.set(path, present));
        match &self.body.block(block).terminator.kind {
            TerminatorKind::Call { destination, target: Some(target), .. } => {
                self.place(destination, true, &mut |path, present| state.set(path, present));
                go(*target, state);
            }
            TerminatorKind::SwitchInt { value, targets, otherwise } if self.inactive => {
                let place = self.switched_enum(block, value);
                let path = place.as_ref().and_then(|place| self.paths.first(self.low, self.body, place));
                let (Some(place), Some(path)) = (place, path) else {
                    return successors.iter().for_each(|&next| go(next, state));
                };
                let ty = self.place_ty(&place);
                let variants = self.low.defs.types.variants(super::move_paths::actual(self.low, ty));
                let variant_of = |bits: u128| {
                    variants.iter().position(|variant| variant.discriminant as u128 & u128::from(u32::MAX) == bits)
                };
                let without = |mut state: State, is_gone: &dyn Fn(usize) -> bool| {
                    for &(key, child) in &self.paths.paths[path].children {
                        if let Key::Variant(variant) = key
                            && is_gone(variant as usize)
                        {
                            self.paths.with_children(child, &mut |path| state.set(path, false));
                        }
                    }
                    state
                };
                let mut seen = Vec::new();
                for &(bits, target) in targets {
                    let active = variant_of(bits);
                    seen.extend(active);
                    go(target, &without(state.clone(), &|variant| active != Some(variant)));
                }
                go(*otherwise, &without(state.clone(), &|variant| seen.contains(&variant)));
            }
            _ => successors.iter().for_each(|&next| go(next, state)),
        }
    }

    /// The enum whose discriminant a switch tests: it is read right before.
    fn switched_enum(&self, block: Block, value: &Operand) -> Option<Place> {
        let (Operand::Move(place) | Operand::Copy(place)) = value else { return None };
        let local = place.as_local()?;
        for statement in self.body.block(block).statements.iter().rev() {
            if let StatementKind::Assign(to, rvalue) = &statement.kind
                && to.as_local() == Some(local)
            {
                return match rvalue {
                    Rvalue::Discriminant(place) => Some(place.clone()),
                    _ => None,
                };
            }
        }
        None
    }

    pub(super) fn place_ty(&self, place: &Place) -> crate::ty::Ty {
        crate::passes::elaborate_drops::place_ty(self.low, self.body, place)
    }
}
