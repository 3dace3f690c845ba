//! Panics: what is done after one, and whom it names. Tests that leak, as is meant, have names with `after_a_panic_`.

use super::support::{Guard, Recorded, recorded, recorder, reporting, reporting_to, text};
use expect_test::expect;
use pollscope::executor::Executor;
use pollscope::prelude::{log, sleep, spawn, yield_now};
use pollscope::record::Outlet;
use pollscope::trace::Trace;
use pollscope::trace::event::End;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("boom");
    }
}

async fn holds_a_bomb() {
    let _bomb = Bomb;
    sleep(10).await;
}

fn ending(executor: &Recorded, from: &str) -> String {
    let text = text(&executor.recorder().finish());
    let at = text.find(from).unwrap_or_else(|| panic!("{from} in {text}"));
    text[at..].to_owned()
}

#[test]
fn after_a_panic_nothing_is_cancelled_or_called() {
    let executor = Executor::new(());
    let lane = executor.open_lane("lane");
    let other = executor.spawn("other", async {
        let _guard = Guard("never dropped");
        sleep(10).await;
    });
    let panics = executor.spawn("panics", async { panic!("on purpose") });
    assert!(catch_unwind(AssertUnwindSafe(|| executor.run())).is_err());
    assert!(!executor.cancel(other.id()));
    assert!(!executor.cancel(panics.id()));
    executor.call(lane, || unreachable!("nothing is called"));
    assert_eq!(executor.run(), End::Panicked);
}

#[test]
fn nothing_is_called_after_a_run_that_ended() {
    let executor = recorded();
    let lane = executor.open_lane("lane");
    executor.run();
    executor.call(lane, || unreachable!("nothing is called"));
}

#[test]
fn after_a_panic_in_a_drop_the_task_that_is_cancelled_is_named() {
    let executor = reporting();
    let bomb = executor.spawn("holds a bomb", holds_a_bomb());
    executor.step();
    assert!(catch_unwind(AssertUnwindSafe(|| executor.cancel(bomb.id()))).is_err());
    expect![[r#"
        0  task 1 dropped: Cancelled
        0  timer 1 cancelled
        0  task 1 waker dropped: 0
        0  task 1 panic: boom
        0  end: Panicked
    "#]]
    .assert_eq(&ending(&executor, "0  task 1 dropped"));
}

#[test]
fn after_a_panic_in_a_drop_at_the_end_the_task_that_is_left_is_named() {
    let executor = reporting();
    let main = async {
        drop(spawn(async {}));
        drop(spawn(holds_a_bomb()));
        yield_now().await;
    };
    assert!(catch_unwind(AssertUnwindSafe(|| executor.block_on(main))).is_err());
    expect![[r#"
        0  task 3 dropped: Shutdown
        0  timer 1 cancelled
        0  task 3 waker dropped: 0
        0  task 3 panic: boom
        0  end: Panicked
    "#]]
    .assert_eq(&ending(&executor, "0  task 3 dropped"));
}

#[test]
fn after_a_panic_in_a_drop_with_the_executor_the_task_that_is_left_is_named() {
    let sent = Rc::new(RefCell::new(Vec::new()));
    let to = sent.clone();
    let outlet = Outlet::new(move |chunk| to.borrow_mut().extend_from_slice(chunk), || 0.0);
    let executor = reporting_to(recorder().with_outlet(outlet));
    drop(executor.spawn("is done", async {}));
    drop(executor.spawn("holds a bomb", holds_a_bomb()));
    executor.step();
    executor.step();
    assert!(catch_unwind(AssertUnwindSafe(|| drop(executor))).is_err());
    let text = text(&Trace::read(&sent.borrow()).expect("its end was sent"));
    let at = text.find("0  task 2 dropped").unwrap_or_else(|| panic!("{text}"));
    expect![[r#"
        0  task 2 dropped: Shutdown
        0  timer 1 cancelled
        0  task 2 waker dropped: 0
        0  task 2 panic: boom
        0  end: Panicked
    "#]]
    .assert_eq(&text[at..]);
}

#[test]
fn after_a_panic_in_a_drop_the_poll_that_it_was_in_is_over() {
    let executor = reporting();
    let bomb = executor.spawn("holds a bomb", holds_a_bomb());
    let (cancels, id) = (executor.clone(), bomb.id());
    drop(executor.spawn("cancels it", async move {
        log!("now");
        cancels.cancel(id);
    }));
    assert!(catch_unwind(AssertUnwindSafe(|| executor.run())).is_err());
    expect![[r#"
        0  task 1 dropped: Cancelled
        0  timer 1 cancelled
        0  task 1 waker dropped: 0
        0  task 1 panic: boom
        0  task 2 panicked
        0  end: Panicked
    "#]]
    .assert_eq(&ending(&executor, "0  task 1 dropped"));
}

#[test]
fn after_a_panic_by_a_join_of_a_cancelled_task_both_are_named() {
    let executor = reporting();
    let cancelled = executor.spawn("cancelled", sleep(10));
    assert!(executor.cancel(cancelled.id()));
    drop(executor.spawn("joins", cancelled));
    assert!(catch_unwind(AssertUnwindSafe(|| executor.run())).is_err());
    expect![[r#"
        0  task 2 panic: task 2 joined task 1, which was cancelled
        0  task 2 panicked
        0  end: Panicked
    "#]]
    .assert_eq(&ending(&executor, "0  task 2 panic"));
}
