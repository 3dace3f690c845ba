//! Coercions: reborrowing, unsizing, and expressions that never come to an end.

use super::Checker;
use super::autoderef::DerefStep;
use crate::mir::CastKind;
use crate::span::Span;
use crate::tree::{ExprId, ExprKind};
use crate::ty::{Builtin, Ty, TyKind, Types};

impl Checker<'_> {
    /// An expression that must have a type, or one that can become it.
    pub(super) fn check_coerce(&mut self, expr: &syn::Expr, ty: Ty) -> ExprId {
        let checked = self.check_expr(expr, Some(ty));
        self.coerce(checked, ty)
    }

    pub(super) fn coerce(&mut self, expr: ExprId, ty: Ty) -> ExprId {
        match self.try_coerce(expr, ty) {
            Some(expr) => expr,
            None => {
                let found = self.tree.expr(expr).ty;
                let span = self.tree.expr(expr).span;
                self.mismatch(span, ty, found);
                self.tree.add(ExprKind::Error, ty, span)
            }
        }
    }

    pub(super) fn mismatch(&mut self, span: Span, expected: Ty, found: Ty) {
        let (a, b) = (self.resolve(expected), self.resolve(found));
        if self.low.has_error(a) || self.low.has_error(b) {
            return;
        }
        let (expected, found) = (self.shown(a), self.shown(b));
        self.error(span, format!("mismatched types: expected {expected}, found {found}"));
    }

    fn shown(&mut self, ty: Ty) -> String {
        match self.kind(ty) {
            TyKind::Infer(_) if self.is_int_var(ty) => "integer".to_owned(),
            TyKind::Infer(_) if self.is_float_var(ty) => "floating-point number".to_owned(),
            TyKind::Infer(_) => "a type that is not known here".to_owned(),
            _ => format!("`{}`", self.name(ty)),
        }
    }

    pub(super) fn try_coerce(&mut self, expr: ExprId, ty: Ty) -> Option<ExprId> {
        let found = self.tree.expr(expr).ty;
        let span = self.tree.expr(expr).span;
        let (a, b) = (self.shallow(found), self.shallow(ty));
        if a == Types::NEVER {
            if b == Types::NEVER {
                return Some(expr);
            }
            return Some(self.tree.add(ExprKind::NeverToAny(expr), b, span));
        }
        let (ka, kb) = (self.kind(self.actual(a)).clone(), self.kind(self.actual(b)).clone());
        match (ka, kb) {
            (TyKind::Ref(from_mut, from), TyKind::Ref(to_mut, to)) => {
                if to_mut && !from_mut {
                    return None;
                }
                // The unsizing of arrays first: `&[T; N]` is no `&[T]`.
                let (from_kind, to_kind) = (self.kind(self.actual(from)).clone(), self.kind(self.actual(to)).clone());
                if let (TyKind::Array(item, _) | TyKind::ArrayOf(item, _), TyKind::Slice(wanted)) =
                    (&from_kind, &to_kind)
                    && self.unify(*item, *wanted)
                {
                    let reborrowed = self.reborrow(expr, to_mut, from, span);
                    return Some(self.tree.add(ExprKind::Cast(CastKind::Unsize, reborrowed), b, span));
                }
                if let TyKind::Dyn(..) = to_kind
                    && !matches!(from_kind, TyKind::Dyn(..) | TyKind::Infer(_))
                {
                    let reborrowed = self.reborrow(expr, to_mut, from, span);
                    return Some(self.tree.add(ExprKind::Cast(CastKind::Unsize, reborrowed), b, span));
                }
                let mut place = self.tree.add(ExprKind::Deref(expr), from, span);
                let mut at = from;
                for _ in 0..8 {
                    if self.unify(at, to) {
                        if to_mut {
                            self.make_mut(place);
                        }
                        return Some(self.tree.add(ExprKind::Borrow(to_mut, place), b, span));
                    }
                    let (step, next) = self.deref_ty(at, false)?;
                    place = self.deref_expr(place, step, next, span);
                    at = next;
                    if let (DerefStep::Overloaded, TyKind::Array(..)) = (step, self.kind(self.actual(at))) {
                        return None;
                    }
                }
                None
            }
            (TyKind::Adt(m, from), TyKind::Adt(n, to)) if m == n => {
                if self.unify(a, b) {
                    return Some(expr);
                }
                self.unsizes(a, &from, &to).then(|| self.tree.add(ExprKind::Cast(CastKind::Unsize, expr), b, span))
            }
            (TyKind::Closure(_) | TyKind::FnDef(..), TyKind::FnPtr(params, result)) => {
                let (own_params, own_result) = self.signature_of(self.actual(a))?;
                let params = self.intern(TyKind::Tuple(params));
                let fits = self.unify(own_params, params) && self.unify(own_result, result);
                fits.then(|| self.tree.add(ExprKind::Cast(CastKind::Pointer, expr), b, span))
            }
            (TyKind::Ref(_, from), TyKind::RawPtr(mutable, to)) => {
                self.unify(from, to).then(|| self.tree.add(ExprKind::RawBorrow(mutable, expr), b, span))
            }
            _ => self.unify(a, b).then_some(expr),
        }
    }

    fn reborrow(&mut self, expr: ExprId, mutable: bool, to: Ty, span: Span) -> ExprId {
        let place = self.tree.add(ExprKind::Deref(expr), to, span);
        let ty = self.ref_to(mutable, to);
        self.tree.add(ExprKind::Borrow(mutable, place), ty, span)
    }

    /// `Box<T>`, `Rc<T>` or `Pin<Box<T>>` to that of a `dyn Trait` or a slice.
    fn unsizes(&mut self, ty: Ty, from: &[Ty], to: &[Ty]) -> bool {
        let builtin = self.low.defs.types.builtin(self.actual(ty));
        let (Some(&from), Some(&to)) = (from.first(), to.first()) else { return false };
        let (from, to) = (self.actual(from), self.actual(to));
        match (builtin, self.kind(from).clone(), self.kind(to).clone()) {
            (Some(Builtin::Pin), TyKind::Adt(m, x), TyKind::Adt(n, y)) if m == n => self.unsizes(from, &x, &y),
            (Some(Builtin::Box | Builtin::Rc), _, TyKind::Dyn(name, args)) => {
                if name == "Future" {
                    let trait_ = self.low.defs.trait_id("Future");
                    let output = self.fresh();
                    let pred = crate::items::Pred {
                        ty: from,
                        trait_,
                        args: Vec::new(),
                        assoc: vec![("Output".into(), output)],
                    };
                    self.require(pred, Span::NONE);
                    self.settle();
                    return args.first().is_none_or(|&arg| self.unify(output, arg));
                }
                if name.starts_with("Fn")
                    && let Some((params, result)) = self.signature_of(from)
                {
                    return args.len() != 2 || (self.unify(params, args[0]) && self.unify(result, args[1]));
                }
                true
            }
            (Some(Builtin::Box | Builtin::Rc), TyKind::Array(item, _), TyKind::Slice(wanted)) => {
                self.unify(item, wanted)
            }
            _ => false,
        }
    }

    /// The type that several branches have in common. `merged` is none before the first that comes to an end.
    pub(super) fn coerce_branch(&mut self, expr: ExprId, merged: &mut Option<Ty>) -> ExprId {
        let ty = self.shallow(self.tree.expr(expr).ty);
        match *merged {
            None if ty == Types::NEVER => expr,
            None => {
                *merged = Some(ty);
                expr
            }
            Some(merged) => self.coerce(expr, merged),
        }
    }
}
