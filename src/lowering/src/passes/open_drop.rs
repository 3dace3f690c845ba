//! Dropping by parts, as `elaborate_drop` of rustc does it: a ladder of the fields that are left, each dropped as its own path says.

use super::elaborate_drops::{Style, place_ty};
use super::init::State;
use super::move_paths::{Key, MovePaths, actual};
use crate::hash::HashMap;
use crate::lower::Lowerer;
use crate::mir::{
    Block, BlockData, Body, Callee, Const, Local, LocalDecl, LocalKind, Operand, Place, Proj, Rvalue, Statement,
    StatementKind, Terminator, TerminatorKind,
};
use crate::span::Span;
use crate::ty::{Ty, TyKind, Types};

pub(super) struct OpenDrop<'a> {
    pub(super) low: &'a Lowerer,
    pub(super) body: &'a mut Body,
    pub(super) paths: &'a MovePaths,
    pub(super) flags: &'a HashMap<usize, Local>,
    pub(super) state: &'a State,
    pub(super) span: Span,
}

impl OpenDrop<'_> {
    /// How a path with all its parts is dropped.
    pub(super) fn style(&self, path: usize) -> Style {
        let (mut live, mut dead, mut count) = (false, false, 0);
        self.paths.with_children(path, &mut |path| {
            let (init, uninit) = self.state.both(path);
            live |= init;
            dead |= uninit;
            count += 1;
        });
        match (live, dead, count > 1) {
            (false, _, _) => Style::Dead,
            (true, false, _) => Style::Static,
            (true, true, false) => Style::Conditional,
            (true, true, true) => Style::Open,
        }
    }

    fn block(&mut self, statements: Vec<Statement>, kind: TerminatorKind) -> Block {
        let terminator = Terminator { kind, span: self.span };
        self.body.blocks.push(BlockData { statements, terminator });
        Block(self.body.blocks.len() as u32 - 1)
    }

    /// The whole of a place, if the flag of its path says so.
    pub(super) fn complete(&mut self, path: usize, place: Place, next: Block) -> Block {
        let drop = self.block(Vec::new(), TerminatorKind::Drop { place, target: next });
        self.if_flag(path, drop, next)
    }

    /// A test of the path's own flag, where one is needed.
    fn if_flag(&mut self, path: usize, set: Block, unset: Block) -> Block {
        match (self.state.both(path), self.flags.get(&path)) {
            ((false, _), _) => unset,
            ((true, false), _) => set,
            ((true, true), Some(&flag)) => {
                let value = Operand::Copy(flag.into());
                self.block(Vec::new(), TerminatorKind::SwitchInt { value, targets: vec![(0, unset)], otherwise: set })
            }
            ((true, true), None) => set,
        }
    }

    pub(super) fn open(&mut self, path: usize, place: Place, next: Block) -> Block {
        let ty = actual(self.low, place_ty(self.low, self.body, &place));
        let types = &self.low.defs.types;
        match types.kind(ty).clone() {
            TyKind::Tuple(fields) => {
                let bottom = self.bottom(path, next);
                self.ladder(path, &place, &fields, bottom)
            }
            TyKind::Closure(body) | TyKind::Coroutine(body) => {
                let fields = types.upvars(body).iter().map(|upvar| upvar.ty).collect::<Vec<_>>();
                let bottom = self.bottom(path, next);
                self.ladder(path, &place, &fields, bottom)
            }
            TyKind::Array(item, len) => {
                let bottom = self.bottom(path, next);
                let mut next = bottom;
                for at in (0..len.min(64)).rev() {
                    let part = place.then(Proj::ConstantIndex(at, false));
                    next = self.part(path, self.paths.child(path, Key::Item(at)), part, item, next);
                }
                next
            }
            TyKind::Adt(..) => {
                let is_box = types.builtin(ty) == Some(crate::ty::Builtin::Box);
                let def_is_enum = types.adt(ty).is_some_and(|def| def.is_enum);
                let has_drop = types.adt(ty).is_some_and(|def| def.has_drop);
                let variants = types.variants(ty).to_vec();
                if is_box && let TyKind::Adt(_, args) = types.kind(ty).clone() {
                    // What is left of its content, then its memory.
                    let free = self.free_box(place.clone(), ty, args[0], next);
                    let free = self.if_flag(path, free, next);
                    let content = self.paths.child(path, Key::Box);
                    return self.part(path, content, place.deref(), args[0], free);
                }
                if has_drop || variants.is_empty() {
                    return self.complete(path, place, next);
                }
                let bottom = self.bottom(path, next);
                if !def_is_enum {
                    let fields = variants[0].fields.iter().map(|field| field.ty).collect::<Vec<_>>();
                    return self.ladder(path, &place, &fields, bottom);
                }
                self.open_enum(path, &place, &variants, bottom)
            }
            _ => self.complete(path, place, next),
        }
    }

    /// `Box::free(&mut place)`
    fn free_box(&mut self, place: Place, ty: Ty, content: Ty, next: Block) -> Block {
        let temp = |body: &mut Body, ty: Ty| {
            let decl = LocalDecl { kind: LocalKind::Temp, ty, span: Span::NONE, has_storage: false };
            body.locals.push(decl);
            Local(body.locals.len() as u32 - 1)
        };
        let ref_ty = self.low.defs.types.get(&TyKind::Ref(true, ty)).unwrap_or(ty);
        let (pointer, unit) = (temp(self.body, ref_ty), temp(self.body, Types::UNIT));
        let kind = StatementKind::Assign(pointer.into(), Rvalue::Ref(true, place));
        let borrow = Statement { kind, span: self.span };
        let callee = Callee::Intrinsic("Box::free".into(), vec![content]);
        let func = Operand::Const(Const::Fn(callee), Types::UNIT);
        let args = vec![Operand::Move(pointer.into())];
        self.block(vec![borrow], TerminatorKind::Call { func, args, destination: unit.into(), target: Some(next) })
    }

    fn open_enum(&mut self, path: usize, place: &Place, variants: &[crate::ty::Variant], next: Block) -> Block {
        if !self.low.release.reads_discriminant_of_emptied_enums() && !self.has_any_left(path, variants) {
            // No discriminant is needed; the flag is still tested.
            let same = self.block(Vec::new(), TerminatorKind::Goto(next));
            return self.if_flag(path, same, next);
        }
        let (mut targets, mut has_otherwise, mut otherwise_drops) = (Vec::new(), false, false);
        for (i, variant) in variants.iter().enumerate() {
            let fields = variant.fields.iter().map(|field| field.ty).collect::<Vec<_>>();
            match self.paths.child(path, Key::Variant(i as u32)) {
                Some(child) => {
                    let inner = place.then(Proj::Downcast(i as u32));
                    let block = self.ladder_of(path, child, &inner, &fields, next);
                    targets.push((variant.discriminant as u128 & u128::from(u32::MAX), block));
                }
                None => {
                    has_otherwise = true;
                    otherwise_drops |= fields.iter().any(|&ty| self.low.defs.types.needs_drop(ty));
                }
            }
        }
        let otherwise = match (has_otherwise, otherwise_drops) {
            (false, _) => targets.pop().map_or(next, |(_, block)| block),
            (true, false) => next,
            (true, true) => self.block(Vec::new(), TerminatorKind::Drop { place: place.clone(), target: next }),
        };
        let decl = LocalDecl { kind: LocalKind::Temp, ty: Types::ISIZE, span: Span::NONE, has_storage: false };
        self.body.locals.push(decl);
        let discriminant = Local(self.body.locals.len() as u32 - 1);
        let kind = StatementKind::Assign(discriminant.into(), Rvalue::Discriminant(place.clone()));
        let read = Statement { kind, span: self.span };
        let value = Operand::Move(discriminant.into());
        let switch = self.block(vec![read], TerminatorKind::SwitchInt { value, targets, otherwise });
        self.if_flag(path, switch, next)
    }

    /// Whether some variant has a field left to drop: one that is not moved out of as a whole.
    fn has_any_left(&self, path: usize, variants: &[crate::ty::Variant]) -> bool {
        variants.iter().enumerate().any(|(i, variant)| {
            let child = self.paths.child(path, Key::Variant(i as u32));
            variant.fields.iter().enumerate().any(|(at, field)| {
                if !self.low.defs.types.needs_drop(field.ty) {
                    return false;
                }
                match child.and_then(|child| self.paths.child(child, Key::Field(at as u32))) {
                    Some(field) => self.style(field) != Style::Dead,
                    None => child.is_none() || self.state.both(path).0,
                }
            })
        })
    }

    /// The end of a ladder: the path's own flag is cleared.
    fn bottom(&mut self, path: usize, next: Block) -> Block {
        let Some(&flag) = self.flags.get(&path) else { return next };
        let value = Operand::Const(Const::Bits(0), Types::BOOL);
        let kind = StatementKind::Assign(flag.into(), Rvalue::Use(value));
        let statement = Statement { kind, span: self.span };
        self.block(vec![statement], TerminatorKind::Goto(next))
    }

    fn ladder(&mut self, path: usize, place: &Place, fields: &[Ty], next: Block) -> Block {
        self.ladder_of(path, path, place, fields, next)
    }

    /// The fields of a variant, under the flag of the enum.
    fn ladder_of(&mut self, path: usize, variant: usize, place: &Place, fields: &[Ty], next: Block) -> Block {
        let mut next = next;
        for (at, &ty) in fields.iter().enumerate().rev() {
            let part = place.field(at as u32, ty);
            next = self.part(path, self.paths.child(variant, Key::Field(at as u32)), part, ty, next);
        }
        next
    }

    /// A part, by its own path, or under the flag of what it is a part of.
    fn part(&mut self, path: usize, own: Option<usize>, place: Place, ty: Ty, next: Block) -> Block {
        if !self.low.defs.types.needs_drop(ty) {
            return next;
        }
        let Some(own) = own else { return self.complete(path, place, next) };
        match self.style(own) {
            Style::Dead => next,
            Style::Static => self.block(Vec::new(), TerminatorKind::Drop { place, target: next }),
            Style::Conditional => self.complete(own, place, next),
            Style::Open => self.open(own, place, next),
        }
    }
}
