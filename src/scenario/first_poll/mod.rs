//! `first-poll`: three tasks, one timer each. The smallest run in which a future is polled, waits, is woken and is polled
//! again; the page's first picture is this run.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;
#[rustfmt::skip] // written by a test
mod layouts;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Module, Question, Spec, Stage};
use crate::record::{MachineDef, StateDef};
use crate::trace::event::DropReason;
use crate::trace::ids::MachineId;
use crate::trace::{Event, Trace};
use std::future::Future;

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };

params! {
    FirstPollParams {
        task_1: (0..=1000, "ms") = 30,
        task_2: (0..=1000, "ms") = 10,
        task_3: (0..=1000, "ms") = 20,
    }
}

/// The scenario.
pub(super) struct FirstPoll;

impl Spec for FirstPoll {
    type Params = FirstPollParams;

    const ID: &'static str = "first-poll";
    const PART: u8 = 3;
    const MINUTES: u8 = 2;
    const STAGE: Stage = Stage::Scene;
    const MODULE: Module = Module::First;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE];
    const QUESTION: Question = Question { options: &["1_2_3", "2_3_1", "3_2_1", "other"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("first-poll", &[], "2_3_1"),
        Recorded::new("first-poll-together", &[("task_2", "30"), ("task_3", "30")], "1_2_3"),
    ];

    fn start(FirstPollParams { task_1, task_2, task_3 }: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let states = StateDef::of_async_fn(CODE.source);
        let machine = executor.recorder().machine(&MachineDef { name: "async block", file: CODE.name, states });
        executor.recorder().laid_out(machine, &layouts::BLOCK);
        code::start(&Executor { executor: executor.clone(), machine }, [task_1, task_2, task_3]);
        Some(Job::of_tasks(executor))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let done = |i| match trace.event(i) {
            Event::Dropped { task, reason: DropReason::Completed } => Some(task.0),
            _ => None,
        };
        let order: Vec<u32> = (0..trace.len()).filter_map(done).collect();
        Some(match order[..] {
            [1, 2, 3] => "1_2_3",
            [2, 3, 1] => "2_3_1",
            [3, 2, 1] => "3_2_1",
            [_, _, _] => "other",
            // One of them was ended from outside.
            _ => return None,
        })
    }
}

/// The executor as the learner's code sees it: the states of what is spawned are known.
struct Executor {
    executor: RecordedExecutor,
    machine: MachineId,
}

impl Executor {
    fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        drop(self.executor.spawn_machine("sleeper", self.machine, None, future));
    }
}
