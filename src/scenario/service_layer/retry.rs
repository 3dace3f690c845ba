//! A retry: what fails is asked for again, so
//! many times.

use super::backend::{Answer, Failure, Inner};
use super::request::ready;
use crate::prelude::*;
use tower::{Layer, Service};

#[derive(Clone, Copy)]
pub struct RetryLayer(pub u32);

impl<S> Layer<S> for RetryLayer {
    type Service = Retry<S>;

    fn layer(&self, inner: S) -> Retry<S> {
        Retry { inner, times: self.0 }
    }
}

#[derive(Clone)]
pub struct Retry<S> {
    inner: S,
    times: u32,
}

impl<S: Inner> Inner for Retry<S> {}
impl<S: Inner> Service<u32> for Retry<S> {
    type Response = u16;
    type Error = Failure;
    type Future = Answer;

    fn poll_ready(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Failure>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: u32) -> Answer {
        let first = self.inner.call(request);
        let mut inner = self.inner.clone();
        let mut left = self.times;
        let answer = async move {
            let mut outcome = first.await;
            while outcome.is_err() && left > 0 {
                left -= 1;
                log!("retry: again");
                ready(&mut inner).await?;
                let next = inner.call(request);
                outcome = next.await;
            }
            outcome
        };
        watched("Retry", Box::pin(answer))
    }
}
