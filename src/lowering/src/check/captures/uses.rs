//! The uses of variables of outside, in the order of evaluation.

use super::{Place, Use, Visitor, actual};
use crate::tree::{CallKind, ExprId, ExprKind, PatId, PatKind, Step, Stmt, VarId};
use crate::ty::{Ty, TyKind, Types};

impl Visitor<'_> {
    pub(super) fn find_inner(&mut self, expr: ExprId) {
        if let ExprKind::Closure(index) = self.tree.expr(expr).kind {
            self.inner.push(index);
            self.find_inner(self.tree.bodies[index].value);
        }
        for child in self.tree.children(expr) {
            self.find_inner(child);
        }
    }

    /// Variables in the order in which the source mentions them.
    pub(super) fn mention(&mut self, expr: ExprId) {
        match &self.tree.expr(expr).kind {
            ExprKind::Var(var) => {
                if self.is_outer(*var) && !self.mentioned.contains(var) {
                    self.mentioned.push(*var);
                }
            }
            ExprKind::Closure(index) => self.mention(self.tree.bodies[*index].value),
            ExprKind::Assign(left, right) | ExprKind::AssignOp(_, left, right) => {
                let (left, right) = (*left, *right);
                self.mention(right);
                self.mention(left);
            }
            _ => {
                for child in self.tree.children(expr) {
                    self.mention(child);
                }
            }
        }
    }

    pub(super) fn is_outer(&self, var: VarId) -> bool {
        !self.inner.contains(&self.tree.var(var).body)
    }

    /// The place of an expression as far as it can be captured, and whether it is all of it.
    pub(super) fn place(&self, expr: ExprId) -> Option<(Place, bool)> {
        let node = self.tree.expr(expr);
        match node.kind {
            ExprKind::Var(var) => Some((Place { var, steps: Vec::new(), tys: vec![node.ty] }, true)),
            ExprKind::Field(base, at) => {
                let (mut place, whole) = self.place(base)?;
                if whole {
                    place.steps.push(Step::Field(at, node.ty));
                    place.tys.push(node.ty);
                }
                Some((place, whole))
            }
            ExprKind::Deref(base) => {
                let (mut place, whole) = self.place(base)?;
                if whole {
                    place.steps.push(Step::Deref);
                    place.tys.push(node.ty);
                }
                Some((place, whole))
            }
            ExprKind::Index(base, _) => self.place(base).map(|(place, _)| (place, false)),
            _ => None,
        }
    }

    pub(super) fn is_place(&self, expr: ExprId) -> bool {
        matches!(
            self.tree.expr(expr).kind,
            ExprKind::Var(_)
                | ExprKind::Field(..)
                | ExprKind::Deref(_)
                | ExprKind::Index(..)
                | ExprKind::OverDeref { .. }
                | ExprKind::OverIndex { .. }
        )
    }

    pub(super) fn record(&mut self, place: Place, how: Use) {
        if self.is_outer(place.var) {
            self.uses.push((place, how));
        }
    }

    /// The parts of a place that are values: what an index is, what is dereferenced.
    pub(super) fn walk_place(&mut self, expr: ExprId) {
        match self.tree.expr(expr).kind {
            ExprKind::Field(base, _) | ExprKind::Deref(base) => match self.is_place(base) {
                true => self.walk_place(base),
                false => self.consume(base),
            },
            ExprKind::Index(base, index) => {
                match self.is_place(base) {
                    true => self.walk_place(base),
                    false => self.consume(base),
                }
                self.consume(index);
            }
            ExprKind::OverDeref { base, mutable } => self.borrow(base, if mutable { Use::Mut } else { Use::Read }),
            ExprKind::OverIndex { base, index, mutable } => {
                self.borrow(base, if mutable { Use::Mut } else { Use::Read });
                self.consume(index);
            }
            _ => {}
        }
    }

    pub(super) fn borrow(&mut self, expr: ExprId, how: Use) {
        if !self.is_place(expr) {
            self.consume(expr);
            return;
        }
        self.walk_place(expr);
        if let Some((place, _)) = self.place(expr) {
            self.record(place, how);
        }
    }

    pub(super) fn consume(&mut self, expr: ExprId) {
        if self.is_place(expr) {
            let copies = self.defs.types.is_copy(self.tree.expr(expr).ty);
            self.walk_place(expr);
            if let Some((place, whole)) = self.place(expr) {
                let how = match (copies, whole) {
                    (true, _) => Use::Copy,
                    (false, _) => Use::Move,
                };
                self.record(place, how);
            }
            return;
        }
        match &self.tree.expr(expr).kind {
            ExprKind::Borrow(mutable, place) | ExprKind::RawBorrow(mutable, place) => {
                self.borrow(*place, if *mutable { Use::Mut } else { Use::Read });
            }
            ExprKind::Assign(left, right) => {
                let (left, right) = (*left, *right);
                self.consume(right);
                self.borrow(left, Use::Mut);
            }
            ExprKind::AssignOp(_, left, right) => {
                let (left, right) = (*left, *right);
                self.consume(right);
                self.borrow(left, Use::Mut);
            }
            ExprKind::CallValue(kind, func, args) => {
                let (kind, func, args) = (*kind, *func, args.clone());
                match self.call_kind(kind, func) {
                    CallKind::Once => self.consume(func),
                    CallKind::Mut => self.borrow(func, Use::Mut),
                    _ => self.borrow(func, Use::Read),
                }
                args.into_iter().for_each(|arg| self.consume(arg));
            }
            ExprKind::Let(pat, scrutinee) => {
                let (pat, scrutinee) = (*pat, *scrutinee);
                self.matched(scrutinee, &[pat]);
            }
            ExprKind::Match { scrutinee, arms } => {
                let (scrutinee, arms) = (*scrutinee, arms.clone());
                let pats = arms.iter().map(|arm| arm.pat).collect::<Vec<_>>();
                self.matched(scrutinee, &pats);
                for arm in arms {
                    if let Some(guard) = arm.guard {
                        self.consume(guard);
                    }
                    self.consume(arm.body);
                }
            }
            ExprKind::Block(block) => {
                let block = block.clone();
                for stmt in &block.stmts {
                    match stmt {
                        Stmt::Expr(expr) => self.consume(*expr),
                        Stmt::Let { pat, init, els, .. } => {
                            if let Some(init) = init {
                                self.matched(*init, &[*pat]);
                            }
                            if let Some(els) = els {
                                self.consume(*els);
                            }
                        }
                        Stmt::SuperLet(pat, init) => self.matched(*init, &[*pat]),
                    }
                }
                if let Some(tail) = block.tail {
                    self.consume(tail);
                }
            }
            ExprKind::Closure(index) => {
                // What the closure captures is used where it stands.
                for capture in self.tree.bodies[*index].captures.clone() {
                    let mut tys = vec![self.tree.var(capture.var).ty];
                    for step in &capture.steps {
                        let last = *tys.last().unwrap_or(&Types::ERROR);
                        tys.push(match step {
                            Step::Field(_, ty) => *ty,
                            Step::Deref => match *self.defs.types.kind(actual(self.defs, last)) {
                                TyKind::Ref(_, to) => to,
                                _ => capture.ty,
                            },
                        });
                    }
                    let place = Place { var: capture.var, steps: capture.steps.clone(), tys };
                    let how = match capture.by_ref {
                        Some(true) => Use::Mut,
                        Some(false) => Use::Read,
                        None if self.defs.types.is_copy(capture.ty) => Use::Copy,
                        None => Use::Move,
                    };
                    self.record(place, how);
                }
            }
            _ => {
                for child in self.tree.children(expr) {
                    self.consume(child);
                }
            }
        }
    }

    pub(super) fn call_kind(&self, kind: CallKind, func: ExprId) -> CallKind {
        match (kind, self.defs.types.kind(actual(self.defs, self.tree.expr(func).ty))) {
            (CallKind::Unknown, TyKind::Closure(id)) => {
                self.tree.bodies.iter().find(|info| info.id == *id).map_or(CallKind::Ref, |info| info.call)
            }
            (kind, _) => kind,
        }
    }

    pub(super) fn matched(&mut self, scrutinee: ExprId, pats: &[PatId]) {
        if !self.is_place(scrutinee) {
            self.consume(scrutinee);
            return;
        }
        self.walk_place(scrutinee);
        let Some((place, whole)) = self.place(scrutinee) else { return };
        for &pat in pats {
            self.bind(pat, &place, whole);
        }
    }

    pub(super) fn bind(&mut self, pat: PatId, place: &Place, whole: bool) {
        let node = self.tree.pat(pat);
        let step = |step: Step, ty: Ty| {
            let mut inner = place.clone();
            if whole {
                inner.steps.push(step);
                inner.tys.push(ty);
            }
            inner
        };
        match &node.kind {
            PatKind::Wild => {}
            PatKind::Binding { by_ref, sub, .. } => {
                let how = match by_ref {
                    Some(true) => Use::Mut,
                    Some(false) => Use::Read,
                    None if self.defs.types.is_copy(node.ty) => Use::Copy,
                    None => Use::Move,
                };
                self.record(place.clone(), how);
                if let Some(sub) = sub {
                    self.bind(*sub, place, whole);
                }
            }
            PatKind::Variant(_, fields) => {
                let many = self.defs.types.adt(actual(self.defs, node.ty)).is_some_and(|def| def.variants.len() > 1);
                if many {
                    self.record(place.clone(), Use::Read);
                }
                // Fields of an enum with several variants are not captured apart.
                for &(at, pat) in fields {
                    let ty = self.tree.pat(pat).ty;
                    match many {
                        true => self.bind(pat, place, false),
                        false => {
                            let inner = step(Step::Field(at, ty), ty);
                            self.bind(pat, &inner, whole);
                        }
                    }
                }
            }
            PatKind::Fields(fields) => {
                for &(at, pat) in fields {
                    let ty = self.tree.pat(pat).ty;
                    let inner = step(Step::Field(at, ty), ty);
                    self.bind(pat, &inner, whole);
                }
            }
            PatKind::Deref(inner_pat) => {
                let ty = self.tree.pat(*inner_pat).ty;
                let inner = step(Step::Deref, ty);
                self.bind(*inner_pat, &inner, whole);
            }
            PatKind::Const(_) | PatKind::Range(..) => self.record(place.clone(), Use::Read),
            PatKind::Slice { prefix, slice, suffix, .. } => {
                self.record(place.clone(), Use::Read);
                for &pat in prefix.iter().chain(slice).chain(suffix) {
                    self.bind(pat, place, false);
                }
            }
            PatKind::Or(pats) => pats.clone().into_iter().for_each(|pat| self.bind(pat, place, whole)),
        }
    }
}
