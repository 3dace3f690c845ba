//! A rate limit: one call each so many ms. Who
//! comes sooner waits in `poll_ready`.

use super::backend::{Answer, Failure, Inner};
use crate::prelude::*;
use std::cell::Cell;
use std::task::ready;
use tower::{Layer, Service};

#[derive(Clone, Copy)]
pub struct RateLimitLayer(pub u32);

impl<S> Layer<S> for RateLimitLayer {
    type Service = RateLimit<S>;

    fn layer(&self, inner: S) -> RateLimit<S> {
        RateLimit {
            inner,
            every: self.0,
            next: Rc::default(),
            wait: None,
        }
    }
}

pub struct RateLimit<S> {
    inner: S,
    every: u32,
    /// When the next call may be made.
    next: Rc<Cell<u64>>,
    wait: Option<Sleep>,
}

impl<S: Inner> Inner for RateLimit<S> {}
impl<S: Inner> Service<u32> for RateLimit<S> {
    type Response = u16;
    type Error = Failure;
    type Future = Answer;

    fn poll_ready(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Failure>> {
        loop {
            if let Some(wait) = &mut self.wait {
                ready!(Pin::new(wait).poll(cx));
                self.wait = None;
            }
            let next = self.next.get();
            let ms = next.saturating_sub(now());
            if ms == 0 {
                break self.inner.poll_ready(cx);
            }
            log!("rate limit: not for {ms} ms");
            self.wait = Some(sleep(ms as u32));
        }
    }

    fn call(&mut self, request: u32) -> Answer {
        let every = u64::from(self.every);
        self.next.set(now() + every);
        let call = self.inner.call(request);
        let answer = async move { call.await };
        watched("RateLimit", Box::pin(answer))
    }
}

/// The rate is that of all clones together.
impl<S: Clone> Clone for RateLimit<S> {
    fn clone(&self) -> Self {
        RateLimit {
            inner: self.inner.clone(),
            every: self.every,
            next: self.next.clone(),
            wait: None,
        }
    }
}
