//! Panics, where they unwind: the run is over, nothing is polled or dropped after it, and wakers do no harm for ever.
//! What is left leaks: all names begin with `after_a_panic_`.

use crate::support::{Gate, Guard, Log, WAYS, Way, both, holding, own_waker, pause};
use pollscope::executor::Executor;
use pollscope::prelude::{sleep, spawn, yield_now};
use pollscope::record::Recorder;
use pollscope::trace::event::End;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::task::Waker;

both!(
    after_a_panic_in_a_poll_nothing_is_polled_or_dropped,
    after_a_panic_in_the_poll_of_a_named_one_nothing_is_polled_or_dropped,
    after_a_panic_in_a_poll_its_own_wakers_do_no_harm,
    after_a_panic_in_the_drop_of_one_that_is_ready,
    after_a_panic_in_the_drop_of_the_only_task,
    after_a_panic_in_the_drop_of_one_that_is_cancelled,
    after_a_panic_in_the_drop_of_one_that_is_cancelled_in_line,
    after_a_panic_in_the_drop_of_a_value,
    after_a_panic_in_the_drop_of_the_executor,
    after_a_panic_in_the_end_of_block_on,
    after_a_panic_that_a_task_caught_nothing_is_polled,
    after_a_panic_in_a_callback,
    after_a_panic_in_another_executor_this_one_runs_on,
);

/// Calls what panics on purpose.
fn panics<T>(f: impl FnOnce() -> T) {
    thread_local! { static QUIET: Cell<bool> = const { Cell::new(false) } }
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                default(info);
            }
        }));
    });
    QUIET.set(true);
    let caught = catch_unwind(AssertUnwindSafe(f));
    QUIET.set(false);
    assert!(caught.is_err(), "it panics");
}

/// Panics when it is dropped.
fn bomb() -> Guard {
    Guard::new(|| panic!("dropped"))
}

/// Does with wakers all that can be done.
fn use_up(wakers: Vec<Waker>) {
    for waker in &wakers {
        waker.wake_by_ref();
        waker.clone().wake();
        drop(waker.clone());
    }
    wakers.into_iter().for_each(Waker::wake);
}

/// The run is over, and stays so; then the executor goes, and so do the wakers, which are not the last ones.
fn check_that_it_is_over<R: Recorder>(executor: Executor<R>, log: &Log, gates: &[Gate]) {
    let wakers = || gates.iter().flat_map(|gate| [gate.waker(), gate.waker()]).collect::<Vec<_>>();
    let polls = gates.iter().map(Gate::polls).sum::<u32>();
    use_up(wakers());
    assert_eq!((executor.run(), executor.step()), (End::Panicked, None));
    executor.spawn_detached("too late", async { unreachable!() });
    assert_eq!(executor.block_on(async { unreachable!() }), Err::<(), _>(End::Panicked));
    let late = wakers();
    drop(executor);
    use_up(late);
    use_up(gates.iter().map(Gate::take).collect());
    assert_eq!(gates.iter().map(Gate::polls).sum::<u32>(), polls, "nothing is polled after a panic");
    assert_eq!(log.take(), [], "nothing is dropped after a panic");
}

/// Some that wait, and some in line, each with a guard.
fn neighbours<R: Recorder>(executor: &Executor<R>, log: &Log) -> Vec<Gate> {
    let gates: Vec<_> = (0..4).map(|_| Gate::default()).collect();
    for (i, gate) in (0..).zip(&gates) {
        let (guard, gate) = (log.guard(i), gate.clone());
        WAYS[i as usize % 2].spawn(executor, async move {
            let _guard = guard;
            loop {
                gate.clone().await;
            }
        });
        executor.step();
    }
    for i in [1, 2] {
        gates[i].waker().wake();
    }
    gates
}

fn after_a_panic_in_a_poll_nothing_is_polled_or_dropped<R: Recorder>(executor: Executor<R>) {
    check_panic_in_a_poll(executor, Way::Detached);
}

fn after_a_panic_in_the_poll_of_a_named_one_nothing_is_polled_or_dropped<R: Recorder>(executor: Executor<R>) {
    check_panic_in_a_poll(executor, Way::Named);
}

fn check_panic_in_a_poll<R: Recorder>(executor: Executor<R>, way: Way) {
    let log = Log::default();
    let gates = neighbours(&executor, &log);
    way.spawn(&executor, async {
        yield_now().await;
        panic!("polled");
    });
    WAYS.into_iter().for_each(|way| way.spawn(&executor, yield_now()));
    panics(|| executor.run());
    check_that_it_is_over(executor, &log, &gates);
}

fn after_a_panic_in_a_poll_its_own_wakers_do_no_harm<R: Recorder>(executor: Executor<R>) {
    let kept = Rc::new(RefCell::new(Vec::new()));
    let k = kept.clone();
    executor.spawn_detached("panics", async move {
        for _ in 0..3 {
            let own = own_waker().await;
            k.borrow_mut().push(own);
        }
        pause(|waker| {
            waker.wake_by_ref();
            panic!("polled");
        })
        .await;
    });
    panics(|| executor.run());
    let mut late = kept.take();
    use_up(late.split_off(2));
    executor.step();
    drop(executor);
    use_up(late);
}

