//! What a task is called that is spawned without a name.

use super::support::recorded;
use pollscope::prelude::{Future, Pin, sleep, spawn};
use pollscope::trace::ids::TaskId;
use std::task::Poll;

trait Work {
    fn work(&self) -> impl Future<Output = ()> + 'static;
}

struct S;

impl Work for S {
    #[allow(clippy::manual_async_fn, reason = "what it captures is said")]
    fn work(&self) -> impl Future<Output = ()> + 'static {
        async {}
    }
}

struct G<T>(T);

impl<T: Copy + 'static> G<T> {
    fn method(&self) -> impl Future<Output = ()> + 'static {
        let value = self.0;
        async move {
            let _ = value;
        }
    }
}

async fn free() {}

#[test]
fn tasks_are_called_as_what_they_come_from() {
    let executor = recorded();
    let mut line = 0;
    drop(executor.spawn("main", async {
        drop(spawn(free()));
        drop(spawn(S.work()));
        drop(spawn(G(7_u8).method()));
        drop(spawn(Box::pin(free())));
        drop(spawn(std::future::poll_fn(|_| Poll::Ready(()))));
        drop(spawn(sleep(1)));
        drop(spawn(Box::pin(async {}) as Pin<Box<dyn Future<Output = ()>>>));
    }));
    executor.run();
    line += line!() - 3;
    let trace = executor.recorder().finish();
    let names: Vec<_> = (2..=8).map(|id| trace.task_name(TaskId(id)).to_owned()).collect();
    let here = "tasks_are_called_as_what_they_come_from";
    let place = format!("names.rs:{line}");
    assert_eq!(names, ["free", "work", "method", "free", here, "Sleep", &place]);
}
