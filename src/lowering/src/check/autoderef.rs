//! Autoderef: what a value points to, and so on, through references, boxes and `Deref` impls.

use super::Checker;
use crate::items::Pred;
use crate::span::Span;
use crate::tree::{ExprId, ExprKind};
use crate::ty::{Builtin, Ty, TyKind};

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DerefStep {
    /// Of a reference or a box.
    Builtin,
    /// By a `Deref` impl.
    Overloaded,
}

impl Checker<'_> {
    /// What a type points to, if it does.
    pub(super) fn deref_ty(&mut self, ty: Ty, explicit: bool) -> Option<(DerefStep, Ty)> {
        let ty = self.actual(ty);
        match *self.kind(ty) {
            TyKind::Ref(_, to) => return Some((DerefStep::Builtin, to)),
            TyKind::RawPtr(_, to) if explicit => return Some((DerefStep::Builtin, to)),
            TyKind::Adt(..) => {}
            _ => return None,
        }
        if let (Some(Builtin::Box), TyKind::Adt(_, args)) = (self.low.defs.types.builtin(ty), self.kind(ty)) {
            return Some((DerefStep::Builtin, args[0]));
        }
        let trait_ = self.low.defs.trait_id("Deref");
        let target = self.fresh();
        let pred = Pred { ty, trait_, args: Vec::new(), assoc: vec![("Target".into(), target)] };
        match self.select(&pred, true) {
            super::select::Selection::Yes(_) => {
                let target = self.shallow(target);
                Some((DerefStep::Overloaded, target))
            }
            _ => None,
        }
    }

    /// The place that a step leads to.
    pub(super) fn deref_expr(&mut self, base: ExprId, step: DerefStep, to: Ty, span: Span) -> ExprId {
        let kind = match step {
            DerefStep::Builtin => ExprKind::Deref(base),
            DerefStep::Overloaded => ExprKind::OverDeref { base, mutable: false },
        };
        self.tree.add(kind, to, span)
    }

    /// A place that is to be changed: `deref` becomes `deref_mut` on the way to it.
    pub(super) fn make_mut(&mut self, place: ExprId) {
        let kind = &mut self.tree.exprs[place.0 as usize].kind;
        let base = match kind {
            ExprKind::OverDeref { base, mutable } | ExprKind::OverIndex { base, mutable, .. } => {
                *mutable = true;
                *base
            }
            ExprKind::Field(base, _) | ExprKind::Index(base, _) => *base,
            ExprKind::Deref(base) => {
                let base = *base;
                // Through a reference nothing changes further in; a box is part of its place.
                let ty = self.tree.expr(base).ty;
                let ty = self.actual(ty);
                if !matches!(self.kind(ty), TyKind::Adt(..)) {
                    // A reborrow that was made for reading.
                    if let ExprKind::Borrow(mutable, inner) = self.tree.expr(base).kind
                        && mutable
                    {
                        self.make_mut(inner);
                    }
                    return;
                }
                base
            }
            _ => return,
        };
        self.make_mut(base);
    }

    /// A borrow of a place.
    pub(super) fn borrow(&mut self, mutable: bool, place: ExprId, span: Span) -> ExprId {
        if mutable {
            self.make_mut(place);
        }
        let ty = self.tree.expr(place).ty;
        let ty = self.ref_to(mutable, ty);
        self.tree.add(ExprKind::Borrow(mutable, place), ty, span)
    }
}
