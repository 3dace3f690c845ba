//! Constructors that a path names, and fields.

use super::super::Checker;
use crate::syntax::{field_span, member_of};
use crate::tree::{ExprId, ExprKind};
use crate::ty::{AdtId, Ty, TyKind};

impl Checker<'_> {
    /// A struct's literal: which variant of which type a path names.
    pub(in super::super) fn resolve_ctor(&mut self, path: &syn::Path) -> Option<(AdtId, u32, Vec<Ty>)> {
        let last = path.segments.last()?;
        let name = last.ident.to_string();
        if path.segments.len() >= 2 {
            let before = &path.segments[path.segments.len() - 2];
            let before_name = before.ident.to_string();
            let (id, args) = match (&*before_name, self.self_ty) {
                ("Self", Some(ty)) => match self.kind(ty).clone() {
                    TyKind::Adt(id, args) => (id, args),
                    _ => return None,
                },
                _ => match self.low.defs.items.adts.get(&before_name).copied() {
                    Some(id) => {
                        let wanted = self.low.defs.types.adts[id.0 as usize].params.len();
                        let given = self.segment_args(before).or_else(|| self.segment_args(last));
                        (id, self.filled(given, wanted))
                    }
                    None => return self.plain_ctor(last),
                },
            };
            let def = &self.low.defs.types.adts[id.0 as usize];
            if def.is_enum {
                let at = def.variants.iter().position(|variant| variant.name == name)?;
                return Some((id, at as u32, args));
            }
            return self.plain_ctor(last);
        }
        if name == "Self"
            && let Some(ty) = self.self_ty
            && let TyKind::Adt(id, args) = self.kind(ty).clone()
        {
            return Some((id, 0, args));
        }
        if let Some(&(id, variant)) = self.low.defs.items.variants.get(&name) {
            let wanted = self.low.defs.types.adts[id.0 as usize].params.len();
            return Some((id, variant, self.fresh_args(wanted)));
        }
        if self.low.defs.items.aliases.contains_key(&name) {
            let ty = self.written_alias(last);
            if let TyKind::Adt(id, args) = self.kind(ty).clone() {
                return Some((id, 0, args));
            }
        }
        self.plain_ctor(last)
    }

    pub(super) fn plain_ctor(&mut self, segment: &syn::PathSegment) -> Option<(AdtId, u32, Vec<Ty>)> {
        let id = self.low.defs.items.adts.get(&segment.ident.to_string()).copied()?;
        let def = &self.low.defs.types.adts[id.0 as usize];
        if def.is_enum {
            return None;
        }
        let wanted = def.params.len();
        let given = self.segment_args(segment);
        Some((id, 0, self.filled(given, wanted)))
    }

    pub(in super::super) fn field_of(&mut self, ty: Ty, name: &str) -> Option<(u32, Ty)> {
        match self.kind(self.actual(ty)).clone() {
            TyKind::Adt(id, args) => {
                let def = &self.low.defs.types.adts[id.0 as usize];
                if def.is_enum || (self.is_user && def.opaque.is_some()) {
                    return None;
                }
                let at = def.variants.first()?.fields.iter().position(|field| field.name == name)?;
                let ty = def.variants[0].fields[at].ty;
                Some((at as u32, self.instantiate(ty, &args)))
            }
            TyKind::Tuple(fields) => {
                let at = name.parse::<usize>().ok()?;
                fields.get(at).map(|&ty| (at as u32, ty))
            }
            _ => None,
        }
    }

    pub(in super::super) fn check_field(&mut self, field: &syn::ExprField) -> ExprId {
        let base = self.check_expr(&field.base, None);
        let span = field_span(field);
        let (name, name_span) = member_of(&field.member);
        self.settle();
        let mut place = base;
        for _ in 0..10 {
            let ty = self.tree.expr(place).ty;
            if let Some((at, ty)) = self.field_of(ty, &name) {
                return self.tree.add(ExprKind::Field(place, at), ty, span);
            }
            match self.deref_ty(ty, false) {
                Some((step, to)) => place = self.deref_expr(place, step, to, span),
                None => break,
            }
        }
        let ty = self.tree.expr(base).ty;
        let ty = self.resolve(ty);
        if !self.low.has_error(ty) {
            let shown = self.name(ty);
            let message = match self.is_unknown(ty) {
                true => "type annotations needed".to_owned(),
                false => format!("no field `{name}` on type `{shown}`"),
            };
            self.error(name_span, message);
        }
        self.error_expr(span)
    }
}
