//! Wakers: cloned, used up and dropped wherever that can be done on one thread.

use crate::support::{Gate, Guard, Log, WAYS, both, own_waker, pause};
use pollscope::executor::{Executor, Progress, Until};
use pollscope::prelude::yield_now;
use pollscope::record::Recorder;
use pollscope::trace::event::End;
use std::cell::RefCell;
use std::rc::Rc;
use std::task::Waker;

/// More wakers than their count has room for. The slot is not used again then; nothing else comes of it.
#[test]
#[cfg(not(miri))]
fn wakers_are_as_many_as_can_be() {
    for way in WAYS {
        let executor = Executor::new(());
        let gate = Gate::default();
        way.spawn(&executor, gate.clone());
        executor.step();
        let waker = gate.waker();
        for _ in 0..(1 << 23) + 100 {
            std::mem::forget(waker.clone());
        }
        // What is dropped, used up, woken, here and elsewhere, is as ever.
        drop(waker.clone());
        let elsewhere = waker.clone();
        std::thread::spawn(move || elsewhere.wake()).join().expect("it does not panic");
        assert_eq!((executor.drive(Until::Idle, u32::MAX), gate.polls()), (Progress::Reached, 2));
        gate.unlock();
        waker.clone().wake();
        executor.drive(Until::Idle, u32::MAX);
        assert_eq!(executor.alive(), 0);
        waker.wake();
        executor.spawn_detached("next", async {});
        assert_eq!(executor.run(), End::Completed);
    }
}

both!(
    wake_of_itself_in_a_poll_queues_it_once,
    wake_of_others_in_a_poll,
    wake_after_completion_does_nothing,
    wake_of_one_that_was_never_asked_for_anything,
    wakers_dropped_in_polls,
    last_waker_frees_a_slot_for_the_next,
    last_waker_is_dropped_with_its_own_future,
    wakes_by_a_future_that_is_dropped,
    wakers_are_counted_in_thousands,
    wake_by_one_that_replaces_it,
    line_of_all_kinds_stays_in_order,
);

fn wake_of_itself_in_a_poll_queues_it_once<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        let before = executor.polls();
        way.spawn(&executor, async {
            pause(|waker| waker.wake_by_ref()).await;
            pause(|waker| waker.clone().wake()).await;
            pause(|waker| {
                let (one, other) = (waker.clone(), waker.clone());
                waker.wake_by_ref();
                one.wake();
                waker.wake_by_ref();
                other.wake_by_ref();
                drop(other);
            })
            .await;
            // Woken, and ready all the same.
            let waker = own_waker().await;
            waker.wake_by_ref();
            waker.wake();
        });
        while executor.step().is_some() {}
        assert_eq!((executor.polls() - before, executor.alive()), (4, 0), "{way:?}");
    }
    assert_eq!(executor.run(), End::Completed);
}

fn wake_of_others_in_a_poll<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        let (idle, queued) = (Gate::default(), Gate::default());
        way.spawn(&executor, idle.clone());
        way.spawn(&executor, queued.clone());
        executor.step();
        executor.step();
        queued.waker().wake();
        let (i, q) = (idle.clone(), queued.clone());
        way.spawn(&executor, async move {
            for gate in [&i, &q] {
                gate.waker().wake_by_ref();
                gate.waker().wake();
                gate.take().wake();
            }
        });
        while executor.step().is_some() {}
        assert_eq!((idle.polls(), queued.polls()), (2, 3), "queued: once before the wakes of the task, and once after");
        idle.open();
        queued.open();
        while executor.step().is_some() {}
        assert_eq!(executor.alive(), 0, "{way:?}");
    }
}

fn wake_after_completion_does_nothing<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        let gate = Gate::default();
        way.spawn(&executor, gate.clone());
        executor.step();
        let late: Vec<_> = (0..4).map(|_| gate.waker()).collect();
        gate.open();
        executor.step();
        assert_eq!(executor.alive(), 0);
        late[0].wake_by_ref();
        // From within a poll, too.
        let mut late = late.into_iter();
        let (one, two) = (late.next().expect("four"), late.next().expect("three"));
        way.spawn(&executor, async move {
            one.wake_by_ref();
            yield_now().await;
            one.wake();
        });
        while executor.step().is_some() {}
        two.clone().wake();
        two.wake();
        drop(late);
        assert_eq!(executor.step(), None);
        assert_eq!(gate.polls(), 2, "{way:?}");
    }
}

fn wake_of_one_that_was_never_asked_for_anything<R: Recorder>(executor: Executor<R>) {
    // In line since its spawn, it has no waker; it gets one in its poll and keeps that itself.
    for way in WAYS {
        let kept = Rc::new(RefCell::new(None::<Waker>));
        let k = kept.clone();
        way.spawn(&executor, async move {
            *k.borrow_mut() = Some(own_waker().await);
            k.borrow().as_ref().expect("it was put there").wake_by_ref();
        });
        executor.step();
        assert_eq!(executor.alive(), 0);
        // The last waker of a task that is over.
        drop(kept.take());
    }
}

