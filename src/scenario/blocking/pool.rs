//! What a job is handed to that is to run on another thread: in a live run a worker, under the virtual clock a model of one, whose
//! answer comes when its time is over.

#[cfg(all(target_arch = "wasm32", feature = "js"))]
use crate::interop::blocking::{Answer, Worker};
use crate::prelude::{Sleep, sleep};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Another thread, which does a job at a time.
pub(crate) enum Pool {
    /// A model.
    Model,
    /// A worker; or why there is none.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    Worker(Result<Worker, String>),
}

impl Pool {
    /// Has a job of so many ms done there.
    pub(crate) fn spawn_blocking(&self, ms: u32) -> SpawnBlocking {
        match self {
            Pool::Model => SpawnBlocking::Model(sleep(ms)),
            #[cfg(all(target_arch = "wasm32", feature = "js"))]
            Pool::Worker(Ok(worker)) => SpawnBlocking::Worker(worker.begin(ms)),
            #[cfg(all(target_arch = "wasm32", feature = "js"))]
            Pool::Worker(Err(why)) => SpawnBlocking::Nobody(why.clone()),
        }
    }
}

/// A job on another thread, as a future.
pub(crate) enum SpawnBlocking {
    Model(Sleep),
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    Worker(Answer),
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    Nobody(String),
}

impl Future for SpawnBlocking {
    type Output = Result<(), String>;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            SpawnBlocking::Model(sleep) => Pin::new(sleep).poll(cx).map(Ok),
            #[cfg(all(target_arch = "wasm32", feature = "js"))]
            SpawnBlocking::Worker(answer) => Pin::new(answer).poll(cx),
            #[cfg(all(target_arch = "wasm32", feature = "js"))]
            SpawnBlocking::Nobody(why) => Poll::Ready(Err(why.clone())),
        }
    }
}
