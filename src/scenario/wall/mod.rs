//! `wall`: a million live futures on one thread, a pixel each, woken by real timers. It has no trace: a record of
//! millions of polls a second would be all that it shows. So it runs in the fast module, and the page looks at it as
//! it is now, through one byte a future.
//!
//! | file | what it is |
//! |------|------------|
//! | `code.rs` | the future, as it is shown |
//! | `pixel.rs` | what that code sees of the wall |
//! | `wheel.rs` | the timers, and the wakers that they hold |
//! | `pattern.rs` | who waits how long |
//! | `states.rs` | a byte a future |
//! | `board.rs` | what all of them share |
//! | `running.rs` | the wall on its executor |

mod board;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;
mod pattern;
#[allow(unreachable_pub, reason = "a prelude of its own, for `code.rs`")]
mod pixel;
mod running;
pub mod states;
pub mod wheel;

pub use board::{Counts, Doing, PixelDescription};
pub use running::Wall;

use super::Given;
use super::params::{self, Problem, params};
use super::spec::{CodeFile, Hero, Kind, Module, Question, Spec, Stage};

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };

params! {
    WallParams {
        futures: (1..=1_000_000) = 1_000_000,
        pattern: [Pattern] = Pattern::Ripples,
        mean: (20..=60_000, "ms") = 2000,
        ends: [Ends] = Ends::Never,
        work: (0..=10_000, "steps") = 0,
    }
    Pattern { Ripples = "ripples", Wave = "wave", Rows = "rows", Rain = "rain" }
    Ends { Never = "never", One = "one", Three = "three", Ten = "ten" }
}

/// The scenario.
pub(super) struct WallScenario;

impl Spec for WallScenario {
    type Params = WallParams;

    const ID: &'static str = "wall";
    const PART: u8 = 1;
    const MINUTES: u8 = 2;
    const STAGE: Stage = Stage::Wall;
    const HERO: Hero = Hero::Wall;
    const KIND: Kind = Kind::Untraced;
    const MODULE: Module = Module::Fast;
    const SEEDED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE];
    const QUESTION: Question = Question { options: &[] };
}

/// Reads the form, and the seed.
fn read(given: Given<'_>) -> Result<(WallParams, u32), Problem> {
    params::read(given, WallScenario::SEEDED)
}
