//! `mutex`: a guard that is held while its task waits, in seven ways; and each without.
//!
//! The `RefCell` and the `std::sync::Mutex` are the standard library's (`lent.rs` records who has them). That mutex is asked by
//! `try_lock`: in `lock` the one thread would stand still, and there would be no run to show. `send.rs` is refused by the
//! compiler, and no module here.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod across;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod across_kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod if_let;
#[allow(clippy::single_match_else, reason = "it is what the earlier edition made of it")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod if_let_2021;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod in_match;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod in_match_kept;
#[allow(missing_docs, unreachable_pub)]
mod lent;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod order;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod order_kept;
#[allow(clippy::await_holding_refcell_ref, reason = "that is the point")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod ref_cell;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod ref_cell_kept;
#[allow(clippy::await_holding_lock, reason = "that is the point")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod std_mutex;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod std_mutex_kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod while_let;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod while_let_kept;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::prelude::{Mutex, channel};
use crate::trace::event::End;
use crate::trace::{Event, Trace};
use std::rc::Rc;

params! {
    MutexParams {
        mistake: [Mistake] = Mistake::Across,
        guard: [Guard] = Guard::Held,
    }
    Mistake {
        Across = "across",
        InMatch = "in_match",
        WhileLet = "while_let",
        IfLet = "if_let",
        Order = "order",
        RefCell = "ref_cell",
        StdMutex = "std_mutex",
    }
    Guard { Held = "held", Cured = "cured" }
}

/// What takes every mistake away.
const CURED: &[(&str, &str)] = &[("guard", "cured")];

/// The scenario.
pub(super) struct MutexScenario;

impl Spec for MutexScenario {
    type Params = MutexParams;

