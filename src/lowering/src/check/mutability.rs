//! What is changed though it is not declared as mutable.

use super::Checker;
use crate::hash::HashSet;
use crate::tree::{ExprId, ExprKind, PatKind, Stmt, VarId};
use crate::ty::TyKind;

impl Checker<'_> {
    pub(super) fn check_mutability(&mut self) {
        if !self.is_user {
            return;
        }
        // `let x;` may be assigned to, once on each path.
        let mut later = HashSet::default();
        for expr in &self.tree.exprs {
            if let ExprKind::Block(block) = &expr.kind {
                for stmt in &block.stmts {
                    if let Stmt::Let { pat, init: None, .. } = stmt
                        && let PatKind::Binding { var, .. } = self.tree.pat(*pat).kind
                    {
                        later.insert(var);
                    }
                }
            }
        }
        let mut seen = HashSet::default();
        let mut found = Vec::new();
        for at in 0..self.tree.exprs.len() {
            let expr = &self.tree.exprs[at];
            let (place, is_borrow) = match expr.kind {
                ExprKind::Borrow(true, place) => (place, true),
                ExprKind::Assign(place, _) | ExprKind::AssignOp(_, place, _) => (place, false),
                ExprKind::OverDeref { base, mutable: true } | ExprKind::OverIndex { base, mutable: true, .. } => {
                    (base, true)
                }
                _ => continue,
            };
            let Some((var, is_whole)) = self.changed_var(place) else { continue };
            let info = self.tree.var(var);
            if info.mutable || !info.span.is_some() || later.contains(&var) || !seen.insert(var) {
                continue;
            }
            let name = &info.name;
            let message = match (is_borrow, is_whole) {
                (true, _) => format!("cannot borrow `{name}` as mutable, as it is not declared as mutable"),
                (false, true) => format!("cannot assign twice to immutable variable `{name}`"),
                (false, false) => format!("cannot assign to part of `{name}`, as `{name}` is not declared as mutable"),
            };
            found.push((expr.span, message));
        }
        for (span, message) in found {
            self.error(span, message);
        }
    }

    /// The variable of which a place is a part, and whether it is all of it; none behind a reference.
    fn changed_var(&self, place: ExprId) -> Option<(VarId, bool)> {
        match self.tree.expr(place).kind {
            ExprKind::Var(var) => Some((var, true)),
            ExprKind::Field(base, _) | ExprKind::Index(base, _) => self.changed_var(base).map(|(var, _)| (var, false)),
            ExprKind::Deref(base) => match self.kind(self.actual(self.tree.expr(base).ty)) {
                TyKind::Adt(..) => self.changed_var(base).map(|(var, _)| (var, false)),
                _ => None,
            },
            _ => None,
        }
    }
}
