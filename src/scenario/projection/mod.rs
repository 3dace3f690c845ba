//! `projection`: from a pinned whole to its fields. The talk's `Race`, which does not compile; the same by two crates and by hand; and
//! the four things that the one who pins a field has to see to, each broken by hand, and refused by the crates.
//!
//! What the compiler refuses is no module of this crate; `tests/messages.rs` captures what it says, and what the macro makes.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod attribute;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod by_hand;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod drop_moves;
mod fields;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod future;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod lite;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod moved_out;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod not_dropped;
#[cfg(test)]
#[allow(unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod relies;
#[allow(missing_docs, unreachable_pub)]
mod seen;
// The box is what moves.
#[allow(missing_docs, unreachable_pub, clippy::boxed_local)]
#[rustfmt::skip] // set for the width of the page's pane
mod unpin;

use super::checks::Recorded;
use super::job::{Job, Work};
use super::params::params;
use super::refused::refuse;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::trace::ids::{BlobId, PlaceId};
use crate::trace::{Event, Role, Trace};
use future::Inner;

params! {
    ProjectionParams {
        projected: [Projected] = Projected::ByHand,
        promise: [Promise] = Promise::MovedOut,
    }
    Projected {
        Talk = "talk",
        ByHand = "by_hand",
        Lite = "lite",
        Attribute = "attribute",
    }
    Promise {
        Kept = "kept",
        Unpin = "unpin",
        Drop = "drop",
        MovedOut = "moved_out",
        NotDropped = "not_dropped",
    }
}

/// A program that is refused, and what is said to it.
macro_rules! refused {
    ($($name:literal),*) => {
        [$((concat!($name, ".rs"), include_str!(concat!($name, ".rs")), concat!($name, ".stderr"), include_str!(concat!($name, ".stderr")))),*]
    };
}

/// Those programs: the talk's, and the ones that break a promise with a crate.
const REFUSED: [(&str, &str, &str, &str); 9] = refused![
    "talk",
    "attribute_unpin",
    "attribute_drop",
    "attribute_moved_out",
    "attribute_not_dropped",
    "lite_unpin",
    "lite_drop",
    "lite_moved_out",
    "lite_not_dropped"
];

const fn program(nth: usize) -> CodeFile {
    file(REFUSED[nth].0, REFUSED[nth].1)
}

const fn said(nth: usize) -> CodeFile {
    file(REFUSED[nth].2, REFUSED[nth].3)
}

/// The scenario.
pub(super) struct Projection;

impl Spec for Projection {
    type Params = ProjectionParams;

