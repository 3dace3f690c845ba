//! The wall: its timer wheel against a model that is obviously right, and its futures as they run.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::wall::states::{self, LONG, RECENT, States, Tally};
use pollscope::scenario::wall::wheel::{SLOTS, Wheel};
use pollscope::scenario::wall::{Doing, Wall};
use pollscope::scenario::{FieldError, Problem};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Wake, Waker};

#[derive(Default)]
struct Count(AtomicU32);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// What may happen to a wheel.
#[derive(Clone, Copy, Debug)]
enum Act {
    Set {
        timer: u32,
        ms: u32,
    },
    Cancel {
        timer: u32,
    },
    /// And after each of the first ones that fire, one is set or, for 0 ms, cancelled.
    Fire {
        after: u32,
        then: u32,
        ms: u32,
    },
}

const TIMERS: u32 = 12;

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let turn = SLOTS as u32;
    // Close by, about a turn away, and far away.
    let ms = move || prop_oneof![0..40u32, turn - 20..turn + 20, 0..3 * turn];
    let act = prop_oneof![
        4 => (0..TIMERS, ms()).prop_map(|(timer, ms)| Act::Set { timer, ms }),
        1 => (0..TIMERS).prop_map(|timer| Act::Cancel { timer }),
        2 => (ms(), 0..TIMERS, ms()).prop_map(|(after, then, ms)| Act::Fire { after, then, ms }),
    ];
    prop::collection::vec(act, 0..60)
}

proptest! {
    /// The model is a map from timer to its time.
    #[test]
    fn wheel_fires_what_a_map_of_times_says(acts in acts()) {
        let wakers: Vec<Arc<Count>> = (0..TIMERS).map(|_| Arc::default()).collect();
        let waker_of = |timer: u32| Waker::from(wakers[timer as usize].clone());
        let (mut wheel, mut model, mut now) = (Wheel::<()>::new(TIMERS), BTreeMap::new(), 0);
        let mut woken = [0; TIMERS as usize];
        for act in acts {
            match act {
                Act::Set { timer, ms } => {
                    let before = wheel.set(timer, ms, waker_of(timer));
                    prop_assert_eq!(before.is_some(), model.contains_key(&timer));
                    model.insert(timer, now + ms.max(1));
                }
                Act::Cancel { timer } => {
                    prop_assert_eq!(wheel.cancel(timer).is_some(), model.remove(&timer).is_some());
                }
                Act::Fire { after, then, ms } => {
                    now += after;
                    let mut more = 20;
                    while let Some((timer, waker)) = wheel.fire(now) {
                        // The first in time, at its time.
                        prop_assert_eq!(model.values().min(), Some(&wheel.now()));
                        prop_assert_eq!(model.remove(&timer), Some(wheel.now()));
                        waker.wake();
                        woken[timer as usize] += 1;
                        if more > 0 && ms > 0 {
                            wheel.set(then, ms, waker_of(then));
                            model.insert(then, wheel.now() + ms);
                        } else if more > 0 {
                            prop_assert_eq!(wheel.cancel(then).is_some(), model.remove(&then).is_some());
                        }
                        more -= i32::from(more > 0);
                    }
                    prop_assert!(model.values().all(|due| *due > now));
                    prop_assert_eq!(wheel.now(), now);
                }
            }
            prop_assert_eq!(wheel.set_timers() as usize, model.len());
            for timer in 0..TIMERS {
                prop_assert_eq!(wheel.due(timer), model.get(&timer).copied());
                // One in our hands, one with each timer that is set.
                let held = Arc::strong_count(&wakers[timer as usize]) - 1;
                prop_assert_eq!(held, usize::from(model.contains_key(&timer)));
            }
        }
        for (count, woken) in wakers.iter().zip(woken) {
            prop_assert_eq!(count.0.load(Ordering::Relaxed), woken);
        }
    }
}

