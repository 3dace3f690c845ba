//! A whole executor: a queue, and a waker that
//! puts its task there. It runs within one poll
//! of a task.

use crate::prelude::*;
use std::sync::{Arc, Mutex};
use std::task::Wake;

type Tasks = Mutex<VecDeque<Arc<Task>>>;
type Boxed =
    Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    n: u32,
    future: Mutex<Boxed>,
    ready: Arc<Tasks>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        log!("{} joins the queue", self.n);
        let ready = self.ready.clone();
        ready.lock().unwrap().push_back(self);
    }
}

#[derive(Default)]
struct Executor {
    ready: Arc<Tasks>,
}

impl Executor {
    fn spawn(&self, n: u32, future: Boxed) {
        let ready = self.ready.clone();
        let future = Mutex::new(future);
        let task = Task { n, future, ready };
        Arc::new(task).wake();
    }

    fn next(&self) -> Option<Arc<Task>> {
        self.ready.lock().unwrap().pop_front()
    }

    fn run(&self) {
        while let Some(task) = self.next() {
            let waker = task.clone().into();
            let mut cx =
                Context::from_waker(&waker);
            let mut it =
                task.future.lock().unwrap();
            // Pending: only its waker brings it
            // back.
            let poll =
                it.as_mut().poll(&mut cx);
            let n = task.n;
            log!("{n} was polled: {poll:?}");
        }
    }
}

pub async fn small(children: u32, turns: u32) {
    let executor = Executor::default();
    for n in 1..=children {
        let child = Box::pin(child(turns));
        executor.spawn(n, child);
    }
    executor.run();
}

async fn child(turns: u32) {
    for _ in 0..turns {
        yield_now().await;
    }
}
