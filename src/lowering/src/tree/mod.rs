//! The typed tree: a function with its closures and async blocks, every type known, every method resolved, what is sugar written out.
//!
//! It is what rustc calls THIR. `await`, `?`, `for` and formatting are loops, matches and calls here, with the variables that rustc
//! gives them. MIR is built from it.

use crate::mir::{BinOp, BodyId, BodyKind, CastKind, Const, UnOp};
use crate::span::Span;
use crate::ty::Ty;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ExprId(pub(crate) u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PatId(pub(crate) u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct VarId(pub(crate) u32);
/// A loop or labelled block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LoopId(pub(crate) u32);

/// An expression.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) ty: Ty,
    pub(crate) span: Span,
}

/// A function that is called: its definition, and the arguments of its impl or trait (`Self` first) and its own.
#[derive(Clone, Debug)]
pub(crate) struct FnRef {
    pub(crate) id: usize,
    pub(crate) args: Vec<Ty>,
}

/// By which trait something is called that is no function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CallKind {
    Ref,
    Mut,
    Once,
    /// As the closure is.
    Unknown,
}

#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    Const(Const),
    Var(VarId),
    /// The resume argument of a coroutine.
    TaskContext,
    Fn(FnRef),
    /// A `const` item, which has a body of its own.
    ConstItem(BodyId),
    Field(ExprId, u32),
    Index(ExprId, ExprId),
    Deref(ExprId),
    /// A call of `deref` or `deref_mut`, and what it points to.
    OverDeref {
        base: ExprId,
        mutable: bool,
    },
    OverIndex {
        base: ExprId,
        index: ExprId,
        mutable: bool,
    },
    Borrow(bool, ExprId),
    RawBorrow(bool, ExprId),
    Unary(UnOp, ExprId),
    Binary(BinOp, ExprId, ExprId),
    And(ExprId, ExprId),
    Or(ExprId, ExprId),
    Cast(CastKind, ExprId),
    Call(FnRef, Vec<ExprId>),
    /// A pointer to a function.
    CallPtr(ExprId, Vec<ExprId>),
    CallValue(CallKind, ExprId, Vec<ExprId>),
    Adt {
        variant: u32,
        fields: Vec<(u32, ExprId)>,
        base: Option<ExprId>,
    },
    Tuple(Vec<ExprId>),
    Array(Vec<ExprId>),
    Repeat(ExprId, u64),
    /// A box, not yet initialised, and what is moved into it.
    WriteBox(ExprId, ExprId),
    Assign(ExprId, ExprId),
    AssignOp(BinOp, ExprId, ExprId),
    If {
        cond: ExprId,
        then: ExprId,
        els: Option<ExprId>,
    },
    /// `let pat = expr` as a condition.
    Let(PatId, ExprId),
    Match {
        scrutinee: ExprId,
        arms: Vec<Arm>,
    },
    Loop {
        id: LoopId,
        body: ExprId,
    },
    Block(Block),
    Break(LoopId, Option<ExprId>),
    Continue(LoopId),
    Return(Option<ExprId>),
    /// A closure or an async block, by its place in [`Tree::bodies`].
    Closure(usize),
    NeverToAny(ExprId),
    /// The value, in a place of its own.
    Use(ExprId),
    /// A scope of its own for temporaries.
    DropTemps(ExprId),
    Yield,
    Error,
}

#[derive(Clone, Debug)]
pub(crate) struct Arm {
    pub(crate) pat: PatId,
    pub(crate) guard: Option<ExprId>,
    pub(crate) body: ExprId,
    pub(crate) span: Span,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) stmts: Vec<Stmt>,
    pub(crate) tail: Option<ExprId>,
    /// The label, if `break` may leave it.
    pub(crate) label: Option<LoopId>,
}

#[derive(Clone, Debug)]
pub(crate) enum Stmt {
    Expr(ExprId),
    Let {
        pat: PatId,
        init: Option<ExprId>,
        els: Option<ExprId>,
        span: Span,
    },
    /// Its variables live as long as temporaries of the enclosing statement.
    SuperLet(PatId, ExprId),
}

#[derive(Clone, Debug)]
pub(crate) struct Pat {
    pub(crate) kind: PatKind,
    pub(crate) ty: Ty,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum PatKind {
    Wild,
    Binding {
        var: VarId,
        /// By reference; true if mutable.
        by_ref: Option<bool>,
        sub: Option<PatId>,
    },
    Variant(u32, Vec<(u32, PatId)>),
    Fields(Vec<(u32, PatId)>),
    Deref(PatId),
    Const(Const),
    /// From and to, as bits; the end is part of it.
    Range(u128, u128),
    Slice {
        prefix: Vec<PatId>,
        slice: Option<PatId>,
        has_rest: bool,
        suffix: Vec<PatId>,
    },
    Or(Vec<PatId>),
}

#[derive(Clone, Debug)]
pub(crate) struct Var {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) span: Span,
    pub(crate) mutable: bool,
    /// The body that declares it.
    pub(crate) body: usize,
    pub(crate) is_awaitee: bool,
}

/// A step to a captured place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Field(u32, Ty),
    Deref,
}

/// What a closure or an async block captures: a place, by value or by reference.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    pub(crate) var: VarId,
    pub(crate) steps: Vec<Step>,
    /// The type of the place.
    pub(crate) ty: Ty,
    /// By reference; true if mutable.
    pub(crate) by_ref: Option<bool>,
}

