//! Very many tasks, and that the memory that tasks took is used again or given back.

use crate::support::{WAYS, holding};
use pollscope::alloc::counts;
use pollscope::executor::{Executor, Progress, Until};
use pollscope::prelude::{sleep, yield_now};
use pollscope::trace::event::End;
use std::cell::Cell;
use std::rc::Rc;

#[test]
fn slots_are_used_again() {
    let executor = Executor::new(());
    let wave = || {
        for _ in 0..100 {
            executor.spawn_detached("short", yield_now());
        }
        assert_eq!(executor.drive(Until::Idle, u32::MAX), Progress::Reached);
    };
    wave();
    let before = counts();
    for _ in 0..if cfg!(miri) { 5 } else { 1000 } {
        wave();
    }
    assert_eq!(counts(), before, "no wave after the first allocates");
}

/// Spawns many that wait, and gives what has been allocated for it.
fn allocations_of(executor: &Executor, many: usize, gates: &Gates) -> u64 {
    let before = counts();
    for _ in 0..many {
        executor.spawn_detached("waits", gates.next());
    }
    executor.drive(Until::Idle, u32::MAX);
    counts().allocations - before.allocations
}

/// Futures that are ready once all are opened, and woken by nobody but themselves: each stays in line.
#[derive(Default)]
struct Gates(Rc<Cell<bool>>);

impl Gates {
    fn next(&self) -> impl Future<Output = ()> + use<> {
        let open = self.0.clone();
        async move {
            // So large that few of them make many pages.
            let large = [7; if cfg!(miri) { 200 } else { 5 }];
            while !open.get() {
                sleep_once().await;
            }
            assert_eq!(large[4], 7);
        }
    }
}

