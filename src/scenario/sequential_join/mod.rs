//! `sequential-join`: the same waits in a loop, under `join!`, as tasks and in a `FuturesUnordered`, on one clock.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Hero, Module, Question, Spec, Stage};
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };

/// The tasks of the four ways.
const LOOP: &str = "in a loop";
const JOINED: &str = "join!";
const SPAWNED: &str = "spawned";
const UNORDERED: &str = "unordered";

params! {
    SequentialJoinParams {
        first: (0..=1000, "ms") = 20,
        second: (0..=1000, "ms") = 30,
        third: (0..=1000, "ms") = 10,
        handles: [Handles] = Handles::Await,
        ways: [Ways] = Ways::All,
    }
    Handles { Await = "await", Drop = "drop" }
    Ways { All = "all", Loop = "loop", Join = "join", Spawn = "spawn", Unordered = "unordered" }
}

/// The scenario.
pub(super) struct SequentialJoin;

impl Spec for SequentialJoin {
    type Params = SequentialJoinParams;

    const ID: &'static str = "sequential-join";
    const PART: u8 = 2;
    const MINUTES: u8 = 3;
    const PICTURED_TO: Option<&str> = Some("t1.p2");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Ways;
    const MODULE: Module = Module::Using;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE];
    const QUESTION: Question = Question { options: &["all", "all_but_loop", "tasks", "none"] };
    const RECORDED: &'static [Recorded] = &[Recorded::new("sequential-join", &[], "all_but_loop")];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let SequentialJoinParams { first, second, third, handles, ways } = params;
        let waits = [first, second, third];
        let executor = setup.executor();
        let runs = |way| ways == Ways::All || ways == way;
        if runs(Ways::Loop) {
            executor.spawn_detached(LOOP, code::in_a_loop(waits));
        }
        if runs(Ways::Join) {
            executor.spawn_detached(JOINED, code::joined(waits));
        }
        if runs(Ways::Spawn) {
            executor.spawn_detached(SPAWNED, code::spawned(waits, handles));
        }
        if runs(Ways::Unordered) {
            executor.spawn_detached(UNORDERED, code::unordered(waits));
        }
        Some(Job::of_tasks(executor))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        // When each way was over, with the tasks that it spawned; and the longest wait.
        let mut over: Vec<(&str, u64)> = Vec::new();
        let mut longest = 0;
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Dropped { task, .. } => {
                    let way = way_of(trace, task);
                    over.retain(|&(w, _)| w != way);
                    over.push((way, trace.time(i)));
                }
                Event::TimerSet { after, .. } => longest = longest.max(u64::from(after)),
                _ => {}
            }
        }
        if over.len() < 4 {
            return None;
        }
        let in_time: Vec<&str> = over.iter().filter(|&&(_, at)| at == longest).map(|&(way, _)| way).collect();
        match (in_time.len(), in_time.contains(&LOOP), in_time.contains(&SPAWNED)) {
            (4, ..) => Some("all"),
            (3, false, _) => Some("all_but_loop"),
            (1, _, true) => Some("tasks"),
            (0, ..) => Some("none"),
            _ => None,
        }
    }
}

/// The name of the task from which this one descends.
fn way_of(trace: &Trace, task: TaskId) -> &str {
    match trace.task(task) {
        Some(info) if info.parent.is_some() => way_of(trace, info.parent),
        _ => trace.task_name(task),
    }
}
