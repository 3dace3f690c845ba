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

use super::effects::{Effects, Kind};
use crate::bits::BitSet;

/// By block: the locals that are live at its end, after the terminator's destination is written.
pub(super) fn at_ends(effects: &Effects) -> Vec<BitSet> {
    let none = || vec![BitSet::new(effects.locals); effects.blocks.len()];
    let (mut entries, mut ends) = (none(), none());
    let mut is_new = true;
    while is_new {
        is_new = false;
        for &at in effects.reachable.iter().rev() {
            let block = &effects.blocks[at];
            let mut state = BitSet::new(effects.locals);
            for &next in block.successors.iter().filter(|next| next.index() < effects.blocks.len()) {
                let mut from = entries[next.index()].clone();
                let terminator = block.effects.last().filter(|t| t.whole && block.returns_to == Some(next));
                if let Some(local) = terminator.and_then(|t| t.writes) {
                    from.remove(local);
                }
                state.union(&from);
            }
            ends[at] = state.clone();
            for effect in block.effects.iter().rev() {
                if let (Kind::Assign, true, Some(local)) = (effect.kind, effect.whole, effect.writes) {
                    state.remove(local);
                }
                for &local in &effect.uses {
                    state.insert(local);
                }
            }
            is_new |= entries[at].union(&state);
        }
    }
    ends
}
