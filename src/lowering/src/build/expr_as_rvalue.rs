//! Expressions as rvalues, operands and temporaries.

use super::Builder;
use super::scope::ScopeId;
use crate::mir::{
    AggregateKind, AssertKind, BinOp, Block, BodyKind, Const, Local, Operand, Place, Rvalue, TerminatorKind, UnOp,
};
use crate::span::Span;
use crate::tree::{Capture, ExprId, ExprKind, Step};
use crate::ty::{Ty, TyKind, Types};

impl Builder<'_> {
    /// The expression in a temporary that lives in a scope.
    pub(super) fn as_temp(&mut self, block: Block, scope: ScopeId, expr: ExprId) -> (Block, Local) {
        let before = self.enter(expr);
        let (block, local) = self.as_temp_inner(block, scope, expr);
        (self.leave(block, before), local)
    }

    pub(super) fn as_temp_inner(&mut self, block: Block, scope: ScopeId, expr: ExprId) -> (Block, Local) {
        let node = self.tree.expr(expr);
        let (ty, span) = (node.ty, node.span);
        let local = self.temp(ty, span);
        let never_assigned = match &node.kind {
            ExprKind::Break(..) | ExprKind::Continue(_) | ExprKind::Return(_) => true,
            ExprKind::Block(item) => item.tail.is_none() && item.label.is_none() && ty == Types::NEVER,
            _ => false,
        };
        if !never_assigned {
            self.storage_live(block, local, span);
            self.schedule_storage(scope, local);
        }
        let block = self.expr_into_inner(block, local.into(), expr);
        self.schedule_value(scope, local);
        (block, local)
    }

    /// The expression as an operand of the innermost scope.
    pub(super) fn as_local_operand(&mut self, block: Block, expr: ExprId) -> (Block, Operand) {
        let scope = self.topmost();
        self.as_operand(block, scope, expr)
    }

    pub(super) fn as_operand(&mut self, block: Block, scope: ScopeId, expr: ExprId) -> (Block, Operand) {
        if let Some(constant) = self.as_constant(expr) {
            return (block, constant);
        }
        let before = self.enter(expr);
        let (block, local) = self.as_temp_inner(block, scope, expr);
        (self.leave(block, before), Operand::Move(local.into()))
    }

    pub(super) fn as_constant(&mut self, expr: ExprId) -> Option<Operand> {
        let node = self.tree.expr(expr);
        let ty = node.ty;
        match &node.kind {
            ExprKind::Const(value) => Some(Operand::Const(value.clone(), ty)),
            ExprKind::ConstItem(body) if !self.needs_drop(ty) => Some(Operand::Const(Const::Item(*body), ty)),
            ExprKind::Fn(func) => {
                let func = func.clone();
                self.low.fn_item(ty, &func);
                let callee = self.low.callee(&func);
                Some(Operand::Const(Const::Fn(callee), ty))
            }
            _ => None,
        }
    }

    pub(super) fn as_local_rvalue(&mut self, block: Block, expr: ExprId) -> (Block, Rvalue) {
        let scope = self.topmost();
        let before = self.enter(expr);
        let (block, rvalue) = self.as_rvalue_inner(block, scope, expr);
        (self.leave(block, before), rvalue)
    }

    pub(super) fn as_rvalue_inner(&mut self, block: Block, scope: ScopeId, expr: ExprId) -> (Block, Rvalue) {
        let node = self.tree.expr(expr);
        let (ty, span) = (node.ty, node.span);
        match node.kind.clone() {
            ExprKind::Binary(op, left, right) => {
                let (block, left_operand) = self.as_operand(block, scope, left);
                let (block, right) = self.as_operand(block, scope, right);
                let left_ty = self.tree.expr(left).ty;
                self.binary(block, op, left_operand, right, left_ty, span)
            }
            ExprKind::Unary(op, inner) => {
                let (block, operand) = self.as_operand(block, scope, inner);
                let actual = self.actual(ty);
                if let (UnOp::Neg, &TyKind::Int(int)) = (op, self.kind(actual)) {
                    let min = Operand::Const(Const::Bits(1u128 << (int.size() * 8 - 1)), ty);
                    let copy = copied(&operand);
                    let is_min = self.temp(Types::BOOL, span);
                    self.assign(block, is_min, Rvalue::Binary(BinOp::Eq, Box::new((copy, min))), span);
                    let target = self.new_block();
                    let message = AssertKind::Overflow("attempt to negate with overflow", Vec::new());
                    let cond = Operand::Move(is_min.into());
                    self.terminate(block, TerminatorKind::Assert { cond, expected: false, message, target }, span);
                    return (target, Rvalue::Unary(op, operand));
                }
                (block, Rvalue::Unary(op, operand))
            }
            ExprKind::Cast(kind, inner) => {
                let inner = match self.tree.expr(inner).kind {
                    // Only marks where a cast may turn out to be a coercion.
                    ExprKind::Use(plain) => plain,
                    _ => inner,
                };
                let (block, operand) = self.as_operand(block, scope, inner);
                (block, Rvalue::Cast(kind, operand, ty))
            }
            ExprKind::Repeat(item, len) => {
                let (block, operand) = self.as_operand(block, scope, item);
                (block, Rvalue::Repeat(operand, len))
            }
            ExprKind::Array(items) => {
                let (block, operands) = self.as_operands(block, scope, &items);
                (block, Rvalue::Aggregate(AggregateKind::Array, ty, operands))
            }
            ExprKind::Tuple(items) => {
                let (block, operands) = self.as_operands(block, scope, &items);
                (block, Rvalue::Aggregate(AggregateKind::Tuple, ty, operands))
            }
            ExprKind::Closure(index) => self.closure(block, scope, index, ty, span),
            ExprKind::Assign(..) | ExprKind::AssignOp(..) => {
                let block = self.stmt_expr_inner(block, expr, None);
                (block, Rvalue::Use(Operand::Const(Const::Zst, Types::UNIT)))
            }
            _ => match self.as_constant(expr) {
                Some(constant) => (block, Rvalue::Use(constant)),
                None => {
                    let (block, local) = self.as_temp_inner(block, scope, expr);
                    (block, Rvalue::Use(Operand::Move(local.into())))
                }
            },
        }
    }

    pub(super) fn as_operands(&mut self, block: Block, scope: ScopeId, items: &[ExprId]) -> (Block, Vec<Operand>) {
        let mut block = block;
        let mut operands = Vec::new();
        for &item in items {
            let (next, operand) = self.as_operand(block, scope, item);
            block = next;
            operands.push(operand);
        }
        (block, operands)
    }

    /// An operation on numbers, with the checks of a debug build.
    pub(super) fn binary(
        &mut self,
        block: Block,
        op: BinOp,
        left: Operand,
        right: Operand,
        ty: Ty,
        span: Span,
    ) -> (Block, Rvalue) {
        let actual = self.actual(ty);
        let &TyKind::Int(int) = self.kind(actual) else { return (block, Rvalue::Binary(op, Box::new((left, right)))) };
        let checked = match op {
            BinOp::Add => Some((BinOp::AddWithOverflow, "attempt to add with overflow")),
            BinOp::Sub => Some((BinOp::SubWithOverflow, "attempt to subtract with overflow")),
            BinOp::Mul => Some((BinOp::MulWithOverflow, "attempt to multiply with overflow")),
            _ => None,
        };
        if let Some((op, message)) = checked {
            let pair = self.low.defs.types.intern(TyKind::Tuple(vec![ty, Types::BOOL]));
            let result = self.temp(pair, span);
            let operands = Box::new((copied(&left), copied(&right)));
            self.assign(block, result, Rvalue::Binary(op, operands), span);
            let target = self.new_block();
            let place = Place::from(result);
            let cond = Operand::Move(place.field(1, Types::BOOL));
            let message = AssertKind::Overflow(message, vec![left, right]);
            self.terminate(block, TerminatorKind::Assert { cond, expected: false, message, target }, span);
            return (target, Rvalue::Use(Operand::Move(place.field(0, ty))));
        }
        let mut block = block;
        match op {
            BinOp::Shl | BinOp::Shr => {
                let message = if op == BinOp::Shl {
                    "attempt to shift left with overflow"
                } else {
                    "attempt to shift right with overflow"
                };
                let right_ty = self.operand_ty(&right);
                let in_range = self.temp(Types::BOOL, span);
                let bits = Operand::Const(Const::Bits(u128::from(int.size() * 8)), right_ty);
                // As unsigned: a negative number is too large.
                let compare = Rvalue::Binary(BinOp::Lt, Box::new((copied(&right), bits)));
                self.assign(block, in_range, compare, span);
                let target = self.new_block();
                let cond = Operand::Move(in_range.into());
                let message = AssertKind::Overflow(message, Vec::new());
                self.terminate(block, TerminatorKind::Assert { cond, expected: true, message, target }, span);
                block = target;
            }
            BinOp::Div | BinOp::Rem => {
                let (zero, overflow) = match op {
                    BinOp::Div => ("attempt to divide by zero", "attempt to divide with overflow"),
                    _ => (
                        "attempt to calculate the remainder with a divisor of zero",
                        "attempt to calculate the remainder with overflow",
                    ),
                };
                let is_zero = self.temp(Types::BOOL, span);
                let operands = Box::new((copied(&right), Operand::Const(Const::Bits(0), ty)));
                self.assign(block, is_zero, Rvalue::Binary(BinOp::Eq, operands), span);
                let target = self.new_block();
                let cond = Operand::Move(is_zero.into());
                let message = AssertKind::DivisionByZero(zero);
                self.terminate(block, TerminatorKind::Assert { cond, expected: false, message, target }, span);
                block = target;
                if int.is_signed() {
                    let [is_minus_one, is_min, both] = [(); 3].map(|()| self.temp(Types::BOOL, span));
                    let minus_one = Operand::Const(Const::Bits(u128::MAX >> (128 - int.size() * 8)), ty);
                    let operands = Box::new((copied(&right), minus_one));
                    self.assign(block, is_minus_one, Rvalue::Binary(BinOp::Eq, operands), span);
                    let min = Operand::Const(Const::Bits(1u128 << (int.size() * 8 - 1)), ty);
                    let operands = Box::new((copied(&left), min));
                    self.assign(block, is_min, Rvalue::Binary(BinOp::Eq, operands), span);
                    let operands = Box::new((Operand::Move(is_minus_one.into()), Operand::Move(is_min.into())));
                    self.assign(block, both, Rvalue::Binary(BinOp::BitAnd, operands), span);
                    let target = self.new_block();
                    let cond = Operand::Move(both.into());
                    let message = AssertKind::Overflow(overflow, Vec::new());
                    self.terminate(block, TerminatorKind::Assert { cond, expected: false, message, target }, span);
                    block = target;
                }
            }
            _ => {}
        }
        (block, Rvalue::Binary(op, Box::new((left, right))))
    }

    fn operand_ty(&self, operand: &Operand) -> Ty {
        match operand {
            Operand::Const(_, ty) => *ty,
            Operand::Copy(place) | Operand::Move(place) => self.body.locals[place.local.index()].ty,
        }
    }

    /// A closure or coroutine from what it captures.
    fn closure(&mut self, block: Block, scope: ScopeId, index: usize, ty: Ty, span: Span) -> (Block, Rvalue) {
        let info = &self.tree.bodies[index];
        let (id, kind, captures) = (info.id, info.kind, info.captures.clone());
        let mut operands = Vec::new();
        for capture in &captures {
            let place = self.captured_place(capture);
            match capture.by_ref {
                None => operands.push(self.consume(place, capture.ty)),
                Some(mutable) => {
                    let ty = self.low.defs.types.intern(TyKind::Ref(mutable, capture.ty));
                    let local = self.temp(ty, span);
                    self.storage_live(block, local, span);
                    self.assign(block, local, Rvalue::Ref(mutable, place), span);
                    self.schedule_storage(scope, local);
                    operands.push(Operand::Move(local.into()));
                }
            }
        }
        let kind = match kind {
            BodyKind::Closure => AggregateKind::Closure(id),
            _ => AggregateKind::Coroutine(id),
        };
        (block, Rvalue::Aggregate(kind, ty, operands))
    }

    /// The place that an inner body captures, as this body has it.
    fn captured_place(&mut self, capture: &Capture) -> Place {
        let base = match self.var_place(capture.var) {
            Some(place) => super::expr_as_place::PlaceBuilder::from(place),
            None => self.upvar(capture.var),
        };
        let place = capture.steps.iter().fold(base, |place, step| {
            place.then(match step {
                Step::Field(at, ty) => crate::mir::Proj::Field(*at, *ty),
                Step::Deref => crate::mir::Proj::Deref,
            })
        });
        self.resolved(&place)
    }
}

pub(super) fn copied(operand: &Operand) -> Operand {
    match operand {
        Operand::Move(place) => Operand::Copy(place.clone()),
        other => other.clone(),
    }
}
