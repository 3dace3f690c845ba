//! Fields side by side: structs, tuples, the variants of an enum, and the prefix of a coroutine.
//!
//! The order of the fields is free. Fields are grouped by a key, the logarithm of their alignment or of the largest power of
//! two that divides their size, so that no padding comes between them; within a group the largest niche comes first. If the
//! niche of the whole does not lie at its start then, a second order is tried with niches *last*, and kept if its niche is
//! nearer to an end: an enum can put its smaller variants before it.
//!
//! Fields that follow a *prefix* (the tag of an enum, the prefix of a coroutine) come in ascending order, so that small ones
//! fill the gap after it.

use super::niche::Niche;
use crate::order::sort_by_key;

/// What the order of fields depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// In bytes.
    pub size: u64,
    /// In bytes, a power of two.
    pub align: u64,
    /// The largest niche.
    pub niche: Option<Niche>,
}

/// Which fields may change places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All.
    Sized,
    /// All but the last, whose type may be unsized.
    MaybeUnsized,
    /// All, after a prefix of this size and alignment.
    Prefixed(u64, u64),
}

/// Fields with their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Univariant {
    /// By field, in bytes.
    pub offsets: Vec<u64>,
    /// Rounded up to the alignment.
    pub size: u64,
    /// The largest of the fields' and the prefix's.
    pub align: u64,
    /// The largest niche.
    pub niche: Option<Niche>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bias {
    Start,
    End,
}

/// `x` rounded up to a multiple of `align`.
pub fn round_up(x: u64, align: u64) -> u64 {
    x.saturating_add(align.max(1) - 1) / align.max(1) * align.max(1)
}

/// Lays fields out as rustc does.
pub fn univariant(fields: &[Field], kind: Kind) -> Univariant {
    let first = biased(fields, kind, Bias::Start);
    let Some(niche) = first.niche.filter(|_| fields.len() > 1 && kind != Kind::MaybeUnsized) else { return first };
    let (head, tail) = (niche.offset, first.size - niche.offset - niche.size);
    if head == 0 || tail == 0 {
        return first;
    }
    let second = biased(fields, kind, Bias::End);
    let other = second.niche.map_or(0, |n| n.offset);
    if other > head && other > tail { second } else { first }
}

fn biased(fields: &[Field], kind: Kind, bias: Bias) -> Univariant {
    let (mut offset, mut align) = match kind {
        Kind::Prefixed(size, align) => (round_up(size, align), align),
        Kind::Sized | Kind::MaybeUnsized => (0, 1),
    };
    let mut offsets = vec![0; fields.len()];
    let mut largest: Option<Niche> = None;
    for i in order(fields, kind, bias) {
        let field = &fields[i];
        offset = round_up(offset, field.align);
        align = align.max(field.align);
        offsets[i] = offset;
        if let Some(niche) = field.niche {
            let (found, best) = (niche.available(), largest.map_or(0, |n| n.available()));
            if found > best || (bias == Bias::End && found == best) {
                largest = Some(niche.at(offset));
            }
        }
        offset = offset.saturating_add(field.size);
    }
    Univariant { offsets, size: round_up(offset, align), align, niche: largest }
}

/// The fields in the order of their addresses.
fn order(fields: &[Field], kind: Kind, bias: Bias) -> Vec<usize> {
    let mut order: Vec<usize> = (0..fields.len()).collect();
    let free = if kind == Kind::MaybeUnsized { fields.len().saturating_sub(1) } else { fields.len() };
    if fields.len() < 2 {
        return order;
    }
    let highest_align = fields[..free].iter().map(|f| f.align).max().unwrap_or(1);
    let available = |f: &Field| f.niche.map_or(0, |n| n.available());
    let largest = fields[..free].iter().map(available).max().unwrap_or(0);
    let group = |f: &Field| {
        let key = f.align.max(f.size).trailing_zeros();
        match bias {
            _ if largest == 0 => key,
            Bias::Start => key.min(highest_align.trailing_zeros()),
            Bias::End if available(f) == largest => f.align.trailing_zeros(),
            Bias::End => key,
        }
    };
    let place = |f: &Field| match (bias, f.niche) {
        (_, None) => 0,
        (Bias::Start, Some(n)) => n.offset,
        (Bias::End, Some(n)) => !(f.size - n.size - n.offset),
    };
    let niche = |f: &Field| if bias == Bias::Start { !available(f) } else { available(f) };
    match kind {
        Kind::Prefixed(..) => sort_by_key(&mut order, |&i| (group(&fields[i]), available(&fields[i]))),
        Kind::Sized | Kind::MaybeUnsized => sort_by_key(&mut order[..free], |&i| {
            let f = &fields[i];
            (std::cmp::Reverse(group(f)), niche(f), place(f))
        }),
    }
    order
}
