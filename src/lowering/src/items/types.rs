//! Types as they are written.

use super::{Defs, Pred, eval_const};
use crate::span::Span;
use crate::syntax::{path_span, span_of, ty_span};
use crate::ty::{IntTy, Ty, TyKind, Types};

/// What names mean where a type is written.
#[derive(Clone, Copy)]
pub(crate) struct TyScope<'a> {
    /// The parameters, by number; a later one hides an earlier one.
    pub(crate) names: &'a [String],
    /// What is known of them: where `T::Item` looks for its trait.
    pub(crate) preds: &'a [Pred],
    /// What `Self` is.
    pub(crate) self_ty: Option<Ty>,
    /// Whether `_` and left out arguments may stand: they become `Infer(u32::MAX)`.
    pub(crate) allow_infer: bool,
}

impl Defs {
    /// The type that is written.
    pub(crate) fn read_ty(&mut self, ty: &syn::Type, scope: &TyScope<'_>) -> Ty {
        match ty {
            syn::Type::Path(path) => self.read_path_ty(path, scope),
            syn::Type::Reference(reference) => {
                let to = self.read_ty(&reference.elem, scope);
                self.types.intern(TyKind::Ref(reference.mutability.is_some(), to))
            }
            syn::Type::Tuple(tuple) => {
                let fields = tuple.elems.iter().map(|ty| self.read_ty(ty, scope)).collect();
                self.types.intern(TyKind::Tuple(fields))
            }
            syn::Type::Array(array) => {
                let item = self.read_ty(&array.elem, scope);
                let len = self.read_len(&array.len, scope);
                self.array_of(item, len)
            }
            syn::Type::Slice(slice) => {
                let item = self.read_ty(&slice.elem, scope);
                self.types.intern(TyKind::Slice(item))
            }
            syn::Type::Never(_) => Types::NEVER,
            syn::Type::Paren(paren) => self.read_ty(&paren.elem, scope),
            syn::Type::Group(group) => self.read_ty(&group.elem, scope),
            syn::Type::Infer(_) if scope.allow_infer => self.types.intern(TyKind::Infer(u32::MAX)),
            syn::Type::Infer(infer) => {
                let span = Span::from(infer.underscore_token.spans[0]);
                self.error(span, "the placeholder `_` is not allowed within types on item signatures");
                Types::ERROR
            }
            syn::Type::TraitObject(object) => {
                let bound = object.bounds.iter().find_map(|bound| match bound {
                    syn::TypeParamBound::Trait(bound) => bound.path.segments.last(),
                    _ => None,
                });
                let Some(segment) = bound else { return Types::ERROR };
                let name = segment.ident.to_string();
                if !matches!(&*name, "Future" | "Fn" | "FnMut" | "FnOnce") {
                    let span = Span::from(segment.ident.span());
                    if !self.items.trait_names.contains_key(&name) {
                        self.error(span, format!("cannot find trait `{name}` in this scope"));
                        return Types::ERROR;
                    }
                    let help = "name a type parameter, or an enum of the types that there are";
                    self.unsupported(span, format!("trait objects of `{name}` are not supported"), help);
                    return Types::ERROR;
                }
                let (mut args, assoc) = self.read_trait_args(segment, scope);
                args.extend(assoc.into_iter().map(|(_, ty)| ty));
                self.types.intern(TyKind::Dyn(segment.ident.to_string(), args))
            }
            syn::Type::FnPtr(pointer) => {
                let args = pointer.inputs.iter().map(|arg| self.read_ty(&arg.ty, scope)).collect();
                let result = match &pointer.output {
                    syn::ReturnType::Default => Types::UNIT,
                    syn::ReturnType::Type(_, ty) => self.read_ty(ty, scope),
                };
                self.types.intern(TyKind::FnPtr(args, result))
            }
            syn::Type::Ptr(pointer) => {
                let to = self.read_ty(&pointer.elem, scope);
                self.types.intern(TyKind::RawPtr(matches!(pointer.mutability, syn::PointerMutability::Mut(_)), to))
            }
            syn::Type::ImplTrait(item) => {
                self.unsupported(
                    item.impl_token.span.into(),
                    "`impl Trait` is not supported here",
                    "name a type parameter",
                );
                Types::ERROR
            }
            ty => {
                self.unsupported(ty_span(ty), "a type of this kind is not supported", "");
                Types::ERROR
            }
        }
    }

    pub(crate) fn array_of(&mut self, item: Ty, len: Ty) -> Ty {
        let kind = match *self.types.kind(len) {
            TyKind::ConstValue(len) => TyKind::Array(item, len),
            _ => TyKind::ArrayOf(item, len),
        };
        self.types.intern(kind)
    }

