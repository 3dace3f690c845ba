//! Patterns.

use super::exprs::{const_span, range_span};
use super::{macro_span, path_span, token_span, tokens_span, ty_span};
use crate::span::Span;

/// From the first token of a pattern to its last; a guard is not part of it.
pub(crate) fn pat_span(pat: &syn::Pat) -> Span {
    use syn::Pat::*;
    match pat {
        Const(pat) => const_span(pat),
        Guard(pat) => pat_span(&pat.pat),
        Ident(pat) => {
            let ident = Span::from(pat.ident.span());
            let start = match (&pat.by_ref, &pat.mutability) {
                (Some(token), _) => token.span.into(),
                (None, Some(token)) => token.span.into(),
                (None, None) => ident,
            };
            start.to(pat.subpat.as_ref().map_or(ident, |(_, pat)| pat_span(pat)))
        }
        Lit(pat) => pat.lit.span().into(),
        Macro(pat) => macro_span(&pat.mac),
        Or(pat) => {
            let start = pat.leading_vert.as_ref().map_or(Span::NONE, |token| token_span(&token.spans));
            pat.cases.iter().fold(start, |all, pat| all.to(pat_span(pat)))
        }
        Paren(pat) => pat.paren_token.span.join().into(),
        Path(pat) => path_span(pat.qself.as_ref(), &pat.path),
        Range(pat) => range_span(pat),
        Reference(pat) => token_span(&pat.and_token.spans).to(pat_span(&pat.pat)),
        Rest(pat) => token_span(&pat.dot2_token.spans),
        Slice(pat) => pat.bracket_token.span.join().into(),
        Struct(pat) => path_span(pat.qself.as_ref(), &pat.path).to(pat.brace_token.span.join().into()),
        Tuple(pat) => pat.paren_token.span.join().into(),
        TupleStruct(pat) => path_span(pat.qself.as_ref(), &pat.path).to(pat.paren_token.span.join().into()),
        Type(pat) => pat_span(&pat.pat).to(ty_span(&pat.ty)),
        Verbatim(tokens) => tokens_span(tokens),
        Wild(pat) => token_span(&pat.underscore_token.spans),
        _ => Span::NONE,
    }
}
