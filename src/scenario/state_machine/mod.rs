//! `state-machine`: one call, written as an `async fn`, by hand, and with callbacks, run side by side.

// Learner-facing: documented by what they show, and private to this scenario.
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod async_fn;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod by_hand;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod callbacks;
#[allow(missing_docs, unreachable_pub)]
mod phone;

use super::checks::Recorded;
use super::job::{Arrivals, Job};
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Cure, Hero, Question, Spec, Stage};
use crate::record::{MachineDef, Observation, ObservedField, StateDef, TraceRecorder};
use crate::trace::event::NO_MACHINE;
use crate::trace::ids::{MachineId, TaskId};
use crate::trace::{Event, Role, TaskKind, Trace};
use by_hand::CallerState;
use phone::{Clerk, Desk};
use std::rc::Rc;

const ASYNC_FN: CodeFile = CodeFile { name: "async_fn.rs", source: include_str!("async_fn.rs") };
const BY_HAND: CodeFile = CodeFile { name: "by_hand.rs", source: include_str!("by_hand.rs") };
const CALLBACKS: CodeFile = CodeFile { name: "callbacks.rs", source: include_str!("callbacks.rs") };

params! {
    StateMachineParams {
        callers: (1..=1000) = 1,
        gap: (0..=1000, "ms") = 8,
        listen: (0..=1000, "ms") = 10,
        ring: (0..=1000, "ms") = 30,
        talk: (0..=1000, "ms") = 20,
        spread: (0..=100, "ms") = 4,
        written: [Written] = Written::All,
        line: [Line] = Line::Clear,
    }
    Written { All = "all", AsyncFn = "async_fn", ByHand = "by_hand", Callbacks = "callbacks" }
    Line { Clear = "clear", Cut = "cut" }
}

/// The scenario.
pub(super) struct StateMachine;

impl Spec for StateMachine {
    type Params = StateMachineParams;

    const ID: &'static str = "state-machine";
    const PART: u8 = 3;
    const MINUTES: u8 = 4;
    const STAGE: Stage = Stage::Scene;
    const HERO: Hero = Hero::Machine;
    const SEEDED: bool = true;
    const SCHEDULED: bool = true;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[ASYNC_FN, BY_HAND, CALLBACKS];
    const DECIDES: &'static str = "last polled of 1";
    const QUESTION: Question = Question { options: &["never", "once", "three", "four", "every_ms"] };
    const CURES: &'static [Cure] = &[Cure { finding: "panicked", fields: &[("line", "clear")] }];
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("state-machine", &[], "four"),
        Recorded::new("state-machine-callers", &[("callers", "3"), ("written", "async_fn")], "four"),
        Recorded::new("state-machine-callbacks", &[("written", "callbacks")], "never"),
    ];

    fn start(params: Self::Params, seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let machines = Machines::record(executor.recorder(), params.written);
        let desks = desks(&params, seed);
        let written = params.written;
        let arrive = move |executor: &RecordedExecutor, i: u32| {
            let desk = &desks[i as usize];
            if matches!(written, Written::All | Written::AsyncFn) {
                let call = async_fn::caller(Clerk(desk.clone()));
                drop(executor.spawn_machine("async fn", machines.async_fn, None, call));
            }
            if matches!(written, Written::All | Written::ByHand) {
                let call = executor.inside(|| by_hand::caller(Clerk(desk.clone())));
                drop(executor.spawn_machine("by hand", machines.by_hand, Some(observe), call));
            }
            if matches!(written, Written::All | Written::Callbacks) {
                let (lane, desk) = (executor.open_lane("callbacks"), desk.clone());
                executor.call(lane, || callbacks::caller(Clerk(desk), |_receipt| ()));
            }
        };
        let work = Arrivals::new(&executor, params.callers, params.gap, arrive);
        Some(Job::new(executor, work))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let first = TaskId(1);
        if trace.task(first)?.kind == TaskKind::Callbacks {
            return Some("never");
        }
        let polls =
            (0..trace.len()).filter(|&i| matches!(trace.event(i), Event::PollStarted { task, .. } if task == first));
        match polls.count() {
            0 => Some("never"),
            1 => Some("once"),
            3 => Some("three"),
            4 => Some("four"),
            _ => None,
        }
    }
}

fn desks(params: &StateMachineParams, seed: u32) -> Vec<Rc<Desk>> {
    let mut rng = fastrand::Rng::with_seed(seed.into());
    let mut about = |ms: u32| (ms + rng.u32(0..=2 * params.spread)).saturating_sub(params.spread);
    let desk = |i| {
        let (listen, ring, talk) = (about(params.listen), about(params.ring), about(params.talk));
        let cut = params.line == Line::Cut;
        Rc::new(Desk { number: 12_345 + i, message: "Hello there", listen, ring, talk, cut })
    };
    (0..params.callers).map(desk).collect()
}

/// The machines of the writings that run.
struct Machines {
    async_fn: MachineId,
    by_hand: MachineId,
}

impl Machines {
    fn record(recorder: &TraceRecorder, written: Written) -> Self {
        let add = |which, def: MachineDef<'_>| {
            if written == Written::All || written == which { recorder.machine(&def) } else { NO_MACHINE }
        };
        let named = |name: &str| StateDef { name: name.to_owned(), site: None };
        let by_hand = ["ListeningForTarget", "CallingTarget", "SendingMessageToTarget", "Done"].map(named);
        Machines {
            async_fn: add(
                Written::AsyncFn,
                MachineDef {
                    name: "async fn caller",
                    file: ASYNC_FN.name,
                    states: StateDef::of_async_fn(ASYNC_FN.source),
                },
            ),
            by_hand: add(
                Written::ByHand,
                MachineDef { name: "enum CallerState", file: BY_HAND.name, states: by_hand.into() },
            ),
        }
    }
}

/// The state that the hand-written machine is in, and the fields it holds there: all of them, as the code declares them.
fn observe(caller: &CallerState) -> Observation {
    let (state, fields) = match caller {
        CallerState::ListeningForTarget { clerk, asking } => (
            0,
            vec![ObservedField::of("clerk", Role::Pointer, clerk), ObservedField::of("asking", Role::Awaited, asking)],
        ),
        CallerState::CallingTarget { target, ringing } => {
            (1, [parts(target).into(), vec![ObservedField::of("ringing", Role::Awaited, ringing)]].concat())
        }
        CallerState::SendingMessageToTarget { target, sending } => {
            (2, [parts(target).into(), vec![ObservedField::of("sending", Role::Awaited, sending)]].concat())
        }
        CallerState::Done { number } => (3, vec![ObservedField::of("number", Role::Value, number)]),
    };
    Observation { state, fields, is_whole: true, ..Observation::default() }
}

/// A text is where it begins, and how long it is.
fn parts(target: &phone::Target) -> [ObservedField; 3] {
    let number = ObservedField::of("target.number", Role::Value, &target.number);
    let message = ObservedField::of("target.message", Role::Pointer, &target.message);
    let half = message.size / 2;
    let length =
        ObservedField { name: "target.len".into(), address: message.address + half, size: half, role: Role::Value };
    [number, ObservedField { size: half, ..message }, length]
}