    fn read_len(&mut self, expr: &syn::Expr, scope: &TyScope<'_>) -> Ty {
        if let syn::Expr::Path(path) = expr
            && let Some(at) =
                path.path.get_ident().and_then(|ident| scope.names.iter().rposition(|name| ident == name.as_str()))
        {
            return self.types.intern(TyKind::Generic(at as u32));
        }
        if let syn::Expr::Infer(_) = expr {
            return self.types.intern(TyKind::Infer(u32::MAX));
        }
        let len = eval_const(self, expr);
        self.len_of(len, span_of(expr))
    }

    fn len_of(&mut self, len: Option<i128>, span: Span) -> Ty {
        match len {
            Some(len) if (0..=i128::from(u32::MAX)).contains(&len) => self.types.intern(TyKind::ConstValue(len as u64)),
            _ => {
                self.unsupported(span, "this length is not a constant that is known", "write a number or a const");
                Types::ERROR
            }
        }
    }

    /// A constant that stands where a type might.
    fn read_const_arg(&mut self, path: &syn::Path, scope: &TyScope<'_>) -> Ty {
        let name = path.get_ident().map_or_else(String::new, |ident| ident.to_string());
        if let Some(at) = scope.names.iter().rposition(|known| *known == name) {
            return self.types.intern(TyKind::Generic(at as u32));
        }
        let len = self.items.consts.get(&name).and_then(|def| eval_const(self, &def.expr));
        self.len_of(len, path_span(None, path))
    }

    fn read_path_ty(&mut self, ty: &syn::TypePath, scope: &TyScope<'_>) -> Ty {
        let Some(last) = ty.path.segments.last() else { return Types::ERROR };
        let name = last.ident.to_string();
        if let Some(qself) = &ty.qself {
            let self_ty = self.read_ty(&qself.ty, scope);
            let segment = qself.position.checked_sub(1).and_then(|at| ty.path.segments.get(at));
            return match segment.and_then(|segment| self.items.trait_names.get(&segment.ident.to_string()).copied()) {
                Some(trait_) => {
                    let (args, _) =
                        segment.map_or_else(Default::default, |segment| self.read_trait_args(segment, scope));
                    let args = self.default_trait_args(trait_, args, self_ty);
                    self.assoc(trait_, name, self_ty, args)
                }
                None => self.assoc_by_name(self_ty, &name, scope, last.ident.span().into()),
            };
        }
        if ty.path.segments.len() == 2 {
            let first = ty.path.segments[0].ident.to_string();
            let base = match scope.names.iter().rposition(|name| *name == first) {
                Some(at) => Some(self.types.intern(TyKind::Generic(at as u32))),
                None if first == "Self" => scope.self_ty,
                None => None,
            };
            if let Some(base) = base {
                return self.assoc_by_name(base, &name, scope, last.ident.span().into());
            }
        }
        if ty.path.segments.len() == 1 {
            if name == "Self"
                && let Some(ty) = scope.self_ty
            {
                return ty;
            }
            if let Some(at) = scope.names.iter().rposition(|known| *known == name) {
                return self.types.intern(TyKind::Generic(at as u32));
            }
        }
        self.read_named(last, scope)
    }

    /// A type by its name: one of the language's own, a struct, an enum or an alias.
    pub(crate) fn read_named(&mut self, last: &syn::PathSegment, scope: &TyScope<'_>) -> Ty {
        let name = last.ident.to_string();
        if let Some(ty) = self.primitive(&name) {
            return ty;
        }
        let args = match &last.arguments {
            syn::PathArguments::AngleBracketed(list) => {
                let mut args = Vec::new();
                for arg in &list.args {
                    match arg {
                        syn::GenericArgument::Type(syn::Type::Path(path))
                            if path
                                .path
                                .get_ident()
                                .is_some_and(|ident| self.items.consts.contains_key(&ident.to_string())) =>
                        {
                            args.push(self.read_const_arg(&path.path, scope));
                        }
                        syn::GenericArgument::Type(ty) => args.push(self.read_ty(ty, scope)),
                        syn::GenericArgument::Const(expr) => args.push(self.read_len(expr, scope)),
                        _ => {}
                    }
                }
                Some(args)
            }
            _ => None,
        };
        self.named_ty(&name, args, scope, last.ident.span().into())
    }

    pub(crate) fn primitive(&mut self, name: &str) -> Option<Ty> {
        Some(match name {
            "bool" => Types::BOOL,
            "char" => Types::CHAR,
            "str" => Types::STR,
            "f32" => self.types.intern(TyKind::Float(32)),
            "f64" => Types::F64,
            _ => {
                let int = IntTy::ALL.iter().find(|(known, _)| *known == name)?.1;
                self.types.intern(TyKind::Int(int))
            }
        })
    }

