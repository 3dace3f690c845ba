//! `embassy_executor::raw`, a storage on the heap for each task. It never gives a task up: cancelling is not its trade.

#![cfg(feature = "peers")]

use super::{Peer, Run, Work};
use embassy_executor::raw::{Executor, TaskStorage};

pub(crate) struct EmbassyRaw {
    executor: &'static Executor,
    storages: Vec<Box<dyn Storage>>,
}

trait Storage {}

impl<F: Future + 'static> Storage for TaskStorage<F> {}

impl Peer for EmbassyRaw {
    type For<F: Work> = EmbassyRaw;
}

impl<F: Work> Run<F> for EmbassyRaw {
    fn new(_: usize) -> Self {
        EmbassyRaw { executor: Box::leak(Box::new(Executor::new(std::ptr::null_mut()))), storages: Vec::new() }
    }

    fn spawn(&mut self, future: F) {
        let storage = Box::new(TaskStorage::<F>::new());
        // SAFETY: all storages live until the executor is given up with them.
        let held: &'static TaskStorage<F> = unsafe { &*std::ptr::from_ref(&*storage) };
        self.storages.push(storage);
        self.executor.spawner().spawn(held.spawn(|| future).expect("the storage is new"));
    }

    fn run(&mut self, stalled: impl Fn() -> bool) {
        loop {
            // SAFETY: it is not polled from inside of its tasks.
            unsafe { self.executor.poll() };
            if stalled() {
                break;
            }
        }
    }
}

/// It is polled until nothing is ready anyway: who says when is not asked.
#[unsafe(export_name = "__pender")]
fn pender(_: *mut ()) {}
