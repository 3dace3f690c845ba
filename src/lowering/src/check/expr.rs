//! Expressions: what each kind is, and its literals, structs, tuples, arrays and casts.

mod literals;

use super::{Checker, span_of};
use crate::mir::{CastKind, Const, UnOp};
use crate::span::Span;
use crate::syntax::{member_of, path_span, range_span, unary_op_span};
use crate::tree::{ExprId, ExprKind};
use crate::ty::{Ty, TyKind};

/// How deep expressions may nest.
const MAX_DEPTH: u32 = 120;

impl Checker<'_> {
    /// The type of an expression. The hint is what it will probably have to be.
    pub(super) fn check_expr(&mut self, expr: &syn::Expr, hint: Option<Ty>) -> ExprId {
        if self.expr_depth > MAX_DEPTH {
            self.unsupported(span_of(expr), "expressions that are nested this deep are not supported", "use variables");
            return self.error_expr(Span::NONE);
        }
        self.expr_depth += 1;
        let checked = self.check_expr_kind(expr, hint);
        self.expr_depth -= 1;
        checked
    }

    fn check_expr_kind(&mut self, expr: &syn::Expr, hint: Option<Ty>) -> ExprId {
        let span = || span_of(expr);
        match expr {
            syn::Expr::Lit(lit) => self.check_lit(&lit.lit, hint),
            syn::Expr::Path(path) => self.check_path(path),
            syn::Expr::Paren(paren) => self.check_expr(&paren.expr, hint),
            syn::Expr::Group(group) => self.check_expr(&group.expr, hint),
            syn::Expr::Call(call) => self.check_call_expr(call, hint),
            syn::Expr::MethodCall(call) => self.check_method_call(call, hint),
            syn::Expr::Field(field) => self.check_field(field),
            syn::Expr::Index(index) => self.check_index(index),
            syn::Expr::Binary(binary) => self.check_binary(binary, hint),
            syn::Expr::Unary(unary) => self.check_unary(unary, hint),
            syn::Expr::Assign(assign) => self.check_assign(assign),
            syn::Expr::Reference(reference) => self.check_reference(reference, hint),
            syn::Expr::Block(block) => self.check_block_expr(block, hint),
            syn::Expr::Unsafe(block) => self.check_block(&block.block, hint),
            syn::Expr::If(item) => self.check_if(item, hint),
            syn::Expr::Match(item) => self.check_match(item, hint),
            syn::Expr::Loop(item) => self.check_loop(item, hint),
            syn::Expr::While(item) => self.check_while(item),
            syn::Expr::ForLoop(item) => self.check_for(item),
            syn::Expr::Break(item) => self.check_break(item),
            syn::Expr::Continue(item) => self.check_continue(item),
            syn::Expr::Return(item) => self.check_return(item),
            syn::Expr::Await(item) => self.check_await(item),
            syn::Expr::Async(item) => self.check_async(item, hint),
            syn::Expr::Try(item) => self.check_try(item),
            syn::Expr::Closure(item) => self.check_closure(item, None),
            syn::Expr::Macro(item) => self.check_macro(&item.mac, hint),
            syn::Expr::Tuple(tuple) => {
                let hints = match hint.map(|hint| self.kind(self.actual(hint)).clone()) {
                    Some(TyKind::Tuple(fields)) => fields,
                    _ => Vec::new(),
                };
                let mut fields = Vec::new();
                for (i, field) in tuple.elems.iter().enumerate() {
                    let hint = hints.get(i).copied();
                    let mut checked = self.check_expr(field, hint);
                    if let Some(hint) = hint
                        && !self.is_unknown(hint)
                        && let Some(coerced) = self.try_coerce(checked, hint)
                    {
                        checked = coerced;
                    }
                    fields.push(checked);
                }
                let tys = fields.iter().map(|&field| self.tree.expr(field).ty).collect();
                let ty = self.intern(TyKind::Tuple(tys));
                self.tree.add(ExprKind::Tuple(fields), ty, span())
            }
            syn::Expr::Array(array) => {
                let item_hint = self.item_hint(hint);
                let mut merged = item_hint.filter(|&ty| !self.is_unknown(ty));
                let mut items = Vec::new();
                for item in &array.elems {
                    let checked = self.check_expr(item, merged.or(item_hint));
                    items.push(self.coerce_branch(checked, &mut merged));
                }
                let item = match merged {
                    Some(item) => item,
                    None => self.fresh(),
                };
                let ty = self.intern(TyKind::Array(item, items.len() as u64));
                self.tree.add(ExprKind::Array(items), ty, span())
            }
            syn::Expr::Repeat(repeat) => {
                let hint = self.item_hint(hint);
                let mut item = self.check_expr(&repeat.expr, hint);
                if let Some(hint) = hint
                    && !self.is_unknown(hint)
                    && let Some(coerced) = self.try_coerce(item, hint)
                {
                    item = coerced;
                }
                let item_ty = self.tree.expr(item).ty;
                let len = match self.const_len(&repeat.len) {
                    Some(len) => len,
                    None => {
                        self.error(span_of(&repeat.len), "the length of an array must be a constant");
                        return self.error_expr(span());
                    }
                };
                let ty = self.intern(TyKind::Array(item_ty, len));
                self.tree.add(ExprKind::Repeat(item, len), ty, span())
            }
            syn::Expr::Struct(item) => self.check_struct(item, hint),
            syn::Expr::Cast(cast) => {
                let ty = self.written_ty(&cast.ty);
                let inner = self.check_expr(&cast.expr, None);
                let found = self.tree.expr(inner).ty;
                // A literal takes the type that it is cast to.
                if matches!(self.tree.expr(inner).kind, ExprKind::Const(_))
                    && (self.is_int_var(found) || self.is_float_var(found))
                {
                    self.unify(found, ty);
                }
                let inner = self.tree.add(ExprKind::Use(inner), found, span_of(&cast.expr));
                let id = self.tree.add(ExprKind::Cast(CastKind::Numeric, inner), ty, span());
                self.casts.push(id);
                id
            }
            syn::Expr::Range(range) => self.check_range(range, hint),
            syn::Expr::Let(item) => {
                self.error(item.let_token.span.into(), "expected expression, found `let` statement");
                self.error_expr(span())
            }
            syn::Expr::RawAddr(item) => {
                self.unsupported(item.and_token.spans[0].into(), "raw pointers are not supported", "use a reference");
                self.error_expr(span())
            }
            syn::Expr::Infer(item) => {
                self.error(
                    item.underscore_token.spans[0].into(),
                    "in expressions, `_` can only be used on the left-hand side of an assignment",
                );
                self.error_expr(span())
            }
            _ => {
                self.unsupported(span(), "an expression of this kind is not supported", "");
                self.error_expr(span())
            }
        }
    }

    fn item_hint(&self, hint: Option<Ty>) -> Option<Ty> {
        match *self.kind(self.actual(hint?)) {
            TyKind::Array(item, _) | TyKind::ArrayOf(item, _) | TyKind::Slice(item) => Some(item),
            _ => None,
        }
    }

    fn check_struct(&mut self, item: &syn::ExprStruct, hint: Option<Ty>) -> ExprId {
        let span = path_span(item.qself.as_ref(), &item.path).to(item.brace_token.span.join().into());
        let Some((adt, variant, args)) = self.resolve_ctor(&item.path) else {
            let name = item.path.segments.last().map_or_else(String::new, |s| s.ident.to_string());
            self.error(
                path_span(None, &item.path),
                format!("cannot find struct, variant or union type `{name}` in this scope"),
            );
            for field in &item.fields {
                self.check_expr(&field.expr, None);
            }
            return self.error_expr(span);
        };
        let ty = self.intern(TyKind::Adt(adt, args.clone()));
        let fields = self.low.defs.types.adts[adt.0 as usize].variants[variant as usize].fields.clone();
        let tys = fields.iter().map(|field| self.instantiate(field.ty, &args)).collect::<Vec<_>>();
        let expected = self.expected_inputs(ty, hint, &tys);
        let mut list = Vec::new();
        for field in &item.fields {
            let (name, name_span) = member_of(&field.member);
            let Some(at) = fields.iter().position(|known| known.name == name) else {
                let shown = self.low.defs.types.adts[adt.0 as usize].name.clone();
                self.error(name_span, format!("struct `{shown}` has no field named `{name}`"));
                self.check_expr(&field.expr, None);
                continue;
            };
            if list.iter().any(|&(known, _)| known == at as u32) {
                self.error(name_span, format!("field `{name}` specified more than once"));
            }
            let mut checked = self.check_expr(&field.expr, Some(expected[at].unwrap_or(tys[at])));
            if let Some(expected) = expected[at]
                && let Some(coerced) = self.try_coerce(checked, expected)
            {
                checked = coerced;
            }
            list.push((at as u32, self.coerce(checked, tys[at])));
        }
        let base = item.rest.as_ref().map(|rest| self.check_coerce(rest, ty));
        if base.is_none()
            && let Some(missing) = (0..fields.len()).find(|&at| !list.iter().any(|&(known, _)| known == at as u32))
        {
            let shown = self.low.defs.types.adts[adt.0 as usize].name.clone();
            let name = &fields[missing].name;
            self.error(path_span(None, &item.path), format!("missing field `{name}` in initializer of `{shown}`"));
            return self.error_expr(span);
        }
        self.tree.add(ExprKind::Adt { variant, fields: list, base }, ty, span)
    }

    fn check_reference(&mut self, reference: &syn::ExprReference, hint: Option<Ty>) -> ExprId {
        let mutable = reference.mutability.is_some();
        let inner = match hint.map(|hint| self.kind(self.actual(hint)).clone()) {
            // A place keeps its own type; a value may be made for what is wanted.
            Some(TyKind::Ref(_, to)) if !is_place(&reference.expr) && !self.is_unsized(to) => Some(to),
            Some(TyKind::Ref(_, to)) => match self.kind(self.actual(to)).clone() {
                TyKind::Slice(_) if !is_place(&reference.expr) => Some(to),
                _ => None,
            },
            _ => None,
        };
        let place = self.check_expr(&reference.expr, inner);
        let span = Span::from(reference.and_token.spans[0]).to(self.tree.expr(place).span);
        self.borrow(mutable, place, span)
    }

    fn is_unsized(&self, ty: Ty) -> bool {
        matches!(self.kind(self.actual(ty)), TyKind::Str | TyKind::Slice(_) | TyKind::Dyn(..))
    }

    fn check_unary(&mut self, unary: &syn::ExprUnary, hint: Option<Ty>) -> ExprId {
        let span = unary_op_span(&unary.op);
        match unary.op {
            syn::UnOp::Deref(_) => {
                let inner = self.check_expr(&unary.expr, None);
                self.settle();
                let span = span.to(self.tree.expr(inner).span);
                let ty = self.tree.expr(inner).ty;
                match self.deref_ty(ty, true) {
                    Some((step, to)) => self.deref_expr(inner, step, to, span),
                    None => {
                        let ty = self.resolve(ty);
                        if !self.low.has_error(ty) {
                            let name = self.name(ty);
                            let message = match self.is_unknown(ty) {
                                true => "type annotations needed".to_owned(),
                                false => format!("type `{name}` cannot be dereferenced"),
                            };
                            self.error(span, message);
                        }
                        self.error_expr(span)
                    }
                }
            }
            syn::UnOp::Neg(_) | syn::UnOp::Not(_) => {
                let inner = self.check_expr(&unary.expr, hint);
                let span = span.to(self.tree.expr(inner).span);
                let is_neg = matches!(unary.op, syn::UnOp::Neg(_));
                if is_neg && let ExprKind::Const(value) = &mut self.tree.exprs[inner.0 as usize].kind {
                    // A literal with its sign is one constant.
                    match value {
                        Const::Bits(bits) => *bits = bits.wrapping_neg(),
                        Const::Float(bits) => *bits = (-f64::from_bits(*bits)).to_bits(),
                        _ => {}
                    }
                    self.tree.exprs[inner.0 as usize].span = span;
                    return inner;
                }
                self.settle();
                let ty = self.tree.expr(inner).ty;
                let actual = self.actual(ty);
                let fits = match self.kind(actual) {
                    TyKind::Int(int) => !is_neg || int.is_signed(),
                    TyKind::Float(_) => is_neg,
                    TyKind::Bool => !is_neg,
                    TyKind::Infer(_) | TyKind::Error => true,
                    TyKind::Never => return inner,
                    _ => return self.overloaded_unary(if is_neg { "Neg" } else { "Not" }, inner, span),
                };
                if !fits {
                    let name = self.name(ty);
                    let op = if is_neg { "-" } else { "!" };
                    self.error(span, format!("cannot apply unary operator `{op}` to type `{name}`"));
                }
                let op = if is_neg { UnOp::Neg } else { UnOp::Not };
                self.tree.add(ExprKind::Unary(op, inner), ty, span)
            }
            _ => {
                self.unsupported(span, "this operator is not supported", "");
                self.error_expr(span)
            }
        }
    }

    fn check_range(&mut self, range: &syn::ExprRange, hint: Option<Ty>) -> ExprId {
        let span = range_span(range);
        let item_hint = match hint.map(|hint| self.kind(self.actual(hint)).clone()) {
            Some(TyKind::Adt(_, args)) => args.first().copied(),
            _ => None,
        };
        let start = range.start.as_ref().map(|expr| self.check_expr(expr, item_hint));
        let start_ty = start.map(|start| self.tree.expr(start).ty);
        let end = range.end.as_ref().map(|expr| match start_ty {
            Some(ty) => self.check_coerce(expr, ty),
            None => self.check_expr(expr, item_hint),
        });
        let item = start.or(end).map(|expr| self.tree.expr(expr).ty);
        let closed = matches!(range.limits, syn::RangeLimits::Closed(_));
        let name = match (start, end, closed) {
            (Some(_), Some(_), true) => "RangeInclusive",
            (Some(_), Some(_), false) => "Range",
            (Some(_), None, _) => "RangeFrom",
            (None, Some(_), true) => "RangeToInclusive",
            (None, Some(_), false) => "RangeTo",
            (None, None, _) => "RangeFull",
        };
        let ty = self.low.defs.adt_ty(name, item.into_iter().collect());
        if name == "RangeInclusive"
            && let (Some(start), Some(end), Some(item)) = (start, end, item)
        {
            let id = self.prelude_fn("RangeInclusive::new");
            let func = crate::tree::FnRef { id, args: vec![item] };
            return self.tree.add(ExprKind::Call(func, vec![start, end]), ty, span);
        }
        let fields = start.into_iter().chain(end).enumerate().map(|(i, field)| (i as u32, field)).collect();
        self.tree.add(ExprKind::Adt { variant: 0, fields, base: None }, ty, span)
    }
}

fn is_place(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Path(_) | syn::Expr::Field(_) | syn::Expr::Index(_) => true,
        syn::Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
        syn::Expr::Paren(paren) => is_place(&paren.expr),
        _ => false,
    }
}
