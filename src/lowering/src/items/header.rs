//! Reading headers: parameters, predicates, the types of fields, arguments and results.

mod bounds;

use super::collect::{Pending, text};
use super::{Defs, FnDef, Generics, Owner, Pred, TyScope};
use crate::span::Span;
use crate::ty::{AdtId, FieldDef, Ty, TyKind, Types};
use bounds::param_names;
use std::rc::Rc;

impl Defs {
    pub(super) fn read_headers(&mut self, pending: Vec<Pending>, is_user: bool) {
        // Traits first, since bounds name their associated types; then the names of all types' parameters.
        for item in &pending {
            if let Pending::Trait(id, item) = item {
                let mut names = vec!["Self".to_owned()];
                names.extend(item.generics.type_params().map(|p| p.ident.to_string()));
                let def = Rc::make_mut(&mut self.items.traits[*id]);
                def.generics.names = names;
                for item in &item.items {
                    if let syn::TraitItem::Type(assoc) = item {
                        def.assoc.push(assoc.ident.to_string());
                    }
                }
            }
            if let Pending::Adt(id, generics, ..) = item {
                Rc::make_mut(&mut self.types.adts[id.0 as usize]).params = param_names(generics);
            }
        }
        let mut adts = Vec::new();
        for item in pending {
            match item {
                Pending::Adt(id, generics, variants, head) => {
                    self.read_adt(id, &generics, variants);
                    adts.push((id, head));
                }
                Pending::Fn(item, path) => {
                    let name = item.sig.ident.to_string();
                    let id = self.read_fn(item, path, Owner::Free, &Generics::default(), None, is_user, true);
                    self.items.free_fns.insert(name, id);
                }
                Pending::Trait(id, item) => self.read_trait(id, item, is_user),
                Pending::Impl(id, item, path) => self.read_impl(id, item, path, is_user),
            }
        }
        if is_user {
            self.check_recursive(&adts);
        }
    }

    fn read_adt(&mut self, id: AdtId, generics: &syn::Generics, variants: Vec<(syn::Fields, Option<syn::Expr>)>) {
        let (generics, _) = self.read_generics(generics, &Generics::default(), None);
        let names = generics.names.clone();
        let args = (0..names.len()).map(|i| self.types.intern(TyKind::Generic(i as u32))).collect();
        let self_ty = self.types.intern(TyKind::Adt(id, args));
        let preds = generics.preds.clone();
        self.items.adt_preds[id.0 as usize] = generics;
        let mut next = 0;
        for (v, (fields, discriminant)) in variants.into_iter().enumerate() {
            if let Some(value) = discriminant.and_then(|expr| super::eval_const(self, &expr)) {
                next = value;
            }
            let mut defs = Vec::new();
            for (i, field) in fields.iter().enumerate() {
                let scope = TyScope { names: &names, preds: &preds, self_ty: Some(self_ty), allow_infer: false };
                let ty = self.read_ty(&field.ty, &scope);
                defs.push(FieldDef {
                    name: field.ident.as_ref().map_or_else(|| i.to_string(), |ident| ident.to_string()),
                    ty,
                });
            }
            let variant = &mut Rc::make_mut(&mut self.types.adts[id.0 as usize]).variants[v];
            variant.fields = defs;
            variant.discriminant = next;
            next += 1;
        }
    }

