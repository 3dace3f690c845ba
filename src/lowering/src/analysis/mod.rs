//! What a coroutine must save: the analyses between the mini MIR and the layout, one a file.
//!
//! | analysis | answers |
//! |----------|---------|
//! | [`effects`] | what each statement does to whole locals |
//! | `liveness` | whose value is used later |
//! | `borrowed` | what may be looked at through a reference |
//! | `storage` | whose bytes are still needed |
//! | [`loans`] | which references a coroutine has to itself; nothing is laid out by it |
//!
//! Saved at a suspend point is what is live or borrowed there *and* requires storage, without the coroutine itself. Two saved locals
//! are in *storage conflict* if both require storage anywhere in the body at once; they never share bytes. A local without storage
//! markers (a drop flag) conflicts with all.

mod blocks;
mod borrowed;
pub mod effects;
mod liveness;
pub mod loans;
mod storage;

use crate::bits::BitSet;
use crate::mir::{Block, Body, Local};
use effects::{Effects, Kind};

/// What is known of a coroutine before its layout. A *slot* is a local that is saved somewhere, by its place in the order of locals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The local of each slot, in ascending order. Those from the body's number of locals on are its result and its resume argument.
    pub slots: Vec<Local>,
    /// The suspend points, in the order of their blocks.
    pub points: Vec<Point>,
    /// For each slot, those it is in storage conflict with; itself is one, as in rustc.
    pub conflicts: Vec<BitSet>,
}

/// A suspend point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The block that ends with it.
    pub block: Block,
    /// The slots that are saved there, in ascending order.
    pub saved: Vec<usize>,
    /// For each of those, whether its value is used later, by name; the others are saved because they are borrowed.
    pub live: Vec<bool>,
    /// All locals whose value is used later.
    pub live_locals: BitSet,
}

impl Saved {
    /// Analyses the body of a coroutine.
    pub fn of(body: &Body) -> Saved {
        Saved::from_effects(&Effects::of(body))
    }

    fn from_effects(effects: &Effects) -> Saved {
        let live = liveness::Liveness::of(effects);
        let storage = storage::Storage::new(effects, borrowed::at_starts(effects));

        let mut points = Vec::new();
        let mut all = BitSet::new(effects.locals);
        for &block in &effects.reachable {
            let Some(last) = effects.blocks[block].effects.len().checked_sub(1) else { continue };
            if effects.blocks[block].effects[last].kind != Kind::Yield {
                continue;
            }
            let live = live.at_end(block);
            let mut saved = live.clone();
            storage.walk(block, |place, requires, borrowed| {
                if place == last {
                    saved.union(borrowed);
                    saved.intersect(requires);
                }
            });
            saved.remove(Local::SELF.index());
            all.union(&saved);
            points.push((block, saved, live));
        }

        let slots: Vec<usize> = all.iter().collect();
        let slot_of = |local: usize| slots.binary_search(&local).unwrap_or_default();
        let points = points.into_iter().map(|(block, saved, live_locals)| Point {
            block: Block(block as u32),
            saved: saved.iter().map(slot_of).collect(),
            live: saved.iter().map(|local| live_locals.contains(local)).collect(),
            live_locals,
        });
        Saved {
            points: points.collect(),
            conflicts: conflicts(effects, &storage, &slots, &all),
            slots: slots.into_iter().map(|local| Local(local as u32)).collect(),
        }
    }
}

fn conflicts(effects: &Effects, storage: &storage::Storage<'_>, slots: &[usize], saved: &BitSet) -> Vec<BitSet> {
    let mut rows = vec![BitSet::new(effects.locals); slots.len()];
    let slot_of = |local: usize| slots.binary_search(&local).ok();
    let (mut together, mut before) = (BitSet::default(), BitSet::default());
    for &block in effects.reachable.iter().filter(|&&block| !effects.blocks[block].unreachable) {
        before.clear();
        storage.walk(block, |_, requires, _| {
            together.clone_from(requires);
            together.intersect(saved);
            // Only who has come brings new pairs.
            if before.contains_all(&together) {
                before.clone_from(&together);
                return;
            }
            before.clone_from(&together);
            for slot in together.iter().filter_map(slot_of) {
                rows[slot].union(&together);
            }
        });
    }
    let everyone: BitSet = (0..slots.len()).collect();
    let row = |(slot, &local): (usize, &usize)| {
        if effects.always_stored[local] {
            return everyone.clone();
        }
        rows[slot].iter().filter_map(slot_of).collect()
    };
    slots.iter().enumerate().map(row).collect()
}
