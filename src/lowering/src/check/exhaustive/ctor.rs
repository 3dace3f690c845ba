//! Constructors: what a value is made by at its outermost, and which of a type's are named by patterns.

use crate::mir::Const;
use crate::order::sort_and_dedup;
use crate::tree::{Pat, PatKind};
use crate::ty::{IntTy, Ty, TyKind, Types};

/// A constructor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ctor {
    /// The only one: of a struct, a tuple, a reference.
    Single,
    Variant(u32),
    Bool(bool),
    /// Integers and characters, in an order in which the smallest is 0; the end is part of it.
    Range(u128, u128),
    /// Slices and arrays of this length, or, if true, of at least this length.
    Slice(u64, bool),
    /// One of endlessly many: a text or a float.
    Opaque(Const),
    /// All that are not named.
    Other,
}

/// Items of a slice or an array that are looked at one by one: more are too many columns anyway.
const LONGEST: usize = 1000;

/// The constructors of a type: those that patterns name, in parts that each pattern covers wholly or not at all, and the others.
pub(super) struct Split {
    pub(super) present: Vec<Ctor>,
    pub(super) missing: Vec<Ctor>,
}

/// A type, whatever parameter stands for it.
pub(super) fn actual(types: &Types, ty: Ty) -> Ty {
    let mut ty = ty;
    while let TyKind::Param(_, to) = *types.kind(ty) {
        ty = to;
    }
    ty
}

/// The integers of a type are ordered by their bits with this one changed.
fn sign_bit(int: IntTy) -> u128 {
    if int.is_signed() { 1 << (8 * int.size() - 1) } else { 0 }
}

fn most(int: IntTy) -> u128 {
    u128::MAX >> (128 - 8 * int.size())
}

/// The place of a value in the order of a type's integers; that of the nearest one where the type does not have it, as where a range
/// has no bound.
fn place_of(int: IntTy, value: i128) -> u128 {
    match (int, value) {
        (IntTy::U128, i128::MAX) => u128::MAX,
        _ => {
            let (least, largest) =
                (value_at(int, 0), if int == IntTy::U128 { i128::MAX } else { value_at(int, most(int)) });
            (value.clamp(least, largest).cast_unsigned() & most(int)) ^ sign_bit(int)
        }
    }
}

/// The value of a place in the order of a type's integers.
pub(super) fn value_at(int: IntTy, place: u128) -> i128 {
    let bits = place ^ sign_bit(int);
    let unused = 128 - 8 * int.size();
    if int.is_signed() { (bits << unused).cast_signed() >> unused } else { bits.cast_signed() }
}

/// Whether a type has no values.
pub(super) fn is_empty(types: &Types, ty: Ty, depth: u32) -> bool {
    let ty = actual(types, ty);
    let any = |mut tys: &mut dyn Iterator<Item = Ty>| depth < 16 && (&mut tys).any(|ty| is_empty(types, ty, depth + 1));
    match types.kind(ty) {
        TyKind::Never => true,
        TyKind::Tuple(fields) => any(&mut fields.iter().copied()),
        TyKind::Array(item, len) => *len > 0 && any(&mut std::iter::once(*item)),
        TyKind::Adt(..) if types.adt(ty).is_some_and(|def| def.opaque.is_none()) => {
            types.variants(ty).iter().all(|variant| any(&mut variant.fields.iter().map(|field| field.ty)))
                && types.adt(ty).is_some_and(|def| def.is_enum || !types.variants(ty).is_empty())
        }
        _ => false,
    }
}

impl Ctor {
    /// What a pattern names; none if it matches anything.
    pub(super) fn of(types: &Types, pat: &Pat) -> Option<Ctor> {
        let ty = actual(types, pat.ty);
        Some(match &pat.kind {
            PatKind::Wild | PatKind::Binding { .. } | PatKind::Or(_) => return None,
            PatKind::Variant(variant, _) => Ctor::Variant(*variant),
            PatKind::Fields(_) | PatKind::Deref(_) => Ctor::Single,
            PatKind::Const(Const::Bits(bits)) => match *types.kind(ty) {
                TyKind::Bool => Ctor::Bool(*bits != 0),
                TyKind::Int(int) => {
                    let place = (bits & most(int)) ^ sign_bit(int);
                    Ctor::Range(place, place)
                }
                _ => Ctor::Range(*bits, *bits),
            },
            PatKind::Const(value) => Ctor::Opaque(value.clone()),
            PatKind::Range(from, to) => match *types.kind(ty) {
                TyKind::Int(int) => Ctor::Range(place_of(int, from.cast_signed()), place_of(int, to.cast_signed())),
                _ => {
                    let place = |bits: u128| bits.cast_signed().clamp(0, char::MAX as i128).cast_unsigned();
                    Ctor::Range(place(*from), place(*to))
                }
            },
            PatKind::Slice { prefix, suffix, has_rest, slice } => {
                Ctor::Slice((prefix.len() + suffix.len()) as u64, *has_rest || slice.is_some())
            }
        })
    }

