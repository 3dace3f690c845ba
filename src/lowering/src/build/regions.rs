//! Which expressions are terminating scopes: their temporaries die with them.

use crate::hash::HashSet;
use crate::tree::{ExprId, ExprKind, Stmt, Tree};

pub(super) struct Regions {
    pub(super) terminating: HashSet<ExprId>,
}

impl Regions {
    pub(super) fn of(tree: &Tree, root: ExprId) -> Regions {
        let mut regions = Regions { terminating: HashSet::default() };
        regions.visit(tree, root);
        regions
    }

    fn visit(&mut self, tree: &Tree, expr: ExprId) {
        match &tree.expr(expr).kind {
            ExprKind::If { cond, then, els } => {
                if !has_let(tree, *cond) {
                    self.terminating.insert(*cond);
                }
                self.terminating.insert(*then);
                self.terminating.extend(els);
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
                    self.terminating.insert(*left);
                }
                if !is_let(*right) {
                    self.terminating.insert(*right);
                }
            }
            ExprKind::Loop { body, .. } => {
                self.terminating.insert(*body);
            }
            ExprKind::Match { arms, .. } => {
                for arm in arms {
                    self.terminating.insert(arm.body);
                    if let Some(guard) = arm.guard
                        && !has_let(tree, guard)
                    {
                        self.terminating.insert(guard);
                    }
                }
            }
            ExprKind::Block(block) => {
                // Only blocks that are written end the temporaries of their tails; those that a macro of std made are extended.
                if !block.stmts.iter().any(|stmt| matches!(stmt, Stmt::SuperLet(..))) {
                    self.terminating.extend(block.tail);
                }
                for stmt in &block.stmts {
                    if let Stmt::Let { els: Some(els), .. } = stmt {
                        self.terminating.insert(*els);
                    }
                }
            }
            ExprKind::DropTemps(inner) => {
                self.terminating.insert(*inner);
            }
            _ => {}
        }
        for child in tree.children(expr) {
            self.visit(tree, child);
        }
    }
}

pub(super) fn has_let(tree: &Tree, cond: ExprId) -> bool {
    match tree.expr(cond).kind {
        ExprKind::Let(..) => true,
        ExprKind::And(left, right) => has_let(tree, left) || has_let(tree, right),
        _ => false,
    }
}
