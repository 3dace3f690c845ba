//! The desugaring table: of each row two forms, with sugar and without, that run side by side.
//!
//! Both are spawned at once, wait for the same times, and go through states of the same numbers: not started, each wait in the
//! order of the code, returned. A test holds the two traces of a run against each other.

use super::super::setup::RecordedExecutor;
use super::super::spec::{CodeFile, file};
use super::phone::{Clerk, Desk, Target};
use super::{
    ASYNC_FN, async_fn, async_in_trait, block_by_hand, by_ready, dot_await, fn_and_block, layouts, poll_in_trait,
};
use crate::executor::Observe;
use crate::record::{Layout, MachineDef, Observation, ObservedField, StateDef};
use crate::trace::Role;
use crate::trace::ids::MachineId;
use block_by_hand::Block;
use by_ready::Waits;
use std::future::Future;
use std::rc::Rc;

pub(super) const FN_AND_BLOCK: CodeFile = file("fn_and_block.rs", include_str!("fn_and_block.rs"));
pub(super) const BLOCK_BY_HAND: CodeFile = file("block_by_hand.rs", include_str!("block_by_hand.rs"));
pub(super) const DOT_AWAIT: CodeFile = file("dot_await.rs", include_str!("dot_await.rs"));
pub(super) const BY_READY: CodeFile = file("by_ready.rs", include_str!("by_ready.rs"));
pub(super) const ASYNC_IN_TRAIT: CodeFile = file("async_in_trait.rs", include_str!("async_in_trait.rs"));
pub(super) const POLL_IN_TRAIT: CodeFile = file("poll_in_trait.rs", include_str!("poll_in_trait.rs"));

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// An `async fn`, and a fn that returns an async block.
    AsyncFn,
    /// An async block, and an enum.
    Block,
    /// `.await`, and `ready!`.
    Await,
    /// An `async fn` in a trait, and `poll_name`, an extension trait and a named future.
    Trait,
}

/// The machines of a row's two forms.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    row: Row,
    machines: [MachineId; 2],
}

impl Pair {
    pub(super) fn declare(executor: &RecordedExecutor, row: Row) -> Self {
        let machine = |name: &str, of: &CodeFile, states: Vec<StateDef>| {
            let last = states.len() as u16 - 1;
            let machine = executor.recorder().machine(&MachineDef { name, file: of.name, states });
            // Each of these forms is straight: a wait leads to the next one, and the last one to the end.
            executor.recorder().leads(machine, &(0..last).map(|from| (from, from + 1)).collect::<Vec<_>>());
            machine
        };
        let laid_out = |machine: MachineId, layout: &Layout| {
            executor.recorder().laid_out(machine, layout);
            machine
        };
        let compiled = |name: &str, of: &CodeFile, layout: &Layout| {
            laid_out(machine(name, of, StateDef::of_async_fn(of.source)), layout)
        };
        let by_hand = |name: &str, of: &CodeFile, states: &[&str]| {
            let named = |name: &&str| StateDef { name: (*name).to_owned(), site: None };
            machine(name, of, states.iter().map(named).collect())
        };
        // The first wait is further in than the function that goes through these states.
        let in_trait = |name: &str, of: &CodeFile, reach: &str, at: &str, layout: &Layout| {
            let mut states = StateDef::of_async_fn(of.source);
            let awaits = states.len() - 4;
            states.drain(1..1 + awaits);
            states[1] = StateDef { name: reach.to_owned(), site: site_of(of.source, at) };
            laid_out(machine(name, of, states), layout)
        };
        let machines = match row {
            Row::AsyncFn => [
                compiled("async fn caller", &ASYNC_FN, &layouts::ASYNC_FN),
                compiled("fn caller, async block", &FN_AND_BLOCK, &layouts::FN_AND_BLOCK),
            ],
            Row::Block => [
                compiled("async block", &FN_AND_BLOCK, &layouts::FN_AND_BLOCK),
                by_hand("enum Block", &BLOCK_BY_HAND, &["Start", "Listening", "Calling", "Sending", "Done"]),
            ],
            Row::Await => [
                compiled("async fn caller", &DOT_AWAIT, &layouts::DOT_AWAIT),
                by_hand("enum Waits", &BY_READY, &["Start", "Calling", "Sending", "Done"]),
            ],
            Row::Trait => {
                let (in_a_trait, layout) = ("async fn in a trait", &layouts::ASYNC_IN_TRAIT);
                let (by_poll, poll_layout) = ("fn poll_reach in a trait", &layouts::POLL_IN_TRAIT);
                [
                    in_trait(in_a_trait, &ASYNC_IN_TRAIT, "clerk.reach(&target).await", "await", layout),
                    in_trait(by_poll, &POLL_IN_TRAIT, "phone.reach(&target).await", "poll(cx));", poll_layout),
                ]
            }
        };
        Pair { row, machines }
    }

