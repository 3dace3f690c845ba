//! `race-join`: two requests under `race`, `join!`, `select` and `try_join`, on one clock; and what becomes of the one that is
//! not waited for. Races are biased or fair: ties tell them apart. In a `FuturesUnordered`, an answer that comes while the body
//! of its loop works is heard late.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod fair;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod sent;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod set;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod set_spawned;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod ties;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::prelude::Coin;
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

params! {
    RaceJoinParams {
        fast: (0..=1000, "ms") = 10,
        slow: (0..=1000, "ms") = 30,
        gate: [Gate] = Gate::All,
        bias: [Bias] = Bias::Biased,
        fails: [Fails] = Fails::Yes,
        body: (0..=1000, "ms") = 60,
        work: [Work] = Work::Inside,
    }
    Gate {
        All = "all", Race = "race", Join = "join", Select = "select", TryJoin = "try_join",
        Unordered = "unordered", Ties = "ties",
    }
    Bias { Biased = "biased", Fair = "fair" }
    Fails { Yes = "yes", No = "no" }
    Work { Inside = "inside", Spawned = "spawned" }
}

/// The scenario.
pub(super) struct RaceJoin;

impl Spec for RaceJoin {
    type Params = RaceJoinParams;

    const ID: &'static str = "race-join";
    const PART: u8 = 5;
    const MINUTES: u8 = 4;
    const PICTURED_TO: Option<&str> = Some("t1.p2");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Gate;
    const MODULE: Module = Module::Caveats;
    const SEEDED: bool = true;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[
        file("code.rs", include_str!("code.rs")),
        file("fair.rs", include_str!("fair.rs")),
        file("set.rs", include_str!("set.rs")),
        file("set_spawned.rs", include_str!("set_spawned.rs")),
        file("ties.rs", include_str!("ties.rs")),
        file("sent.rs", include_str!("sent.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["fair.rs"], &[("bias", "fair")]),
        shown(&["set.rs"], &[("gate", "unordered")]),
        shown(&["set_spawned.rs"], &[("gate", "unordered"), ("work", "spawned")]),
        shown(&["ties.rs"], &[("gate", "ties")]),
    ];
    const DECIDES: &'static str = "log slow: dropped";
    const QUESTION: Question = Question { options: &["dropped", "unheard", "later", "late"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("race-join", &[], "dropped"),
        Recorded::new("race-join-all-answered", &[("gate", "try_join"), ("fails", "no")], "later"),
        Recorded::new("race-join-unordered", &[("gate", "unordered")], "late"),
        Recorded::new("race-join-unordered-spawned", &[("gate", "unordered"), ("work", "spawned")], "later"),
        Recorded::new("race-join-ties", &[("gate", "ties")], "dropped"),
    ];
    const CURES: &'static [Cure] = &[Cure { finding: "unattended", fields: &[("work", "spawned")] }];

    fn start(params: Self::Params, seed: u32, setup: Setup) -> Option<Job> {
        let RaceJoinParams { fast, slow, gate, bias, fails, body, work } = params;
        let executor = setup.executor();
        let runs = |one| gate == Gate::All || gate == one;
        // A coin for each task: one that they share would make them depend on the order of their polls.
        let coin = |nth: u32| Coin::new(seed.wrapping_add(nth));
        if runs(Gate::Race) {
            match bias {
                Bias::Biased => executor.spawn_detached("race", code::raced(fast, slow)),
                Bias::Fair => executor.spawn_detached("race", fair::raced(coin(0), fast, slow)),
            }
        }
        if runs(Gate::Join) {
            executor.spawn_detached("join!", code::joined(fast, slow));
        }
        if runs(Gate::Select) {
            match bias {
                Bias::Biased => executor.spawn_detached("select", code::selected(fast, slow)),
                Bias::Fair => executor.spawn_detached("select", fair::selected(coin(1), fast, slow)),
            }
        }
        if runs(Gate::TryJoin) {
            executor.spawn_detached("try_join", code::tried(fast, slow, fails == Fails::Yes));
        }
        match (gate, work) {
            (Gate::Unordered, Work::Inside) => {
                executor.spawn_detached("unordered", set::streamed(fast, slow, body));
            }
            (Gate::Unordered, Work::Spawned) => {
                executor.spawn_detached("unordered", set_spawned::streamed(fast, slow, body));
            }
            (Gate::Ties, _) => {
                executor.spawn_detached("biased", ties::biased(fast));
                executor.spawn_detached("fair", ties::fair(coin(2), fast));
            }
            (Gate::All | Gate::Race | Gate::Join | Gate::Select | Gate::TryJoin, _) => {}
        }
        Some(Job::of_tasks(executor))
    }

    /// Of the first task, or those that it spawned: whether one of its requests was dropped, answered after the other one, or
    /// answered when its timer had fired before.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let is_of_first = |task: TaskId| task == TaskId(1) || trace.task(task).is_some_and(|t| t.parent == TaskId(1));
        let (mut dropped, mut answered, mut is_late) = (0, 0, false);
        let (mut sent, mut due) = ("", Vec::new());
        for i in (0..trace.len()).filter(|&i| is_of_first(trace.columns.task(i))) {
            match trace.event(i) {
                Event::Logged { text, .. } => {
                    let Some((name, what)) = trace.name(text).split_once(": ") else { continue };
                    match what {
                        "sent" => sent = name,
                        "dropped" => dropped += 1,
                        "answered" => {
                            answered += 1;
                            is_late |= due.iter().any(|&(of, at)| of == name && at < trace.time(i));
                        }
                        _ => {}
                    }
                }
                Event::TimerSet { after, .. } if !sent.is_empty() => {
                    due.push((sent, trace.time(i) + u64::from(after) * trace.unit.per_ms()));
                    sent = "";
                }
                _ => {}
            }
        }
        match (dropped, answered) {
            (1.., _) => Some("dropped"),
            (0, 2) if is_late => Some("late"),
            (0, 2) => Some("later"),
            _ => None,
        }
    }
}
