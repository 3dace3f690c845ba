//! Assignments.

use super::super::Checker;
use super::method_name;
use crate::items::Pred;
use crate::mir::BinOp;
use crate::span::Span;
use crate::tree::{ExprId, ExprKind, FnRef};
use crate::ty::{TyKind, Types};

impl Checker<'_> {
    pub(super) fn check_assign_op(&mut self, binary: &syn::ExprBinary, op: BinOp, trait_: &str) -> ExprId {
        let left = self.check_expr(&binary.left, None);
        self.settle();
        let left_ty = self.tree.expr(left).ty;
        let is_shift = matches!(op, BinOp::Shl | BinOp::Shr);
        let right = self.check_expr(&binary.right, if is_shift { None } else { Some(left_ty) });
        self.settle();
        let span = self.tree.expr(left).span.to(self.tree.expr(right).span);
        let right_ty = self.tree.expr(right).ty;
        let (a, b) = (self.actual(left_ty), self.actual(right_ty));
        self.make_mut(left);
        if self.is_builtin_operand(a) && (self.is_builtin_operand(b) || self.is_unknown(b)) {
            if !is_shift && !self.unify(left_ty, right_ty) {
                self.mismatch(self.tree.expr(right).span, left_ty, right_ty);
            }
            return self.tree.add(ExprKind::AssignOp(op, left, right), Types::UNIT, span);
        }
        if self.is_unknown(a) && self.is_builtin_operand(b) && self.unify(a, b) {
            return self.tree.add(ExprKind::AssignOp(op, left, right), Types::UNIT, span);
        }
        let mut right = right;
        if self.low.defs.types.builtin(a) == Some(crate::ty::Builtin::String) {
            right = self.coerce(right, Types::REF_STR);
        }
        let right_ty = self.tree.expr(right).ty;
        let trait_ = format!("{trait_}Assign");
        let id = self.low.defs.trait_id(&trait_);
        let pred = Pred { ty: left_ty, trait_: id, args: vec![right_ty], assoc: Vec::new() };
        let is_number = self.is_builtin_operand(a) && matches!(self.kind(b), TyKind::Ref(..));
        if !is_number {
            if let super::super::select::Selection::No = self.select(&pred, false) {
                let name = self.name(left_ty);
                if !self.low.has_error(a) && !self.low.has_error(b) {
                    self.error(span, format!("binary assignment operation cannot be applied to type `{name}`"));
                }
                return self.error_expr(span);
            }
            self.require(pred, span);
        }
        let func = FnRef { id: self.trait_fn(&trait_, &method_name(&trait_)), args: vec![left_ty, right_ty] };
        let left_span = self.tree.expr(left).span;
        let left = self.borrow(true, left, left_span);
        self.tree.add(ExprKind::Call(func, vec![left, right]), Types::UNIT, span)
    }

    pub(in super::super) fn check_assign(&mut self, assign: &syn::ExprAssign) -> ExprId {
        if let syn::Expr::Infer(_) = &*assign.left {
            // `_ = value` only evaluates it.
            let value = self.check_expr(&assign.right, None);
            let (ty, span) = (self.tree.expr(value).ty, self.tree.expr(value).span);
            let pat = self.tree.add_pat(crate::tree::PatKind::Wild, ty, span);
            let stmts = vec![crate::tree::Stmt::Let { pat, init: Some(value), els: None, span }];
            return self.tree.add(
                ExprKind::Block(crate::tree::Block { stmts, tail: None, label: None }),
                Types::UNIT,
                span,
            );
        }
        if let syn::Expr::Tuple(tuple) = &*assign.left {
            return self.check_destructuring(tuple, &assign.right);
        }
        let left = self.check_expr(&assign.left, None);
        let ty = self.tree.expr(left).ty;
        let right = self.check_coerce(&assign.right, ty);
        let span = self.tree.expr(left).span.to(self.tree.expr(right).span);
        if !self.is_place_expr(left) {
            self.error(self.tree.expr(left).span, "invalid left-hand side of assignment");
            return self.error_expr(span);
        }
        self.make_mut(left);
        self.tree.add(ExprKind::Assign(left, right), Types::UNIT, span)
    }

    /// `(a, b) = value`: a let of new variables, then an assignment of each.
    pub(super) fn check_destructuring(&mut self, tuple: &syn::ExprTuple, right: &syn::Expr) -> ExprId {
        let lefts = tuple.elems.iter().map(|left| match left {
            syn::Expr::Infer(_) => None,
            left => Some(self.check_expr(left, None)),
        });
        let lefts = lefts.collect::<Vec<_>>();
        let tys = lefts.iter().map(|left| match left {
            Some(left) => self.tree.expr(*left).ty,
            None => self.fresh(),
        });
        let tys = tys.collect::<Vec<_>>();
        let ty = self.intern(TyKind::Tuple(tys.clone()));
        let value = self.check_coerce(right, ty);
        let span = Span::from(tuple.paren_token.span.join()).to(self.tree.expr(value).span);
        let mut fields = Vec::new();
        let mut assigns = Vec::new();
        for (i, (left, ty)) in lefts.into_iter().zip(tys).enumerate() {
            let pat = match left {
                Some(left) => {
                    let var = self.new_var("lhs", ty, self.tree.expr(left).span, false);
                    let from = self.tree.add(ExprKind::Var(var), ty, span);
                    self.make_mut(left);
                    let assign = self.tree.add(ExprKind::Assign(left, from), Types::UNIT, span);
                    assigns.push(crate::tree::Stmt::Expr(assign));
                    self.tree.add_pat(crate::tree::PatKind::Binding { var, by_ref: None, sub: None }, ty, span)
                }
                None => self.tree.add_pat(crate::tree::PatKind::Wild, ty, span),
            };
            fields.push((i as u32, pat));
        }
        let pat = self.tree.add_pat(crate::tree::PatKind::Fields(fields), ty, span);
        let mut stmts = vec![crate::tree::Stmt::Let { pat, init: Some(value), els: None, span }];
        stmts.extend(assigns);
        self.tree.add(ExprKind::Block(crate::tree::Block { stmts, tail: None, label: None }), Types::UNIT, span)
    }

    pub(in super::super) fn is_place_expr(&self, expr: ExprId) -> bool {
        matches!(
            self.tree.expr(expr).kind,
            ExprKind::Var(_)
                | ExprKind::Field(..)
                | ExprKind::Index(..)
                | ExprKind::Deref(_)
                | ExprKind::OverDeref { .. }
                | ExprKind::OverIndex { .. }
                | ExprKind::TaskContext
                | ExprKind::Error
        )
    }
}
