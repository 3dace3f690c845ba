//! Executors that go, before their tasks or after, and what outlives them.

use crate::support::{Gate, Guard, Log, WAYS, Way, both, holding, own_waker};
use pollscope::executor::{Executor, Progress, Until};
use pollscope::prelude::{sleep, spawn, yield_now};
use pollscope::record::Recorder;
use pollscope::trace::event::End;
use pollscope::trace::ids::TaskId;
use std::cell::RefCell;
use std::rc::Rc;

both!(
    wakers_outlive_the_executor,
    wakers_outlive_an_executor_whose_tasks_are_just_memory,
    wakers_in_line_outlive_the_executor,
    drop_uses_wakers_of_all_others,
    end_is_in_the_order_of_spawns,
    end_is_in_that_order_with_slots_used_again,
    end_is_in_that_order_with_several_kinds,
    end_drops_what_its_drops_spawn,
    end_drops_what_its_drops_spawn_into_other_kinds,
    end_by_a_drop_that_cancels_those_to_come,
    executor_owned_by_its_tasks,
    executor_cloned_and_dropped_in_its_tasks,
    executor_in_a_task_of_another,
    executor_run_in_a_task_of_another,
    block_on_gives_a_value_and_ends_the_others,
    block_on_without_an_end,
    block_on_whose_main_is_cancelled,
    spawns_after_the_end_are_dropped_unpolled,
);

fn wakers_outlive_the_executor<R: Recorder>(executor: Executor<R>) {
    let gates: Vec<_> = (0..6).map(|_| Gate::default()).collect();
    for (i, gate) in gates.iter().enumerate() {
        WAYS[i % 2].spawn(&executor, gate.clone());
        executor.step();
    }
    // Two are done, and have wakers all the same.
    let late: Vec<_> = gates.iter().map(Gate::waker).collect();
    gates[0].open();
    gates[1].open();
    while executor.step().is_some() {}
    assert_eq!(executor.alive(), 4);
    drop(executor);
    for waker in &late {
        waker.wake_by_ref();
        waker.clone().wake();
        let (one, other) = (waker.clone(), waker.clone());
        assert!(one.will_wake(waker));
        drop(other);
        one.wake_by_ref();
    }
    // The last one of a page frees it.
    late.into_iter().rev().for_each(std::task::Waker::wake);
    gates.iter().skip(2).for_each(|gate| drop(gate.take()));
}

fn wakers_outlive_an_executor_whose_tasks_are_just_memory<R: Recorder>(executor: Executor<R>) {
    // Futures that need no drop are forgotten, and not dropped; somebody else keeps their wakers.
    thread_local! {
        static KEPT: RefCell<Vec<std::task::Waker>> = const { RefCell::new(Vec::new()) };
    }
    struct Plain(#[allow(dead_code, reason = "it is there to be there")] u32);
    impl Future for Plain {
        type Output = ();
        fn poll(self: std::pin::Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> std::task::Poll<()> {
            KEPT.with_borrow_mut(|kept| kept.push(cx.waker().clone()));
            std::task::Poll::Pending
        }
    }
    const { assert!(!std::mem::needs_drop::<Plain>()) };
    for i in 0..9 {
        executor.spawn_detached("plain", Plain(i));
    }
    executor.drive(Until::Idle, 7);
    let mut late = KEPT.take();
    assert_eq!((late.len(), executor.alive()), (7, 9));
    // One is in line; of another no waker is left.
    late[3].wake_by_ref();
    drop(late.pop());
    drop(executor);
    for waker in late {
        waker.wake_by_ref();
        waker.wake();
    }
}

fn wakers_in_line_outlive_the_executor<R: Recorder>(executor: Executor<R>) {
    let gates = WAYS.map(|way| {
        let gate = Gate::default();
        way.spawn(&executor, gate.clone());
        gate
    });
    executor.drive(Until::Idle, u32::MAX);
    for gate in &gates {
        gate.waker().wake();
        WAYS.into_iter().for_each(|way| way.spawn(&executor, gate.clone()));
    }
    assert_eq!(executor.alive(), 6);
    drop(executor);
    gates.iter().for_each(|gate| gate.take().wake());
}

fn drop_uses_wakers_of_all_others<R: Recorder>(executor: Executor<R>) {
    let gates: Rc<Vec<_>> = Rc::new((0..4).map(|_| Gate::default()).collect());
    for (i, gate) in gates.iter().enumerate() {
        let (gate, all) = (gate.clone(), gates.clone());
        WAYS[i % 2].spawn(&executor, async move {
            let own = own_waker().await;
            let _guard = Guard::new(move || {
                own.wake();
                all.iter().for_each(|gate| gate.waker().wake());
                drop(all[3 - i].take());
                *all[3 - i].hold() = Some(all[i].waker());
            });
            gate.await;
        });
        executor.step();
    }
    drop(executor);
    gates.iter().for_each(|gate| gate.take().wake());
}

fn end_is_in_the_order_of_spawns<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    // More than a page of them; some wait, some are in line.
    let many = if cfg!(miri) { 130 } else { 3000 };
    for i in 0..many {
        executor.spawn_detached("holds", holding(log.guard(i)));
    }
    executor.drive(Until::Idle, many / 2);
    drop(executor);
    assert_eq!(log.take(), Vec::from_iter(0..many));
}

fn end_is_in_that_order_with_slots_used_again<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    async fn until(gate: Gate, guard: Guard) {
        gate.await;
        drop(guard);
    }
    let gates: Vec<_> = (0..20).map(|_| Gate::default()).collect();
    for (i, gate) in gates.iter().enumerate() {
        executor.spawn_detached("waits", until(gate.clone(), log.guard(i as u32)));
        executor.step();
    }
    for i in [3, 17, 4, 9] {
        gates[i].open();
    }
    while executor.step().is_some() {}
    assert_eq!(log.take(), [3, 17, 4, 9]);
    for i in 20..30 {
        executor.spawn_detached("waits", until(Gate::default(), log.guard(i)));
    }
    drop(executor);
    let left = (0..30).filter(|i| ![3, 17, 4, 9].contains(i));
    assert_eq!(log.take(), Vec::from_iter(left));
}

