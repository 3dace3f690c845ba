//! The executor that is tested.

use crate::changes::Known;
use crate::program::{Exec, Handle, Task};
use pollscope::executor::{Executor, JoinHandle, Policy, Until};
use pollscope::prelude::{compute, sleep, spawn};
use pollscope::record::Recorder;
use pollscope::trace::ids::TaskId;
use std::cell::RefCell;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(crate) struct Ours<R: Recorder, P: Policy> {
    executor: RefCell<Option<Executor<R, P>>>,
    known: Known,
}

impl<R: Recorder, P: Policy> Ours<R, P> {
    /// Adds the tasks that can be named to `known`.
    pub(crate) fn new(executor: Executor<R, P>, known: Known) -> Self {
        Ours { executor: RefCell::new(Some(executor)), known }
    }

    /// The executor, unless it is gone, or about to go: then its tasks do not own it.
    fn executor(&self) -> Option<Executor<R, P>> {
        self.executor.borrow().clone()
    }

    fn spawn_as(&self, future: impl Future<Output = ()> + 'static, named: bool) -> Option<Box<dyn Handle>> {
        let Some(executor) = self.executor() else {
            let handle = spawn(future);
            return named.then(|| Box::new(handle) as Box<dyn Handle>);
        };
        if named {
            return Some(Box::new(executor.spawn("named", future)));
        }
        executor.spawn_detached("detached", future);
        None
    }
}

impl Handle for JoinHandle<()> {
    fn is_finished(&self) -> bool {
        JoinHandle::is_finished(self)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        Future::poll(Pin::new(self), cx)
    }
}

/// A task of another size.
struct Padded(Task, #[allow(dead_code, reason = "it is there for its size")] [u64; 20]);

impl Future for Padded {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(cx)
    }
}

impl<R: Recorder, P: Policy> Exec for Ours<R, P> {
    fn spawn(&self, task: Task, named: bool) -> Option<Box<dyn Handle>> {
        if named {
            self.known.borrow_mut().push(TaskId(task.number));
        }
        // Of several kinds, so that they lie in several pages.
        match task.number % 4 {
            0 => self.spawn_as(Padded(task, [0; 20]), named),
            1 => self.spawn_as(Box::pin(task), named),
            _ => self.spawn_as(task, named),
        }
    }

    fn cancel(&self, task: u32) -> bool {
        self.executor().is_some_and(|executor| executor.cancel(TaskId(task)))
    }

    fn sleep(&self, ms: u32) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(sleep(ms))
    }

    fn compute(&self, ms: u32) {
        compute(ms);
    }

    fn step(&self) {
        if let Some(executor) = self.executor() {
            executor.step();
        }
    }

    fn idle(&self, polls: u32) {
        if let Some(executor) = self.executor() {
            executor.drive(Until::Idle, polls);
        }
    }

    fn until(&self, time: u64) {
        if let Some(executor) = self.executor() {
            executor.drive(Until::Time(time), u32::MAX);
        }
    }

    fn run(&self) {
        if let Some(executor) = self.executor() {
            executor.run();
        }
    }

    fn look(&self) -> Option<(u64, usize, u64)> {
        self.executor().map(|executor| (executor.now(), executor.alive(), executor.polls()))
    }

    fn leave(&self) {
        let executor = self.executor.take();
        drop(executor);
    }
}
