//! The end of checking: what is still open is decided or complained about, and all types of the tree are what they turned out to be.

use super::Checker;
use crate::mir::{BodyKind, Const};
use crate::tree::{CallKind, Capture, ExprKind, PatKind, Step, Tree};
use crate::ty::{Ty, TyKind, Types, Upvar};

impl Checker<'_> {
    pub(super) fn finish(mut self) -> Tree {
        self.settle();
        self.check_casts();
        self.settle();
        self.default_numbers();
        self.settle();
        self.report_obligations();
        self.resolve_tree();
        self.check_mutability();
        self.check_exhaustive();
        self.name_bodies();
        for index in (1..self.tree.bodies.len()).rev() {
            let (captures, call) = match self.tree.bodies[index].kind {
                // It captures its parameters, all and whole.
                BodyKind::AsyncFn => (self.parameters(), CallKind::Once),
                _ => super::captures::captures_of(&self.tree, &self.low.defs, index),
            };
            let mut upvars = Vec::new();
            for capture in &captures {
                let mut name = self.tree.var(capture.var).name.clone();
                let mut ty = self.tree.var(capture.var).ty;
                for step in &capture.steps {
                    let actual = self.actual(ty);
                    match step {
                        Step::Field(at, field_ty) => {
                            let field = match self.low.defs.types.adt(actual) {
                                Some(def) => def.variants[0]
                                    .fields
                                    .get(*at as usize)
                                    .map_or_else(String::new, |f| f.name.clone()),
                                None => at.to_string(),
                            };
                            name = format!("{name}__{field}");
                            ty = *field_ty;
                        }
                        Step::Deref => match self.kind(actual) {
                            TyKind::Ref(_, to) => ty = *to,
                            // A box.
                            TyKind::Adt(_, args) => ty = args.first().copied().unwrap_or(ty),
                            _ => {}
                        },
                    }
                }
                let ty = match capture.by_ref {
                    Some(mutable) => self.ref_to(mutable, capture.ty),
                    None => capture.ty,
                };
                let name = if capture.by_ref.is_some() { format!("_ref__{name}") } else { name };
                upvars.push(Upvar { name, ty, by_ref: capture.by_ref.is_some() });
            }
            let body = &mut self.tree.bodies[index];
            body.captures = captures;
            body.call = call;
            self.low.defs.types.upvars.insert(body.id, upvars);
            self.low.body_results.insert(body.id, body.result);
            let (id, name) = (body.id, body.name.clone());
            let short = match (&*self.full_suffix, name.strip_suffix(&*self.full_suffix)) {
                ("", _) | (_, None) => name,
                (_, Some(start)) => format!("{start}{}", self.short_suffix),
            };
            self.low.defs.types.body_names.insert(id, short);
            let body = &mut self.tree.bodies[index];
            if body.kind == BodyKind::Closure {
                self.low.closure_calls.insert(body.id, body.call);
                let params = body.params.iter().map(|&pat| self.tree.pats[pat.0 as usize].ty).collect();
                let result = body.result;
                let id = body.id;
                let params = self.low.defs.types.intern(TyKind::Tuple(params));
                self.low.closure_signatures.insert(id, (params, result));
            }
        }
        self.tree
    }

    /// The parameters of the function, as the coroutine of an async one captures them.
    fn parameters(&self) -> Vec<Capture> {
        let vars = self.tree.bodies[0].params.iter().filter_map(|&pat| match self.tree.pat(pat).kind {
            PatKind::Binding { var, .. } => Some(var),
            _ => None,
        });
        vars.map(|var| Capture { var, steps: Vec::new(), ty: self.tree.var(var).ty, by_ref: None }).collect()
    }

    fn resolve_tree(&mut self) {
        // What coroutines and closures give is asked for by the types of others.
        for at in 0..self.tree.bodies.len() {
            let (id, kind, result) = (self.tree.bodies[at].id, self.tree.bodies[at].kind, self.tree.bodies[at].result);
            let result = self.resolve(result);
            if at == 0 || self.low.has_infer(result) {
                continue;
            }
            let result = self.final_ty(result);
            self.low.body_results.insert(id, result);
            if kind == BodyKind::Closure {
                let params = self.tree.bodies[at].params.clone();
                let params = params.iter().map(|&pat| self.final_ty(self.tree.pat(pat).ty)).collect();
                let params = self.intern(TyKind::Tuple(params));
                self.low.closure_signatures.insert(id, (params, result));
            }
        }
        let mut open = None;
        let had_errors = !self.low.defs.diagnostics.is_empty();
        for at in 0..self.tree.exprs.len() {
            let ty = self.tree.exprs[at].ty;
            let new = self.final_ty(ty);
            if new == Types::ERROR && self.low.has_infer(ty) && open.is_none() {
                open = Some(self.tree.exprs[at].span).filter(|span| span.is_some());
            }
            let narrow = matches!(self.kind(self.actual(new)), TyKind::Float(32));
            let expr = &mut self.tree.exprs[at];
            expr.ty = new;
            if let (ExprKind::Const(Const::Float(bits)), true) = (&mut expr.kind, narrow) {
                *bits = u64::from((f64::from_bits(*bits) as f32).to_bits());
            }
            let mut kind = std::mem::replace(&mut self.tree.exprs[at].kind, ExprKind::Error);
            match &mut kind {
                ExprKind::Fn(func) | ExprKind::Call(func, _) => {
                    func.args = func.args.clone().into_iter().map(|ty| self.final_ty(ty)).collect();
                }
                _ => {}
            }
            self.tree.exprs[at].kind = kind;
        }
        for at in 0..self.tree.pats.len() {
            let ty = self.tree.pats[at].ty;
            self.tree.pats[at].ty = self.final_ty(ty);
        }
        for at in 0..self.tree.vars.len() {
            let ty = self.tree.vars[at].ty;
            let new = self.final_ty(ty);
            if new == Types::ERROR && self.low.has_infer(ty) && self.tree.vars[at].span.is_some() {
                open = Some(self.tree.vars[at].span);
            }
            self.tree.vars[at].ty = new;
        }
        for at in 0..self.tree.bodies.len() {
            let ty = self.tree.bodies[at].result;
            self.tree.bodies[at].result = self.final_ty(ty);
        }
        if let (Some(span), false) = (open, had_errors || !self.low.defs.diagnostics.is_empty()) {
            self.error(span, "type annotations needed");
        }
    }

    /// What a type turned out to be; parameters stay what generic code sees.
    fn final_ty(&mut self, ty: Ty) -> Ty {
        let ty = self.resolve(ty);
        let ty = self.normalize(ty);
        let ty = self.resolve(ty);
        if !self.low.has_infer(ty) {
            return self.low.concrete(ty);
        }
        let final_ty = self.low.defs.map_ty(ty, &mut |defs, ty| match defs.types.kind(ty) {
            TyKind::Infer(_) => Some(Types::ERROR),
            _ => None,
        });
        self.low.concrete(final_ty)
    }

    /// Names of closures and async blocks, numbered within the body around them in the order of the source.
    fn name_bodies(&mut self) {
        let count = self.tree.bodies.len();
        let mut parents = vec![0; count];
        for at in 0..self.tree.exprs.len() {
            if let ExprKind::Closure(index) = self.tree.exprs[at].kind {
                parents[index] = usize::MAX;
            }
        }
        for (index, parent) in parents.iter_mut().enumerate() {
            if *parent == usize::MAX {
                *parent = self.parent_of(index);
            }
        }
        let root_name = self.tree.bodies[0].name.clone();
        let (root, suffix) = match root_name.find('<') {
            Some(at) if root_name.ends_with('>') => (root_name[..at].to_owned(), root_name[at..].to_owned()),
            _ => (root_name.clone(), String::new()),
        };
        let mut paths = vec![root; count];
        for index in 1..count {
            let parent = parents[index];
            if self.tree.bodies[index].kind == BodyKind::AsyncFn {
                paths[index] = format!("{}::{{async_fn#0}}", paths[0]);
                continue;
            }
            let place = |at: usize| {
                let span = self.tree.bodies[at].span;
                (self.body_depths.get(&at).copied().unwrap_or(0), span.line, span.col, at)
            };
            let own = place(index);
            let before = (1..count).filter(|&other| other != index && parents[other] == parent && place(other) < own);
            let number = before.count();
            let word = match self.tree.bodies[index].kind {
                BodyKind::AsyncBlock => "async_block",
                _ => "closure",
            };
            let path = &paths[parent];
            let name = format!("{path}::{{{word}_env#{number}}}{suffix}");
            paths[index] = format!("{path}::{{{word}#{number}}}");
            self.tree.bodies[index].name = name;
        }
    }

    fn parent_of(&self, index: usize) -> usize {
        // The closure's expression was added after all of its parts, and before those of the body around it came to their end.
        (0..self.tree.bodies.len())
            .filter(|&other| other != index)
            .filter(|&other| self.contains(self.tree.bodies[other].value, index))
            .max()
            .unwrap_or(0)
    }

    /// Whether a body's closure stands in an expression, itself and not in another closure.
    fn contains(&self, expr: crate::tree::ExprId, index: usize) -> bool {
        if let ExprKind::Closure(found) = self.tree.expr(expr).kind {
            return found == index;
        }
        self.tree.children(expr).into_iter().any(|child| self.contains(child, index))
    }
}