    #[expect(clippy::too_many_arguments)]
    fn read_fn(
        &mut self,
        item: syn::ItemFn,
        path: String,
        owner: Owner,
        parent: &Generics,
        self_ty: Option<Ty>,
        is_user: bool,
        has_body: bool,
    ) -> usize {
        let (mut generics, _) = self.read_generics(&item.sig.generics, parent, self_ty);
        let mut params = Vec::new();
        let mut has_self = false;
        for input in &item.sig.inputs {
            let ty = match input {
                syn::FnArg::Receiver(receiver) => {
                    has_self = true;
                    let scope = TyScope {
                        names: &generics.names.clone(),
                        preds: &generics.preds.clone(),
                        self_ty,
                        allow_infer: false,
                    };
                    self.read_receiver(receiver, &scope)
                }
                syn::FnArg::Typed(arg) => self.read_arg(&arg.ty, &mut generics, self_ty),
            };
            params.push(ty);
        }
        let mut opaque = Vec::new();
        let result = match &item.sig.output {
            syn::ReturnType::Default => Types::UNIT,
            syn::ReturnType::Type(_, ty) => {
                let names = generics.names.clone();
                let preds = generics.preds.clone();
                let scope = TyScope { names: &names, preds: &preds, self_ty, allow_infer: false };
                match &**ty {
                    syn::Type::ImplTrait(bounds) => {
                        let args = (0..names.len()).map(|i| self.types.intern(TyKind::Generic(i as u32))).collect();
                        let result = self.types.intern(TyKind::Opaque(self.items.fns.len() as u32, args));
                        opaque = self.read_bounds(result, bounds.bounds.iter(), &scope);
                        result
                    }
                    ty => self.read_ty(ty, &scope),
                }
            }
        };
        let id = self.items.fns.len();
        let name = item.sig.ident.to_string();
        let is_intrinsic = !is_user && item.block.stmts.len() == 1 && is_intrinsic_body(&item.block.stmts[0]);
        let intrinsic = is_intrinsic.then(|| {
            text(&item.attrs, "intrinsic_path").unwrap_or_else(|| match owner {
                Owner::Free => name.clone(),
                Owner::Trait(id) => format!("{}::{name}", self.items.traits[id].name),
                Owner::Impl(id) => {
                    let def = &self.items.impls[id];
                    match &def.trait_ {
                        // Drop is asked for by type.
                        Some((trait_, _)) if self.items.traits[*trait_].name != "Drop" => {
                            format!("{}::{name}", self.items.traits[*trait_].name)
                        }
                        _ => {
                            let name_of_ty = match self.types.kind(def.self_ty) {
                                TyKind::Slice(_) => "slice".to_owned(),
                                TyKind::Array(..) | TyKind::ArrayOf(..) => "array".to_owned(),
                                TyKind::Adt(id, _) => {
                                    let adts = &self.items.adts;
                                    let found = adts.iter().find(|&(_, other)| other == id);
                                    found.map_or_else(String::new, |(name, _)| name.clone())
                                }
                                _ => self.types.name(def.self_ty),
                            };
                            format!("{name_of_ty}::{name}")
                        }
                    }
                }
            })
        });
        self.items.fns.push(Rc::new(FnDef {
            name: name.clone(),
            path,
            owner,
            generics,
            params,
            result,
            is_async: item.sig.asyncness.is_some(),
            has_body,
            intrinsic,
            is_user,
            opaque,
            span: Span::from(item.sig.ident.span()),
            syntax: item,
        }));
        let is_trait_impl = matches!(owner, Owner::Impl(id) if self.items.impls[id].trait_.is_some());
        if has_self && !is_trait_impl {
            self.items.methods.entry(name).or_default().push(id);
        }
        id
    }

    /// The type of an argument; an `impl Trait` becomes a parameter.
    fn read_arg(&mut self, ty: &syn::Type, generics: &mut Generics, self_ty: Option<Ty>) -> Ty {
        let (names, preds) = (generics.names.clone(), generics.preds.clone());
        let scope = TyScope { names: &names, preds: &preds, self_ty, allow_infer: false };
        let (wrap, inner) = match ty {
            syn::Type::Reference(reference) => (Some(reference.mutability.is_some()), &*reference.elem),
            ty => (None, ty),
        };
        let syn::Type::ImplTrait(bounds) = inner else { return self.read_ty(ty, &scope) };
        let at = generics.names.len();
        generics.names.push(format!("impl#{at}"));
        let param = self.types.intern(TyKind::Generic(at as u32));
        let new = self.read_bounds(param, bounds.bounds.iter(), &scope);
        generics.preds.extend(new);
        match wrap {
            Some(mutable) => self.types.intern(TyKind::Ref(mutable, param)),
            None => param,
        }
    }

    fn read_receiver(&mut self, receiver: &syn::Receiver, scope: &TyScope<'_>) -> Ty {
        let self_ty = scope.self_ty.unwrap_or(Types::ERROR);
        match &receiver.kind {
            syn::ReceiverKind::Reference(_, _, mutable) => self.types.intern(TyKind::Ref(mutable.is_some(), self_ty)),
            syn::ReceiverKind::Typed(_, ty) => self.read_ty(ty, scope),
            _ => self_ty,
        }
    }

    fn read_trait(&mut self, id: usize, item: syn::ItemTrait, is_user: bool) {
        let self_ty = self.types.intern(TyKind::Generic(0));
        let parent = Generics { names: vec!["Self".to_owned()], preds: Vec::new(), parent: 0 };
        let (mut generics, _) = self.read_generics(&item.generics, &parent, Some(self_ty));
        let args = (1..generics.names.len()).map(|i| self.types.intern(TyKind::Generic(i as u32))).collect();
        generics.preds.push(Pred { ty: self_ty, trait_: id, args, assoc: Vec::new() });
        let scope =
            TyScope { names: &generics.names, preds: &generics.preds, self_ty: Some(self_ty), allow_infer: false };
        let supers = self.read_bounds(self_ty, item.supertraits.iter(), &scope);
        let def = Rc::make_mut(&mut self.items.traits[id]);
        def.supers = supers.clone();
        def.generics = generics.clone();
        generics.preds.extend(supers);
        for inner in item.items {
            match inner {
                syn::TraitItem::Fn(f) => {
                    let (name, has_body) = (f.sig.ident.to_string(), f.default.is_some());
                    let block =
                        f.default.unwrap_or_else(|| syn::Block { brace_token: Default::default(), stmts: Vec::new() });
                    let item = as_item_fn(f.attrs, f.sig, block);
                    let path = format!("{}::{name}", self.items.traits[id].name);
                    let new = self.read_fn(item, path, Owner::Trait(id), &generics, Some(self_ty), is_user, has_body);
                    Rc::make_mut(&mut self.items.traits[id]).fns.insert(name, new);
                }
                syn::TraitItem::Type(_) => {}
                _ => self.unsupported(
                    Span::from(item.ident.span()),
                    "constants and macros in traits are not supported",
                    "",
                ),
            }
        }
    }

