//! `cancel`: a transfer is dropped at the await at which a timeout finds it. Beside it, a reader that loses a half-read frame to
//! each tick, and a timeout that each turn of a loop makes anew; and the cure of each.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod frames_kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod frames_lost;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod guard;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod read;
#[allow(missing_docs, unreachable_pub)]
#[path = "refund.rs"]
#[rustfmt::skip]
mod refund_as_written;
/// The same, as the guard calls it: what becomes of its future is recorded.
mod refund {
    use super::{Book, refund_as_written};
    use crate::prelude::{Called, Rc, called};

    #[track_caller]
    pub(super) fn refund(book: Rc<Book>, sum: i32) -> Called<impl Future<Output = ()>> {
        called("refund", refund_as_written::refund(book, sum))
    }
}
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod spawned;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod timeout_anew;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod timeout_kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod transfer;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod within;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::prelude::{Mutex, Rc, Shared, channel};
use crate::trace::{Event, Trace};

params! {
    CancelParams {
        cut: (1..=60, "ms") = 20,
        transfer: [Transfer] = Transfer::Within,
        refund: [Refund] = Refund::Called,
        reader: [Reader] = Reader::Lost,
        timeout: [Timeout] = Timeout::Anew,
    }
    Transfer { Within = "within", Spawned = "spawned" }
    Refund { Called = "called", Spawned = "spawned" }
    Reader { Lost = "lost", Kept = "kept" }
    Timeout { Anew = "anew", Kept = "kept" }
}

/// Two accounts, and the lock that a task takes to change them.
#[derive(Debug)]
pub(super) struct Book {
    lock: Mutex<()>,
    first: Shared<i32>,
    second: Shared<i32>,
    refund: Refund,
}

impl Book {
    fn new(refund: Refund) -> Rc<Book> {
        Rc::new(Book { lock: Mutex::new(()), first: Shared::new(100), second: Shared::new(50), refund })
    }
}

/// The task whose transfer no timeout drops.
const LEFT_ALONE: &str = "left alone";

/// The scenario.
pub(super) struct Cancel;

impl Spec for Cancel {
    type Params = CancelParams;

    const ID: &'static str = "cancel";
    const PART: u8 = 5;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("t1.p3");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Cut;
    const MODULE: Module = Module::Caveats;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[
        file("transfer.rs", include_str!("transfer.rs")),
        file("within.rs", include_str!("within.rs")),
        file("spawned.rs", include_str!("spawned.rs")),
        file("guard.rs", include_str!("guard.rs")),
        file("refund.rs", include_str!("refund.rs")),
        file("frames_lost.rs", include_str!("frames_lost.rs")),
        file("frames_kept.rs", include_str!("frames_kept.rs")),
        file("timeout_anew.rs", include_str!("timeout_anew.rs")),
        file("timeout_kept.rs", include_str!("timeout_kept.rs")),
        file("read.rs", include_str!("read.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["within.rs"], &[("transfer", "within")]),
        shown(&["spawned.rs"], &[("transfer", "spawned")]),
        shown(&["frames_lost.rs"], &[("reader", "lost")]),
        shown(&["frames_kept.rs"], &[("reader", "kept")]),
        shown(&["timeout_anew.rs"], &[("timeout", "anew")]),
        shown(&["timeout_kept.rs"], &[("timeout", "kept")]),
    ];
    const SUBJECT: &'static str = "pay";
    const DECIDES: &'static str = "log pay: ";
    const QUESTION: Question = Question { options: &["second", "first", "neither"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("cancel", &[], "neither"),
        Recorded::new("cancel-before-the-debit", &[("cut", "5")], "first"),
        Recorded::new("cancel-cured", &[("transfer", "spawned"), ("reader", "kept"), ("timeout", "kept")], "second"),
        Recorded::new("cancel-refunded", &[("refund", "spawned")], "first"),
    ];
    const FINDINGS: &'static [&'static str] = &[
        "never_polled task 1 refund (1)",
        "values_lost task 3: 3 of 4",
        "timeout_of_each_turn task 4: 13 times 20 ms in 36 ms",
    ];
    const CURES: &'static [Cure] = &[
        Cure { finding: "never_polled", fields: &[("refund", "spawned")] },
        Cure { finding: "values_lost", fields: &[("reader", "kept")] },
        Cure { finding: "timeout_of_each_turn", fields: &[("timeout", "kept")] },
    ];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let CancelParams { cut, transfer, refund, reader, timeout } = params;
        let executor = setup.executor();
        let book = Book::new(refund);
        match transfer {
            Transfer::Within => executor.spawn_detached("pay", within::pay(book, cut)),
            Transfer::Spawned => executor.spawn_detached("pay", spawned::pay(book, cut)),
        }
        executor.spawn_detached(LEFT_ALONE, transfer::transfer(Book::new(refund)));
        let [(to_frames, bytes), (to_listen, all)] = [channel(), channel()];
        match reader {
            Reader::Lost => executor.spawn_detached("frames", frames_lost::frames(bytes, cut)),
            Reader::Kept => executor.spawn_detached("frames", frames_kept::frames(bytes, cut)),
        }
        match timeout {
            Timeout::Anew => executor.spawn_detached("listen", timeout_anew::listen(all, cut)),
            Timeout::Kept => executor.spawn_detached("listen", timeout_kept::listen(all, cut)),
        }
        executor.spawn_detached("send", read::send([to_frames, to_listen]));
        Some(Job::of_tasks(executor))
    }

    /// Where the money is of the transfer with the timeout: the first of its two accounts is the one that is written first.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let mut answer = "first";
        let mut first = None;
        for i in 0..trace.len() {
            let Event::CellWritten { task, cell, value, .. } = trace.event(i) else { continue };
            if trace.task_name(task) == LEFT_ALONE {
                continue;
            }
            answer = match *first.get_or_insert(cell) == cell {
                false => "second",
                true if trace.name(value) == "100" => "first",
                true => "neither",
            };
        }
        Some(answer)
    }
}
