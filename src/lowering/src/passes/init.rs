//! Which parts may be initialised, and which may not, at each point: two forward analyses over move paths.
//!
//! At the start arguments are initialised, all else is not. An assignment initialises a path with its children; a move, a drop and
//! StorageDead do the opposite. On the edge of a switch on a discriminant, the parts of all other variants are not initialised.

use super::move_paths::{Key, MovePaths, operands};
use crate::lower::Lowerer;
use crate::mir::{Block, Body, Operand, Place, Rvalue, Statement, StatementKind, TerminatorKind};

/// For each path, whether it may be initialised, and whether it may be uninitialised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) init: Vec<bool>,
    pub(super) uninit: Vec<bool>,
}

impl State {
    pub(super) fn set(&mut self, path: usize, present: bool) {
        self.init[path] = present;
        self.uninit[path] = !present;
    }

    /// Adds what another may be; whether that was anything new.
    fn join(&mut self, other: &State) -> bool {
        let mut changed = false;
        let lists = [(&mut self.init, &other.init), (&mut self.uninit, &other.uninit)];
        for (own, other) in lists {
            for (own, &other) in own.iter_mut().zip(other) {
                changed |= other && !*own;
                *own |= other;
            }
        }
        changed
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
        let mut start = State { init: vec![false; count], uninit: vec![true; count] };
        for (&local, &path) in &self.paths.locals {
            if local >= 1 && local <= self.body.arg_count as u32 {
                self.paths.with_children(path, &mut |path| start.set(path, true));
            }
        }
        let mut entry = vec![None; self.body.blocks.len()];
        entry[0] = Some(start);
        let mut todo = vec![Block::START];
        while let Some(block) = todo.pop() {
            let Some(mut state) = entry[block.index()].clone() else { continue };
            for statement in &self.body.block(block).statements {
                self.statement(statement, &mut |path, present| state.set(path, present));
            }
            for (next, state) in self.edges(block, state) {
                let changed = match &mut entry[next.index()] {
                    Some(known) => known.join(&state),
                    empty => {
                        *empty = Some(state);
                        true
                    }
                };
                if changed {
                    todo.push(next);
                }
            }
        }
        entry
    }

    /// What a statement initialises or the opposite, in order.
    pub(super) fn statement(&self, statement: &Statement, set: &mut impl FnMut(usize, bool)) {
        match &statement.kind {
            StatementKind::Assign(place, rvalue) => {
                for operand in operands(rvalue) {
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
        for path in self.paths.find(self.low, self.body, place) {
            self.paths.with_children(path, &mut |path| set(path, present));
        }
    }

    fn edges(&self, block: Block, state: State) -> Vec<(Block, State)> {
        let mut state = state;
        self.terminator_moves(block, &mut |path, present| state.set(path, present));
        match &self.body.block(block).terminator.kind {
            TerminatorKind::Call { destination, target: Some(target), .. } => {
                self.place(destination, true, &mut |path, present| state.set(path, present));
                vec![(*target, state)]
            }
            TerminatorKind::SwitchInt { value, targets, otherwise } if self.inactive => {
                let Some(place) = self.switched_enum(block, value) else { return self.plain(block, state) };
                let Some(&path) = self.paths.find(self.low, self.body, &place).first() else {
                    return self.plain(block, state);
                };
                let ty = self.place_ty(&place);
                let variants = self.low.defs.types.variants(super::move_paths::actual(self.low, ty));
                let variant_of = |bits: u128| {
                    variants.iter().position(|variant| variant.discriminant as u128 & u128::from(u32::MAX) == bits)
                };
                let mut edges = Vec::new();
                let mut seen = Vec::new();
                for &(bits, target) in targets {
                    let mut state = state.clone();
                    let active = variant_of(bits);
                    seen.extend(active);
                    for &(key, child) in &self.paths.paths[path].children {
                        if let Key::Variant(variant) = key
                            && active != Some(variant as usize)
                        {
                            self.paths.with_children(child, &mut |path| state.set(path, false));
                        }
                    }
                    edges.push((target, state));
                }
                for &(key, child) in &self.paths.paths[path].children {
                    if let Key::Variant(variant) = key
                        && seen.contains(&(variant as usize))
                    {
                        self.paths.with_children(child, &mut |path| state.set(path, false));
                    }
                }
                edges.push((*otherwise, state));
                edges
            }
            _ => self.plain(block, state),
        }
    }

    fn plain(&self, block: Block, state: State) -> Vec<(Block, State)> {
        self.body.block(block).terminator.kind.successors().into_iter().map(|next| (next, state.clone())).collect()
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
