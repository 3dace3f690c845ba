//! `frame`: a thousandth of a frame at a random cursor of a run of a million events and a thousand tasks.
//!
//! Every run has a million units; so many whole frames would take too long.

#[path = "../../../page/million.rs"]
#[allow(dead_code, reason = "it is a program, too")]
mod million;

use pollscope::trace::ids::TaskId;
use pollscope::view::Viewer;
use std::hint::black_box;

const UNITS_A_FRAME: u32 = 1000;

pub(crate) fn run(units: u32) -> u32 {
    let mut replay = Viewer::of(million::million());
    let mut cursor = 0;
    for _ in 0..units / UNITS_A_FRAME {
        // Here and there: the next one is never near.
        cursor = (cursor + 617_393) % million::EVENTS;
        black_box(replay.frame(cursor + 1, TaskId::NONE));
    }
    units
}
