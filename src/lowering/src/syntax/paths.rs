//! Paths.

use super::{token_span, ty_span};
use crate::span::Span;

/// A path, with the type in front if it has one: `<T as Trait>::Name`.
pub(crate) fn path_span(qself: Option<&syn::QSelf>, path: &syn::Path) -> Span {
    let first = path.segments.first().map_or(Span::NONE, |segment| segment.ident.span().into());
    let start = match (qself, &path.leading_colon) {
        (Some(qself), _) => qself.lt_token.spans[0].into(),
        (None, Some(colon)) => colon.spans[0].into(),
        (None, None) => first,
    };
    let Some(last) = path.segments.last() else { return start };
    start.to(match &last.arguments {
        syn::PathArguments::None => last.ident.span().into(),
        syn::PathArguments::AngleBracketed(list) => list.gt_token.spans[0].into(),
        syn::PathArguments::Parenthesized(list) => match &list.output {
            syn::ReturnType::Default => list.paren_token.span.join().into(),
            syn::ReturnType::Type(_, ty) => ty_span(ty),
        },
    })
}

/// Bounds: `Trait<T> + 'a`.
pub(super) fn bounds_span<'a>(bounds: impl Iterator<Item = &'a syn::TypeParamBound>) -> Span {
    bounds.fold(Span::NONE, |all, bound| {
        all.to(match bound {
            syn::TypeParamBound::Trait(bound) => {
                let path = path_span(None, &bound.path);
                let maybe = bound.maybe.as_ref().map_or(path, |token| token_span(&token.spans));
                match (&bound.paren_token, &bound.lifetimes) {
                    (Some(paren), _) => paren.span.join().into(),
                    (None, Some(lifetimes)) => Span::from(lifetimes.for_token.span).to(path),
                    (None, None) => maybe.to(path),
                }
            }
            syn::TypeParamBound::Lifetime(lifetime) => lifetime.span().into(),
            syn::TypeParamBound::PreciseCapture(capture) => {
                Span::from(capture.use_token.span).to(token_span(&capture.gt_token.spans))
            }
            syn::TypeParamBound::Verbatim(tokens) => super::tokens_span(tokens),
            _ => Span::NONE,
        })
    })
}
