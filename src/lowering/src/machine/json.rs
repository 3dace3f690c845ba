//! Machines as JSON, in the shape in which rustc's own answers are kept.

use super::{Machine, SlotKind, State};
use crate::diagnostic::{Diagnostic, Severity};
use crate::layout::coroutine::RESERVED_VARIANTS;
use crate::mir::BodyKind;
use crate::order::sort_and_dedup;
use crate::program::Program;
use crate::span::Span;
use std::fmt::Write;

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

fn list<T>(items: &[T], show: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", "))
}

fn lines<T>(indent: &str, items: &[T], show: impl Fn(&T) -> String) -> String {
    if items.is_empty() {
        return "[]".to_owned();
    }
    let inner = format!(",\n{indent} ");
    format!("[\n{indent} {}\n{indent}]", items.iter().map(show).collect::<Vec<_>>().join(&inner))
}

/// All machines of a file.
pub fn program(program: &Program, file: &str, machines: &[Machine]) -> String {
    let all = lines(" ", machines, |machine| of(program, machine));
    let release = format!("rustc {}", program.release);
    format!("{{\n \"file\": {},\n \"rustc\": {},\n \"coroutines\": {all}\n}}\n", quoted(file), quoted(&release))
}

/// All that is said of a program: what is wrong with it, with what a run may begin, and its [machines](self::program).
pub fn answer(program: &Program, file: &str, machines: &[Machine]) -> String {
    let diagnostics = lines(" ", &program.diagnostics, diagnostic);
    let entries = program.entries().map(|id| quoted(&program.body(id).name)).collect::<Vec<_>>().join(", ");
    let machines = self::program(program, file, machines);
    format!("{{\n \"diagnostics\": {diagnostics},\n \"entries\": [{entries}],\n \"machines\": {machines}}}\n")
}

fn diagnostic(of: &Diagnostic) -> String {
    let severity = match of.severity {
        Severity::Error => "error",
        Severity::Unsupported => "unsupported",
    };
    let help = of.help.as_ref().map_or_else(|| "null".to_owned(), |help| quoted(help));
    let Span { line, col, end_line, end_col } = of.span;
    format!(
        "{{ \"severity\": \"{severity}\", \"message\": {}, \"help\": {help}, \"line\": {line}, \"col\": {col}, \
         \"end_line\": {end_line}, \"end_col\": {end_col} }}",
        quoted(&of.message)
    )
}

/// One machine.
pub fn of(program: &Program, machine: &Machine) -> String {
    let places = &machine.frame.places;
    let kind = if program.body(machine.body).kind == BodyKind::AsyncFn { "async_fn" } else { "async_block" };
    let name = |ty| quoted(&program.types.name(ty));
    let upvars = list(&machine.captures, |c| {
        let (ty, size, align, offset) = (name(c.ty), c.size, c.align, c.offset);
        format!(
            "{{ \"name\": {}, \"type\": {ty}, \"size\": {size}, \"align\": {align}, \"offset\": {offset} }}",
            quoted(&c.name)
        )
    });
    let numbered: Vec<(usize, &State)> = machine.states.iter().enumerate().collect();
    let states = lines("   ", &numbered, |(i, state)| point(*i, state, &name));
    let mut pairs = Vec::new();
    for (a, row) in machine.frame.saved.conflicts.iter().enumerate() {
        pairs.extend(row.iter().filter(|&b| a != b).map(|b| (a.min(b), a.max(b))));
    }
    sort_and_dedup(&mut pairs);
    let mut out = String::from("{\n");
    let mut field = |key: &str, value: String| {
        let _ = writeln!(out, "   {}: {value},", quoted(key));
    };
    field("name", quoted(&machine.name));
    field("kind", quoted(kind));
    field("line", machine.span.line.to_string());
    field("col", machine.span.col.to_string());
    field("size", places.size.to_string());
    field("align", places.align.to_string());
    field("discriminant_offset", places.tag.to_string());
    field("discriminant_size", places.tag_size.to_string());
    field("variants", (RESERVED_VARIANTS + machine.states.len()).to_string());
    field("upvars", upvars);
    field("suspend_points", states);
    field("slots", machine.frame.saved.slots.len().to_string());
    let _ = write!(out, "   \"storage_conflicts\": {}\n  }}", list(&pairs, |(a, b)| format!("[{a}, {b}]")));
    out
}

fn point(index: usize, state: &State, name: &impl Fn(crate::ty::Ty) -> String) -> String {
    let saved = lines("     ", &state.slots, |slot| {
        let kind = match slot.kind {
            SlotKind::Local => "local",
            SlotKind::Awaitee => "awaitee",
            SlotKind::DropFlag => "drop_flag",
            SlotKind::Temp => "temp",
        };
        let (line, col) = match slot.span.is_some() {
            true => (slot.span.line.to_string(), slot.span.col.to_string()),
            false => ("null".to_owned(), "null".to_owned()),
        };
        format!(
            "{{ \"slot\": {}, \"name\": {}, \"type\": {}, \"size\": {}, \"align\": {}, \"offset\": {}, \"kind\": \"{kind}\", \
             \"decl_line\": {line}, \"decl_col\": {col} }}",
            slot.number,
            quoted(&slot.name),
            name(slot.ty),
            slot.size,
            slot.align,
            slot.offset
        )
    });
    let borrows = list(&state.borrows, |borrow| {
        let of = match &borrow.of {
            Ok(slot) => slot.to_string(),
            Err(capture) => quoted(&format!("upvar:{capture}")),
        };
        let held = list(&borrow.held_by, usize::to_string);
        let (place, mutable) = (quoted(&borrow.place), borrow.is_mutable);
        format!("{{ \"slot\": {of}, \"place\": {place}, \"mutable\": {mutable}, \"held_by\": {held} }}")
    });
    let span = state.span;
    format!(
        "{{\n     \"index\": {index}, \"line\": {}, \"col\": {}, \"end_line\": {}, \"end_col\": {},\n     \"saved\": {saved},\n     \
         \"borrows\": {borrows}\n    }}",
        span.line, span.col, span.end_line, span.end_col
    )
}
