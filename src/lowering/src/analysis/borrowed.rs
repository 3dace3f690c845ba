//! Borrowed locals: those that a reference may point into.
//!
//! Forward, over sets of locals; nothing is borrowed at the start.
//!
//! | what | effect |
//! |------|--------|
//! | `&x`, `&mut x`, `&raw x`, `drop(x)` of a place without a deref | adds `x` |
//! | StorageDead(x) | takes `x` out |
//! | anything else, also the last use of the reference, and a move out of `x` | nothing |

use super::blocks::{Change, State, forward};
use super::effects::{Effect, Effects, Kind};
use crate::bits::BitSet;

/// What a statement or terminator does.
pub(super) fn transfer(state: &mut impl State, effect: &Effect) {
    for &local in effect.borrows.iter() {
        state.add(local);
    }
    if let Kind::StorageDead(local) = effect.kind {
        state.take_out(local);
    }
}

/// By block: the locals that are borrowed at its start. None for blocks that are not reached.
pub(super) fn at_starts(effects: &Effects) -> Vec<BitSet> {
    let change = |block: &super::effects::BlockEffects| {
        let mut change = Change::new(effects.locals);
        block.effects.iter().for_each(|effect| transfer(&mut change, effect));
        change
    };
    let changes: Vec<Change> = effects.blocks.iter().map(change).collect();
    forward(effects, BitSet::new(effects.locals), &changes, |_| None)
}
