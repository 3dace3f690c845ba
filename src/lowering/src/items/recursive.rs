//! Types that contain themselves, not behind a pointer: they would have no end.

use super::Defs;
use crate::span::Span;
use crate::ty::{AdtId, Builtin, Ty, TyKind, Types};
use std::rc::Rc;

impl Defs {
    /// Complains about types of the program's that contain themselves, once for each ring of them, and takes out the fields that do.
    pub(super) fn check_recursive(&mut self, adts: &[(AdtId, Span)]) {
        for &(id, span) in adts {
            let fields = self.fields_of(id);
            let mut ring = Vec::new();
            let through = |defs: &mut Defs, ty: Ty, ring: &mut Vec<AdtId>| {
                ring.clear();
                ring.push(id);
                defs.leads_to(ty, id, ring, 0)
            };
            if !fields.iter().any(|&ty| through(self, ty, &mut ring)) {
                continue;
            }
            let names = ring.iter().map(|id| format!("`{}`", self.types.adts[id.0 as usize].name)).collect::<Vec<_>>();
            let message = match &names[..] {
                [one] => format!("recursive type {one} has infinite size"),
                [first @ .., last] => format!("recursive types {} and {last} have infinite size", first.join(", ")),
                [] => continue,
            };
            self.error(span, message);
            let endless = fields.into_iter().filter(|&ty| through(self, ty, &mut ring)).collect::<Vec<_>>();
            let def = Rc::make_mut(&mut self.types.adts[id.0 as usize]);
            for field in def.variants.iter_mut().flat_map(|variant| &mut variant.fields) {
                if endless.contains(&field.ty) {
                    field.ty = Types::ERROR;
                }
            }
        }
    }

    fn fields_of(&self, id: AdtId) -> Vec<Ty> {
        self.types.adts[id.0 as usize].variants.iter().flat_map(|v| &v.fields).map(|field| field.ty).collect()
    }

    /// Whether a value of a type holds one of a definition; `ring` are those on the way there.
    fn leads_to(&mut self, ty: Ty, target: AdtId, ring: &mut Vec<AdtId>, depth: u32) -> bool {
        if depth > 32 {
            return false;
        }
        match self.types.kind(ty).clone() {
            TyKind::Tuple(parts) => parts.into_iter().any(|part| self.leads_to(part, target, ring, depth + 1)),
            TyKind::Array(item, _) => self.leads_to(item, target, ring, depth + 1),
            TyKind::Adt(id, _) if id == target => true,
            TyKind::Adt(id, args) => {
                let def = &self.types.adts[id.0 as usize];
                let is_pointer =
                    matches!(def.builtin, Some(Builtin::Box | Builtin::Rc | Builtin::RcWeak | Builtin::PhantomData));
                if is_pointer || def.opaque.is_some() || ring.contains(&id) {
                    return false;
                }
                let is_own = def.builtin.is_none();
                if is_own {
                    ring.push(id);
                }
                for field in self.fields_of(id) {
                    let field = self.subst(field, &args);
                    if self.leads_to(field, target, ring, depth + 1) {
                        return true;
                    }
                }
                if is_own {
                    ring.pop();
                }
                false
            }
            _ => false,
        }
    }
}
