//! Reads what `-Zdump-mir=coroutine_before` writes into the mini MIR, as far as the analyses look: which locals a statement writes,
//! uses, moves and borrows. Types and operators are not read.

use pollscope_lowering::mir::{
    AggregateKind, Block, BlockData, Body, BodyKind, Callee, Const, Local, LocalDecl, LocalKind, Operand, Place, Proj,
    Rvalue, Statement, StatementKind, Terminator, TerminatorKind,
};
use pollscope_lowering::span::Span;
use pollscope_lowering::ty::Types;

/// The path of the body in the dump, and the body.
pub(crate) fn read(dump: &str) -> (String, Body) {
    let name = dump.lines().find_map(|line| line.strip_prefix("// MIR for `")).expect("a dump");
    let name = name.split('`').next().expect("a name").to_owned();
    let mut body = Body { kind: BodyKind::AsyncFn, arg_count: 2, ..Body::default() };
    let mut has_storage = Vec::new();
    let mut lines: Option<Vec<String>> = None;
    let mut count = 0;
    for line in dump.lines() {
        let line = without_comment(line);
        let line = line.trim();
        if let Some(declared) = line.strip_prefix("let ") {
            count = count.max(1 + locals(declared.split(':').next().unwrap_or_default())[0]);
        } else if line.starts_with("bb") && line.ends_with('{') {
            lines = Some(Vec::new());
        } else if line == "}" {
            if let Some(lines) = lines.take() {
                body.blocks.push(block(&lines, &mut has_storage));
            }
        } else if line.starts_with("alloc") && lines.is_none() {
            break;
        } else if let Some(lines) = &mut lines
            && !line.is_empty()
        {
            lines.push(without_text(line).trim_end_matches(';').to_owned());
        }
    }
    let decl = |i| LocalDecl {
        kind: LocalKind::Temp,
        ty: Types::ERROR,
        span: Span::NONE,
        has_storage: has_storage.contains(&i),
    };
    body.locals = (0..count.max(3)).map(decl).collect();
    (name, body)
}

/// A dump without what [`read`] does not look at, to be stored.
#[allow(dead_code)]
pub(crate) fn shorten(dump: &str) -> String {
    let is_kept = |line: &&str| !line.is_empty() && !line.starts_with("debug ") && !line.starts_with("scope ");
    let mut short = dump.lines().find(|line| line.starts_with("// MIR for `")).unwrap_or_default().to_owned() + "\n";
    for line in dump.lines().map(|line| without_comment(line).trim().to_owned()) {
        if line.starts_with("alloc") {
            break;
        }
        if is_kept(&line.as_str()) && !line.starts_with("//") {
            short += &(without_text(&line) + "\n");
        }
    }
    short
}

fn without_comment(line: &str) -> String {
    if !line.contains('"') {
        return line.split("//").next().unwrap_or_default().to_owned();
    }
    let comments = ["// scope", "// +", "// mir::", "// in scope", "// return place"];
    let end = comments.iter().filter_map(|comment| line.find(comment)).min().unwrap_or(line.len());
    line[..end].to_owned()
}

/// Text in quotes may hold anything.
fn without_text(line: &str) -> String {
    let (mut out, mut is_text, mut is_escaped) = (String::new(), false, false);
    for c in line.chars() {
        match (is_text, is_escaped, c) {
            (true, true, _) => is_escaped = false,
            (true, false, '\\') => is_escaped = true,
            (_, false, '"') => {
                is_text = !is_text;
                out.push(c);
            }
            (true, ..) => {}
            _ => out.push(c),
        }
    }
    out
}

fn block(lines: &[String], has_storage: &mut Vec<usize>) -> BlockData {
    let (last, statements) = lines.split_last().expect("a terminator");
    let statements = statements.iter().map(|line| {
        let kind = statement(line);
        if let StatementKind::StorageLive(local) | StatementKind::StorageDead(local) = &kind {
            has_storage.push(local.index());
        }
        Statement { kind, span: Span::NONE }
    });
    BlockData { statements: statements.collect(), terminator: Terminator { kind: terminator(last), span: Span::NONE } }
}

