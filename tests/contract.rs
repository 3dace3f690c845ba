//! The ordering contract of events, over every scenario and over random runs.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{Kind as Runs, Setup, scenarios};
use pollscope::trace::event::{DropReason, Outcome, WakeEffect};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Event, Kind, TaskKind, Trace};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    Idle,
    Queued,
    Running,
    Over,
}

/// Panics at the first event that breaks the contract, naming it.
fn hold(trace: &Trace) {
    let mut lives: BTreeMap<TaskId, Life> = BTreeMap::new();
    let mut queue: Vec<TaskId> = Vec::new();
    let mut timers: BTreeMap<u32, bool> = BTreeMap::new();
    let (mut running, mut depth, mut time, mut expected_next) = (None, 0u32, 0, None);
    for i in 0..trace.len() {
        let (now, event, kind) = (trace.time(i), trace.event(i), trace.columns.kind(i));
        let here = || format!("event {i}: {event:?}\n{}", trace.to_text());
        assert!(now >= time, "time goes back at {}", here());
        assert!(
            now == time || matches!(kind, Kind::ClockAdvanced | Kind::Model | Kind::Ended),
            "time moves at {}",
            here()
        );
        time = now;
        if let Some(expected) = expected_next.take() {
            assert_eq!(event, expected, "out of order at {}", here());
        }
        match event {
            Event::Spawned { task } => {
                assert_eq!(task.0 as usize, lives.len() + 1, "ids count up at {}", here());
                lives.insert(task, Life::Idle);
                if trace.task(task).expect("it stands in the table").kind == TaskKind::Future {
                    expected_next = Some(Event::Enqueued { task });
                }
            }
            Event::Enqueued { task } => {
                assert_eq!(lives.insert(task, Life::Queued), Some(Life::Idle), "enqueued twice at {}", here());
                queue.push(task);
            }
            Event::PollStarted { task, .. } => {
                assert_eq!((running, queue.remove(0)), (None, task), "not the queue's front at {}", here());
                lives.insert(task, Life::Running);
                running = Some(task);
                depth = 0;
            }
            Event::PollEnded { task, outcome, .. } => {
                assert_eq!(running.take(), Some(task), "another poll ends at {}", here());
                assert!(depth == 0 || outcome == Outcome::Panicked, "a future is still entered at {}", here());
                lives.insert(task, if outcome == Outcome::Pending { Life::Idle } else { Life::Over });
                if outcome == Outcome::Ready {
                    assert!(
                        (i + 1..trace.len())
                            .any(|j| trace.event(j) == Event::Dropped { task, reason: DropReason::Completed })
                    );
                }
            }
            Event::Entered { task, .. } => {
                assert_eq!(running, Some(task), "entered outside of a poll at {}", here());
                depth += 1;
            }
            Event::Exited { .. } => {
                depth = depth.checked_sub(1).unwrap_or_else(|| panic!("never entered at {}", here()))
            }
            Event::StateChanged { task, .. } => {
                assert_eq!(running, Some(task), "a state changes outside of its poll at {}", here());
                assert_eq!(
                    trace.columns.kind(i + 1),
                    Kind::PollEnded,
                    "not right before the end of the poll at {}",
                    here()
                );
            }
            Event::Woken { task, effect: WakeEffect::Queued, .. } => expected_next = Some(Event::Enqueued { task }),
            Event::TimerSet { timer, .. } => {
                assert_eq!(timers.insert(timer.0, true), None, "set twice at {}", here());
            }
            Event::TimerFired { timer, .. } => {
                assert_eq!(timers.insert(timer.0, false), Some(true), "fired though not set at {}", here());
                assert!(
                    matches!(trace.columns.kind(i + 1), Kind::Woken | Kind::CallStarted),
                    "fired for nothing at {}",
                    here()
                );
                assert_eq!(trace.deadline(timer).max(0.0) as u64, trace.timers[timer.0 as usize - 1]);
                assert!(trace.timers[timer.0 as usize - 1] <= now, "fired early at {}", here());
            }
            Event::TimerCancelled { timer, .. } => {
                assert_eq!(timers.insert(timer.0, false), Some(true), "cancelled though not set at {}", here());
            }
            Event::Ended { .. } => assert_eq!(i + 1, trace.len(), "the end is not last at {}", here()),
            _ => {}
        }
    }
    assert_eq!(trace.columns.kind(trace.len() - 1), Kind::Ended);
}

/// The text of a value for a property of a schema, picked by `n`.
fn pick(property: &serde_json::Value, n: u64, most: u64) -> String {
    match property["enum"].as_array() {
        Some(names) => names[n as usize % names.len()].as_str().expect("choices are names").to_owned(),
        None => {
            let (min, max) = (property["minimum"].as_u64().unwrap(), property["maximum"].as_u64().unwrap().min(most));
            (min + n % (max - min + 1)).to_string()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_runs_keep_the_contract(which in 0usize..100, numbers in prop::collection::vec(0u64..100_000, 16)) {
        let deterministic: Vec<_> = scenarios().iter().filter(|s| s.info().kind == Runs::Deterministic).collect();
        let scenario = deterministic[which % deterministic.len()];
        let schema = serde_json::to_value(scenario.info().schema).expect("plain data");
        let given: Vec<(String, String)> = schema["properties"].as_object().expect("it has properties").iter()
            .zip(&numbers).map(|((name, property), &n)| (name.clone(), pick(property, n, 60))).collect();
        // A cut line panics on purpose; the panic has a test of its own.
        let given: Vec<(&str, &str)> = given.iter().map(|(n, v)| (&**n, &**v)).filter(|(n, _)| *n != "line").collect();
        let run = || scenario.start(&given, Setup::default()).expect("picked within range").run();
        let trace = run();
        hold(&trace);
        prop_assert_eq!(run().to_text(), trace.to_text(), "a run is a pure function of what it is given");
    }
}