    /// A struct, enum or alias with arguments; none if they are left out.
    pub(crate) fn named_ty(&mut self, name: &str, args: Option<Vec<Ty>>, scope: &TyScope<'_>, span: Span) -> Ty {
        if let Some(&id) = self.items.adts.get(name) {
            let wanted = self.types.adts[id.0 as usize].params.len();
            let mut args = args.unwrap_or_default();
            // A file's own alias `fmt::Result` has no arguments.
            if name == "Result" && args.is_empty() && !scope.allow_infer {
                let error = self.adt_ty("FmtError", Vec::new());
                args = vec![Types::UNIT, error];
            }
            if args.len() < wanted && !scope.allow_infer {
                let (given, s) = (args.len(), if wanted == 1 { "" } else { "s" });
                let message =
                    format!("missing generics for `{name}`: expected {wanted} generic argument{s}, found {given}");
                self.error(span, message);
            }
            while args.len() < wanted {
                let ty = if scope.allow_infer { TyKind::Infer(u32::MAX) } else { TyKind::Error };
                args.push(self.types.intern(ty));
            }
            args.truncate(wanted);
            return self.types.intern(TyKind::Adt(id, args));
        }
        if let Some((params, ty)) = self.items.aliases.get(name).cloned() {
            let inner = TyScope { names: &params, preds: &[], self_ty: None, allow_infer: scope.allow_infer };
            let ty = self.read_ty(&ty, &inner);
            let mut args = args.unwrap_or_default();
            while args.len() < params.len() {
                args.push(self.types.intern(TyKind::Infer(u32::MAX)));
            }
            return self.subst(ty, &args);
        }
        if name == "Error" {
            return self.adt_ty("FmtError", Vec::new());
        }
        let known =
            if self.items.trait_names.contains_key(name) { "expected a type, found trait" } else { "cannot find type" };
        let message = match known {
            "cannot find type" => format!("cannot find type `{name}` in this scope"),
            _ => format!("{known} `{name}`"),
        };
        self.error(span, message);
        Types::ERROR
    }

    pub(crate) fn assoc(&mut self, trait_: usize, name: String, self_ty: Ty, args: Vec<Ty>) -> Ty {
        let mut all = vec![self_ty];
        all.extend(args);
        self.types.intern(TyKind::Assoc(trait_ as u32, name, all))
    }

    /// `T::Item`: of a trait that a bound names, or the only one that has such a type.
    fn assoc_by_name(&mut self, self_ty: Ty, name: &str, scope: &TyScope<'_>, span: Span) -> Ty {
        let has = |defs: &Defs, trait_: usize| defs.items.traits[trait_].assoc.iter().any(|assoc| assoc == name);
        let bounds = scope.preds.iter().filter(|pred| pred.ty == self_ty).cloned().collect::<Vec<_>>();
        for pred in &bounds {
            if has(self, pred.trait_) {
                return self.assoc(pred.trait_, name.to_owned(), self_ty, pred.args.clone());
            }
            for supertrait in self.items.traits[pred.trait_].supers.clone() {
                if has(self, supertrait.trait_) {
                    return self.assoc(supertrait.trait_, name.to_owned(), self_ty, supertrait.args.clone());
                }
            }
        }
        let preferred = match name {
            "Item" => Some("Iterator"),
            "Output" => Some("Future"),
            "Target" => Some("Deref"),
            "Err" => Some("FromStr"),
            _ => None,
        };
        if let Some(known) = preferred {
            let trait_ = self.trait_id(known);
            return self.assoc(trait_, name.to_owned(), self_ty, Vec::new());
        }
        match (0..self.items.traits.len()).rfind(|&id| has(self, id)) {
            Some(trait_) => {
                let args = self.default_trait_args(trait_, Vec::new(), self_ty);
                self.assoc(trait_, name.to_owned(), self_ty, args)
            }
            None => {
                self.error(span, format!("associated type `{name}` not found"));
                Types::ERROR
            }
        }
    }

    /// Puts arguments in place of parameters.
    pub(crate) fn subst(&mut self, ty: Ty, args: &[Ty]) -> Ty {
        self.map_ty(ty, &mut |defs, ty| match *defs.types.kind(ty) {
            TyKind::Generic(at) => Some(args.get(at as usize).copied().unwrap_or(Types::ERROR)),
            _ => None,
        })
    }

    /// The type with its parts replaced: where the function says a type, that one, else what its parts become.
    pub(crate) fn map_ty(&mut self, ty: Ty, f: &mut dyn FnMut(&mut Defs, Ty) -> Option<Ty>) -> Ty {
        if let Some(new) = f(self, ty) {
            return new;
        }
        let kind = self.types.shared(ty);
        if let TyKind::Param(..) = *kind {
            return ty;
        }
        let parts = kind.parts();
        if parts.is_empty() {
            return ty;
        }
        let new = parts.iter().map(|&part| self.map_ty(part, f)).collect::<Vec<_>>();
        match *kind {
            TyKind::ArrayOf(..) => self.array_of(new[0], new[1]),
            _ if new == parts => ty,
            _ => self.types.intern(kind.with_parts(&new)),
        }
    }
}
