//! Patterns that are values: constants, ranges, paths.

use super::super::Checker;
use crate::items::eval_const;
use crate::mir::Const;
use crate::span::Span;
use crate::tree::{PatId, PatKind};
use crate::ty::{Ty, Types};

impl Checker<'_> {
    pub(super) fn check_path_pat(&mut self, path: &syn::ExprPath, ty: Ty, span: Span) -> PatId {
        match self.resolve_value(path) {
            Some(super::super::path::Value::Ctor(adt, variant, args)) => {
                self.unify_ctor(adt, variant, args, ty, span);
                self.variant_pat(adt, variant, Vec::new(), ty, span)
            }
            Some(super::super::path::Value::Const(name, _)) => self.const_pat(&name, ty, span),
            Some(super::super::path::Value::Error) => self.tree.add_pat(PatKind::Wild, ty, span),
            _ => {
                let name = path.path.segments.last().map_or_else(String::new, |s| s.ident.to_string());
                self.error(span, format!("cannot find unit struct, unit variant or constant `{name}` in this scope"));
                self.tree.add_pat(PatKind::Wild, ty, span)
            }
        }
    }

    pub(super) fn const_pat(&mut self, name: &str, ty: Ty, span: Span) -> PatId {
        let known = self.low.defs.items.consts.get(name).cloned();
        let Some(def) = known else {
            let special = self.check_special_const(name, ty, span);
            if let Some(expr) = special
                && let crate::tree::ExprKind::Const(value) = self.tree.expr(expr).kind.clone()
            {
                return self.tree.add_pat(PatKind::Const(value), ty, span);
            }
            return self.tree.add_pat(PatKind::Wild, ty, span);
        };
        let written = self.written_ty(&def.ty);
        if !self.unify(ty, written) {
            self.mismatch(span, ty, written);
        }
        if let Some(value) = eval_const(&self.low.defs, &def.expr) {
            return self.tree.add_pat(PatKind::Const(Const::Bits(value as u128)), ty, span);
        }
        if let syn::Expr::Lit(lit) = &*def.expr {
            let expr = self.check_lit(&lit.lit, Some(written));
            if let crate::tree::ExprKind::Const(value) = self.tree.expr(expr).kind.clone() {
                return self.tree.add_pat(PatKind::Const(value), ty, span);
            }
        }
        self.unsupported(span, "this constant is not supported in a pattern", "compare with `==` in a guard");
        self.tree.add_pat(PatKind::Wild, ty, span)
    }

    pub(super) fn check_range_pat(&mut self, range: &syn::ExprRange, ty: Ty, span: Span) -> PatId {
        let mut bounds = [None, None];
        for (at, bound) in [&range.start, &range.end].into_iter().enumerate() {
            let Some(bound) = bound else { continue };
            let value = match &**bound {
                syn::Expr::Lit(lit) if matches!(lit.lit, syn::Lit::Char(_)) => {
                    self.unify(ty, Types::CHAR);
                    match &lit.lit {
                        syn::Lit::Char(c) => Some(c.value() as i128),
                        _ => None,
                    }
                }
                syn::Expr::Lit(lit) => {
                    let expr = self.check_lit(&lit.lit, Some(ty));
                    let found = self.tree.expr(expr).ty;
                    if !self.unify(ty, found) {
                        self.mismatch(span, ty, found);
                    }
                    eval_const(&self.low.defs, bound)
                }
                bound => eval_const(&self.low.defs, bound),
            };
            if value.is_none() {
                let help = "write a number, a constant of numbers, or a limit such as `u8::MAX`";
                self.unsupported(crate::syntax::span_of(bound), "this bound of a range is not supported", help);
            }
            bounds[at] = value;
        }
        let low = bounds[0].unwrap_or(i128::MIN);
        let mut high = bounds[1].unwrap_or(i128::MAX);
        if let (syn::RangeLimits::HalfOpen(_), Some(_)) = (&range.limits, bounds[1]) {
            high -= 1;
        }
        self.tree.add_pat(PatKind::Range(low as u128, high as u128), ty, span)
    }
}
