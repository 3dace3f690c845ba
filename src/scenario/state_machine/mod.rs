//! `state-machine`: one call, written as an `async fn`, by hand, and with callbacks, run side by side; or two forms of it, a row
//! of the table of what async code means without sugar.

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
#[allow(async_fn_in_trait, reason = "that is the point")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod async_in_trait;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod block_by_hand;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod by_ready;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod dot_await;
#[allow(clippy::manual_async_fn, reason = "that is the point")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod fn_and_block;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod poll_in_trait;
#[rustfmt::skip] // written by a test
mod layouts;
mod pairs;
#[allow(missing_docs, unreachable_pub)]
mod phone;

use super::checks::Recorded;
use super::job::{Arrivals, Job};
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Cure, Hero, Question, ShownWith, Spec, Stage, file, shown};
use crate::record::{MachineDef, Observation, ObservedField, StateDef, TraceRecorder};
use crate::trace::event::NO_MACHINE;
use crate::trace::ids::{MachineId, TaskId};
use crate::trace::{Event, Role, TaskKind, Trace};
use by_hand::CallerState;
use pairs::{ASYNC_IN_TRAIT, BLOCK_BY_HAND, BY_READY, DOT_AWAIT, FN_AND_BLOCK, POLL_IN_TRAIT, Pair, Row};
use phone::{Clerk, Desk};
use std::rc::Rc;

const ASYNC_FN: CodeFile = file("async_fn.rs", include_str!("async_fn.rs"));
const BY_HAND: CodeFile = file("by_hand.rs", include_str!("by_hand.rs"));
const CALLBACKS: CodeFile = file("callbacks.rs", include_str!("callbacks.rs"));

/// The files of the three ways.
const WAYS: &[&str] = &[ASYNC_FN.name, BY_HAND.name, CALLBACKS.name];

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
    Written {
        All = "all",
        AsyncFn = "async_fn",
        ByHand = "by_hand",
        Callbacks = "callbacks",
        WithoutAsyncFn = "without_async_fn",
        WithoutBlock = "without_block",
        WithoutAwait = "without_await",
        WithoutAsyncTrait = "without_async_trait",
    }
    Line { Clear = "clear", Cut = "cut" }
}

impl Written {
    /// The row of the table whose two forms run.
    fn row(self) -> Option<Row> {
        match self {
            Written::All | Written::AsyncFn | Written::ByHand | Written::Callbacks => None,
            Written::WithoutAsyncFn => Some(Row::AsyncFn),
            Written::WithoutBlock => Some(Row::Block),
            Written::WithoutAwait => Some(Row::Await),
            Written::WithoutAsyncTrait => Some(Row::Trait),
        }
    }
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
    const FILES: &'static [CodeFile] = &[
        ASYNC_FN,
        BY_HAND,
        CALLBACKS,
        FN_AND_BLOCK,
        BLOCK_BY_HAND,
        DOT_AWAIT,
        BY_READY,
        ASYNC_IN_TRAIT,
        POLL_IN_TRAIT,
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(WAYS, &[("written", "all")]),
        shown(WAYS, &[("written", "async_fn")]),
        shown(WAYS, &[("written", "by_hand")]),
        shown(WAYS, &[("written", "callbacks")]),
        shown(&[ASYNC_FN.name, FN_AND_BLOCK.name], &[("written", "without_async_fn")]),
        shown(&[FN_AND_BLOCK.name, BLOCK_BY_HAND.name], &[("written", "without_block")]),
        shown(&[DOT_AWAIT.name, BY_READY.name], &[("written", "without_await")]),
        shown(&[ASYNC_IN_TRAIT.name, POLL_IN_TRAIT.name], &[("written", "without_async_trait")]),
    ];
    const DECIDES: &'static str = "last polled of 1";
    const QUESTION: Question = Question { options: &["never", "once", "three", "four", "every_ms"] };
    const CURES: &'static [Cure] = &[Cure { finding: "panicked", fields: &[("line", "clear")] }];
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("state-machine", &[], "four"),
        Recorded::new("state-machine-callers", &[("callers", "3"), ("written", "async_fn")], "four"),
        Recorded::new("state-machine-callbacks", &[("written", "callbacks")], "never"),
        Recorded::new("state-machine-async-fn", &[("written", "without_async_fn")], "four"),
        Recorded::new("state-machine-block", &[("written", "without_block")], "four"),
        Recorded::new("state-machine-await", &[("written", "without_await")], "three"),
        Recorded::new("state-machine-trait", &[("written", "without_async_trait")], "three"),
    ];

    fn start(params: Self::Params, seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let pair = params.written.row().map(|row| Pair::declare(&executor, row));
        let machines = Machines::record(executor.recorder(), params.written);
        let desks = desks(&params, seed);
        let written = params.written;
        let arrive = move |executor: &RecordedExecutor, i: u32| {
            let desk = &desks[i as usize];
            if let Some(pair) = pair {
                return pair.spawn(executor, desk);
            }
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
            if written != Written::All && written != which {
                return NO_MACHINE;
            }
            let last = def.states.len() as u16 - 1;
            let machine = recorder.machine(&def);
            // Both are straight: a wait leads to the next one, and the last one to the end.
            recorder.leads(machine, &(0..last).map(|from| (from, from + 1)).collect::<Vec<_>>());
            machine
        };
        let named = |name: &str| StateDef { name: name.to_owned(), site: None };
        let by_hand = ["ListeningForTarget", "CallingTarget", "SendingMessageToTarget", "Done"].map(named);
        let states = StateDef::of_async_fn(ASYNC_FN.source);
        let async_fn = add(Written::AsyncFn, MachineDef { name: "async fn caller", file: ASYNC_FN.name, states });
        recorder.laid_out(async_fn, &layouts::ASYNC_FN);
        Machines {
            async_fn,
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
