//! What is used after it was moved, or before it was initialised, and what is changed though it is not declared as mutable.
//!
//! That is the part of the borrow checker that needs no lifetimes. Each variable is complained about once.

use super::init::{Init, State};
use super::move_paths::MovePaths;
use crate::hash::HashSet;
use crate::lower::Lowerer;
use crate::mir::{Body, Operand, Place, Proj, Rvalue, Statement, StatementKind, TerminatorKind};
use crate::span::Span;

/// How a place is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Value,
    Borrow,
    Assign,
}

pub(super) fn run(low: &mut Lowerer, body: &Body) {
    let paths = MovePaths::of_named(low, body);
    let mut found = Vec::new();
    {
        let init = Init { low, body, paths: &paths, inactive: false };
        let entry = init.run();
        let mut checker = Checker {
            low,
            body,
            paths: &paths,
            moved: moved_locals(body),
            seen: HashSet::default(),
            found: &mut found,
        };
        for (i, block) in body.blocks.iter().enumerate() {
            let Some(mut state) = entry[i].clone() else { continue };
            for statement in &block.statements {
                checker.statement(&state, statement);
                init.statement(statement, &mut |path, present| state.set(path, present));
            }
            checker.terminator(&state, &block.terminator.kind, block.terminator.span);
        }
    }
    for (span, message) in found {
        low.defs.error(span, message);
    }
}

/// The locals that are moved out of anywhere.
fn moved_locals(body: &Body) -> HashSet<u32> {
    let mut moved = HashSet::default();
    let mut note = |operand: &Operand| {
        if let Operand::Move(place) = operand {
            moved.insert(place.local.0);
        }
    };
    for block in &body.blocks {
        for statement in &block.statements {
            if let StatementKind::Assign(_, rvalue) = &statement.kind {
                rvalue.operands().for_each(&mut note);
            }
        }
        if let TerminatorKind::Call { args, .. } = &block.terminator.kind {
            args.iter().for_each(&mut note);
        }
    }
    moved
}

struct Checker<'a> {
    low: &'a Lowerer,
    body: &'a Body,
    paths: &'a MovePaths,
    moved: HashSet<u32>,
    seen: HashSet<u32>,
    found: &'a mut Vec<(Span, String)>,
}

impl Checker<'_> {
    fn statement(&mut self, state: &State, statement: &Statement) {
        let StatementKind::Assign(to, rvalue) = &statement.kind else { return };
        for operand in rvalue.operands() {
            self.operand(state, operand, statement.span);
        }
        match rvalue {
            Rvalue::Ref(_, place) | Rvalue::RawPtr(_, place) => self.place(state, place, Use::Borrow, statement.span),
            Rvalue::Discriminant(place) => self.place(state, place, Use::Value, statement.span),
            _ => {}
        }
        if to.proj.contains(&Proj::Deref) {
            self.place(state, to, Use::Assign, statement.span);
        }
    }

    fn terminator(&mut self, state: &State, kind: &TerminatorKind, span: Span) {
        match kind {
            TerminatorKind::SwitchInt { value, .. } => self.operand(state, value, span),
            TerminatorKind::Call { func, args, .. } => {
                self.operand(state, func, span);
                args.iter().for_each(|arg| self.operand(state, arg, span));
            }
            _ => {}
        }
    }

    fn operand(&mut self, state: &State, operand: &Operand, span: Span) {
        if let Operand::Copy(place) | Operand::Move(place) = operand {
            self.place(state, place, Use::Value, span);
        }
    }

    fn place(&mut self, state: &State, place: &Place, how: Use, span: Span) {
        let decl = self.body.local(place.local);
        if !decl.is_variable() || !span.is_some() || self.seen.contains(&place.local.0) {
            return;
        }
        let Some((path, is_whole)) = self.paths.deepest(self.low, self.body, place) else { return };
        let mut part = None;
        if state.both(path).1 {
            part = Some(false);
        } else if is_whole {
            self.paths.with_children(path, &mut |child| {
                if child != path && state.both(child).1 {
                    part = Some(true);
                }
            });
        }
        let Some(is_part) = part else { return };
        self.seen.insert(place.local.0);
        let name = decl.name().unwrap_or("_");
        let message = match (self.moved.contains(&place.local.0), how) {
            (false, Use::Assign) => format!("partially assigned binding `{name}` isn't fully initialized"),
            (false, _) if state.both(path).0 => format!("used binding `{name}` is possibly-uninitialized"),
            (false, _) => format!("used binding `{name}` isn't initialized"),
            (true, Use::Borrow) if is_part => format!("borrow of partially moved value: `{name}`"),
            (true, Use::Borrow) => format!("borrow of moved value: `{name}`"),
            (true, Use::Assign) => format!("assign to part of moved value: `{name}`"),
            (true, Use::Value) if is_part => format!("use of partially moved value: `{name}`"),
            (true, Use::Value) => format!("use of moved value: `{name}`"),
        };
        self.found.push((span, message));
    }
}
