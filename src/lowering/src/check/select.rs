//! Selection: which impl makes a predicate true, and what its associated types are.

mod builtin;

use super::{Checker, Obligation};
use crate::items::Pred;
use crate::span::Span;
use crate::ty::{Ty, TyKind, Types};
use std::rc::Rc;

/// What makes a predicate true.
#[derive(Clone, Debug)]
pub(crate) enum Selected {
    /// An impl, with its arguments.
    Impl(usize, Vec<Ty>),
    /// What the compiler knows by itself: closures are called, coroutines are futures, types are cloned by their parts.
    Builtin,
}

/// The result of looking.
#[derive(Clone, Debug)]
pub(super) enum Selection {
    Yes(Selected),
    /// Not enough is known.
    Maybe,
    No,
}

impl Checker<'_> {
    pub(super) fn require(&mut self, pred: Pred, span: Span) {
        if !self.try_obligation(&pred) {
            self.obligations.push(Obligation { pred, span });
        }
    }

    /// Looks for what makes a predicate true and learns from it; false if not enough is known, or it is wrong.
    pub(super) fn try_obligation(&mut self, pred: &Pred) -> bool {
        if self.depth > 24 {
            return true;
        }
        self.depth += 1;
        let selection = self.select(pred, true);
        self.depth -= 1;
        matches!(selection, Selection::Yes(_))
    }

    /// Tries all obligations again until nothing is learnt.
    pub(super) fn settle(&mut self) {
        for _ in 0..64 {
            let mark = self.log.len();
            let todo = std::mem::take(&mut self.obligations);
            for obligation in todo {
                if !self.try_obligation(&obligation.pred) {
                    self.obligations.push(obligation);
                }
            }
            if self.log.len() == mark {
                return;
            }
        }
    }

    /// Complains about what is still open.
    pub(super) fn report_obligations(&mut self) {
        for Obligation { pred, span } in std::mem::take(&mut self.obligations) {
            let ty = self.resolve(pred.ty);
            if self.low.has_error(ty) || pred.args.iter().any(|&arg| self.low.has_error(arg)) || !span.is_some() {
                continue;
            }
            let trait_ = self.low.defs.items.traits[pred.trait_].name.clone();
            if let Selection::No = self.select(&pred, false) {
                let name = self.name(ty);
                let message = match (&*trait_, pred.assoc.first()) {
                    ("Future" | "IntoFuture", _) => format!("`{name}` is not a future"),
                    ("Iterator" | "IntoIterator", None) => format!("`{name}` is not an iterator"),
                    ("Display", _) => format!("`{name}` doesn't implement `std::fmt::Display`"),
                    ("Debug", _) => format!("`{name}` doesn't implement `Debug`"),
                    _ => format!("the trait bound `{name}: {trait_}` is not satisfied"),
                };
                self.error(span, message);
            }
        }
    }

    /// Which impl makes a predicate true. If exactly one can, and `learn` is set, what follows from it is learnt.
    pub(super) fn select(&mut self, pred: &Pred, learn: bool) -> Selection {
        let mut self_ty = self.actual(pred.ty);
        if let TyKind::ArrayOf(..) = self.kind(self_ty) {
            self_ty = self.resolve(self_ty);
        }
        let def = Rc::clone(&self.low.defs.items.traits[pred.trait_]);
        let (name, is_structural) = (&*def.name, def.is_structural);
        if def.is_marker && name != "Copy" {
            return Selection::Yes(Selected::Builtin);
        }
        if let TyKind::Error = self.kind(self_ty) {
            for (_, ty) in &pred.assoc {
                self.unify(*ty, Types::ERROR);
            }
            return Selection::Yes(Selected::Builtin);
        }
        let is_var = self.is_unknown(self_ty);
        if is_var && !self.is_int_var(self_ty) && !self.is_float_var(self_ty) {
            return Selection::Maybe;
        }
        if is_var && matches!(name, "Future" | "IntoFuture" | "Iterator" | "IntoIterator" | "Try") {
            return Selection::No;
        }
        if let Some(found) = self.select_builtin(name, self_ty, pred, learn) {
            return found;
        }
        let count = self.low.defs.items.trait_impls.get(&pred.trait_).map_or(0, Vec::len);
        let mut fitting = Vec::new();
        for nth in 0..count {
            let id = self.low.defs.items.trait_impls[&pred.trait_][nth];
            if self.may_fit(id, self_ty) && self.probe(|checker| (false, checker.impl_fits(id, pred).is_some())) {
                fitting.push(id);
            }
        }
        // A later impl, that is the program's own, before a blanket impl that fits anything.
        if fitting.len() > 1 && !self.pred_has_infer(pred) {
            fitting.truncate(1);
        }
        match fitting[..] {
            [] if is_structural && self.is_structural(name, self_ty) => Selection::Yes(Selected::Builtin),
            [] if is_var => Selection::Maybe,
            [] => Selection::No,
            [id] => {
                if is_structural && is_var {
                    return Selection::Yes(Selected::Builtin);
                }
                let args = self.probe(|checker| {
                    let args = checker.impl_fits(id, pred);
                    (learn, args)
                });
                let Some(args) = args else { return Selection::No };
                if learn {
                    let assoc = self.low.defs.items.impls[id].assoc.clone();
                    for (name, ty) in &pred.assoc {
                        if let Some(&found) = assoc.get(name) {
                            let found = self.instantiate(found, &args);
                            if !self.unify(found, *ty) {
                                return Selection::No;
                            }
                        }
                    }
                    for nested in self.low.defs.items.impls[id].generics.preds.clone() {
                        let nested = self.subst_pred(&nested, &args);
                        self.require(nested, Span::NONE);
                    }
                }
                Selection::Yes(Selected::Impl(id, args))
            }
            _ if is_structural && is_var => Selection::Yes(Selected::Builtin),
            _ => Selection::Maybe,
        }
    }

    pub(super) fn subst_pred(&mut self, pred: &Pred, args: &[Ty]) -> Pred {
        Pred {
            ty: self.instantiate(pred.ty, args),
            trait_: pred.trait_,
            args: pred.args.iter().map(|&ty| self.instantiate(ty, args)).collect(),
            assoc: pred.assoc.iter().map(|(name, ty)| (name.clone(), self.instantiate(*ty, args))).collect(),
        }
    }

    /// Whether the outermost parts of an impl's type and of another agree: most impls are ruled out by that alone.
    fn may_fit(&self, id: usize, own: Ty) -> bool {
        match (self.kind(self.low.defs.items.impls[id].self_ty), self.kind(own)) {
            (TyKind::Adt(a, _), TyKind::Adt(b, _)) => a == b,
            (TyKind::Int(a), TyKind::Int(b)) => a == b,
            (TyKind::Ref(a, _), TyKind::Ref(b, _)) => a == b,
            (
                TyKind::Adt(..)
                | TyKind::Int(_)
                | TyKind::Float(_)
                | TyKind::Bool
                | TyKind::Char
                | TyKind::Str
                | TyKind::Ref(..)
                | TyKind::Tuple(_)
                | TyKind::Slice(_),
                own @ (TyKind::Adt(..)
                | TyKind::Int(_)
                | TyKind::Float(_)
                | TyKind::Bool
                | TyKind::Char
                | TyKind::Str
                | TyKind::Ref(..)
                | TyKind::Tuple(_)
                | TyKind::Slice(_)
                | TyKind::Array(..)
                | TyKind::Closure(_)
                | TyKind::Coroutine(_)),
            ) => {
                std::mem::discriminant(self.kind(self.low.defs.items.impls[id].self_ty)) == std::mem::discriminant(own)
            }
            _ => true,
        }
    }

    /// Unifies the header of an impl with a predicate; the impl's arguments, if it can be.
    fn impl_fits(&mut self, id: usize, pred: &Pred) -> Option<Vec<Ty>> {
        let (count, self_ty, trait_args) = {
            let def = &self.low.defs.items.impls[id];
            (def.generics.names.len(), def.self_ty, def.trait_.as_ref()?.1.clone())
        };
        let args = self.fresh_args(count);
        let header = self.instantiate(self_ty, &args);
        // A parameter is looked through, unless the impl is for any type.
        let is_blanket = matches!(self.kind(self_ty), TyKind::Generic(_));
        let own = if is_blanket { pred.ty } else { self.actual(pred.ty) };
        if !self.unify(header, own) {
            return None;
        }
        for (ty, &arg) in trait_args.into_iter().zip(&pred.args) {
            let ty = self.instantiate(ty, &args);
            if !self.unify(ty, arg) {
                return None;
            }
        }
        if self.depth < 8 {
            for nested in self.low.defs.items.impls[id].generics.preds.clone() {
                let nested = self.subst_pred(&nested, &args);
                self.depth += 1;
                let selection = self.select(&nested, false);
                self.depth -= 1;
                if let Selection::No = selection {
                    return None;
                }
            }
        }
        Some(args)
    }
}

