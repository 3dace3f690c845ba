//! Whether the patterns of a match cover all values, and whether a pattern that must match does; if not, which values are left, in
//! rustc's words.

mod ctor;
mod matrix;
mod show;

use super::Checker;
use crate::span::Span;
use crate::tree::{ExprId, ExprKind, PatId};
use crate::ty::Types;
use matrix::Matrix;

/// Where a pattern stands that must match whatever comes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Let,
    For,
    Argument,
}

/// The patterns of a function that are to be looked at when all types are known.
#[derive(Default)]
pub(super) struct Patterns {
    /// Matches that the person wrote.
    pub(super) matches: Vec<ExprId>,
    pub(super) plain: Vec<(PatId, Place)>,
}

impl Checker<'_> {
    pub(super) fn check_exhaustive(&mut self) {
        // Types that are not known would leave everything uncovered.
        let is_known = |checker: &mut Self, ty| !checker.low.has_error(ty) && !checker.low.has_infer(ty);
        let patterns = std::mem::take(&mut self.patterns);
        if !self.is_user {
            return;
        }
        for expr in patterns.matches {
            let ExprKind::Match { scrutinee, arms } = self.tree.expr(expr).kind.clone() else { continue };
            let (ty, span) = (self.tree.expr(scrutinee).ty, self.tree.expr(scrutinee).span);
            if !is_known(self, ty) {
                continue;
            }
            let arms = arms.iter().filter(|arm| arm.guard.is_none()).map(|arm| arm.pat).collect::<Vec<_>>();
            if let Some(shown) = self.uncovered(&arms, ty) {
                self.error(span, format!("non-exhaustive patterns: {shown} not covered"));
            }
        }
        for (pat, place) in patterns.plain {
            let (ty, span) = (self.tree.pat(pat).ty, self.tree.pat(pat).span);
            if is_known(self, ty) && self.uncovered(&[pat], ty).is_some() {
                self.refutable(place, span);
            }
        }
    }

    fn refutable(&mut self, place: Place, span: Span) {
        let what = match place {
            Place::Let => "local binding",
            Place::For => "`for` loop binding",
            Place::Argument => "function argument",
        };
        self.error(span, format!("refutable pattern in {what}"));
    }

    /// The values that are not covered, as rustc lists them; none if all are.
    fn uncovered(&mut self, pats: &[PatId], ty: crate::ty::Ty) -> Option<String> {
        if pats.iter().any(|&pat| self.tree.pat(pat).ty == Types::ERROR) {
            return None;
        }
        // Their fields are looked at.
        self.low.ensure_variants(ty);
        let types = &self.low.defs.types;
        let found = Matrix::new(&self.tree, types).uncovered(pats, ty);
        let shown = found.iter().map(|witness| format!("`{}`", show::witness(types, witness))).collect::<Vec<_>>();
        match &shown[..] {
            [] => None,
            [one] => Some(one.clone()),
            [first @ .., last] if first.len() < 3 => Some(format!("{} and {last}", first.join(", "))),
            [first @ .., _] => Some(format!("{} and {} more", first[..3].join(", "), shown.len() - 3)),
        }
    }
}
