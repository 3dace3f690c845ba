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

use super::effects::{Effect, Effects, Kind};
use super::forward::{Forward, solve};
use crate::bits::BitSet;
use crate::mir::Local;

/// The states, to be walked through.
pub(super) struct Storage<'a> {
    effects: &'a Effects,
    borrowed: &'a [Vec<BitSet>],
    entries: Vec<BitSet>,
}

struct Requires<'a>(&'a [Vec<BitSet>]);

impl Requires<'_> {
    fn late(&self, state: &mut BitSet, effect: &Effect, (block, place): (usize, usize)) {
        if let (Kind::Call, Some(local)) = (effect.kind, effect.writes) {
            state.remove(local);
        }
        let borrowed = self.0.get(block).and_then(|places| places.get(place));
        for &local in effect.moves.iter().filter(|&&local| !borrowed.is_some_and(|b| b.contains(local))) {
            state.remove(local);
        }
        if let (Kind::Assign, Some(local)) = (effect.kind, effect.writes) {
            state.insert(local);
        }
    }
}

impl Forward for Requires<'_> {
    fn transfer(&self, state: &mut BitSet, effect: &Effect, at: (usize, usize)) {
        early(state, effect);
        self.late(state, effect, at);
    }

    fn returned(&self, state: &mut BitSet, effect: &Effect) {
        if let (Kind::Call, Some(local)) = (effect.kind, effect.writes) {
            state.insert(local);
        }
    }
}

fn early(state: &mut BitSet, effect: &Effect) {
    for &local in &effect.borrows {
        state.insert(local);
    }
    match (effect.kind, effect.writes) {
        (Kind::StorageDead(local), _) => state.remove(local),
        (Kind::Assign | Kind::Call, Some(local)) => {
            state.insert(local);
        }
        _ => {}
    }
}

impl<'a> Storage<'a> {
    /// Solves it, given what is [borrowed](super::borrowed) before each place.
    pub(super) fn new(effects: &'a Effects, borrowed: &'a [Vec<BitSet>]) -> Storage<'a> {
        let mut entry = BitSet::new(effects.locals);
        entry.insert(Local::RESUME.index());
        let entries = solve(effects, entry, &Requires(borrowed));
        Storage { effects, borrowed, entries }
    }

    /// Shows each place of a block with the locals that require storage right after its early effect.
    pub(super) fn walk(&self, block: usize, mut see: impl FnMut(usize, &BitSet)) {
        let requires = Requires(self.borrowed);
        let mut state = self.entries[block].clone();
        for (i, effect) in self.effects.blocks[block].effects.iter().enumerate() {
            early(&mut state, effect);
            see(i, &state);
            requires.late(&mut state, effect, (block, i));
        }
    }
}
