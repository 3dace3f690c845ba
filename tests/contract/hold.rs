//! The ordering contract of events, as something that can be asked of a trace.

use pollscope::trace::event::{Change, DropReason, End, Outcome, WakeEffect};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Event, Kind, SourceKind, TaskKind, Trace};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    Idle,
    Queued,
    Running,
    Over,
}

/// Panics at the first event that breaks the contract, naming it. `fifo`: whether the front of the queue has its turn,
/// unless a person says otherwise.
pub(crate) fn hold(trace: &Trace, fifo: bool) {
    let mut lives: BTreeMap<TaskId, Life> = BTreeMap::new();
    let mut queue: Vec<TaskId> = Vec::new();
    let mut timers: BTreeMap<u32, bool> = BTreeMap::new();
    let mut dropped: BTreeSet<TaskId> = BTreeSet::new();
    let (mut running, mut depth, mut time, mut expected_next) = (None, 0u32, 0, None);
    for i in 0..trace.len() {
        let (now, event, kind) = (trace.time(i), trace.event(i), trace.columns.kind(i));
        let here = || format!("event {i}: {event:?}\n{}", trace.to_text());
        assert!(now >= time, "time goes back at {}", here());
        assert!(now == time || kind == Kind::ClockAdvanced, "time moves at {}", here());
        time = now;
        // A budget may be met between the two.
        if let Some(expected) = expected_next.take().filter(|_| kind != Kind::Ended) {
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
                assert_eq!(running, None, "polls nest at {}", here());
                let place = queue.iter().position(|&t| t == task).unwrap_or_else(|| panic!("not ready at {}", here()));
                let next = Event::Changed { change: Change::Next, task, timer: Default::default() };
                let is_preferred = i > 0 && trace.event(i - 1) == next;
                assert!(place == 0 || !fifo || is_preferred, "not the queue's front at {}", here());
                queue.remove(place);
                lives.insert(task, Life::Running);
                running = Some(task);
                depth = 0;
            }
            Event::PollEnded { task, outcome, .. } => {
                assert_eq!(running.take(), Some(task), "another poll ends at {}", here());
                assert!(depth == 0 || outcome == Outcome::Panicked, "a future is still entered at {}", here());
                lives.insert(task, if outcome == Outcome::Pending { Life::Idle } else { Life::Over });
                if outcome == Outcome::Ready {
                    expected_next = Some(Event::Dropped { task, reason: DropReason::Completed });
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
            Event::TimerFired { timer, task } => {
                assert_eq!(timers.insert(timer.0, false), Some(true), "fired though not set at {}", here());
                // A FuturesUnordered has wakers of its own, and wakes its task once for several of them.
                let has_others = trace.task_name(task) == "unordered";
                // A loop that asks the system again by level may be told nothing.
                let asks_again = trace.sources.iter().any(|source| source.kind == SourceKind::Socket);
                let next = trace.columns.kind(i + 1);
                let is_caused = matches!(
                    next,
                    Kind::Woken | Kind::WakeLost | Kind::CallStarted | Kind::Signalled | Kind::Turned | Kind::Ended
                );
                assert!(is_caused || has_others || asks_again, "fired for nothing at {}", here());
                let is_forced = i > 0
                    && matches!(trace.event(i - 1), Event::Changed { change: Change::Fire, timer: t, .. } if t == timer);
                assert!(is_forced || trace.timers[timer.0 as usize - 1] <= now, "fired early at {}", here());
            }
            Event::TimerCancelled { timer, .. } => {
                assert_eq!(timers.insert(timer.0, false), Some(true), "cancelled though not set at {}", here());
            }
            Event::Dropped { task, reason } => {
                queue.retain(|&t| t != task);
                let before = lives.insert(task, Life::Over);
                assert_ne!(
                    reason == DropReason::Completed,
                    before != Some(Life::Over),
                    "dropped as it did not end at {}",
                    here()
                );
                assert!(dropped.insert(task), "dropped twice at {}", here());
            }
            Event::FoundEmpty { task, .. } | Event::PolledAgain { task, .. } => {
                assert_eq!(running, Some(task), "outside of its poll at {}", here());
            }
            Event::Changed { change, .. } => {
                assert_eq!(running.is_some(), change == Change::Panic, "between two polls at {}", here());
            }
            Event::Ended { .. } => assert_eq!(i + 1, trace.len(), "the end is not last at {}", here()),
            _ => {}
        }
    }
    assert_eq!(trace.columns.kind(trace.len() - 1), Kind::Ended);
    let end = trace.event(trace.len() - 1);
    assert!(end != Event::Ended { end: End::Stopped }, "nobody stopped it");
    assert_eq!(Trace::read(&trace.write()).as_ref(), Ok(trace), "what was recorded can be read");
}
