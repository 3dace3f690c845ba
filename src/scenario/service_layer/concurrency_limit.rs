//! A concurrency limit: so many calls at once.
//! Who comes later waits in `poll_ready`.

use super::backend::{Answer, Failure, Inner};
use super::permits::{Permit, Permits};
use crate::prelude::*;
use std::task::ready;
use tower::{Layer, Service};

#[derive(Clone, Copy)]
pub struct ConcurrencyLimitLayer(pub u32);

impl<S> Layer<S> for ConcurrencyLimitLayer {
    type Service = ConcurrencyLimit<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let permits = Permits::new(self.0);
        ConcurrencyLimit {
            inner,
            permits,
            turn: None,
            permit: None,
        }
    }
}

pub struct ConcurrencyLimit<S> {
    inner: S,
    permits: Permits,
    turn: Option<Turn>,
    permit: Option<Permit>,
}

type Turn =
    Pin<Box<dyn Future<Output = Permit>>>;

impl<S: Inner> Inner for ConcurrencyLimit<S> {}
impl<S: Inner> Service<u32>
    for ConcurrencyLimit<S>
{
    type Response = u16;
    type Error = Failure;
    type Future = Answer;

    fn poll_ready(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Failure>> {
        if self.permit.is_none() {
            let permits = self.permits.clone();
            let turn = &mut self.turn;
            let turn = turn.get_or_insert_with(
                || Box::pin(permits.take()),
            );
            let turn = turn.as_mut();
            let permit = ready!(turn.poll(cx));
            self.turn = None;
            self.permit = Some(permit);
        }
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: u32) -> Answer {
        let permit = self.permit.take();
        let permit = permit.expect("ready");
        let answer = self.inner.call(request);
        let answer = async move {
            let outcome = answer.await;
            drop(permit);
            outcome
        };
        let answer = Box::pin(answer);
        watched("ConcurrencyLimit", answer)
    }
}

/// The permits are for all clones together.
impl<S: Clone> Clone for ConcurrencyLimit<S> {
    fn clone(&self) -> Self {
        ConcurrencyLimit {
            inner: self.inner.clone(),
            permits: self.permits.clone(),
            turn: None,
            permit: None,
        }
    }
}
