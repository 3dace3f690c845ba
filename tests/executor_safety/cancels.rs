//! Tasks that are cancelled wherever they stand.

use crate::support::{Gate, Guard, Log, both, own_waker, pause};
use pollscope::executor::Executor;
use pollscope::prelude::{sleep, yield_now};
use pollscope::record::Recorder;
use pollscope::trace::event::End;
use pollscope::trace::ids::TaskId;
use std::cell::Cell;
use std::rc::Rc;

both!(
    cancel_of_itself_takes_effect_after_the_poll,
    cancel_of_itself_comes_too_late_when_ready,
    cancel_of_one_in_line_leaves_its_place_empty,
    cancel_of_the_only_one_in_line_ends_the_run,
    cancel_of_neighbours_in_the_batch_of_both,
    cancel_of_one_that_waits,
    cancel_of_one_that_is_done,
    cancel_by_a_drop_that_a_cancel_caused,
    cancel_leaves_its_wakers_alone,
    cancel_in_line_and_no_run_after_it,
    cancel_with_a_timer_that_is_set,
);

/// Spawns what knows its own number.
fn spawn_knowing<R: Recorder, F: Future<Output = ()> + 'static>(
    executor: &Executor<R>,
    future: impl FnOnce(Executor<R>, Rc<Cell<TaskId>>) -> F,
) -> TaskId {
    let id = Rc::new(Cell::new(TaskId::NONE));
    let handle = executor.spawn("knows itself", future(executor.clone(), id.clone()));
    id.set(handle.id());
    handle.id()
}

fn cancel_of_itself_takes_effect_after_the_poll<R: Recorder>(executor: Executor<R>) {
    for (wakes_before, wakes_after) in [(false, false), (true, false), (false, true), (true, true)] {
        let log = Log::default();
        let l = log.clone();
        let id = spawn_knowing(&executor, |executor, id| async move {
            let _guard = l.guard(3);
            pause(|waker| {
                if wakes_before {
                    waker.wake_by_ref();
                }
                assert!(executor.cancel(id.get()), "it is cancelled once");
                assert!(!executor.cancel(id.get()), "and only once");
                if wakes_after {
                    waker.wake_by_ref();
                    waker.clone().wake();
                }
                l.note(1);
            })
            .await;
            l.note(2);
        });
        assert!(executor.step().is_some());
        assert_eq!((log.take(), executor.alive()), (vec![1, 3], 0), "{wakes_before} {wakes_after}");
        assert_eq!(executor.step(), None);
        assert!(!executor.cancel(id));
    }
}

fn cancel_of_itself_comes_too_late_when_ready<R: Recorder>(executor: Executor<R>) {
    let e = executor.clone();
    let id = Rc::new(Cell::new(TaskId::NONE));
    let known = id.clone();
    let handle = executor.spawn("is ready all the same", async move {
        own_waker().await.wake();
        assert!(e.cancel(known.get()));
        7
    });
    id.set(handle.id());
    executor.step();
    assert!(handle.is_finished());
    assert_eq!(executor.block_on(handle), Ok(7));
}

fn cancel_of_one_in_line_leaves_its_place_empty<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let spawn = |n| {
        let (l, guard) = (log.clone(), log.guard(10 + n));
        executor.spawn("in line", async move {
            let _guard = guard;
            l.note(n);
            yield_now().await;
        })
    };
    let [a, b, c, d] = [1, 2, 3, 4].map(spawn);
    assert!(executor.cancel(b.id()) && executor.cancel(d.id()));
    assert_eq!((log.take(), executor.alive()), (vec![12, 14], 2));
    assert_eq!(executor.step(), Some(a.id()));
    assert_eq!(executor.step(), Some(c.id()));
    // In line again, by its own wake.
    assert!(executor.cancel(a.id()));
    assert_eq!(executor.run(), End::Completed);
    assert_eq!((log.take(), executor.polls()), (vec![1, 3, 11, 13], 3));
    assert!(b.is_finished() && d.is_finished());
}

fn cancel_of_the_only_one_in_line_ends_the_run<R: Recorder>(executor: Executor<R>) {
    let never = executor.spawn("never polled", async { unreachable!() });
    let never: TaskId = never.id();
    assert!(executor.cancel(never));
    assert_eq!(executor.step(), None);
    let handle = executor.spawn("neither", async { unreachable!() });
    executor.cancel(handle.id());
    drop(handle);
    executor.limit(0, u64::MAX);
    // A budget that is used up does not matter to whom is left nothing to do.
    assert_eq!((executor.run(), executor.polls()), (End::Completed, 0));
}

