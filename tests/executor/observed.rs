//! Futures that say something of themselves after each poll.

use super::support::{recorded, text};
use expect_test::expect;
use pollscope::executor::Executor;
use pollscope::prelude::{Future, log, spawn_as};
use pollscope::record::{Budget, MachineDef, Observation, ObservedField, StateDef, TraceRecorder};
use pollscope::trace::{Event, Role, TimeUnit};
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

struct Steps(u16);

impl Future for Steps {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0 += 1;
        cx.waker().wake_by_ref();
        if self.0 < 2 { Poll::Pending } else { Poll::Ready(()) }
    }
}

fn observe(steps: &Steps) -> Observation {
    log!("it is in state {}", steps.0);
    Observation { state: steps.0, ..Observation::default() }
}

thread_local! {
    /// What every byte of memory is, as a recorder reads it that is given [`peek`].
    static BYTE: Cell<u8> = const { Cell::new(0) };
}

fn peek(_address: usize, bytes: &mut [u8]) {
    bytes.fill(BYTE.get());
}

/// Waits in one state, while its bytes are these in its polls, and is ready then.
struct Bytes(&'static [u8]);

impl Future for Bytes {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some((&byte, left)) = self.0.split_first() else { return Poll::Ready(()) };
        self.0 = left;
        BYTE.set(byte);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The bytes of each snapshot that is shown, one of each being enough, by a future that says this of itself.
fn snapshots(observe: fn(&Bytes) -> Observation) -> Vec<(u32, Vec<u8>)> {
    BYTE.set(0);
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), Some(peek)));
    let states = vec![StateDef { name: "Waits".to_owned(), site: None }];
    let machine = executor.recorder().machine(&MachineDef { name: "Bytes", file: "observed.rs", states });
    drop(executor.spawn_machine("bytes", machine, Some(observe), Bytes(&[0, 0, 3, 3, 3, 5])));
    executor.run();
    let trace = executor.recorder().finish();
    let shown = (0..trace.len()).filter_map(|i| match trace.event(i) {
        Event::StateChanged { bytes, .. } => Some(bytes),
        _ => None,
    });
    let shown: Vec<_> = shown.collect();
    assert_eq!(trace.blobs.len(), 1 + shown.iter().filter(|b| b.0 > 0).map(|b| b.0).max().unwrap_or(0) as usize);
    shown.iter().map(|b| (b.0, trace.blobs[b.0 as usize].bytes[..1].to_vec())).collect()
}

#[test]
fn snapshot_is_taken_once_of_bytes_that_stay() {
    let observe = |_: &Bytes| Observation::default();
    // The first was taken when it was spawned.
    let seen = [(1, 0), (1, 0), (2, 3), (2, 3), (2, 3), (3, 5), (3, 5)];
    assert_eq!(snapshots(observe), seen.map(|(nth, byte)| (nth, vec![byte])));
}

#[test]
fn snapshot_of_a_future_whose_state_lies_elsewhere_is_what_it_hands_over() {
    let observe = |of: &Bytes| {
        let image = Some(vec![of.0.len() as u8; size_of::<Bytes>()]);
        Observation { image, ..Observation::default() }
    };
    let left = [(2, 5), (3, 4), (4, 3), (5, 2), (6, 1), (7, 0), (7, 0)];
    assert_eq!(snapshots(observe), left.map(|(nth, byte)| (nth, vec![byte])));
}

#[test]
fn future_in_a_memory_of_its_own_is_as_large_as_its_image_and_stands_at_its_own_lines() {
    let executor = recorded();
    let states = vec![StateDef { name: "Waits".to_owned(), site: None }];
    let machine = executor.recorder().machine(&MachineDef { name: "Bytes", file: "own.rs", states });
    let place = Rc::new(Cell::new((0, 0)));
    executor.recorder().stand_at("own.rs", place.clone());
    let observe = |of: &Bytes| {
        let field = ObservedField { name: "left".into(), address: 4104, size: 2, role: Role::Value };
        let image = Some(vec![of.0.len() as u8; 40]);
        Observation { image, address: Some(4096), fields: vec![field], ..Observation::default() }
    };
    drop(executor.spawn("spawns", async move {
        place.set((7, 3));
        drop(spawn_as("stands for another", Some((machine, observe)), Bytes(&[1])));
        place.set((8, 5));
        log!("spawned");
    }));
    executor.run();
    let trace = executor.recorder().finish();
    let task = &trace.tasks[1];
    assert_eq!((trace.name(task.name), task.size, task.address), ("stands for another", 40, 4096));
    let last = trace.blobs.last().expect("a snapshot");
    assert_eq!((last.bytes.len(), last.fields[0].offset, last.fields[0].size), (40, 8, 2));
    let logged = (0..trace.len()).find_map(|i| match trace.event(i) {
        Event::Logged { site, .. } => Some(trace.sites[usize::from(site.0)]),
        _ => None,
    });
    let site = logged.expect("a line");
    assert_eq!((trace.name(site.file), site.line, site.column), ("own.rs", 8, 5));
}

#[test]
fn future_may_log_while_it_is_observed() {
    let executor = recorded();
    let states = (0..3).map(|n| StateDef { name: format!("{n}"), site: None }).collect();
    let machine = executor.recorder().machine(&MachineDef { name: "Steps", file: "observed.rs", states });
    drop(executor.spawn_machine("steps", machine, Some(observe), Steps(0)));
    executor.run();
    expect![[r#"
        0  task 1 spawned by driver: steps
        0  task 1 enqueued
        0  task 1 poll 1
        0  task 1 woken by itself, during its poll
        0  task 1 log: it is in state 1
        0  task 1 state 0 -> 1
        0  task 1 Pending
        0  task 1 enqueued
        0  task 1 poll 2
        0  task 1 woken by itself, during its poll
        0  task 1 log: it is in state 2
        0  task 1 state 1 -> 2
        0  task 1 Ready
        0  task 1 dropped: Completed
        0  end
    "#]]
    .assert_eq(&text(&executor.recorder().finish()));
}
