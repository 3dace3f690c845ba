//! `pin-ways`: a value is pinned in four ways, and in each of them a move is tried: of the value, of the pointer to it, of the value
//! when its `Pin` is gone, through a `&mut`.
//!
//! What the compiler refuses is no module of this crate, and nothing of it runs; `tests/messages.rs` captures what it says.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod box_pin;
mod fields;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod future;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod new;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod new_unchecked;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod not_pinned;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod pin_macro;
#[allow(missing_docs, unreachable_pub)]
mod refusal;
#[allow(missing_docs, unreachable_pub)]
mod seen;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod unpin;

use super::checks::Recorded;
use super::job::{Job, Work};
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::trace::{Event, Trace};
use future::{ByHand, Plain};
use refusal::Refusal;
use seen::{See, Try, Value};
use std::cell::Cell;
use std::pin::Pin;

params! {
    PinWaysParams {
        pinned_value: [Kind] = Kind::ByHand,
        pinned_by: [Ways] = Ways::All,
        tried: [Tried] = Tried::After,
    }
    Kind { ByHand = "by_hand", Plain = "plain" }
    Tried {
        Value = "value",
        Pointer = "pointer",
        After = "after",
        Set = "set",
        GetMut = "get_mut",
        IntoInner = "into_inner",
    }
    Ways {
        All = "all",
        New = "new",
        BoxPin = "box_pin",
        PinMacro = "pin_macro",
        NewUnchecked = "new_unchecked",
    }
}

/// A way, by the name of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    NotPinned,
    New,
    BoxPin,
    PinMacro,
    NewUnchecked,
}

impl Way {
    const ALL: [Way; 5] = [Way::NotPinned, Way::New, Way::BoxPin, Way::PinMacro, Way::NewUnchecked];

    const fn name(self) -> &'static str {
        match self {
            Way::NotPinned => "not_pinned",
            Way::New => "new",
            Way::BoxPin => "box_pin",
            Way::PinMacro => "pin_macro",
            Way::NewUnchecked => "new_unchecked",
        }
    }
}

/// Where the names of the programs stand that are refused, by what they try.
const REFUSED: [(&str, &str); 5] = [
    (include_str!("refused_new.rs"), include_str!("refused_new.stderr")),
    (include_str!("refused_value.rs"), include_str!("refused_value.stderr")),
    (include_str!("refused_after.rs"), include_str!("refused_after.stderr")),
    (include_str!("refused_get_mut.rs"), include_str!("refused_get_mut.stderr")),
    (include_str!("refused_into_inner.rs"), include_str!("refused_into_inner.stderr")),
];

/// The scenario.
pub(super) struct PinWays;

impl Spec for PinWays {
    type Params = PinWaysParams;

    const ID: &'static str = "pin-ways";
    const PART: u8 = 4;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("x.pin1");
    const STAGE: Stage = Stage::Slots;
    const HERO: Hero = Hero::Pins;
    const MODULE: Module = Module::Pinning;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[
        file("not_pinned.rs", include_str!("not_pinned.rs")),
        file("new.rs", include_str!("new.rs")),
        file("box_pin.rs", include_str!("box_pin.rs")),
        file("pin_macro.rs", include_str!("pin_macro.rs")),
        file("new_unchecked.rs", include_str!("new_unchecked.rs")),
        file("unpin.rs", include_str!("unpin.rs")),
        file("refused_new.stderr", REFUSED[0].1),
        file("refused_new.rs", REFUSED[0].0),
        file("refused_value.stderr", REFUSED[1].1),
        file("refused_value.rs", REFUSED[1].0),
        file("refused_after.stderr", REFUSED[2].1),
        file("refused_after.rs", REFUSED[2].0),
        file("refused_get_mut.stderr", REFUSED[3].1),
        file("refused_get_mut.rs", REFUSED[3].0),
        file("refused_into_inner.stderr", REFUSED[4].1),
        file("refused_into_inner.rs", REFUSED[4].0),
        file("future.rs", include_str!("future.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["not_pinned.rs", "new.rs", "box_pin.rs", "pin_macro.rs", "new_unchecked.rs"], &[("pinned_by", "all")]),
        shown(&["new.rs"], &[("pinned_by", "new")]),
        shown(&["box_pin.rs"], &[("pinned_by", "box_pin")]),
        shown(&["pin_macro.rs"], &[("pinned_by", "pin_macro")]),
        shown(&["new_unchecked.rs"], &[("pinned_by", "new_unchecked")]),
        shown(&["unpin.rs"], &[("pinned_value", "plain"), ("tried", "get_mut")]),
        shown(&["unpin.rs"], &[("pinned_value", "plain"), ("tried", "into_inner")]),
        shown(&["refused_new.stderr", "refused_new.rs"], &[("pinned_value", "by_hand"), ("pinned_by", "all")]),
        shown(&["refused_new.stderr", "refused_new.rs"], &[("pinned_value", "by_hand"), ("pinned_by", "new")]),
        shown(&["refused_value.stderr", "refused_value.rs"], &[("tried", "value")]),
        shown(&["refused_after.stderr", "refused_after.rs"], &[("tried", "after")]),
        shown(&["refused_get_mut.stderr", "refused_get_mut.rs"], &[("pinned_value", "by_hand"), ("tried", "get_mut")]),
        shown(
            &["refused_into_inner.stderr", "refused_into_inner.rs"],
            &[("pinned_value", "by_hand"), ("tried", "into_inner")],
        ),
    ];
    const DECIDES: &'static str = "last move|place|refuse";
    const FINDINGS: &'static [&'static str] = &["pinned_moved new_unchecked::fut to new_unchecked::moved"];
    const CURES: &'static [Cure] = &[Cure { finding: "pinned_moved", fields: &[("pinned_by", "pin_macro")] }];
    const QUESTION: Question = Question { options: &["none", "unchecked", "by_name", "frame", "all"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("pin-ways", &[], "unchecked"),
        Recorded::new("pin-ways-pointer", &[("tried", "pointer")], "none"),
        Recorded::new("pin-ways-set", &[("tried", "set"), ("pinned_by", "pin_macro")], "none"),
        Recorded::new("pin-ways-unpin", &[("pinned_value", "plain")], "by_name"),
        Recorded::new("pin-ways-unpin-get-mut", &[("pinned_value", "plain"), ("tried", "get_mut")], "all"),
    ];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        Some(Job::new(executor.clone(), Once { executor, params }))
    }

    /// Which values were moved after they had been pinned.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let (mut pinned, mut moved) = (Vec::new(), Vec::new());
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Pinned { place, .. } => pinned.push(place),
                Event::Moved { from, .. } if pinned.contains(&from) => moved.push(trace.place_name(from)),
                _ => {}
            }
        }
        let is_of = |way: &str| moved.iter().any(|place| place.split("::").next() == Some(way));
        Some(if moved.is_empty() {
            "none"
        } else if is_of("box_pin") || is_of("pin_macro") {
            "all"
        } else if is_of("new") {
            "by_name"
        } else {
            "unchecked"
        })
    }
}

