//! The types that a type is made of.

use super::{Ty, TyKind};

impl TyKind {
    /// Its parts, in order.
    pub(crate) fn parts(&self) -> Vec<Ty> {
        match self {
            TyKind::Tuple(parts)
            | TyKind::Adt(_, parts)
            | TyKind::FnDef(_, parts)
            | TyKind::AsyncFn(_, parts)
            | TyKind::Opaque(_, parts)
            | TyKind::Dyn(_, parts)
            | TyKind::Assoc(_, _, parts) => parts.clone(),
            TyKind::Array(part, _)
            | TyKind::Slice(part)
            | TyKind::Ref(_, part)
            | TyKind::RawPtr(_, part)
            | TyKind::Param(_, part) => {
                vec![*part]
            }
            TyKind::FnPtr(params, result) => params.iter().copied().chain([*result]).collect(),
            TyKind::ArrayOf(item, len) => vec![*item, *len],
            _ => Vec::new(),
        }
    }

    /// The same with other parts.
    pub(crate) fn with_parts(&self, parts: &[Ty]) -> TyKind {
        let all = || parts.to_vec();
        match self {
            TyKind::Tuple(_) => TyKind::Tuple(all()),
            TyKind::Adt(id, _) => TyKind::Adt(*id, all()),
            TyKind::FnDef(id, _) => TyKind::FnDef(*id, all()),
            TyKind::AsyncFn(id, _) => TyKind::AsyncFn(*id, all()),
            TyKind::Opaque(id, _) => TyKind::Opaque(*id, all()),
            TyKind::Dyn(name, _) => TyKind::Dyn(name.clone(), all()),
            TyKind::Assoc(trait_, name, _) => TyKind::Assoc(*trait_, name.clone(), all()),
            TyKind::Array(_, len) => TyKind::Array(parts[0], *len),
            TyKind::Slice(_) => TyKind::Slice(parts[0]),
            TyKind::Ref(mutable, _) => TyKind::Ref(*mutable, parts[0]),
            TyKind::RawPtr(mutable, _) => TyKind::RawPtr(*mutable, parts[0]),
            TyKind::Param(number, _) => TyKind::Param(*number, parts[0]),
            TyKind::FnPtr(params, _) => TyKind::FnPtr(parts[..params.len()].to_vec(), parts[params.len()]),
            TyKind::ArrayOf(..) => TyKind::ArrayOf(parts[0], parts[1]),
            kind => kind.clone(),
        }
    }
}
