//! A function: its header, its body, and the coroutine of an async one.

use super::{BodyScope, Checker, Obligation, exhaustive, span_of};
use crate::hash::HashMap;
use crate::mir::BodyKind;
use crate::span::Span;
use crate::syntax::block_span;
use crate::tree::{BodyInfo, ExprId, ExprKind, PatId, PatKind, Tree};
use crate::ty::{Ty, TyKind};

/// From `&`, `mut` or `self` to the end of `self`.
pub(super) fn receiver_span(receiver: &syn::Receiver) -> Span {
    let own = Span::from(receiver.self_token.span);
    let start = match (&receiver.kind, &receiver.mutability) {
        (syn::ReceiverKind::Reference(and, ..), _) => and.spans[0].into(),
        (_, Some(token)) => token.span.into(),
        _ => own,
    };
    start.to(own)
}

impl Checker<'_> {
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
                let value = self.tree.add(ExprKind::DropTemps(value), result, block_span(&def.syntax.block));
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

    pub(super) fn generic_suffix(&mut self, args: &[Ty]) -> String {
        if args.is_empty() {
            return String::new();
        }
        let names = args.iter().map(|&ty| self.low.full_name(ty)).collect::<Vec<_>>();
        format!("<{}>", names.join(", "))
    }

    /// The coroutine of an async function: it captures all parameters, and moves each into a variable of its own.
    pub(super) fn check_async_fn(
        &mut self,
        def: &crate::items::FnDef,
        params: &[Ty],
        result: Ty,
        coroutine: crate::mir::BodyId,
        suffix: &str,
    ) {
        let span = block_span(&def.syntax.block);
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

    pub(super) fn self_pat(&mut self, receiver: &syn::Receiver, ty: Ty) -> PatId {
        let span = Span::from(receiver.self_token.span);
        let var = self.new_var("self", ty, span, receiver.mutability.is_some());
        self.declare("self", var);
        self.tree.add_pat(PatKind::Binding { var, by_ref: None, sub: None }, ty, span)
    }
}
