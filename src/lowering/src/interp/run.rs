//! Running bodies: statements, branches and calls.
//!
//! Functions that call each other are *activations* on a stack of the interpreter's own making; polls, drops and formatting nest on
//! the real stack, to a smaller depth.

use super::body::BodyInfo;
use super::engine::{Engine, Value, Wakes};
use super::stop::{Limit, Run, Stop, unknown};
use crate::mir::{AssertKind, Body, BodyId, Callee, Const, Local, Operand, StatementKind, TerminatorKind};
use crate::ty::TyKind;
use std::rc::Rc;

/// A body that runs.
#[derive(Debug)]
pub(super) struct Activation {
    pub(super) body: BodyId,
    pub(super) info: Rc<BodyInfo>,
    /// Where its frame lies.
    pub(super) base: u32,
    /// Where the coroutine lies, if it is one.
    pub(super) coroutine: u32,
    block: usize,
    /// Where its result goes.
    result: u32,
}

/// How a run of a body came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Returned,
    /// At the suspend point of this number.
    Suspended(usize),
    /// A drop path came to its end.
    Dropped,
}

/// Where to go after a terminator.
enum Next {
    Block(usize),
    Call(Activation, usize),
    Return,
    Suspend(usize),
    Dropped,
}

impl Engine {
    /// Calls a body with arguments that lie in memory.
    pub(super) fn call_body(&self, id: BodyId, args: &[Value], result: u32, wakes: Wakes<'_>) -> Run<()> {
        let activation = self.activate(id, 0, 0, result)?;
        for (i, arg) in self.spread(id, args)?.into_iter().enumerate() {
            let home = self.local(&activation, Local(i as u32 + 1))?;
            self.copy(arg.at, home.at, self.size(arg.ty)?)?;
        }
        self.run(activation, wakes).map(|_| ())
    }

    /// The arguments as the body has them: those of a closure come as a tuple where it is called through a trait.
    fn spread(&self, id: BodyId, args: &[Value]) -> Run<Vec<Value>> {
        let count = self.program.body(id).arg_count;
        if let (true, Some((tuple, first))) = (args.len() != count, args.split_last())
            && let TyKind::Tuple(fields) = self.kind(tuple.ty)
            && first.len() + fields.len() == count
        {
            let mut all = first.to_vec();
            for i in 0..fields.len() {
                all.push(self.part(*tuple, 0, i)?);
            }
            return Ok(all);
        }
        if args.len() == count { Ok(args.to_vec()) } else { unknown("a call with other arguments") }
    }

    /// Resumes a coroutine at a block; `resume` is where the context goes.
    pub(super) fn resume(&self, id: BodyId, at: u32, block: usize, result: u32, wakes: Wakes<'_>) -> Run<Outcome> {
        let activation = self.activate(id, at, block, result)?;
        let context = self.local(&activation, Local::RESUME)?;
        self.set_number(context.at, self.size(context.ty)?, 1)?;
        self.run(activation, wakes)
    }

    fn activate(&self, body: BodyId, coroutine: u32, block: usize, result: u32) -> Run<Activation> {
        let deep = self.functions_deep.get();
        if deep >= self.bounds.depth {
            return Err(Box::new(Stop::Limit(Limit::Depth(self.bounds.depth))));
        }
        let info = self.info(body)?;
        let base = self.allocate(info.size)?;
        self.functions_deep.set(deep + 1);
        Ok(Activation { body, info, base, coroutine, block, result })
    }

    fn run(&self, first: Activation, wakes: Wakes<'_>) -> Run<Outcome> {
        let mut stack = vec![first];
        let outcome = self.run_stack(&mut stack, wakes);
        // What is left after a stop.
        self.functions_deep.set(self.functions_deep.get() - stack.len());
        outcome
    }

    fn leave(&self, activation: &Activation) {
        self.release(activation.base, activation.info.size);
        self.functions_deep.set(self.functions_deep.get() - 1);
    }

    fn run_stack(&self, stack: &mut Vec<Activation>, wakes: Wakes<'_>) -> Run<Outcome> {
        let program = self.program.clone();
        while let Some(frame) = stack.last_mut() {
            let body = program.body(frame.body);
            match self.block(body, frame, wakes)? {
                Next::Block(block) => frame.block = block,
                Next::Call(callee, then) => {
                    frame.block = then;
                    stack.push(callee);
                }
                Next::Return => {
                    let result = self.local(frame, Local::RETURN)?;
                    self.copy(result.at, frame.result, self.size(result.ty)?)?;
                    if let Some(done) = stack.pop() {
                        self.leave(&done);
                    }
                }
                Next::Suspend(point) => {
                    if let Some(done) = stack.pop() {
                        self.leave(&done);
                    }
                    return Ok(Outcome::Suspended(point));
                }
                Next::Dropped => {
                    if let Some(done) = stack.pop() {
                        self.leave(&done);
                    }
                    return Ok(Outcome::Dropped);
                }
            }
        }
        Ok(Outcome::Returned)
    }

    /// Counts steps of this poll.
    pub(super) fn count(&self, steps: u64) -> Run<()> {
        let steps = self.steps.get() + steps;
        self.steps.set(steps);
        if steps > self.bounds.steps { Err(Box::new(Stop::Limit(Limit::Steps(self.bounds.steps)))) } else { Ok(()) }
    }