fn wakers_dropped_in_polls<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        let forgotten = executor.alive();
        // Its own, which is the only one.
        way.spawn(&executor, async {
            let mut kept = Some(own_waker().await);
            pause(|waker| {
                drop(kept.take());
                waker.wake_by_ref();
            })
            .await;
        });
        executor.step();
        executor.step();
        // Another's: of one that waits, that is in line, that is done.
        let gates = [Gate::default(), Gate::default(), Gate::default()];
        for gate in &gates {
            way.spawn(&executor, gate.clone());
            executor.step();
        }
        let [waits, in_line, done] = gates.clone();
        let last = done.waker();
        done.open();
        executor.step();
        way.spawn(&executor, async move {
            drop(waits.take());
            drop(in_line.take());
            drop(last);
        });
        gates[1].waker().wake();
        // It stands before the one in line.
        gates[1].unlock();
        while executor.step().is_some() {}
        assert_eq!(executor.alive() - forgotten, 1, "{way:?}: nobody can wake the one that waits");
    }
}

fn last_waker_frees_a_slot_for_the_next<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        let mut late = Vec::new();
        for round in 0..4 {
            // As many slots as there are wakers of the dead are not to be had.
            for _ in 0..3 {
                let gate = Gate::default();
                way.spawn(&executor, gate.clone());
                executor.step();
                late.push((gate.waker(), gate.waker()));
                gate.open();
                executor.step();
            }
            if round % 2 == 1 {
                for (by_value, dropped) in late.drain(..) {
                    by_value.wake_by_ref();
                    drop(dropped);
                    by_value.wake();
                }
            }
        }
        assert_eq!(executor.alive(), 0);
    }
}

fn last_waker_is_dropped_with_its_own_future<R: Recorder>(executor: Executor<R>) {
    for (forgotten, way) in WAYS.into_iter().enumerate() {
        way.spawn(&executor, async {
            let waker = own_waker().await;
            let _guard = Guard::new(move || {
                waker.wake_by_ref();
                drop(waker.clone());
                waker.wake();
            });
            yield_now().await;
        });
        while executor.step().is_some() {}
        assert_eq!(executor.alive(), forgotten);
        // And where nothing was ever awaited again.
        way.spawn(&executor, async {
            let _waker = own_waker().await;
            std::future::pending::<()>().await;
        });
        executor.step();
    }
    assert_eq!(executor.alive(), 2);
    drop(executor);
}

fn wakes_by_a_future_that_is_dropped<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        let gate = Gate::default();
        let (other, log) = (gate.clone(), Log::default());
        let noted = log.guard(1);
        way.spawn(&executor, gate.clone());
        way.spawn(&executor, async move {
            let _noted = noted;
            let own = own_waker().await;
            let _guard = Guard::new(move || {
                other.open();
                own.wake();
            });
        });
        while executor.step().is_some() {}
        assert_eq!((executor.alive(), gate.polls(), log.take()), (0, 2, vec![1]));
    }
}

fn wakers_are_counted_in_thousands<R: Recorder>(executor: Executor<R>) {
    let many = if cfg!(miri) { 300 } else { 100_000 };
    for way in WAYS {
        let gate = Gate::default();
        way.spawn(&executor, gate.clone());
        executor.step();
        let wakers: Vec<_> = (0..many).map(|_| gate.waker()).collect();
        assert!(wakers.iter().all(|waker| waker.will_wake(&wakers[0])));
        wakers[many / 2].wake_by_ref();
        gate.unlock();
        executor.step();
        assert_eq!(executor.alive(), 0);
        drop(wakers);
        drop(gate.take());
        way.spawn(&executor, async {});
        executor.step();
    }
}

fn wake_by_one_that_replaces_it<R: Recorder>(executor: Executor<R>) {
    let (one, other) = (Gate::default(), Gate::default());
    executor.spawn_detached("one", one.clone());
    executor.spawn_detached("other", other.clone());
    executor.step();
    executor.step();
    let mut waker = one.waker();
    waker.clone_from(&other.waker());
    assert!(waker.will_wake(&other.waker()) && !waker.will_wake(&one.waker()));
    waker.wake();
    assert!(executor.step().is_some());
    assert_eq!(executor.step(), None);
    assert_eq!((one.polls(), other.polls()), (1, 2));
}

fn line_of_all_kinds_stays_in_order<R: Recorder>(executor: Executor<R>) {
    // Who yields, who is woken, who is spawned: each goes to the back when it happens, or after its poll.
    let log = Log::default();
    let gate = Gate::default();
    let (l, g) = (log.clone(), gate.clone());
    executor.spawn_detached("waits", async move {
        l.note(1);
        g.await;
        l.note(10);
    });
    let (l, g, e) = (log.clone(), gate.clone(), executor.clone());
    executor.spawn_detached("busy", async move {
        let own = own_waker().await;
        own.wake();
        g.open();
        let noted = l.clone();
        e.spawn_detached("child", async move { noted.note(11) });
        l.note(2);
        pause(|_| {}).await;
        l.note(12);
    });
    let l = log.clone();
    executor.spawn_detached("yields", async move {
        l.note(3);
        yield_now().await;
        l.note(13);
    });
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(log.take(), [1, 2, 3, 10, 11, 12, 13]);
    assert_eq!(executor.polls(), 7);
}
