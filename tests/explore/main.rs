//! Exploring schedules: planted faults are found, healthy programs come to one outcome, and what did not run is said.

#![cfg(not(target_arch = "wasm32"))]

mod enumerate;
mod program;
mod reduction;
mod scenarios;
#[cfg(not(any(loom, miri)))]
mod shuttled;

use pollscope::executor::Plan;
use pollscope::prelude::*;
use pollscope::runner::{Explore, Explored, Part, Search, Verdict};
use pollscope::scenario::{Job, Setup, checks, find};
use pollscope::trace::Kind;
use pollscope::view::Ending;
use std::cell::{Cell, RefCell};

type Program = fn() -> Pin<Box<dyn Future<Output = ()>>>;

fn explore_part(program: Program, budget: u32, part: Part) -> Explored {
    let search = Search { part, ..search(budget) };
    finish(Explore::of(move |setup| Ok(start(program, &setup)), Setup::default(), search, true))
}

fn explore(program: Program, budget: u32) -> Explored {
    explore_part(program, budget, Part::WHOLE)
}

fn search(budget: u32) -> Search {
    Search { budget, part: Part::WHOLE, lines_in_order: false }
}

fn finish(mut explore: Explore) -> Explored {
    loop {
        let explored = explore.advance(100).expect("good parameters");
        if explored.ended {
            return explored.clone();
        }
    }
}

fn start(program: Program, setup: &Setup) -> Job {
    let executor = setup.executor();
    drop(executor.spawn("main", program()));
    Job::of_tasks(executor)
}

/// Runs a program with the changes that an exploration names, and gives how it ended.
fn run_again(program: Program, changes: &str) -> String {
    let plan = Plan { changes: Plan::read_changes(changes).expect("they can be read"), ..Plan::default() };
    let trace = start(program, &Setup { plan, ..Setup::default() }).run();
    assert_eq!(trace.missed, 0, "each change is met");
    trace.to_text().lines().last().expect("it has an end").trim().to_owned()
}

/// Two tasks that take two mutexes in two orders, with nothing between that lets the other in, but for a turn.
fn two_mutexes() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {
        let (a, b) = (Rc::new(Mutex::new(())), Rc::new(Mutex::new(())));
        let (a2, b2) = (a.clone(), b.clone());
        let first = spawn(async move {
            let _a = a.lock().await;
            let _b = b.lock().await;
            log!("first");
        });
        let second = spawn(async move {
            let _b = b2.lock().await;
            yield_now().await;
            let _a = a2.lock().await;
            log!("second");
        });
        first.await;
        second.await;
    })
}

/// A flag and a waker, as somebody writes them who checks, waits, and only then leaves the waker.
#[derive(Default)]
struct Flag {
    is_set: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Flag {
    fn set(&self) {
        self.is_set.set(true);
        let waker = self.waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    async fn wait(&self) {
        if self.is_set.get() {
            return;
        }
        // Between the look and the waker others have their turn: too late for a flag that is set now.
        yield_now().await;
        let mut is_left = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut is_left, true) {
                return Poll::Ready(());
            }
            self.waker.replace(Some(cx.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

fn check_then_register() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {
        let flag = Rc::new(Flag::default());
        let other = flag.clone();
        let waits = spawn(async move {
            flag.wait().await;
            log!("set");
        });
        let sets = spawn(async move {
            yield_now().await;
            yield_now().await;
            other.set();
        });
        sets.await;
        waits.await;
    })
}

fn healthy() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {
        let tasks: Vec<_> = (0..3)
            .map(|i| {
                spawn(async move {
                    yield_now().await;
                    log!("{i}");
                })
            })
            .collect();
        for task in tasks {
            task.await;
        }
    })
}

#[test]
fn deadlock_of_two_mutexes_is_found_and_can_be_run_again() {
    let explored = explore(two_mutexes, 1000);
    assert_eq!(explored.outcomes[0].ending, Ending::Completed, "the queue's own order is harmless");
    let stuck = explored.outcomes.iter().find(|o| matches!(o.ending, Ending::Deadlock { .. })).expect("it is found");
    assert_eq!(stuck.deviations, 1, "{explored:?}");
    assert!(run_again(two_mutexes, &stuck.changes).contains("Deadlock"));
    assert!(run_again(two_mutexes, "").ends_with("end"));
}

#[test]
fn wake_between_the_look_and_the_waker_is_lost_under_some_schedule() {
    let explored = explore(check_then_register, 1000);
    assert_eq!(explored.outcomes[0].ending, Ending::Completed, "{explored:?}");
    let stuck = explored.outcomes.iter().find(|o| matches!(o.ending, Ending::Deadlock { .. })).expect("it is found");
    assert!(run_again(check_then_register, &stuck.changes).contains("Deadlock"));
}

/// Two tasks that write the same cell in each of four polls: no order can be left out.
fn tangled() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {
        let cell = Rc::new(Shared::new(0));
        let tasks = [1, 2].map(|n| {
            let cell = cell.clone();
            spawn(async move {
                for _ in 0..4 {
                    cell.set(cell.get() * 2 + n);
                    yield_now().await;
                }
            })
        });
        for task in tasks {
            task.await;
        }
        log!("{}", cell.get());
    })
}