    /// Spawns both forms for one call.
    pub(super) fn spawn(self, executor: &RecordedExecutor, desk: &Rc<Desk>) {
        let clerk = || Clerk(desk.clone());
        let target = || Target { number: desk.number, message: desk.message };
        match self.row {
            Row::AsyncFn => {
                self.sugar(executor, "async fn", async_fn::caller(clerk()));
                self.plain(executor, "plain fn", None, fn_and_block::caller(clerk()));
            }
            Row::Block => {
                self.sugar(executor, "async block", fn_and_block::caller(clerk()));
                self.plain(executor, "enum", Some(observe_block), block_by_hand::caller(clerk()));
            }
            Row::Await => {
                self.sugar(executor, ".await", dot_await::caller(clerk(), target()));
                self.plain(executor, "ready!", Some(observe_waits), by_ready::caller(clerk(), target()));
            }
            Row::Trait => {
                self.sugar(executor, "async fn in a trait", async_in_trait::caller(clerk(), target()));
                self.plain(executor, "poll_reach", None, poll_in_trait::caller(clerk(), target()));
            }
        }
    }

    fn sugar(self, executor: &RecordedExecutor, name: &str, future: impl Future + 'static) {
        drop(executor.spawn_machine(name, self.machines[0], None, future));
    }

    fn plain<F: Future + 'static>(
        self,
        executor: &RecordedExecutor,
        name: &str,
        observe: Option<Observe<F>>,
        future: F,
    ) {
        drop(executor.spawn_machine(name, self.machines[1], observe, future));
    }
}

/// Line and column of what stands in a source, where it stands there first.
fn site_of(source: &str, what: &str) -> Option<(u32, u32)> {
    let mut lines = source.lines().zip(1..).filter(|(line, _)| !line.trim_start().starts_with('/'));
    lines.find_map(|(line, nth)| Some((nth, line.find(what)? as u32 + 1)))
}

fn seen(state: u16, fields: Vec<ObservedField>) -> Observation {
    Observation { state, fields, ..Observation::default() }
}

fn observe_block(block: &Block) -> Observation {
    let (value, awaited) = (Role::Value, Role::Awaited);
    match block {
        Block::Start { clerk } => seen(0, vec![ObservedField::of("clerk", value, clerk)]),
        Block::Listening { clerk, wait } => {
            seen(1, vec![ObservedField::of("clerk", value, clerk), ObservedField::of("wait", awaited, wait)])
        }
        Block::Calling { target, wait } => {
            seen(2, vec![ObservedField::of("target", value, target), ObservedField::of("wait", awaited, wait)])
        }
        Block::Sending { target, wait } => {
            seen(3, vec![ObservedField::of("target", value, target), ObservedField::of("wait", awaited, wait)])
        }
        Block::Done => seen(4, Vec::new()),
    }
}

fn observe_waits(waits: &Waits) -> Observation {
    let (value, awaited) = (Role::Value, Role::Awaited);
    match waits {
        Waits::Start { clerk, target } => {
            seen(0, vec![ObservedField::of("clerk", value, clerk), ObservedField::of("target", value, target)])
        }
        Waits::Calling { target, ringing } => {
            seen(1, vec![ObservedField::of("target", value, target), ObservedField::of("ringing", awaited, ringing)])
        }
        Waits::Sending { target, sending } => {
            seen(2, vec![ObservedField::of("target", value, target), ObservedField::of("sending", awaited, sending)])
        }
        Waits::Done => seen(3, Vec::new()),
    }
}
