//! Which expressions are terminating scopes: their temporaries die with them.

use crate::bits::BitSet;
use crate::tree::{ExprId, ExprKind, Stmt, Tree};

pub(super) struct Regions {
    terminating: BitSet,
}

impl Regions {
    pub(super) fn of(tree: &Tree, root: ExprId) -> Regions {
        let mut regions = Regions { terminating: BitSet::new(tree.exprs.len()) };
        regions.visit(tree, root);
        regions
    }

    /// Whether temporaries die with an expression.
    pub(super) fn is_terminating(&self, expr: ExprId) -> bool {
        self.terminating.contains(expr.0 as usize)
    }

    fn add(&mut self, expr: ExprId) {
        self.terminating.insert(expr.0 as usize);
    }

    fn visit(&mut self, tree: &Tree, expr: ExprId) {
        match &tree.expr(expr).kind {
            ExprKind::If { cond, then, els } => {
                if !has_let(tree, *cond) {
                    self.add(*cond);
                }
                self.add(*then);
                els.iter().for_each(|&els| self.add(els));
            }
            ExprKind::And(left, right) | ExprKind::Or(left, right) => {
                let same = |side: ExprId| {
                    matches!(
                        (&tree.expr(expr).kind, &tree.expr(side).kind),
                        (ExprKind::And(..), ExprKind::And(..)) | (ExprKind::Or(..), ExprKind::Or(..))
                    )
                };
                let is_let = |side: ExprId| matches!(tree.expr(side).kind, ExprKind::Let(..));
                if !is_let(*left) && !same(*left) {
                    self.add(*left);
                }
                if !is_let(*right) {
                    self.add(*right);
                }
            }
            ExprKind::Loop { body, .. } => {
                self.add(*body);
            }
            ExprKind::Match { arms, .. } => {
                for arm in arms {
                    self.add(arm.body);
                    if let Some(guard) = arm.guard
                        && !has_let(tree, guard)
                    {
                        self.add(guard);
                    }
                }
            }
            ExprKind::Block(block) => {
                // Only blocks that are written end the temporaries of their tails; those that a macro of std made are extended.
                if !block.stmts.iter().any(|stmt| matches!(stmt, Stmt::SuperLet(..))) {
                    block.tail.iter().for_each(|&tail| self.add(tail));
                }
                for stmt in &block.stmts {
                    if let Stmt::Let { els: Some(els), .. } = stmt {
                        self.add(*els);
                    }
                }
            }
            ExprKind::DropTemps(inner) => {
                self.add(*inner);
            }
            _ => {}
        }
        tree.each_child(expr, &mut |child| self.visit(tree, child));
    }
}

pub(super) fn has_let(tree: &Tree, cond: ExprId) -> bool {
    match tree.expr(cond).kind {
        ExprKind::Let(..) => true,
        ExprKind::And(left, right) => has_let(tree, left) || has_let(tree, right),
        _ => false,
    }
}
