//! Operators: on numbers they are the machine's, on other types calls of traits' functions.

mod assign;

use super::{Checker, Infer};
use crate::items::Pred;
use crate::mir::BinOp;
use crate::span::Span;
use crate::syntax::op_span;
use crate::tree::{ExprId, ExprKind, FnRef};
use crate::ty::{Ty, TyKind, Types};

impl Checker<'_> {
    pub(super) fn check_binary(&mut self, binary: &syn::ExprBinary, hint: Option<Ty>) -> ExprId {
        use syn::BinOp as B;
        if let B::And(_) | B::Or(_) = binary.op {
            let left = self.check_coerce(&binary.left, Types::BOOL);
            let right = self.check_coerce(&binary.right, Types::BOOL);
            let span = self.tree.expr(left).span.to(self.tree.expr(right).span);
            let kind = match binary.op {
                B::And(_) => ExprKind::And(left, right),
                _ => ExprKind::Or(left, right),
            };
            return self.tree.add(kind, Types::BOOL, span);
        }
        let Some((op, trait_, assigns)) = operator(&binary.op) else {
            self.unsupported(op_span(&binary.op), "this operator is not supported", "");
            return self.error_expr(Span::NONE);
        };
        if assigns {
            return self.check_assign_op(binary, op, trait_);
        }
        let is_compare = matches!(op, BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge);
        let is_shift = matches!(op, BinOp::Shl | BinOp::Shr);
        let left =
            self.check_expr(&binary.left, if is_compare { None } else { hint.filter(|&hint| self.is_number(hint)) });
        self.settle();
        let left_ty = self.tree.expr(left).ty;
        let right_hint = if is_shift { None } else { Some(left_ty) };
        let right = self.check_expr(&binary.right, right_hint);
        self.settle();
        self.binary(op, trait_, left, right, is_compare, is_shift, op_span(&binary.op))
    }

    fn is_number(&self, ty: Ty) -> bool {
        matches!(self.kind(self.actual(ty)), TyKind::Int(_) | TyKind::Float(_))
    }

    #[expect(clippy::too_many_arguments)]
    fn binary(
        &mut self,
        op: BinOp,
        trait_: &str,
        left: ExprId,
        right: ExprId,
        is_compare: bool,
        is_shift: bool,
        at: Span,
    ) -> ExprId {
        let span = self.tree.expr(left).span.to(self.tree.expr(right).span);
        let (mut left, mut right) = (left, right);
        for side in [&mut left, &mut right] {
            if self.shallow(self.tree.expr(*side).ty) == Types::NEVER {
                let ty = self.fresh_of(Infer::Int);
                *side = self.tree.add(ExprKind::NeverToAny(*side), ty, span);
            }
        }
        let (left_ty, right_ty) = (self.tree.expr(left).ty, self.tree.expr(right).ty);
        let (a, b) = (self.actual(left_ty), self.actual(right_ty));
        if self.is_builtin_operand(a) && self.is_builtin_operand(b) {
            let fits = is_shift || self.unify(left_ty, right_ty);
            if !fits {
                match is_compare {
                    true => self.mismatch(self.tree.expr(right).span, left_ty, right_ty),
                    false => self.no_operator(op, left_ty, right_ty, at),
                }
            }
            let actual = self.actual(left_ty);
            let wrong = match self.kind(actual) {
                TyKind::Bool => !is_compare && !matches!(op, BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor),
                TyKind::Char | TyKind::Tuple(_) => !is_compare,
                TyKind::Float(_) => is_shift || matches!(op, BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor),
                _ => false,
            };
            if wrong {
                self.no_operator(op, left_ty, right_ty, at);
            }
            let ty = if is_compare { Types::BOOL } else { left_ty };
            return self.tree.add(ExprKind::Binary(op, left, right), ty, span);
        }
        if is_compare {
            return self.overloaded_compare(op, left, right, span);
        }
        // A variable that nothing is known of yet: most likely the same type.
        if self.is_unknown(a)
            && !self.is_int_var(a)
            && !self.is_float_var(a)
            && self.is_builtin_operand(b)
            && self.unify(a, b)
        {
            return self.tree.add(ExprKind::Binary(op, left, right), left_ty, span);
        }
        if let (TyKind::Adt(..), TyKind::Ref(..)) = (self.kind(a).clone(), self.kind(b).clone())
            && self.low.defs.types.builtin(a) == Some(crate::ty::Builtin::String)
        {
            // `String + &String`: the argument is coerced.
            right = self.coerce(right, Types::REF_STR);
        }
        let right_ty = self.tree.expr(right).ty;
        let output = self.fresh();
        let id = self.low.defs.trait_id(trait_);
        let pred = Pred { ty: left_ty, trait_: id, args: vec![right_ty], assoc: vec![("Output".into(), output)] };
        if let super::select::Selection::No = self.select(&pred, false) {
            self.no_operator(op, left_ty, right_ty, at);
            return self.error_expr(span);
        }
        self.require(pred, at);
        let name = method_name(trait_);
        let func = FnRef { id: self.trait_fn(trait_, &name), args: vec![left_ty, right_ty] };
        let output = self.shallow(output);
        self.tree.add(ExprKind::Call(func, vec![left, right]), output, span)
    }

    fn no_operator(&mut self, op: BinOp, left: Ty, right: Ty, span: Span) {
        let (a, b) = (self.resolve(left), self.resolve(right));
        if self.low.has_error(a) || self.low.has_error(b) {
            return;
        }
        let (left, right) = (self.name(a), self.name(b));
        let message = match op {
            BinOp::Add => format!("cannot add `{right}` to `{left}`"),
            BinOp::Sub => format!("cannot subtract `{right}` from `{left}`"),
            BinOp::Mul => format!("cannot multiply `{left}` by `{right}`"),
            BinOp::Div => format!("cannot divide `{left}` by `{right}`"),
            BinOp::Rem => format!("cannot calculate the remainder of `{left}` divided by `{right}`"),
            _ => format!("no implementation for this operator on `{left}` and `{right}`"),
        };
        self.error(span, message);
    }

    fn is_builtin_operand(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TyKind::Int(_) | TyKind::Float(_) | TyKind::Bool | TyKind::Char | TyKind::Error => true,
            TyKind::Infer(_) => self.is_int_var(ty) || self.is_float_var(ty),
            TyKind::Tuple(fields) => fields.is_empty(),
            _ => false,
        }
    }

    /// `a == b` is `PartialEq::eq(&a, &b)`.
    fn overloaded_compare(&mut self, op: BinOp, left: ExprId, right: ExprId, span: Span) -> ExprId {
        let (left_ty, right_ty) = (self.tree.expr(left).ty, self.tree.expr(right).ty);
        if !self.unify(left_ty, right_ty) {
            let (a, b) = (self.actual(left_ty), self.actual(right_ty));
            if !self.comparable(a, b) {
                let (a, b) = (self.resolve(left_ty), self.resolve(right_ty));
                if !self.low.has_error(a) && !self.low.has_error(b) {
                    let (left, right) = (self.name(a), self.name(b));
                    self.error(span, format!("can't compare `{left}` with `{right}`"));
                }
            }
        }
        let (trait_, name) = match op {
            BinOp::Eq => ("PartialEq", "eq"),
            BinOp::Ne => ("PartialEq", "ne"),
            BinOp::Lt => ("PartialOrd", "lt"),
            BinOp::Le => ("PartialOrd", "le"),
            BinOp::Gt => ("PartialOrd", "gt"),
            _ => ("PartialOrd", "ge"),
        };
        let id = self.low.defs.trait_id(trait_);
        let a = self.actual(left_ty);
        if !self.is_unknown(a) && self.actual(right_ty) == a {
            let pred = Pred { ty: left_ty, trait_: id, args: vec![right_ty], assoc: Vec::new() };
            if let super::select::Selection::No = self.select(&pred, false) {
                let shown = self.name(left_ty);
                self.error(
                    span,
                    format!("binary operation on type `{shown}` needs `{trait_}`: derive it or write an impl"),
                );
            }
        }
        let func = FnRef { id: self.trait_fn(trait_, name), args: vec![left_ty, right_ty] };
        let left_span = self.tree.expr(left).span;
        let right_span = self.tree.expr(right).span;
        let left = self.borrow(false, left, left_span);
        let right = self.borrow(false, right, right_span);
        self.tree.add(ExprKind::Call(func, vec![left, right]), Types::BOOL, span)
    }

    /// Whether std compares values of two different types: text with text, sequences with sequences.
    fn comparable(&mut self, a: Ty, b: Ty) -> bool {
        let is_text = |checker: &Self, ty: Ty| {
            let mut ty = checker.actual(ty);
            while let TyKind::Ref(_, to) = *checker.kind(ty) {
                ty = checker.actual(to);
            }
            ty == Types::STR || checker.low.defs.types.builtin(ty) == Some(crate::ty::Builtin::String)
        };
        if is_text(self, a) && is_text(self, b) {
            return true;
        }
        let items = [a, b].map(|ty| {
            let mut ty = self.actual(ty);
            while let TyKind::Ref(_, to) = *self.kind(ty) {
                ty = self.actual(to);
            }
            match self.kind(ty) {
                TyKind::Array(item, _) | TyKind::Slice(item) => Some(*item),
                TyKind::Adt(_, args) if self.low.defs.types.builtin(ty) == Some(crate::ty::Builtin::Vec) => {
                    Some(args[0])
                }
                _ => None,
            }
        });
        if let [Some(x), Some(y)] = items {
            return self.unify(x, y) || self.comparable(x, y);
        }
        if let (TyKind::Ref(_, x), TyKind::Ref(_, y)) = (self.kind(a).clone(), self.kind(b).clone()) {
            return self.unify(x, y) || self.comparable(x, y);
        }
        // The person's own `impl PartialEq<Other>`.
        let trait_ = self.low.defs.trait_id("PartialEq");
        let pred = Pred { ty: a, trait_, args: vec![b], assoc: Vec::new() };
        matches!(self.select(&pred, false), super::select::Selection::Yes(super::Selected::Impl(..)))
    }

    pub(super) fn overloaded_unary(&mut self, trait_: &str, inner: ExprId, span: Span) -> ExprId {
        let ty = self.tree.expr(inner).ty;
        let output = self.fresh();
        let id = self.low.defs.trait_id(trait_);
        let pred = Pred { ty, trait_: id, args: Vec::new(), assoc: vec![("Output".into(), output)] };
        if let super::select::Selection::No = self.select(&pred, false) {
            let (name, op) = (self.name(ty), if trait_ == "Neg" { "-" } else { "!" });
            self.error(span, format!("cannot apply unary operator `{op}` to type `{name}`"));
            return self.error_expr(span);
        }
        self.require(pred, span);
        let func = FnRef { id: self.trait_fn(trait_, &trait_.to_lowercase()), args: vec![ty] };
        let output = self.shallow(output);
        self.tree.add(ExprKind::Call(func, vec![inner]), output, span)
    }
}

