//! Wakers on other threads, while the executor runs, while it goes, and after.

use crate::support::{Gate, Log, WAYS, Way, both};
use pollscope::executor::{Executor, Until};
use pollscope::prelude::yield_now;
use pollscope::record::Recorder;
use pollscope::trace::event::End;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::task::{Poll, Waker};
use std::thread;

both!(
    wakes_from_threads_are_seen,
    wakers_are_cloned_and_dropped_while_the_executor_runs,
    last_wakers_are_dropped_elsewhere,
    last_wakers_are_dropped_elsewhere_while_the_executor_goes,
    wakers_go_round_after_the_executor,
    wakes_of_one_that_is_cancelled_meanwhile,
    slots_are_used_again_while_others_wake,
    last_wakers_in_the_inbox_go_with_the_executor,
);

const THREADS: usize = 3;
const ROUNDS: u32 = if cfg!(miri) { 8 } else { 2_000 };

/// What a thread does with a waker, again and again.
fn torment(waker: &Waker, round: u32) {
    match round % 4 {
        0 => waker.wake_by_ref(),
        1 => waker.clone().wake(),
        2 => drop(waker.clone()),
        _ => {
            let other = waker.clone();
            other.wake_by_ref();
            assert!(other.will_wake(waker));
        }
    }
}

fn wakes_from_threads_are_seen<R: Recorder>(executor: Executor<R>) {
    // Each round the task leaves its waker and waits for a thread to use it up.
    for way in WAYS {
        let (sender, receiver) = mpsc::channel::<(Waker, Arc<AtomicBool>)>();
        let waking = thread::spawn(move || {
            for (round, (waker, done)) in receiver.into_iter().enumerate() {
                done.store(true, Ordering::Release);
                if round % 2 == 0 { waker.wake() } else { waker.wake_by_ref() }
            }
        });
        way.spawn(&executor, async move {
            for _ in 0..ROUNDS {
                let done = Arc::new(AtomicBool::new(false));
                let mut asked = false;
                std::future::poll_fn(|cx| {
                    if !std::mem::replace(&mut asked, true) {
                        sender.send((cx.waker().clone(), done.clone())).expect("the thread listens");
                    }
                    if done.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
                })
                .await;
            }
        });
        while executor.alive() > 0 {
            executor.drive(Until::Idle, u32::MAX);
            thread::yield_now();
        }
        waking.join().expect("waking does not panic");
    }
    assert_eq!(executor.run(), End::Completed);
}

fn wakers_are_cloned_and_dropped_while_the_executor_runs<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        let gate = Gate::default();
        way.spawn(&executor, gate.clone());
        executor.step();
        let left = Arc::new(AtomicU32::new(THREADS as u32));
        let threads: Vec<_> = (0..THREADS as u32)
            .map(|n| {
                let (waker, left) = (gate.waker(), left.clone());
                thread::spawn(move || {
                    (0..ROUNDS).for_each(|round| torment(&waker, round + n));
                    waker.wake();
                    left.fetch_sub(1, Ordering::Release);
                })
            })
            .collect();
        let mut own = 0;
        while left.load(Ordering::Acquire) > 0 {
            torment(&gate.waker(), own);
            own += 1;
            executor.drive(Until::Idle, 10);
        }
        threads.into_iter().for_each(|thread| thread.join().expect("nothing panics"));
        gate.open();
        executor.drive(Until::Idle, u32::MAX);
        assert_eq!(executor.alive(), 0, "{way:?}");
    }
}

fn last_wakers_are_dropped_elsewhere<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        for round in 0..ROUNDS / 4 {
            let gate = Gate::default();
            way.spawn(&executor, gate.clone());
            executor.step();
            let (one, other) = (gate.waker(), gate.waker());
            let by_value = round % 2 == 0;
            let threads =
                [one, other].map(|waker| thread::spawn(move || if by_value { waker.wake() } else { drop(waker) }));
            gate.unlock();
            gate.take().wake();
            // It may be polled twice where a wake comes between.
            executor.drive(Until::Idle, u32::MAX);
            threads.into_iter().for_each(|thread| thread.join().expect("nothing panics"));
            way.spawn(&executor, yield_now());
            executor.drive(Until::Idle, u32::MAX);
            assert_eq!(executor.alive(), 0);
        }
    }
}

fn last_wakers_are_dropped_elsewhere_while_the_executor_goes<R: Recorder>(executor: Executor<R>) {
    let mut threads = Vec::new();
    let start = Arc::new(Barrier::new(THREADS + 1));
    let gates: Vec<_> = (0..ROUNDS / 4).map(|_| Gate::default()).collect();
    for (i, gate) in gates.iter().enumerate() {
        WAYS[i % 2].spawn(&executor, gate.clone());
    }
    executor.drive(Until::Idle, u32::MAX);
    for n in 0..THREADS {
        let (wakers, start) = (gates.iter().map(Gate::waker).collect::<Vec<_>>(), start.clone());
        threads.push(thread::spawn(move || {
            start.wait();
            for (round, waker) in (n as u32..).zip(wakers) {
                torment(&waker, round);
                if round % 3 == 0 { waker.wake() } else { drop(waker) }
            }
        }));
    }
    // Some are done when it goes, with wakers elsewhere.
    gates.iter().step_by(5).for_each(Gate::open);
    executor.drive(Until::Idle, u32::MAX);
    start.wait();
    drop(executor);
    drop(gates);
    threads.into_iter().for_each(|thread| thread.join().expect("nothing panics"));
}

