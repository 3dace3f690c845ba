//! Enums: where the discriminant lies, and where the fields of each variant do.
//!
//! Two layouts are tried. *Tagged*: an integer as small as can be, then the fields of each variant. *Niche*: the largest variant
//! has its fields alone, and the others are told apart by values that the largest niche of its fields never has; their own
//! fields must fit before that niche or after it. The smaller one is taken; of two of one size, that with the larger niche
//! left; else the tagged one.
//!
//! A variant is *absent* if it cannot be made and takes no room.

use super::niche::Niche;
use super::univariant::{Field, Kind, Univariant, round_up, univariant};
use crate::order::sort_by_key;

/// A field of a variant.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its size, alignment and niche.
    pub field: Field,
    /// Whether its type has no values, as `!`.
    pub uninhabited: bool,
}

/// How the discriminant is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// There is one variant only, or none.
    Single(usize),
    /// The tag is the variant's discriminant.
    Tagged {
        /// Of the tag, in bytes.
        offset: u64,
        /// Of the tag, in bytes.
        size: u64,
        /// By variant.
        tags: Vec<u128>,
    },
    /// The variants `first..first + count` have the values from `start` on, those of the others are `untagged`'s own.
    Niche {
        /// Of the scalar, in bytes.
        offset: u64,
        /// Of the scalar, in bytes.
        size: u64,
        /// The variant whose fields hold the niche.
        untagged: usize,
        /// The first variant with a value of the niche.
        first: usize,
        /// How many values are reserved.
        count: usize,
        /// The value of the first variant.
        start: u128,
    },
}

impl Encoding {
    /// The variant of a value whose scalar at the encoding's offset is `scalar`; none for a tag that no variant has.
    pub fn variant(&self, scalar: u128) -> Option<usize> {
        match self {
            Encoding::Single(variant) => Some(*variant),
            Encoding::Tagged { tags, .. } => tags.iter().position(|&tag| tag == scalar),
            &Encoding::Niche { untagged, first, count, start, size, .. } => {
                let nth = scalar.wrapping_sub(start) & mask(size);
                Some(if nth < count as u128 { first + nth as usize } else { untagged })
            }
        }
    }

    /// What is to be written for a variant: the offset, the size and the value; none where nothing is.
    pub fn scalar(&self, variant: usize) -> Option<(u64, u64, u128)> {
        match self {
            Encoding::Single(_) => None,
            Encoding::Tagged { offset, size, tags } => Some((*offset, *size, tags.get(variant).copied()?)),
            Encoding::Niche { untagged, .. } if variant == *untagged => None,
            &Encoding::Niche { offset, size, first, start, .. } => {
                let nth = (variant as u128).wrapping_sub(first as u128);
                Some((offset, size, start.wrapping_add(nth) & mask(size)))
            }
        }
    }

    /// Where the scalar lies that is read for the discriminant, and its size.
    pub fn place(&self) -> Option<(u64, u64)> {
        match *self {
            Encoding::Single(_) => None,
            Encoding::Tagged { offset, size, .. } | Encoding::Niche { offset, size, .. } => Some((offset, size)),
        }
    }
}

/// An enum with the places of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// By variant and field, in bytes.
    pub offsets: Vec<Vec<u64>>,
    /// In bytes.
    pub size: u64,
    /// In bytes.
    pub align: u64,
    /// What is left of the niche, or of the tag.
    pub niche: Option<Niche>,
    /// How the discriminant is told.
    pub encoding: Encoding,
    /// Whether it has no values.
    pub uninhabited: bool,
}

/// All bits of a scalar.
fn mask(size: u64) -> u128 {
    if size >= 16 { u128::MAX } else { (1 << (8 * size)) - 1 }
}

/// Lays an enum out as rustc does, given its variants and their discriminants.
pub fn layout(variants: &[Vec<Part>], discriminants: &[i128]) -> Enum {
    let present: Vec<usize> = (0..variants.len()).filter(|&v| !absent(&variants[v])).collect();
    match present[..] {
        [] => Enum {
            offsets: variants.iter().map(|v| vec![0; v.len()]).collect(),
            size: 0,
            align: 1,
            niche: None,
            encoding: Encoding::Single(0),
            uninhabited: true,
        },
        [only] => {
            let Univariant { offsets, size, align, niche } = univariant(&fields(&variants[only]), Kind::Sized);
            let mut all: Vec<Vec<u64>> = variants.iter().map(|v| vec![0; v.len()]).collect();
            all[only] = offsets;
            let uninhabited = variants[only].iter().any(|p| p.uninhabited);
            Enum { offsets: all, size, align, niche, encoding: Encoding::Single(only), uninhabited }
        }
        _ => {
            let tagged = tagged(variants, discriminants);
            let Some(filled) = niche_filled(variants) else { return tagged };
            let left = |e: &Enum| e.niche.map_or(0, |n| n.available());
            let is_better = filled.size < tagged.size || (filled.size == tagged.size && left(&filled) > left(&tagged));
            if is_better { filled } else { tagged }
        }
    }
}

