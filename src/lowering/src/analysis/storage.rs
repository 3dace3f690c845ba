//! Locals that require storage: those whose bytes may still be looked at, by name or through a reference.
//!
//! Forward, over sets of locals; at the start only the resume argument. An *early* effect comes before the operands are gone, so that
//! a destination never shares bytes with them.
//!
//! | what | early effect | then |
//! |------|--------------|------|
//! | a borrow or drop of `x` | adds `x` | |
//! | an assignment to `x` or a part of it | adds `x` | |
//! | a call with the destination `x` | adds `x` | takes it out; adds it again where the call returns |
//! | a move out of the whole of `x` | | takes `x` out, unless it is borrowed |
//! | StorageDead(x) | takes `x` out | |

use super::blocks::{Change, State, forward};
use super::borrowed;
use super::effects::{BlockEffects, Effect, Effects, Kind};
use crate::bits::BitSet;
use crate::mir::Local;

/// The states, to be walked through.
pub(super) struct Storage<'a> {
    effects: &'a Effects,
    /// What is borrowed at the start of each block.
    borrowed: Vec<BitSet>,
    starts: Vec<BitSet>,
}

fn early(state: &mut impl State, effect: &Effect) {
    for &local in effect.borrows.iter() {
        state.add(local);
    }
    match (effect.kind, effect.writes) {
        (Kind::StorageDead(local), _) => state.take_out(local),
        (Kind::Assign | Kind::Call, Some(local)) => state.add(local),
        _ => {}
    }
}

/// `borrowed`: what is borrowed before the effect.
fn late(state: &mut impl State, effect: &Effect, borrowed: &BitSet) {
    if let (Kind::Call, Some(local)) = (effect.kind, effect.writes) {
        state.take_out(local);
    }
    for &local in effect.moves.iter().filter(|&&local| !borrowed.contains(local)) {
        state.take_out(local);
    }
    if let (Kind::Assign, Some(local)) = (effect.kind, effect.writes) {
        state.add(local);
    }
}

/// The local that the return of a block's call gives storage again.
fn returned(block: &BlockEffects) -> Option<usize> {
    block.effects.last().filter(|terminator| terminator.kind == Kind::Call).and_then(|terminator| terminator.writes)
}

impl<'a> Storage<'a> {
    /// Solves it, given what is [borrowed](super::borrowed) at the start of each block.
    pub(super) fn new(effects: &'a Effects, borrowed: Vec<BitSet>) -> Storage<'a> {
        let mut entry = BitSet::new(effects.locals);
        entry.insert(Local::RESUME.index());
        let change = |(block, borrowed): (&BlockEffects, &BitSet)| {
            let (mut change, mut borrowed) = (Change::new(effects.locals), borrowed.clone());
            for effect in &block.effects {
                early(&mut change, effect);
                late(&mut change, effect, &borrowed);
                borrowed::transfer(&mut borrowed, effect);
            }
            change
        };
        let changes: Vec<Change> = effects.blocks.iter().zip(&borrowed).map(change).collect();
        let starts = forward(effects, entry, &changes, returned);
        Storage { effects, borrowed, starts }
    }

    /// Shows each place of a block: the locals that require storage right after its early effect, and those that are borrowed
    /// before it.
    pub(super) fn walk(&self, block: usize, mut see: impl FnMut(usize, &BitSet, &BitSet)) {
        let (mut state, mut borrowed) = (self.starts[block].clone(), self.borrowed[block].clone());
        for (i, effect) in self.effects.blocks[block].effects.iter().enumerate() {
            early(&mut state, effect);
            see(i, &state, &borrowed);
            late(&mut state, effect, &borrowed);
            borrowed::transfer(&mut borrowed, effect);
        }
    }
}
