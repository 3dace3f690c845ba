//! Load shed: where the inside is not ready, a
//! call is refused at once.

use super::backend::{Answer, Failure, Inner};
use crate::prelude::*;
use tower::{Layer, Service};

#[derive(Clone, Copy)]
pub struct LoadShedLayer;

impl<S> Layer<S> for LoadShedLayer {
    type Service = LoadShed<S>;

    fn layer(&self, inner: S) -> LoadShed<S> {
        LoadShed { inner, is_ready: false }
    }
}

pub struct LoadShed<S> {
    inner: S,
    is_ready: bool,
}

impl<S: Clone> Clone for LoadShed<S> {
    fn clone(&self) -> Self {
        LoadShedLayer.layer(self.inner.clone())
    }
}

impl<S: Inner> Inner for LoadShed<S> {}
impl<S: Inner> Service<u32> for LoadShed<S> {
    type Response = u16;
    type Error = Failure;
    type Future = Answer;

    /// It is always ready: no pressure goes on.
    fn poll_ready(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Failure>> {
        let inner = self.inner.poll_ready(cx);
        self.is_ready = inner.is_ready();
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u32) -> Answer {
        let is_ready = self.is_ready;
        self.is_ready = false;
        let answer = is_ready
            .then(|| self.inner.call(request));
        let answer = async move {
            if let Some(answer) = answer {
                return answer.await;
            }
            log!("load shed: refuses");
            Err(Failure::Overloaded)
        };
        watched("LoadShed", Box::pin(answer))
    }
}
