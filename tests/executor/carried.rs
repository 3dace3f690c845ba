//! What is carried from one executor to another: nothing of the other one's is touched, and no trace names it.

use super::support::{Recorded, recorded, text};
use expect_test::expect;
use pollscope::executor::Executor;
use pollscope::prelude::{Mutex, Sleep, bell, channel, log, sleep, spawn};
use pollscope::trace::event::End;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A sleep of 10 ms that was polled in an executor of its own, which is there as long as what is returned.
fn polled_elsewhere() -> (Executor, Sleep) {
    let elsewhere = Executor::new(());
    let slept = Rc::new(RefCell::new(None));
    let out = slept.clone();
    drop(elsewhere.spawn("polls once", async move {
        let mut nap = sleep(10);
        assert!(Pin::new(&mut nap).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        *out.borrow_mut() = Some(nap);
    }));
    elsewhere.step();
    let nap = slept.take().expect("it was polled");
    (elsewhere, nap)
}

#[test]
fn sleep_that_is_dropped_in_another_executor_cancels_no_timer_there() {
    let (_elsewhere, nap) = polled_elsewhere();
    let executor = Executor::new(());
    let sleeper = executor.spawn("sleeps", sleep(50));
    executor.step();
    executor.inside(|| drop(nap));
    assert_eq!(executor.run(), End::Completed);
    assert_eq!((sleeper.is_finished(), executor.now()), (true, 50));
}

#[test]
fn sleep_that_is_awaited_in_another_executor_waits_there() {
    for with_sleeper in [true, false] {
        let (elsewhere, nap) = polled_elsewhere();
        let executor = Executor::new(());
        let sleeper = with_sleeper.then(|| executor.spawn("sleeps", sleep(50)));
        let woke = Rc::new(Cell::new(0));
        let at = woke.clone();
        drop(executor.spawn("awaits", async move {
            nap.await;
            at.set(pollscope::prelude::now());
        }));
        assert_eq!(executor.run(), End::Completed);
        assert_eq!(woke.get(), 10);
        assert!(sleeper.is_none_or(|s| s.is_finished()));
        // The timer that it left behind wakes nobody.
        assert_eq!(elsewhere.run(), End::Completed);
    }
}

#[test]
fn bell_that_took_the_place_of_a_carried_sleep_rings() {
    let (_elsewhere, nap) = polled_elsewhere();
    let executor = Executor::new(());
    executor
        .block_on(async {
            let bell = bell(5);
            drop(nap);
            sleep(6).await;
            assert!(bell.has_rung());
        })
        .expect("it comes to its end");
}

/// The lines of a trace about wakers and sources.
fn holders(executor: &Recorded) -> String {
    let text = text(&executor.recorder().finish());
    let kept = text.lines().filter(|line| {
        line.contains("held by")
            || line.contains("found")
            || line.contains("woken")
            || line.contains("let go")
            || line.contains("locked")
    });
    kept.map(|line| format!("{line}\n")).collect()
}

#[test]
fn trace_never_names_a_task_of_another_executor() {
    let (executor, elsewhere) = (recorded(), recorded());
    let handle = elsewhere.spawn("gives a value", async {
        sleep(5).await;
        7
    });
    drop(executor.spawn("joins it", async move { log!("{}", handle.await) }));
    executor.step();
    elsewhere.run();
    assert_eq!(executor.run(), End::Completed);
    expect![[r#"
        0  task 1 waker held by outside
        0  task 1 woken by outside
    "#]]
    .assert_eq(&holders(&executor));
}

#[test]
fn trace_numbers_a_channel_of_another_executor_by_itself() {
    let (executor, elsewhere) = (recorded(), recorded());
    let sender = Rc::new(RefCell::new(None));
    let out = sender.clone();
    let receives = Rc::new(RefCell::new(None));
    let receiver_out = receives.clone();
    drop(elsewhere.spawn("makes two", async move {
        let (_, _) = channel::<u8>();
        let (tx, rx) = channel::<u8>();
        *out.borrow_mut() = Some(tx);
        *receiver_out.borrow_mut() = Some(rx);
    }));
    elsewhere.run();
    let mut receiver = receives.take().expect("it was made");
    drop(executor.spawn("receives", async move {
        let (_own, _) = channel::<u8>();
        log!("{:?}", receiver.recv().await);
    }));
    executor.step();
    sender.take().expect("it was made").send(3);
    assert_eq!(executor.run(), End::Completed);
    expect![[r#"
        0  task 1 found channel 2 empty
        0  task 1 waker held by channel 2
        0  task 1 woken by outside
    "#]]
    .assert_eq(&holders(&executor));
}

#[test]
fn trace_numbers_a_bell_and_a_mutex_of_another_executor_by_themselves() {
    let (executor, elsewhere) = (recorded(), recorded());
    let made = Rc::new(RefCell::new(None));
    let out = made.clone();
    drop(elsewhere.spawn("makes two of each", async move {
        let (_, mutex) = (Mutex::new(()), Rc::new(Mutex::new(0)));
        let (_, bell) = (bell(1), bell(5));
        *mutex.lock().await += 1;
        *out.borrow_mut() = Some((mutex, bell));
    }));
    elsewhere.step();
    let (mutex, bell) = made.take().expect("they were made");
    drop(executor.spawn("waits for the bell", async move {
        let _guard = mutex.lock().await;
        std::future::poll_fn(|cx| {
            if bell.has_rung() {
                return Poll::Ready(());
            }
            bell.keep(cx.waker().clone());
            bell.forget();
            bell.keep(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }));
    executor.step();
    // It rings where it was made.
    assert_eq!(elsewhere.run(), End::Completed);
    assert_eq!(executor.run(), End::Completed);
    expect![[r#"
        0  task 1 locked mutex 1
        0  task 1 found bell 1 empty
        0  task 1 waker held by bell 1
        0  task 1 waker let go by bell 1
        0  task 1 waker held by bell 1
        0  task 1 woken by outside
        0  task 1 unlocked mutex 1
    "#]]
    .assert_eq(&holders(&executor));
}

#[test]
fn sleep_may_cross_threads() {
    let (_elsewhere, nap) = polled_elsewhere();
    std::thread::spawn(move || {
        let executor = Executor::new(());
        let other = executor.spawn("sleeps", sleep(50));
        executor.step();
        let carried = executor.spawn("carried", async move {
            nap.await;
            spawn(async {}).await;
        });
        assert_eq!(executor.run(), End::Completed);
        assert!(other.is_finished() && carried.is_finished());
    })
    .join()
    .expect("it does not panic");
}
