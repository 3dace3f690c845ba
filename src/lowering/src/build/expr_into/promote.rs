//! Constants that a reference points to: rvalue static promotion.

use super::super::Builder;
use crate::mir::{Place, TerminatorKind};
use crate::span::Span;
use crate::tree::{ExprId, ExprKind};

impl Builder<'_> {
    /// A borrow of a constant is one of the program's data, not of a temporary: the body of its value, if it is one.
    pub(super) fn promoted(&mut self, expr: ExprId) -> Option<crate::mir::BodyId> {
        if !self.is_promotable(expr, true) {
            return None;
        }
        let ty = self.tree.expr(expr).ty;
        let id = self.low.new_body();
        let before = std::mem::take(&mut self.body);
        self.body.name = "promoted".into();
        self.new_local(crate::mir::LocalKind::Return, ty, Span::NONE);
        let scopes = std::mem::take(&mut self.scopes);
        let block = self.new_block();
        let scope = self.push_scope(Span::NONE);
        let temp_scope = std::mem::replace(&mut self.temp_scope, scope);
        let unit = self.unit_temp.take();
        let block = self.expr_into(block, Place::from(crate::mir::Local::RETURN), expr);
        let block = self.pop_scope(block);
        self.terminate(block, TerminatorKind::Return, Span::NONE);
        self.unit_temp = unit;
        self.temp_scope = temp_scope;
        self.scopes = scopes;
        let body = std::mem::replace(&mut self.body, before);
        let body = crate::passes::run(self.low, body, false);
        self.low.bodies[id.0 as usize] = body;
        Some(id)
    }

    pub(super) fn is_promotable(&self, expr: ExprId, _is_top: bool) -> bool {
        let node = self.tree.expr(expr);
        if self.needs_drop(node.ty) && !matches!(node.kind, ExprKind::Adt { .. }) {
            return false;
        }
        match &node.kind {
            ExprKind::Const(_) => true,
            ExprKind::ConstItem(_) | ExprKind::Fn(_) => true,
            ExprKind::Tuple(items) | ExprKind::Array(items) => {
                items.iter().all(|&item| self.is_promotable(item, false))
            }
            ExprKind::Repeat(item, _) => self.is_promotable(*item, false),
            ExprKind::Adt { fields, base: None, .. } => {
                let ty = self.actual(node.ty);
                let has_drop = self.low.defs.types.adt(ty).is_some_and(|def| def.has_drop);
                !has_drop && !self.is_cell(ty) && fields.iter().all(|&(_, field)| self.is_promotable(field, false))
            }
            // A reborrow of a constant reference is one.
            ExprKind::Borrow(false, inner) => match self.tree.expr(*inner).kind {
                ExprKind::Deref(pointer) => self.is_promotable(pointer, false),
                _ => self.is_promotable(*inner, true),
            },
            ExprKind::Unary(_, inner) => self.is_promotable(*inner, false),
            ExprKind::Binary(op, left, right) => {
                let safe = !matches!(op, crate::mir::BinOp::Div | crate::mir::BinOp::Rem);
                safe && self.is_promotable(*left, false) && self.is_promotable(*right, false)
            }
            ExprKind::Cast(crate::mir::CastKind::Numeric, inner) | ExprKind::Use(inner) => {
                self.is_promotable(*inner, false)
            }
            ExprKind::Closure(index) => {
                self.tree.bodies[*index].captures.is_empty() && {
                    self.tree.bodies[*index].kind == crate::mir::BodyKind::Closure
                }
            }
            _ => false,
        }
    }

    pub(super) fn is_cell(&self, ty: crate::ty::Ty) -> bool {
        use crate::ty::Builtin;
        matches!(self.low.defs.types.builtin(ty), Some(Builtin::Cell | Builtin::RefCell | Builtin::Mutex))
    }
}
