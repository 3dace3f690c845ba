//! Methods: which one a name means for a receiver, and how the receiver is adjusted to it.

use super::Checker;
use super::autoderef::DerefStep;
use super::select::Selection;
use crate::items::{Owner, Pred};
use crate::mir::CastKind;
use crate::span::Span;
use crate::tree::{ExprId, ExprKind, FnRef};
use crate::ty::{Ty, TyKind};

/// A method that was found.
struct Pick {
    id: usize,
    args: Vec<Ty>,
    /// How many steps of autoderef.
    steps: usize,
    unsize: bool,
    /// Borrowed then; true if mutably.
    autoref: Option<bool>,
}

impl Checker<'_> {
    pub(super) fn check_method_call(&mut self, call: &syn::ExprMethodCall, hint: Option<Ty>) -> ExprId {
        let receiver = self.check_expr(&call.receiver, None);
        let name = call.method.to_string();
        let span = crate::syntax::method_span(call);
        let method_span = Span::from(call.method.span());
        self.settle();
        let ty = self.shallow(self.tree.expr(receiver).ty);
        if let TyKind::Error = self.kind(ty) {
            for arg in &call.args {
                self.check_expr(arg, None);
            }
            return self.error_expr(span);
        }
        let mut turbofish = Vec::new();
        for arg in call.turbofish.iter().flat_map(|list| &list.args) {
            if let syn::GenericArgument::Type(ty) = arg {
                turbofish.push(self.written_ty(ty));
            }
        }
        let Some(pick) = self.pick_method(ty, &name) else {
            // A field that is called must be written `(x.f)(..)`.
            let shown = self.name(ty);
            if self.is_unknown(ty) {
                self.error(method_span, "type annotations needed");
            } else if self.field_of(ty, &name).is_some() {
                let message =
                    format!("no method named `{name}` found for `{shown}`; to call the field, write `(x.{name})(..)`");
                self.error(method_span, message);
            } else {
                let known = self.low.defs.items.methods.contains_key(&name);
                match known {
                    true => self.error(
                        method_span,
                        format!("no method named `{name}` found for `{shown}` in the current scope"),
                    ),
                    false => {
                        let message = format!("no method named `{name}` is known for `{shown}`");
                        self.unsupported(method_span, message, "");
                    }
                }
            }
            for arg in &call.args {
                self.check_expr(arg, None);
            }
            return self.error_expr(span);
        };
        let mut args = pick.args.clone();
        let own = self.low.defs.items.fns[pick.id].generics.names.len();
        let mut given = turbofish.into_iter();
        while args.len() < own {
            let arg = given.next().unwrap_or_else(|| self.fresh());
            args.push(arg);
        }
        let receiver = self.adjust(receiver, &pick, super::span_of(&call.receiver));
        let func = FnRef { id: pick.id, args };
        let list = call.args.iter().collect::<Vec<_>>();
        self.check_call(func, Some(receiver), &list, span, method_span, hint)
    }

    fn adjust(&mut self, receiver: ExprId, pick: &Pick, span: Span) -> ExprId {
        let mut expr = receiver;
        for _ in 0..pick.steps {
            let ty = self.tree.expr(expr).ty;
            match self.deref_ty(ty, false) {
                Some((step, to)) => expr = self.deref_expr(expr, step, to, span),
                None => break,
            }
        }
        if let Some(mutable) = pick.autoref {
            expr = self.borrow(mutable, expr, span);
            if pick.unsize
                && let TyKind::Ref(_, array) = *self.kind(self.tree.expr(expr).ty)
                && let TyKind::Array(item, _) | TyKind::ArrayOf(item, _) = *self.kind(self.actual(array))
            {
                let slice = self.intern(TyKind::Slice(item));
                let ty = self.ref_to(mutable, slice);
                expr = self.tree.add(ExprKind::Cast(CastKind::Unsize, expr), ty, span);
            }
        } else {
            // A reference is reborrowed rather than moved.
            let ty = self.tree.expr(expr).ty;
            if let TyKind::Ref(mutable, to) = *self.kind(self.shallow(ty)) {
                let place = self.tree.add(ExprKind::Deref(expr), to, span);
                expr = self.borrow(mutable, place, span);
            }
        }
        expr
    }

    fn pick_method(&mut self, ty: Ty, name: &str) -> Option<Pick> {
        let candidates = self.low.defs.items.methods.get(name).cloned().unwrap_or_default();
        if candidates.is_empty() {
            return None;
        }
        let mut steps = vec![(ty, 0, false)];
        let mut at = ty;
        for count in 1..10 {
            let Some((step, to)) = self.deref_ty(at, false) else { break };
            let _: DerefStep = step;
            steps.push((to, count, false));
            at = to;
        }
        let last = steps.len() - 1;
        if let TyKind::Array(item, _) | TyKind::ArrayOf(item, _) = *self.kind(self.actual(at)) {
            let slice = self.intern(TyKind::Slice(item));
            steps.push((slice, last, true));
        }
        for default_int in [false, true] {
            for &(ty, count, unsize) in &steps {
                if self.is_int_var(ty) && default_int {
                    self.unify(ty, crate::ty::Types::I32);
                } else if self.is_float_var(ty) && default_int {
                    self.unify(ty, crate::ty::Types::F64);
                } else if default_int {
                    continue;
                }
                for autoref in [None, Some(false), Some(true)] {
                    if unsize && autoref.is_none() {
                        continue;
                    }
                    let target = match autoref {
                        None => ty,
                        Some(mutable) => self.ref_to(mutable, ty),
                    };
                    for inherent in [true, false] {
                        for &id in candidates.iter().rev() {
                            let is_inherent = matches!(self.low.defs.items.fns[id].owner, Owner::Impl(_));
                            if is_inherent != inherent {
                                continue;
                            }
                            if let Some(args) = self.method_fits(id, target, ty, autoref.is_none()) {
                                return Some(Pick { id, args, steps: count, unsize, autoref });
                            }
                        }
                    }
                }
            }
        }
        None
    }

    /// The arguments of a method's impl or trait, if its `self` is of this type.
    fn method_fits(&mut self, id: usize, target: Ty, step: Ty, by_value: bool) -> Option<Vec<Ty>> {
        let (owner, parent, self_param) = {
            let def = &self.low.defs.items.fns[id];
            (def.owner, def.generics.parent, *def.params.first()?)
        };
        if self.is_unknown(step)
            && (matches!(owner, Owner::Impl(_)) || !(self.is_int_var(step) || self.is_float_var(step)))
        {
            return None;
        }
        let fits = |checker: &mut Self| -> Option<Vec<Ty>> {
            let args = checker.fresh_args(parent);
            match owner {
                Owner::Impl(impl_) => {
                    let self_param = checker.instantiate(self_param, &args);
                    // The impl must be one for what is found here, not for anything that can be borrowed.
                    if by_value && checker.is_unknown(self_param) {
                        return None;
                    }
                    if !checker.unify(self_param, target) {
                        return None;
                    }
                    for pred in checker.low.defs.items.impls[impl_].generics.preds.clone() {
                        let pred = checker.subst_pred(&pred, &args);
                        if let Selection::No = checker.select(&pred, false) {
                            return None;
                        }
                    }
                    Some(args)
                }
                Owner::Trait(trait_) => {
                    let self_param = checker.instantiate(self_param, &args);
                    if !checker.unify(self_param, target) {
                        return None;
                    }
                    let pred = Pred { ty: args[0], trait_, args: args[1..].to_vec(), assoc: Vec::new() };
                    match checker.select(&pred, false) {
                        Selection::No => None,
                        _ => Some(args),
                    }
                }
                Owner::Free => None,
            }
        };
        if self.probe(|checker| (false, fits(checker).is_some())) {
            return self.probe(|checker| (true, fits(checker)));
        }
        None
    }
}
