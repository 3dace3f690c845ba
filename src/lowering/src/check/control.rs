//! Branches and loops, and what leaves them. `while` and `for` are loops, as rustc writes them out.

use super::{Checker, LoopScope, span_of};
use crate::hash::HashMap;
use crate::span::Span;
use crate::syntax::{break_span, if_span, return_span};
use crate::tree::{Arm, Block, ExprId, ExprKind, FnRef, LoopId, PatKind, Stmt};
use crate::ty::{Ty, TyKind, Types};

impl Checker<'_> {
    pub(super) fn check_if(&mut self, item: &syn::ExprIf, hint: Option<Ty>) -> ExprId {
        let span = if_span(item);
        self.names.push(HashMap::default());
        let cond = self.check_cond(&item.cond);
        let Some((_, els)) = &item.else_branch else {
            let then = self.check_block(&item.then_branch, Some(Types::UNIT));
            self.names.pop();
            let then = self.coerce_to_unit(then, &item.then_branch);
            return self.tree.add(ExprKind::If { cond, then, els: None }, Types::UNIT, span);
        };
        let mut merged = self.known_hint(hint);
        let then = self.check_block(&item.then_branch, merged.or(hint));
        self.names.pop();
        let mut diverges = self.shallow(self.tree.expr(then).ty) == Types::NEVER;
        let then = self.branch(then, &mut merged);
        let els = self.check_expr(els, merged.or(hint));
        diverges &= self.shallow(self.tree.expr(els).ty) == Types::NEVER;
        let els = self.branch(els, &mut merged);
        let ty = if diverges { Types::NEVER } else { merged.unwrap_or(Types::NEVER) };
        let (then, els) = if diverges { (then, els) } else { (self.coerce(then, ty), self.coerce(els, ty)) };
        self.tree.add(ExprKind::If { cond, then, els: Some(els) }, ty, span)
    }

    fn known_hint(&mut self, hint: Option<Ty>) -> Option<Ty> {
        hint.filter(|&hint| !self.is_unknown(hint))
    }

    /// A branch becomes the common type, if it ends at all.
    fn branch(&mut self, expr: ExprId, merged: &mut Option<Ty>) -> ExprId {
        if self.shallow(self.tree.expr(expr).ty) == Types::NEVER {
            return expr;
        }
        self.coerce_branch(expr, merged)
    }

    fn coerce_to_unit(&mut self, expr: ExprId, block: &syn::Block) -> ExprId {
        let ty = self.tree.expr(expr).ty;
        match self.try_coerce(expr, Types::UNIT) {
            Some(expr) => expr,
            None => {
                let ty = self.resolve(ty);
                if !self.low.has_error(ty) {
                    let span = match block.stmts.last() {
                        Some(syn::Stmt::Expr(tail, None)) => span_of(tail),
                        _ => self.tree.expr(expr).span,
                    };
                    self.mismatch(span, Types::UNIT, ty);
                }
                expr
            }
        }
    }

    /// A condition, in which `let` may stand.
    pub(super) fn check_cond(&mut self, cond: &syn::Expr) -> ExprId {
        match cond {
            syn::Expr::Let(item) => {
                let scrutinee = self.check_expr(&item.expr, None);
                self.settle();
                let ty = self.tree.expr(scrutinee).ty;
                let pat = self.check_pat_top(&item.pat, ty);
                let span = Span::from(item.let_token.span).to(self.tree.expr(scrutinee).span);
                self.tree.add(ExprKind::Let(pat, scrutinee), Types::BOOL, span)
            }
            syn::Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
                let left = self.check_cond(&binary.left);
                let right = self.check_cond(&binary.right);
                let span = self.tree.expr(left).span.to(self.tree.expr(right).span);
                self.tree.add(ExprKind::And(left, right), Types::BOOL, span)
            }
            syn::Expr::Group(group) => self.check_cond(&group.expr),
            cond => self.check_coerce(cond, Types::BOOL),
        }
    }

    pub(super) fn check_match(&mut self, item: &syn::ExprMatch, hint: Option<Ty>) -> ExprId {
        let span = Span::from(item.match_token.span).to(item.brace_token.span.join().into());
        let scrutinee = self.check_expr(&item.expr, None);
        self.settle();
        let ty = self.tree.expr(scrutinee).ty;
        let mut merged = self.known_hint(hint);
        let mut arms = Vec::new();
        let mut diverges = true;
        for arm in &item.arms {
            self.names.push(HashMap::default());
            let pat = self.check_pat_top(&arm.pat, ty);
            let guard = match &arm.pat {
                syn::Pat::Guard(guard) => Some(self.check_cond(&guard.guard)),
                _ => None,
            };
            let body = self.check_expr(&arm.body, merged.or(hint));
            diverges &= self.shallow(self.tree.expr(body).ty) == Types::NEVER;
            let body = self.branch(body, &mut merged);
            self.names.pop();
            arms.push(Arm { pat, guard, body, span: self.tree.pat(pat).span });
        }
        let ty = if diverges { Types::NEVER } else { merged.unwrap_or(Types::NEVER) };
        if !diverges {
            for arm in &mut arms {
                arm.body = self.coerce(arm.body, ty);
            }
        }
        let expr = self.tree.add(ExprKind::Match { scrutinee, arms }, ty, span);
        self.patterns.matches.push(expr);
        expr
    }

    pub(super) fn new_loop(&mut self) -> LoopId {
        self.tree.loops += 1;
        LoopId(self.tree.loops - 1)
    }

    pub(super) fn push_loop(&mut self, label: Option<&syn::Label>, ty: Option<Ty>, is_loop: bool) -> LoopId {
        let id = self.new_loop();
        let label = label.map(|label| label.name.ident.to_string());
        if let Some(body) = self.bodies.last_mut() {
            body.loops.push(LoopScope { label, id, ty, breaks: false, is_loop });
        }
        id
    }

    pub(super) fn pop_loop(&mut self) -> Option<LoopScope> {
        self.bodies.last_mut()?.loops.pop()
    }

    pub(super) fn check_loop(&mut self, item: &syn::ExprLoop, hint: Option<Ty>) -> ExprId {
        let span = Span::from(item.loop_token.span).to(crate::syntax::block_span(&item.body));
        let ty = match self.known_hint(hint) {
            Some(hint) => hint,
            None => self.fresh(),
        };
        let id = self.push_loop(item.label.as_ref(), Some(ty), true);
        let body = self.check_block_coerce(&item.body, Types::UNIT);
        let scope = self.pop_loop();
        let ty = if scope.is_some_and(|scope| scope.breaks) { ty } else { Types::NEVER };
        self.tree.add(ExprKind::Loop { id, body }, ty, span)
    }

    pub(super) fn check_while(&mut self, item: &syn::ExprWhile) -> ExprId {
        let span = Span::from(item.while_token.span).to(crate::syntax::block_span(&item.body));
        let id = self.push_loop(item.label.as_ref(), None, true);
        self.names.push(HashMap::default());
        let cond = self.check_cond(&item.cond);
        let then = self.check_block_coerce(&item.body, Types::UNIT);
        self.names.pop();
        self.pop_loop();
        let leave = self.tree.add(ExprKind::Break(id, None), Types::NEVER, span);
        let stmts = vec![Stmt::Expr(leave)];
        let els = self.tree.add(ExprKind::Block(Block { stmts, tail: None, label: None }), Types::UNIT, span);
        let body = self.tree.add(ExprKind::If { cond, then, els: Some(els) }, Types::UNIT, span);
        let body = self.tree.add(
            ExprKind::Block(Block { stmts: Vec::new(), tail: Some(body), label: None }),
            Types::UNIT,
            span,
        );
        self.tree.add(ExprKind::Loop { id, body }, Types::UNIT, span)
    }

    /// `match IntoIterator::into_iter(head) { mut iter => loop { match Iterator::next(&mut iter) { None => break, Some(pat) => body }; } }`
    pub(super) fn check_for(&mut self, item: &syn::ExprForLoop) -> ExprId {
        let span = Span::from(item.for_token.span).to(crate::syntax::block_span(&item.body));
        let head = self.check_expr(&item.expr, None);
        let head_span = self.tree.expr(head).span;
        self.settle();
        let head_ty = self.tree.expr(head).ty;
        let iter_ty = self.fresh();
        let item_ty = self.fresh();
        let into = self.low.defs.trait_id("IntoIterator");
        let assoc = vec![("IntoIter".to_owned(), iter_ty), ("Item".to_owned(), item_ty)];
        self.require(crate::items::Pred { ty: head_ty, trait_: into, args: Vec::new(), assoc }, head_span);
        let next_trait = self.low.defs.trait_id("Iterator");
        let assoc = vec![("Item".to_owned(), item_ty)];
        self.require(crate::items::Pred { ty: iter_ty, trait_: next_trait, args: Vec::new(), assoc }, Span::NONE);
        self.settle();
        let func = FnRef { id: self.trait_fn("IntoIterator", "into_iter"), args: vec![head_ty] };
        let scrutinee = self.tree.add(ExprKind::Call(func, vec![head]), iter_ty, head_span);
        let iter = self.new_var("iter", iter_ty, head_span, true);

        let id = self.push_loop(item.label.as_ref(), None, true);
        self.names.push(HashMap::default());
        let pat = self.check_pat_top(&item.pat, item_ty);
        self.patterns.plain.push((pat, super::exhaustive::Place::For));
        let body = self.check_block_coerce(&item.body, Types::UNIT);
        self.names.pop();
        self.pop_loop();

        let place = self.tree.add(ExprKind::Var(iter), iter_ty, head_span);
        let borrowed = self.borrow(true, place, head_span);
        let place = self.tree.add(ExprKind::Deref(borrowed), iter_ty, head_span);
        let borrowed = self.borrow(true, place, head_span);
        let func = FnRef { id: self.trait_fn("Iterator", "next"), args: vec![iter_ty] };
        let option = self.low.defs.adt_ty("Option", vec![item_ty]);
        let next = self.tree.add(ExprKind::Call(func, vec![borrowed]), option, head_span);
        let none = self.tree.add_pat(PatKind::Variant(0, Vec::new()), option, head_span);
        let some = self.tree.add_pat(PatKind::Variant(1, vec![(0, pat)]), option, head_span);
        let leave = self.tree.add(ExprKind::Break(id, None), Types::NEVER, span);
        let arms = vec![
            Arm { pat: none, guard: None, body: leave, span: head_span },
            Arm { pat: some, guard: None, body, span: head_span },
        ];
        let step = self.tree.add(ExprKind::Match { scrutinee: next, arms }, Types::UNIT, head_span);
        let block = Block { stmts: vec![Stmt::Expr(step)], tail: None, label: None };
        let body = self.tree.add(ExprKind::Block(block), Types::UNIT, span);
        let looped = self.tree.add(ExprKind::Loop { id, body }, Types::UNIT, span);
        let pat = self.tree.add_pat(PatKind::Binding { var: iter, by_ref: None, sub: None }, iter_ty, head_span);
        let arms = vec![Arm { pat, guard: None, body: looped, span: head_span }];
        self.tree.add(ExprKind::Match { scrutinee, arms }, Types::UNIT, span)
    }

    fn find_loop(&mut self, label: Option<&syn::Lifetime>, span: Span, what: &str) -> Option<usize> {
        let loops = &self.bodies.last()?.loops;
        let found = match label {
            Some(label) => {
                loops.iter().rposition(|scope| scope.label.as_ref().is_some_and(|known| label.ident == known.as_str()))
            }
            None => loops.iter().rposition(|scope| scope.is_loop),
        };
        if found.is_none() {
            let message = match label {
                Some(label) => format!("use of undeclared label `'{}`", label.ident),
                None => format!("`{what}` outside of a loop or labeled block"),
            };
            self.error(span, message);
        }
        found
    }

    pub(super) fn check_break(&mut self, item: &syn::ExprBreak) -> ExprId {
        let span = break_span(item);
        let Some(at) = self.find_loop(item.label.as_ref(), span, "break") else { return self.error_expr(span) };
        let (id, ty) = match self.bodies.last_mut() {
            Some(body) => {
                body.loops[at].breaks = true;
                (body.loops[at].id, body.loops[at].ty)
            }
            None => return self.error_expr(span),
        };
        let value = match (&item.expr, ty) {
            (Some(value), Some(ty)) => Some(self.check_coerce(value, ty)),
            (Some(value), None) => {
                self.error(span_of(value), "`break` with value from a `while` or `for` loop");
                None
            }
            (None, Some(ty)) => {
                if !self.unify(ty, Types::UNIT) {
                    self.mismatch(span, ty, Types::UNIT);
                }
                None
            }
            (None, None) => None,
        };
        self.tree.add(ExprKind::Break(id, value), Types::NEVER, span)
    }

    pub(super) fn check_continue(&mut self, item: &syn::ExprContinue) -> ExprId {
        let span = Span::from(item.continue_token.span);
        let Some(at) = self.find_loop(item.label.as_ref(), span, "continue") else { return self.error_expr(span) };
        let id = self.bodies.last().map_or(LoopId(0), |body| body.loops[at].id);
        self.tree.add(ExprKind::Continue(id), Types::NEVER, span)
    }

    pub(super) fn check_return(&mut self, item: &syn::ExprReturn) -> ExprId {
        let span = return_span(item);
        let result = self.bodies.last().map_or(Types::UNIT, |body| body.result);
        let value = match &item.expr {
            Some(value) => Some(self.check_coerce(value, result)),
            None => {
                if !self.unify(result, Types::UNIT) {
                    self.mismatch(span, result, Types::UNIT);
                }
                None
            }
        };
        self.tree.add(ExprKind::Return(value), Types::NEVER, span)
    }

    /// `match Try::branch(e) { Break(residual) => return FromResidual::from_residual(residual), Continue(val) => val }`
    pub(super) fn check_try(&mut self, item: &syn::ExprTry) -> ExprId {
        let inner = self.check_expr(&item.expr, None);
        self.settle();
        let question = Span::from(item.question_token.spans[0]);
        let span = self.tree.expr(inner).span.to(question);
        let ty = self.tree.expr(inner).ty;
        let (output, residual) = (self.fresh(), self.fresh());
        let trait_ = self.low.defs.trait_id("Try");
        let assoc = vec![("Output".to_owned(), output), ("Residual".to_owned(), residual)];
        let pred = crate::items::Pred { ty, trait_, args: Vec::new(), assoc };
        if let (super::select::Selection::No, false) = (self.select(&pred, false), self.low.has_error(ty)) {
            let name = self.name(ty);
            self.error(
                span,
                format!("the `?` operator can only be applied to an `Option` or a `Result`, not to `{name}`"),
            );
            return self.error_expr(span);
        }
        self.require(pred, span);
        self.settle();
        let result = self.bodies.last().map_or(Types::UNIT, |body| body.result);
        let from = self.low.defs.trait_id("FromResidual");
        // A result that is not known yet is one of the same kind.
        if self.is_unknown(result)
            && let TyKind::Adt(id, args) = self.kind(self.actual(ty)).clone()
        {
            let fresh = self.fresh_args(args.len());
            let like = self.intern(TyKind::Adt(id, fresh));
            self.unify(result, like);
        }
        let pred = crate::items::Pred { ty: result, trait_: from, args: vec![residual], assoc: Vec::new() };
        if let (super::select::Selection::No, false) = (self.select(&pred, false), self.low.has_error(result)) {
            let (from, to) = (self.name(ty), self.name(result));
            let message =
                format!("the `?` operator cannot be used here: it gives the rest of `{from}`, but `{to}` is returned");
            self.error(question, message);
            return self.tree.add(ExprKind::Error, output, span);
        }
        self.require(pred, question);
        let control = self.low.defs.adt_ty("ControlFlow", vec![residual, output]);
        let func = FnRef { id: self.trait_fn("Try", "branch"), args: vec![ty] };
        let scrutinee = self.tree.add(ExprKind::Call(func, vec![inner]), control, span);
        let residual_var = self.new_var("residual", residual, question, false);
        let val = self.new_var("val", output, span, false);
        let sub =
            self.tree.add_pat(PatKind::Binding { var: residual_var, by_ref: None, sub: None }, residual, question);
        let break_pat = self.tree.add_pat(PatKind::Variant(1, vec![(0, sub)]), control, span);
        let sub = self.tree.add_pat(PatKind::Binding { var: val, by_ref: None, sub: None }, output, span);
        let continue_pat = self.tree.add_pat(PatKind::Variant(0, vec![(0, sub)]), control, span);
        let from_value = self.tree.add(ExprKind::Var(residual_var), residual, question);
        let func = FnRef { id: self.trait_fn("FromResidual", "from_residual"), args: vec![result, residual] };
        let value = self.tree.add(ExprKind::Call(func, vec![from_value]), result, question);
        let returned = self.tree.add(ExprKind::Return(Some(value)), Types::NEVER, question);
        let output = self.shallow(output);
        let leave = self.tree.add(ExprKind::NeverToAny(returned), output, question);
        let go_on = self.tree.add(ExprKind::Var(val), output, span);
        let arms = vec![
            Arm { pat: break_pat, guard: None, body: leave, span: question },
            Arm { pat: continue_pat, guard: None, body: go_on, span },
        ];
        self.tree.add(ExprKind::Match { scrutinee, arms }, output, span)
    }
}