/// The numbers of all locals in a text: `_1`, but neither `'_1` nor `x_1`.
fn locals(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'\'';
    let mut found = Vec::new();
    for (i, _) in text.match_indices('_') {
        let digits = bytes[i + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        let next = bytes.get(i + 1 + digits).copied().unwrap_or(b' ');
        if digits > 0 && (i == 0 || !is_word(bytes[i - 1])) && !next.is_ascii_alphabetic() && next != b'_' {
            found.push(text[i + 1..i + 1 + digits].parse().expect("digits"));
        }
    }
    found
}

fn place(text: &str) -> Place {
    let text = text.trim();
    let all = locals(text);
    let mut place = Place::from(Local(all[0] as u32));
    if text != format!("_{}", all[0]) {
        if text.contains("(*") {
            place.proj.push(Proj::Deref);
        }
        place.proj.push(Proj::Field(0, Types::ERROR));
        place.proj.extend(all[1..].iter().map(|&local| Proj::Index(Local(local as u32))));
    }
    place
}

/// The operands in a text: `copy` and `move` of a place, and places by themselves.
fn operands(text: &str) -> Vec<Operand> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = first_local(rest) {
        let before = &rest[..start];
        let whole = before.trim_end_matches('(');
        let is_move = whole.ends_with("move ");
        let is_bare = whole.len() == before.len();
        let end = start + 1 + rest[start + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let local = Local(rest[start + 1..end].parse().expect("digits"));
        let is_part = !is_bare || rest[end..].starts_with('[');
        let proj = if is_part { vec![Proj::Field(0, Types::ERROR)] } else { Vec::new() };
        let place = Place { local, proj };
        found.push(if is_move { Operand::Move(place) } else { Operand::Copy(place) });
        rest = &rest[end..];
    }
    found
}

fn first_local(text: &str) -> Option<usize> {
    let all = locals(text);
    let first = all.first()?;
    let name = format!("_{first}");
    let bytes = text.as_bytes();
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'\'';
    text.match_indices(&name).map(|(i, _)| i).find(|&i| {
        let next = bytes.get(i + name.len()).copied().unwrap_or(b' ');
        (i == 0 || !is_word(bytes[i - 1])) && !is_word(next)
    })
}

fn rvalue(text: &str) -> Rvalue {
    if let Some(borrowed) = text.strip_prefix('&') {
        if borrowed.starts_with("fake") {
            return everything(borrowed);
        }
        let prefixes = ["raw mut ", "raw const ", "mut ", "two_phase "];
        let borrowed = prefixes.iter().fold(borrowed, |text, prefix| text.strip_prefix(prefix).unwrap_or(text));
        return Rvalue::Ref(true, place(borrowed));
    }
    if let Some(of) = text.strip_prefix("discriminant(") {
        return Rvalue::Discriminant(place(of));
    }
    everything(text)
}

fn everything(text: &str) -> Rvalue {
    Rvalue::Aggregate(AggregateKind::Tuple, Types::ERROR, operands(text))
}

fn statement(line: &str) -> StatementKind {
    let inside = |prefix: &str| line.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(')'));
    if let Some(local) = inside("StorageLive(_") {
        return StatementKind::StorageLive(Local(local.parse().expect("a local")));
    }
    if let Some(local) = inside("StorageDead(_") {
        return StatementKind::StorageDead(Local(local.parse().expect("a local")));
    }
    if let Some(mentioned) = inside("PlaceMention(") {
        return StatementKind::PlaceMention(place(mentioned));
    }
    let ignored = ["nop", "FakeRead", "AscribeUserType", "Coverage", "ConstEvalCounter", "BackwardIncompat"];
    if ignored.iter().any(|prefix| line.starts_with(prefix)) {
        return StatementKind::Nop;
    }
    let (to, from) = assignment(line);
    StatementKind::Assign(place(to), rvalue(from))
}

/// The two sides of ` = ` outside of brackets.
fn assignment(line: &str) -> (&str, &str) {
    let mut depth = 0;
    let bytes = line.as_bytes();
    for (i, &b) in bytes.iter().enumerate() {
        match b {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b'>' if i > 0 && bytes[i - 1] != b'-' && bytes[i - 1] != b'=' => depth -= 1,
            b' ' if depth <= 0 && line[i..].starts_with(" = ") => return (&line[..i], &line[i + 3..]),
            _ => {}
        }
    }
    line.split_once(" = ").unwrap_or_else(|| panic!("no assignment: {line}"))
}

fn targets(text: &str) -> Vec<Block> {
    let numbers = text.match_indices("bb").map(|(i, _)| {
        let digits: String = text[i + 2..].chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok().map(Block)
    });
    numbers.flatten().collect()
}

fn zst() -> Operand {
    Operand::Const(Const::Zst, Types::UNIT)
}

fn terminator(line: &str) -> TerminatorKind {
    match line {
        "return" => return TerminatorKind::Return,
        "unreachable" => return TerminatorKind::Unreachable,
        "coroutine_drop" => return TerminatorKind::CoroutineDrop,
        _ => {}
    }
    let Some((what, to)) = line.rsplit_once(" -> ") else { return TerminatorKind::Unreachable };
    let to_blocks = targets(to);
    if what == "goto" {
        return TerminatorKind::Goto(to_blocks[0]);
    }
    let inside = |prefix: &str| what.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(')'));
    if let Some(dropped) = inside("drop(") {
        return TerminatorKind::Drop { place: place(dropped), target: to_blocks[0] };
    }
    if let Some(value) = inside("switchInt(") {
        let value = operands(value).pop().unwrap_or_else(zst);
        let (otherwise, rest) = to_blocks.split_last().expect("a target");
        let targets = rest.iter().enumerate().map(|(i, &target)| (i as u128, target)).collect();
        return TerminatorKind::SwitchInt { value, targets, otherwise: *otherwise };
    }
    if let Some(cond) = inside("assert(") {
        // Its operands are what a call's would be.
        return TerminatorKind::Call {
            func: zst(),
            args: operands(cond),
            destination: Place { local: Local::SELF, proj: vec![Proj::Deref] },
            target: to_blocks.first().copied(),
        };
    }
    if let Some(edge) = what.strip_prefix("false") {
        assert!(edge.starts_with("Edge") || edge.starts_with("Unwind"), "{line}");
        return TerminatorKind::Goto(to_blocks[0]);
    }
    let (destination, value) = assignment(what);
    if let Some(value) = value.strip_prefix("yield(") {
        let drop = to_blocks.get(1).copied().unwrap_or(to_blocks[0]);
        let value = operands(value).pop().unwrap_or_else(zst);
        return TerminatorKind::Yield { value, resume_arg: place(destination), resume: to_blocks[0], drop };
    }
    let func = if value.contains("get_context") {
        Operand::Const(Const::Fn(Callee::Intrinsic("get_context".into(), Vec::new())), Types::UNIT)
    } else {
        zst()
    };
    let target = to.contains("return: ").then(|| to_blocks[0]);
    TerminatorKind::Call { func, args: operands(value), destination: place(destination), target }
}
