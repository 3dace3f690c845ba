//! Parameters become what they stand for, everywhere in a body.

use crate::lower::Lowerer;
use crate::mir::{AssertKind, Body, Callee, Const, Operand, Place, Proj, Rvalue, StatementKind, TerminatorKind};

pub(super) fn run(low: &mut Lowerer, body: &mut Body) {
    for local in &mut body.locals {
        local.ty = low.strip(local.ty);
    }
    for block in &mut body.blocks {
        for statement in &mut block.statements {
            match &mut statement.kind {
                StatementKind::Assign(to, rvalue) => {
                    place(low, to);
                    match rvalue {
                        Rvalue::Use(value) | Rvalue::Repeat(value, _) | Rvalue::Unary(_, value) => operand(low, value),
                        Rvalue::Cast(_, value, ty) => {
                            operand(low, value);
                            *ty = low.strip(*ty);
                        }
                        Rvalue::Binary(_, values) => {
                            operand(low, &mut values.0);
                            operand(low, &mut values.1);
                        }
                        Rvalue::Aggregate(_, ty, values) => {
                            *ty = low.strip(*ty);
                            values.iter_mut().for_each(|value| operand(low, value));
                        }
                        Rvalue::Ref(_, of) | Rvalue::RawPtr(_, of) | Rvalue::Discriminant(of) => place(low, of),
                    }
                }
                StatementKind::PlaceMention(of) => place(low, of),
                _ => {}
            }
        }
        match &mut block.terminator.kind {
            TerminatorKind::SwitchInt { value, .. } => operand(low, value),
            TerminatorKind::Assert { cond, message, .. } => {
                operand(low, cond);
                match message {
                    AssertKind::Overflow(_, operands) => operands.iter_mut().for_each(|value| operand(low, value)),
                    AssertKind::BoundsCheck { len, index } => {
                        operand(low, len);
                        operand(low, index);
                    }
                    AssertKind::DivisionByZero(_) => {}
                }
            }
            TerminatorKind::Drop { place: of, .. } => place(low, of),
            TerminatorKind::Call { func, args, destination, .. } => {
                operand(low, func);
                args.iter_mut().for_each(|arg| operand(low, arg));
                place(low, destination);
            }
            TerminatorKind::Yield { value, resume_arg, .. } => {
                operand(low, value);
                place(low, resume_arg);
            }
            _ => {}
        }
    }
}

fn operand(low: &mut Lowerer, value: &mut Operand) {
    match value {
        Operand::Copy(of) | Operand::Move(of) => place(low, of),
        Operand::Const(value, ty) => {
            *ty = low.strip(*ty);
            if let Const::Fn(Callee::Intrinsic(_, args)) = value {
                for arg in args {
                    *arg = low.strip(*arg);
                }
            }
        }
    }
}

fn place(low: &mut Lowerer, of: &mut Place) {
    for step in &mut of.proj {
        if let Proj::Field(_, ty) = step {
            *ty = low.strip(*ty);
        }
    }
}