    fn block(&self, body: &Body, frame: &Activation, wakes: Wakes<'_>) -> Run<Next> {
        let Some(data) = body.blocks.get(frame.block) else { return unknown("a block") };
        self.count(data.statements.len() as u64 + 1)?;
        for statement in &data.statements {
            if let StatementKind::Assign(place, rvalue) = &statement.kind {
                let to = self.place(frame, place)?.value;
                self.assign(frame, to, rvalue, wakes)?;
            }
        }
        Ok(match &data.terminator.kind {
            TerminatorKind::Goto(target) => Next::Block(target.index()),
            TerminatorKind::FalseEdge { real, .. } => Next::Block(real.index()),
            TerminatorKind::SwitchInt { value, targets, otherwise } => {
                let (bits, ty) = self.read_operand(frame, value, wakes)?;
                let all = super::arith::cut(u128::MAX, self.size(ty)?);
                let target = targets.iter().find(|(of, _)| of & all == bits).map_or(otherwise, |(_, target)| target);
                Next::Block(target.index())
            }
            TerminatorKind::Return => Next::Return,
            TerminatorKind::Unreachable => return unknown("what comes after the end"),
            TerminatorKind::Drop { place, target } => {
                let spot = self.place(frame, place)?;
                self.deeper(|| match (place.as_local(), self.kind(spot.value.ty)) {
                    // What a coroutine drops of itself in its own body are its captures.
                    (Some(Local::SELF), TyKind::Coroutine(_)) if body.kind.is_coroutine() => {
                        self.drop_captures(spot.value, wakes)
                    }
                    _ => self.drop_value(spot.value, spot.meta, wakes),
                })?;
                Next::Block(target.index())
            }
            TerminatorKind::Assert { cond, expected, message, target } => {
                if (self.read_operand(frame, cond, wakes)?.0 != 0) != *expected {
                    return Err(Box::new(Stop::Panic(self.assert_message(frame, message, wakes)?)));
                }
                Next::Block(target.index())
            }
            TerminatorKind::Yield { .. } => match frame.info.points.get(&(frame.block as u32)) {
                Some(&point) => Next::Suspend(point),
                None => return unknown("a suspend point"),
            },
            TerminatorKind::CoroutineDrop => Next::Dropped,
            TerminatorKind::Call { func, args, destination, target } => {
                let span = data.terminator.span;
                if span.is_some() {
                    self.place.set((span.line, span.col));
                }
                let to = self.place(frame, destination)?.value;
                let then = target.map_or(usize::MAX, |target| target.index());
                self.call(frame, func, args, to, then, wakes)?
            }
        })
    }

    fn assert_message(&self, frame: &Activation, message: &AssertKind, wakes: Wakes<'_>) -> Run<String> {
        Ok(match message {
            AssertKind::Overflow(text, _) | AssertKind::DivisionByZero(text) => (*text).to_owned(),
            AssertKind::BoundsCheck { len, index } => {
                let (len, index) = (self.read_operand(frame, len, wakes)?.0, self.read_operand(frame, index, wakes)?.0);
                format!("index out of bounds: the len is {len} but the index is {index}")
            }
        })
    }

    fn call(
        &self,
        frame: &Activation,
        func: &Operand,
        args: &[Operand],
        to: Value,
        then: usize,
        wakes: Wakes<'_>,
    ) -> Run<Next> {
        let callee = match func {
            Operand::Const(Const::Fn(callee), _) => callee.clone(),
            _ => {
                let (word, _) = self.read_operand(frame, func, wakes)?;
                let known = self.functions.borrow().get((word as usize).wrapping_sub(1)).cloned();
                match known {
                    Some(callee) => callee,
                    None => return unknown("a function pointer"),
                }
            }
        };
        let mut values = Vec::with_capacity(args.len());
        let mut size = 0;
        for arg in args {
            let ty = self.operand_type(frame, arg)?;
            let layout = self.layout(ty)?;
            let at = crate::layout::univariant::round_up(size, layout.align);
            values.push(Value { at: at as u32, ty });
            size = at + layout.size;
        }
        let base = self.allocate(size)?;
        for (value, arg) in values.iter_mut().zip(args) {
            value.at = value.at.wrapping_add(base);
            self.write_operand(frame, arg, value.at, wakes)?;
        }
        let next = match callee {
            Callee::Body(id) => {
                let mut values = values;
                // A closure that became a function pointer captures nothing: it has no place of its own.
                if func_is_pointer(func) && self.program.body(id).arg_count == values.len() + 1 {
                    let own = self.program.body(id).local(Local::SELF).ty;
                    values.insert(0, Value { at: base, ty: own });
                }
                let activation = self.activate(id, 0, 0, to.at)?;
                for (i, arg) in self.spread(id, &values)?.into_iter().enumerate() {
                    let home = self.local(&activation, Local(i as u32 + 1))?;
                    self.copy(arg.at, home.at, self.size(arg.ty)?.min(self.size(home.ty)?))?;
                }
                Next::Call(activation, then)
            }
            Callee::Intrinsic(name, types) => {
                let called = super::library::Called { name: &name, types: &types, args: &values, to };
                self.deeper(|| self.intrinsic(&called, wakes))?;
                Next::Block(then)
            }
        };
        self.release(base, size);
        Ok(next)
    }
}

fn func_is_pointer(func: &Operand) -> bool {
    !matches!(func, Operand::Const(Const::Fn(_), _))
}