#[test]
fn wheel_fires_what_is_set_while_it_fires_in_a_later_loop() {
    let mut wheel = Wheel::<()>::new(2);
    wheel.set(0, 5, Waker::noop().clone());
    assert_eq!(wheel.fire(5).map(|(timer, _)| timer), Some(0));
    wheel.set(0, 0, Waker::noop().clone());
    wheel.set(1, SLOTS as u32, Waker::noop().clone());
    assert!(wheel.fire(5).is_none());
    assert_eq!(wheel.fire(6).map(|(timer, _)| timer), Some(0));
    assert!(wheel.fire(SLOTS as u32 + 4).is_none());
    assert_eq!(wheel.fire(SLOTS as u32 + 5).map(|(timer, _)| timer), Some(1));
}

#[test]
fn wheel_holds_the_waker_it_is_given_last() {
    let (old, new) = (Arc::new(Count::default()), Arc::new(Count::default()));
    let mut wheel = Wheel::<()>::new(1);
    wheel.set(0, 1, old.clone().into());
    wheel.keep(0, &new.clone().into());
    let (_, waker) = wheel.fire(1).expect("it is due");
    waker.wake();
    assert_eq!((old.0.load(Ordering::Relaxed), new.0.load(Ordering::Relaxed)), (0, 1));
}

#[test]
fn states_never_take_an_old_poll_for_a_new_one() {
    let states = States::new(1000);
    (0..1000).for_each(|i| states.set_polled(i));
    for frame in 1..=1000u32 {
        states.next_frame();
        // One is polled in each frame; the others grow old.
        states.set_polled(frame % 7);
        let old = (7..1000).filter(|&i| states.get(i) == states::WAITING).count();
        if frame < u32::from(LONG) {
            assert_eq!(old, 0, "frame {frame}");
        } else if frame >= 2 * u32::from(LONG) {
            assert_eq!(old, 993, "frame {frame}");
        }
        let tally = states.tally();
        let polled = if frame < u32::from(RECENT) { 1000 } else { 7 };
        assert_eq!(tally, Tally { polled, waiting: 1000 - polled, ..Tally::default() }, "frame {frame}");
    }
}

fn wall(given: &[(&str, &str)]) -> Wall {
    let mut wall = Wall::new(given).expect("good parameters");
    assert_eq!(wall.spawn(u32::MAX), wall.places());
    wall
}

fn frame(wall: &Wall, now: u32) -> (u32, u32) {
    (wall.fire(now), wall.poll(u32::MAX))
}

#[test]
fn future_is_polled_once_to_begin_and_once_for_each_timer() {
    for pattern in ["ripples", "wave", "rows", "rain"] {
        let wall = wall(&[("futures", "5000"), ("pattern", pattern), ("mean", "400")]);
        assert_eq!(wall.tally(), Tally { spawned: 5000, ..Tally::default() });
        assert_eq!(frame(&wall, 0), (0, 5000), "{pattern}: each is polled once, and sets its timer");
        let mut fired = 0;
        for now in (16..8000).step_by(16) {
            let (woken, polled) = frame(&wall, now);
            assert_eq!(woken, polled, "{pattern}: who is woken is polled, and nobody else");
            fired += u64::from(woken);
        }
        let counts = wall.counts();
        assert_eq!((wall.polls(), counts.fired, counts.wasted), (5000 + fired, fired, 0), "{pattern}");
        // 8 s of a mean wait of 0.4 s.
        let waits = fired as f64 / 5000.0;
        assert!((18.0..22.0).contains(&waits), "{pattern}: {waits} waits each");
        assert_eq!(wall.alive(), 5000);
    }
}

#[test]
fn future_waits_for_the_timer_it_says() {
    let wall = wall(&[("futures", "100"), ("mean", "500")]);
    let described = |i| wall.describe(i).expect("it is there");
    assert_eq!((described(7).doing, described(7).polls, described(7).due), (Doing::Spawned, 0, None));
    frame(&wall, 0);
    let due = described(7).due.expect("it waits");
    assert_eq!((described(7).doing, described(7).since, described(7).polls), (Doing::Pending, 0, 1));
    wall.fire(due - 1);
    assert_eq!(described(7).doing, Doing::Pending);
    wall.fire(due);
    assert_eq!((described(7).doing, described(7).since, described(7).due), (Doing::Ready, due, None));
    assert_eq!(wall.states()[7].get(), states::READY);
    wall.poll(u32::MAX);
    assert_eq!((described(7).doing, described(7).since, described(7).polls), (Doing::Pending, due, 2));
    assert_eq!(wall.states()[7].get(), states::POLLED | wall.frame());
    assert_eq!(wall.describe(100), None);
}