    /// Whether a pattern that names this matches all that another makes.
    pub(super) fn covers(&self, other: &Ctor) -> bool {
        match (self, other) {
            (Ctor::Range(a, b), Ctor::Range(c, d)) => a <= c && d <= b,
            (Ctor::Slice(len, true), Ctor::Slice(other, _)) => len <= other,
            (a, b) => a == b,
        }
    }

    /// The types of its fields.
    pub(super) fn fields(&self, types: &Types, ty: Ty) -> Vec<Ty> {
        let ty = actual(types, ty);
        let of_variant = |at: usize| -> Vec<Ty> {
            types.variants(ty).get(at).map_or_else(Vec::new, |v| v.fields.iter().map(|field| field.ty).collect())
        };
        match (self, types.kind(ty)) {
            (Ctor::Single, TyKind::Tuple(fields)) => fields.clone(),
            (Ctor::Single, TyKind::Ref(_, to)) => vec![*to],
            (Ctor::Single, _) => of_variant(0),
            (Ctor::Variant(at), _) => of_variant(*at as usize),
            (Ctor::Slice(len, _), TyKind::Array(item, _) | TyKind::Slice(item)) => {
                vec![*item; (*len as usize).min(LONGEST)]
            }
            _ => Vec::new(),
        }
    }
}

impl Split {
    /// Of a type, by what patterns name.
    pub(super) fn of(types: &Types, ty: Ty, heads: &[Ctor]) -> Split {
        let ty = actual(types, ty);
        let by_name = |all: Vec<Ctor>| {
            let (present, missing) = all.into_iter().partition(|ctor| heads.contains(ctor));
            Split { present, missing }
        };
        match types.kind(ty) {
            TyKind::Never => by_name(Vec::new()),
            TyKind::Bool => by_name(vec![Ctor::Bool(true), Ctor::Bool(false)]),
            TyKind::Int(int) => ranges(heads, &[(0, most(*int))]),
            TyKind::Char => ranges(heads, &[(0, 0xd7ff), (0xe000, 0x10_ffff)]),
            TyKind::Array(_, len) => {
                // Its items are looked at only where a pattern names some.
                let ctor = Ctor::Slice(*len, false);
                match heads.is_empty() {
                    true => Split { present: Vec::new(), missing: vec![ctor] },
                    false => Split { present: vec![ctor], missing: Vec::new() },
                }
            }
            TyKind::Slice(_) => slices(heads),
            TyKind::Adt(..) if types.adt(ty).is_some_and(|def| def.is_enum) => {
                let is_made = |at: &usize| {
                    let fields = &types.variants(ty)[*at].fields;
                    !fields.iter().any(|field| is_empty(types, field.ty, 0))
                };
                let all = (0..types.variants(ty).len()).filter(is_made).map(|at| Ctor::Variant(at as u32));
                by_name(all.collect())
            }
            TyKind::Tuple(_) | TyKind::Ref(..) | TyKind::Adt(..)
                if !heads.iter().any(|head| matches!(head, Ctor::Opaque(_))) =>
            {
                match is_empty(types, ty, 0) {
                    true => by_name(Vec::new()),
                    false => by_name(vec![Ctor::Single]),
                }
            }
            _ => {
                let mut present = Vec::new();
                for head in heads {
                    if !present.contains(head) {
                        present.push(head.clone());
                    }
                }
                Split { present, missing: vec![Ctor::Other] }
            }
        }
    }
}

/// All values of some ranges, cut where a range that is named begins or ends.
fn ranges(heads: &[Ctor], all: &[(u128, u128)]) -> Split {
    let mut split = Split { present: Vec::new(), missing: Vec::new() };
    for &(first, last) in all {
        // Where parts begin.
        let mut cuts = vec![first];
        for head in heads {
            if let Ctor::Range(from, to) = *head {
                cuts.push(from.max(first));
                cuts.extend(to.checked_add(1));
            }
        }
        cuts.retain(|cut| (first..=last).contains(cut));
        sort_and_dedup(&mut cuts);
        for (i, &from) in cuts.iter().enumerate() {
            let part = Ctor::Range(from, cuts.get(i + 1).map_or(last, |next| next - 1));
            let list =
                if heads.iter().any(|head| head.covers(&part)) { &mut split.present } else { &mut split.missing };
            list.push(part);
        }
    }
    split
}

/// Slices of each length that matters, and of all longer ones.
fn slices(heads: &[Ctor]) -> Split {
    let mut longest = 0;
    for head in heads {
        if let Ctor::Slice(len, is_open) = head {
            longest = longest.max(if *is_open { *len } else { len + 1 });
        }
    }
    let all = (0..longest).map(|len| Ctor::Slice(len, false)).chain([Ctor::Slice(longest, true)]);
    let (present, missing) = all.partition(|ctor| heads.iter().any(|head| head.covers(ctor)));
    Split { present, missing }
}