#[test]
fn healthy_program_comes_to_one_outcome_under_every_schedule() {
    let explored = explore(healthy, 100_000);
    assert!(explored.every, "{explored:?}");
    assert_eq!(explored.left, 0);
    assert_eq!(explored.outcomes.len(), 1, "{explored:?}");
    assert_eq!(explored.outcomes[0].schedules, explored.schedules);
    assert_eq!(explored.orders, f64::from(explored.schedules));
    assert!(explored.schedules > 100, "{} schedules", explored.schedules);
}

#[test]
fn healthy_program_is_explored_whole_in_few_runs() {
    let every = explore(healthy, 100_000).schedules;
    let explored = explore(healthy, 40);
    assert!(explored.is_whole() && !explored.every, "{explored:?}");
    assert!(explored.classes < 20, "{} classes", explored.classes);
    assert_eq!(explored.outcomes.len(), 1, "{explored:?}");
    let about = explored.orders / f64::from(every);
    assert!((0.5..2.0).contains(&about), "about {} orders, where there are {every}", explored.orders);
}

#[test]
fn exploration_says_what_did_not_run() {
    let explored = explore(tangled, 10);
    assert_eq!((explored.schedules, explored.is_whole(), explored.ended), (10, false, true));
    assert_eq!(explored.deviations, 0, "of those with one poll out of turn not all have run");
    assert!(explored.left > 0);
}

#[test]
fn exploration_of_a_scenario_runs_what_the_page_runs() {
    let scenario = find("state-machine").expect("it is there");
    let given = [("callers", "2"), ("gap", "0"), ("spread", "0")];
    let explore = Explore::new("state-machine", &given, Setup::default(), search(50));
    let explored = finish(explore.expect("good parameters"));
    let plain = scenario.start(&given, Setup::default()).expect("good parameters").run();
    assert_eq!(explored.outcomes.len(), 1);
    let polls = (0..plain.len()).filter(|&i| plain.columns.kind(i) == Kind::PollStarted).count();
    assert_eq!(explored.outcomes[0].polls as usize, polls);
    assert!(Explore::new("state-machine", &[("callers", "0")], Setup::default(), search(1)).is_err());
}

#[test]
fn scenarios_have_no_schedule_that_is_stuck_unless_they_are_about_one() {
    for checks in checks().into_iter().filter(|checks| !checks.recorded.is_empty() && !checks.may_be_stuck) {
        let explore = Explore::new(checks.id, &[], Setup::default(), search(20));
        let explored = finish(explore.expect("good parameters"));
        assert!(explored.outcomes.iter().all(|o| o.ending == Ending::Completed), "{}: {explored:?}", checks.id);
    }
}

#[test]
fn parts_of_an_exploration_come_to_what_the_whole_comes_to() {
    for (program, verdict) in
        [(healthy as Program, Verdict::Same), (two_mutexes, Verdict::Stuck), (check_then_register, Verdict::Stuck)]
    {
        let whole = explore(program, 100_000);
        assert_eq!(whole.verdict, verdict, "{whole:?}");
        for of in [2, 3, 7] {
            let mut parts = (0..of).map(|nth| explore_part(program, 100_000, Part { nth, of }));
            let mut merged = parts.next().expect("there is a first part");
            parts.for_each(|part| merged.merge(part));
            // In which order outcomes are found, but for the first, depends on the parts; and they are found in both searches.
            let found = |explored: &Explored| {
                let mut found: Vec<_> =
                    explored.outcomes.iter().map(|o| (o.lines.clone(), o.deviations, o.polls)).collect();
                found[1..].sort();
                (found, explored.verdict, explored.every, explored.deviations, explored.left)
            };
            assert_eq!(found(&merged), found(&whole), "{of} parts");
            assert!(merged.reduced, "{merged:?}");
        }
    }
}

#[test]
fn part_that_meets_its_budget_says_so_for_all() {
    let parts = [0, 1].map(|nth| explore_part(tangled, 5, Part { nth, of: 2 }));
    let [mut merged, second] = parts;
    merged.merge(second);
    assert_eq!((merged.budget, merged.is_whole(), merged.ended), (10, false, true));
    assert!(merged.schedules <= 10 && merged.left > 0, "{merged:?}");
}
