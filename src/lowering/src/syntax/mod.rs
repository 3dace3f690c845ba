//! Where parts of the syntax stand: from their first token to their last.
//!
//! [`syn`] can tell it of anything, by printing it into tokens. Here it is read off, which takes a hundredth of the time, and the module of
//! the page needs no printer. Attributes in front are not part of it.

mod exprs;
mod paths;
mod pats;
mod types;

pub(crate) use exprs::{
    block_span, break_span, field_span, if_span, member_of, method_span, op_span, range_span, return_span, span_of,
    unary_op_span,
};
pub(crate) use paths::path_span;
pub(crate) use pats::pat_span;
pub(crate) use types::ty_span;

use crate::span::Span;
use proc_macro2::TokenStream;

/// A token of one or more characters.
fn token_span(spans: &[proc_macro2::Span]) -> Span {
    match spans {
        [] => Span::NONE,
        [first] => (*first).into(),
        [first, .., last] => Span::from(*first).to((*last).into()),
    }
}

/// Tokens that were not understood.
fn tokens_span(tokens: &TokenStream) -> Span {
    let mut all = Span::NONE;
    for token in tokens.clone() {
        all = all.to(token.span().into());
    }
    all
}

/// A macro with what it is given.
fn macro_span(mac: &syn::Macro) -> Span {
    path_span(None, &mac.path).to(mac.delimiter.span().join().into())
}
