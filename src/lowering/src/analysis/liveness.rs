//! Live locals: those whose value may be used later.
//!
//! Backward, over sets of locals; nothing is live at the end.
//!
//! | what | effect |
//! |------|--------|
//! | a borrow, drop, copy or move of `x` or of a part of it | adds `x` |
//! | an assignment to the whole of `x` | takes `x` out, before its operands are added |
//! | a call whose destination is the whole of `x` | takes `x` out, on the edge where it returns |
//! | a write to a part of `x` | nothing |
//!
//! References are not followed: a local that is only read through a reference is *borrowed*, not live.

use super::blocks::{Change, State, backward, join_successors};
use super::effects::{BlockEffects, Effects, Kind};
use crate::bits::BitSet;

/// The sets at the starts of blocks.
pub(super) struct Liveness<'a> {
    effects: &'a Effects,
    starts: Vec<BitSet>,
}

impl<'a> Liveness<'a> {
    pub(super) fn of(effects: &'a Effects) -> Liveness<'a> {
        let change = |block: &BlockEffects| {
            let mut change = Change::new(effects.locals);
            for effect in block.effects.iter().rev() {
                if let (Kind::Assign, true, Some(local)) = (effect.kind, effect.whole, effect.writes) {
                    change.take_out(local);
                }
                effect.uses.iter().for_each(|&local| change.add(local));
            }
            change
        };
        let changes: Vec<Change> = effects.blocks.iter().map(change).collect();
        Liveness { effects, starts: backward(effects, &changes, defined) }
    }

    /// The locals that are live at the end of a block, after the terminator's destination is written.
    pub(super) fn at_end(&self, block: usize) -> BitSet {
        let mut state = BitSet::new(self.effects.locals);
        join_successors(&self.effects.blocks[block], &self.starts, &mut state, &defined);
        state
    }
}

/// The local that a block's terminator writes as a whole where it returns.
fn defined(block: &BlockEffects) -> Option<usize> {
    block.effects.last().filter(|terminator| terminator.whole).and_then(|terminator| terminator.writes)
}
