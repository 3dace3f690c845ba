//! Terminators: how a block ends.

use super::{Block, Operand, Place};
use crate::span::Span;

/// A terminator and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminator {
    /// What it does.
    pub kind: TerminatorKind,
    /// Where it comes from; for a yield, the word `await`.
    pub span: Span,
}

/// What an assert found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssertKind {
    /// An arithmetic operation overflowed; the message is rustc's, `attempt to add with overflow`, and the operands are used by it: what is
    /// moved into it has no storage afterwards.
    Overflow(&'static str, Vec<Operand>),
    /// `attempt to divide by zero` or `attempt to calculate the remainder with a divisor of zero`.
    DivisionByZero(&'static str),
    /// `index out of bounds: the len is {len} but the index is {index}`
    BoundsCheck {
        /// The length.
        len: Operand,
        /// The index.
        index: Operand,
    },
}

impl AssertKind {
    /// What its message shows, or would show.
    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        let (list, other): (&[Operand], _) = match self {
            AssertKind::Overflow(_, operands) => (operands, None),
            AssertKind::DivisionByZero(_) => (&[], None),
            AssertKind::BoundsCheck { len, index } => (std::slice::from_ref(len), Some(index)),
        };
        list.iter().chain(other)
    }
}

/// What a terminator does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminatorKind {
    /// Goes on.
    Goto(Block),
    /// Compares an integer, `bool` or `char` with each value.
    SwitchInt {
        /// What is compared.
        value: Operand,
        /// Bits of a value, and where it leads.
        targets: Vec<(u128, Block)>,
        /// Where all others lead.
        otherwise: Block,
    },
    /// Returns `_0`.
    Return,
    /// Cannot be reached.
    Unreachable,
    /// Drops the value of a place, whatever drop flags say: those were tested before.
    Drop {
        /// What is dropped.
        place: Place,
        /// Where it goes on.
        target: Block,
    },
    /// Calls a function.
    Call {
        /// A constant function, or a place that holds a pointer to one.
        func: Operand,
        /// The arguments.
        args: Vec<Operand>,
        /// Where the result goes.
        destination: Place,
        /// Where it goes on; none if it never returns.
        target: Option<Block>,
    },
    /// Panics unless the condition is as expected.
    Assert {
        /// A `bool`.
        cond: Operand,
        /// What it must be.
        expected: bool,
        /// The panic's message.
        message: AssertKind,
        /// Where it goes on.
        target: Block,
    },
    /// Suspends a coroutine.
    Yield {
        /// What is yielded: `()`.
        value: Operand,
        /// Where the next poll's context goes.
        resume_arg: Place,
        /// Where the next poll goes on.
        resume: Block,
        /// What is done if the coroutine is dropped here.
        drop: Block,
    },
    /// The coroutine was dropped while suspended: the end of every drop path.
    CoroutineDrop,
    /// Only while MIR is built: goes to the first; the second is where a failed guard or pattern would go.
    FalseEdge {
        /// Where it goes on.
        real: Block,
        /// Where it only seems to go.
        imaginary: Block,
    },
}

impl TerminatorKind {
    /// The blocks that may come next, in order.
    pub fn successors(&self) -> impl Iterator<Item = Block> + '_ {
        let (targets, one, other): (&[(u128, Block)], _, _) = match self {
            TerminatorKind::Goto(target)
            | TerminatorKind::Drop { target, .. }
            | TerminatorKind::Assert { target, .. } => (&[], Some(*target), None),
            TerminatorKind::SwitchInt { targets, otherwise, .. } => (targets, Some(*otherwise), None),
            TerminatorKind::Call { target, .. } => (&[], *target, None),
            TerminatorKind::Yield { resume, drop, .. } => (&[], Some(*resume), Some(*drop)),
            TerminatorKind::FalseEdge { real, imaginary } => (&[], Some(*real), Some(*imaginary)),
            TerminatorKind::Return | TerminatorKind::Unreachable | TerminatorKind::CoroutineDrop => (&[], None, None),
        };
        targets.iter().map(|&(_, target)| target).chain(one).chain(other)
    }

    /// The same, to be changed.
    pub fn successors_mut(&mut self) -> impl Iterator<Item = &mut Block> + '_ {
        let (targets, one, other): (&mut [(u128, Block)], _, _) = match self {
            TerminatorKind::Goto(target)
            | TerminatorKind::Drop { target, .. }
            | TerminatorKind::Assert { target, .. } => (&mut [], Some(target), None),
            TerminatorKind::SwitchInt { targets, otherwise, .. } => (targets, Some(otherwise), None),
            TerminatorKind::Call { target, .. } => (&mut [], target.as_mut(), None),
            TerminatorKind::Yield { resume, drop, .. } => (&mut [], Some(resume), Some(drop)),
            TerminatorKind::FalseEdge { real, imaginary } => (&mut [], Some(real), Some(imaginary)),
            TerminatorKind::Return | TerminatorKind::Unreachable | TerminatorKind::CoroutineDrop => {
                (&mut [], None, None)
            }
        };
        targets.iter_mut().map(|(_, target)| target).chain(one).chain(other)
    }
}
