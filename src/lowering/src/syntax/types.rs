//! Types.

use super::paths::bounds_span;
use super::{macro_span, path_span, token_span, tokens_span};
use crate::span::Span;

/// From the first token of a type to its last.
pub(crate) fn ty_span(ty: &syn::Type) -> Span {
    use syn::Type::*;
    match ty {
        Array(ty) => ty.bracket_token.span.join().into(),
        FnPtr(ty) => {
            let fn_token = Span::from(ty.fn_token.span);
            let start = match (&ty.lifetimes, &ty.unsafety, &ty.abi) {
                (Some(lifetimes), ..) => lifetimes.for_token.span.into(),
                (None, Some(token), _) => token.span.into(),
                (None, None, Some(abi)) => abi.extern_token.span.into(),
                _ => fn_token,
            };
            start.to(match &ty.output {
                syn::ReturnType::Default => ty.paren_token.span.join().into(),
                syn::ReturnType::Type(_, ty) => ty_span(ty),
            })
        }
        Group(ty) => ty_span(&ty.elem),
        ImplTrait(ty) => Span::from(ty.impl_token.span).to(bounds_span(ty.bounds.iter())),
        Infer(ty) => token_span(&ty.underscore_token.spans),
        Macro(ty) => macro_span(&ty.mac),
        Never(ty) => token_span(&ty.bang_token.spans),
        Paren(ty) => ty.paren_token.span.join().into(),
        Path(ty) => path_span(ty.qself.as_ref(), &ty.path),
        Ptr(ty) => token_span(&ty.star_token.spans).to(ty_span(&ty.elem)),
        Reference(ty) => token_span(&ty.and_token.spans).to(ty_span(&ty.elem)),
        Slice(ty) => ty.bracket_token.span.join().into(),
        TraitObject(ty) => {
            let bounds = bounds_span(ty.bounds.iter());
            ty.dyn_token.as_ref().map_or(bounds, |token| Span::from(token.span).to(bounds))
        }
        Tuple(ty) => ty.paren_token.span.join().into(),
        Verbatim(tokens) => tokens_span(tokens),
        _ => Span::NONE,
    }
}
