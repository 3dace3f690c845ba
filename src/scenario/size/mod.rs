//! `size`: one call written two ways, and what each of its states holds, in bytes.
//!
//! What a machine holds in a state is captured from the compiler (`layouts.rs`). Only `boxed` holds a pointer, and differs
//! from target to target.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod argument;
#[allow(clippy::manual_async_fn, reason = "an async fn is what it is held against")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod async_move;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod block;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod boxed;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod direct;
#[allow(dropping_copy_types, reason = "that is the point")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod dropped;
#[allow(clippy::drop_non_drop, reason = "that is the point")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod dropped_owned;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod given;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod joined;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod late_block;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod logged;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod net;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod row;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod unborrowed;
#[rustfmt::skip] // written by a test
mod layouts;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::record::{Layout, MachineDef, StateDef};
use crate::trace::Trace;

macro_rules! files {
    ($($name:ident: $file:literal),* $(,)?) => {
        $(const $name: CodeFile = file($file, include_str!($file));)*
    };
}

files! {
    ARGUMENT: "argument.rs",
    ASYNC_MOVE: "async_move.rs",
    BLOCK: "block.rs",
    BOXED: "boxed.rs",
    DIRECT: "direct.rs",
    DROPPED: "dropped.rs",
    DROPPED_OWNED: "dropped_owned.rs",
    GIVEN: "given.rs",
    JOINED: "joined.rs",
    KEPT: "kept.rs",
    LATE_BLOCK: "late_block.rs",
    LOGGED: "logged.rs",
    NET: "net.rs",
    ROW: "row.rs",
    UNBORROWED: "unborrowed.rs",
}

params! {
    SizeParams {
        second_way: [Way] = Way::Block,
        each_wait: (0..=1000, "ms") = 10,
    }
    Way {
        Block = "block",
        LateBlock = "late_block",
        Dropped = "dropped",
        DroppedOwned = "dropped_owned",
        Given = "given",
        Unborrowed = "unborrowed",
        Argument = "argument",
        Logged = "logged",
        Joined = "joined",
        Boxed = "boxed",
    }
}

/// The scenario.
pub(super) struct Size;

impl Spec for Size {
    type Params = SizeParams;

    const ID: &'static str = "size";
    const PART: u8 = 5;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("t2.p1");
    const STAGE: Stage = Stage::Scene;
    const HERO: Hero = Hero::Layout;
    const MODULE: Module = Module::Caveats;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[
        KEPT,
        BLOCK,
        LATE_BLOCK,
        DROPPED,
        DROPPED_OWNED,
        GIVEN,
        UNBORROWED,
        ARGUMENT,
        ASYNC_MOVE,
        DIRECT,
        LOGGED,
        ROW,
        JOINED,
        BOXED,
        NET,
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["kept.rs", "block.rs"], &[("second_way", "block")]),
        shown(&["kept.rs", "late_block.rs"], &[("second_way", "late_block")]),
        shown(&["kept.rs", "dropped.rs"], &[("second_way", "dropped")]),
        shown(&["kept.rs", "dropped_owned.rs"], &[("second_way", "dropped_owned")]),
        shown(&["kept.rs", "given.rs"], &[("second_way", "given")]),
        shown(&["kept.rs", "unborrowed.rs"], &[("second_way", "unborrowed")]),
        shown(&["argument.rs", "async_move.rs"], &[("second_way", "argument")]),
        shown(&["direct.rs", "logged.rs"], &[("second_way", "logged")]),
        shown(&["row.rs", "joined.rs"], &[("second_way", "joined")]),
        shown(&["kept.rs", "boxed.rs"], &[("second_way", "boxed")]),
    ];
    const DECIDES: &'static str = "state of 2";
    const QUESTION: Question = Question { options: &["none", "once", "thrice", "more"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("size", &[], "once"),
        Recorded::new("size-dropped", &[("second_way", "dropped")], "none"),
        Recorded::new("size-logged", &[("second_way", "logged")], "more"),
        Recorded::new("size-boxed", &[("second_way", "boxed")], "once"),
    ];

    fn start(SizeParams { second_way: way, each_wait: wait }: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let ways = Ways(&executor);
        match way {
            Way::Argument => ways.spawn(ARGUMENT, &layouts::ARGUMENT, argument::report([net::FILLED; 1024], wait)),
            Way::Logged => ways.spawn(DIRECT, &layouts::DIRECT, direct::report(wait)),
            Way::Joined => ways.spawn(ROW, &layouts::ROW, row::report(wait)),
            _ => ways.spawn(KEPT, &layouts::KEPT, kept::report(wait)),
        }
        match way {
            Way::Block => ways.spawn(BLOCK, &layouts::BLOCK, block::report(wait)),
            Way::LateBlock => ways.spawn(LATE_BLOCK, &layouts::LATE_BLOCK, late_block::report(wait)),
            Way::Dropped => ways.spawn(DROPPED, &layouts::DROPPED, dropped::report(wait)),
            Way::DroppedOwned => ways.spawn(DROPPED_OWNED, &layouts::DROPPED_OWNED, dropped_owned::report(wait)),
            Way::Given => ways.spawn(GIVEN, &layouts::GIVEN, given::report(wait)),
            Way::Unborrowed => ways.spawn(UNBORROWED, &layouts::UNBORROWED, unborrowed::report(wait)),
            Way::Argument => {
                ways.spawn(ASYNC_MOVE, &layouts::ASYNC_MOVE, async_move::report([net::FILLED; 1024], wait))
            }
            Way::Logged => ways.spawn(LOGGED, &layouts::LOGGED, logged::report(wait)),
            Way::Joined => ways.spawn(JOINED, &layouts::JOINED, joined::report(wait)),
            Way::Boxed => ways.spawn(BOXED, &layouts::BOXED, boxed::report(wait)),
        }
        Some(Job::of_tasks(executor))
    }

    /// What the second future has fewer bytes than the first one, in buffers.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let [first, second] = trace.tasks.get(..2)? else { return None };
        Some(match i64::from(first.size) - i64::from(second.size) {
            ..=-512 => "more",
            -511..512 => "none",
            512..2048 => "once",
            2048.. => "thrice",
        })
    }
}

struct Ways<'a>(&'a RecordedExecutor);

impl Ways<'_> {
    /// Spawns a future under the name of its file.
    fn spawn(&self, file: CodeFile, layout: &Layout, future: impl Future<Output = u32> + 'static) {
        let Ways(executor) = self;
        let name = file.name.trim_end_matches(".rs");
        let states = StateDef::of_async_fn(file.source);
        let machine = executor.recorder().machine(&MachineDef { name, file: file.name, states });
        executor.recorder().laid_out(machine, layout);
        drop(executor.spawn_machine(name, machine, None, future));
    }
}
