//! `runtimes`: a task of our executor sleeps by a timer of another runtime, or reads from a socket of it. Both wake it in a turn of
//! that runtime's own loop: nobody turns it, it is turned once by hand, or a task of ours turns it. And a task for executors of
//! several threads, which the compiler refuses for what it keeps over an await.

mod crates;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod layer;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod native;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod reads;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod sent_kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod sleeps;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod sockets;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod their_read;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod their_sleep;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod told;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod wheel;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::refused::refuse;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Crates, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::executor::running;
use crate::prelude::{Rc, channel};
use crate::trace::event::Outcome;
use crate::trace::{Event, Trace};
use sockets::Sockets;
use wheel::Wheel;

params! {
    RuntimesParams {
        timer: [Timer] = Timer::Theirs,
        due: (1..=60, "ms") = 20,
        turned: [Turned] = Turned::Never,
        hand: (0..=100, "ms") = 30,
        spawn: [Spawn] = Spawn::Here,
    }
    Timer { Theirs = "theirs", Ours = "ours", Socket = "socket" }
    Turned { Never = "never", ByHand = "by_hand", Layer = "layer" }
    Spawn { Here = "here", Sent = "sent", SentKept = "sent_kept" }
}

/// The task that waits for something of theirs.
const GUEST: &str = "guest";

/// What is sent to it, in bytes.
const MESSAGE: usize = 512;

/// The scenario.
pub(super) struct Runtimes;

impl Spec for Runtimes {
    type Params = RuntimesParams;

    const ID: &'static str = "runtimes";
    const PART: u8 = 7;
    const MINUTES: u8 = 4;
    const PICTURED_TO: Option<&str> = Some("t2.p2");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Loops;
    const MODULE: Module = Module::Ecosystem;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("sleeps.rs", include_str!("sleeps.rs")),
        file("reads.rs", include_str!("reads.rs")),
        file("native.rs", include_str!("native.rs")),
        file("their_sleep.rs", include_str!("their_sleep.rs")),
        file("wheel.rs", include_str!("wheel.rs")),
        file("their_read.rs", include_str!("their_read.rs")),
        file("sockets.rs", include_str!("sockets.rs")),
        file("layer.rs", include_str!("layer.rs")),
        file("told.rs", include_str!("told.rs")),
        file("sent.stderr", include_str!("sent.stderr")),
        file("sent.rs", include_str!("sent.rs")),
        file("sent_kept.rs", include_str!("sent_kept.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["native.rs"], &[("spawn", "here")]),
        shown(&["native.rs"], &[("spawn", "sent_kept")]),
        shown(&["sleeps.rs", "their_sleep.rs", "wheel.rs"], &[("timer", "theirs"), ("spawn", "here")]),
        shown(&["sleeps.rs", "their_sleep.rs", "wheel.rs"], &[("timer", "theirs"), ("spawn", "sent_kept")]),
        shown(&["layer.rs"], &[("turned", "layer"), ("timer", "theirs"), ("spawn", "here")]),
        shown(&["layer.rs"], &[("turned", "layer"), ("timer", "theirs"), ("spawn", "sent_kept")]),
        shown(&["reads.rs", "their_read.rs", "sockets.rs"], &[("timer", "socket"), ("spawn", "here")]),
        shown(&["reads.rs", "their_read.rs", "sockets.rs"], &[("timer", "socket"), ("spawn", "sent_kept")]),
        shown(&["told.rs"], &[("turned", "layer"), ("timer", "socket"), ("spawn", "here")]),
        shown(&["told.rs"], &[("turned", "layer"), ("timer", "socket"), ("spawn", "sent_kept")]),
        shown(&["sent.rs", "sent.stderr"], &[("spawn", "sent")]),
        shown(&["sent_kept.rs"], &[("spawn", "sent_kept")]),
    ];
    const SUBJECT: &'static str = GUEST;
    const QUESTION: Question = Question { options: &["on_time", "late", "never"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("runtimes", &[], "never"),
        Recorded::new("runtimes-by-hand", &[("turned", "by_hand")], "late"),
        Recorded::new("runtimes-too-early", &[("turned", "by_hand"), ("hand", "10")], "never"),
        Recorded::new("runtimes-layer", &[("turned", "layer")], "on_time"),
        Recorded::new("runtimes-ours", &[("timer", "ours")], "on_time"),
        Recorded::new("runtimes-socket", &[("timer", "socket")], "never"),
        Recorded::new("runtimes-socket-by-hand", &[("timer", "socket"), ("turned", "by_hand")], "late"),
        Recorded::new(
            "runtimes-socket-too-early",
            &[("timer", "socket"), ("turned", "by_hand"), ("hand", "10")],
            "never",
        ),
        Recorded::new("runtimes-socket-layer", &[("timer", "socket"), ("turned", "layer")], "on_time"),
        Recorded { name: "runtimes-sent", given: &[("spawn", "sent")], answer: None },
        Recorded::new("runtimes-sent-kept", &[("spawn", "sent_kept")], "never"),
    ];
    const FINDINGS: &'static [&'static str] = &["undriven task 1 TheirSleep in foreign driver 1, due at 20 ms"];
    const CURES: &'static [Cure] = &[
        Cure { finding: "undriven", fields: &[("turned", "layer")] },
        Cure { finding: "undriven_socket", fields: &[("turned", "layer")] },
    ];
    const CRATES: Crates = crates::RUNTIMES;
    const MAY_BE_STUCK: bool = true;

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let RuntimesParams { timer, due, turned, hand, spawn } = params;
        let executor = setup.executor();
        if spawn == Spawn::Sent {
            // There is no such program.
            refuse(&executor, include_str!("sent.stderr"));
            return Some(Job::of_tasks(executor));
        }
        match timer {
            Timer::Socket => reads(&executor, due, turned, hand),
            Timer::Theirs | Timer::Ours => sleeps(&executor, timer, due, turned, hand),
        }
        if spawn == Spawn::SentKept {
            executor.spawn_detached("main", sent_kept::main());
        }
        Some(Job::of_tasks(executor))
    }

    /// When what the guest waits for is due, against when the guest is woken.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let is_guest = |task| trace.task_name(task) == GUEST;
        let mut due = None;
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Entrusted { task, after, .. } | Event::TimerSet { task, after, .. } if is_guest(task) => {
                    due = Some(trace.time(i) + u64::from(after) * trace.unit.per_ms());
                }
                Event::Arrived { .. } => due = Some(trace.time(i)),
                Event::PollEnded { task, outcome: Outcome::Ready, .. } if is_guest(task) => {
                    return Some(if Some(trace.time(i)) == due { "on_time" } else { "late" });
                }
                _ => {}
            }
        }
        due.map(|_| "never")
    }
}

