//! What `-Zprint-type-sizes` says of coroutines, in a form that ours can be held against.

use pollscope_lowering::Program;
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::machine::{self, SlotKind};

/// A coroutine: size, alignment, and for each suspend point what is saved: name (none for a temporary), size and offset.
pub(crate) type Sizes = (u64, u64, Vec<Vec<(String, u64, u64)>>);

/// The coroutines that are printed, in order.
pub(crate) fn of_rustc(text: &str) -> Vec<Sizes> {
    let mut all: Vec<Sizes> = Vec::new();
    let mut is_coroutine = false;
    let (mut is_saved, mut at, mut tag) = (false, 0, 0);
    let number = |text: &str| text.trim().split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("print-type-size type: `") {
            let name = rest.split('`').next().unwrap_or_default();
            is_coroutine = name.starts_with("{async ") && name.ends_with('}') && name.contains("prog")
                || name.starts_with("{async block@");
            if is_coroutine {
                let mut parts =
                    rest.rsplit('`').next().unwrap_or_default().trim_start_matches(": ").split("alignment: ");
                let size = number(parts.next().unwrap_or_default());
                all.push((size, number(parts.next().unwrap_or_default()), Vec::new()));
            }
            continue;
        }
        let Some(coroutine) = all.last_mut().filter(|_| is_coroutine) else { continue };
        let line = line.trim_start_matches("print-type-size").trim();
        if let Some(bytes) = line.strip_prefix("discriminant: ") {
            tag = number(bytes);
        } else if let Some(variant) = line.strip_prefix("variant `") {
            is_saved = variant.starts_with("Suspend");
            at = tag;
            if is_saved {
                coroutine.2.push(Vec::new());
            }
        } else if let Some(bytes) = line.strip_prefix("padding: ") {
            at += number(bytes);
        } else if let Some((kind, rest)) = line.split_once(" `.") {
            let (name, rest) = rest.split_once("`: ").unwrap_or((rest, ""));
            if let Some((_, offset)) = rest.split_once("offset: ") {
                at = number(offset);
            }
            let size = number(rest);
            if kind == "local" && is_saved {
                let name = if name.starts_with('.') { "" } else { name };
                coroutine.2.last_mut().expect("a variant").push((name.to_owned(), size, at));
            }
            at += size;
        }
    }
    sorted(all)
}

/// The same of ours.
pub(crate) fn of_ours(program: &Program) -> Vec<Sizes> {
    let machines = machine::all(program, &Layouts::new(program));
    let of = |machine: &machine::Machine| {
        let saved = |state: &machine::State| {
            let named = |slot: &machine::Slot| match slot.kind {
                SlotKind::Local | SlotKind::Awaitee => slot.name.clone(),
                SlotKind::DropFlag | SlotKind::Temp => String::new(),
            };
            state.slots.iter().map(|slot| (named(slot), slot.size, slot.offset)).collect()
        };
        (machine.frame.places.size, machine.frame.places.align, machine.states.iter().map(saved).collect())
    };
    sorted(machines.iter().map(of).collect())
}

fn sorted(mut all: Vec<Sizes>) -> Vec<Sizes> {
    for (_, _, states) in &mut all {
        states.iter_mut().for_each(|state| state.sort());
    }
    all.sort();
    all
}
