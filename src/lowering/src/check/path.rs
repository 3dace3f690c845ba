//! Names of values: variables, functions, constructors, constants, and what stands in impls and traits.

mod ctor;

use super::Checker;
use crate::items::{Owner, Pred};
use crate::span::Span;
use crate::syntax::path_span;
use crate::tree::{ExprId, ExprKind, FnRef, VarId};
use crate::ty::{AdtId, Ty, TyKind, Types};

/// What a path means.
pub(super) enum Value {
    Var(VarId),
    Fn(FnRef),
    Ctor(AdtId, u32, Vec<Ty>),
    Const(String, Ty),
    /// It was complained about.
    Error,
}

impl Checker<'_> {
    pub(super) fn check_path(&mut self, path: &syn::ExprPath) -> ExprId {
        let span = path_span(path.qself.as_ref(), &path.path);
        match self.resolve_value(path) {
            Some(Value::Var(var)) => {
                let ty = self.tree.var(var).ty;
                self.tree.add(ExprKind::Var(var), ty, span)
            }
            Some(Value::Fn(func)) => {
                let preds = self.low.defs.items.fns[func.id].generics.preds.clone();
                for pred in preds {
                    let pred = self.subst_pred(&pred, &func.args);
                    self.require(pred, span);
                }
                let ty = self.intern(TyKind::FnDef(func.id as u32, func.args.clone()));
                self.tree.add(ExprKind::Fn(func), ty, span)
            }
            Some(Value::Ctor(adt, variant, args)) => {
                let ty = self.intern(TyKind::Adt(adt, args.clone()));
                let def = &self.low.defs.types.adts[adt.0 as usize].variants[variant as usize];
                if !def.fields.is_empty() {
                    return self.ctor_as_function(adt, variant, args, span);
                }
                self.tree.add(ExprKind::Adt { variant, fields: Vec::new(), base: None }, ty, span)
            }
            Some(Value::Const(name, ty)) => match self.check_special_const(&name, ty, span) {
                Some(expr) => expr,
                None => self.check_const_use(&name, ty, span),
            },
            Some(Value::Error) => self.error_expr(span),
            None => {
                let name = path.path.segments.last().map_or_else(String::new, |s| s.ident.to_string());
                self.error(span, format!("cannot find value `{name}` in this scope"));
                self.error_expr(span)
            }
        }
    }

    /// `map(Some)`: a closure that makes the value.
    fn ctor_as_function(&mut self, adt: AdtId, variant: u32, args: Vec<Ty>, span: Span) -> ExprId {
        let ty = self.intern(TyKind::Adt(adt, args.clone()));
        let fields = self.low.defs.types.adts[adt.0 as usize].variants[variant as usize].fields.clone();
        let tys = fields.iter().map(|field| self.instantiate(field.ty, &args)).collect::<Vec<_>>();
        self.made_closure(&tys, ty, span, |checker, vars| {
            let fields = vars.iter().zip(&tys).enumerate();
            let fields =
                fields.map(|(i, (&var, &ty))| (i as u32, checker.tree.add(ExprKind::Var(var), ty, span))).collect();
            checker.tree.add(ExprKind::Adt { variant, fields, base: None }, ty, span)
        })
    }

    fn check_const_use(&mut self, name: &str, ty: Ty, span: Span) -> ExprId {
        let Some(def) = self.low.defs.items.consts.get(name).cloned() else { return self.error_expr(span) };
        let value = match *self.kind(ty) {
            TyKind::Int(_) => crate::items::eval_const(&self.low.defs, &def.expr),
            _ => None,
        };
        if let Some(value) = value {
            return self.tree.add(ExprKind::Const(crate::mir::Const::Bits(value as u128)), ty, span);
        }
        let body = self.low.const_body(name, &def.expr, ty);
        self.tree.add(ExprKind::ConstItem(body), ty, span)
    }

    fn segment_args(&mut self, segment: &syn::PathSegment) -> Option<Vec<Ty>> {
        let syn::PathArguments::AngleBracketed(list) = &segment.arguments else { return None };
        let mut args = Vec::new();
        for arg in &list.args {
            match arg {
                syn::GenericArgument::Type(ty) => args.push(self.written_ty(ty)),
                syn::GenericArgument::Const(expr) => {
                    let len = crate::items::eval_const(&self.low.defs, expr).unwrap_or(0);
                    args.push(self.intern(TyKind::ConstValue(len as u64)));
                }
                _ => {}
            }
        }
        Some(args)
    }

    /// Given arguments, and variables for the rest.
    fn filled(&mut self, given: Option<Vec<Ty>>, wanted: usize) -> Vec<Ty> {
        let mut args = given.unwrap_or_default();
        args.truncate(wanted);
        while args.len() < wanted {
            args.push(self.fresh());
        }
        args
    }

    pub(super) fn resolve_value(&mut self, path: &syn::ExprPath) -> Option<Value> {
        let segments = path.path.segments.iter().collect::<Vec<_>>();
        let last = *segments.last()?;
        let name = last.ident.to_string();
        let span = Span::from(last.ident.span());
        if let Some(qself) = &path.qself {
            let self_ty = self.written_ty(&qself.ty);
            let segment = qself.position.checked_sub(1).and_then(|at| segments.get(at));
            if let Some(segment) = segment
                && let Some(&trait_) = self.low.defs.items.trait_names.get(&segment.ident.to_string())
            {
                let given = self.segment_args(segment);
                return self.trait_fn_value(trait_, given, self_ty, &name, last, span);
            }
            return self.assoc_value(self_ty, &name, last, span);
        }
        if segments.len() == 1 {
            if let Some(var) = self.lookup(&name) {
                return Some(Value::Var(var));
            }
            if let Some(&(adt, variant)) = self.low.defs.items.variants.get(&name) {
                let wanted = self.low.defs.types.adts[adt.0 as usize].params.len();
                let given = self.segment_args(last);
                return Some(Value::Ctor(adt, variant, self.filled(given, wanted)));
            }
            if name == "Self"
                && let Some(ty) = self.self_ty
                && let TyKind::Adt(adt, args) = self.kind(ty).clone()
            {
                return Some(Value::Ctor(adt, 0, args));
            }
        }
        if segments.len() >= 2 {
            let before = segments[segments.len() - 2];
            let before_name = before.ident.to_string();
            let self_ty = match &*before_name {
                "Self" => self.self_ty,
                _ if self.generic_names.contains(&before_name) => {
                    let at = self.generic_names.iter().rposition(|known| *known == before_name)?;
                    Some(self.generic_args[at])
                }
                _ => self.low.defs.primitive(&before_name),
            };
            if let Some(ty) = self_ty {
                return self.assoc_value(ty, &name, last, span);
            }
            if let Some(&id) = self.low.defs.items.adts.get(&before_name) {
                let wanted = self.low.defs.types.adts[id.0 as usize].params.len();
                let given = self.segment_args(before);
                let args = self.filled(given, wanted);
                let ty = self.intern(TyKind::Adt(id, args));
                return self.assoc_value(ty, &name, last, span);
            }
            if self.low.defs.items.aliases.contains_key(&before_name) {
                let ty = self.written_alias(before);
                return self.assoc_value(ty, &name, last, span);
            }
            if let Some(&trait_) = self.low.defs.items.trait_names.get(&before_name) {
                let self_ty = self.fresh();
                let given = self.segment_args(before);
                return self.trait_fn_value(trait_, given, self_ty, &name, last, span);
            }
        }
        let is_std =
            segments.len() > 1 && matches!(&*segments[0].ident.to_string(), "std" | "core" | "alloc" | "playground");
        if let Some(&id) = self.low.prelude_fns.get(&name)
            && is_std
        {
            let wanted = self.low.defs.items.fns[id].generics.names.len();
            let given = self.segment_args(last);
            return Some(Value::Fn(FnRef { id, args: self.filled(given, wanted) }));
        }
        if let Some(&id) = self.low.defs.items.free_fns.get(&name)
            && id != usize::MAX
        {
            let wanted = self.low.defs.items.fns[id].generics.names.len();
            let given = self.segment_args(last);
            return Some(Value::Fn(FnRef { id, args: self.filled(given, wanted) }));
        }
        if let Some(&id) = self.low.defs.items.adts.get(&name)
            && !self.low.defs.types.adts[id.0 as usize].is_enum
        {
            let wanted = self.low.defs.types.adts[id.0 as usize].params.len();
            let given = self.segment_args(last);
            return Some(Value::Ctor(id, 0, self.filled(given, wanted)));
        }
        if let Some(def) = self.low.defs.items.consts.get(&name).cloned() {
            let ty = self.written_ty(&def.ty);
            return Some(Value::Const(name, ty));
        }
        if segments.len() == 1 && self.generic_names.contains(&name) {
            // A const parameter.
            let at = self.generic_names.iter().rposition(|known| *known == name)?;
            if let TyKind::ConstValue(_) = self.kind(self.actual(self.generic_args[at])) {
                return Some(Value::Const(format!("\u{0}{at}"), Types::USIZE));
            }
        }
        None
    }

    /// `Type::name`: a variant, a function of an impl, of a trait that the type has, or a constant.
    fn assoc_value(&mut self, ty: Ty, name: &str, last: &syn::PathSegment, span: Span) -> Option<Value> {
        let actual = self.actual(ty);
        if let TyKind::Adt(id, args) = self.kind(actual).clone() {
            let def = &self.low.defs.types.adts[id.0 as usize];
            if def.is_enum
                && let Some(at) = def.variants.iter().position(|variant| variant.name == name)
            {
                return Some(Value::Ctor(id, at as u32, args));
            }
            let constant = format!("{}::{name}", def.name);
            if let Some(def) = self.low.defs.items.consts.get(&constant).cloned() {
                let ty = self.written_ty(&def.ty);
                return Some(Value::Const(constant, ty));
            }
        }
        if let Some(value) = self.number_const(actual, name) {
            return Some(value);
        }
        for impl_ in self.low.defs.items.inherent_impls.clone().into_iter().rev() {
            let Some(&id) = self.low.defs.items.impls[impl_].fns.get(name) else { continue };
            let (count, self_ty) = {
                let def = &self.low.defs.items.impls[impl_];
                (def.generics.names.len(), def.self_ty)
            };
            let args = self.probe(|checker| {
                let args = checker.fresh_args(count);
                let header = checker.instantiate(self_ty, &args);
                let fits = checker.unify(header, actual);
                (fits, fits.then_some(args))
            });
            let Some(mut args) = args else { continue };
            let wanted = self.low.defs.items.fns[id].generics.names.len();
            let given = self.segment_args(last).unwrap_or_default();
            args.extend(given);
            let args = self.filled(Some(args), wanted);
            return Some(Value::Fn(FnRef { id, args }));
        }
        let traits = (0..self.low.defs.items.traits.len()).rev();
        for trait_ in traits {
            if !self.low.defs.items.traits[trait_].fns.contains_key(name) {
                continue;
            }
            let count = self.low.defs.items.traits[trait_].generics.names.len() - 1;
            let args = self.fresh_args(count);
            let pred = Pred { ty, trait_, args, assoc: Vec::new() };
            if !matches!(self.select(&pred, false), super::select::Selection::No) {
                return self.trait_fn_value(trait_, None, ty, name, last, span);
            }
        }
        // A function of what it points to: `Rc::<str>::len` is none, but `String::trim` is not one either.
        let shown = self.name(ty);
        if !matches!(self.kind(actual), TyKind::Error) {
            self.error(span, format!("no function or associated item named `{name}` found for `{shown}`"));
        }
        Some(Value::Error)
    }

    fn number_const(&mut self, ty: Ty, name: &str) -> Option<Value> {
        match *self.kind(ty) {
            TyKind::Int(_) if matches!(name, "MAX" | "MIN" | "BITS") => {
                let own = if name == "BITS" { Types::U32 } else { ty };
                Some(Value::Const(format!("\u{1}{}::{name}", self.low.defs.types.name(ty)), own))
            }
            _ => None,
        }
    }

    fn trait_fn_value(
        &mut self,
        trait_: usize,
        given: Option<Vec<Ty>>,
        self_ty: Ty,
        name: &str,
        last: &syn::PathSegment,
        span: Span,
    ) -> Option<Value> {
        let def = &self.low.defs.items.traits[trait_];
        let Some(&id) = def.fns.get(name) else {
            let trait_name = def.name.clone();
            self.error(span, format!("cannot find method `{name}` in trait `{trait_name}`"));
            return Some(Value::Error);
        };
        let wanted = def.generics.names.len() - 1;
        let mut args = vec![self_ty];
        args.extend(self.filled(given, wanted));
        let own = self.low.defs.items.fns[id].generics.names.len();
        args.extend(self.segment_args(last).unwrap_or_default());
        let args = self.filled(Some(args), own);
        debug_assert!(matches!(self.low.defs.items.fns[id].owner, Owner::Trait(_)));
        Some(Value::Fn(FnRef { id, args }))
    }

    pub(super) fn check_special_const(&mut self, name: &str, ty: Ty, span: Span) -> Option<ExprId> {
        let bits = if let Some(at) = name.strip_prefix('\u{0}') {
            let arg = self.generic_args.get(at.parse::<usize>().ok()?).copied()?;
            match *self.kind(self.actual(arg)) {
                TyKind::ConstValue(value) => u128::from(value),
                _ => return None,
            }
        } else {
            let (of, which) = name.strip_prefix('\u{1}')?.split_once("::")?;
            let int = crate::ty::IntTy::ALL.iter().find(|(known, _)| *known == of)?.1;
            let bits = int.size() * 8;
            match (which, int.is_signed()) {
                ("BITS", _) => u128::from(bits),
                ("MIN", false) => 0,
                ("MAX", false) => u128::MAX >> (128 - bits),
                ("MAX", true) => u128::MAX >> (129 - bits),
                _ => 1u128 << (bits - 1),
            }
        };
        Some(self.tree.add(ExprKind::Const(crate::mir::Const::Bits(bits)), ty, span))
    }
}