thread_local! {
    static WAITING: std::cell::RefCell<Vec<std::task::Waker>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Leaves its waker with the thread.
async fn sleep_once() {
    crate::support::pause(|waker| WAITING.with_borrow_mut(|waiting| waiting.push(waker.clone()))).await;
}

#[test]
fn memory_is_given_back_when_it_is_not_wanted() {
    let many: usize = if cfg!(miri) { 720 } else { 200_000 };
    let executor = Executor::new(());
    let gates = Gates::default();
    // The thread's own list is no business of the executor's.
    WAITING.with_borrow_mut(|waiting| waiting.reserve(many));
    let first = allocations_of(&executor, many, &gates);
    let smallest = (many * 2 * size_of::<usize>() / 8192) as u64;
    assert!(first > smallest, "a page is 8 KiB: {first} allocations for {many} tasks");
    // All stay: then all pages do.
    WAITING.take().into_iter().for_each(std::task::Waker::wake);
    WAITING.with_borrow_mut(|waiting| waiting.reserve(many));
    let before = counts();
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!((executor.alive(), counts()), (many, before));
    // They finish, and the executor runs on: the next ones need pages again, all but the few that are kept.
    gates.0.set(true);
    WAITING.take().into_iter().for_each(std::task::Waker::wake);
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!(executor.alive(), 0);
    executor.drive(Until::Idle, u32::MAX);
    gates.0.set(false);
    WAITING.with_borrow_mut(|waiting| waiting.reserve(many));
    let again = allocations_of(&executor, many, &gates);
    assert!(again + 32 > first && again <= first, "{again} allocations where there were {first} at first");
    // And now they are kept as long as they are wanted: by those whose wakers are alive, as well.
    gates.0.set(true);
    let late = WAITING.take();
    late.iter().for_each(std::task::Waker::wake_by_ref);
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!(executor.alive(), 0);
    executor.drive(Until::Idle, u32::MAX);
    late.iter().for_each(std::task::Waker::wake_by_ref);
    let (kept, mut dropped) = (late.len() / 2, late);
    let kept = dropped.split_off(kept);
    drop(dropped);
    executor.drive(Until::Idle, u32::MAX);
    drop(executor);
    kept.into_iter().for_each(std::task::Waker::wake);
}

/// Waits once, with so many bytes.
async fn large<const N: usize>() {
    let bytes = [1_u8; N];
    sleep_once().await;
    assert_eq!(bytes[N / 2], 1);
}

#[test]
fn page_of_a_large_task_goes_with_it() {
    let executor = Executor::new(());
    for way in WAYS {
        for _ in 0..10 {
            way.spawn(&executor, large::<20_000>());
        }
        executor.drive(Until::Idle, u32::MAX);
        assert!(executor.memory() > 200_000);
        WAITING.take().into_iter().for_each(std::task::Waker::wake);
        executor.drive(Until::Idle, u32::MAX);
        assert_eq!((executor.alive(), executor.memory()), (0, 0));
    }
    // Those that are cancelled in the run queue are no exception, and those that all end with the executor.
    let handle = executor.spawn("cancelled", large::<20_000>());
    assert!(executor.cancel(handle.id()));
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!(executor.memory(), 0);
    executor.spawn_detached("left", large::<20_000>());
    drop(executor);
}

#[test]
fn page_of_a_large_task_goes_with_its_last_waker() {
    let executor = Executor::new(());
    for way in WAYS {
        for _ in 0..10 {
            way.spawn(&executor, large::<20_000>());
        }
        executor.drive(Until::Idle, u32::MAX);
        let wakers = WAITING.take();
        wakers.iter().for_each(std::task::Waker::wake_by_ref);
        executor.drive(Until::Idle, u32::MAX);
        assert_eq!(executor.alive(), 0);
        assert!(executor.memory() > 200_000, "a waker keeps its slot");
        drop(wakers);
        assert_eq!(executor.memory(), 0);
    }
}

#[test]
fn pages_of_small_tasks_go_with_their_last_wakers() {
    // Also when the run is over, and nobody drives any more.
    let many = if cfg!(miri) { 1_200 } else { 30_000 };
    let executor = Executor::new(());
    for _ in 0..many {
        executor.spawn_detached("small", large::<300>());
    }
    executor.drive(Until::Idle, u32::MAX);
    let wakers = WAITING.take();
    wakers.iter().for_each(std::task::Waker::wake_by_ref);
    assert_eq!(executor.run(), End::Completed);
    let kept = executor.memory();
    assert!(kept > many * 300);
    drop(wakers);
    assert!(executor.memory() < kept / 2 + 10 * 8192, "{} of {kept}", executor.memory());
}

#[test]
fn memory_of_many_kinds_is_given_back() {
    // Pages of one kind are full of the living, of another half, of another empty.
    let executor = Executor::new(());
    let many = if cfg!(miri) { 900 } else { 90_000 };
    let half = Rc::new(Cell::new(false));
    for i in 0..many {
        let half = half.clone();
        match i % 9 {
            0 => executor.spawn_detached("stays", holding(i)),
            1 => executor.spawn_detached("stays or goes", async move {
                sleep(1).await;
                if i % 2 == 0 {
                    std::future::pending::<()>().await;
                }
                drop(half);
            }),
            2 => drop(executor.spawn("goes", async move { sleep(2).await })),
            _ => executor.spawn_detached("goes, and is large", async move {
                let large = [i; if cfg!(miri) { 200 } else { 9 }];
                sleep(2).await;
                assert_eq!(large[8], i);
                drop(half);
            }),
        }
    }
    executor.drive(Until::Time(5), u32::MAX);
    let stay = many / 9 + many / 18;
    assert_eq!(executor.alive(), stay);
    assert_eq!(Rc::strong_count(&half), 1 + many / 18);
    // Those that stay are there, and may be ended.
    for _ in 0..100 {
        executor.spawn_detached("new", yield_now());
    }
    assert_eq!(executor.run(), End::Deadlock(stay as u32));
    drop(executor);
    assert_eq!(Rc::strong_count(&half), 1);
}

#[test]
fn a_million_tasks() {
    let many: u32 = if cfg!(miri) { 300 } else { 1_000_000 };
    let executor = Executor::new(());
    let (open, drops) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(0)));
    struct Count(Rc<Cell<u32>>);
    impl Drop for Count {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    WAITING.with_borrow_mut(|waiting| waiting.reserve(many as usize));
    for _ in 0..many {
        let (open, count) = (open.clone(), Count(drops.clone()));
        executor.spawn_detached("one of a million", async move {
            sleep_once().await;
            assert!(open.get());
            drop(count);
        });
    }
    assert_eq!((executor.alive(), executor.polls()), (many as usize, 0));
    executor.drive(Until::Idle, u32::MAX);
    open.set(true);
    let mut wakers = WAITING.take();
    assert_eq!(wakers.len(), many as usize);
    // A third finishes, in another order; the others go with the executor.
    fastrand::Rng::with_seed(7).shuffle(&mut wakers);
    let third = many / 3;
    wakers.drain(..third as usize).for_each(std::task::Waker::wake);
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!((executor.alive() as u32, drops.get()), (many - third, third));
    assert_eq!(executor.polls(), u64::from(many + third));
    drop(executor);
    assert_eq!(drops.get(), many);
}
