//! Indexing: of arrays and slices by a number built in, else by `Index` and `IndexMut`.

use super::Checker;
use crate::items::Pred;
use crate::span::Span;
use crate::tree::{ExprId, ExprKind};
use crate::ty::{TyKind, Types};

impl Checker<'_> {
    pub(super) fn check_index(&mut self, item: &syn::ExprIndex) -> ExprId {
        let base = self.check_expr(&item.expr, None);
        let index = self.check_expr(&item.index, None);
        self.settle();
        let span = self.tree.expr(base).span.to(item.bracket_token.span.join().into());
        let index_ty = self.tree.expr(index).ty;
        let mut place = base;
        for _ in 0..10 {
            let ty = self.tree.expr(place).ty;
            let actual = self.actual(ty);
            if let TyKind::Array(item, _) | TyKind::ArrayOf(item, _) | TyKind::Slice(item) = *self.kind(actual) {
                let by_number = self.is_int_var(index_ty) || self.actual(index_ty) == Types::USIZE;
                if by_number && self.unify(index_ty, Types::USIZE) {
                    return self.tree.add(ExprKind::Index(place, index), item, span);
                }
            }
            if let TyKind::Adt(..) | TyKind::Array(..) | TyKind::ArrayOf(..) | TyKind::Slice(_) | TyKind::Str =
                self.kind(actual)
            {
                let is_vec = matches!(
                    self.low.defs.types.builtin(actual),
                    Some(crate::ty::Builtin::Vec | crate::ty::Builtin::VecDeque)
                );
                if is_vec && self.is_int_var(index_ty) {
                    self.unify(index_ty, Types::USIZE);
                }
                // Bounds of a range that is an index are usize.
                if let TyKind::Adt(_, args) = self.kind(self.actual(index_ty)).clone()
                    && self.low.defs.types.adt(self.actual(index_ty)).is_some_and(|def| def.name.starts_with("Range"))
                    && let Some(&bound) = args.first()
                {
                    self.unify(bound, Types::USIZE);
                }
                let output = self.fresh();
                let trait_ = self.low.defs.trait_id("Index");
                let pred = Pred { ty, trait_, args: vec![index_ty], assoc: vec![("Output".into(), output)] };
                if let super::select::Selection::Yes(_) = self.select(&pred, true) {
                    self.settle();
                    let output = self.shallow(output);
                    return self.tree.add(ExprKind::OverIndex { base: place, index, mutable: false }, output, span);
                }
            }
            match self.deref_ty(ty, false) {
                Some((step, to)) => place = self.deref_expr(place, step, to, span),
                None => break,
            }
        }
        let ty = self.tree.expr(base).ty;
        let (ty, index_ty) = (self.resolve(ty), self.resolve(index_ty));
        if !self.low.has_error(ty) && !self.low.has_error(index_ty) {
            let (name, by) = (self.name(ty), self.name(index_ty));
            let message = match self.is_unknown(ty) {
                true => "type annotations needed".to_owned(),
                false => format!("the type `{name}` cannot be indexed by `{by}`"),
            };
            self.error(Span::from(item.bracket_token.span.join()), message);
        }
        self.error_expr(span)
    }
}
