//! Witnesses as rustc prints them.

use super::ctor::{Ctor, actual, value_at};
use super::matrix::Witness;
use crate::ty::{IntTy, Ty, TyKind, Types};

/// A witness as a pattern.
pub(super) fn witness(types: &Types, of: &Witness) -> String {
    let Witness::Made(ctor, ty, parts) = of else { return "_".to_owned() };
    let ty = actual(types, *ty);
    let list = || parts.iter().map(|part| witness(types, part)).collect::<Vec<_>>().join(", ");
    match (ctor, types.kind(ty)) {
        (Ctor::Bool(value), _) => value.to_string(),
        (Ctor::Range(from, to), TyKind::Int(int)) => integers(*int, *from, *to),
        (Ctor::Range(from, to), _) => {
            let char = |place: u128| u32::try_from(place).ok().and_then(char::from_u32).unwrap_or_default();
            if from == to { format!("{:?}", char(*from)) } else { format!("{:?}..={:?}", char(*from), char(*to)) }
        }
        (Ctor::Slice(_, false), _) => format!("[{}]", list()),
        (Ctor::Slice(_, true), _) if parts.is_empty() => "[..]".to_owned(),
        (Ctor::Slice(_, true), _) => format!("[{}, ..]", list()),
        (Ctor::Single, TyKind::Tuple(fields)) if fields.len() == 1 => format!("({},)", list()),
        (Ctor::Single, TyKind::Tuple(_)) => format!("({})", list()),
        (Ctor::Single, TyKind::Ref(..)) => format!("&{}", list()),
        (Ctor::Single, _) => adt(types, ty, 0, parts),
        (Ctor::Variant(at), _) => adt(types, ty, *at as usize, parts),
        (Ctor::Other, TyKind::Ref(..)) => "&_".to_owned(),
        (Ctor::Other | Ctor::Opaque(_), _) => "_".to_owned(),
    }
}

fn integers(int: IntTy, from: u128, to: u128) -> String {
    let most = u128::MAX >> (128 - 8 * int.size());
    let name = int.name();
    let one = |place: u128| match place {
        0 if int.is_signed() => format!("{name}::MIN"),
        _ if place == most => format!("{name}::MAX"),
        _ if int == IntTy::U128 => format!("{place}_{name}"),
        _ => format!("{}_{name}", value_at(int, place)),
    };
    // How large these are depends on the machine: patterns must not say it.
    let is_pointer_sized = matches!(int, IntTy::Usize | IntTy::Isize);
    match (from, to) {
        (0, to) if to == most => "_".to_owned(),
        (from, to) if to == most && is_pointer_sized => format!("{}..", one(from)),
        (0, to) if int == IntTy::Isize => format!("..{}", one(to + 1)),
        _ if from == to => one(from),
        _ => format!("{}..={}", one(from), one(to)),
    }
}

fn adt(types: &Types, ty: Ty, variant: usize, parts: &[Witness]) -> String {
    let Some(def) = types.adt(ty) else { return "_".to_owned() };
    let Some(of) = def.variants.get(variant) else { return "_".to_owned() };
    // The variants of these are named by themselves.
    let is_bare = matches!(def.builtin, Some(crate::ty::Builtin::Option | crate::ty::Builtin::Result));
    let name = if def.is_enum && !is_bare { format!("{}::{}", def.name, of.name) } else { of.name.clone() };
    if of.fields.is_empty() {
        return name;
    }
    if of.is_tuple {
        let list = parts.iter().map(|part| witness(types, part)).collect::<Vec<_>>();
        return format!("{name}({})", list.join(", "));
    }
    let named = of.fields.iter().zip(parts).filter(|(_, part)| !matches!(part, Witness::Wild));
    let named = named.map(|(field, part)| format!("{}: {}", field.name, witness(types, part))).collect::<Vec<_>>();
    match named.len() {
        0 => format!("{name} {{ .. }}"),
        all if all == parts.len() => format!("{name} {{ {} }}", named.join(", ")),
        _ => format!("{name} {{ {}, .. }}", named.join(", ")),
    }
}
