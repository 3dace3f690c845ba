//! The layout of a coroutine: which saved slot lies where.
//!
//! A *slot* is a local that is saved at some suspend point. Each suspend point is a variant; slots of one variant lie side by
//! side, slots of different variants may share bytes. No slot ever moves: a slot that is saved in several variants has the same
//! offset in all of them. It is *promoted* into the *prefix*, which all variants share, together with the captures and the tag.
//! So is one of two slots that belong to different variants and are in *storage conflict*: both have storage at some point of
//! the body. Which one is chosen greedily; the answer is not always the smallest.
//!
//! 1. The variants are Unresumed, Returned, Panicked and one for each suspend point, in the order of their blocks. The tag is one
//!    byte, up to 256 variants.
//! 2. A slot that is in two or more variants is promoted. Then for each slot a in order and each slot b in conflict with a: nothing
//!    is to do if either is promoted or both are in one variant; otherwise that one of the two is promoted which has more
//!    conflicts, b if both have as many. If slots that are not promoted are left in fewer than two variants, all are promoted.
//! 3. The prefix is laid out like a struct: the captures, the tag, the promoted slots.
//! 4. A saved slot has no niche; captures and the tag do.
//! 5. The slots of a variant's own follow the prefix. The size is that of the largest variant, rounded up to the alignment.
//! 6. Captures are never reused: a parameter that is needed after an await is stored twice.

use super::niche::Niche;
use super::univariant::{Field, Kind, round_up, univariant};
use crate::bits::BitSet;

/// Unresumed, Returned and Panicked.
pub const RESERVED_VARIANTS: usize = 3;

/// What the layout of a coroutine depends on.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The captures, in order.
    pub captures: Vec<Field>,
    /// Size and alignment of each slot.
    pub slots: Vec<(u64, u64)>,
    /// For each suspend point, the slots that are saved, in ascending order.
    pub saved: Vec<Vec<usize>>,
    /// For each slot, those it is in storage conflict with.
    pub conflicts: Vec<BitSet>,
}

/// A coroutine with the places of all it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coroutine {
    /// In bytes.
    pub size: u64,
    /// In bytes.
    pub align: u64,
    /// By capture.
    pub captures: Vec<u64>,
    /// Where the tag lies.
    pub tag: u64,
    /// In bytes.
    pub tag_size: u64,
    /// By slot.
    pub slots: Vec<u64>,
    /// By slot: whether it lies in the prefix.
    pub promoted: Vec<bool>,
    /// How many bytes all variants share.
    pub prefix: u64,
}

/// What has become of a slot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Assigned {
    Unsaved,
    Variant(usize),
    Promoted,
}

/// Which slots go into the prefix (rule 2).
pub fn promote(plan: &Plan) -> Vec<bool> {
    let mut assigned = vec![Assigned::Unsaved; plan.slots.len()];
    for (variant, saved) in plan.saved.iter().enumerate() {
        for &slot in saved {
            assigned[slot] = match assigned[slot] {
                Assigned::Unsaved => Assigned::Variant(variant),
                Assigned::Variant(_) | Assigned::Promoted => Assigned::Promoted,
            };
        }
    }
    let conflicts: Vec<usize> = plan.conflicts.iter().map(BitSet::count).collect();
    for a in 0..plan.slots.len() {
        for b in plan.conflicts[a].iter() {
            if assigned[a] == Assigned::Promoted || assigned[b] == Assigned::Promoted || assigned[a] == assigned[b] {
                continue;
            }
            let chosen = if conflicts[a] > conflicts[b] { a } else { b };
            assigned[chosen] = Assigned::Promoted;
        }
    }
    let mut left: Vec<Assigned> = assigned.iter().copied().filter(|&a| a != Assigned::Promoted).collect();
    left.dedup();
    let is_spread = left.iter().any(|&a| a != left[0]);
    assigned.iter().map(|&a| !is_spread || a == Assigned::Promoted).collect()
}

/// Lays a coroutine out as rustc does.
pub fn layout(plan: &Plan) -> Coroutine {
    let promoted = promote(plan);
    let variants = RESERVED_VARIANTS + plan.saved.len();
    let tag_size = if variants <= 256 { 1 } else { 2 };
    let tag = Field { size: tag_size, align: tag_size, niche: Niche::of_scalar(tag_size, 0, variants as u128 - 1) };
    let slot = |i: usize| Field { size: plan.slots[i].0, align: plan.slots[i].1, niche: None };
    let shared: Vec<usize> = (0..plan.slots.len()).filter(|&i| promoted[i]).collect();

    let mut fields = plan.captures.clone();
    fields.push(tag);
    fields.extend(shared.iter().map(|&i| slot(i)));
    let prefix = univariant(&fields, Kind::Sized);
    let captures = plan.captures.len();
    let mut offsets = vec![0; plan.slots.len()];
    for (nth, &i) in shared.iter().enumerate() {
        offsets[i] = prefix.offsets[captures + 1 + nth];
    }

    let (mut size, mut align) = (prefix.size, prefix.align);
    for saved in &plan.saved {
        let own: Vec<usize> = saved.iter().copied().filter(|&i| !promoted[i]).collect();
        let fields: Vec<Field> = own.iter().map(|&i| slot(i)).collect();
        let variant = univariant(&fields, Kind::Prefixed(prefix.size, prefix.align));
        for (&i, &offset) in own.iter().zip(&variant.offsets) {
            offsets[i] = offset;
        }
        (size, align) = (size.max(variant.size), align.max(variant.align));
    }
    Coroutine {
        size: round_up(size, align),
        align,
        captures: prefix.offsets[..captures].to_vec(),
        tag: prefix.offsets[captures],
        tag_size,
        slots: offsets,
        promoted,
        prefix: prefix.size,
    }
}
