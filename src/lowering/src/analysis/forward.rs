//! The worklist of the forward analyses: sets of locals that grow until nothing changes.
//!
//! The lattice is sets of locals under union; the entry of a block is the union over the edges that lead to it. Transfer functions
//! are monotone, so that it ends: each visit of a block after the first adds a local to its entry.

use super::effects::{Effect, Effects};
use crate::bits::BitSet;

/// A forward analysis, by what it does to a set of locals.
pub(super) trait Forward {
    /// What a statement or terminator does; `at` is its block and its place in it.
    fn transfer(&self, state: &mut BitSet, effect: &Effect, at: (usize, usize));

    /// What the return of a call does, on the edge where it returns.
    fn returned(&self, _state: &mut BitSet, _effect: &Effect) {}
}

/// The state at the entry of each block; empty for those that are not reached.
pub(super) fn solve(effects: &Effects, entry: BitSet, analysis: &impl Forward) -> Vec<BitSet> {
    let mut entries = vec![None; effects.blocks.len()];
    let mut todo = Vec::new();
    if let Some(first) = entries.first_mut() {
        *first = Some(entry);
        todo.push(0);
    }
    while let Some(at) = todo.pop() {
        let block = &effects.blocks[at];
        let mut state = entries[at].clone().unwrap_or_default();
        for (i, effect) in block.effects.iter().enumerate() {
            analysis.transfer(&mut state, effect, (at, i));
        }
        for &next in block.successors.iter().filter(|next| next.index() < effects.blocks.len()) {
            let mut out = state.clone();
            if let (true, Some(terminator)) = (block.returns_to == Some(next), block.effects.last()) {
                analysis.returned(&mut out, terminator);
            }
            let is_new = match &mut entries[next.index()] {
                Some(known) => known.union(&out),
                unknown => {
                    *unknown = Some(out);
                    true
                }
            };
            if is_new && !todo.contains(&next.index()) {
                todo.push(next.index());
            }
        }
    }
    entries.into_iter().map(|entry| entry.unwrap_or_else(|| BitSet::new(effects.locals))).collect()
}