#[test]
fn future_that_ends_is_done_and_its_task_is_gone() {
    let wall = wall(&[("futures", "1000"), ("ends", "three"), ("mean", "100")]);
    (0..4000).step_by(16).for_each(|now| {
        frame(&wall, now);
    });
    assert_eq!((wall.alive(), wall.polls()), (0, 4000));
    assert_eq!(wall.tally(), Tally { done: 1000, ..Tally::default() });
}

#[test]
fn polls_that_are_used_up_leave_the_others_ready() {
    let wall = wall(&[("futures", "1000")]);
    assert_eq!(wall.poll(300), 300);
    assert_eq!(wall.tally(), Tally { spawned: 700, polled: 300, ..Tally::default() });
    assert_eq!(wall.poll(1000), 700);
    assert_eq!(wall.poll(1000), 0);
}

#[test]
fn wall_is_spawned_in_slices_and_may_stay_a_part() {
    let mut wall = Wall::new(&[("futures", "1000")]).expect("good");
    assert_eq!((wall.spawn(300), wall.alive(), wall.places()), (300, 300, 1000));
    frame(&wall, 0);
    assert_eq!(wall.tally().polled, 300);
    assert_eq!(wall.describe(300).map(|described| described.doing), Some(Doing::Unspawned));
    assert_eq!(wall.spawn(300), 600);
    drop(wall);
}

#[test]
fn wall_refuses_what_its_form_refuses() {
    let Err(Problem::Fields { errors }) = Wall::new(&[("futures", "1000001"), ("pattern", "stripes")]) else {
        panic!("two fields are wrong");
    };
    assert_eq!(errors.iter().map(FieldError::field).collect::<Vec<_>>(), ["futures", "pattern"]);
}

#[test]
fn wall_is_the_same_for_the_same_seed() {
    let states = |seed| {
        let wall = wall(&[("futures", "3000"), ("seed", seed)]);
        (0..3000).step_by(16).for_each(|now| {
            frame(&wall, now);
        });
        wall.states().iter().map(|s| s.get()).collect::<Vec<_>>()
    };
    assert_eq!(states("1"), states("1"));
    assert_ne!(states("1"), states("2"));
}

#[test]
fn wake_before_its_time_polls_that_one_alone_and_ends_no_wait() {
    let wall = wall(&[("futures", "1000"), ("ends", "one"), ("mean", "500")]);
    frame(&wall, 0);
    let due = wall.describe(7).and_then(|described| described.due).expect("it waits");
    assert!(wall.wake(7));
    assert!(wall.wake(7), "again before its poll: it is polled once");
    let ready = wall.describe(7).expect("there");
    assert_eq!((ready.doing, ready.since, ready.due, ready.polls), (Doing::Ready, 0, Some(due), 1));
    assert_eq!((wall.poll(u32::MAX), wall.counts().wasted), (1, 1));
    let asleep = wall.describe(7).expect("there");
    assert_eq!((asleep.doing, asleep.due, asleep.polls), (Doing::Pending, Some(due), 2));
    assert_eq!(wall.states()[7].get(), states::POLLED | wall.frame());
    // Its timer wakes it as it would have.
    wall.fire(due - 1);
    assert_eq!(wall.describe(7).map(|described| described.doing), Some(Doing::Pending));
    (due..due + 4000).step_by(16).for_each(|now| {
        frame(&wall, now);
    });
    assert_eq!((wall.alive(), wall.polls()), (0, 2001), "one wait each, and one poll more");
    // What is done, and what is not there, has nothing to wake.
    assert!(!wall.wake(7) && !wall.wake(1000) && !wall.wake(u32::MAX));
}
