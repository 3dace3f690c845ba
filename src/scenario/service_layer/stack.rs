//! A stack of any layers, in any order: each
//! layer stands around a box.

use super::backend::{Answer, Failure, Inner};
use super::concurrency_limit::*;
use super::load_shed::LoadShedLayer;
use super::log::LogLayer;
use super::rate_limit::RateLimitLayer;
use super::retry::RetryLayer;
use super::timeout::TimeoutLayer;
use crate::prelude::*;
use tower::{Layer, Service};

#[derive(Clone, Copy)]
pub enum AnyLayer {
    Log(LogLayer),
    Timeout(TimeoutLayer),
    Retry(RetryLayer),
    RateLimit(RateLimitLayer),
    ConcurrencyLimit(ConcurrencyLimitLayer),
    LoadShed(LoadShedLayer),
}

/// The first one is the outermost.
pub fn stack(
    layers: &[AnyLayer],
    service: impl Inner,
) -> Boxed {
    use AnyLayer::*;
    let service = boxed(service);
    layers.iter().rev().fold(service, |s, one| {
        match one {
            Log(l) => boxed(l.layer(s)),
            Timeout(l) => boxed(l.layer(s)),
            Retry(l) => boxed(l.layer(s)),
            RateLimit(l) => boxed(l.layer(s)),
            ConcurrencyLimit(l) => {
                boxed(l.layer(s))
            }
            LoadShed(l) => boxed(l.layer(s)),
        }
    })
}

/// A service of ours, whatever its type is.
pub struct Boxed(Box<dyn AnyInner>);

fn boxed(service: impl Inner) -> Boxed {
    Boxed(Box::new(service))
}

trait AnyInner:
    Service<
        u32,
        Response = u16,
        Error = Failure,
        Future = Answer,
    >
{
    fn clone_box(&self) -> Box<dyn AnyInner>;
}

impl<S: Inner> AnyInner for S {
    fn clone_box(&self) -> Box<dyn AnyInner> {
        Box::new(self.clone())
    }
}

impl Clone for Boxed {
    fn clone(&self) -> Boxed {
        Boxed(self.0.clone_box())
    }
}

impl Inner for Boxed {}
impl Service<u32> for Boxed {
    type Response = u16;
    type Error = Failure;
    type Future = Answer;

    fn poll_ready(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Failure>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: u32) -> Answer {
        self.0.call(request)
    }
}
