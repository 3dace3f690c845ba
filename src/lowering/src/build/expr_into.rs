//! Expressions written into a place.

mod branches;
mod promote;

use super::Builder;
use crate::mir::{AggregateKind, Block, Callee, Const, Operand, Place, Rvalue, TerminatorKind};
use crate::order::sort_by_key;
use crate::span::Span;
use crate::tree::{CallKind, ExprId, ExprKind, FnRef};
use crate::ty::{TyKind, Types};

impl Builder<'_> {
    pub(super) fn expr_into(&mut self, block: Block, destination: Place, expr: ExprId) -> Block {
        self.scoped(block, expr, |builder, block| builder.expr_into_inner(block, destination, expr))
    }

    /// The same, in the scope that is the innermost already.
    pub(super) fn expr_into_inner(&mut self, block: Block, destination: Place, expr: ExprId) -> Block {
        let node = self.tree.expr(expr);
        let (ty, span) = (node.ty, node.span);
        match node.kind.clone() {
            ExprKind::Block(item) => self.block_into(block, destination, &item, expr),
            ExprKind::DropTemps(inner) | ExprKind::Use(inner) => self.expr_into(block, destination, inner),
            ExprKind::Match { scrutinee, arms } => self.match_into(block, destination, scrutinee, &arms),
            ExprKind::If { cond, then, els } => self.if_into(block, destination, cond, then, els, span),
            ExprKind::Let(pat, scrutinee) => {
                let region = self.topmost();
                let (yes, no) =
                    self.in_if_then_scope(region, |builder| builder.lower_let(block, scrutinee, pat, Some(region)));
                self.assign_bool(yes, &destination, true, span);
                self.assign_bool(no, &destination, false, span);
                self.join(yes, no)
            }
            ExprKind::And(left, right) => self.logical_into(block, destination, left, right, true, span),
            ExprKind::Or(left, right) => self.logical_into(block, destination, left, right, false, span),
            ExprKind::NeverToAny(inner) => {
                let is_call = matches!(self.tree.expr(inner).kind, ExprKind::Call(..));
                let scope = self.topmost();
                let (block, _) = self.as_temp(block, scope, inner);
                if is_call {
                    return block;
                }
                self.terminate(block, TerminatorKind::Unreachable, span);
                self.new_block()
            }
            ExprKind::Loop { id, body } => {
                let loop_block = self.new_block();
                self.goto(block, loop_block);
                let at = self.push_breakable(Some(loop_block), destination);
                self.loops.insert(id, at);
                let body_block = self.new_block();
                self.goto(loop_block, body_block);
                let unit = self.unit_temp();
                let end = self.expr_into(body_block, unit, body);
                self.goto(end, loop_block);
                self.pop_breakable(at, None, Some(loop_block))
            }
            ExprKind::Call(func, args) => {
                let mut block = block;
                let mut operands = Vec::new();
                for arg in args {
                    let (next, operand) = self.as_local_operand(block, arg);
                    block = next;
                    operands.push(operand);
                }
                let never = self.never_returns(ty);
                self.call(block, &func, operands, destination, never, span)
            }
            ExprKind::CallPtr(func, args) => {
                let (mut block, func) = self.as_local_operand(block, func);
                let mut operands = Vec::new();
                for arg in args {
                    let (next, operand) = self.as_local_operand(block, arg);
                    block = next;
                    operands.push(operand);
                }
                self.call_operand(block, func, operands, destination, false, span)
            }
            ExprKind::CallValue(kind, func, args) => self.call_value(block, destination, kind, func, &args, span),
            ExprKind::Borrow(mutable, place) => {
                if !mutable && let Some(promoted) = self.promoted(place) {
                    let operand = Operand::Const(Const::Promoted(promoted), ty);
                    self.assign(block, destination, Rvalue::Use(operand), span);
                    return block;
                }
                let (block, place) = self.as_place(block, place);
                self.assign(block, destination, Rvalue::Ref(mutable, place), span);
                block
            }
            ExprKind::RawBorrow(mutable, pointer) => {
                let (block, place) = self.as_place(block, pointer);
                self.assign(block, destination, Rvalue::RawPtr(mutable, place.deref()), span);
                block
            }
            ExprKind::Adt { variant, fields, base } => {
                let scope = self.topmost();
                let mut block = block;
                let mut operands = Vec::new();
                for (at, field) in fields {
                    let (next, operand) = self.as_operand(block, scope, field);
                    block = next;
                    operands.push((at, operand));
                }
                if let Some(base) = base {
                    let (next, place) = self.as_place_builder(block, base);
                    block = next;
                    let place = self.resolved(&place);
                    let tys =
                        self.low.defs.types.variants(ty)[0].fields.iter().map(|field| field.ty).collect::<Vec<_>>();
                    for (at, ty) in tys.into_iter().enumerate() {
                        if operands.iter().all(|&(known, _)| known != at as u32) {
                            let operand = self.consume(place.field(at as u32, ty), ty);
                            operands.push((at as u32, operand));
                        }
                    }
                }
                sort_by_key(&mut operands, |&(at, _)| at);
                let operands = operands.into_iter().map(|(_, operand)| operand).collect();
                self.assign(block, destination, Rvalue::Aggregate(AggregateKind::Adt(variant), ty, operands), span);
                block
            }
            ExprKind::WriteBox(boxed, value) => {
                let scope = self.topmost();
                let (block, local) = self.as_temp(block, scope, boxed);
                let value_ty = self.tree.expr(value).ty;
                let content = Place::from(local).deref().field(0, value_ty);
                let block = self.expr_into(block, content, value);
                self.assign(block, destination, Rvalue::Use(Operand::Move(local.into())), span);
                block
            }
            ExprKind::Assign(..) | ExprKind::AssignOp(..) => {
                let block = self.stmt_expr_inner(block, expr, None);
                self.assign_unit(block, &destination, span);
                block
            }
            ExprKind::Continue(_) | ExprKind::Break(..) | ExprKind::Return(_) => {
                self.stmt_expr_inner(block, expr, None)
            }
            ExprKind::Var(_)
            | ExprKind::TaskContext
            | ExprKind::Field(..)
            | ExprKind::Deref(_)
            | ExprKind::Index(..)
            | ExprKind::OverDeref { .. }
            | ExprKind::OverIndex { .. } => {
                let (block, place) = self.as_place_in_scope(block, expr);
                let operand = self.consume(place, ty);
                self.assign(block, destination, Rvalue::Use(operand), span);
                block
            }
            ExprKind::Yield => {
                let scope = self.topmost();
                let value = self.temp(Types::UNIT, span);
                self.storage_live(block, value, span);
                self.schedule_storage(scope, value);
                let unit = Rvalue::Aggregate(AggregateKind::Tuple, Types::UNIT, Vec::new());
                self.assign(block, value, unit, span);
                let resume = self.new_block();
                let value = Operand::Move(value.into());
                let kind = TerminatorKind::Yield { value, resume_arg: destination, resume, drop: resume };
                self.terminate(block, kind, span);
                self.coroutine_drop(block);
                resume
            }
            ExprKind::Error => {
                self.terminate(block, TerminatorKind::Unreachable, span);
                self.new_block()
            }
            _ => {
                let scope = self.topmost();
                let (block, rvalue) = self.as_rvalue_inner(block, scope, expr);
                self.assign(block, destination, rvalue, span);
                block
            }
        }
    }

    fn as_place_in_scope(&mut self, block: Block, expr: ExprId) -> (Block, Place) {
        let (block, place) = self.as_place_inner(block, expr);
        (block, self.resolved(&place))
    }

    fn join(&mut self, a: Block, b: Block) -> Block {
        let target = self.new_block();
        self.goto(a, target);
        self.goto(b, target);
        target
    }

    fn never_returns(&self, ty: crate::ty::Ty) -> bool {
        self.is_uninhabited(ty)
    }

    pub(super) fn is_uninhabited(&self, ty: crate::ty::Ty) -> bool {
        let ty = self.actual(ty);
        match self.kind(ty) {
            TyKind::Never => true,
            TyKind::Adt(..) => {
                let variants = self.low.defs.types.variants(ty);
                let is_enum = self.low.defs.types.adt(ty).is_some_and(|def| def.is_enum);
                is_enum
                    && variants.iter().all(|variant| variant.fields.iter().any(|field| self.is_uninhabited(field.ty)))
            }
            _ => false,
        }
    }

    pub(super) fn call(
        &mut self,
        block: Block,
        func: &FnRef,
        args: Vec<Operand>,
        to: Place,
        never: bool,
        span: Span,
    ) -> Block {
        let callee = self.low.callee(func);
        let ty = self.low.defs.types.intern(TyKind::FnDef(func.id as u32, func.args.clone()));
        self.call_operand(block, Operand::Const(Const::Fn(callee), ty), args, to, never, span)
    }

    pub(super) fn call_operand(
        &mut self,
        block: Block,
        func: Operand,
        args: Vec<Operand>,
        to: Place,
        never: bool,
        span: Span,
    ) -> Block {
        let success = self.new_block();
        for arg in &args {
            if let Operand::Move(place) = arg
                && let Some(local) = place.as_local()
            {
                self.record_moved(local);
            }
        }
        let target = (!never).then_some(success);
        self.terminate(block, TerminatorKind::Call { func, args, destination: to, target }, span);
        success
    }

    /// `Fn::call(&f, (args..))` and the like.
    fn call_value(
        &mut self,
        block: Block,
        destination: Place,
        kind: CallKind,
        func: ExprId,
        args: &[ExprId],
        span: Span,
    ) -> Block {
        let func_ty = self.tree.expr(func).ty;
        let actual = self.actual(func_ty);
        let kind = match (kind, self.kind(actual)) {
            (CallKind::Unknown, TyKind::Closure(id)) => {
                let own = self.tree.bodies.iter().find(|info| info.id == *id).map(|info| info.call);
                own.or_else(|| self.low.closure_calls.get(id).copied()).unwrap_or(CallKind::Ref)
            }
            (CallKind::Unknown, _) => CallKind::Ref,
            (kind, _) => kind,
        };
        let scope = self.topmost();
        let (mut block, own) = match kind {
            CallKind::Once => self.as_operand(block, scope, func),
            _ => {
                let mutable = kind == CallKind::Mut;
                let ty = self.low.defs.types.intern(TyKind::Ref(mutable, func_ty));
                let local = self.temp(ty, span);
                self.storage_live(block, local, span);
                self.schedule_storage(scope, local);
                let (block, place) = self.as_place(block, func);
                self.assign(block, local, Rvalue::Ref(mutable, place), span);
                (block, Operand::Move(local.into()))
            }
        };
        let tys = args.iter().map(|&arg| self.tree.expr(arg).ty).collect();
        let tuple_ty = self.low.defs.types.intern(TyKind::Tuple(tys));
        let tuple = self.temp(tuple_ty, span);
        self.storage_live(block, tuple, span);
        self.schedule_storage(scope, tuple);
        let inner = self.push_scope(span);
        let (next, operands) = self.as_operands(block, inner, args);
        block = next;
        self.assign(block, tuple, Rvalue::Aggregate(AggregateKind::Tuple, tuple_ty, operands), span);
        block = self.pop_scope(block);
        self.schedule_value(scope, tuple);
        let name = match kind {
            CallKind::Once => "FnOnce::call_once",
            CallKind::Mut => "FnMut::call_mut",
            _ => "Fn::call",
        };
        let tys = [func_ty, tuple_ty].map(|ty| self.low.strip(ty));
        let callee = Callee::Intrinsic(name.to_owned(), tys.to_vec());
        let func = Operand::Const(Const::Fn(callee), Types::UNIT);
        self.call_operand(block, func, vec![own, Operand::Move(tuple.into())], destination, false, span)
    }
}
