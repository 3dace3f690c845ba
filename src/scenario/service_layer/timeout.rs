//! A timeout: each call that comes through here
//! has so long.

use super::backend::{Answer, Failure, Inner};
use crate::prelude::*;
use tower::{Layer, Service};

#[derive(Clone, Copy)]
pub struct TimeoutLayer(pub u32);

impl<S> Layer<S> for TimeoutLayer {
    type Service = Timeout<S>;

    fn layer(&self, inner: S) -> Timeout<S> {
        Timeout { inner, ms: self.0 }
    }
}

#[derive(Clone)]
pub struct Timeout<S> {
    inner: S,
    ms: u32,
}

impl<S: Inner> Inner for Timeout<S> {}
impl<S: Inner> Service<u32> for Timeout<S> {
    type Response = u16;
    type Error = Failure;
    type Future = Answer;

    fn poll_ready(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Failure>> {
        self.inner.poll_ready(cx)
    }

    /// The clock starts here: no wait for
    /// `poll_ready` counts.
    fn call(&mut self, request: u32) -> Answer {
        let answer = self.inner.call(request);
        let clock = sleep(self.ms);
        let answer = async move {
            match select(answer, clock).await {
                Left(outcome) => outcome,
                Right(()) => {
                    log!("timeout: over");
                    Err(Failure::Elapsed)
                }
            }
        };
        watched("Timeout", Box::pin(answer))
    }
}