/// Spawns a guest that sleeps, by their timer or by ours, and who turns their loop.
fn sleeps(executor: &RecordedExecutor, timer: Timer, due: u32, turned: Turned, hand: u32) {
    let wheel = Rc::new(executor.inside(Wheel::default));
    if timer == Timer::Theirs {
        executor.spawn_detached(GUEST, sleeps::guest(wheel.clone(), due));
    } else {
        executor.spawn_detached(GUEST, native::native(GUEST, due));
    }
    executor.spawn_detached("native", native::native("native", due));
    match turned {
        Turned::Never => {}
        Turned::ByHand => executor.inside(|| running::signal_after(hand, move || wheel.turn())),
        Turned::Layer => executor.spawn_detached("layer", layer::layer(wheel)),
    }
}

/// Spawns a guest that reads from their socket, and who turns their loop. The system and the network are a model: bytes come after
/// `due` ms, and a layer is told of it.
fn reads(executor: &RecordedExecutor, due: u32, turned: Turned, hand: u32) {
    let theirs = Rc::new(executor.inside(Sockets::default));
    let socket = executor.inside(|| theirs.clone().open());
    let row = Rc::downgrade(&socket.row);
    let comes = move || {
        // A socket that was dropped gets nothing.
        if let Some(row) = row.upgrade() {
            row.receive(MESSAGE);
        }
    };
    executor.spawn_detached(GUEST, reads::guest(socket));
    executor.spawn_detached("native", native::native("native", due));
    match turned {
        Turned::Never => executor.inside(|| running::signal_after(due, comes)),
        Turned::ByHand => executor.inside(|| {
            running::signal_after(due, comes);
            running::signal_after(hand, move || theirs.turn());
        }),
        Turned::Layer => {
            let (tells, system) = executor.inside(channel);
            let tells_of_it = move || {
                comes();
                tells.send(());
            };
            executor.inside(|| running::signal_after(due, tells_of_it));
            executor.spawn_detached("layer", told::layer(theirs, system));
        }
    }
}
