//! Where an expression stands, without printing all of it.

use crate::span::Span;
use syn::spanned::Spanned;

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
        Break(e) => {
            let start = Span::from(e.break_token.span);
            match &e.expr {
                Some(value) => start.to(span_of(value)),
                None => start,
            }
        }
        Call(e) => span_of(&e.func).to(e.paren_token.span.join().into()),
        Cast(e) => span_of(&e.expr).to(e.ty.span().into()),
        Closure(e) => Span::from(e.inputs_begin.spans[0]).to(span_of(&e.body)),
        Continue(e) => e.continue_token.span.into(),
        Field(e) => span_of(&e.base).to(e.member.span().into()),
        ForLoop(e) => Span::from(e.for_token.span).to(block_span(&e.body)),
        Group(e) => span_of(&e.expr),
        If(e) => {
            let start = Span::from(e.if_token.span);
            match &e.else_branch {
                Some((_, els)) => start.to(span_of(els)),
                None => start.to(block_span(&e.then_branch)),
            }
        }
        Index(e) => span_of(&e.expr).to(e.bracket_token.span.join().into()),
        Let(e) => Span::from(e.let_token.span).to(span_of(&e.expr)),
        Loop(e) => Span::from(e.loop_token.span).to(block_span(&e.body)),
        Match(e) => Span::from(e.match_token.span).to(e.brace_token.span.join().into()),
        MethodCall(e) => span_of(&e.receiver).to(e.paren_token.span.join().into()),
        Paren(e) => e.paren_token.span.join().into(),
        Reference(e) => Span::from(e.and_token.spans[0]).to(span_of(&e.expr)),
        Repeat(e) => e.bracket_token.span.join().into(),
        Return(e) => {
            let start = Span::from(e.return_token.span);
            match &e.expr {
                Some(value) => start.to(span_of(value)),
                None => start,
            }
        }
        Struct(e) => Span::from(e.path.span()).to(e.brace_token.span.join().into()),
        Try(e) => span_of(&e.expr).to(e.question_token.spans[0].into()),
        Tuple(e) => e.paren_token.span.join().into(),
        Unary(e) => Span::from(e.op.span()).to(span_of(&e.expr)),
        Unsafe(e) => Span::from(e.unsafe_token.span).to(block_span(&e.block)),
        While(e) => Span::from(e.while_token.span).to(block_span(&e.body)),
        other => other.span().into(),
    }
}

/// A block with its braces.
pub(crate) fn block_span(block: &syn::Block) -> Span {
    block.brace_token.span.join().into()
}