fn wakers_go_round_after_the_executor<R: Recorder>(executor: Executor<R>) {
    let gates: Vec<_> = (0..20).map(|_| Gate::default()).collect();
    for (i, gate) in gates.iter().enumerate() {
        WAYS[i % 2].spawn(&executor, gate.clone());
        executor.step();
    }
    let wakers: Vec<_> = gates.iter().map(Gate::waker).collect();
    // One in the inbox, one in line.
    let other = wakers[7].clone();
    thread::spawn(move || other.wake()).join().expect("nothing panics");
    wakers[8].wake_by_ref();
    drop(executor);
    let shared = Arc::new(Mutex::new(wakers));
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let shared = shared.clone();
            thread::spawn(move || {
                loop {
                    let Some(waker) = shared.lock().expect("nobody panics").pop() else { break };
                    (0..4).for_each(|round| torment(&waker, round));
                    waker.wake();
                }
            })
        })
        .collect();
    // The last waker of some goes here, of the others there.
    gates.iter().for_each(|gate| gate.take().wake());
    threads.into_iter().for_each(|thread| thread.join().expect("nothing panics"));
}

fn wakes_of_one_that_is_cancelled_meanwhile<R: Recorder>(executor: Executor<R>) {
    for _ in 0..ROUNDS / 4 {
        let gate = Gate::default();
        let handle = executor.spawn("waits", gate.clone());
        executor.step();
        let waker = gate.waker();
        let waking = thread::spawn(move || {
            waker.wake_by_ref();
            waker.clone().wake();
        });
        executor.step();
        assert!(executor.cancel(handle.id()));
        waking.join().expect("nothing panics");
        drop(gate);
        assert_eq!((executor.step(), executor.alive()), (None, 0));
    }
}

fn slots_are_used_again_while_others_wake<R: Recorder>(executor: Executor<R>) {
    // Old wakers are used and dropped elsewhere while their tasks end and others take the places that are free.
    let (sender, receiver) = mpsc::channel::<Waker>();
    let waking = thread::spawn(move || {
        for (round, waker) in (0..).zip(receiver) {
            torment(&waker, round);
            if round % 2 == 0 { waker.wake() } else { drop(waker) }
        }
    });
    for round in 0..ROUNDS {
        let gate = Gate::default();
        Way::Detached.spawn(&executor, gate.clone());
        executor.drive(Until::Idle, u32::MAX);
        sender.send(gate.waker()).expect("the thread listens");
        if round % 3 == 0 {
            sender.send(gate.waker()).expect("the thread listens");
        }
        gate.open();
        executor.drive(Until::Idle, u32::MAX);
        assert_eq!(executor.alive(), 0);
    }
    drop(sender);
    waking.join().expect("nothing panics");
    executor.drive(Until::Idle, u32::MAX);
}

fn last_wakers_in_the_inbox_go_with_the_executor<R: Recorder>(executor: Executor<R>) {
    // Nothing but a wake that nobody saw, or a drop that nobody saw of one who is done, keeps their slots.
    let log = Log::default();
    let gates: Vec<_> = (0..4)
        .map(|n| {
            let (gate, guard) = (Gate::default(), log.guard(n));
            let held = gate.clone();
            WAYS[n as usize % 2].spawn(&executor, async move {
                let _guard = guard;
                held.await;
            });
            executor.step();
            gate
        })
        .collect();
    let dropped = [gates[2].waker(), gates[3].waker()];
    gates[2..].iter().for_each(Gate::open);
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!((log.take(), executor.alive()), (vec![2, 3], 2));
    let woken = [gates[0].take(), gates[1].take()];
    thread::spawn(move || {
        woken.into_iter().for_each(Waker::wake);
        drop(dropped);
    })
    .join()
    .expect("nothing panics");
    drop(executor);
    assert_eq!(log.take(), [0, 1]);
}

/// Two bare wakers, the last of a page with one slot, are dropped on two threads when the executor is gone. The one that is
/// not the last reads the page's head before: that must have happened when the page is freed.
#[test]
fn last_wakers_of_a_page_race_for_it() {
    for _ in 0..if cfg!(miri) { 20 } else { 1_000 } {
        let executor = Executor::new(());
        let gate = Gate::default();
        let large = [0_u8; 2_000];
        let held = gate.clone();
        executor.spawn_detached("large", async move {
            let large = large;
            held.await;
            assert_eq!(large[0], 0);
        });
        executor.step();
        let (one, other) = (gate.waker(), gate.take());
        drop(executor);
        let start = Arc::new(Barrier::new(2));
        let threads = [one, other].map(|waker| {
            let start = start.clone();
            thread::spawn(move || {
                start.wait();
                drop(waker);
            })
        });
        threads.into_iter().for_each(|thread| thread.join().expect("nothing panics"));
    }
}