impl Checker<'_> {
    /// What makes a predicate on known types true, with all that follows from it learnt.
    pub(crate) fn selected(mut self, pred: &Pred) -> Option<Selected> {
        match self.select(pred, true) {
            Selection::Yes(Selected::Impl(id, args)) => {
                self.settle();
                let args = args.into_iter().map(|ty| {
                    let ty = self.resolve(ty);
                    let ty = self.normalize(ty);
                    self.settle();
                    self.resolve(ty)
                });
                let args = args.collect::<Vec<_>>();
                let args = args
                    .into_iter()
                    .map(|ty| if self.low.has_infer(ty) { Types::ERROR } else { self.low.concrete(ty) });
                Some(Selected::Impl(id, args.collect()))
            }
            Selection::Yes(Selected::Builtin) => Some(Selected::Builtin),
            _ => None,
        }
    }

    /// A type with its associated types found.
    pub(crate) fn normalized(mut self, ty: Ty) -> Ty {
        let ty = self.normalize(ty);
        self.settle();
        let ty = self.resolve(ty);
        self.low.defs.map_ty(ty, &mut |defs, ty| match defs.types.kind(ty) {
            TyKind::Infer(_) | TyKind::Assoc(..) => Some(Types::ERROR),
            _ => None,
        })
    }

    fn pred_has_infer(&mut self, pred: &Pred) -> bool {
        let ty = self.resolve(pred.ty);
        let args = pred.args.iter().map(|&arg| self.resolve(arg)).collect::<Vec<_>>();
        self.low.has_infer(ty) || args.into_iter().any(|arg| self.low.has_infer(arg))
    }
}
