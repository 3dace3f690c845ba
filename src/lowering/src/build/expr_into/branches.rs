//! `if`, `&&` and `||`: two ways that meet again.

use super::super::Builder;
use crate::mir::{Block, Operand, Place, TerminatorKind};
use crate::span::Span;
use crate::tree::{ExprId, ExprKind};

impl Builder<'_> {
    pub(super) fn if_into(
        &mut self,
        block: Block,
        destination: Place,
        cond: ExprId,
        then: ExprId,
        els: Option<ExprId>,
        span: Span,
    ) -> Block {
        let condition_scope = self.topmost();
        let temp_scope = self.temp_scope;
        let if_then = self.push_scope(self.tree.expr(then).span);
        self.temp_scope = if_then;
        let (then_block, mut else_block) = self.in_if_then_scope(condition_scope, |builder| {
            let block = builder.then_else_break(block, cond, Some(condition_scope), Some(if_then));
            builder.expr_into(block, destination.clone(), then)
        });
        self.temp_scope = temp_scope;
        let then_block = self.pop_scope(then_block);
        match els {
            Some(els) => else_block = self.expr_into(else_block, destination, els),
            None => self.assign_unit(else_block, &destination, span),
        }
        self.join(then_block, else_block)
    }

    /// Lowers a condition; what fails goes to `break_for_else`. `vars` is where variables of a `let` in it live.
    pub(in super::super) fn then_else_break(
        &mut self,
        block: Block,
        cond: ExprId,
        temp_scope: Option<super::super::scope::ScopeId>,
        vars: Option<super::super::scope::ScopeId>,
    ) -> Block {
        match self.tree.expr(cond).kind {
            ExprKind::And(left, right) => {
                let before = self.enter(cond);
                let block = self.then_else_break(block, left, temp_scope, vars);
                let block = self.then_else_break(block, right, temp_scope, vars);
                self.leave(block, before)
            }
            ExprKind::Or(left, right) => {
                let before = self.enter(cond);
                let region = self.topmost();
                let (left_yes, failure) =
                    self.in_if_then_scope(region, |builder| builder.then_else_break(block, left, temp_scope, vars));
                let right_yes = self.then_else_break(failure, right, temp_scope, vars);
                let success = self.join(left_yes, right_yes);
                self.leave(success, before)
            }
            ExprKind::Unary(crate::mir::UnOp::Not, inner) => {
                let before = self.enter(cond);
                let region = self.topmost();
                let (yes, no) =
                    self.in_if_then_scope(region, |builder| builder.then_else_break(block, inner, temp_scope, vars));
                self.break_for_else(yes);
                self.leave(no, before)
            }
            ExprKind::Let(pat, scrutinee) => {
                let before = self.temp_scope;
                self.push_scope(self.tree.expr(cond).span);
                let block = self.lower_let(block, scrutinee, pat, vars);
                self.leave(block, before)
            }
            ExprKind::Use(inner) => {
                let before = self.enter(cond);
                let block = self.then_else_break(block, inner, temp_scope, vars);
                self.leave(block, before)
            }
            _ => {
                let before = self.enter(cond);
                let scope = temp_scope.unwrap_or_else(|| self.topmost());
                let (block, local) = self.as_temp_inner(block, scope, cond);
                let (yes, no) = (self.new_block(), self.new_block());
                let value = Operand::Move(local.into());
                let kind = TerminatorKind::SwitchInt { value, targets: vec![(0, no)], otherwise: yes };
                self.terminate(block, kind, self.tree.expr(cond).span);
                self.break_for_else(no);
                self.leave(yes, before)
            }
        }
    }

    pub(super) fn logical_into(
        &mut self,
        block: Block,
        destination: Place,
        left: ExprId,
        right: ExprId,
        is_and: bool,
        span: Span,
    ) -> Block {
        let region = self.topmost();
        let (then, els) =
            self.in_if_then_scope(region, |builder| builder.then_else_break(block, left, Some(region), None));
        let (short, go_on) = if is_and { (els, then) } else { (then, els) };
        self.assign_bool(short, &destination, !is_and, span);
        let end = self.expr_into(go_on, destination, right);
        let target = self.new_block();
        self.goto(end, target);
        self.goto(short, target);
        target
    }
}
