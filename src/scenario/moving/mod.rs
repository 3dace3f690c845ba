//! `moving`: a value that points into itself is moved, by hand and by an async block.

#[allow(missing_docs, unreachable_pub)]
#[allow(clippy::manual_async_fn, reason = "the async block is what is shown")]
#[rustfmt::skip] // set for the width of the page's pane
mod async_block;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;
#[allow(missing_docs, unreachable_pub)]
mod fields;
#[rustfmt::skip] // written by a test
mod layouts;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod pinned_block;
#[allow(missing_docs, unreachable_pub)]
mod slots;

use super::checks::Recorded;
use super::job::{Job, Work};
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Hero, Question, ShownWith, Spec, Stage, shown};
use crate::record::{Recorder, StateDef};
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};
use slots::{Held, Slots, poll_once};
use std::task::Poll;

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };
const ASYNC_BLOCK: CodeFile = CodeFile { name: "async_block.rs", source: include_str!("async_block.rs") };
const PINNED_BLOCK: CodeFile = CodeFile { name: "pinned_block.rs", source: include_str!("pinned_block.rs") };
const REFUSED: CodeFile = CodeFile { name: "refused.rs", source: include_str!("refused.rs") };
/// What the compiler says to `refused.rs`; `tests/messages.rs` captures it.
const STDERR: CodeFile = CodeFile { name: "refused.stderr", source: include_str!("refused.stderr") };

/// The place of the async block, and that of the copy of its bytes.
const BLOCK: &str = "async block";
const COPY: &str = "copy";

params! {
    MovingParams {
        made_by: [MadeBy] = MadeBy::Hand,
        local_var: (0..=65535) = 42,
        moves: (1..=6) = 1,
        pin_first: [PinFirst] = PinFirst::No,
    }
    MadeBy { Hand = "hand", Compiler = "compiler" }
    PinFirst { No = "no", Yes = "yes" }
}

/// The scenario.
pub(super) struct Moving;

impl Spec for Moving {
    type Params = MovingParams;

    const ID: &'static str = "moving";
    const PART: u8 = 4;
    const MINUTES: u8 = 4;
    const PICTURED_TO: Option<&str> = Some("x.take1");
    const STAGE: Stage = Stage::Slots;
    const HERO: Hero = Hero::Slots;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE, ASYNC_BLOCK, PINNED_BLOCK, REFUSED, STDERR];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&[CODE.name, REFUSED.name, STDERR.name], &[("made_by", "hand")]),
        shown(&[PINNED_BLOCK.name], &[("made_by", "compiler")]),
    ];
    const DECIDES: &'static str = "last move";
    const QUESTION: Question = Question { options: &["new_address", "old_address", "still_right", "none"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("moving", &[], "old_address"),
        Recorded::new("moving-async-block", &[("made_by", "compiler")], "still_right"),
        Recorded::new("moving-async-block-boxed", &[("made_by", "compiler"), ("pin_first", "yes")], "still_right"),
    ];

    fn start(params: Self::Params, _seed: u32, mut setup: Setup) -> Option<Job> {
        if params.made_by == MadeBy::Compiler {
            // Its last move is before it points anywhere.
            setup.head.telling.decides = format!("place {COPY}");
        }
        let executor = setup.executor();
        Some(Job::new(executor.clone(), Once { executor, params }))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        // Where the value stood, and which address its pointer held. What is written by hand has an async block beside it.
        let is_hands = trace.head.params.iter().all(|(field, value)| field != "made_by" || value == "hand");
        let holds = |i| match trace.event(i) {
            Event::Placed { place, bytes } | Event::Moved { to: place, bytes, .. } => {
                let name = trace.place_name(place);
                if name == COPY || (is_hands && name == BLOCK) {
                    return None;
                }
                let snapshot = trace.snapshot(bytes)?;
                let field = snapshot.fields.iter().find(|f| trace.name(f.name) == "local_ref")?;
                Some((snapshot.address..snapshot.address + snapshot.size, snapshot.address_in(field)?))
            }
            _ => None,
        };
        let seen: Vec<_> = (0..trace.len()).filter_map(holds).collect();
        let Some(first) = seen.iter().find_map(|&(_, pointer)| (pointer != 0).then_some(pointer)) else {
            return Some("none");
        };
        let (value, pointer) = seen.last()?;
        Some(match *pointer {
            // The value is where it was, or has come back there.
            pointer if pointer == first && value.contains(&pointer) => "still_right",
            pointer if pointer == first => "old_address",
            _ => "new_address",
        })
    }
}

/// All of it, at once: nothing here waits.
struct Once {
    executor: RecordedExecutor,
    params: MovingParams,
}

impl Work for Once {
    fn run(&mut self) {
        let MovingParams { made_by, local_var, moves, pin_first } = self.params;
        let value = local_var as u16; // its range is that of a u16
        let recorder = self.executor.recorder();
        // The slots outlive all that is looked at, so that no address is used for two things.
        match (made_by, pin_first) {
            (MadeBy::Hand, PinFirst::No) => {
                let mut slots = Slots::new(recorder, fields::BY_HAND);
                code::unpinned(&mut slots, value, moves);
                self.block(value);
            }
            (MadeBy::Hand, PinFirst::Yes) => {
                let mut slots = Slots::new(recorder, fields::BOXED);
                code::pinned(&mut slots, value, moves);
                self.block(value);
            }
            (MadeBy::Compiler, PinFirst::No) => {
                let mut slots = Slots::new(recorder, fields::blocks());
                let polled = pinned_block::moved_then_pinned(&mut slots, async_block::block(value), moves);
                assert_eq!(polled, Poll::Ready(value), "it reads what it points to");
            }
            (MadeBy::Compiler, PinFirst::Yes) => {
                let mut slots = Slots::new(recorder, fields::boxed_blocks());
                let polled = pinned_block::pinned_then_moved(&mut slots, async_block::block(value), moves);
                assert_eq!(polled, Poll::Ready(value), "it reads what it points to");
            }
        }
        self.executor.run();
    }
}

impl Once {
    /// Boxes the async block, and looks at its bytes before and after its first poll.
    fn block(&self, value: u16) {
        let recorder = self.executor.recorder();
        let states = StateDef::of_async_fn(ASYNC_BLOCK.source);
        let is_begin = |l: &str| l.trim_start().starts_with("async");
        let begin = ASYNC_BLOCK.source.lines().position(is_begin).map(|i| (i as u32 + 1, 1));
        let stand_at = |line: Option<(u32, u32)>| {
            let Some((line, column)) = line else { return };
            let site = recorder.site_in(ASYNC_BLOCK.name, line, column);
            recorder.record(0, Event::Line { task: TaskId::NONE, site });
        };
        let mut held = Held::new(recorder, Box::pin(async_block::block(value)));
        stand_at(begin);
        held.look();
        assert!(poll_once(held.block.as_mut()).is_pending(), "the block awaits once");
        stand_at(states[1].site);
        held.look();
    }
}