fn end_is_in_that_order_with_several_kinds<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    for i in 0..40 {
        let guard = log.guard(i);
        match i % 5 {
            0 => executor.spawn_detached("one", holding(guard)),
            1 => executor.spawn_detached("two", holding((guard, [0u8; 50]))),
            2 => drop(executor.spawn("three", holding((guard, [0u8; 5000])))),
            3 => drop(executor.spawn("four", holding(guard))),
            _ => executor.spawn_detached("five", async move {
                let _guard = guard;
                sleep(1).await;
            }),
        }
        if i % 3 == 0 {
            executor.step();
        }
    }
    drop(executor);
    assert_eq!(log.take(), Vec::from_iter(0..40));
}

fn end_drops_what_its_drops_spawn<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    fn generation(log: &Log, n: u32) -> impl Future<Output = ()> + 'static {
        let (l, guard) = (log.clone(), log.guard(n));
        let heir = Guard::new(move || {
            if n < 30 {
                drop(spawn(generation_boxed(l.clone(), n + 10)));
            }
        });
        holding((guard, heir))
    }
    fn generation_boxed(log: Log, n: u32) -> std::pin::Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(generation(&log, n))
    }
    for n in 1..=3 {
        executor.spawn_detached("has heirs", generation(&log, n));
    }
    executor.step();
    drop(executor);
    assert_eq!(log.take(), [1, 2, 3, 11, 12, 13, 21, 22, 23, 31, 32, 33]);
}

fn end_drops_what_its_drops_spawn_into_other_kinds<R: Recorder>(executor: Executor<R>) {
    // Kinds that are new while all of a kind are visited; and many, so that they get pages.
    let log = Log::default();
    let many = if cfg!(miri) { 6 } else { 400 };
    for n in 0..many {
        let l = log.clone();
        let heirs = Guard::new(move || {
            l.note(n);
            let guards = [1, 2, 3].map(|k| l.guard(k * 1000 + n));
            let [a, b, c] = guards;
            drop(spawn(holding((a, [0u64; 9]))));
            drop(spawn(holding((b, [0u64; 90]))));
            drop(spawn(holding((c, [0u64; 900]))));
        });
        executor.spawn_detached("has heirs", holding(heirs));
    }
    drop(executor);
    let heirs = (0..many).flat_map(|n| [1, 2, 3].map(|k| k * 1000 + n));
    assert_eq!(log.take(), Vec::from_iter((0..many).chain(heirs)));
}

fn end_by_a_drop_that_cancels_those_to_come<R: Recorder>(executor: Executor<R>) {
    // What is spawned then takes the places of those that were cancelled, and comes after all others.
    let (log, to_cancel) = (Log::default(), Rc::new(RefCell::new(Vec::new())));
    let (e, l, of) = (executor.clone(), log.clone(), to_cancel.clone());
    let cancels = Guard::new(move || {
        for id in of.take() {
            assert!(e.cancel(id));
            drop(e.spawn("late", holding(l.guard(100))));
        }
    });
    drop(executor.spawn("cancels", holding(cancels)));
    let ids: Vec<_> = (1..=6).map(|i| executor.spawn("to come", holding(log.guard(i))).id()).collect();
    *to_cancel.borrow_mut() = vec![ids[4], ids[1]];
    assert_eq!(executor.block_on(yield_now()), Ok(()));
    assert_eq!(log.take(), [5, 2, 1, 3, 4, 6, 100, 100]);
    assert_eq!(executor.alive(), 0);
}

