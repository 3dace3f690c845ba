//! The mini MIR: what rustc's MIR is right before the coroutine transform, for a subset of Rust and without unwind paths.
//!
//! A [`Body`] is a graph of blocks over locals. `_0` is what it returns, then come its arguments; a coroutine has two, `_1`, itself, whose
//! fields are its captures, and `_2`, what `poll` hands it (rustc's resume argument). The order of locals is rustc's, since the order
//! of a coroutine's fields follows from it, and the order of blocks, since suspend points are numbered by it.
//! Everything is monomorphic: a generic function has one body for each instance.

mod display;
mod order;
mod statement;
mod terminator;
mod value;

pub use display::Printer;
pub(crate) use order::reverse_postorder;
pub use statement::{Statement, StatementKind};
pub use terminator::{AssertKind, Terminator, TerminatorKind};
pub use value::{
    AggregateKind, BinOp, Callee, CastKind, Const, FormatPiece, FormatSpec, Operand, Place, Proj, Rvalue, UnOp,
};

use crate::span::Span;
use crate::ty::Ty;

/// A body of a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyId(pub u32);

/// A local of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Local(pub u32);

impl Local {
    /// `_0`
    pub const RETURN: Local = Local(0);
    /// `_1` of a closure or a coroutine.
    pub const SELF: Local = Local(1);
    /// `_2` of a coroutine.
    pub const RESUME: Local = Local(2);

    /// Its place in [`Body::locals`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A block of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Block(pub u32);

impl Block {
    /// Where a body starts.
    pub const START: Block = Block(0);

    /// Its place in [`Body::blocks`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a body belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyKind {
    /// A function; that of an async function makes its coroutine.
    #[default]
    Fn,
    /// A closure: `_1` is itself or a reference to itself.
    Closure,
    /// The coroutine of an `async fn`.
    AsyncFn,
    /// The coroutine of an `async` block.
    AsyncBlock,
}

impl BodyKind {
    /// Whether it is a coroutine.
    pub fn is_coroutine(self) -> bool {
        matches!(self, BodyKind::AsyncFn | BodyKind::AsyncBlock)
    }
}

/// What a local is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalKind {
    /// `_0`
    Return,
    /// An argument of a function, by name if it has one.
    Argument(Option<String>),
    /// A variable, or one that a macro or a desugaring names: `iter` of a `for`, `args` of `log!`, `result` of an await.
    Named(String),
    /// What an await polls: `__awaitee`.
    Awaitee,
    /// A temporary.
    Temp,
    /// Whether something is still to be dropped.
    DropFlag,
}

/// A local's declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalDecl {
    /// What it is for.
    pub kind: LocalKind,
    /// Its type.
    pub ty: Ty,
    /// Where it is declared; nowhere if a macro of the prelude made it.
    pub span: Span,
    /// Whether StorageLive and StorageDead say when it has storage; if not, it has storage everywhere.
    pub has_storage: bool,
}

impl LocalDecl {
    /// Whether it is a variable, or an argument with a name.
    pub fn is_variable(&self) -> bool {
        matches!(self.kind, LocalKind::Named(_) | LocalKind::Argument(Some(_)))
    }

    /// The name that debug information has for it.
    pub fn name(&self) -> Option<&str> {
        match &self.kind {
            LocalKind::Named(name) | LocalKind::Argument(Some(name)) => Some(name),
            LocalKind::Awaitee => Some("__awaitee"),
            _ => None,
        }
    }
}

/// Statements and what follows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockData {
    /// In order.
    pub statements: Vec<Statement>,
    /// Where it goes on.
    pub terminator: Terminator,
}

/// A function, closure or coroutine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// For coroutines the name that debug information has (`main::{async_fn_env#0}`), for others the path.
    pub name: String,
    /// What it belongs to.
    pub kind: BodyKind,
    /// The header of its function or block: what `line` and `col` of a listing show.
    pub span: Span,
    /// `_0`, the arguments, then variables and temporaries in rustc's order.
    pub locals: Vec<LocalDecl>,
    /// How many of the locals are arguments.
    pub arg_count: usize,
    /// In rustc's order.
    pub blocks: Vec<BlockData>,
}

impl Body {
    /// A local's declaration.
    pub fn local(&self, local: Local) -> &LocalDecl {
        &self.locals[local.index()]
    }

    /// A block.
    pub fn block(&self, block: Block) -> &BlockData {
        &self.blocks[block.index()]
    }
}
