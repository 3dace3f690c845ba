//! `orders`: programs that come to the right end in the queue's own order, and to another one in few of the other orders; each
//! beside the program that is right in all of them.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod locks;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod locks_kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod quote;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod sum;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod sum_kept;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Cure, Hero, Question, ShownWith, Spec, Stage, shown};
use crate::trace::event::End;
use crate::trace::{Event, Trace};
use quote::quote;

const SUM: CodeFile = CodeFile { name: "sum.rs", source: include_str!("sum.rs") };
const SUM_KEPT: CodeFile = CodeFile { name: "sum_kept.rs", source: include_str!("sum_kept.rs") };
const LOCKS: CodeFile = CodeFile { name: "locks.rs", source: include_str!("locks.rs") };
const LOCKS_KEPT: CodeFile = CodeFile { name: "locks_kept.rs", source: include_str!("locks_kept.rs") };
const QUOTE: CodeFile = CodeFile { name: "quote.rs", source: include_str!("quote.rs") };

params! {
    OrdersParams {
        shares: [Shares] = Shares::Sum,
        quotes: (0..=30) = 8,
    }
    Shares { Sum = "sum", SumKept = "sum_kept", Locks = "locks", LocksKept = "locks_kept" }
}

/// What the programs log when both changes were made.
const RIGHT: [&str; 2] = ["balance: 140", "balances: 95, 105"];

/// The scenario.
pub(super) struct Orders;

impl Spec for Orders {
    type Params = OrdersParams;

    const ID: &'static str = "orders";
    const PART: u8 = 3;
    const MINUTES: u8 = 4;
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Orders;
    const SEEDED: bool = false;
    const SCHEDULED: bool = true;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[SUM, SUM_KEPT, LOCKS, LOCKS_KEPT, QUOTE];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["sum.rs"], &[("shares", "sum")]),
        shown(&["sum_kept.rs"], &[("shares", "sum_kept")]),
        shown(&["locks.rs"], &[("shares", "locks")]),
        shown(&["locks_kept.rs"], &[("shares", "locks_kept")]),
    ];
    const QUESTION: Question = Question { options: &["right", "lost", "stuck"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("orders", &[], "right"),
        Recorded::new("orders-lost", &[("quotes", "0")], "lost"),
        Recorded::new("orders-sum-kept", &[("shares", "sum_kept"), ("quotes", "0")], "right"),
        Recorded::new("orders-locks", &[("shares", "locks")], "right"),
        Recorded::new("orders-locks-kept", &[("shares", "locks_kept")], "right"),
    ];
    const CURES: &'static [Cure] = &[Cure { finding: "deadlock", fields: &[("shares", "locks_kept")] }];

    fn start(OrdersParams { shares, quotes }: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        drop(match shares {
            Shares::Sum => executor.spawn("main", sum::main(quotes)),
            Shares::SumKept => executor.spawn("main", sum_kept::main(quotes)),
            Shares::Locks => executor.spawn("main", locks::main(quotes)),
            Shares::LocksKept => executor.spawn("main", locks_kept::main(quotes)),
        });
        Some(Job::of_tasks(executor))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let mut answer = None;
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Logged { text, .. } => {
                    answer = Some(if RIGHT.contains(&trace.name(text)) { "right" } else { "lost" });
                }
                Event::Ended { end: End::Deadlock(_) } => answer = Some("stuck"),
                _ => {}
            }
        }
        answer
    }
}
