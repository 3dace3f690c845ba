//! Where control goes: suspend points, switches, and all other ends of blocks.

use super::super::path::{Path, Step};
use super::super::state::State;
use super::{Check, Rule, Walk};
use crate::mir::{Block, Local, Operand, Place, TerminatorKind};

impl Walk<'_> {
    pub(super) fn terminator(
        &self,
        mut state: State,
        block: usize,
        kind: &TerminatorKind,
    ) -> Check<Vec<(usize, State)>> {
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
                // Dropping gives a context, too, to those that await on the way.
                self.write(&mut state, resume_arg)?;
                vec![(resume.index(), resumed), (drop.index(), state)]
            }
        })
    }

    /// What is not saved is lost.
    pub(super) fn suspend(&self, state: &mut State, block: usize) -> Check<()> {
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

    pub(super) fn switch(
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
