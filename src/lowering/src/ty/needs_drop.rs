//! Whether a type has drop glue, and whether it is copied.
//!
//! As generic code sees it: a parameter is dropped and moved whatever it stands for, and a coroutine, too.

use super::{Builtin, Ty, TyKind, Types};

impl Types {
    /// Whether dropping a value of a type does anything.
    pub fn needs_drop(&self, ty: Ty) -> bool {
        self.needs_drop_within(ty, &mut Vec::new())
    }

    fn needs_drop_within(&self, ty: Ty, within: &mut Vec<Ty>) -> bool {
        match self.kind(ty) {
            TyKind::Tuple(fields) => fields.iter().any(|&field| self.needs_drop_within(field, within)),
            TyKind::Array(item, len) => *len > 0 && self.needs_drop_within(*item, within),
            TyKind::Slice(item) => self.needs_drop_within(*item, within),
            TyKind::Adt(..) => {
                if within.contains(&ty) {
                    return false;
                }
                let Some(def) = self.adt(ty) else { return false };
                match def.builtin {
                    Some(Builtin::ManuallyDrop | Builtin::PhantomData) => return false,
                    _ if def.has_drop => return true,
                    _ => {}
                }
                if let Some(opaque) = def.opaque {
                    return opaque.needs_drop;
                }
                within.push(ty);
                let variants = self.variants(ty);
                let fields = variants.iter().flat_map(|variant| &variant.fields);
                let any = fields.clone().any(|field| self.needs_drop_within(field.ty, within));
                within.pop();
                any
            }
            TyKind::Closure(body) => self.upvars(*body).iter().any(|upvar| self.needs_drop_within(upvar.ty, within)),
            TyKind::Coroutine(_) | TyKind::AsyncFn(..) | TyKind::Opaque(..) | TyKind::Dyn(..) => true,
            TyKind::Param(_, ty) => !self.is_copy(*ty) || !matches!(self.kind(*ty), TyKind::Ref(false, _)),
            TyKind::Generic(_) | TyKind::Assoc(..) => true,
            _ => false,
        }
    }

    /// Whether using a place of a type copies it.
    pub fn is_copy(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Float(_) | TyKind::Never | TyKind::Error => true,
            TyKind::Ref(mutable, _) => !mutable,
            TyKind::RawPtr(..) | TyKind::FnDef(..) | TyKind::FnPtr(..) => true,
            TyKind::Tuple(fields) => fields.iter().all(|&field| self.is_copy(field)),
            TyKind::Array(item, _) => self.is_copy(*item),
            TyKind::Adt(_, args) => {
                self.adt(ty).is_some_and(|def| def.is_copy) && args.iter().all(|&arg| self.is_copy(arg))
            }
            TyKind::Closure(body) => self.upvars(*body).iter().all(|upvar| self.is_copy(upvar.ty)),
            _ => false,
        }
    }
}
