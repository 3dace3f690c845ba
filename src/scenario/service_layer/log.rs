//! A log: what goes in, and what comes out.

use super::backend::{Answer, Failure, Inner};
use crate::prelude::*;
use tower::{Layer, Service};

#[derive(Clone, Copy)]
pub struct LogLayer;

impl<S> Layer<S> for LogLayer {
    type Service = Log<S>;

    fn layer(&self, inner: S) -> Log<S> {
        Log(inner)
    }
}

#[derive(Clone)]
pub struct Log<S>(S);

impl<S: Inner> Inner for Log<S> {}
impl<S: Inner> Service<u32> for Log<S> {
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
        let answer = self.0.call(request);
        let answer = async move {
            log!("log: {request} goes in");
            let outcome = answer.await;
            log!("log: {outcome:?} comes out");
            outcome
        };
        watched("Log", Box::pin(answer))
    }
}
