//! `reactor`: three sockets and a timer in one table. A row needs to be ready and to have a waker; one task looks into its row and leaves
//! its waker there, in this order or in the other, with something else awaited between, and reads until there is nothing left, or once.
//!
//! Tasks, futures and executor are real, and so is the reactor. What is below it is a model: the data, the system's interface (epoll,
//! kqueue, io_uring), and its wait, which is the clock that jumps while no task is ready.

#[allow(missing_docs, unreachable_pub, private_interfaces)]
#[rustfmt::skip] // set for the width of the page's pane
mod epoll;
#[allow(missing_docs, unreachable_pub, private_interfaces)]
#[rustfmt::skip]
mod kqueue;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod leave_first;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod look_first;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod once;
#[allow(missing_docs, unreachable_pub, missing_debug_implementations)]
#[allow(clippy::module_inception, reason = "the file is shown, and named after what it is")]
#[rustfmt::skip]
mod reactor;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod ring;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod stream;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod system;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod tasks;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod until;

mod crates;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Crates, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::executor::running;
use crate::prelude::Rc;
use crate::trace::event::Outcome;
use crate::trace::{Event, Trace};
use epoll::{EPOLLET, EPOLLIN, Epoll};
use kqueue::{EV_ADD, EV_CLEAR, Kqueue};
use reactor::Reactor;
use ring::Ring;
use std::cell::RefCell;
use stream::Stream;
use system::{Selector, Wire};

params! {
    ReactorParams {
        waiting: [Waiting] = Waiting::LookFirst,
        reading: [Reading] = Reading::Until,
        trigger: [Trigger] = Trigger::Edge,
        data: (0..=60, "ms") = 12,
        between: (1..=30, "ms") = 20,
        interface: [Interface] = Interface::Epoll,
    }
    Waiting { LookFirst = "look_first", LeaveFirst = "leave_first" }
    Reading { Until = "until", Once = "once" }
    Trigger { Edge = "edge", Level = "level" }
    Interface { Epoll = "epoll", Kqueue = "kqueue", Ring = "io_uring" }
}

/// The task that the story is about.
const READER: &str = "reader";
/// What comes to each socket, in bytes, and when to the first of them, in ms.
const MESSAGE: usize = 1024;
const FIRST: u32 = 30;

/// The scenario.
pub(super) struct ReactorScenario;

impl Spec for ReactorScenario {
    type Params = ReactorParams;

    const ID: &'static str = "reactor";
    const PART: u8 = 7;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("x.report1");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Table;
    const MODULE: Module = Module::Ecosystem;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("look_first.rs", include_str!("look_first.rs")),
        file("leave_first.rs", include_str!("leave_first.rs")),
        file("until.rs", include_str!("until.rs")),
        file("once.rs", include_str!("once.rs")),
        file("tasks.rs", include_str!("tasks.rs")),
        file("stream.rs", include_str!("stream.rs")),
        file("reactor.rs", include_str!("reactor.rs")),
        file("epoll.rs", include_str!("epoll.rs")),
        file("kqueue.rs", include_str!("kqueue.rs")),
        file("ring.rs", include_str!("ring.rs")),
        file("system.rs", include_str!("system.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["look_first.rs"], &[("waiting", "look_first"), ("interface", "epoll")]),
        shown(&["look_first.rs"], &[("waiting", "look_first"), ("interface", "kqueue")]),
        shown(&["leave_first.rs"], &[("waiting", "leave_first"), ("interface", "epoll")]),
        shown(&["leave_first.rs"], &[("waiting", "leave_first"), ("interface", "kqueue")]),
        shown(&["once.rs"], &[("reading", "once"), ("interface", "epoll")]),
        shown(&["once.rs"], &[("reading", "once"), ("interface", "kqueue")]),
        shown(&["until.rs", "tasks.rs", "stream.rs", "reactor.rs", "epoll.rs"], &[("interface", "epoll")]),
        shown(&["until.rs", "tasks.rs", "stream.rs", "reactor.rs", "kqueue.rs"], &[("interface", "kqueue")]),
        shown(&["ring.rs"], &[("interface", "io_uring")]),
    ];
    const SUBJECT: &'static str = READER;
    const DECIDES: &'static str = "last held|drain of 3";
    const QUESTION: Question = Question { options: &["none", "one", "two"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("reactor", &[], "one"),
        Recorded::new("reactor-leave-first", &[("waiting", "leave_first")], "two"),
        Recorded::new("reactor-once", &[("waiting", "leave_first"), ("reading", "once")], "one"),
        Recorded::new("reactor-level", &[("trigger", "level"), ("interface", "kqueue")], "two"),
        Recorded::new("reactor-ring", &[("interface", "io_uring")], "two"),
    ];
    const FINDINGS: &'static [&'static str] =
        &["readiness_missed task 3 Told of socket 3, ready since 12 ms, 1024 bytes"];
    const CURES: &'static [Cure] = &[
        Cure { finding: "readiness_missed", fields: &[("waiting", "leave_first")] },
        Cure { finding: "read_too_little", fields: &[("reading", "until")] },
    ];
    const CRATES: Crates = crates::INTERFACES;
    const MAY_BE_STUCK: bool = true;

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let dues = [FIRST, params.data, params.data];
        let wires: Vec<Rc<Wire>> = dues.iter().map(|_| Rc::default()).collect();
        match params.interface {
            Interface::Ring => submit(&executor, &params, &wires, dues),
            Interface::Epoll => {
                let events = EPOLLIN | if params.trigger == Trigger::Edge { EPOLLET } else { 0 };
                let interest = if params.trigger == Trigger::Edge { "EPOLLIN | EPOLLET" } else { "EPOLLIN" };
                begin(&executor, &params, &wires, dues, Epoll { events, list: RefCell::default() }, interest);
            }
            Interface::Kqueue => {
                let flags = EV_ADD | if params.trigger == Trigger::Edge { EV_CLEAR } else { 0 };
                let interest = if params.trigger == Trigger::Edge { "EVFILT_READ, EV_CLEAR" } else { "EVFILT_READ" };
                begin(&executor, &params, &wires, dues, Kqueue { flags, list: RefCell::default() }, interest);
            }
        }
        executor.spawn_detached("ticker", tasks::ticker());
        Some(Job::of_tasks(executor))
    }

    /// How many of the two tasks whose data comes together have read all of it in the end.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let is_one = |task| matches!(trace.task_name(task), "peer 2" | READER);
        let is_end =
            |i| matches!(trace.event(i), Event::PollEnded { task, outcome: Outcome::Ready, .. } if is_one(task));
        Some(match (0..trace.len()).filter(|&i| is_end(i)).count() {
            0 => "none",
            1 => "one",
            _ => "two",
        })
    }
}