    const ID: &'static str = "projection";
    const PART: u8 = 4;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("x.pin1");
    const STAGE: Stage = Stage::Slots;
    const HERO: Hero = Hero::Doors;
    const MODULE: Module = Module::Pinning;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[
        said(0),
        program(0),
        file("by_hand.rs", include_str!("by_hand.rs")),
        file("lite.rs", include_str!("lite.rs")),
        file("lite.expanded", include_str!("lite.expanded")),
        file("attribute.rs", include_str!("attribute.rs")),
        file("attribute.expanded", include_str!("attribute.expanded")),
        file("unpin.rs", include_str!("unpin.rs")),
        file("unpin.miri", include_str!("unpin.miri")),
        file("drop_moves.rs", include_str!("drop_moves.rs")),
        file("drop_moves.miri", include_str!("drop_moves.miri")),
        file("moved_out.rs", include_str!("moved_out.rs")),
        file("moved_out.miri", include_str!("moved_out.miri")),
        file("not_dropped.rs", include_str!("not_dropped.rs")),
        file("not_dropped.miri", include_str!("not_dropped.miri")),
        said(1),
        program(1),
        said(2),
        program(2),
        said(3),
        program(3),
        said(4),
        program(4),
        said(5),
        program(5),
        said(6),
        program(6),
        said(7),
        program(7),
        said(8),
        program(8),
        file("future.rs", include_str!("future.rs")),
        file("relies.rs", include_str!("relies.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["talk.stderr", "talk.rs"], &[("projected", "talk")]),
        shown(&["by_hand.rs", "future.rs"], &[("projected", "by_hand"), ("promise", "kept")]),
        shown(&["unpin.rs", "unpin.miri", "future.rs", "relies.rs"], &[("projected", "by_hand"), ("promise", "unpin")]),
        shown(
            &["drop_moves.rs", "drop_moves.miri", "future.rs", "relies.rs"],
            &[("projected", "by_hand"), ("promise", "drop")],
        ),
        shown(
            &["moved_out.rs", "moved_out.miri", "future.rs", "relies.rs"],
            &[("projected", "by_hand"), ("promise", "moved_out")],
        ),
        shown(
            &["not_dropped.rs", "not_dropped.miri", "future.rs", "relies.rs"],
            &[("projected", "by_hand"), ("promise", "not_dropped")],
        ),
        shown(&["lite.rs", "lite.expanded", "future.rs"], &[("projected", "lite"), ("promise", "kept")]),
        shown(&["attribute.rs", "attribute.expanded", "future.rs"], &[("projected", "attribute"), ("promise", "kept")]),
        shown(&["attribute_unpin.stderr", "attribute_unpin.rs"], &[("projected", "attribute"), ("promise", "unpin")]),
        shown(&["attribute_drop.stderr", "attribute_drop.rs"], &[("projected", "attribute"), ("promise", "drop")]),
        shown(
            &["attribute_moved_out.stderr", "attribute_moved_out.rs"],
            &[("projected", "attribute"), ("promise", "moved_out")],
        ),
        shown(
            &["attribute_not_dropped.stderr", "attribute_not_dropped.rs"],
            &[("projected", "attribute"), ("promise", "not_dropped")],
        ),
        shown(&["lite_unpin.stderr", "lite_unpin.rs"], &[("projected", "lite"), ("promise", "unpin")]),
        shown(&["lite_drop.stderr", "lite_drop.rs"], &[("projected", "lite"), ("promise", "drop")]),
        shown(&["lite_moved_out.stderr", "lite_moved_out.rs"], &[("projected", "lite"), ("promise", "moved_out")]),
        shown(
            &["lite_not_dropped.stderr", "lite_not_dropped.rs"],
            &[("projected", "lite"), ("promise", "not_dropped")],
        ),
    ];
    const DECIDES: &'static str = "last move|place|refuse";
    const QUESTION: Question = Question { options: &["stays", "both", "moves", "undropped", "refused"] };
    const FINDINGS: &'static [&'static str] = &["pinned_moved fut to moved"];
    const CURES: &'static [Cure] = &[Cure { finding: "pinned_moved", fields: &[("promise", "kept")] }];
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("projection", &[], "moves"),
        Recorded::new("projection-kept", &[("promise", "kept")], "stays"),
        Recorded::new("projection-attribute", &[("projected", "attribute"), ("promise", "kept")], "stays"),
        Recorded::new("projection-not-dropped", &[("promise", "not_dropped")], "undropped"),
    ];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        Some(Job::new(executor.clone(), Once { executor, params }))
    }

    /// What became of a pinned field: it moved, or another value was written there though the first one was never dropped.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let mut pinned: Vec<(PlaceId, Option<u32>)> = Vec::new();
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Refused { .. } => return Some("refused"),
                Event::Pinned { place, .. } if pinned.iter().all(|&(known, _)| known != place) => {
                    pinned.push((place, None));
                }
                Event::Moved { from, .. } if pinned.iter().any(|&(known, _)| known == from) => return Some("moves"),
                Event::Placed { place, bytes } => {
                    let Some((_, kept)) = pinned.iter_mut().find(|(known, _)| *known == place) else { continue };
                    let address = address_in(trace, bytes);
                    if kept.is_some() && *kept != address {
                        return Some("undropped");
                    }
                    *kept = address;
                }
                _ => {}
            }
        }
        Some("stays")
    }
}

