//! What is left when an executor goes.

use super::support::Slot;
use pollscope::executor::Executor;
use pollscope::prelude::{now, sleep};
use pollscope::trace::event::End;
use std::cell::Cell;
use std::rc::Rc;

#[test]
fn wakers_may_be_sent_and_outlive_everything() {
    fn sendable<T: Send + Sync>(_: &T) {}
    let slot = Slot::default();
    let executor = Executor::new(());
    drop(executor.spawn("waits", slot.clone()));
    executor.step();
    let waker = slot.waker();
    sendable(&waker);
    drop(executor);
    let other = waker.clone();
    std::thread::spawn(move || drop(other)).join().expect("dropping does not panic");
    waker.wake();
}

#[test]
fn executor_that_is_dropped_in_a_task_of_another_leaves_its_timers_alone() {
    let outer = Executor::new(());
    let sleeper = outer.spawn("sleeps", sleep(10));
    drop(outer.spawn("makes another", async {
        let inner = Executor::new(());
        drop(inner.spawn("sleeps there", sleep(10)));
        inner.step();
    }));
    assert_eq!(outer.run(), End::Completed);
    assert!(sleeper.is_finished());
}

#[test]
fn destructors_at_the_end_may_ask_the_time() {
    struct Late(Rc<Cell<u64>>);
    impl Drop for Late {
        fn drop(&mut self) {
            self.0.set(now() + 1);
        }
    }
    let asked = Rc::new(Cell::new(0));
    let executor = Executor::new(());
    let late = Late(asked.clone());
    drop(executor.spawn("waits for ever", async move {
        let _late = late;
        sleep(7).await;
        std::future::pending::<()>().await;
    }));
    executor.run();
    drop(executor);
    assert_eq!(asked.get(), 8);
}
