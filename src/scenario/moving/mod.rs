//! `moving`: a value that points into itself is moved, by hand and by an async block.

#[allow(missing_docs, unreachable_pub)]
#[allow(clippy::manual_async_fn, reason = "the async block is what is shown")]
#[rustfmt::skip] // set for the width of the page's pane
mod async_block;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;
mod fields;
#[allow(missing_docs, unreachable_pub)]
mod shown;
#[allow(missing_docs, unreachable_pub)]
mod slots;

use super::checks::Recorded;
use super::job::{Job, Work};
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Hero, Question, Spec, Stage};
use crate::pinning::self_pointers;
use crate::record::{ObservedField, Recorder, StateDef};
use crate::trace::ids::{PlaceId, TaskId};
use crate::trace::{Event, Role, Trace};
use slots::Slots;
use std::pin::Pin;
use std::task::{Context, Waker};

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };
const ASYNC_BLOCK: CodeFile = CodeFile { name: "async_block.rs", source: include_str!("async_block.rs") };
const REFUSED: CodeFile = CodeFile { name: "refused.rs", source: include_str!("refused.rs") };
/// What the compiler says to `refused.rs`; `tests/messages.rs` captures it.
const STDERR: CodeFile = CodeFile { name: "refused.stderr", source: include_str!("refused.stderr") };

/// The place of the async block.
const BLOCK: &str = "async block";

params! {
    MovingParams {
        local_var: (0..=65535) = 42,
        moves: (1..=6) = 1,
        pin_first: [PinFirst] = PinFirst::No,
    }
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
    const FILES: &'static [CodeFile] = &[CODE, ASYNC_BLOCK, REFUSED, STDERR];
    const DECIDES: &'static str = "last move";
    const QUESTION: Question = Question { options: &["new_address", "old_address", "still_right", "zero"] };
    const RECORDED: &'static [Recorded] = &[Recorded::new("moving", &[], "old_address")];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        Some(Job::new(executor.clone(), Once { executor, setup, params }))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        // Where the value stood, and which address its pointer held.
        let holds = |i| match trace.event(i) {
            Event::Placed { place, bytes } | Event::Moved { to: place, bytes, .. } => {
                if trace.name(trace.places[place.index()].name) == BLOCK {
                    return None;
                }
                let snapshot = trace.snapshot(bytes)?;
                let field = snapshot.fields.iter().find(|f| trace.name(f.name) == "local_ref")?;
                Some((snapshot.address..snapshot.address + snapshot.size, snapshot.address_in(field)?))
            }
            _ => None,
        };
        let seen: Vec<_> = (0..trace.len()).filter_map(holds).collect();
        let first = seen.iter().find_map(|&(_, pointer)| (pointer != 0).then_some(pointer))?;
        let (value, pointer) = seen.last()?;
        Some(match *pointer {
            0 => "zero",
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
    setup: Setup,
    params: MovingParams,
}

impl Work for Once {
    fn run(&mut self) {
        let MovingParams { local_var, moves, pin_first } = self.params;
        let local_var = local_var as u16; // its range is that of a u16
        let recorder = self.executor.recorder();
        // The slots outlive all that is looked at, so that no address is used for two things.
        match pin_first {
            PinFirst::No => {
                let mut slots = Slots::new(recorder);
                code::unpinned(&mut slots, local_var, moves);
                self.block(local_var);
            }
            PinFirst::Yes => {
                let mut slots = Slots::new(recorder);
                code::pinned(&mut slots, local_var, moves);
                self.block(local_var);
            }
        }
        self.executor.run();
    }
}

impl Once {
    /// Boxes the async block, and looks at its bytes before and after its first poll.
    fn block(&self, value: u16) {
        let mut block = Box::pin(async_block::block(value));
        let recorder = self.executor.recorder();
        let place = {
            let block = block.as_ref().get_ref();
            recorder.place(BLOCK, std::ptr::from_ref(block).addr(), size_of_val(block))
        };
        let states = StateDef::of_async_fn(ASYNC_BLOCK.source);
        let is_begin = |l: &str| l.trim_start().starts_with("async");
        let begin = ASYNC_BLOCK.source.lines().position(is_begin).map(|i| (i as u32 + 1, 1));
        self.look(place, begin, block.as_ref());
        let pending = block.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending();
        assert!(pending, "the block awaits once");
        self.look(place, states[1].site, block.as_ref());
    }

    fn look<F>(&self, place: PlaceId, line: Option<(u32, u32)>, block: Pin<&F>) {
        let recorder = self.executor.recorder();
        let (address, size) = (std::ptr::from_ref(block.get_ref()).addr(), size_of::<F>());
        let mut bytes = Vec::new();
        if let Some(peek) = self.setup.peek {
            bytes.resize(size, 0);
            peek(address, &mut bytes);
        }
        let width = size_of::<usize>();
        let pointer =
            |at| ObservedField { name: "local_ref".into(), address: address + at, size: width, role: Role::Pointer };
        let pointers: Vec<_> = self_pointers(address, &bytes, width).into_iter().map(pointer).collect();
        if let Some((line, column)) = line {
            let site = recorder.site_in(ASYNC_BLOCK.name, line, column);
            recorder.record(0, Event::Line { task: TaskId::NONE, site });
        }
        let bytes = recorder.snapshot(address, bytes, &pointers);
        recorder.record(0, Event::Placed { place, bytes });
    }
}
