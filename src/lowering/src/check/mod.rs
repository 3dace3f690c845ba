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
mod index;
mod macros;
mod method;
mod mutability;
mod ops;
mod pat;
mod path;
mod select;
mod span_of;
mod unify;

use crate::hash::HashMap;
use crate::items::{Pred, TyScope};
use crate::lower::Lowerer;
use crate::mir::BodyKind;
use crate::span::Span;
use crate::tree::{BodyInfo, ExprId, ExprKind, LoopId, PatId, PatKind, Tree, VarId};
use crate::ty::{Ty, TyKind, Types};

pub(crate) use select::Selected;
pub(crate) use span_of::span_of;

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

    /// An instance of a function, and of the coroutine of an async one.
    pub(crate) fn check_fn(mut self, id: usize, args: &[Ty]) -> Tree {
        let def = self.low.defs.items.fns[id].clone();
        self.is_user = def.is_user;
        self.tree.is_user = def.is_user;
        self.fn_id = Some(id);
        self.generic_names = def.generics.names.clone();
        // A parameter that is `Copy` is copied and not dropped, as what stands for it.
        let copy = self.low.defs.trait_id("Copy");
        let is_copy = |i: usize| {
            let bounds = def.generics.preds.iter().filter(|pred| pred.trait_ == copy);
            bounds.into_iter().any(|pred| *self.low.defs.types.kind(pred.ty) == TyKind::Generic(i as u32))
        };
        let wrap = |(i, &ty): (usize, &Ty)| match def.is_user && !is_copy(i) {
            true => TyKind::Param(i as u32, ty),
            false => self.low.defs.types.kind(ty).clone(),
        };
        let kinds = args.iter().enumerate().map(wrap).collect::<Vec<_>>();
        self.generic_args = kinds.into_iter().map(|kind| self.low.defs.types.intern(kind)).collect();
        let generic_args = self.generic_args.clone();
        for pred in &def.generics.preds {
            let mut pred = pred.clone();
            pred.ty = self.low.defs.subst(pred.ty, &generic_args);
            self.generic_preds.push(pred);
        }
        self.self_ty = match def.owner {
            crate::items::Owner::Impl(owner) => {
                let ty = self.low.defs.items.impls[owner].self_ty;
                Some(self.low.defs.subst(ty, &generic_args))
            }
            crate::items::Owner::Trait(_) => generic_args.first().copied(),
            crate::items::Owner::Free => None,
        };
        let params = def.params.iter().map(|&ty| self.instantiate(ty, &generic_args)).collect::<Vec<_>>();
        let result = match *self.kind(def.result) {
            TyKind::Opaque(..) => self.fresh(),
            _ => self.instantiate(def.result, &generic_args),
        };
        let instance = self.low.instance(id, args);
        let body_span = Span::from(def.syntax.sig.fn_token.span);
        let suffix = self.generic_suffix(args);
        self.full_suffix = suffix.clone();
        self.short_suffix = self.low.short_suffix(args);
        let root = BodyInfo {
            id: instance.body,
            kind: BodyKind::Fn,
            is_move: false,
            params: Vec::new(),
            value: ExprId(0),
            result,
            span: body_span,
            name: format!("{}{suffix}", def.path),
            captures: Vec::new(),
            call: crate::tree::CallKind::Ref,
        };
        self.tree.bodies.push(root);
        self.bodies.push(BodyScope { index: 0, result, loops: Vec::new(), is_async: false });
        match (def.is_async, instance.coroutine) {
            (true, Some(coroutine)) => self.check_async_fn(&def, &params, result, coroutine, &suffix),
            _ => {
                let mut pats = Vec::new();
                for (input, &ty) in def.syntax.sig.inputs.iter().zip(&params) {
                    let pat = match input {
                        syn::FnArg::Receiver(receiver) => self.self_pat(receiver, ty),
                        syn::FnArg::Typed(arg) => {
                            let pat = self.check_pat_top(&arg.pat, ty);
                            self.patterns.plain.push((pat, exhaustive::Place::Argument));
                            pat
                        }
                    };
                    pats.push(pat);
                }
                let value = self.check_block_coerce(&def.syntax.block, result);
                let value = self.tree.add(ExprKind::DropTemps(value), result, span_of::block_span(&def.syntax.block));
                self.tree.bodies[0].params = pats;
                self.tree.bodies[0].value = value;
            }
        }
        if !def.opaque.is_empty() {
            for pred in def.opaque.clone() {
                let mut pred = pred;
                pred.ty = result;
                pred.args = pred.args.iter().map(|&ty| self.instantiate(ty, &generic_args)).collect();
                pred.assoc =
                    pred.assoc.iter().map(|(name, ty)| (name.clone(), self.instantiate(*ty, &generic_args))).collect();
                self.obligations.push(Obligation { pred, span: def.span });
            }
        }
        self.finish()
    }

    /// A constant: its expression alone.
    pub(crate) fn check_const(mut self, expr: &syn::Expr, ty: Ty, id: crate::mir::BodyId) -> Tree {
        let root = BodyInfo {
            id,
            kind: BodyKind::Fn,
            is_move: false,
            params: Vec::new(),
            value: ExprId(0),
            result: ty,
            span: Span::NONE,
            name: "const".into(),
            captures: Vec::new(),
            call: crate::tree::CallKind::Ref,
        };
        self.tree.bodies.push(root);
        self.bodies.push(BodyScope { index: 0, result: ty, loops: Vec::new(), is_async: false });
        let value = self.check_coerce(expr, ty);
        self.tree.bodies[0].value = self.tree.add(ExprKind::DropTemps(value), ty, span_of(expr));
        self.finish()
    }

    fn generic_suffix(&mut self, args: &[Ty]) -> String {
        if args.is_empty() {
            return String::new();
        }
        let names = args.iter().map(|&ty| self.low.full_name(ty)).collect::<Vec<_>>();
        format!("<{}>", names.join(", "))
    }

    /// The coroutine of an async function: it captures all parameters, and moves each into a variable of its own.
    fn check_async_fn(
        &mut self,
        def: &crate::items::FnDef,
        params: &[Ty],
        result: Ty,
        coroutine: crate::mir::BodyId,
        suffix: &str,
    ) {
        let span = span_of::block_span(&def.syntax.block);
        let mut outer = Vec::new();
        let mut moved = Vec::new();
        for (i, (input, &ty)) in def.syntax.sig.inputs.iter().zip(params).enumerate() {
            let (name, at) = match input {
                syn::FnArg::Receiver(receiver) => ("self".to_owned(), receiver_span(receiver)),
                syn::FnArg::Typed(arg) => match &*arg.pat {
                    syn::Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
                        let at = Span::from(pat.ident.span());
                        let start = pat.mutability.as_ref().map_or(at, |token| token.span.into());
                        (pat.ident.to_string(), start.to(at))
                    }
                    syn::Pat::Wild(pat) => ("_".to_owned(), Span::from(pat.underscore_token.spans[0])),
                    _ => (format!("__arg{i}"), Span::NONE),
                },
            };
            let var = self.new_var(&name, ty, at, false);
            outer.push(self.tree.add_pat(PatKind::Binding { var, by_ref: None, sub: None }, ty, at));
            moved.push((var, ty, at, name));
        }
        let index = self.tree.bodies.len();
        self.tree.bodies.push(BodyInfo {
            id: coroutine,
            kind: BodyKind::AsyncFn,
            is_move: true,
            params: Vec::new(),
            value: ExprId(0),
            result,
            span,
            name: format!("{}::{{async_fn_env#0}}{suffix}", def.path),
            captures: Vec::new(),
            call: crate::tree::CallKind::Once,
        });
        self.bodies.push(BodyScope { index, result, loops: Vec::new(), is_async: true });
        self.names.push(HashMap::default());
        let mut stmts = Vec::new();
        for (input, (var, ty, at, name)) in def.syntax.sig.inputs.iter().zip(moved) {
            let from = self.tree.add(ExprKind::Var(var), ty, at);
            let is_plain = match input {
                syn::FnArg::Receiver(_) => true,
                syn::FnArg::Typed(arg) => {
                    matches!(&*arg.pat, syn::Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none())
                }
            };
            let mutable = match input {
                syn::FnArg::Receiver(receiver) => receiver.mutability.is_some(),
                syn::FnArg::Typed(arg) => matches!(&*arg.pat, syn::Pat::Ident(pat) if pat.mutability.is_some()),
            };
            let inner = self.new_var(&name, ty, at, mutable);
            let pat = self.tree.add_pat(PatKind::Binding { var: inner, by_ref: None, sub: None }, ty, at);
            stmts.push(crate::tree::Stmt::Let { pat, init: Some(from), els: None, span: at });
            if is_plain {
                self.declare(&name, inner);
            } else if let syn::FnArg::Typed(arg) = input {
                let from = self.tree.add(ExprKind::Var(inner), ty, at);
                let pat = self.check_pat_top(&arg.pat, ty);
                self.patterns.plain.push((pat, exhaustive::Place::Argument));
                stmts.push(crate::tree::Stmt::Let { pat, init: Some(from), els: None, span: at });
            }
        }
        let value = self.check_block_coerce(&def.syntax.block, result);
        let value = self.tree.add(ExprKind::DropTemps(value), result, span);
        let block = crate::tree::Block { stmts, tail: Some(value), label: None };
        let value = self.tree.add(ExprKind::Block(block), result, span);
        self.names.pop();
        self.bodies.pop();
        self.tree.bodies[index].value = value;
        let ty = self.intern(TyKind::Coroutine(coroutine));
        self.tree.bodies[0].result = ty;
        self.tree.bodies[0].params = outer;
        self.tree.bodies[0].value = self.tree.add(ExprKind::Closure(index), ty, span);
    }

    fn self_pat(&mut self, receiver: &syn::Receiver, ty: Ty) -> PatId {
        let span = Span::from(receiver.self_token.span);
        let var = self.new_var("self", ty, span, receiver.mutability.is_some());
        self.declare("self", var);
        self.tree.add_pat(PatKind::Binding { var, by_ref: None, sub: None }, ty, span)
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
        let (names, preds) = (self.generic_names.clone(), Vec::new());
        let scope = TyScope { names: &names, preds: &preds, self_ty: self.self_ty, allow_infer: true };
        let scope = TyScope { preds: &self.low_preds(), ..scope };
        let ty = self.low.defs.read_ty(ty, &scope);
        let args = self.generic_args.clone();
        self.instantiate(ty, &args)
    }

    fn low_preds(&self) -> Vec<Pred> {
        // The predicates of the definition name parameters, not what stands for them.
        match self.fn_id {
            Some(id) => self.low.defs.items.fns[id].generics.preds.clone(),
            None => Vec::new(),
        }
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

/// From `&`, `mut` or `self` to the end of `self`.
fn receiver_span(receiver: &syn::Receiver) -> Span {
    let own = Span::from(receiver.self_token.span);
    let start = match (&receiver.kind, &receiver.mutability) {
        (syn::ReceiverKind::Reference(and, ..), _) => and.spans[0].into(),
        (_, Some(token)) => token.span.into(),
        _ => own,
    };
    start.to(own)
}
