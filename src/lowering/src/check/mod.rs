//! Checking a function: inferring all types, resolving names and methods, and writing out sugar, into a typed [`Tree`].
//!
//! An instance of a generic function is checked with its arguments put in, as [`TyKind::Param`], which is what the argument is when a
//! method is looked for, and a parameter when it is asked whether it is copied or dropped.

mod autoderef;
mod await_;
mod block;
mod call;
mod captures;
mod coerce;
mod control;
mod exhaustive;
mod expr;
mod finish;
mod format;
mod function;
mod index;
mod macros;
mod method;
mod mutability;
mod ops;
mod pat;
mod path;
mod select;
mod unify;

use crate::hash::HashMap;
use crate::items::{Defs, Pred, TyScope};
use crate::lower::Lowerer;
use crate::span::Span;
use crate::tree::{ExprId, ExprKind, LoopId, Tree, VarId};
use crate::ty::{Ty, TyKind, Types};
use std::rc::Rc;

pub(crate) use crate::syntax::span_of;
pub(crate) use select::Selected;

/// What is known of a variable of inference.
#[derive(Clone, Copy, Debug)]
enum Infer {
    Unknown,
    Int,
    Float,
    Known(Ty),
}

/// A predicate that is still to be shown, and where it comes from.
#[derive(Clone, Debug)]
struct Obligation {
    pred: Pred,
    span: Span,
}

/// What a name of a body's scopes means.
struct LoopScope {
    label: Option<String>,
    id: LoopId,
    /// What `break` values must be; none where they are not allowed.
    ty: Option<Ty>,
    breaks: bool,
    is_loop: bool,
}

/// A body that is being checked.
struct BodyScope {
    index: usize,
    result: Ty,
    loops: Vec<LoopScope>,
    is_async: bool,
}

/// The checker of one function.
pub(crate) struct Checker<'a> {
    pub(crate) low: &'a mut Lowerer,
    pub(crate) tree: Tree,
    vars: Vec<Infer>,
    /// For undoing: the variables that were changed, with what they were.
    log: Vec<(u32, Infer)>,
    obligations: Vec<Obligation>,
    names: Vec<HashMap<String, VarId>>,
    bodies: Vec<BodyScope>,
    /// The names of parameters, and what stands for each.
    generic_names: Vec<String>,
    generic_args: Vec<Ty>,
    generic_preds: Vec<Pred>,
    self_ty: Option<Ty>,
    /// Casts, looked at when all is known.
    casts: Vec<ExprId>,
    /// How many macros are being written out, and for each body how many were when it began: rustc numbers closures by that.
    macro_depth: u32,
    body_depths: HashMap<usize, u32>,
    /// Patterns that must cover all there is.
    patterns: exhaustive::Patterns,
    is_user: bool,
    fn_id: Option<usize>,
    /// The arguments of the instance, as names of coroutines and as names of types have them.
    full_suffix: String,
    short_suffix: String,
    depth: u32,
    expr_depth: u32,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(low: &'a mut Lowerer) -> Checker<'a> {
        Checker {
            low,
            tree: Tree::default(),
            vars: Vec::new(),
            log: Vec::new(),
            obligations: Vec::new(),
            names: vec![HashMap::default()],
            bodies: Vec::new(),
            generic_names: Vec::new(),
            generic_args: Vec::new(),
            generic_preds: Vec::new(),
            self_ty: None,
            casts: Vec::new(),
            macro_depth: 0,
            body_depths: HashMap::default(),
            patterns: exhaustive::Patterns::default(),
            is_user: true,
            fn_id: None,
            full_suffix: String::new(),
            short_suffix: String::new(),
            depth: 0,
            expr_depth: 0,
        }
    }

    fn intern(&mut self, kind: TyKind) -> Ty {
        self.low.defs.types.intern(kind)
    }

    fn kind(&self, ty: Ty) -> &TyKind {
        self.low.defs.types.kind(ty)
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.low.defs.error(span, message);
    }

    fn unsupported(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.low.defs.unsupported(span, message, help);
    }

    fn name(&mut self, ty: Ty) -> String {
        let ty = self.resolve(ty);
        let text = self.low.defs.types.name(ty);
        text.replace("{error}", "_")
    }

    fn new_var(&mut self, name: &str, ty: Ty, span: Span, mutable: bool) -> VarId {
        let body = self.bodies.last().map_or(0, |body| body.index);
        // What the prelude's own functions name is nowhere in the source.
        let span = if self.is_user { span } else { Span::NONE };
        self.tree.vars.push(crate::tree::Var { name: name.to_owned(), ty, span, mutable, body, is_awaitee: false });
        VarId(self.tree.vars.len() as u32 - 1)
    }

    fn declare(&mut self, name: &str, var: VarId) {
        if let Some(names) = self.names.last_mut() {
            names.insert(name.to_owned(), var);
        }
    }

    fn lookup(&self, name: &str) -> Option<VarId> {
        self.names.iter().rev().find_map(|names| names.get(name).copied())
    }

    /// A type that is written within the function.
    fn written_ty(&mut self, ty: &syn::Type) -> Ty {
        self.written(|defs, scope| defs.read_ty(ty, scope))
    }

    /// A type that an alias stands for.
    fn written_alias(&mut self, name: &syn::PathSegment) -> Ty {
        self.written(|defs, scope| defs.read_named(name, scope))
    }

    fn written(&mut self, read: impl FnOnce(&mut Defs, &TyScope<'_>) -> Ty) -> Ty {
        // The predicates of the definition name parameters, not what stands for them.
        let def = self.fn_id.map(|id| Rc::clone(&self.low.defs.items.fns[id]));
        let preds = def.as_ref().map_or(&[][..], |def| &def.generics.preds);
        let scope = TyScope { names: &self.generic_names, preds, self_ty: self.self_ty, allow_infer: true };
        let ty = read(&mut self.low.defs, &scope);
        let args = std::mem::take(&mut self.generic_args);
        let ty = self.instantiate(ty, &args);
        self.generic_args = args;
        ty
    }

    /// Puts arguments in place of parameters, fresh variables for what is left out, and what associated types are.
    fn instantiate(&mut self, ty: Ty, args: &[Ty]) -> Ty {
        let ty = self.low.defs.subst(ty, args);
        self.normalize(ty)
    }

    fn fresh(&mut self) -> Ty {
        self.fresh_of(Infer::Unknown)
    }

    fn fresh_of(&mut self, state: Infer) -> Ty {
        self.vars.push(state);
        let number = self.vars.len() as u32 - 1;
        self.intern(TyKind::Infer(number))
    }

    fn fresh_args(&mut self, count: usize) -> Vec<Ty> {
        (0..count).map(|_| self.fresh()).collect()
    }

    fn ref_to(&mut self, mutable: bool, ty: Ty) -> Ty {
        self.intern(TyKind::Ref(mutable, ty))
    }

    fn error_expr(&mut self, span: Span) -> ExprId {
        self.tree.add(ExprKind::Error, Types::ERROR, span)
    }

    /// The name of a function that the prelude defines.
    fn prelude_fn(&self, name: &str) -> usize {
        self.low.prelude_fns.get(name).copied().unwrap_or(0)
    }

    fn trait_fn(&self, trait_: &str, name: &str) -> usize {
        let id = self.low.defs.trait_id(trait_);
        self.low.defs.items.traits[id].fns.get(name).copied().unwrap_or(0)
    }
}
