//! The async fn in a box: of a type that is
//! known, and of one that is forgotten.

use super::async_fn;
use std::pin::Pin;

pub type Boxed<F> = Pin<Box<F>>;

pub fn fold(
    n: u32,
) -> Boxed<impl Future<Output = u32>> {
    Box::pin(async_fn::fold(n))
}

pub fn fold_dyn(
    n: u32,
) -> Boxed<dyn Future<Output = u32>> {
    Box::pin(async_fn::fold(n))
}
