//! The service: it is slow, and its first calls
//! fail.

use crate::prelude::*;
use std::cell::Cell;
use tower::Service;

/// What a request comes to.
pub type Outcome = Result<u16, Failure>;

#[derive(Clone, Copy, Debug)]
pub enum Failure {
    Unavailable,
    Elapsed,
    Overloaded,
}
use Failure::Unavailable;

/// What a call gives: a future, in a box.
pub type Answer = Watched<
    Pin<Box<dyn Future<Output = Outcome>>>,
>;

/// What each layer stands around.
pub trait Inner:
    Service<
        u32,
        Response = u16,
        Error = Failure,
        Future = Answer,
    > + Clone
    + 'static
{
}

#[derive(Clone)]
pub struct Backend {
    pub takes: u32,
    /// So many calls fail.
    pub fails: u32,
    pub calls: Rc<Cell<u32>>,
}

impl Inner for Backend {}
impl Service<u32> for Backend {
    type Response = u16;
    type Error = Failure;
    type Future = Answer;

    fn poll_ready(
        &mut self,
        _: &mut Context<'_>,
    ) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _nth: u32) -> Answer {
        let nth = self.calls.get() + 1;
        self.calls.set(nth);
        let takes = self.takes;
        let fails = nth <= self.fails;
        let answer = async move {
            let mut call = Call(nth, false);
            sleep(takes).await;
            call.1 = true;
            if fails {
                log!("call {nth}: 503");
                return Err(Unavailable);
            }
            log!("call {nth}: 200");
            Ok(200)
        };
        watched("Backend", Box::pin(answer))
    }
}

/// A call that is dropped says so.
struct Call(u32, bool);

impl Drop for Call {
    fn drop(&mut self) {
        if !self.1 {
            log!("call {}: dropped", self.0);
        }
    }
}
