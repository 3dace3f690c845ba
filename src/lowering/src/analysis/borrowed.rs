//! Borrowed locals: those that a reference may point into.
//!
//! Forward, over sets of locals; nothing is borrowed at the start.
//!
//! | what | effect |
//! |------|--------|
//! | `&x`, `&mut x`, `&raw x`, `drop(x)` of a place without a deref | adds `x` |
//! | StorageDead(x) | takes `x` out |
//! | anything else, also the last use of the reference, and a move out of `x` | nothing |

use super::effects::{Effect, Effects, Kind};
use super::forward::{Forward, solve};
use crate::bits::BitSet;

struct Borrowed;

impl Forward for Borrowed {
    fn transfer(&self, state: &mut BitSet, effect: &Effect, _at: (usize, usize)) {
        transfer(state, effect);
    }
}

fn transfer(state: &mut BitSet, effect: &Effect) {
    for &local in &effect.borrows {
        state.insert(local);
    }
    if let Kind::StorageDead(local) = effect.kind {
        state.remove(local);
    }
}

/// By block and place: the locals that are borrowed before what stands there. Nothing for blocks that are not reached.
pub(super) fn before_each(effects: &Effects) -> Vec<Vec<BitSet>> {
    let entries = solve(effects, BitSet::new(effects.locals), &Borrowed);
    let mut all = vec![Vec::new(); effects.blocks.len()];
    for &block in &effects.reachable {
        let mut state = entries[block].clone();
        for effect in &effects.blocks[block].effects {
            all[block].push(state.clone());
            transfer(&mut state, effect);
        }
    }
    all
}
