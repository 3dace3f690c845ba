//! A machine as Rust that can be read: the enum that it is, and where its `poll` and its drop lead.
//!
//! It is a picture, not a program: between two awaits stands `..`, which is the body.

use super::{Edge, Machine, Slot, SlotKind, Way};
use crate::program::Program;
use std::fmt::Write;

/// `Main` for `main::{async_fn_env#0}`, `MainBlock1` for a block in it.
fn type_name(name: &str) -> String {
    let mut out = String::new();
    for part in name.split("::") {
        let plain = part.split('<').next().unwrap_or_default();
        if let Some(block) = plain.strip_prefix("{async_block_env#").or_else(|| plain.strip_prefix("{async_block#")) {
            let _ = write!(out, "Block{}", block.trim_end_matches('}'));
        } else if !plain.starts_with('{') {
            for word in plain.split('_') {
                let mut chars = word.chars();
                out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
                out.push_str(chars.as_str());
            }
        }
    }
    if out.is_empty() { "Future".into() } else { out }
}

fn field(program: &Program, slot: &Slot, nth: usize) -> String {
    let name = match slot.kind {
        SlotKind::Awaitee => "awaitee".to_owned(),
        SlotKind::DropFlag => format!("flag{nth}"),
        SlotKind::Temp => format!("temp{nth}"),
        SlotKind::Local => slot.name.clone(),
    };
    let shared = if slot.promoted { ", in all states" } else { "" };
    format!("        {name}: {}, // {} bytes at {}{shared}\n", program.types.name(slot.ty), slot.size, slot.offset)
}

fn state(to: Option<usize>) -> String {
    to.map_or_else(|| "Returned".to_owned(), |n| format!("Suspend{n}"))
}

/// The text of a machine.
pub fn of(program: &Program, machine: &Machine) -> String {
    let (name, places) = (type_name(&machine.name), &machine.frame.places);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "// {}: {} bytes, aligned to {}; the tag is at {}",
        machine.name, places.size, places.align, places.tag
    );
    let _ = writeln!(out, "enum {name} {{");
    if machine.captures.is_empty() {
        out.push_str("    Unresumed,\n");
    } else {
        out.push_str("    Unresumed {\n");
        for c in &machine.captures {
            let _ =
                writeln!(out, "        {}: {}, // {} bytes at {}", c.name, program.types.name(c.ty), c.size, c.offset);
        }
        out.push_str("    },\n");
    }
    out.push_str("    Returned,\n    Panicked,\n");
    for (i, suspended) in machine.states.iter().enumerate() {
        let _ = writeln!(out, "    Suspend{i} {{ // line {}", suspended.span.line);
        for (nth, slot) in suspended.slots.iter().enumerate() {
            out.push_str(&field(program, slot, nth));
        }
        for borrow in &suspended.borrows {
            let holders = suspended.slots.iter().filter(|slot| borrow.held_by.contains(&slot.number));
            let holders: Vec<&str> = holders.map(|slot| slot.name.as_str()).collect();
            let _ = writeln!(out, "        // {} refers to {}", holders.join(" and "), borrow.place);
        }
        out.push_str("    },\n");
    }
    out.push_str("}\n\n");
    let _ = writeln!(
        out,
        "impl Future for {name} {{\n    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<..> {{"
    );
    out.push_str("        match self.state {\n");
    for from in std::iter::once(None).chain((0..machine.states.len()).map(Some)) {
        let ends = |way: Way| {
            let edges = machine.edges.iter().filter(|edge: &&Edge| edge.from == from && edge.way == way);
            edges.map(|edge| state(edge.to)).collect::<Vec<_>>().join(" or ")
        };
        let is = from.map_or_else(|| "Unresumed".to_owned(), |n| format!("Suspend{n}"));
        let _ = writeln!(out, "            {is} => {{ .. }} // to {}", ends(Way::Poll));
    }
    out.push_str("            Returned => panic!(\"`async fn` resumed after completion\"),\n        }\n    }\n}\n");
    out
}
