//! Many threads that poll and wake at once: what the order promises.

use super::read;
use pollscope::trace::event::{Outcome, WakeEffect};
use pollscope::trace::{Event, TaskKind, Trace};
use pollscope::watch::Watch;
use tokio::sync::mpsc;

/// Wakes without number, between the tasks of a pool of threads and threads outside of it.
fn storm() -> Trace {
    let recording = Watch::new("a storm");
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).build().expect("threads can be started");
    let (send, mut received) = mpsc::unbounded_channel::<u32>();
    for _ in 0..8 {
        let send = send.clone();
        runtime.spawn(recording.watch("sender", async move {
            for value in 0..40 {
                let _ = send.send(value);
                tokio::task::yield_now().await;
            }
        }));
    }
    std::thread::scope(|scope| {
        for send in [send.clone(), send] {
            scope.spawn(move || (0..40).for_each(|value| send.send(value).expect("it is received")));
        }
        let sum = recording.watch("receiver", async move {
            let mut sum = 0;
            while let Some(value) = received.recv().await {
                sum += value;
            }
            sum
        });
        assert_eq!(runtime.block_on(sum), 10 * 780);
    });
    drop(runtime);
    read(&recording.finish())
}

#[test]
fn wakes_stand_before_the_polls_that_they_lead_to() {
    let trace = storm();
    let mut woken = vec![0; trace.tasks.len() + 1];
    let mut open = vec![false; trace.tasks.len() + 1];
    for i in 0..trace.len() {
        match trace.event(i) {
            Event::Spawned { task } => woken[task.index()] = 1,
            Event::Woken { task, effect: WakeEffect::Queued | WakeEffect::DuringPoll, .. } => woken[task.index()] = 1,
            Event::PollStarted { task, .. } => {
                // tokio polls a task for its wakes alone; but `block_on` at once after its thread was unparked.
                assert!(woken[task.index()] == 1 || trace.task_name(task) == "receiver", "event {i}");
                assert!(!std::mem::replace(&mut open[task.index()], true), "event {i}");
                woken[task.index()] = 0;
            }
            Event::PollEnded { task, outcome, .. } => {
                assert_ne!(outcome, Outcome::Panicked);
                open[task.index()] = false;
            }
            _ => {}
        }
    }
    assert!(!open.contains(&true));
}

#[test]
fn on_a_lane_of_its_own_each_thread_does_one_thing_at_a_time() {
    let trace = storm();
    let lanes: Vec<bool> = trace.tasks.iter().map(|task| task.kind == TaskKind::Callbacks).collect();
    let mut calls = vec![0; trace.tasks.len() + 1];
    for i in 0..trace.len() {
        match trace.event(i) {
            Event::CallStarted { task, .. } => calls[task.index()] += 1,
            Event::CallEnded { task } => calls[task.index()] -= 1,
            _ => {}
        }
        assert!(calls.iter().all(|&open| (0..=1).contains(&open)), "event {i}");
    }
    // At least the main thread, which polls the receiver, and one of the pool.
    assert!(lanes.iter().filter(|&&lane| lane).count() >= 2);
}
