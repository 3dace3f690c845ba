//! Blocks, their statements, and what `let` extends.

use super::scope::{ScopeId, Target};
use super::{Builder, VarLocals};
use crate::mir::{Block, LocalKind, Operand, Place, StatementKind, TerminatorKind};
use crate::span::Span;
use crate::tree::{self, ExprId, ExprKind, PatId, PatKind, Stmt, VarId};
use crate::ty::{Ty, TyKind, Types};

impl Builder<'_> {
    /// Lowers an expression within a scope of its own.
    pub(super) fn scoped(&mut self, block: Block, expr: ExprId, f: impl FnOnce(&mut Self, Block) -> Block) -> Block {
        let scope = self.push_scope(self.tree.expr(expr).span);
        let before = self.temp_scope;
        if self.regions.is_terminating(expr) {
            self.temp_scope = scope;
        }
        let block = f(self, block);
        self.temp_scope = before;
        self.pop_scope(block)
    }

    pub(super) fn block_into(&mut self, block: Block, destination: Place, item: &tree::Block, expr: ExprId) -> Block {
        let (ty, span) = (self.tree.expr(expr).ty, self.tree.expr(expr).span);
        let super_scope = self.extended.get(&expr).copied();
        let Some(label) = item.label else { return self.stmts_into(block, destination, item, ty, span, super_scope) };
        let at = self.push_breakable(None, destination.clone());
        self.loops.insert(label, at);
        let end = self.stmts_into(block, destination, item, ty, span, super_scope);
        self.pop_breakable(at, Some(end), None)
    }

    fn stmts_into(
        &mut self,
        block: Block,
        destination: Place,
        item: &tree::Block,
        ty: Ty,
        span: Span,
        super_scope: Option<ScopeId>,
    ) -> Block {
        let mut block = block;
        let mut remainders = 0;
        let temp_scope = self.temp_scope;
        let block_scope = self.topmost();
        let mut last_remainder = block_scope;
        for stmt in &item.stmts {
            match stmt {
                Stmt::Expr(expr) => {
                    let scope = self.push_scope(self.tree.expr(*expr).span);
                    self.temp_scope = scope;
                    block = self.stmt_expr(block, *expr, Some(scope));
                    self.temp_scope = temp_scope;
                    block = self.pop_scope(block);
                }
                Stmt::Let { pat, init, els: None, span: stmt_span } => {
                    last_remainder = self.push_scope(span);
                    remainders += 1;
                    let scope = self.push_scope(*stmt_span);
                    self.temp_scope = scope;
                    self.declare_bindings(*pat, last_remainder, false);
                    if let Some(init) = init {
                        self.extend_let(*pat, *init, last_remainder);
                        block = self.expr_into_pattern(block, *pat, *init);
                    }
                    self.temp_scope = temp_scope;
                    block = self.pop_scope(block);
                    if init.is_none() {
                        let mut vars = Vec::new();
                        self.tree.bindings(*pat, &mut vars);
                        for var in vars {
                            self.storage_live_binding(block, var, false, true);
                            self.schedule_binding(var, false);
                        }
                    }
                }
                Stmt::Let { pat, init, els: Some(els), span: stmt_span } => {
                    let Some(init) = init else { continue };
                    // The else block comes first.
                    let never = self.temp(Types::NEVER, self.tree.expr(*els).span);
                    let failure_entry = self.new_block();
                    let failed = self.scoped(failure_entry, *els, |builder, block| {
                        builder.expr_into_inner(block, never.into(), *els)
                    });
                    self.terminate(failed, TerminatorKind::Unreachable, crate::span::Span::NONE);
                    let outer = last_remainder;
                    last_remainder = self.push_scope(span);
                    remainders += 1;
                    let remainder = last_remainder;
                    let (matching, failure) = self.in_if_then_scope(outer, |builder| {
                        let scope = builder.push_scope(*stmt_span);
                        builder.temp_scope = scope;
                        builder.declare_bindings(*pat, remainder, false);
                        builder.extend_let(*pat, *init, remainder);
                        let block = builder.lower_let(block, *init, *pat, None);
                        builder.temp_scope = temp_scope;
                        builder.pop_scope(block)
                    });
                    self.goto(failure, failure_entry);
                    block = matching;
                }
                Stmt::SuperLet(pat, init) => {
                    // As long as the temporaries around it.
                    let scope = super_scope.unwrap_or(temp_scope);
                    self.declare_bindings(*pat, scope, false);
                    self.extend_let(*pat, *init, scope);
                    block = self.expr_into_pattern(block, *pat, *init);
                }
            }
        }
        match item.tail {
            Some(tail) => block = self.expr_into(block, destination, tail),
            None => {
                if self.actual(ty) == Types::UNIT {
                    self.assign_unit(block, &destination, crate::span::Span::NONE);
                }
            }
        }
        for _ in 0..remainders {
            block = self.pop_scope(block);
        }
        block
    }

    /// An expression whose value nobody wants.
    pub(super) fn stmt_expr(&mut self, block: Block, expr: ExprId, statement: Option<ScopeId>) -> Block {
        self.scoped(block, expr, |builder, block| builder.stmt_expr_inner(block, expr, statement))
    }

    pub(super) fn stmt_expr_inner(&mut self, block: Block, expr: ExprId, statement: Option<ScopeId>) -> Block {
        let node = self.tree.expr(expr);
        let span = node.span;
        match node.kind {
            ExprKind::Assign(left, right) => {
                // From right to left.
                let ty = self.tree.expr(left).ty;
                let (block, rvalue) = self.as_local_rvalue(block, right);
                let (block, place) = self.as_place(block, left);
                if !self.needs_drop(ty) {
                    self.assign(block, place, rvalue, span);
                    return block;
                }
                let target = self.new_block();
                self.assign(target, place.clone(), rvalue, span);
                self.terminate(block, TerminatorKind::Drop { place, target }, span);
                target
            }
            ExprKind::AssignOp(op, left, right) => {
                let ty = self.tree.expr(left).ty;
                let (block, right) = self.as_local_operand(block, right);
                let (block, place) = self.as_place(block, left);
                let (block, rvalue) = self.binary(block, op, Operand::Copy(place.clone()), right, ty, span);
                self.assign(block, place, rvalue, span);
                block
            }
            ExprKind::Continue(id) => {
                let at = self.loops.get(&id).copied().unwrap_or(0);
                self.break_scope(block, None, Target::Continue(at), span)
            }
            ExprKind::Break(id, value) => {
                let at = self.loops.get(&id).copied().unwrap_or(0);
                self.break_scope(block, value, Target::Break(at), span)
            }
            ExprKind::Return(value) => self.break_scope(block, value, Target::Return, span),
            _ => {
                let scope = statement.unwrap_or_else(|| self.topmost());
                self.as_temp_inner(block, scope, expr).0
            }
        }
    }

    /// Declares the variables of a pattern; their drops are scheduled in a scope.
    pub(super) fn declare_bindings(&mut self, pat: PatId, scope: ScopeId, has_guard: bool) {
        let mut vars = Vec::new();
        self.tree.bindings(pat, &mut vars);
        for var in vars {
            let info = self.tree.var(var);
            let (ty, span) = (info.ty, info.span);
            let kind = if info.is_awaitee { LocalKind::Awaitee } else { LocalKind::Named(info.name.clone()) };
            let body = self.new_local(kind, ty, span);
            let guard = has_guard.then(|| {
                let ty = self.low.defs.types.intern(TyKind::Ref(false, ty));
                self.temp(ty, span)
            });
            self.vars.insert(var, VarLocals { body, guard });
            self.var_scopes.insert(var, scope);
        }
    }

    pub(super) fn storage_live_binding(&mut self, block: Block, var: VarId, in_guard: bool, schedule: bool) -> Place {
        let Some(&locals) = self.vars.get(&var) else { return self.temp(Types::ERROR, crate::span::Span::NONE).into() };
        let local = match (in_guard, locals.guard) {
            (true, Some(guard)) => guard,
            _ => locals.body,
        };
        let span = self.tree.var(var).span;
        self.storage_live(block, local, span);
        if schedule && let Some(&scope) = self.var_scopes.get(&var) {
            self.schedule_storage(scope, local);
        }
        local.into()
    }

    pub(super) fn schedule_binding(&mut self, var: VarId, in_guard: bool) {
        let (Some(&locals), Some(&scope)) = (self.vars.get(&var), self.var_scopes.get(&var)) else { return };
        let local = match (in_guard, locals.guard) {
            (true, Some(guard)) => guard,
            _ => locals.body,
        };
        self.schedule_value(scope, local);
    }

    fn expr_into_pattern(&mut self, block: Block, pat: PatId, init: ExprId) -> Block {
        if let PatKind::Binding { var, by_ref: None, sub: None } = self.tree.pat(pat).kind {
            let place = self.storage_live_binding(block, var, false, true);
            let block = self.expr_into(block, place, init);
            self.schedule_binding(var, false);
            return block;
        }
        let (block, place) = self.as_place_builder(block, init);
        self.builder_into_pattern(block, pat, place, true)
    }

    /// The temporaries in an initializer that live as long as the variable: `let x = &temp();`.
    fn extend_let(&mut self, pat: PatId, init: ExprId, scope: ScopeId) {
        if self.binds_by_ref(pat) {
            self.extend_chain(init, scope);
        }
        self.extend_borrows(init, scope);
    }

    fn binds_by_ref(&self, pat: PatId) -> bool {
        match &self.tree.pat(pat).kind {
            // Not by a default binding mode: then there is a `Deref` around it.
            PatKind::Binding { by_ref, .. } => by_ref.is_some(),
            PatKind::Variant(_, fields) | PatKind::Fields(fields) => {
                fields.iter().any(|&(_, pat)| self.binds_by_ref(pat))
            }
            PatKind::Slice { prefix, slice, suffix, .. } => {
                prefix.iter().chain(slice).chain(suffix).any(|&pat| self.binds_by_ref(pat))
            }
            PatKind::Or(pats) => pats.iter().any(|&pat| self.binds_by_ref(pat)),
            _ => false,
        }
    }

    fn extend_borrows(&mut self, expr: ExprId, scope: ScopeId) {
        match self.tree.expr(expr).kind.clone() {
            ExprKind::Borrow(_, inner) => {
                self.extend_borrows(inner, scope);
                self.extend_chain(inner, scope);
            }
            // A coercion is no expression of the source.
            ExprKind::Deref(inner) => {
                if let ExprKind::Borrow(..) = self.tree.expr(inner).kind {
                    self.extend_borrows(inner, scope);
                }
            }
            ExprKind::Adt { fields, .. } => fields.iter().for_each(|&(_, field)| self.extend_borrows(field, scope)),
            ExprKind::Tuple(items) | ExprKind::Array(items) => {
                items.iter().for_each(|&item| self.extend_borrows(item, scope))
            }
            ExprKind::Cast(_, inner) | ExprKind::Use(inner) => self.extend_borrows(inner, scope),
            ExprKind::Block(block) => {
                // What a `super let` in it declares lives as long.
                self.extended.insert(expr, scope);
                if let Some(tail) = block.tail {
                    self.extend_borrows(tail, scope);
                }
            }
            ExprKind::If { then, els: Some(els), .. } => {
                self.extend_borrows(then, scope);
                self.extend_borrows(els, scope);
            }
            ExprKind::Match { arms, .. } => arms.iter().for_each(|arm| self.extend_borrows(arm.body, scope)),
            _ => {}
        }
    }

    fn extend_chain(&mut self, expr: ExprId, scope: ScopeId) {
        self.extended.insert(expr, scope);
        match self.tree.expr(expr).kind {
            ExprKind::Borrow(_, inner)
            | ExprKind::Deref(inner)
            | ExprKind::Field(inner, _)
            | ExprKind::Index(inner, _)
            | ExprKind::OverDeref { base: inner, .. }
            | ExprKind::OverIndex { base: inner, .. } => self.extend_chain(inner, scope),
            _ => {}
        }
    }

    /// Where the temporary of an expression that is used as a place lives.
    pub(super) fn temp_scope_of(&self, expr: ExprId) -> ScopeId {
        self.extended.get(&expr).copied().unwrap_or(self.temp_scope)
    }

    pub(super) fn mention(&mut self, block: Block, place: Place) {
        self.push(block, StatementKind::PlaceMention(place), crate::span::Span::NONE);
    }
}