    const ID: &'static str = "mutex";
    const PART: u8 = 5;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("t2.p1");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Guard;
    const MODULE: Module = Module::Caveats;
    const SEEDED: bool = false;
    const MAY_BE_STUCK: bool = true;
    const FILES: &'static [CodeFile] = &[
        file("across.rs", include_str!("across.rs")),
        file("across_kept.rs", include_str!("across_kept.rs")),
        file("in_match.rs", include_str!("in_match.rs")),
        file("in_match_kept.rs", include_str!("in_match_kept.rs")),
        file("while_let.rs", include_str!("while_let.rs")),
        file("while_let_kept.rs", include_str!("while_let_kept.rs")),
        file("if_let_2021.rs", include_str!("if_let_2021.rs")),
        file("if_let.rs", include_str!("if_let.rs")),
        file("order.rs", include_str!("order.rs")),
        file("order_kept.rs", include_str!("order_kept.rs")),
        file("ref_cell.rs", include_str!("ref_cell.rs")),
        file("ref_cell_kept.rs", include_str!("ref_cell_kept.rs")),
        file("std_mutex.rs", include_str!("std_mutex.rs")),
        file("std_mutex_kept.rs", include_str!("std_mutex_kept.rs")),
        file("send.stderr", include_str!("send.stderr")),
        file("send.rs", include_str!("send.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["across.rs"], &[("mistake", "across"), ("guard", "held")]),
        shown(&["across_kept.rs"], &[("mistake", "across"), ("guard", "cured")]),
        shown(&["in_match.rs"], &[("mistake", "in_match"), ("guard", "held")]),
        shown(&["in_match_kept.rs"], &[("mistake", "in_match"), ("guard", "cured")]),
        shown(&["while_let.rs"], &[("mistake", "while_let"), ("guard", "held")]),
        shown(&["while_let_kept.rs"], &[("mistake", "while_let"), ("guard", "cured")]),
        shown(&["if_let_2021.rs"], &[("mistake", "if_let"), ("guard", "held")]),
        shown(&["if_let.rs"], &[("mistake", "if_let"), ("guard", "cured")]),
        shown(&["order.rs"], &[("mistake", "order"), ("guard", "held")]),
        shown(&["order_kept.rs"], &[("mistake", "order"), ("guard", "cured")]),
        shown(&["ref_cell.rs"], &[("mistake", "ref_cell"), ("guard", "held")]),
        shown(&["ref_cell_kept.rs"], &[("mistake", "ref_cell"), ("guard", "cured")]),
        shown(&["std_mutex.rs", "send.rs", "send.stderr"], &[("mistake", "std_mutex"), ("guard", "held")]),
        shown(&["std_mutex_kept.rs"], &[("mistake", "std_mutex"), ("guard", "cured")]),
    ];
    const QUESTION: Question = Question { options: &["done", "each_other", "itself", "panics"] };
    const FINDINGS: &'static [&'static str] =
        &["deadlock task 1 waits for channel 1 of task 2, task 2 waits for mutex 1 of task 1"];
    const CURES: &'static [Cure] =
        &[Cure { finding: "deadlock", fields: CURED }, Cure { finding: "panicked", fields: CURED }];
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("mutex", &[], "each_other"),
        Recorded::new("mutex-cured", &[("guard", "cured")], "done"),
        Recorded::new("mutex-in-match", &[("mistake", "in_match")], "itself"),
        Recorded::new("mutex-while-let", &[("mistake", "while_let")], "itself"),
        Recorded::new("mutex-if-let-2021", &[("mistake", "if_let")], "itself"),
        Recorded::new("mutex-if-let-2024", &[("mistake", "if_let"), ("guard", "cured")], "done"),
        Recorded::new("mutex-order", &[("mistake", "order")], "each_other"),
    ];

    fn start(MutexParams { mistake, guard }: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let is_held = guard == Guard::Held;
        let two = Two(&executor);
        match mistake {
            Mistake::Across => {
                let lock = Rc::new(Mutex::new(21));
                let (reply, answer) = executor.inside(channel);
                if is_held {
                    two.spawn("ask", across::ask(lock.clone(), answer), "answer", across::answer(lock, reply))
                } else {
                    two.spawn("ask", across_kept::ask(lock.clone(), answer), "answer", across_kept::answer(lock, reply))
                }
            }
            Mistake::InMatch if is_held => executor.spawn_detached("main", in_match::main()),
            Mistake::InMatch => executor.spawn_detached("main", in_match_kept::main()),
            Mistake::WhileLet if is_held => executor.spawn_detached("main", while_let::main()),
            Mistake::WhileLet => executor.spawn_detached("main", while_let_kept::main()),
            Mistake::IfLet if is_held => executor.spawn_detached("main", if_let_2021::main()),
            Mistake::IfLet => executor.spawn_detached("main", if_let::main()),
            Mistake::Order => {
                let (a, b) = (Rc::new(Mutex::new(100)), Rc::new(Mutex::new(100)));
                if is_held {
                    two.spawn("pay", order::pay(a.clone(), b.clone()), "repay", order::repay(a, b))
                } else {
                    two.spawn("pay", order_kept::pay(a.clone(), b.clone()), "repay", order_kept::repay(a, b))
                }
            }
            Mistake::RefCell => {
                let cell = Rc::new(executor.inside(|| lent::RefCell::new(1)));
                if is_held {
                    two.spawn("read", ref_cell::read(cell.clone()), "write", ref_cell::write(cell))
                } else {
                    two.spawn("read", ref_cell_kept::read(cell.clone()), "write", ref_cell_kept::write(cell))
                }
            }
            Mistake::StdMutex => {
                let lock = Rc::new(executor.inside(|| lent::StdMutex::new(1)));
                if is_held {
                    two.spawn("read", std_mutex::read(lock.clone()), "write", std_mutex::write(lock))
                } else {
                    two.spawn("read", std_mutex_kept::read(lock.clone()), "write", std_mutex_kept::write(lock))
                }
            }
        }
        Some(Job::of_tasks(executor))
    }

    /// How the run ended.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let last = trace.len().checked_sub(1)?;
        Some(match trace.event(last) {
            Event::Ended { end: End::Completed } => "done",
            Event::Ended { end: End::Deadlock(1) } => "itself",
            Event::Ended { end: End::Deadlock(_) } => "each_other",
            Event::Ended { end: End::Panicked } => "panics",
            _ => return None,
        })
    }
}

/// Two tasks of one run.
struct Two<'a>(&'a RecordedExecutor);

impl Two<'_> {
    fn spawn(
        &self,
        one: &str,
        first: impl Future<Output = ()> + 'static,
        other: &str,
        second: impl Future<Output = ()> + 'static,
    ) {
        self.0.spawn_detached(one, first);
        self.0.spawn_detached(other, second);
    }
}