/// All of it, at once: nothing here waits.
struct Once {
    executor: RecordedExecutor,
    params: PinWaysParams,
}

impl Work for Once {
    fn run(&mut self) {
        match self.params.pinned_value {
            Kind::ByHand => self.go(by_hand),
            Kind::Plain => self.go(plain),
        }
        self.executor.run();
    }
}

impl Once {
    /// Runs one way after the other, each from within the one before.
    fn go<F: Value>(&self, run: fn(&See<'_, F>, Way)) {
        let ways = match self.params.pinned_by {
            Ways::All => &Way::ALL[..],
            Ways::New => &[Way::New],
            Ways::BoxPin => &[Way::BoxPin],
            Ways::PinMacro => &[Way::PinMacro],
            Ways::NewUnchecked => &[Way::NewUnchecked],
        };
        let tried = match self.params.tried {
            Tried::Value => Try::Value,
            Tried::Pointer => Try::Pointer,
            Tried::After => Try::After,
            Tried::Set => Try::Set,
            Tried::GetMut => Try::GetMut,
            Tried::IntoInner => Try::IntoInner,
        };
        let nth = Cell::new(0);
        let go_on = |see: &See<'_, F>| {
            if let Some(&way) = ways.get(nth.replace(nth.get() + 1)) {
                see.begin(way.name());
                run(see, way);
            }
        };
        go_on(&See::new(self.executor.recorder(), tried, ways.len() > 1, &go_on));
    }
}

/// A way of a value that is not `Unpin`.
fn by_hand(see: &See<'_, ByHand>, way: Way) {
    match way {
        Way::NotPinned => not_pinned::run(see),
        Way::New => see.refused(&refusal(0, way)),
        Way::BoxPin => box_pin::run(see, |_| refuse(see, way)),
        Way::PinMacro => pin_macro::run(see, |_| refuse(see, way)),
        Way::NewUnchecked => new_unchecked::run(see, |_| refuse(see, way)),
    }
}

/// A way of a value that is.
fn plain(see: &See<'_, Plain>, way: Way) {
    let through = |pinned: Pin<&mut Plain>| match see.tried() {
        Try::GetMut => unpin::get_mut(see, pinned),
        Try::IntoInner => unpin::into_inner(see, pinned),
        _ => refuse(see, way),
    };
    match way {
        Way::NotPinned => not_pinned::run(see),
        Way::New => new::run(see, through),
        Way::BoxPin => box_pin::run(see, |mut pinned| match see.tried() {
            Try::IntoInner => unpin::into_inner_of_box(see, pinned),
            _ => through(pinned.as_mut()),
        }),
        Way::PinMacro => pin_macro::run(see, through),
        Way::NewUnchecked => new_unchecked::run(see, through),
    }
}

/// What is tried is refused.
fn refuse<F: Value>(see: &See<'_, F>, way: Way) {
    let file = match see.tried() {
        Try::Value => 1,
        Try::After => 2,
        Try::GetMut => 3,
        Try::IntoInner => 4,
        Try::Pointer | Try::Set => unreachable!("a pointer may move, and another value may be set"),
    };
    see.refused(&refusal(file, way));
}

const fn refusal(file: usize, way: Way) -> Refusal {
    let (source, said) = REFUSED[file];
    Refusal { source, said, function: way.name() }
}

#[cfg(test)]
mod tests {
    use super::future::{ByHand, Plain};
    use crate::scenario::{Setup, find};
    use crate::trace::Event;

    /// Where the allocator counts, as it does in the library's own tests.
    #[test]
    fn box_pin_allocates_the_value_and_no_other_way_does() {
        for (value, size) in [("by_hand", size_of::<ByHand>()), ("plain", size_of::<Plain>())] {
            for by in ["new", "box_pin", "pin_macro", "new_unchecked"] {
                let given = [("pinned_value", value), ("pinned_by", by), ("tried", "pointer")];
                let trace = find("pin-ways").and_then(|s| s.start(&given, Setup::default())).expect("good").run();
                let all = (0..trace.len()).filter_map(|i| match trace.event(i) {
                    Event::Allocated { count, bytes, .. } => Some((count, bytes as usize)),
                    _ => None,
                });
                let expected = if by == "box_pin" { vec![(1, size)] } else { vec![] };
                assert_eq!(Vec::from_iter(all), expected, "{value}, {by}");
            }
        }
    }
}
