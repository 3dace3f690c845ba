//! `lost-wake`: leaves that leave their waker rightly, and three that do not, each awaited in three ways.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod alone;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod forgets_waker;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod handed_on;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod keeps_first;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod keeps_waker;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod ticked;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod trusts_wakes;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Cure, Hero, Question, ShownWith, Spec, Stage, shown};
use crate::prelude::{bell, watched};
use crate::trace::event::Outcome;
use crate::trace::{Event, Trace};
use forgets_waker::ForgetsWaker;
use keeps_first::KeepsFirst;
use keeps_waker::KeepsWaker;
use trusts_wakes::TrustsWakes;

const ALONE: CodeFile = CodeFile { name: "alone.rs", source: include_str!("alone.rs") };
const TICKED: CodeFile = CodeFile { name: "ticked.rs", source: include_str!("ticked.rs") };
const HANDED_ON: CodeFile = CodeFile { name: "handed_on.rs", source: include_str!("handed_on.rs") };
const KEEPS_WAKER: CodeFile = CodeFile { name: "keeps_waker.rs", source: include_str!("keeps_waker.rs") };
const FORGETS_WAKER: CodeFile = CodeFile { name: "forgets_waker.rs", source: include_str!("forgets_waker.rs") };
const KEEPS_FIRST: CodeFile = CodeFile { name: "keeps_first.rs", source: include_str!("keeps_first.rs") };
const TRUSTS_WAKES: CodeFile = CodeFile { name: "trusts_wakes.rs", source: include_str!("trusts_wakes.rs") };

params! {
    LostWakeParams {
        leaf: [Leaf] = Leaf::ForgetsWaker,
        awaited: [Awaited] = Awaited::Alone,
        ring: (0..=1000, "ms") = 30,
        tick: (1..=1000, "ms") = 20,
    }
    Leaf {
        KeepsWaker = "keeps_waker",
        ForgetsWaker = "forgets_waker",
        KeepsFirst = "keeps_first",
        TrustsWakes = "trusts_wakes",
    }
    Awaited { Alone = "alone", Ticked = "ticked", HandedOn = "handed_on" }
}

/// What the recorder calls the leaves.
const LEAVES: [&str; 4] = ["KeepsWaker", "ForgetsWaker", "KeepsFirst", "TrustsWakes"];

/// What cures every leaf.
const KEPT: &[(&str, &str)] = &[("leaf", "keeps_waker")];

/// The scenario.
pub(super) struct LostWake;

impl Spec for LostWake {
    type Params = LostWakeParams;

    const ID: &'static str = "lost-wake";
    const PART: u8 = 3;
    const MINUTES: u8 = 4;
    const PICTURED_TO: Option<&str> = Some("x.signal1");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Wake;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] =
        &[KEEPS_WAKER, FORGETS_WAKER, KEEPS_FIRST, TRUSTS_WAKES, TICKED, HANDED_ON, ALONE];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["keeps_waker.rs"], &[("leaf", "keeps_waker")]),
        shown(&["forgets_waker.rs"], &[("leaf", "forgets_waker")]),
        shown(&["keeps_first.rs"], &[("leaf", "keeps_first")]),
        shown(&["trusts_wakes.rs"], &[("leaf", "trusts_wakes")]),
        shown(&["alone.rs"], &[("awaited", "alone")]),
        shown(&["ticked.rs"], &[("awaited", "ticked")]),
        shown(&["handed_on.rs"], &[("awaited", "handed_on")]),
    ];
    const QUESTION: Question = Question { options: &["early", "on_ring", "late", "never"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("lost-wake", &[], "never"),
        Recorded::new("lost-wake-spurious", &[("leaf", "keeps_waker"), ("awaited", "ticked")], "on_ring"),
        Recorded::new("lost-wake-masked", &[("awaited", "ticked")], "late"),
        Recorded::new("lost-wake-stale", &[("leaf", "keeps_first"), ("awaited", "handed_on")], "never"),
    ];
    const FINDINGS: &'static [&'static str] = &["no_waker task 1 ForgetsWaker"];
    const CURES: &'static [Cure] = &[
        Cure { finding: "no_waker", fields: KEPT },
        Cure { finding: "polled_by_luck", fields: KEPT },
        Cure { finding: "stale_waker", fields: KEPT },
        Cure { finding: "took_poll_for_event", fields: KEPT },
    ];
    const MAY_BE_STUCK: bool = true;

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let bell = executor.inside(|| bell(params.ring));
        let name = LEAVES[params.leaf as usize];
        match params.leaf {
            Leaf::KeepsWaker => begin(&executor, &params, name, KeepsWaker { bell }),
            Leaf::ForgetsWaker => begin(&executor, &params, name, ForgetsWaker { bell }),
            Leaf::KeepsFirst => begin(&executor, &params, name, KeepsFirst { bell, left: false }),
            Leaf::TrustsWakes => begin(&executor, &params, name, TrustsWakes { bell, left: false }),
        }
        Some(Job::of_tasks(executor))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let (mut signalled, mut served) = (None, None);
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Signalled { .. } => signalled = Some(trace.time(i)),
                Event::Exited { future, outcome: Outcome::Ready, .. }
                    if LEAVES.contains(&trace.future_name(future)) =>
                {
                    served.get_or_insert((trace.time(i), signalled));
                }
                _ => {}
            }
        }
        Some(match served {
            None => "never",
            Some((_, None)) => "early",
            Some((time, Some(signalled))) if time == signalled => "on_ring",
            Some(_) => "late",
        })
    }
}

fn begin(
    executor: &RecordedExecutor,
    params: &LostWakeParams,
    name: &'static str,
    call: impl Future<Output = ()> + Unpin + 'static,
) {
    let call = executor.inside(|| watched(name, call));
    drop(match params.awaited {
        Awaited::Alone => executor.spawn("alone", alone::alone(call)),
        Awaited::Ticked => executor.spawn("ticked", ticked::ticked(call, params.tick)),
        Awaited::HandedOn => executor.spawn("handed_on", handed_on::handed_on(call)),
    });
}
