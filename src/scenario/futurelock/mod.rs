//! `futurelock`: a task waits for a lock whose first in line is a future of its own, which it keeps and polls no more; and three
//! programs that do not. After RFD 609 of Oxide, <https://rfd.shared.oxide.computer/rfd/0609>.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod dropped;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod others;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod polled;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod spawned;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::prelude::{Mutex, Rc};
use crate::trace::{Event, Trace};

params! {
    FuturelockParams {
        hold: (0..=60, "ms") = 10,
        late: (0..=60, "ms") = 5,
        first_try: [First] = First::Kept,
        lock: [Lock] = Lock::Fair,
    }
    First { Kept = "kept", Dropped = "dropped", Polled = "polled", Spawned = "spawned" }
    Lock { Fair = "fair", Unfair = "unfair" }
}

/// The task that has the lock first.
const HOLDER: &str = "holder";
/// The task that asks for it twice.
const ASKER: &str = "asker";
/// The task that asks for it last.
const OTHER: &str = "other";

/// The scenario.
pub(super) struct Futurelock;

impl Spec for Futurelock {
    type Params = FuturelockParams;

    const ID: &'static str = "futurelock";
    const PART: u8 = 5;
    const MINUTES: u8 = 4;
    const PICTURED_TO: Option<&str> = Some("t2.p3");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Line;
    const MODULE: Module = Module::Caveats;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[
        file("kept.rs", include_str!("kept.rs")),
        file("dropped.rs", include_str!("dropped.rs")),
        file("polled.rs", include_str!("polled.rs")),
        file("spawned.rs", include_str!("spawned.rs")),
        file("others.rs", include_str!("others.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["kept.rs"], &[("first_try", "kept")]),
        shown(&["dropped.rs"], &[("first_try", "dropped")]),
        shown(&["polled.rs"], &[("first_try", "polled")]),
        shown(&["spawned.rs"], &[("first_try", "spawned")]),
    ];
    const SUBJECT: &'static str = ASKER;
    const QUESTION: Question = Question { options: &["at_once", "later", "never"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("futurelock", &[], "never"),
        Recorded::new("futurelock-unfair", &[("lock", "unfair")], "at_once"),
        Recorded::new("futurelock-dropped", &[("first_try", "dropped"), ("late", "8")], "later"),
        Recorded::new("futurelock-polled", &[("first_try", "polled")], "at_once"),
        Recorded::new("futurelock-spawned", &[("first_try", "spawned")], "at_once"),
    ];
    const MAY_BE_STUCK: bool = true;
    const FINDINGS: &'static [&'static str] =
        &["futurelock task 2 Lock of mutex 1, last polled at 5 ms, before task 2 and 1 more"];
    const CURES: &'static [Cure] = &[Cure { finding: "futurelock", fields: &[("first_try", "dropped")] }];

    fn start(FuturelockParams { hold, late, first_try, lock }: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let lock = Rc::new(match lock {
            Lock::Fair => Mutex::fair(0),
            Lock::Unfair => Mutex::new(0),
        });
        executor.spawn_detached(HOLDER, others::hold(lock.clone(), hold));
        match first_try {
            First::Kept => executor.spawn_detached(ASKER, kept::ask(lock.clone(), late)),
            First::Dropped => executor.spawn_detached(ASKER, dropped::ask(lock.clone(), late)),
            First::Polled => executor.spawn_detached(ASKER, polled::ask(lock.clone(), late)),
            First::Spawned => executor.spawn_detached(ASKER, spawned::ask(lock.clone(), late)),
        }
        executor.spawn_detached(OTHER, others::other(lock));
        Some(Job::of_tasks(executor))
    }

    /// When the asker, or the task that asks for it, has the lock: when the holder lets go, after somebody else, or never; none if
    /// it had it before the holder.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let mut let_go = None;
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Unlocked { task, .. } if trace.task_name(task) == HOLDER => let_go = Some(trace.time(i)),
                Event::Locked { task, .. } if ![HOLDER, OTHER].contains(&trace.task_name(task)) => {
                    return let_go.map(|time| if time == trace.time(i) { "at_once" } else { "later" });
                }
                _ => {}
            }
        }
        Some("never")
    }
}
