//! Blocks and their statements.

use super::exhaustive::Place;
use super::{Checker, span_of};
use crate::hash::HashMap;
use crate::span::Span;
use crate::tree::{Block, ExprId, ExprKind, Stmt};
use crate::ty::{Ty, Types};

impl Checker<'_> {
    pub(super) fn check_block_coerce(&mut self, block: &syn::Block, ty: Ty) -> ExprId {
        let expr = self.check_block(block, Some(ty));
        let found = self.tree.expr(expr).ty;
        match self.try_coerce(expr, ty) {
            Some(expr) => expr,
            None => {
                let span = match block.stmts.last() {
                    Some(syn::Stmt::Expr(tail, None)) => span_of(tail),
                    _ => crate::syntax::block_span(block),
                };
                self.mismatch(span, ty, found);
                self.tree.add(ExprKind::Error, ty, span)
            }
        }
    }

    pub(super) fn check_block_expr(&mut self, item: &syn::ExprBlock, hint: Option<Ty>) -> ExprId {
        let Some(label) = &item.label else { return self.check_block(&item.block, hint) };
        let ty = self.fresh();
        let id = self.push_loop(Some(label), Some(ty), false);
        let inner = self.check_block(&item.block, hint);
        self.pop_loop();
        let inner = self.coerce(inner, ty);
        let span = self.tree.expr(inner).span;
        let ty = self.shallow(ty);
        let block = Block { stmts: Vec::new(), tail: Some(inner), label: Some(id) };
        self.tree.add(ExprKind::Block(block), ty, span)
    }

    pub(super) fn check_block(&mut self, block: &syn::Block, hint: Option<Ty>) -> ExprId {
        let span = crate::syntax::block_span(block);
        self.names.push(HashMap::default());
        let mut stmts = Vec::new();
        let mut tail = None;
        let mut diverges = false;
        let last = block.stmts.len().wrapping_sub(1);
        for (i, stmt) in block.stmts.iter().enumerate() {
            match stmt {
                syn::Stmt::Local(local) => {
                    let (stmt, ends) = self.check_local(local);
                    diverges |= ends;
                    stmts.push(stmt);
                }
                syn::Stmt::Item(_) => {}
                syn::Stmt::Expr(expr, semi) => {
                    let is_tail = semi.is_none() && i == last;
                    let mut checked = match is_tail {
                        true => self.check_expr(expr, hint),
                        false => self.check_expr(expr, None),
                    };
                    if is_tail {
                        if let Some(hint) = hint
                            && !self.is_unknown(hint)
                            && let Some(coerced) = self.try_coerce(checked, hint)
                        {
                            let never = self.shallow(self.tree.expr(checked).ty) == Types::NEVER;
                            diverges |= never;
                            checked = if never { checked } else { coerced };
                        }
                        tail = Some(checked);
                        continue;
                    }
                    let ty = self.shallow(self.tree.expr(checked).ty);
                    diverges |= ty == Types::NEVER;
                    if semi.is_none() && ty != Types::NEVER {
                        let checked = self.coerce(checked, Types::UNIT);
                        stmts.push(Stmt::Expr(checked));
                    } else {
                        stmts.push(Stmt::Expr(checked));
                    }
                }
                syn::Stmt::Macro(item) => {
                    let is_tail = item.semi_token.is_none() && i == last;
                    let checked = self.check_macro(&item.mac, if is_tail { hint } else { None });
                    let ty = self.shallow(self.tree.expr(checked).ty);
                    diverges |= ty == Types::NEVER;
                    if is_tail {
                        tail = Some(checked);
                    } else {
                        stmts.push(Stmt::Expr(checked));
                    }
                }
            }
        }
        self.names.pop();
        let ty = match tail {
            _ if diverges && tail.is_none_or(|tail| self.shallow(self.tree.expr(tail).ty) == Types::NEVER) => {
                Types::NEVER
            }
            Some(tail) => self.shallow(self.tree.expr(tail).ty),
            None => Types::UNIT,
        };
        self.tree.add(ExprKind::Block(Block { stmts, tail, label: None }), ty, span)
    }

    fn check_local(&mut self, local: &syn::Local) -> (Stmt, bool) {
        let start = Span::from(local.let_token.span);
        let (plain, written) = match &local.pat {
            syn::Pat::Type(typed) => (&*typed.pat, Some(self.written_ty(&typed.ty))),
            pat => (pat, None),
        };
        let Some(init) = &local.init else {
            let ty = match written {
                Some(ty) => ty,
                None => self.fresh(),
            };
            let pat = self.check_pat_top(plain, ty);
            let span = start.to(self.tree.pat(pat).span);
            return (Stmt::Let { pat, init: None, els: None, span }, false);
        };
        let value = match written {
            Some(ty) => self.check_coerce(&init.expr, ty),
            None => self.check_expr(&init.expr, None),
        };
        self.settle();
        let mut ty = self.shallow(self.tree.expr(value).ty);
        let diverges = ty == Types::NEVER;
        let mut value = value;
        if diverges && written.is_none() {
            ty = self.fresh();
            value = self.coerce(value, ty);
        }
        let els = match &init.diverge {
            Some((_, els)) => {
                let checked = self.check_expr(els, Some(Types::NEVER));
                let ty = self.shallow(self.tree.expr(checked).ty);
                if ty != Types::NEVER && !self.low.has_error(ty) {
                    self.error(span_of(els), "`else` clause of `let...else` does not diverge");
                }
                Some(checked)
            }
            None => None,
        };
        let pat = self.check_pat_top(plain, ty);
        if els.is_none() {
            self.patterns.plain.push((pat, Place::Let));
        }
        let span = start.to(self.tree.expr(value).span);
        (Stmt::Let { pat, init: Some(value), els, span }, diverges)
    }
}
