//! Documents that are tests: in `tests/lowering/*.md`, prose says what the rule is, a block of Rust is a program, and comments on
//! its lines say what comes out of it.
//!
//! | comment | says |
//! |---------|------|
//! | `// suspend 0: x u32 @4, fut Sleep @8 = 24` | what is saved at this await, where, and how large the coroutine is |
//! | `// borrows 0: x by r` | which references of the coroutine to itself live there |
//! | `// size: 24` | how large the coroutine of this line's `async` is |
//! | `// prints: [   1] 5` | one line of the transcript, in order |
//!
//! `UPDATE_EXPECT=1` rewrites the comments.

use pollscope_lowering::interp::{Bounds, run};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::machine::{self, Machine};
use pollscope_lowering::{Program, Release, lower};
use std::path::Path;
use std::rc::Rc;

/// A comment that states something: its line, and where it begins there.
fn statements(source: &str) -> Vec<(usize, usize, String)> {
    let kinds = ["// suspend ", "// borrows ", "// size: ", "// prints: "];
    let mut all = Vec::new();
    for (i, line) in source.lines().enumerate() {
        if let Some(at) = kinds.iter().filter_map(|kind| line.find(kind)).min() {
            all.push((i + 1, at, line[at..].to_owned()));
        }
    }
    all
}

fn name_of(program: &Program, slot: &machine::Slot) -> String {
    let name = match slot.kind {
        machine::SlotKind::Awaitee => "fut",
        machine::SlotKind::DropFlag => "flag",
        machine::SlotKind::Temp => "temp",
        machine::SlotKind::Local => &slot.name,
    };
    format!("{name} {} @{}", program.types.name(slot.ty), slot.offset)
}

fn suspend(program: &Program, machine: &Machine, index: usize) -> String {
    let slots: Vec<String> = machine.states[index].slots.iter().map(|slot| name_of(program, slot)).collect();
    let slots = if slots.is_empty() { "nothing".to_owned() } else { slots.join(", ") };
    format!("// suspend {index}: {slots} = {}", machine.frame.places.size)
}

fn borrows(machine: &Machine, index: usize) -> String {
    let name = |number: usize| {
        let slot = machine.states[index].slots.iter().find(|slot| slot.number == number);
        slot.map_or_else(
            String::new,
            |s| if s.kind == machine::SlotKind::Awaitee { "fut".into() } else { s.name.clone() },
        )
    };
    let show = |borrow: &machine::SelfBorrow| {
        let held: Vec<String> = borrow.held_by.iter().map(|&slot| name(slot)).collect();
        let mutable = if borrow.is_mutable { "mut " } else { "" };
        format!("{mutable}{} by {}", borrow.place, held.join(" and "))
    };
    let all: Vec<String> = machine.states[index].borrows.iter().map(show).collect();
    format!("// borrows {index}: {}", if all.is_empty() { "nothing".to_owned() } else { all.join(", ") })
}

/// What a comment at a line should say.
fn answer(program: &Program, machines: &[Machine], printed: &mut Vec<String>, line: usize, stated: &str) -> String {
    let at_line = |machine: &&Machine| machine.states.iter().any(|state| state.span.line as usize == line);
    let index = |stated: &str| stated.split([' ', ':']).nth(2).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    if stated.starts_with("// prints: ") {
        return if printed.is_empty() {
            "// prints: nothing".to_owned()
        } else {
            format!("// prints: {}", printed.remove(0))
        };
    }
    if stated.starts_with("// size: ") {
        let machine = machines.iter().find(|machine| machine.span.line as usize == line);
        return machine
            .map_or_else(|| "// size: none".to_owned(), |machine| format!("// size: {}", machine.frame.places.size));
    }
    let wanted = index(stated);
    let machine = machines
        .iter()
        .filter(at_line)
        .find(|machine| machine.states.get(wanted).is_some_and(|state| state.span.line as usize == line));
    match machine {
        Some(machine) if stated.starts_with("// borrows") => borrows(machine, wanted),
        Some(machine) => suspend(program, machine, wanted),
        None => {
            let here = machines.iter().find(at_line);
            let first = here.and_then(|m| m.states.iter().position(|state| state.span.line as usize == line));
            match (here, first) {
                (Some(machine), Some(first)) if stated.starts_with("// borrows") => borrows(machine, first),
                (Some(machine), Some(first)) => suspend(program, machine, first),
                _ => "// suspend 0: there is no await here".to_owned(),
            }
        }
    }
}

/// The program with its comments as they should be.
fn rewritten(name: &str, source: &str) -> String {
    let program = lower(source, Release::default());
    assert!(program.diagnostics.is_empty(), "{name}: {}\n{source}", program.diagnostics[0]);
    let machines = machine::all(&program, &Layouts::new(&program));
    let program = Rc::new(program);
    let ran = run(program.clone(), Bounds::default());
    let mut printed: Vec<String> =
        ran.map_or_else(|why| why.to_string(), |ran| ran.transcript(false)).lines().map(str::to_owned).collect();
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    for (line, at, stated) in statements(source) {
        let answer = answer(&program, &machines, &mut printed, line, &stated);
        lines[line - 1].replace_range(at.., &answer);
    }
    lines.join("\n") + "\n"
}

#[test]
fn documents_say_what_comes_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lowering");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("documents")
        .map(|entry| entry.expect("a document").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 6, "{}", paths.len());
    let mut wrong = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a document");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some(start) = rest.find("```rust\n") {
            let (before, from) = rest.split_at(start + "```rust\n".len());
            let end = from.find("```").expect("the end of a block");
            out += before;
            out += &rewritten(&name, &from[..end]);
            rest = &from[end..];
        }
        out += rest;
        if out != text {
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                std::fs::write(&path, &out).expect("a document");
            }
            let differ = text.lines().zip(out.lines()).filter(|(a, b)| a != b);
            wrong.push(format!("{name}:\n{}", differ.map(|(a, b)| format!("- {a}\n+ {b}\n")).collect::<String>()));
        }
    }
    assert!(wrong.is_empty() || std::env::var_os("UPDATE_EXPECT").is_some(), "{}", wrong.join("\n"));
}