fn method_name(trait_: &str) -> String {
    match trait_.strip_suffix("Assign") {
        Some(start) => format!("{}_assign", start.to_lowercase()),
        None => trait_.to_lowercase(),
    }
}

/// The operator, its trait, and whether it assigns.
fn operator(op: &syn::BinOp) -> Option<(BinOp, &'static str, bool)> {
    use syn::BinOp as B;
    Some(match op {
        B::Add(_) => (BinOp::Add, "Add", false),
        B::Sub(_) => (BinOp::Sub, "Sub", false),
        B::Mul(_) => (BinOp::Mul, "Mul", false),
        B::Div(_) => (BinOp::Div, "Div", false),
        B::Rem(_) => (BinOp::Rem, "Rem", false),
        B::BitXor(_) => (BinOp::BitXor, "BitXor", false),
        B::BitAnd(_) => (BinOp::BitAnd, "BitAnd", false),
        B::BitOr(_) => (BinOp::BitOr, "BitOr", false),
        B::Shl(_) => (BinOp::Shl, "Shl", false),
        B::Shr(_) => (BinOp::Shr, "Shr", false),
        B::Eq(_) => (BinOp::Eq, "PartialEq", false),
        B::Lt(_) => (BinOp::Lt, "PartialOrd", false),
        B::Le(_) => (BinOp::Le, "PartialOrd", false),
        B::Ne(_) => (BinOp::Ne, "PartialEq", false),
        B::Ge(_) => (BinOp::Ge, "PartialOrd", false),
        B::Gt(_) => (BinOp::Gt, "PartialOrd", false),
        B::AddAssign(_) => (BinOp::Add, "Add", true),
        B::SubAssign(_) => (BinOp::Sub, "Sub", true),
        B::MulAssign(_) => (BinOp::Mul, "Mul", true),
        B::DivAssign(_) => (BinOp::Div, "Div", true),
        B::RemAssign(_) => (BinOp::Rem, "Rem", true),
        B::BitXorAssign(_) => (BinOp::BitXor, "BitXor", true),
        B::BitAndAssign(_) => (BinOp::BitAnd, "BitAnd", true),
        B::BitOrAssign(_) => (BinOp::BitOr, "BitOr", true),
        B::ShlAssign(_) => (BinOp::Shl, "Shl", true),
        B::ShrAssign(_) => (BinOp::Shr, "Shr", true),
        _ => return None,
    })
}

impl Checker<'_> {
    /// `a == b` of two expressions that were checked.
    pub(super) fn binary_on(&mut self, op: BinOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        self.binary(op, "PartialEq", a, b, true, false, span)
    }
}
