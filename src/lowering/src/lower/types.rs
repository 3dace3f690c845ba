//! Types in the course of lowering: without what only the front half knows, and with the fields of all that occurs.

use super::Lowerer;
use crate::check::Checker;
use crate::items::Defs;
use crate::ty::{Field, Ty, TyKind, Types, Variant};

pub(super) fn strip_param(defs: &mut Defs, ty: Ty) -> Ty {
    defs.map_ty(ty, &mut |defs, ty| match *defs.types.kind(ty) {
        TyKind::Param(_, to) => Some(strip_param(defs, to)),
        _ => None,
    })
}

const INFER: u8 = 1;

const ASSOC: u8 = 2;

const ERROR: u8 = 4;

const PARAM: u8 = 8;

const ASYNC: u8 = 16;

/// The variants of all types in it are known.
const VARIANTS: u8 = 32;

impl Lowerer {
    pub(super) fn flags(&mut self, ty: Ty) -> u8 {
        let at = ty.0 as usize;
        if self.flags.len() <= at {
            self.flags.resize(self.defs.types.len().max(at + 1), u8::MAX);
        }
        if self.flags[at] != u8::MAX {
            return self.flags[at];
        }
        let kind = self.defs.types.shared(ty);
        let mut flags = match *kind {
            TyKind::Infer(u32::MAX) => ASSOC | INFER,
            TyKind::Infer(_) => INFER,
            TyKind::Assoc(..) => ASSOC,
            TyKind::Error => ERROR,
            TyKind::Param(..) | TyKind::Generic(_) => PARAM,
            TyKind::AsyncFn(..) | TyKind::Opaque(..) => ASYNC,
            _ => 0,
        };
        for part in kind.parts() {
            flags |= self.flags(part) & !VARIANTS;
        }
        self.flags[at] = flags;
        flags
    }

    /// Whether nothing of the front half's is in it: it may occur in a program.
    pub(super) fn is_concrete(&mut self, ty: Ty) -> bool {
        self.flags(ty) & (PARAM | INFER | ASSOC) == 0
    }

    pub(crate) fn has_infer(&mut self, ty: Ty) -> bool {
        self.flags(ty) & INFER != 0
    }

    pub(crate) fn has_assoc(&mut self, ty: Ty) -> bool {
        self.flags(ty) & ASSOC != 0
    }

    pub(crate) fn has_error(&mut self, ty: Ty) -> bool {
        self.flags(ty) & ERROR != 0
    }

    pub(crate) fn mentions(&self, ty: Ty, part: Ty) -> bool {
        ty == part || self.defs.types.kind(ty).parts().into_iter().any(|ty| self.mentions(ty, part))
    }

    /// A type without what only the front half knows, except parameters.
    pub(crate) fn concrete(&mut self, ty: Ty) -> Ty {
        let mut ty = ty;
        if self.flags(ty) & ASSOC != 0 {
            ty = Checker::new(self).normalized(ty);
        }
        if self.flags(ty) & ASYNC != 0 {
            ty = self.without_async(ty);
        }
        self.ensure_variants(ty);
        ty
    }

    pub(super) fn without_async(&mut self, ty: Ty) -> Ty {
        let kind = self.defs.types.shared(ty);
        match &*kind {
            TyKind::AsyncFn(id, args) => {
                let args = args.iter().map(|&ty| self.without_async(ty)).collect::<Vec<_>>();
                match self.instance(*id as usize, &args).coroutine {
                    Some(body) => self.defs.types.intern(TyKind::Coroutine(body)),
                    None => Types::ERROR,
                }
            }
            TyKind::Opaque(..) => {
                let ty = self.reveal(ty);
                self.without_async(ty)
            }
            kind => {
                let parts = kind.parts();
                let new = parts.iter().map(|&part| self.without_async(part)).collect::<Vec<_>>();
                if new == parts { ty } else { self.defs.types.intern(kind.with_parts(&new)) }
            }
        }
    }

    /// A type without parameters, too.
    pub(crate) fn strip(&mut self, ty: Ty) -> Ty {
        if self.flags(ty) & (PARAM | ASSOC | ASYNC) == 0 {
            return ty;
        }
        let stripped = self.defs.map_ty(ty, &mut |defs, ty| match *defs.types.kind(ty) {
            TyKind::Param(_, to) => Some(strip_param(defs, to)),
            _ => None,
        });
        self.concrete(stripped)
    }

    /// Puts the arguments of struct and enum types into their fields, for all that a type has in it.
    pub(crate) fn ensure_variants(&mut self, ty: Ty) {
        let flags = self.flags(ty);
        if flags & VARIANTS != 0 {
            return;
        }
        if flags & INFER == 0 {
            self.flags[ty.0 as usize] |= VARIANTS;
        }
        let kind = self.defs.types.shared(ty);
        if let TyKind::Adt(id, args) = &*kind {
            if self.defs.types.variants.contains_key(&ty) {
                return;
            }
            if self.flags(ty) & INFER != 0 || self.defs.types.variants.len() > 20_000 {
                return;
            }
            self.defs.types.variants.insert(ty, Vec::new());
            let def = self.defs.types.adts[id.0 as usize].variants.clone();
            let mut variants = Vec::new();
            for variant in def {
                let mut fields = Vec::new();
                for field in variant.fields {
                    let ty = self.defs.subst(field.ty, args);
                    let ty = self.concrete(ty);
                    fields.push(Field { name: field.name, ty });
                }
                variants.push(Variant { name: variant.name, fields, discriminant: variant.discriminant });
            }
            self.defs.types.variants.insert(ty, variants);
        }
        for part in kind.parts() {
            self.ensure_variants(part);
        }
    }
}