fn after_a_panic_in_the_drop_of_one_that_is_ready<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let mut gates = neighbours(&executor, &log);
    for way in WAYS {
        // In its poll: the future's own; at its end: what is left in it then.
        let gate = Gate::default();
        gates.push(gate.clone());
        let holder = gate.clone();
        way.spawn(&executor, async move {
            holder.await;
        });
        executor.step();
    }
    // The last of them is ready, and drops a bomb.
    struct Ready(Gate, #[allow(dead_code, reason = "it is dropped")] Guard);
    impl Future for Ready {
        type Output = ();
        fn poll(mut self: std::pin::Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> std::task::Poll<()> {
            std::pin::Pin::new(&mut self.0).poll(cx).map(|()| ())
        }
    }
    let gate = Gate::default();
    executor.spawn_detached("drops a bomb", Ready(gate.clone(), bomb()));
    while executor.step().is_some() {}
    let late = gate.waker();
    gate.open();
    panics(|| executor.run());
    late.wake_by_ref();
    check_that_it_is_over(executor, &log, &gates);
    use_up(vec![late]);
}

fn after_a_panic_in_the_drop_of_the_only_task<R: Recorder>(executor: Executor<R>) {
    // Nobody is alive when the executor goes; but the slot has a waker.
    drop(executor);
    for way in WAYS {
        let executor = Executor::new(());
        let gate = Gate::default();
        let g = gate.clone();
        let held = bomb();
        way.spawn(
            &executor,
            std::future::poll_fn(move |cx| {
                let _held = &held;
                std::pin::Pin::new(&mut g.clone()).poll(cx)
            }),
        );
        executor.step();
        let late = gate.waker();
        gate.open();
        panics(|| executor.step());
        drop(executor);
        // What stood there is not to be read any more.
        let others = Executor::new(());
        (0..100).for_each(|_| others.spawn_detached("other", std::future::pending()));
        use_up(vec![late.clone(), late]);
    }
}

fn after_a_panic_in_the_drop_of_one_that_is_cancelled<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let gates = neighbours(&executor, &log);
    let gate = Gate::default();
    let (g, held) = (gate.clone(), bomb());
    let handle = executor.spawn("is cancelled", async move {
        let _held = held;
        g.await;
    });
    while executor.step().is_some() {}
    let late = gate.waker();
    panics(|| executor.cancel(handle.id()));
    assert!(!executor.cancel(handle.id()));
    check_that_it_is_over(executor, &log, &gates);
    use_up(vec![late, gate.take()]);
}

fn after_a_panic_in_the_drop_of_one_that_is_cancelled_in_line<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let gates = neighbours(&executor, &log);
    let gate = Gate::default();
    let (g, held) = (gate.clone(), bomb());
    let handle = executor.spawn("is cancelled", async move {
        let _held = held;
        g.await;
    });
    while executor.step().is_some() {}
    gate.waker().wake();
    panics(|| executor.cancel(handle.id()));
    check_that_it_is_over(executor, &log, &gates);
    use_up(vec![gate.take()]);
}

fn after_a_panic_in_the_drop_of_a_value<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let gates = neighbours(&executor, &log);
    drop(executor.spawn("gives a bomb", async { bomb() }));
    panics(|| executor.run());
    check_that_it_is_over(executor, &log, &gates);
}

fn after_a_panic_in_the_drop_of_the_executor<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let gates: Vec<_> = (0..4).map(|_| Gate::default()).collect();
    for (i, gate) in (0..).zip(&gates) {
        let (guard, gate) = (if i == 1 { bomb() } else { log.guard(i) }, gate.clone());
        executor.spawn_detached("waits", async move {
            gate.await;
            drop(guard);
        });
        executor.step();
    }
    let late: Vec<_> = gates.iter().map(Gate::waker).collect();
    panics(|| drop(executor));
    assert_eq!(log.take(), [0], "nothing is dropped after a panic");
    use_up(late);
    use_up(gates.iter().map(Gate::take).collect());
}

fn after_a_panic_in_the_end_of_block_on<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let gates = neighbours(&executor, &log);
    executor.spawn_detached("drops a bomb", holding(bomb()));
    let guard = log.guard(7);
    executor.spawn_detached("stays", holding(guard));
    panics(|| executor.block_on(yield_now()));
    // Those that were spawned before it are dropped, in order.
    assert_eq!(log.take(), [0, 1, 2, 3]);
    check_that_it_is_over(executor, &log, &gates);
}

fn after_a_panic_that_a_task_caught_nothing_is_polled<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let gates = neighbours(&executor, &log);
    while executor.step().is_some() {}
    let handle = executor.spawn("drops a bomb", holding(bomb()));
    executor.step();
    let e = executor.clone();
    executor.spawn_detached("catches", async move {
        panics(|| e.cancel(handle.id()));
    });
    executor.spawn_detached("comes after it", async { unreachable!("nothing is polled after a panic") });
    assert_eq!(executor.run(), End::Panicked);
    check_that_it_is_over(executor, &log, &gates);
}

fn after_a_panic_in_a_callback<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let gates = neighbours(&executor, &log);
    let lane = executor.open_lane("callbacks");
    panics(|| executor.call(lane, || panic!("called")));
    check_that_it_is_over(executor, &log, &gates);
}

fn after_a_panic_in_another_executor_this_one_runs_on<R: Recorder>(executor: Executor<R>) {
    let done = executor.block_on(async {
        let inner = Executor::new(());
        let gate = Gate::default();
        inner.spawn_detached("waits", gate.clone());
        inner.spawn_detached("panics", async {
            drop(spawn(sleep(1)));
            panic!("polled");
        });
        panics(|| inner.run());
        yield_now().await;
        gate.waker().wake();
        drop(inner);
        yield_now().await;
        gate.open();
        sleep(1).await;
        spawn(async { 3 }).await
    });
    assert_eq!(done, Ok(3));
}