/// A function, or a closure or async block within it.
#[derive(Clone, Debug)]
pub(crate) struct BodyInfo {
    pub(crate) id: BodyId,
    pub(crate) kind: BodyKind,
    pub(crate) is_move: bool,
    pub(crate) params: Vec<PatId>,
    pub(crate) value: ExprId,
    pub(crate) result: Ty,
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) captures: Vec<Capture>,
    /// How a closure may be called.
    pub(crate) call: CallKind,
}

/// A function with all within it. The function itself is the first body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(crate) exprs: Vec<Expr>,
    pub(crate) pats: Vec<Pat>,
    pub(crate) vars: Vec<Var>,
    pub(crate) bodies: Vec<BodyInfo>,
    pub(crate) loops: u32,
    /// Whether it is the person's own.
    pub(crate) is_user: bool,
}

impl Tree {
    pub(crate) fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }

    pub(crate) fn pat(&self, id: PatId) -> &Pat {
        &self.pats[id.0 as usize]
    }

    pub(crate) fn var(&self, id: VarId) -> &Var {
        &self.vars[id.0 as usize]
    }

    pub(crate) fn add(&mut self, kind: ExprKind, ty: Ty, span: Span) -> ExprId {
        self.exprs.push(Expr { kind, ty, span });
        ExprId(self.exprs.len() as u32 - 1)
    }

    pub(crate) fn add_pat(&mut self, kind: PatKind, ty: Ty, span: Span) -> PatId {
        self.pats.push(Pat { kind, ty, span });
        PatId(self.pats.len() as u32 - 1)
    }

    /// The variables of a pattern, in order.
    pub(crate) fn bindings(&self, pat: PatId, out: &mut Vec<VarId>) {
        match &self.pat(pat).kind {
            PatKind::Binding { var, sub, .. } => {
                if !out.contains(var) {
                    out.push(*var);
                }
                if let Some(sub) = sub {
                    self.bindings(*sub, out);
                }
            }
            PatKind::Variant(_, fields) | PatKind::Fields(fields) => {
                fields.iter().for_each(|&(_, pat)| self.bindings(pat, out))
            }
            PatKind::Deref(pat) => self.bindings(*pat, out),
            PatKind::Slice { prefix, slice, suffix, .. } => {
                prefix.iter().chain(slice).chain(suffix).for_each(|&pat| self.bindings(pat, out));
            }
            PatKind::Or(pats) => pats.iter().for_each(|&pat| self.bindings(pat, out)),
            PatKind::Wild | PatKind::Const(_) | PatKind::Range(..) => {}
        }
    }
}

impl Tree {
    /// The expressions that an expression is made of, in order; not those of a closure's body.
    pub(crate) fn children(&self, expr: ExprId) -> Vec<ExprId> {
        let mut all = Vec::new();
        self.each_child(expr, &mut |child| all.push(child));
        all
    }

    /// Calls `f` with each of the [children](Self::children).
    pub(crate) fn each_child(&self, expr: ExprId, f: &mut dyn FnMut(ExprId)) {
        match &self.expr(expr).kind {
            ExprKind::Const(_)
            | ExprKind::Var(_)
            | ExprKind::TaskContext
            | ExprKind::Fn(_)
            | ExprKind::ConstItem(_)
            | ExprKind::Closure(_)
            | ExprKind::Continue(_)
            | ExprKind::Yield
            | ExprKind::Error => {}
            ExprKind::Field(a, _)
            | ExprKind::Deref(a)
            | ExprKind::OverDeref { base: a, .. }
            | ExprKind::Borrow(_, a)
            | ExprKind::RawBorrow(_, a)
            | ExprKind::Unary(_, a)
            | ExprKind::Cast(_, a)
            | ExprKind::Repeat(a, _)
            | ExprKind::Let(_, a)
            | ExprKind::Loop { body: a, .. }
            | ExprKind::NeverToAny(a)
            | ExprKind::Use(a)
            | ExprKind::DropTemps(a) => f(*a),
            ExprKind::Index(a, b)
            | ExprKind::OverIndex { base: a, index: b, .. }
            | ExprKind::Binary(_, a, b)
            | ExprKind::And(a, b)
            | ExprKind::Or(a, b)
            | ExprKind::WriteBox(a, b)
            | ExprKind::Assign(a, b)
            | ExprKind::AssignOp(_, a, b) => [*a, *b].into_iter().for_each(f),
            ExprKind::Call(_, args) | ExprKind::Tuple(args) | ExprKind::Array(args) => {
                args.iter().copied().for_each(f);
            }
            ExprKind::CallPtr(func, args) | ExprKind::CallValue(_, func, args) => {
                [func].into_iter().chain(args).copied().for_each(f);
            }
            ExprKind::Adt { fields, base, .. } => fields.iter().map(|&(_, field)| field).chain(*base).for_each(f),
            ExprKind::If { cond, then, els } => [*cond, *then].into_iter().chain(*els).for_each(f),
            ExprKind::Match { scrutinee, arms } => {
                f(*scrutinee);
                arms.iter().flat_map(|arm| arm.guard.into_iter().chain([arm.body])).for_each(f);
            }
            ExprKind::Block(block) => {
                for stmt in &block.stmts {
                    match stmt {
                        Stmt::Expr(expr) => f(*expr),
                        Stmt::Let { init, els, .. } => init.iter().chain(els).copied().for_each(&mut *f),
                        Stmt::SuperLet(_, init) => f(*init),
                    }
                }
                block.tail.into_iter().for_each(f);
            }
            ExprKind::Break(_, value) | ExprKind::Return(value) => value.iter().copied().for_each(f),
        }
    }
}