fn absent(variant: &[Part]) -> bool {
    variant.iter().any(|p| p.uninhabited) && variant.iter().all(|p| p.field.size == 0)
}

fn fields(variant: &[Part]) -> Vec<Field> {
    variant.iter().map(|p| p.field).collect()
}

fn uninhabited(variants: &[Vec<Part>]) -> bool {
    variants.iter().all(|v| v.iter().any(|p| p.uninhabited))
}

fn niche_filled(variants: &[Vec<Part>]) -> Option<Enum> {
    let mut laid: Vec<Univariant> = variants.iter().map(|v| univariant(&fields(v), Kind::Sized)).collect();
    let align = laid.iter().map(|l| l.align).max()?;
    // Of several that are largest, the last.
    let largest = (0..laid.len()).max_by_key(|&v| laid[v].size)?;
    let needs_value = |&v: &usize| v != largest && !absent(&variants[v]);
    let first = (0..laid.len()).find(needs_value)?;
    let last = (0..laid.len()).rev().find(needs_value)?;
    let count = last - first + 1;
    let niche = laid[largest].niche?;
    let (start, left) = niche.reserve(count as u128)?;
    let niche_offset = niche.offset;
    let size = round_up(laid[largest].size, align);
    for (v, layout) in laid.iter_mut().enumerate() {
        if v == largest || layout.size <= niche_offset {
            continue;
        }
        let after = round_up(niche_offset + niche.size, layout.align);
        if after + layout.size > size {
            return None;
        }
        layout.offsets.iter_mut().for_each(|offset| *offset += after);
    }
    Some(Enum {
        offsets: laid.into_iter().map(|l| l.offsets).collect(),
        size,
        align,
        niche: left,
        encoding: Encoding::Niche { offset: niche_offset, size: niche.size, untagged: largest, first, count, start },
        uninhabited: uninhabited(variants),
    })
}

/// The smallest integer that holds all discriminants from `lowest` to `highest`, in bytes.
fn tag_size(lowest: i128, highest: i128) -> u64 {
    let fits = |size: u64| {
        let bits = 8 * size - 1;
        if lowest < 0 { lowest >= -(1 << bits) && highest < 1 << bits } else { highest <= mask(size) as i128 }
    };
    [1, 2, 4].into_iter().find(|&size| fits(size)).unwrap_or(8)
}

fn tagged(variants: &[Vec<Part>], discriminants: &[i128]) -> Enum {
    let tag = |v: usize| discriminants.get(v).copied().unwrap_or(v as i128);
    let made = (0..variants.len()).filter(|&v| !variants[v].iter().any(|p| p.uninhabited));
    let lowest = made.clone().map(tag).min().unwrap_or(0);
    let highest = made.map(tag).max().unwrap_or(0);
    let small = tag_size(lowest, highest);
    let (mut size, mut align, mut first_align) = (0, 1, 256);
    let mut laid = Vec::with_capacity(variants.len());
    for variant in variants {
        let layout = univariant(&fields(variant), Kind::Prefixed(small, small));
        let moved = |&i: &usize| variant[i].field.size > 0 || variant[i].field.align > 1;
        let mut by_offset: Vec<usize> = (0..variant.len()).filter(moved).collect();
        sort_by_key(&mut by_offset, |&i| layout.offsets[i]);
        if let Some(&i) = by_offset.first() {
            first_align = first_align.min(variant[i].field.align);
        }
        (size, align) = (layout.size.max(size), layout.align.max(align));
        laid.push(layout.offsets);
    }
    let size = round_up(size, align);
    // The tag takes the whole gap before the first field, so that no padding is copied with it.
    let wide = if first_align <= 16 { first_align.max(small) } else { small };
    if wide > small {
        for offset in laid.iter_mut().flatten().filter(|offset| **offset <= small) {
            *offset = wide;
        }
    }
    Enum {
        offsets: laid,
        size,
        align,
        niche: Niche::of_scalar(wide, lowest as u128 & mask(wide), highest as u128 & mask(wide)),
        encoding: Encoding::Tagged {
            offset: 0,
            size: wide,
            tags: (0..variants.len()).map(|v| tag(v) as u128 & mask(wide)).collect(),
        },
        uninhabited: uninhabited(variants),
    }
}
