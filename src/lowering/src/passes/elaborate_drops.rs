//! Drop elaboration: which drops stay, which are done by parts, and which need a flag.
//!
//! A drop of what is never initialised is removed; of what always is, kept; else by its parts, each under a flag where both may be. Flags
//! are the last locals, in the order of the drops that need them.

use super::init::Init;
use super::move_paths::MovePaths;
use super::open_drop::OpenDrop;
use crate::hash::HashMap;
use crate::lower::Lowerer;
use crate::mir::{
    Block, BlockData, Body, Const, Local, LocalDecl, LocalKind, Operand, Place, Proj, Rvalue, Statement, StatementKind,
    Terminator, TerminatorKind,
};
use crate::order::sort_by_key;
use crate::span::Span;
use crate::ty::{Ty, TyKind, Types};

/// How a drop is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Dead,
    Static,
    Conditional,
    Open,
}

pub(super) fn run(low: &mut Lowerer, body: &mut Body) {
    // Freeing a box that was emptied takes a reference to it.
    for i in 0..body.locals.len() {
        let ty = super::move_paths::actual(low, body.locals[i].ty);
        if low.defs.types.builtin(ty) == Some(crate::ty::Builtin::Box) {
            low.defs.types.intern(TyKind::Ref(true, ty));
        }
    }
    let paths = MovePaths::of(low, body);
    if paths.paths.is_empty() {
        return;
    }
    let (flags, drops) = {
        let init = Init { low, body, paths: &paths, inactive: true };
        let entry = init.run();
        let mut flags: Vec<(usize, Span)> = Vec::new();
        let mut drops = Vec::new();
        for (i, block) in body.blocks.iter().enumerate() {
            let TerminatorKind::Drop { place, .. } = &block.terminator.kind else { continue };
            let Some(mut state) = entry[i].clone() else { continue };
            for statement in &block.statements {
                init.statement(statement, &mut |path, present| state.set(path, present));
            }
            let Some(path) = paths.first(low, body, place) else { continue };
            let span = block.terminator.span;
            paths.with_children(path, &mut |path| {
                if state.both(path) == (true, true) && !flags.iter().any(|&(known, _)| known == path) {
                    flags.push((path, span));
                }
            });
            drops.push((Block(i as u32), path, state));
        }
        (flags, drops)
    };
    let mut flag_of = HashMap::default();
    for &(path, span) in &flags {
        let decl = LocalDecl { kind: LocalKind::DropFlag, ty: Types::BOOL, span, has_storage: false };
        body.locals.push(decl);
        flag_of.insert(path, Local(body.locals.len() as u32 - 1));
    }
    if !flag_of.is_empty() {
        set_flags(low, body, &paths, &flag_of);
    }
    for (block, path, state) in drops {
        let TerminatorKind::Drop { place, target } = body.block(block).terminator.kind.clone() else { continue };
        let span = body.block(block).terminator.span;
        let mut open = OpenDrop { low, body, paths: &paths, flags: &flag_of, state: &state, span };
        let kind = match open.style(path) {
            Style::Dead => TerminatorKind::Goto(target),
            Style::Static => TerminatorKind::Drop { place, target },
            Style::Conditional => TerminatorKind::Goto(open.complete(path, place, target)),
            Style::Open => TerminatorKind::Goto(open.open(path, place, target)),
        };
        body.blocks[block.index()].terminator.kind = kind;
    }
}

/// Flags are false at the start, except for arguments, and follow every initialisation and move.
fn set_flags(low: &Lowerer, body: &mut Body, paths: &MovePaths, flags: &HashMap<usize, Local>) {
    let flag = |path: usize, present: bool| {
        let &local = flags.get(&path)?;
        let value = Operand::Const(Const::Bits(u128::from(present)), Types::BOOL);
        Some(Statement { kind: StatementKind::Assign(local.into(), Rvalue::Use(value)), span: Span::NONE })
    };
    let count = body.blocks.len();
    let mut edges = Vec::new();
    let mut new_statements = Vec::new();
    {
        let init = Init { low, body, paths, inactive: true };
        for i in 0..count {
            let block = Block(i as u32);
            let mut statements = Vec::new();
            if i == 0 {
                let mut all = flags.keys().copied().collect::<Vec<_>>();
                sort_by_key(&mut all, |path| flags[path]);
                let mut args = Vec::new();
                for (&local, &path) in &paths.locals {
                    if local >= 1 && local <= body.arg_count as u32 {
                        paths.with_children(path, &mut |path| args.push(path));
                    }
                }
                statements.extend(all.iter().filter_map(|&path| flag(path, args.contains(&path))));
            }
            for statement in &body.block(block).statements {
                init.statement(statement, &mut |path, present| statements.extend(flag(path, present)));
                statements.push(statement.clone());
            }
            let is_drop = matches!(body.block(block).terminator.kind, TerminatorKind::Drop { .. });
            if !is_drop {
                init.terminator_moves(block, &mut |path, present| statements.extend(flag(path, present)));
            }
            if let TerminatorKind::Call { destination, target: Some(target), .. } = &body.block(block).terminator.kind {
                let mut after = Vec::new();
                init.place(destination, true, &mut |path, present| after.extend(flag(path, present)));
                if !after.is_empty() {
                    edges.push((i, *target, after));
                }
            }
            new_statements.push(statements);
        }
    }
    for (i, statements) in new_statements.into_iter().enumerate() {
        body.blocks[i].statements = statements;
    }
    for (from, to, statements) in edges {
        let terminator = Terminator { kind: TerminatorKind::Goto(to), span: Span::NONE };
        body.blocks.push(BlockData { statements, terminator });
        let new = Block(body.blocks.len() as u32 - 1);
        if let TerminatorKind::Call { target, .. } = &mut body.blocks[from].terminator.kind {
            *target = Some(new);
        }
    }
}

/// The type of a place.
pub(super) fn place_ty(low: &Lowerer, body: &Body, place: &Place) -> Ty {
    let types = &low.defs.types;
    let mut ty = body.locals[place.local.index()].ty;
    for step in &place.proj {
        let actual = super::move_paths::actual(low, ty);
        ty = match (step, types.kind(actual)) {
            (Proj::Field(_, ty), _) => *ty,
            (Proj::Downcast(_), _) => ty,
            (Proj::Deref, TyKind::Ref(_, to) | TyKind::RawPtr(_, to)) => *to,
            (Proj::Deref, TyKind::Adt(_, args)) => args.first().copied().unwrap_or(Types::ERROR),
            (Proj::Index(_) | Proj::ConstantIndex(..), TyKind::Array(item, _) | TyKind::Slice(item)) => *item,
            (Proj::Subslice(..), _) => ty,
            _ => Types::ERROR,
        };
    }
    ty
}