    fn read_impl(&mut self, id: usize, item: syn::ItemImpl, path: String, is_user: bool) {
        // `impl Trait for ..` names Self only within.
        let (generics, _) = self.read_generics(&item.generics, &Generics::default(), None);
        let scope = TyScope { names: &generics.names, preds: &generics.preds, self_ty: None, allow_infer: false };
        let self_ty = self.read_ty(&item.self_ty, &scope);
        let scope = TyScope { self_ty: Some(self_ty), ..scope };
        let mut trait_ = None;
        if let Some(path) = &item.trait_
            && let Some(segment) = path.0.segments.last()
        {
            let name = segment.ident.to_string();
            match self.items.trait_names.get(&name) {
                Some(&found) => {
                    let (args, _) = self.read_trait_args(segment, &scope);
                    trait_ = Some((found, self.default_trait_args(found, args, self_ty)));
                    if name == "Drop"
                        && let TyKind::Adt(adt, _) = *self.types.kind(self_ty)
                    {
                        Rc::make_mut(&mut self.types.adts[adt.0 as usize]).has_drop = true;
                    }
                    if name == "Copy"
                        && let TyKind::Adt(adt, _) = *self.types.kind(self_ty)
                    {
                        Rc::make_mut(&mut self.types.adts[adt.0 as usize]).is_copy = true;
                    }
                }
                None => self.error(segment.ident.span().into(), format!("cannot find trait `{name}` in this scope")),
            }
        }
        let def = Rc::make_mut(&mut self.items.impls[id]);
        def.generics = generics.clone();
        def.self_ty = self_ty;
        def.trait_ = trait_.clone();
        match &trait_ {
            Some((trait_, _)) => self.items.trait_impls.entry(*trait_).or_default().push(id),
            None => self.items.inherent_impls.push(id),
        }
        let scope =
            TyScope { names: &generics.names, preds: &generics.preds, self_ty: Some(self_ty), allow_infer: false };
        for inner in &item.items {
            if let syn::ImplItem::Type(assoc) = inner {
                let ty = self.read_ty(&assoc.ty, &scope);
                Rc::make_mut(&mut self.items.impls[id]).assoc.insert(assoc.ident.to_string(), ty);
            }
        }
        for inner in item.items {
            match inner {
                syn::ImplItem::Fn(f) => {
                    let name = f.sig.ident.to_string();
                    let item = as_item_fn(f.attrs, f.sig, f.block);
                    let path = format!("{path}::{name}");
                    let new = self.read_fn(item, path, Owner::Impl(id), &generics, Some(self_ty), is_user, true);
                    Rc::make_mut(&mut self.items.impls[id]).fns.insert(name, new);
                }
                syn::ImplItem::Type(_) => {}
                syn::ImplItem::Const(item) => {
                    let name = match self.types.kind(self_ty) {
                        TyKind::Adt(adt, _) => self.types.adts[adt.0 as usize].name.clone(),
                        _ => self.types.name(self_ty),
                    };
                    let def = super::ConstDef { ty: item.ty.into(), expr: item.expr.into() };
                    self.items.consts.insert(format!("{name}::{}", item.ident), def);
                }
                _ => self.unsupported(Span::NONE, "macros in impls are not supported", ""),
            }
        }
    }
}

fn as_item_fn(attrs: Vec<syn::Attribute>, sig: syn::Signature, block: syn::Block) -> syn::ItemFn {
    let (vis, modifiers) = (syn::Visibility::Inherited, Default::default());
    syn::ItemFn { attrs, vis, modifiers, sig, block: Box::new(block) }
}

fn is_intrinsic_body(stmt: &syn::Stmt) -> bool {
    match stmt {
        syn::Stmt::Macro(item) => item.mac.path.is_ident("intrinsic"),
        syn::Stmt::Expr(syn::Expr::Macro(item), _) => item.mac.path.is_ident("intrinsic"),
        _ => false,
    }
}
