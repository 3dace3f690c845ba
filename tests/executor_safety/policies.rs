//! Policies that are not FIFO: each task in line is theirs to choose, and no choice does harm.

use crate::support::{Gate, Log, recorder};
use pollscope::clock::VirtualClock;
use pollscope::executor::{Chosen, Executor, Lifo, Policy, Ready, Seeded, Until};
use pollscope::prelude::yield_now;
use pollscope::trace::event::End;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

fn bare<P: Policy>(policy: P) -> Executor<(), P> {
    Executor::with_policy((), Rc::new(VirtualClock::default()), policy)
}

/// The order of the polls of tasks 0 to `tasks`, which each yield once.
fn order<P: Policy>(policy: P, tasks: u32) -> Vec<u32> {
    fn run<R: pollscope::record::Recorder, P: Policy>(executor: Executor<R, P>, tasks: u32) -> Vec<u32> {
        let log = Log::default();
        for n in 0..tasks {
            let log = log.clone();
            executor.spawn_detached("yields", async move {
                log.note(n);
                yield_now().await;
                log.note(n);
            });
        }
        assert_eq!(executor.run(), End::Completed);
        log.take()
    }
    run(bare(policy), tasks)
}

#[test]
fn lifo_polls_the_last_that_came() {
    assert_eq!(order(Lifo, 3), [2, 2, 1, 1, 0, 0]);
    let executor = Executor::with_policy(recorder(), Rc::new(VirtualClock::default()), Lifo);
    let log = Log::default();
    for n in 0..3 {
        let log = log.clone();
        executor.spawn_detached("notes", async move { log.note(n) });
    }
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(log.take(), [2, 1, 0]);
}

#[test]
fn seeded_makes_the_same_choices_with_the_same_seed() {
    let orders: Vec<_> = (0..8).map(|seed| order(Seeded::new(seed), 6)).collect();
    for (seed, of_seed) in (0..).zip(&orders) {
        assert_eq!(*of_seed, order(Seeded::new(seed), 6));
        let mut sorted = of_seed.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }
    assert!(orders.iter().any(|of_seed| *of_seed != orders[0]), "seeds differ");
}

#[test]
fn chosen_takes_the_places_it_is_given() {
    assert_eq!(order(Chosen(|_: Ready<'_>| 0), 3), [0, 1, 2, 0, 1, 2], "FIFO");
    assert_eq!(order(Chosen(|ready: Ready<'_>| ready.count() - 1), 3), [2, 2, 1, 1, 0, 0], "LIFO");
    assert_eq!(order(Chosen(|_: Ready<'_>| 1), 3), [1, 2, 1, 2, 0, 0]);
    assert_eq!(order(Chosen(|_: Ready<'_>| usize::MAX), 3), [2, 2, 1, 1, 0, 0], "past the end is the last");
}

#[test]
fn chosen_is_asked_only_where_there_is_a_choice() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let a = asked.clone();
    let policy = Chosen(move |ready: Ready<'_>| {
        a.borrow_mut().push((0..ready.count()).map(|i| ready.task(i)).collect::<Vec<_>>());
        0
    });
    let executor = bare(policy);
    let ids: Vec<_> = (0..3).map(|_| executor.spawn("once", async {}).id()).collect();
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(*asked.borrow(), [ids.clone(), ids[1..].to_vec()]);
}

#[test]
fn cancels_between_choices() {
    // In the line, among those that were taken from it, and all of them.
    let executor = bare(Lifo);
    let log = Log::default();
    let spawn = |n| {
        let (l, guard) = (log.clone(), log.guard(10 + n));
        executor.spawn("to be cancelled", async move {
            let _guard = guard;
            l.note(n);
            yield_now().await;
            std::future::pending::<()>().await;
        })
    };
    let [a, b, c] = [0, 1, 2].map(spawn);
    assert_eq!(executor.step(), Some(c.id()));
    assert!(executor.cancel(a.id()), "among those that were taken from the line");
    assert!(executor.cancel(c.id()), "in the line, by its own wake");
    let d = spawn(3);
    assert!(executor.cancel(d.id()), "never polled");
    assert_eq!(executor.step(), Some(b.id()));
    assert!(executor.cancel(b.id()));
    assert_eq!((executor.step(), executor.run()), (None, End::Completed));
    assert_eq!(log.take(), [2, 10, 12, 13, 1, 11]);
}

#[test]
fn cancels_by_a_task_that_was_chosen() {
    let executor = bare(Chosen(|ready: Ready<'_>| ready.count() / 2));
    let ids = Rc::new(Cell::new([pollscope::trace::ids::TaskId::NONE; 3]));
    let (e, known, log) = (executor.clone(), ids.clone(), Log::default());
    let [a, c] = [1, 3].map(|n| executor.spawn("cancelled", crate::support::holding(log.guard(n))));
    let b = executor.spawn("cancels", async move {
        for id in known.get() {
            assert!(e.cancel(id));
        }
        yield_now().await;
    });
    ids.set([c.id(), a.id(), b.id()]);
    // Of three the middle one is no canceller; of two the last one is.
    assert_eq!(executor.step(), Some(c.id()));
    assert_eq!(executor.step(), Some(b.id()));
    assert_eq!((log.take(), executor.run()), (vec![3, 1], End::Completed));
}

#[test]
fn drop_with_tasks_that_were_taken_from_the_line() {
    let executor = bare(Lifo);
    let gates: Vec<_> = (0..4).map(|_| Gate::default()).collect();
    for gate in &gates {
        drop(executor.spawn("waits", gate.clone()));
    }
    executor.drive(Until::Idle, u32::MAX);
    gates.iter().for_each(|gate| gate.waker().wake());
    executor.step();
    let late: Vec<_> = gates.iter().map(Gate::waker).collect();
    drop(executor);
    late.into_iter().for_each(std::task::Waker::wake);
    gates.iter().for_each(|gate| drop(gate.take()));
}