/// Registers a row for each socket, and spawns who reads from it.
fn begin(
    executor: &RecordedExecutor,
    params: &ReactorParams,
    wires: &[Rc<Wire>],
    dues: [u32; 3],
    system: impl Selector + 'static,
    interest: &str,
) {
    let reactor = Rc::new(Reactor { system: Box::new(system), rows: RefCell::default() });
    let streams = executor.inside(|| wires.iter().map(|wire| reactor.register(wire, interest)).collect::<Vec<_>>());
    let is_level = params.trigger == Trigger::Level;
    for (due, of) in by_time(dues) {
        let (reactor, of): (_, Vec<_>) = (reactor.clone(), of.into_iter().map(|i| row(&streams[i])).collect());
        executor.inside(|| {
            running::signal_after(due, move || {
                for (wire, row) in of {
                    wire.receive(MESSAGE);
                    row.socket.has_more(MESSAGE);
                }
                turn(&reactor, is_level);
            });
        });
    }
    let [first, second, third] = <[Stream; 3]>::try_from(streams).ok().expect("three wires");
    executor.spawn_detached("peer 1", tasks::peer(1, first));
    executor.spawn_detached("peer 2", tasks::peer(2, second));
    let read = if params.reading == Reading::Until { until::read } else { once::read };
    match params.waiting {
        Waiting::LookFirst => {
            executor.spawn_detached(READER, tasks::reader(third, look_first::readable, read, params.between));
        }
        Waiting::LeaveFirst => {
            executor.spawn_detached(READER, tasks::reader(third, leave_first::readable, read, params.between));
        }
    }
}

fn row(stream: &Stream) -> (Rc<Wire>, Rc<reactor::Row>) {
    (stream.wire.clone(), stream.row.clone())
}

/// A turn of the loop; by level, one more a millisecond later, as long as something lies there.
fn turn(reactor: &Rc<Reactor>, is_level: bool) {
    let told = reactor.turn();
    if is_level && told > 0 {
        let reactor = reactor.clone();
        running::signal_after(1, move || turn(&reactor, true));
    }
}

/// Submits a read of each socket, and spawns who waits for it.
fn submit(executor: &RecordedExecutor, params: &ReactorParams, wires: &[Rc<Wire>], dues: [u32; 3]) {
    let ring = Rc::new(Ring::default());
    let entries = executor.inside(|| wires.iter().map(|wire| ring.submit(wire)).collect::<Vec<_>>());
    for (due, of) in by_time(dues) {
        let (ring, of): (_, Vec<_>) = (ring.clone(), of.into_iter().map(|i| entries[i].clone()).collect());
        executor.inside(|| {
            running::signal_after(due, move || {
                for entry in of {
                    entry.wire.receive(MESSAGE);
                    entry.socket.has_more(MESSAGE);
                }
                ring.turn();
            });
        });
    }
    let wait = [("peer 1", 0), ("peer 2", 0), (READER, params.between)];
    for ((name, ms), entry) in wait.into_iter().zip(entries) {
        executor.spawn_detached(name, ring::reader(name, entry, ms));
    }
}

/// The sockets by the time at which their data comes.
fn by_time(dues: [u32; 3]) -> Vec<(u32, Vec<usize>)> {
    let mut all: Vec<(u32, Vec<usize>)> = Vec::new();
    for (i, due) in dues.into_iter().enumerate() {
        match all.iter_mut().find(|(at, _)| *at == due) {
            Some((_, of)) => of.push(i),
            None => all.push((due, vec![i])),
        }
    }
    all
}
