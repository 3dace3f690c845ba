//! What blocks do to sets of locals, and the worklist that finds the sets at their edges.
//!
//! All three analyses are of one kind: what a block does is what it adds and what it takes out, whatever was in the set before. So each
//! block is read once, and the worklist goes over blocks alone; who needs the set inside of one goes through that block again.
//!
//! The lattice is sets of locals under union. Blocks are visited in reverse postorder (backward analyses: in postorder), so that most are
//! visited once and those in loops a few times.

use super::effects::{BlockEffects, Effects};
use crate::bits::BitSet;

/// What a block does to a set.
#[derive(Clone, Debug)]
pub(super) struct Change {
    adds: BitSet,
    removes: BitSet,
}

impl Change {
    /// Nothing.
    pub(super) fn new(locals: usize) -> Change {
        Change { adds: BitSet::new(locals), removes: BitSet::new(locals) }
    }

    fn apply(&self, state: &mut BitSet) {
        state.subtract(&self.removes);
        state.union(&self.adds);
    }
}

/// What an effect adds to and takes out of, one local after the other: a set, or a [`Change`] that is being put together.
pub(super) trait State {
    fn add(&mut self, local: usize);
    fn take_out(&mut self, local: usize);
}

impl State for BitSet {
    fn add(&mut self, local: usize) {
        self.insert(local);
    }

    fn take_out(&mut self, local: usize) {
        self.remove(local);
    }
}

impl State for Change {
    fn add(&mut self, local: usize) {
        self.adds.insert(local);
        self.removes.remove(local);
    }

    fn take_out(&mut self, local: usize) {
        self.adds.remove(local);
        self.removes.insert(local);
    }
}

/// The sets at the starts of blocks, of a forward analysis that begins with `entry`; empty for blocks that are not reached. `returned`
/// says which local the return of a block's call adds, on the edge where it returns.
pub(super) fn forward(
    effects: &Effects,
    entry: BitSet,
    changes: &[Change],
    returned: impl Fn(&BlockEffects) -> Option<usize>,
) -> Vec<BitSet> {
    let mut entries = vec![BitSet::new(effects.locals); effects.blocks.len()];
    let Some(first) = entries.first_mut() else { return entries };
    *first = entry;
    let mut out = BitSet::new(effects.locals);
    let mut dirty = vec![true; effects.blocks.len()];
    let mut is_new = true;
    while is_new {
        is_new = false;
        for &at in &effects.order {
            if !std::mem::replace(&mut dirty[at], false) {
                continue;
            }
            let block = &effects.blocks[at];
            out.clone_from(&entries[at]);
            changes[at].apply(&mut out);
            for &next in block.successors.iter() {
                let next = next.index();
                if next >= entries.len() {
                    continue;
                }
                let mut grows = entries[next].union(&out);
                if block.returns_to.is_some_and(|to| to.index() == next)
                    && let Some(local) = returned(block)
                {
                    grows |= entries[next].insert(local);
                }
                dirty[next] |= grows;
                is_new |= grows;
            }
        }
    }
    entries
}

/// The sets at the starts of blocks, of a backward analysis; nothing is in them at the end. `defined` says which local a block's call
/// takes out, on the edge where it returns.
pub(super) fn backward(
    effects: &Effects,
    changes: &[Change],
    defined: impl Fn(&BlockEffects) -> Option<usize>,
) -> Vec<BitSet> {
    let mut entries = vec![BitSet::new(effects.locals); effects.blocks.len()];
    let mut state = BitSet::new(effects.locals);
    let mut is_new = true;
    while is_new {
        is_new = false;
        for &at in effects.order.iter().rev() {
            join_successors(&effects.blocks[at], &entries, &mut state, &defined);
            changes[at].apply(&mut state);
            is_new |= entries[at].union(&state);
        }
    }
    entries
}

/// The set at the end of a block, from those at the starts of the blocks that may come next.
pub(super) fn join_successors(
    block: &BlockEffects,
    entries: &[BitSet],
    state: &mut BitSet,
    defined: &impl Fn(&BlockEffects) -> Option<usize>,
) {
    state.clear();
    for &next in block.successors.iter().filter(|next| next.index() < entries.len()) {
        match defined(block) {
            Some(local) if block.returns_to == Some(next) => {
                let had = state.contains(local);
                state.union(&entries[next.index()]);
                if !had {
                    state.remove(local);
                }
            }
            _ => {
                state.union(&entries[next.index()]);
            }
        }
    }
}
