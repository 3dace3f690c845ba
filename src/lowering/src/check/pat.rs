//! Patterns, with default binding modes: a pattern that is no reference looks through references, and then binds by reference.

mod consts;

use super::Checker;
use crate::hash::HashMap;
use crate::order::sort_by_key;
use crate::span::Span;
use crate::syntax::{member_of, pat_span};
use crate::tree::{PatId, PatKind, VarId};
use crate::ty::{AdtId, Ty, TyKind, Types};

/// The variables of one pattern: alternatives share theirs.
type Names = HashMap<String, VarId>;

impl Checker<'_> {
    /// A whole pattern; its variables are declared in the innermost scope.
    pub(super) fn check_pat_top(&mut self, pat: &syn::Pat, ty: Ty) -> PatId {
        let mut names = Names::default();
        let id = self.check_pat(pat, ty, None, &mut names);
        for (name, var) in names {
            self.declare(&name, var);
        }
        id
    }

    fn check_pat(&mut self, pat: &syn::Pat, ty: Ty, mode: Option<bool>, names: &mut Names) -> PatId {
        let looks_through = match pat {
            syn::Pat::Tuple(_) | syn::Pat::TupleStruct(_) | syn::Pat::Struct(_) | syn::Pat::Slice(_) => true,
            syn::Pat::Path(path) => self.is_value_path(path),
            syn::Pat::Ident(pat) => {
                self.unit_value(&pat.ident.to_string()).is_some() && pat.subpat.is_none() && pat.by_ref.is_none()
            }
            syn::Pat::Lit(lit) => !matches!(lit.lit, syn::Lit::Str(_)) || self.is_double_ref(ty),
            syn::Pat::Range(_) => true,
            _ => false,
        };
        if looks_through {
            self.settle();
            let actual = self.actual(ty);
            if let TyKind::Ref(mutable, to) = *self.kind(actual) {
                let inner = match mode {
                    Some(false) => Some(false),
                    _ => Some(mutable),
                };
                let inner = self.check_pat(pat, to, inner, names);
                return self.tree.add_pat(PatKind::Deref(inner), actual, pat_span(pat));
            }
        }
        let span = pat_span(pat);
        match pat {
            syn::Pat::Wild(_) | syn::Pat::Rest(_) => self.tree.add_pat(PatKind::Wild, ty, span),
            syn::Pat::Paren(paren) => self.check_pat(&paren.pat, ty, mode, names),
            syn::Pat::Guard(guard) => self.check_pat(&guard.pat, ty, mode, names),
            syn::Pat::Type(typed) => {
                let written = self.written_ty(&typed.ty);
                if !self.unify(written, ty) {
                    self.mismatch(span, ty, written);
                }
                self.check_pat(&typed.pat, written, mode, names)
            }
            syn::Pat::Ident(ident) => {
                let sub = ident.subpat.as_ref().map(|(_, sub)| &**sub);
                self.check_ident_pat(ident, sub, ty, mode, names)
            }
            syn::Pat::Tuple(tuple) => {
                let pats = tuple.elems.iter().collect::<Vec<_>>();
                let rest = pats.iter().position(|pat| matches!(pat, syn::Pat::Rest(_)));
                let fields = match self.kind(self.actual(ty)).clone() {
                    TyKind::Tuple(fields) => fields,
                    TyKind::Infer(_) if rest.is_none() => {
                        let fields = self.fresh_args(pats.len());
                        let tuple = self.intern(TyKind::Tuple(fields.clone()));
                        self.unify(ty, tuple);
                        fields
                    }
                    TyKind::Error => vec![Types::ERROR; pats.len()],
                    _ => {
                        let found = self.fresh_args(pats.len());
                        let found = self.intern(TyKind::Tuple(found));
                        self.mismatch(span, ty, found);
                        vec![Types::ERROR; pats.len()]
                    }
                };
                let list = self.field_pats(&pats, rest, &fields, mode, names, span);
                self.tree.add_pat(PatKind::Fields(list), ty, span)
            }
            syn::Pat::TupleStruct(item) => {
                let Some((adt, variant, args)) = self.resolve_ctor(&item.path) else {
                    let name = item.path.segments.last().map_or_else(String::new, |s| s.ident.to_string());
                    self.error(span, format!("cannot find tuple struct/variant `{name}` in this scope"));
                    return self.error_pat(item.elems.iter(), names, span);
                };
                let fields = self.unify_ctor(adt, variant, args, ty, span);
                let pats = item.elems.iter().collect::<Vec<_>>();
                let rest = pats.iter().position(|pat| matches!(pat, syn::Pat::Rest(_)));
                let tys = fields.iter().map(|&(_, ty)| ty).collect::<Vec<_>>();
                let list = self.field_pats(&pats, rest, &tys, mode, names, span);
                self.variant_pat(adt, variant, list, ty, span)
            }
            syn::Pat::Struct(item) => {
                let Some((adt, variant, args)) = self.resolve_ctor(&item.path) else {
                    let name = item.path.segments.last().map_or_else(String::new, |s| s.ident.to_string());
                    self.error(span, format!("cannot find struct, variant or union type `{name}` in this scope"));
                    return self.error_pat(item.fields.iter().map(|field| &*field.pat), names, span);
                };
                let fields = self.unify_ctor(adt, variant, args, ty, span);
                let mut list = Vec::new();
                for field in &item.fields {
                    let (name, name_span) = member_of(&field.member);
                    match fields.iter().position(|(known, _)| *known == name) {
                        Some(at) => {
                            let pat = self.check_pat(&field.pat, fields[at].1, mode, names);
                            list.push((at as u32, pat));
                        }
                        None => {
                            let message = format!("there is no field named `{name}` here");
                            self.error(name_span, message);
                            self.check_pat(&field.pat, Types::ERROR, mode, names);
                        }
                    }
                }
                if item.rest.is_none() && list.len() < fields.len() {
                    let missing = (0..fields.len()).find(|&at| !list.iter().any(|&(known, _)| known == at as u32));
                    let name = missing.map_or_else(String::new, |at| fields[at].0.clone());
                    self.error(span, format!("pattern does not mention field `{name}`"));
                }
                sort_by_key(&mut list, |&(at, _)| at);
                self.variant_pat(adt, variant, list, ty, span)
            }
            syn::Pat::Path(path) => self.check_path_pat(path, ty, span),
            syn::Pat::Reference(reference) => {
                let to = match *self.kind(self.actual(ty)) {
                    TyKind::Ref(_, to) => to,
                    _ => {
                        let to = self.fresh();
                        let wanted = self.ref_to(reference.mutability.is_some(), to);
                        if !self.unify(ty, wanted) {
                            self.mismatch(span, ty, wanted);
                        }
                        to
                    }
                };
                let inner = self.check_pat(&reference.pat, to, None, names);
                self.tree.add_pat(PatKind::Deref(inner), ty, span)
            }
            syn::Pat::Lit(lit) => {
                let expr = self.check_lit(&lit.lit, Some(ty));
                let found = self.tree.expr(expr).ty;
                if !self.unify(ty, found) {
                    self.mismatch(span, ty, found);
                }
                match self.tree.expr(expr).kind.clone() {
                    crate::tree::ExprKind::Const(value) => self.tree.add_pat(PatKind::Const(value), ty, span),
                    _ => self.tree.add_pat(PatKind::Wild, ty, span),
                }
            }
            syn::Pat::Range(range) => self.check_range_pat(range, ty, span),
            syn::Pat::Slice(slice) => self.check_slice_pat(slice, ty, mode, names, span),
            syn::Pat::Or(or) => {
                let pats = or.cases.iter().map(|pat| self.check_pat(pat, ty, mode, names)).collect();
                self.tree.add_pat(PatKind::Or(pats), ty, span)
            }
            syn::Pat::Verbatim(tokens) if tokens.to_string().starts_with('-') => {
                self.tree.add_pat(PatKind::Wild, ty, span)
            }
            _ => {
                self.unsupported(span, "a pattern of this kind is not supported", "");
                self.tree.add_pat(PatKind::Wild, ty, span)
            }
        }
    }

    fn is_double_ref(&self, ty: Ty) -> bool {
        match *self.kind(self.actual(ty)) {
            TyKind::Ref(_, to) => matches!(self.kind(self.actual(to)), TyKind::Ref(..)),
            _ => false,
        }
    }

    fn is_value_path(&self, path: &syn::ExprPath) -> bool {
        path.path.segments.len() > 1 || path.path.get_ident().is_some()
    }

    /// A unit variant, unit struct or constant that a plain name means.
    fn unit_value(&self, name: &str) -> Option<Result<(AdtId, u32), ()>> {
        let items = &self.low.defs.items;
        if let Some(&(adt, variant)) = items.variants.get(name)
            && self.low.defs.types.adts[adt.0 as usize].variants[variant as usize].fields.is_empty()
        {
            return Some(Ok((adt, variant)));
        }
        if items.consts.contains_key(name) {
            return Some(Err(()));
        }
        let &adt = items.adts.get(name)?;
        let def = &self.low.defs.types.adts[adt.0 as usize];
        (!def.is_enum && def.variants.first()?.fields.is_empty() && def.builtin.is_none()).then_some(Ok((adt, 0)))
    }

    /// A variable, and what is behind its `@`.
    fn check_ident_pat(
        &mut self,
        pat: &syn::PatIdent,
        sub: Option<&syn::Pat>,
        ty: Ty,
        mode: Option<bool>,
        names: &mut Names,
    ) -> PatId {
        let name = pat.ident.to_string();
        let span = Span::from(pat.ident.span());
        if sub.is_none() && pat.by_ref.is_none() {
            match self.unit_value(&name) {
                Some(Ok((adt, variant))) => {
                    let wanted = self.low.defs.types.adts[adt.0 as usize].params.len();
                    let args = self.fresh_args(wanted);
                    self.unify_ctor(adt, variant, args, ty, span);
                    return self.variant_pat(adt, variant, Vec::new(), ty, span);
                }
                Some(Err(())) => return self.const_pat(&name, ty, span),
                None => {}
            }
        }
        let by_ref = match (&pat.by_ref, mode) {
            (Some(_), _) => Some(pat.mutability.is_some()),
            (None, mode) if pat.mutability.is_none() => mode,
            _ => None,
        };
        let var_ty = match by_ref {
            Some(mutable) => self.ref_to(mutable, ty),
            None => ty,
        };
        let span = match &pat.mutability {
            // rustc's span of a binding begins at `mut` or `ref`.
            Some(token) if pat.by_ref.is_none() => Span::from(token.span).to(span),
            _ => match &pat.by_ref {
                Some(token) => Span::from(token.span).to(span),
                None => span,
            },
        };
        let mutable = pat.mutability.is_some() && pat.by_ref.is_none();
        let var = match names.get(&name) {
            Some(&var) => {
                let known = self.tree.var(var).ty;
                if !self.unify(known, var_ty) {
                    self.mismatch(span, known, var_ty);
                }
                var
            }
            None => {
                let var = self.new_var(&name, var_ty, span, mutable);
                names.insert(name, var);
                var
            }
        };
        let sub = sub.map(|sub| self.check_pat(sub, ty, mode, names));
        self.tree.add_pat(PatKind::Binding { var, by_ref, sub }, ty, span)
    }

    fn error_pat<'p>(&mut self, pats: impl Iterator<Item = &'p syn::Pat>, names: &mut Names, span: Span) -> PatId {
        for pat in pats {
            self.check_pat(pat, Types::ERROR, None, names);
        }
        self.tree.add_pat(PatKind::Wild, Types::ERROR, span)
    }

    /// The fields of a constructor whose type must be that of the scrutinee.
    fn unify_ctor(&mut self, adt: AdtId, variant: u32, args: Vec<Ty>, ty: Ty, span: Span) -> Vec<(String, Ty)> {
        let own = self.intern(TyKind::Adt(adt, args.clone()));
        if !self.unify(ty, own) {
            self.mismatch(span, ty, own);
        }
        let fields = self.low.defs.types.adts[adt.0 as usize].variants[variant as usize].fields.clone();
        fields.into_iter().map(|field| (field.name, self.instantiate(field.ty, &args))).collect()
    }

    fn variant_pat(&mut self, adt: AdtId, variant: u32, list: Vec<(u32, PatId)>, ty: Ty, span: Span) -> PatId {
        let kind = match self.low.defs.types.adts[adt.0 as usize].is_enum {
            true => PatKind::Variant(variant, list),
            false => PatKind::Fields(list),
        };
        self.tree.add_pat(kind, ty, span)
    }

    fn field_pats(
        &mut self,
        pats: &[&syn::Pat],
        rest: Option<usize>,
        tys: &[Ty],
        mode: Option<bool>,
        names: &mut Names,
        span: Span,
    ) -> Vec<(u32, PatId)> {
        let given = pats.len() - usize::from(rest.is_some());
        if given > tys.len() || (rest.is_none() && given < tys.len()) {
            let s = if tys.len() == 1 { "" } else { "s" };
            self.error(
                span,
                format!("this pattern has {given} fields, but the corresponding type has {} field{s}", tys.len()),
            );
        }
        let mut list = Vec::new();
        for (i, pat) in pats.iter().enumerate() {
            let at = match rest {
                Some(rest) if i == rest => continue,
                Some(rest) if i > rest => (i + tys.len()).checked_sub(pats.len()),
                _ => Some(i),
            };
            let ty = at.and_then(|at| tys.get(at).copied());
            let pat = self.check_pat(pat, ty.unwrap_or(Types::ERROR), mode, names);
            if let (Some(at), Some(_)) = (at, ty) {
                list.push((at as u32, pat));
            }
        }
        list
    }

    fn check_slice_pat(
        &mut self,
        slice: &syn::PatSlice,
        ty: Ty,
        mode: Option<bool>,
        names: &mut Names,
        span: Span,
    ) -> PatId {
        let (item, array_len) = match *self.kind(self.actual(ty)) {
            TyKind::Array(item, len) => (item, Some(len)),
            TyKind::Slice(item) => (item, None),
            TyKind::Error => (Types::ERROR, None),
            _ => {
                let name = self.name(ty);
                self.error(span, format!("expected an array or slice, found `{name}`"));
                (Types::ERROR, None)
            }
        };
        let (mut prefix, mut suffix, mut rest, mut has_rest) = (Vec::new(), Vec::new(), None, false);
        let fixed = slice.elems.iter().filter(|pat| !is_rest(pat)).count() as u64;
        for pat in &slice.elems {
            match pat {
                syn::Pat::Rest(_) => has_rest = true,
                syn::Pat::Ident(ident)
                    if ident.subpat.as_ref().is_some_and(|(_, sub)| matches!(**sub, syn::Pat::Rest(_))) =>
                {
                    has_rest = true;
                    let ty = match array_len {
                        Some(len) => self.intern(TyKind::Array(item, len.saturating_sub(fixed))),
                        None => self.intern(TyKind::Slice(item)),
                    };
                    rest = Some(self.check_ident_pat(ident, None, ty, mode, names));
                }
                pat => {
                    let pat = self.check_pat(pat, item, mode, names);
                    if has_rest { suffix.push(pat) } else { prefix.push(pat) }
                }
            }
        }
        self.tree.add_pat(PatKind::Slice { prefix, slice: rest, has_rest, suffix }, ty, span)
    }
}

fn is_rest(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Rest(_) => true,
        syn::Pat::Ident(ident) => ident.subpat.as_ref().is_some_and(|(_, sub)| matches!(**sub, syn::Pat::Rest(_))),
        _ => false,
    }
}