fn cancel_of_neighbours_in_the_batch_of_both<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let ids: Rc<Cell<[TaskId; 5]>> = Rc::default();
    let (e, known) = (executor.clone(), ids.clone());
    let handles: Vec<_> = (0..5u32)
        .map(|n| {
            let (l, e, known) = (log.clone(), e.clone(), known.clone());
            let guard = log.guard(10 + n);
            executor.spawn("neighbour", async move {
                let _guard = guard;
                l.note(n);
                if n == 2 {
                    // Those before it are in the next line, those behind it in this one.
                    for of in [0, 4, 3] {
                        assert!(e.cancel(known.get()[of]));
                        assert!(!e.cancel(known.get()[of]));
                    }
                }
                yield_now().await;
                l.note(20 + n);
            })
        })
        .collect();
    let mut all = [TaskId::NONE; 5];
    all.iter_mut().zip(&handles).for_each(|(id, handle)| *id = handle.id());
    ids.set(all);
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(log.take(), [0, 1, 2, 10, 14, 13, 21, 11, 22, 12]);
    assert_eq!(executor.polls(), 5);
}

fn cancel_of_one_that_waits<R: Recorder>(executor: Executor<R>) {
    let gate = Gate::default();
    let handle = executor.spawn("waits", gate.clone());
    executor.step();
    let late = [gate.waker(), gate.waker(), gate.take()];
    assert!(executor.cancel(handle.id()));
    let [by_ref, by_value, dropped] = late;
    by_ref.wake_by_ref();
    by_value.wake();
    // The slot is in use until this.
    let next = Gate::default();
    executor.spawn_detached("next", next.clone());
    executor.step();
    drop(dropped);
    by_ref.wake();
    assert_eq!((executor.step(), executor.alive(), gate.polls()), (None, 1, 1));
    next.open();
    assert_eq!(executor.run(), End::Completed);
}

fn cancel_of_one_that_is_done<R: Recorder>(executor: Executor<R>) {
    let handle = executor.spawn("is done", async {});
    executor.step();
    assert!(!executor.cancel(handle.id()));
    assert!(!executor.cancel(TaskId::NONE));
    // Its slot is another's now, but its number is not.
    let next = executor.spawn("next", async {});
    assert!(!executor.cancel(handle.id()));
    assert!(executor.cancel(next.id()));
    assert_eq!(executor.run(), End::Completed);
}

fn cancel_by_a_drop_that_a_cancel_caused<R: Recorder>(executor: Executor<R>) {
    let log = Log::default();
    let holding = |n, then: Box<dyn FnOnce()>| {
        let guard = log.guard(n);
        let and = Guard::new(then);
        executor.spawn("cancels when it is dropped", async move {
            let _guards = (guard, and);
            std::future::pending::<()>().await;
        })
    };
    let third = holding(3, Box::new(|| {}));
    let (e, of) = (executor.clone(), third.id());
    let second = holding(2, Box::new(move || assert!(e.cancel(of))));
    let (e, of, l) = (executor.clone(), second.id(), log.clone());
    let first = holding(
        1,
        Box::new(move || {
            assert!(e.cancel(of));
            e.spawn_detached("spawned by a drop", async move { l.note(4) });
        }),
    );
    // One waits, the others are in line.
    executor.step();
    assert!(executor.cancel(first.id()));
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(log.take(), [1, 2, 3, 4]);
}

fn cancel_leaves_its_wakers_alone<R: Recorder>(executor: Executor<R>) {
    // Its own wakers are dropped and used by its drop.
    let handle = executor.spawn("keeps its wakers", async {
        let (one, other) = (own_waker().await, own_waker().await);
        let _guard = Guard::new(move || {
            one.wake_by_ref();
            drop(one);
            other.clone().wake();
            other.wake();
        });
        std::future::pending::<()>().await;
    });
    executor.step();
    assert!(executor.cancel(handle.id()));
    assert_eq!(executor.run(), End::Completed);
}

fn cancel_in_line_and_no_run_after_it<R: Recorder>(executor: Executor<R>) {
    let gate = Gate::default();
    let waits = executor.spawn("waits", gate.clone());
    let fresh = executor.spawn("was never polled", std::future::pending::<()>());
    executor.step();
    let late = gate.waker();
    gate.waker().wake();
    assert!(executor.cancel(waits.id()));
    assert!(executor.cancel(fresh.id()));
    drop(executor);
    late.wake();
    drop(gate.take());
}

fn cancel_with_a_timer_that_is_set<R: Recorder>(executor: Executor<R>) {
    let sleeper = executor.spawn("sleeps", sleep(10));
    let other = executor.spawn("sleeps, too", sleep(20));
    executor.step();
    executor.step();
    assert_eq!(executor.next_deadline(), Some(10));
    assert!(executor.cancel(sleeper.id()));
    assert_eq!(executor.next_deadline(), Some(20));
    assert_eq!(executor.run(), End::Completed);
    assert!(other.is_finished());
    assert_eq!(executor.now(), 20);
}
