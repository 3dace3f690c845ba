//! `runtimes`: a task of our executor sleeps by a timer of another runtime, which rings in a turn of that runtime's own loop: nobody
//! turns it, it is turned once by hand, or a task of ours turns it. And a task for executors of several threads, which the
//! compiler refuses for what it keeps over an await.

mod crates;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod layer;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod sent_kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod tasks;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod their_sleep;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod wheel;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::refused::refuse;
use super::setup::Setup;
use super::spec::{CodeFile, Crates, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::executor::running;
use crate::prelude::Rc;
use crate::trace::event::Outcome;
use crate::trace::{Event, Trace};
use wheel::Wheel;

params! {
    RuntimesParams {
        timer: [Timer] = Timer::Theirs,
        due: (1..=60, "ms") = 20,
        turned: [Turned] = Turned::Never,
        hand: (0..=100, "ms") = 30,
        spawn: [Spawn] = Spawn::Here,
    }
    Timer { Theirs = "theirs", Ours = "ours" }
    Turned { Never = "never", ByHand = "by_hand", Layer = "layer" }
    Spawn { Here = "here", Sent = "sent", SentKept = "sent_kept" }
}

/// The task whose timer may be theirs.
const GUEST: &str = "guest";

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
        file("tasks.rs", include_str!("tasks.rs")),
        file("their_sleep.rs", include_str!("their_sleep.rs")),
        file("wheel.rs", include_str!("wheel.rs")),
        file("layer.rs", include_str!("layer.rs")),
        file("sent.stderr", include_str!("sent.stderr")),
        file("sent.rs", include_str!("sent.rs")),
        file("sent_kept.rs", include_str!("sent_kept.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["tasks.rs"], &[("spawn", "here")]),
        shown(&["tasks.rs"], &[("spawn", "sent_kept")]),
        shown(&["their_sleep.rs", "wheel.rs"], &[("timer", "theirs"), ("spawn", "here")]),
        shown(&["their_sleep.rs", "wheel.rs"], &[("timer", "theirs"), ("spawn", "sent_kept")]),
        shown(&["layer.rs"], &[("turned", "layer"), ("timer", "theirs"), ("spawn", "here")]),
        shown(&["layer.rs"], &[("turned", "layer"), ("timer", "theirs"), ("spawn", "sent_kept")]),
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
        Recorded { name: "runtimes-sent", given: &[("spawn", "sent")], answer: None },
        Recorded::new("runtimes-sent-kept", &[("spawn", "sent_kept")], "never"),
    ];
    const FINDINGS: &'static [&'static str] = &["undriven task 1 TheirSleep in foreign driver 1, due at 20 ms"];
    const CURES: &'static [Cure] = &[Cure { finding: "undriven", fields: &[("turned", "layer")] }];
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
        let wheel = Rc::new(executor.inside(Wheel::default));
        match timer {
            Timer::Theirs => executor.spawn_detached(GUEST, tasks::guest(wheel.clone(), due)),
            Timer::Ours => executor.spawn_detached(GUEST, tasks::native(GUEST, due)),
        }
        executor.spawn_detached("native", tasks::native("native", due));
        match turned {
            Turned::Never => {}
            Turned::ByHand => executor.inside(|| running::signal_after(hand, move || wheel.turn())),
            Turned::Layer => executor.spawn_detached("layer", layer::layer(wheel)),
        }
        if spawn == Spawn::SentKept {
            executor.spawn_detached("main", sent_kept::main());
        }
        Some(Job::of_tasks(executor))
    }

    /// When the guest's timer is due, against when it is woken.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let is_guest = |task| trace.task_name(task) == GUEST;
        let mut due = None;
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Entrusted { task, after, .. } | Event::TimerSet { task, after, .. } if is_guest(task) => {
                    due = Some(trace.time(i) + u64::from(after) * trace.unit.per_ms());
                }
                Event::PollEnded { task, outcome: Outcome::Ready, .. } if is_guest(task) => {
                    return Some(if Some(trace.time(i)) == due { "on_time" } else { "late" });
                }
                _ => {}
            }
        }
        due.map(|_| "never")
    }
}
