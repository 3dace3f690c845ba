//! Expressions.

use super::{macro_span, path_span, token_span, tokens_span, ty_span};
use crate::span::Span;

/// From the first token of an expression to its last.
pub(crate) fn span_of(expr: &syn::Expr) -> Span {
    use syn::Expr::*;
    match expr {
        Array(e) => e.bracket_token.span.join().into(),
        Assign(e) => span_of(&e.left).to(span_of(&e.right)),
        Async(e) => Span::from(e.async_token.span).to(block_span(&e.block)),
        Await(e) => span_of(&e.base).to(e.await_token.span.into()),
        Binary(e) => span_of(&e.left).to(span_of(&e.right)),
        Block(e) => block_span(&e.block),
        Break(e) => break_span(e),
        Call(e) => span_of(&e.func).to(e.paren_token.span.join().into()),
        Cast(e) => span_of(&e.expr).to(ty_span(&e.ty)),
        Closure(e) => Span::from(e.inputs_begin.spans[0]).to(span_of(&e.body)),
        Continue(e) => e.continue_token.span.into(),
        Field(e) => field_span(e),
        ForLoop(e) => Span::from(e.for_token.span).to(block_span(&e.body)),
        Group(e) => span_of(&e.expr),
        If(e) => if_span(e),
        Index(e) => span_of(&e.expr).to(e.bracket_token.span.join().into()),
        Let(e) => Span::from(e.let_token.span).to(span_of(&e.expr)),
        Loop(e) => Span::from(e.loop_token.span).to(block_span(&e.body)),
        Match(e) => Span::from(e.match_token.span).to(e.brace_token.span.join().into()),
        MethodCall(e) => method_span(e),
        Paren(e) => e.paren_token.span.join().into(),
        Reference(e) => Span::from(e.and_token.spans[0]).to(span_of(&e.expr)),
        Repeat(e) => e.bracket_token.span.join().into(),
        Return(e) => return_span(e),
        Struct(e) => path_span(e.qself.as_ref(), &e.path).to(e.brace_token.span.join().into()),
        Try(e) => span_of(&e.expr).to(e.question_token.spans[0].into()),
        Tuple(e) => e.paren_token.span.join().into(),
        Unary(e) => unary_op_span(&e.op).to(span_of(&e.expr)),
        Unsafe(e) => Span::from(e.unsafe_token.span).to(block_span(&e.block)),
        While(e) => Span::from(e.while_token.span).to(block_span(&e.body)),
        Const(e) => const_span(e),
        Infer(e) => token_span(&e.underscore_token.spans),
        Lit(e) => e.lit.span().into(),
        Macro(e) => macro_span(&e.mac),
        Path(e) => path_span(e.qself.as_ref(), &e.path),
        Range(e) => range_span(e),
        RawAddr(e) => token_span(&e.and_token.spans).to(span_of(&e.expr)),
        TryBlock(e) => Span::from(e.try_token.span).to(block_span(&e.block)),
        Yield(e) => or_value(e.yield_token.span, e.expr.as_deref()),
        Verbatim(tokens) => tokens_span(tokens),
        _ => Span::NONE,
    }
}

/// An `if` with all of its branches.
pub(crate) fn if_span(e: &syn::ExprIf) -> Span {
    let start = Span::from(e.if_token.span);
    match &e.else_branch {
        Some((_, els)) => start.to(span_of(els)),
        None => start.to(block_span(&e.then_branch)),
    }
}

/// A `break`; its label alone is not part of it.
pub(crate) fn break_span(e: &syn::ExprBreak) -> Span {
    or_value(e.break_token.span, e.expr.as_deref())
}

/// A `return`.
pub(crate) fn return_span(e: &syn::ExprReturn) -> Span {
    or_value(e.return_token.span, e.expr.as_deref())
}

fn or_value(keyword: proc_macro2::Span, value: Option<&syn::Expr>) -> Span {
    let start = Span::from(keyword);
    value.map_or(start, |value| start.to(span_of(value)))
}

/// A range, as an expression or as a pattern.
pub(crate) fn range_span(e: &syn::ExprRange) -> Span {
    let dots = match &e.limits {
        syn::RangeLimits::HalfOpen(token) => token_span(&token.spans),
        syn::RangeLimits::Closed(token) => token_span(&token.spans),
    };
    let start = e.start.as_ref().map_or(dots, |start| span_of(start));
    start.to(e.end.as_ref().map_or(dots, |end| span_of(end)))
}

/// `const { .. }`
pub(super) fn const_span(e: &syn::ExprConst) -> Span {
    Span::from(e.const_token.span).to(block_span(&e.block))
}

/// A call of a method.
pub(crate) fn method_span(e: &syn::ExprMethodCall) -> Span {
    span_of(&e.receiver).to(e.paren_token.span.join().into())
}

/// A field of a value.
pub(crate) fn field_span(e: &syn::ExprField) -> Span {
    span_of(&e.base).to(member_of(&e.member).1)
}

/// The name of a field, or its number, and where it stands.
pub(crate) fn member_of(member: &syn::Member) -> (String, Span) {
    match member {
        syn::Member::Named(name) => (name.to_string(), name.span().into()),
        syn::Member::Unnamed(index) => (index.index.to_string(), index.span.into()),
    }
}

/// An operator with one operand.
pub(crate) fn unary_op_span(op: &syn::UnOp) -> Span {
    match op {
        syn::UnOp::Deref(token) => token_span(&token.spans),
        syn::UnOp::Not(token) => token_span(&token.spans),
        syn::UnOp::Neg(token) => token_span(&token.spans),
        _ => Span::NONE,
    }
}

/// An operator with two operands.
pub(crate) fn op_span(op: &syn::BinOp) -> Span {
    use syn::BinOp::*;
    token_span(match op {
        Add(token) => &token.spans,
        Sub(token) => &token.spans,
        Mul(token) => &token.spans,
        Div(token) => &token.spans,
        Rem(token) => &token.spans,
        And(token) => &token.spans,
        Or(token) => &token.spans,
        BitXor(token) => &token.spans,
        BitAnd(token) => &token.spans,
        BitOr(token) => &token.spans,
        Shl(token) => &token.spans,
        Shr(token) => &token.spans,
        Eq(token) => &token.spans,
        Lt(token) => &token.spans,
        Le(token) => &token.spans,
        Ne(token) => &token.spans,
        Ge(token) => &token.spans,
        Gt(token) => &token.spans,
        AddAssign(token) => &token.spans,
        SubAssign(token) => &token.spans,
        MulAssign(token) => &token.spans,
        DivAssign(token) => &token.spans,
        RemAssign(token) => &token.spans,
        BitXorAssign(token) => &token.spans,
        BitAndAssign(token) => &token.spans,
        BitOrAssign(token) => &token.spans,
        ShlAssign(token) => &token.spans,
        ShrAssign(token) => &token.spans,
        _ => &[],
    })
}

/// A block with its braces.
pub(crate) fn block_span(block: &syn::Block) -> Span {
    block.brace_token.span.join().into()
}
