//! Await, async blocks and closures.

use super::{BodyScope, Checker, LoopScope};
use crate::hash::HashMap;
use crate::items::Pred;
use crate::mir::BodyKind;
use crate::span::Span;
use crate::tree::{Arm, Block, BodyInfo, CallKind, ExprId, ExprKind, FnRef, PatKind, Stmt, VarId};
use crate::ty::{Ty, TyKind, Types};

impl Checker<'_> {
    /// ```text
    /// match IntoFuture::into_future(e) {
    ///     mut __awaitee => loop {
    ///         match Future::poll(Pin::new_unchecked(&mut __awaitee), get_context(task_context)) {
    ///             Ready(result) => break result,
    ///             Pending => {}
    ///         }
    ///         task_context = yield ();
    ///     }
    /// }
    /// ```
    pub(super) fn check_await(&mut self, item: &syn::ExprAwait) -> ExprId {
        let future = self.check_expr(&item.base, None);
        self.settle();
        let await_span = Span::from(item.await_token.span);
        let span = self.tree.expr(future).span.to(await_span);
        let is_made = !self.tree.expr(future).span.is_some();
        let whole = if is_made { Span::NONE } else { super::span_of(&item.base) };
        if !self.bodies.last().is_some_and(|body| body.is_async) {
            self.error(await_span, "`await` is only allowed inside `async` functions and blocks");
            return self.error_expr(span);
        }
        let ty = self.tree.expr(future).ty;
        let (awaitee_ty, output) = (self.fresh(), self.fresh());
        let into = self.low.defs.trait_id("IntoFuture");
        let assoc = vec![("IntoFuture".to_owned(), awaitee_ty), ("Output".to_owned(), output)];
        let pred = Pred { ty, trait_: into, args: Vec::new(), assoc };
        let resolved = self.resolve(ty);
        if let (super::select::Selection::No, false) = (self.select(&pred, false), self.low.has_error(resolved)) {
            let name = self.name(ty);
            self.error(await_span, format!("`{name}` is not a future"));
            return self.error_expr(span);
        }
        self.require(pred, await_span);
        self.settle();
        let output = self.shallow(output);
        let func = FnRef { id: self.trait_fn("IntoFuture", "into_future"), args: vec![ty] };
        let scrutinee = self.tree.add(ExprKind::Call(func, vec![future]), awaitee_ty, await_span);
        let awaitee = self.new_var("__awaitee", awaitee_ty, whole, true);
        self.tree.vars[awaitee.0 as usize].is_awaitee = true;

        let place = self.tree.add(ExprKind::Var(awaitee), awaitee_ty, whole);
        let borrowed = self.borrow(true, place, whole);
        let place = self.tree.add(ExprKind::Deref(borrowed), awaitee_ty, whole);
        let borrowed = self.borrow(true, place, whole);
        let pointer = self.tree.expr(borrowed).ty;
        let pin_ty = self.low.defs.adt_ty("Pin", vec![pointer]);
        let new_unchecked = FnRef { id: self.prelude_fn("Pin::new_unchecked"), args: vec![pointer] };
        let pinned = self.tree.add(ExprKind::Call(new_unchecked, vec![borrowed]), pin_ty, whole);
        let resume_ty = self.low.defs.adt_ty("ResumeTy", Vec::new());
        let context_ty = self.low.defs.adt_ty("Context", Vec::new());
        let context_ref = self.ref_to(true, context_ty);
        let task_context = self.tree.add(ExprKind::TaskContext, resume_ty, await_span);
        let get_context = FnRef { id: self.prelude_fn("get_context"), args: Vec::new() };
        let context = self.tree.add(ExprKind::Call(get_context, vec![task_context]), context_ref, await_span);
        let place = self.tree.add(ExprKind::Deref(context), context_ty, await_span);
        let context = self.tree.add(ExprKind::Borrow(true, place), context_ref, await_span);
        let poll_ty = self.low.defs.adt_ty("Poll", vec![output]);
        let poll = FnRef { id: self.trait_fn("Future", "poll"), args: vec![awaitee_ty] };
        let poll = self.tree.add(ExprKind::Call(poll, vec![pinned, context]), poll_ty, await_span);

        let id = self.new_loop();
        let result = self.new_var("result", output, whole, false);
        let sub = self.tree.add_pat(PatKind::Binding { var: result, by_ref: None, sub: None }, output, await_span);
        let ready = self.tree.add_pat(PatKind::Variant(0, vec![(0, sub)]), poll_ty, await_span);
        let pending = self.tree.add_pat(PatKind::Variant(1, Vec::new()), poll_ty, await_span);
        let value = self.tree.add(ExprKind::Var(result), output, await_span);
        let leave = self.tree.add(ExprKind::Break(id, Some(value)), Types::NEVER, await_span);
        let empty = self.tree.add(ExprKind::Block(Block::default()), Types::UNIT, await_span);
        let arms = vec![
            Arm { pat: ready, guard: None, body: leave, span: await_span },
            Arm { pat: pending, guard: None, body: empty, span: await_span },
        ];
        let polled = self.tree.add(ExprKind::Match { scrutinee: poll, arms }, Types::UNIT, await_span);
        let yielded = self.tree.add(ExprKind::Yield, resume_ty, await_span);
        let task_context = self.tree.add(ExprKind::TaskContext, resume_ty, await_span);
        let resumed = self.tree.add(ExprKind::Assign(task_context, yielded), Types::UNIT, await_span);
        let stmts = vec![Stmt::Expr(polled), Stmt::Expr(resumed)];
        let body = self.tree.add(ExprKind::Block(Block { stmts, tail: None, label: None }), Types::UNIT, await_span);
        let looped = self.tree.add(ExprKind::Loop { id, body }, output, await_span);
        let pat = self.tree.add_pat(PatKind::Binding { var: awaitee, by_ref: None, sub: None }, awaitee_ty, whole);
        let arms = vec![Arm { pat, guard: None, body: looped, span: await_span }];
        self.tree.add(ExprKind::Match { scrutinee, arms }, output, span)
    }

    pub(super) fn check_async(&mut self, item: &syn::ExprAsync, hint: Option<Ty>) -> ExprId {
        let span = Span::from(item.async_token.span);
        let whole = span.to(crate::syntax::block_span(&item.block));
        // `-> Pin<Box<dyn Future<Output = T>>>` says nothing here; what a predicate says is found by its obligation.
        let _ = hint;
        let result = self.fresh();
        let index = self.push_body(BodyKind::AsyncBlock, item.capture.is_some(), result, whole);
        let value = self.check_block(&item.block, Some(result));
        let value = match self.shallow(self.tree.expr(value).ty) == Types::NEVER && self.is_unknown(result) {
            // Nothing returns from it: its result is `()`.
            true if !self.returns_within(index) => {
                self.unify(result, Types::UNIT);
                self.coerce(value, result)
            }
            _ => self.coerce(value, result),
        };
        let ty = self.tree.expr(value).ty;
        let value = self.tree.add(ExprKind::DropTemps(value), ty, whole);
        self.pop_body(index, value);
        let id = self.tree.bodies[index].id;
        let ty = self.intern(TyKind::Coroutine(id));
        self.tree.add(ExprKind::Closure(index), ty, whole)
    }

    fn returns_within(&self, _index: usize) -> bool {
        false
    }

    fn push_body(&mut self, kind: BodyKind, is_move: bool, result: Ty, span: Span) -> usize {
        let id = self.low.new_body();
        let index = self.tree.bodies.len();
        self.tree.bodies.push(BodyInfo {
            id,
            kind,
            is_move,
            params: Vec::new(),
            value: ExprId(0),
            result,
            span,
            name: String::new(),
            captures: Vec::new(),
            call: CallKind::Ref,
        });
        self.body_depths.insert(index, self.macro_depth);
        let is_async = kind.is_coroutine();
        self.bodies.push(BodyScope { index, result, loops: Vec::<LoopScope>::new(), is_async });
        self.names.push(HashMap::default());
        index
    }

    fn pop_body(&mut self, index: usize, value: ExprId) {
        self.names.pop();
        self.bodies.pop();
        self.tree.bodies[index].value = value;
    }

    /// A closure; the signature, if it is known what it will be called with: a tuple of arguments, and the result.
    pub(super) fn check_closure(&mut self, item: &syn::ExprClosure, signature: Option<(Ty, Option<Ty>)>) -> ExprId {
        let start = Span::from(item.inputs_begin.spans[0]);
        let span = match &item.capture {
            Some(token) => Span::from(token.span).to(super::span_of(&item.body)),
            None => start.to(super::span_of(&item.body)),
        };
        if item.asyncness.is_some() {
            self.unsupported(
                span,
                "async closures are not supported",
                "return an async block from a closure: `|x| async move { .. }`",
            );
        }
        let expected = match signature.map(|(params, _)| self.kind(self.shallow(params)).clone()) {
            Some(TyKind::Tuple(params)) => params,
            _ => Vec::new(),
        };
        let result = match &item.output {
            syn::ReturnType::Type(_, ty) => self.written_ty(ty),
            syn::ReturnType::Default => match signature.and_then(|(_, result)| result) {
                Some(result) => result,
                None => self.fresh(),
            },
        };
        let index = self.push_body(BodyKind::Closure, item.capture.is_some(), result, span);
        let mut params = Vec::new();
        for (i, input) in item.inputs.iter().enumerate() {
            let (pat, written) = match input {
                syn::Pat::Type(typed) => (&*typed.pat, Some(self.written_ty(&typed.ty))),
                pat => (pat, None),
            };
            let ty = match (written, expected.get(i)) {
                (Some(ty), expected) => {
                    if let Some(&expected) = expected {
                        self.unify(ty, expected);
                    }
                    ty
                }
                (None, Some(&expected)) => expected,
                (None, None) => self.fresh(),
            };
            let pat = self.check_pat_top(pat, ty);
            self.patterns.plain.push((pat, super::exhaustive::Place::Argument));
            params.push(pat);
        }
        self.tree.bodies[index].params = params;
        let value = self.check_coerce(&item.body, result);
        let ty = self.tree.expr(value).ty;
        let value = self.tree.add(ExprKind::DropTemps(value), ty, span);
        self.pop_body(index, value);
        let id = self.tree.bodies[index].id;
        let ty = self.intern(TyKind::Closure(id));
        self.tree.add(ExprKind::Closure(index), ty, span)
    }

    /// A closure that is not written: of a constructor that is used as a function.
    pub(super) fn made_closure(
        &mut self,
        tys: &[Ty],
        result: Ty,
        span: Span,
        f: impl FnOnce(&mut Self, &[VarId]) -> ExprId,
    ) -> ExprId {
        let index = self.push_body(BodyKind::Closure, false, result, Span::NONE);
        let mut vars = Vec::new();
        let mut params = Vec::new();
        for (i, &ty) in tys.iter().enumerate() {
            let var = self.new_var(&format!("field{i}"), ty, span, false);
            params.push(self.tree.add_pat(PatKind::Binding { var, by_ref: None, sub: None }, ty, span));
            vars.push(var);
        }
        let value = f(self, &vars);
        self.tree.bodies[index].params = params;
        self.pop_body(index, value);
        let ty = self.intern(TyKind::Closure(self.tree.bodies[index].id));
        self.tree.add(ExprKind::Closure(index), ty, span)
    }
}