fn executor_owned_by_its_tasks<R: Recorder>(executor: Executor<R>) {
    // A task that owns the executor's last handle but the one that runs it lets go of it by being done.
    for way in WAYS {
        let own = executor.clone();
        way.spawn(&executor, async move {
            yield_now().await;
            assert!(own.alive() > 0);
        });
    }
    let (own, other) = (executor.clone(), executor.clone());
    drop(executor.spawn("hands it on", async move {
        other.spawn_detached("heir", async move {
            sleep(3).await;
            drop(own);
        });
    }));
    assert_eq!(executor.run(), End::Completed);
}

fn executor_cloned_and_dropped_in_its_tasks<R: Recorder>(executor: Executor<R>) {
    let e = executor.clone();
    executor.spawn_detached("clones", async move {
        for _ in 0..3 {
            let inner = e.clone();
            e.spawn_detached("drops", async move {
                drop(inner.clone());
                drop(inner);
            });
            yield_now().await;
        }
    });
    executor.spawn_detached("waits for ever", std::future::pending());
    assert_eq!(executor.run(), End::Deadlock(1));
    let other = executor.clone();
    drop(executor);
    assert_eq!(other.alive(), 1);
}

fn executor_in_a_task_of_another<R: Recorder>(executor: Executor<R>) {
    // Each wakes and drops tasks of the other.
    let log = Log::default();
    let outer = Gate::default();
    executor.spawn_detached("waits", outer.clone());
    executor.step();
    let (l, o) = (log.clone(), outer.clone());
    executor.spawn_detached("has an executor", async move {
        let inner = Executor::new(());
        let gate = Gate::default();
        let (g, ends) = (gate.clone(), l.guard(2));
        inner.spawn_detached("waits there", async move {
            let _guard = ends;
            g.await;
        });
        let wake_outer = o.waker();
        let guard = l.guard(1);
        drop(inner.spawn("wakes here", async move {
            let _guard = guard;
            wake_outer.wake();
            yield_now().await;
        }));
        assert_eq!(inner.drive(Until::Idle, u32::MAX), Progress::Reached);
        yield_now().await;
        // A waker of the inner one that outlives it, kept in the outer one.
        let late = gate.waker();
        drop(inner);
        yield_now().await;
        late.wake();
        gate.unlock();
        drop(gate.take());
        o.open();
    });
    assert_eq!(executor.run(), End::Completed);
    assert_eq!((log.take(), outer.polls()), (vec![1, 2], 3));
}

fn executor_run_in_a_task_of_another<R: Recorder>(executor: Executor<R>) {
    let sum = executor.block_on(async {
        let mut sum = 0;
        for n in 0..3u32 {
            let inner = Executor::new(());
            let deep = inner.clone();
            sum += inner
                .block_on(async move {
                    let deepest = Executor::new(());
                    drop(deep.spawn("left behind", holding(deep.clone())));
                    let child = spawn(async move { n });
                    sleep(5).await;
                    child.await + deepest.block_on(async { yield_now().await }).map_or(0, |()| 10)
                })
                .expect("it ends");
            assert_eq!(inner.now(), 5);
            yield_now().await;
        }
        sum
    });
    assert_eq!(sum, Ok(33));
    assert_eq!(executor.now(), 0);
}

fn block_on_gives_a_value_and_ends_the_others<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let (l, gate) = (log.clone(), Gate::default());
    let late = gate.clone();
    for n in 1..=2 {
        executor.spawn_detached("left", holding(log.guard(n)));
    }
    let value = executor.block_on(async move {
        drop(spawn(gate));
        drop(spawn(holding(l.guard(3))));
        yield_now().await;
        Box::new(42)
    });
    assert_eq!(value, Ok(Box::new(42)));
    assert_eq!((log.take(), executor.alive()), (vec![1, 2, 3], 0));
    late.take().wake();
    assert_eq!(executor.run(), End::Completed);
}

fn block_on_without_an_end<R: Recorder>(executor: Executor<R>) {
    assert_eq!(executor.block_on(std::future::pending::<String>()), Err(End::Deadlock(1)));
    assert_eq!(executor.alive(), 1);
}

fn block_on_whose_main_is_cancelled<R: Recorder>(executor: Executor<R>) {
    let (e, log) = (executor.clone(), Log::default());
    let guard = log.guard(1);
    let end = executor.block_on(async move {
        let _guard = guard;
        // Tasks are counted from 1.
        drop(spawn(async move { assert!(e.cancel(TaskId(1))) }));
        std::future::pending::<u32>().await
    });
    assert_eq!((end, log.take(), executor.alive()), (Err(End::Completed), vec![1], 0));
}

fn spawns_after_the_end_are_dropped_unpolled<R: Recorder>(executor: Executor<R>) {
    assert_eq!(executor.run(), End::Completed);
    let log = Log::default();
    for (n, way) in (1..).zip(WAYS) {
        way.spawn(&executor, holding(log.guard(n)));
    }
    Way::Detached.spawn(&executor, async { unreachable!() });
    assert_eq!((executor.run(), executor.step(), executor.alive()), (End::Completed, None, 3));
    drop(executor);
    assert_eq!(log.take(), [1, 2]);
}
