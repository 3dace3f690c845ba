//! Parameters and bounds.

use super::super::{Defs, Generics, Pred, TyScope};
use crate::ty::{Ty, TyKind, Types};

pub(super) fn bound_trait(bound: &syn::TypeParamBound) -> Option<String> {
    match bound {
        syn::TypeParamBound::Trait(bound) => bound.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

pub(super) fn param_names(generics: &syn::Generics) -> Vec<String> {
    let names = generics.params.iter().filter_map(|param| match param {
        syn::GenericParam::Type(param) => Some(param.ident.to_string()),
        syn::GenericParam::Const(param) => Some(param.ident.to_string()),
        syn::GenericParam::Lifetime(_) => None,
    });
    names.collect()
}

impl Defs {
    /// The parameters of a definition behind those of its parent; and the names that `impl Trait` arguments get.
    pub(in super::super) fn read_generics(
        &mut self,
        generics: &syn::Generics,
        parent: &Generics,
        self_ty: Option<Ty>,
    ) -> (Generics, Vec<String>) {
        let mut out = parent.clone();
        out.parent = parent.names.len();
        out.names.extend(param_names(generics));
        let names = out.names.clone();
        let mut bounds = Vec::new();
        for param in generics.type_params() {
            let at = names.iter().rposition(|name| param.ident == name.as_str()).unwrap_or(0);
            bounds.push((self.types.intern(TyKind::Generic(at as u32)), &param.bounds));
        }
        for clause in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let syn::WherePredicate::Type(clause) = clause {
                let scope = TyScope { names: &names, preds: &out.preds, self_ty, allow_infer: false };
                let ty = self.read_ty(&clause.bounded_ty, &scope);
                bounds.push((ty, &clause.bounds));
            }
        }
        // Traits first, so that `I::Item` finds its trait in a later bound.
        let first = out.preds.len();
        for &(ty, bounds) in &bounds {
            for bound in bounds {
                if let Some(trait_) = bound_trait(bound).and_then(|name| self.items.trait_names.get(&name)) {
                    out.preds.push(Pred { ty, trait_: *trait_, args: Vec::new(), assoc: Vec::new() });
                }
            }
        }
        let shallow = out.preds.clone();
        out.preds.truncate(first);
        for (ty, bounds) in bounds {
            let scope = TyScope { names: &names, preds: &shallow, self_ty, allow_infer: false };
            let preds = self.read_bounds(ty, bounds.iter(), &scope);
            out.preds.extend(preds);
        }
        (out, names)
    }

    /// The predicates of bounds on a type.
    pub(in super::super) fn read_bounds<'a>(
        &mut self,
        ty: Ty,
        bounds: impl Iterator<Item = &'a syn::TypeParamBound>,
        scope: &TyScope<'_>,
    ) -> Vec<Pred> {
        let mut preds = Vec::new();
        for bound in bounds {
            let syn::TypeParamBound::Trait(bound) = bound else { continue };
            let Some(segment) = bound.path.segments.last() else { continue };
            let Some(&trait_) = self.items.trait_names.get(&segment.ident.to_string()) else {
                let name = segment.ident.to_string();
                if !matches!(&*name, "Sized" | "Send" | "Sync" | "Unpin" | "Copy") {
                    self.error(segment.ident.span().into(), format!("cannot find trait `{name}` in this scope"));
                }
                continue;
            };
            let (args, assoc) = self.read_trait_args(segment, scope);
            let args = self.default_trait_args(trait_, args, ty);
            preds.push(Pred { ty, trait_, args, assoc });
        }
        preds
    }

    /// `Add` is `Add<Self>`.
    pub(crate) fn default_trait_args(&mut self, trait_: usize, mut args: Vec<Ty>, self_ty: Ty) -> Vec<Ty> {
        let wanted = self.items.traits[trait_].generics.names.len().saturating_sub(1);
        while args.len() < wanted {
            args.push(self_ty);
        }
        args
    }

    pub(in super::super) fn read_trait_args(
        &mut self,
        segment: &syn::PathSegment,
        scope: &TyScope<'_>,
    ) -> (Vec<Ty>, Vec<(String, Ty)>) {
        let (mut args, mut assoc) = (Vec::new(), Vec::new());
        match &segment.arguments {
            syn::PathArguments::None => {}
            syn::PathArguments::AngleBracketed(list) => {
                for arg in &list.args {
                    match arg {
                        syn::GenericArgument::Type(ty) => args.push(self.read_ty(ty, scope)),
                        syn::GenericArgument::AssocType(item) => {
                            assoc.push((item.ident.to_string(), self.read_ty(&item.ty, scope)))
                        }
                        _ => {}
                    }
                }
            }
            syn::PathArguments::Parenthesized(list) => {
                let inputs = list.inputs.iter().map(|arg| self.read_ty(&arg.ty, scope)).collect();
                args.push(self.types.intern(TyKind::Tuple(inputs)));
                let output = match &list.output {
                    syn::ReturnType::Default => Types::UNIT,
                    syn::ReturnType::Type(_, ty) => self.read_ty(ty, scope),
                };
                assoc.push(("Output".to_owned(), output));
            }
        }
        (args, assoc)
    }
}
