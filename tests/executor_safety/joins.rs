//! Join handles, which go before their tasks or after.

use crate::support::{Gate, Guard, Log, both, holding, pause};
use pollscope::executor::{Executor, JoinHandle};
use pollscope::prelude::{sleep, spawn, yield_now};
use pollscope::record::Recorder;
use pollscope::trace::event::End;
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

both!(
    handle_dropped_before_its_task_detaches,
    handle_dropped_with_the_value_drops_it,
    handle_outlives_the_executor,
    handle_polled_by_another_executor,
    handle_of_itself,
    handle_dropped_by_the_task_that_it_wakes,
    value_whose_drop_spawns,
);

fn handle_dropped_before_its_task_detaches<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let value = log.guard(2);
    let l = log.clone();
    let handle = executor.spawn("goes on", async move {
        sleep(1).await;
        l.note(1);
        value
    });
    executor.step();
    drop(handle);
    assert_eq!(executor.run(), End::Completed);
    // Nobody took the value.
    assert_eq!(log.take(), [1, 2]);
}

fn handle_dropped_with_the_value_drops_it<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let (value, future) = (log.guard(2), log.guard(1));
    let handle = executor.spawn("is done", async move {
        let _future = future;
        value
    });
    executor.run();
    assert!(handle.is_finished());
    assert_eq!(log.take(), [1]);
    drop(handle);
    assert_eq!(log.take(), [2]);
}

fn handle_outlives_the_executor<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let done = {
        let value = log.guard(1);
        executor.spawn("done", async move { value })
    };
    executor.step();
    let ended = executor.spawn("ended", holding(log.guard(2)));
    assert!(!ended.is_finished());
    drop(executor);
    assert!(ended.is_finished());
    let mut cx = Context::from_waker(Waker::noop());
    match pin!(done).poll(&mut cx) {
        Poll::Ready(value) => drop(value),
        Poll::Pending => panic!("it is done"),
    }
    assert_eq!(log.take(), [2, 1]);
    drop(ended);
}

fn handle_polled_by_another_executor<R: Recorder>(executor: Executor<R>) {
    let other = Executor::new(());
    let gate = Gate::default();
    let g = gate.clone();
    let handle = executor.spawn("here", async move {
        g.await;
        5
    });
    executor.step();
    let joined = other.spawn("there", async move { handle.await + 1 });
    other.step();
    gate.open();
    executor.step();
    assert_eq!(other.block_on(joined), Ok(6));
}

fn handle_of_itself<R: Recorder>(executor: Executor<R>) {
    // It holds its own value's place, and a waker of its own in that.
    let own: Rc<RefCell<Option<JoinHandle<()>>>> = Rc::default();
    let o = own.clone();
    let handle = executor.spawn("waits for itself", async move {
        pause(|_| {}).await;
        let handle = o.take().expect("it was put there");
        handle.await;
    });
    *own.borrow_mut() = Some(handle);
    executor.step();
    executor.spawn_detached("waits for ever", std::future::pending());
    assert_eq!(executor.run(), End::Deadlock(2));
    drop(executor);
}

fn handle_dropped_by_the_task_that_it_wakes<R: Recorder>(executor: Executor<R>) {
    executor.spawn_detached("asks once", async {
        let mut handle = Some(spawn(yield_now()));
        pause(|waker| {
            let handle = handle.as_mut().expect("it is there");
            assert!(pin!(handle).poll(&mut Context::from_waker(waker)).is_pending());
        })
        .await;
        drop(handle);
    });
    executor.spawn_detached("drops it unasked", async {
        let handle = spawn(sleep(9));
        sleep(1).await;
        drop(handle);
    });
    assert_eq!(executor.run(), End::Completed);
}

fn value_whose_drop_spawns<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let l = log.clone();
    drop(executor.spawn("gives what spawns", async move {
        Guard::new(move || {
            drop(spawn(async move {
                yield_now().await;
                l.note(1);
            }));
        })
    }));
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(log.take(), [1]);
}