/// The address that a future keeps in these bytes, once it was polled.
fn address_in(trace: &Trace, bytes: BlobId) -> Option<u32> {
    let snapshot = trace.snapshot(bytes)?;
    let pointer = snapshot.fields.iter().find(|field| field.role == Role::Pointer)?;
    snapshot.address_in(pointer).filter(|&address| address != 0)
}

/// All of it, at once: nothing here waits.
struct Once {
    executor: RecordedExecutor,
    params: ProjectionParams,
}

impl Work for Once {
    fn run(&mut self) {
        let ProjectionParams { projected, promise } = self.params;
        match refused(projected, promise) {
            Some(nth) => refuse(&self.executor, REFUSED[nth].3),
            None => seen::while_seen(self.executor.recorder(), || run(projected, promise)),
        }
        self.executor.run();
    }
}

/// Which of the refused programs it is, if it is one.
const fn refused(projected: Projected, promise: Promise) -> Option<usize> {
    match (projected, promise) {
        (Projected::Talk, _) => Some(0),
        (Projected::ByHand, _) | (_, Promise::Kept) => None,
        (Projected::Attribute, promise) => Some(promise as usize),
        (Projected::Lite, promise) => Some(4 + promise as usize),
    }
}

fn run(projected: Projected, promise: Promise) {
    match (promise, projected) {
        (Promise::Kept, Projected::Lite) => lite::run::<Inner>(),
        (Promise::Kept, Projected::Attribute) => attribute::run::<Inner>(),
        (Promise::Kept, _) => by_hand::run::<Inner>(),
        (Promise::Unpin, _) => unpin::run::<Inner>(),
        (Promise::Drop, _) => drop_moves::run::<Inner>(),
        (Promise::MovedOut, _) => moved_out::run::<Inner>(),
        (Promise::NotDropped, _) => not_dropped::run::<Inner>(),
    }
}

#[cfg(test)]
mod tests {
    use super::relies::Relies;
    use super::seen::{Value, cx};
    use super::{attribute, by_hand, lite, moved_out, not_dropped};
    use crate::pinning::{FieldBytes, Fields};
    use std::cell::Cell;
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll};

    impl Fields for Relies {
        fn fields(&self) -> Vec<FieldBytes> {
            Vec::new()
        }
    }

    /// A future that is read through the address that it keeps: polled twice where it lies, it is itself again.
    #[test]
    fn what_is_projected_to_as_pinned_stays_where_its_own_pointer_says() {
        fn race<R: Future<Output = u16>>(race: R) {
            let mut race = pin!(race);
            assert_eq!(race.as_mut().poll(&mut cx()), Poll::Pending);
            assert_eq!(race.poll(&mut cx()), Poll::Ready(42));
        }
        let (fut1, fut2, polls) = (Relies::new, Relies::new, 0);
        race(by_hand::Race { fut1: fut1(42), fut2: fut2(43), polls });
        race(lite::Race { fut1: fut1(42), fut2: fut2(43), polls });
        race(attribute::Race { fut1: fut1(42), fut2: fut2(43), polls });
    }

    thread_local! {
        static MADE_AND_DROPPED: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
    }

    /// A future that counts.
    struct Counted;

    impl Future for Counted {
        type Output = u16;

        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u16> {
            Poll::Pending
        }
    }

    impl Fields for Counted {
        fn fields(&self) -> Vec<FieldBytes> {
            Vec::new()
        }
    }

    impl Value for Counted {
        fn new(_: u16) -> Self {
            let (made, dropped) = MADE_AND_DROPPED.get();
            MADE_AND_DROPPED.set((made + 1, dropped));
            Counted
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            let (made, dropped) = MADE_AND_DROPPED.get();
            MADE_AND_DROPPED.set((made, dropped + 1));
        }
    }

    #[test]
    fn what_is_written_over_is_never_dropped_and_what_is_moved_out_is() {
        not_dropped::run::<Counted>();
        assert_eq!(MADE_AND_DROPPED.replace((0, 0)), (2, 1));
        moved_out::run::<Counted>();
        assert_eq!(MADE_AND_DROPPED.get(), (2, 2));
    }
}
