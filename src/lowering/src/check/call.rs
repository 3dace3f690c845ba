//! Calls: of functions, of constructors, of closures.

use super::Checker;
use super::span_of;
use crate::items::{Owner, Pred};
use crate::span::Span;
use crate::tree::{CallKind, ExprId, ExprKind, FnRef};
use crate::ty::{AdtId, Ty, TyKind, Types};

impl Checker<'_> {
    pub(super) fn check_call_expr(&mut self, call: &syn::ExprCall, hint: Option<Ty>) -> ExprId {
        let span = Span::from(call.paren_token.span.join());
        let span = span_of(&call.func).to(span);
        let args = call.args.iter().collect::<Vec<_>>();
        if let syn::Expr::Path(path) = &*call.func {
            match self.resolve_value(path) {
                Some(super::path::Value::Fn(func)) => {
                    let at = span_of(&call.func);
                    return self.check_call(func, None, &args, span, at, hint);
                }
                Some(super::path::Value::Ctor(adt, variant, tys)) => {
                    return self.check_ctor_call(adt, variant, tys, &args, span, hint);
                }
                Some(super::path::Value::Error) => {
                    for arg in args {
                        self.check_expr(arg, None);
                    }
                    return self.error_expr(span);
                }
                Some(super::path::Value::Var(_) | super::path::Value::Const(..)) | None => {}
            }
        }
        let func = self.check_expr(&call.func, None);
        self.check_value_call(func, &args, span)
    }

    fn check_value_call(&mut self, func: ExprId, args: &[&syn::Expr], span: Span) -> ExprId {
        self.settle();
        let mut func = func;
        let mut ty = self.shallow(self.tree.expr(func).ty);
        for _ in 0..6 {
            let actual = self.actual(ty);
            match self.kind(actual).clone() {
                TyKind::Closure(_) | TyKind::FnDef(..) | TyKind::FnPtr(..) => {
                    let Some((params, result)) = self.signature_of(actual) else { break };
                    let params = match self.kind(params) {
                        TyKind::Tuple(params) => params.clone(),
                        _ => Vec::new(),
                    };
                    if params.len() != args.len() {
                        self.wrong_count(span, params.len(), args.len());
                    }
                    let mut list = Vec::new();
                    for (i, arg) in args.iter().enumerate() {
                        list.push(match params.get(i) {
                            Some(&ty) => self.check_coerce(arg, ty),
                            None => self.check_expr(arg, None),
                        });
                    }
                    let kind = match self.kind(actual) {
                        TyKind::FnPtr(..) => ExprKind::CallPtr(func, list),
                        TyKind::FnDef(id, args) => {
                            let func = FnRef { id: *id as usize, args: args.clone() };
                            ExprKind::Call(func, list)
                        }
                        _ => {
                            let kind = self.call_kind_of_bound(ty);
                            if kind == CallKind::Mut {
                                self.make_mut(func);
                            }
                            ExprKind::CallValue(kind, func, list)
                        }
                    };
                    return self.tree.add(kind, result, span);
                }
                TyKind::Dyn(name, parts) if name.starts_with("Fn") && parts.len() == 2 => {
                    let params = match self.kind(self.shallow(parts[0])) {
                        TyKind::Tuple(params) => params.clone(),
                        _ => Vec::new(),
                    };
                    let list = args.iter().zip(params).map(|(arg, ty)| self.check_coerce(arg, ty)).collect();
                    let kind = match &*name {
                        "Fn" => CallKind::Ref,
                        "FnMut" => CallKind::Mut,
                        _ => CallKind::Once,
                    };
                    return self.tree.add(ExprKind::CallValue(kind, func, list), parts[1], span);
                }
                TyKind::Error => break,
                // A box is called itself, by the trait of what is in it.
                TyKind::Adt(_, parts) if self.low.defs.types.builtin(actual) == Some(crate::ty::Builtin::Box) => {
                    let within = self.actual(parts[0]);
                    let (signature, kind) = match self.kind(within).clone() {
                        TyKind::Dyn(name, parts) if name.starts_with("Fn") && parts.len() == 2 => {
                            let kind = match &*name {
                                "Fn" => CallKind::Ref,
                                "FnMut" => CallKind::Mut,
                                _ => CallKind::Once,
                            };
                            (Some((parts[0], parts[1])), kind)
                        }
                        _ => (self.signature_of(within), self.call_kind_of_bound(parts[0])),
                    };
                    let Some((params, result)) = signature else {
                        let name = self.name(ty);
                        self.error(span, format!("expected function, found `{name}`"));
                        break;
                    };
                    let params = match self.kind(self.shallow(params)) {
                        TyKind::Tuple(params) => params.clone(),
                        _ => Vec::new(),
                    };
                    if params.len() != args.len() {
                        self.wrong_count(span, params.len(), args.len());
                    }
                    let list = args.iter().zip(params).map(|(arg, ty)| self.check_coerce(arg, ty)).collect();
                    if kind == CallKind::Mut {
                        self.make_mut(func);
                    }
                    return self.tree.add(ExprKind::CallValue(kind, func, list), result, span);
                }
                TyKind::Opaque(..) => {
                    let hidden = self.low.reveal(actual);
                    if hidden == actual {
                        break;
                    }
                    ty = hidden;
                }
                _ => match self.deref_ty(ty, false) {
                    Some((step, to)) => {
                        func = self.deref_expr(func, step, to, span);
                        ty = self.shallow(to);
                    }
                    None => {
                        let name = self.name(ty);
                        self.error(span, format!("expected function, found `{name}`"));
                        break;
                    }
                },
            }
        }
        for arg in args {
            self.check_expr(arg, None);
        }
        self.error_expr(span)
    }

    /// By which trait a parameter says that it is called.
    fn call_kind_of_bound(&mut self, ty: Ty) -> CallKind {
        let ty = self.shallow(ty);
        let preds = self.generic_preds.clone();
        let of = |name: &str| self.low.defs.trait_id(name);
        let kinds = [(of("Fn"), CallKind::Ref), (of("FnMut"), CallKind::Mut), (of("FnOnce"), CallKind::Once)];
        for (trait_, kind) in kinds {
            if preds.iter().any(|pred| pred.trait_ == trait_ && self.shallow(pred.ty) == ty) {
                return kind;
            }
        }
        CallKind::Unknown
    }

    pub(super) fn wrong_count(&mut self, span: Span, wanted: usize, given: usize) {
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let message =
            format!("this call takes {wanted} argument{} but {given} argument{} were supplied", s(wanted), s(given));
        self.error(span, message);
    }

    fn check_ctor_call(
        &mut self,
        adt: AdtId,
        variant: u32,
        args: Vec<Ty>,
        given: &[&syn::Expr],
        span: Span,
        hint: Option<Ty>,
    ) -> ExprId {
        let ty = self.intern(TyKind::Adt(adt, args.clone()));
        let def = self.low.defs.types.adts[adt.0 as usize].variants[variant as usize].clone();
        let fields = def.fields.iter().map(|field| self.instantiate(field.ty, &args)).collect::<Vec<_>>();
        if fields.len() != given.len() {
            self.wrong_count(span, fields.len(), given.len());
        }
        let expected = self.expected_inputs(ty, hint, &fields);
        let mut list = Vec::new();
        for (i, arg) in given.iter().enumerate() {
            let Some(&field) = fields.get(i) else {
                self.check_expr(arg, None);
                continue;
            };
            let mut expr = self.check_expr(arg, Some(expected[i].unwrap_or(field)));
            if let Some(expected) = expected[i]
                && let Some(coerced) = self.try_coerce(expr, expected)
            {
                expr = coerced;
            }
            list.push((i as u32, self.coerce(expr, field)));
        }
        let kind = if list.len() == fields.len() {
            ExprKind::Adt { variant, fields: list, base: None }
        } else {
            ExprKind::Error
        };
        self.tree.add(kind, ty, span)
    }

    /// What arguments must be if the result is as hinted; none where that does not say it all.
    pub(super) fn expected_inputs(&mut self, result: Ty, hint: Option<Ty>, inputs: &[Ty]) -> Vec<Option<Ty>> {
        let Some(hint) = hint else { return vec![None; inputs.len()] };
        self.probe(|checker| {
            if !checker.unify(result, hint) {
                return (false, vec![None; inputs.len()]);
            }
            let all = inputs.iter().map(|&ty| {
                let ty = checker.resolve(ty);
                (!checker.low.has_infer(ty)).then_some(ty)
            });
            (false, all.collect())
        })
    }

    /// A call of a function whose impl, trait and own arguments are known or variables. `receiver` is the first argument, if it is there.
    pub(super) fn check_call(
        &mut self,
        func: FnRef,
        receiver: Option<ExprId>,
        given: &[&syn::Expr],
        span: Span,
        name_span: Span,
        hint: Option<Ty>,
    ) -> ExprId {
        let def = self.low.defs.items.fns[func.id].clone();
        let params = def.params.iter().map(|&ty| self.instantiate(ty, &func.args)).collect::<Vec<_>>();
        let result = match def.is_async {
            true => self.intern(TyKind::AsyncFn(func.id as u32, func.args.clone())),
            false => self.instantiate(def.result, &func.args),
        };
        let own = usize::from(receiver.is_some());
        if params.len() != given.len() + own {
            self.wrong_count(name_span, params.len().saturating_sub(own), given.len());
        }
        // What closures are given is known from the predicates.
        let mut preds = def.generics.preds.clone();
        if let Owner::Trait(trait_) = def.owner {
            let args = func.args[1..def.generics.parent].to_vec();
            self.require(Pred { ty: func.args[0], trait_, args, assoc: Vec::new() }, name_span);
            preds.retain(|pred| pred.trait_ != trait_ || !matches!(self.kind(pred.ty), TyKind::Generic(0)));
        }
        let preds = preds.iter().map(|pred| self.subst_pred(pred, &func.args)).collect::<Vec<_>>();
        for pred in &preds {
            if !self.is_fn_trait(pred.trait_) {
                self.require(pred.clone(), name_span);
            }
        }
        let expected = self.expected_inputs(result, hint, &params);
        let mut list = vec![None; given.len()];
        for closures in [false, true] {
            for (i, arg) in given.iter().enumerate() {
                if is_closure(arg) != closures {
                    continue;
                }
                let Some(&param) = params.get(i + own) else {
                    list[i] = Some(self.check_expr(arg, None));
                    continue;
                };
                let expected = expected.get(i + own).copied().flatten();
                let mut expr = match closures {
                    true => {
                        self.settle();
                        let signature = self.expected_signature(param, &preds);
                        self.check_closure_arg(arg, signature)
                    }
                    false => self.check_expr(arg, Some(expected.unwrap_or(param))),
                };
                if let Some(expected) = expected
                    && let Some(coerced) = self.try_coerce(expr, expected)
                {
                    expr = coerced;
                }
                list[i] = Some(self.coerce(expr, param));
            }
            if !closures {
                for pred in &preds {
                    if self.is_fn_trait(pred.trait_) && !given.iter().any(|arg| is_closure(arg)) {
                        self.require(pred.clone(), name_span);
                    }
                }
            }
        }
        if given.iter().any(|arg| is_closure(arg)) {
            for pred in &preds {
                if self.is_fn_trait(pred.trait_) {
                    self.require(pred.clone(), name_span);
                }
            }
        }
        if !self.obligations.is_empty() {
            self.settle();
        }
        let args = receiver.into_iter().chain(list.into_iter().flatten()).collect::<Vec<_>>();
        let kind = if args.len() == params.len() { ExprKind::Call(func, args) } else { ExprKind::Error };
        let result = self.shallow(result);
        let _ = Types::UNIT;
        self.tree.add(kind, result, span)
    }

    fn is_fn_trait(&self, trait_: usize) -> bool {
        matches!(&*self.low.defs.items.traits[trait_].name, "Fn" | "FnMut" | "FnOnce")
    }

    /// The arguments and the result that predicates say a parameter is called with.
    fn expected_signature(&mut self, param: Ty, preds: &[Pred]) -> Option<(Ty, Option<Ty>)> {
        let param = self.shallow(param);
        for pred in preds {
            if self.is_fn_trait(pred.trait_) && self.shallow(pred.ty) == param {
                return Some((*pred.args.first()?, pred.assoc.first().map(|(_, ty)| *ty)));
            }
        }
        match self.kind(param).clone() {
            TyKind::FnPtr(params, result) => Some((self.intern(TyKind::Tuple(params)), Some(result))),
            _ => None,
        }
    }

    fn check_closure_arg(&mut self, arg: &syn::Expr, signature: Option<(Ty, Option<Ty>)>) -> ExprId {
        match arg {
            syn::Expr::Closure(closure) => self.check_closure(closure, signature),
            syn::Expr::Paren(paren) => self.check_closure_arg(&paren.expr, signature),
            arg => self.check_expr(arg, None),
        }
    }
}

fn is_closure(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Closure(_) => true,
        syn::Expr::Paren(paren) => is_closure(&paren.expr),
        _ => false,
    }
}
