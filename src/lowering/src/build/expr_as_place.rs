//! Expressions as places: variables, captures, fields, items, what is pointed to; a value becomes a temporary.

use super::Builder;
use super::scope::ScopeId;
use crate::mir::{
    AssertKind, BinOp, Block, BodyKind, Const, Local, Operand, Place, Proj, Rvalue, TerminatorKind, UnOp,
};
use crate::span::Span;
use crate::tree::{CallKind, ExprId, ExprKind, Step, VarId};
use crate::ty::{Ty, TyKind, Types};

/// A place that may start at a captured variable, of which only parts may be captured.
#[derive(Clone, Debug)]
pub(super) struct PlaceBuilder {
    base: Base,
    proj: Vec<Proj>,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    Local(Local),
    Upvar(VarId),
}

impl PlaceBuilder {
    pub(super) fn then(&self, step: Proj) -> PlaceBuilder {
        let mut place = self.clone();
        place.proj.push(step);
        place
    }
}

impl From<Place> for PlaceBuilder {
    fn from(place: Place) -> PlaceBuilder {
        PlaceBuilder { base: Base::Local(place.local), proj: place.proj }
    }
}

impl Builder<'_> {
    pub(super) fn as_place(&mut self, block: Block, expr: ExprId) -> (Block, Place) {
        let (block, place) = self.as_place_builder(block, expr);
        let place = self.resolved(&place);
        (block, place)
    }

    pub(super) fn resolved(&mut self, place: &PlaceBuilder) -> Place {
        let var = match place.base {
            Base::Local(local) => return Place { local, proj: place.proj.clone() },
            Base::Upvar(var) => var,
        };
        let info = &self.tree.bodies[self.index];
        for (i, capture) in info.captures.iter().enumerate() {
            if capture.var != var || capture.steps.len() > place.proj.len() {
                continue;
            }
            let fits = capture.steps.iter().zip(&place.proj).all(|(step, proj)| match (step, proj) {
                (Step::Field(a, _), Proj::Field(b, _)) => a == b,
                (Step::Deref, Proj::Deref) => true,
                _ => false,
            });
            if !fits {
                continue;
            }
            let mut own = Place::from(Local::SELF);
            if info.kind == BodyKind::Closure && info.call != CallKind::Once {
                own = own.deref();
            }
            let by_ref = capture.by_ref;
            let ty = match by_ref {
                Some(mutable) => self.low.defs.types.intern(TyKind::Ref(mutable, capture.ty)),
                None => capture.ty,
            };
            own = own.field(i as u32, ty);
            if by_ref.is_some() {
                own = own.deref();
            }
            own.proj.extend_from_slice(&place.proj[capture.steps.len()..]);
            return own;
        }
        // Named, but not used: `let _ = x`.
        Place { local: self.temp(Types::ERROR, Span::NONE), proj: Vec::new() }
    }

    /// Whether the place is one that this body has: a captured variable need not be.
    pub(super) fn has_place(&self, place: &PlaceBuilder) -> bool {
        match place.base {
            Base::Local(_) => true,
            Base::Upvar(var) => {
                let captures = &self.tree.bodies[self.index].captures;
                captures.iter().any(|capture| capture.var == var && capture.steps.len() <= place.proj.len())
            }
        }
    }

    pub(super) fn as_place_builder(&mut self, block: Block, expr: ExprId) -> (Block, PlaceBuilder) {
        let scope = self.enter(expr);
        let (block, place) = self.as_place_inner(block, expr);
        (self.leave(block, scope), place)
    }

    /// Begins the scope of an expression; what to give to [`Self::leave`].
    pub(super) fn enter(&mut self, expr: ExprId) -> ScopeId {
        let scope = self.push_scope(self.tree.expr(expr).span);
        let before = self.temp_scope;
        if self.regions.is_terminating(expr) {
            self.temp_scope = scope;
        }
        before
    }

    pub(super) fn leave(&mut self, block: Block, before: ScopeId) -> Block {
        self.temp_scope = before;
        self.pop_scope(block)
    }

    pub(super) fn as_place_inner(&mut self, block: Block, expr: ExprId) -> (Block, PlaceBuilder) {
        let node = self.tree.expr(expr);
        let (ty, span) = (node.ty, node.span);
        match node.kind {
            ExprKind::Var(var) => match self.var_place(var) {
                Some(place) => (block, place.into()),
                None => (block, PlaceBuilder { base: Base::Upvar(var), proj: Vec::new() }),
            },
            ExprKind::TaskContext => (block, Place::from(Local::RESUME).into()),
            ExprKind::Field(base, at) => {
                let (block, place) = self.as_place_builder(block, base);
                (block, place.then(Proj::Field(at, ty)))
            }
            ExprKind::Deref(base) => {
                let (block, place) = self.as_place_builder(block, base);
                (block, place.then(Proj::Deref))
            }
            ExprKind::Index(base, index) => {
                let (block, place) = self.as_place_builder(block, base);
                let scope = self.temp_scope_of(expr);
                let (block, index) = self.as_temp(block, scope, index);
                let base_ty = self.tree.expr(base).ty;
                let block = self.bounds_check(block, &place, base_ty, index, span);
                (block, place.then(Proj::Index(index)))
            }
            ExprKind::OverDeref { base, mutable } => {
                let scope = self.temp_scope_of(expr);
                let (block, pointer) = self.overloaded_deref(block, scope, expr, base, mutable, ty);
                (block, PlaceBuilder::from(Place::from(pointer).deref()))
            }
            ExprKind::OverIndex { base, index, mutable } => {
                let scope = self.temp_scope_of(expr);
                let (block, pointer) = self.overloaded_index(block, scope, expr, base, index, mutable);
                (block, PlaceBuilder::from(Place::from(pointer).deref()))
            }
            _ => {
                let scope = self.temp_scope_of(expr);
                let (block, local) = self.as_temp_inner(block, scope, expr);
                (block, PlaceBuilder::from(Place::from(local)))
            }
        }
    }

    /// `deref(&base)` in a temporary.
    fn overloaded_deref(
        &mut self,
        block: Block,
        scope: ScopeId,
        expr: ExprId,
        base: ExprId,
        mutable: bool,
        target: Ty,
    ) -> (Block, Local) {
        let span = self.tree.expr(expr).span;
        let base_ty = self.tree.expr(base).ty;
        let pointer_ty = self.low.defs.types.intern(TyKind::Ref(mutable, target));
        let pointer = self.temp(pointer_ty, span);
        self.storage_live(block, pointer, span);
        self.schedule_storage(scope, pointer);
        // The call is an expression of its own.
        let before = self.enter_plain();
        let (block, argument) = self.borrow_operand(block, base, mutable);
        let (trait_, name) = if mutable { ("DerefMut", "deref_mut") } else { ("Deref", "deref") };
        let id = self.low.defs.trait_id(trait_);
        let id = self.low.defs.items.traits[id].fns.get(name).copied().unwrap_or(0);
        let func = crate::tree::FnRef { id, args: vec![base_ty] };
        let block = self.call(block, &func, vec![argument], pointer.into(), false, span);
        (self.leave(block, before), pointer)
    }

    fn overloaded_index(
        &mut self,
        block: Block,
        scope: ScopeId,
        expr: ExprId,
        base: ExprId,
        index: ExprId,
        mutable: bool,
    ) -> (Block, Local) {
        let node = self.tree.expr(expr);
        let (span, ty) = (node.span, node.ty);
        let (base_ty, index_ty) = (self.tree.expr(base).ty, self.tree.expr(index).ty);
        let pointer_ty = self.low.defs.types.intern(TyKind::Ref(mutable, ty));
        let pointer = self.temp(pointer_ty, span);
        self.storage_live(block, pointer, span);
        self.schedule_storage(scope, pointer);
        let before = self.enter_plain();
        let (block, argument) = self.borrow_operand(block, base, mutable);
        let (block, index) = self.as_local_operand(block, index);
        let (trait_, name) = if mutable { ("IndexMut", "index_mut") } else { ("Index", "index") };
        let id = self.low.defs.trait_id(trait_);
        let id = self.low.defs.items.traits[id].fns.get(name).copied().unwrap_or(0);
        let func = crate::tree::FnRef { id, args: vec![base_ty, index_ty] };
        let block = self.call(block, &func, vec![argument, index], pointer.into(), false, span);
        (self.leave(block, before), pointer)
    }

    fn enter_plain(&mut self) -> ScopeId {
        self.push_scope(Span::NONE);
        self.temp_scope
    }

    /// `&base` as an operand of the innermost scope.
    fn borrow_operand(&mut self, block: Block, base: ExprId, mutable: bool) -> (Block, Operand) {
        let span = self.tree.expr(base).span;
        let base_ty = self.tree.expr(base).ty;
        let ty = self.low.defs.types.intern(TyKind::Ref(mutable, base_ty));
        let local = self.temp(ty, span);
        self.storage_live(block, local, span);
        let scope = self.topmost();
        self.schedule_storage(scope, local);
        let before = self.enter_plain();
        let (block, place) = self.as_place(block, base);
        self.assign(block, local, Rvalue::Ref(mutable, place), span);
        let block = self.leave(block, before);
        (block, Operand::Move(local.into()))
    }

    fn bounds_check(&mut self, block: Block, base: &PlaceBuilder, base_ty: Ty, index: Local, span: Span) -> Block {
        let usize_const = |value: u64| Operand::Const(Const::Bits(u128::from(value)), Types::USIZE);
        let base_place = self.resolved(base);
        let len = match *self.kind(self.actual(base_ty)) {
            TyKind::Array(_, len) => usize_const(len),
            _ => {
                let mut pointer = base_place;
                let len = self.temp(Types::USIZE, span);
                match pointer.proj.pop() {
                    Some(Proj::Deref) => {
                        self.assign(block, len, Rvalue::Unary(UnOp::PtrMetadata, Operand::Copy(pointer)), span);
                    }
                    _ => return block,
                }
                Operand::Move(len.into())
            }
        };
        let in_bounds = self.temp(Types::BOOL, span);
        let len_again = match &len {
            Operand::Move(place) => Operand::Copy(place.clone()),
            other => other.clone(),
        };
        let index = Operand::Copy(index.into());
        let compare = Rvalue::Binary(BinOp::Lt, Box::new((index.clone(), len_again)));
        self.assign(block, in_bounds, compare, span);
        let target = self.new_block();
        let message = AssertKind::BoundsCheck { len, index };
        let cond = Operand::Move(in_bounds.into());
        self.terminate(block, TerminatorKind::Assert { cond, expected: true, message, target }, span);
        target
    }
}

impl Builder<'_> {
    pub(super) fn upvar(&self, var: VarId) -> PlaceBuilder {
        PlaceBuilder { base: Base::Upvar(var), proj: Vec::new() }
    }
}

impl PlaceBuilder {
    /// Whether it is a part of another place, not that place itself.
    pub(super) fn is_within(&self, other: &PlaceBuilder) -> bool {
        self.same_base(other) && self.proj.len() > other.proj.len() && self.proj.starts_with(&other.proj)
    }

    pub(super) fn is_same(&self, other: &PlaceBuilder) -> bool {
        self.same_base(other) && self.proj == other.proj
    }

    fn same_base(&self, other: &PlaceBuilder) -> bool {
        match (self.base, other.base) {
            (Base::Local(a), Base::Local(b)) => a == b,
            (Base::Upvar(a), Base::Upvar(b)) => a == b,
            _ => false,
        }
    }
}
