//! Selection: which impl makes a predicate true, and what its associated types are.

use super::{Checker, Obligation};
use crate::items::Pred;
use crate::span::Span;
use crate::ty::{Ty, TyKind, Types};

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
        let def = &self.low.defs.items.traits[pred.trait_];
        let (name, is_marker, is_structural) = (def.name.clone(), def.is_marker, def.is_structural);
        if is_marker && name != "Copy" {
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
        if is_var && matches!(&*name, "Future" | "IntoFuture" | "Iterator" | "IntoIterator" | "Try") {
            return Selection::No;
        }
        if let Some(found) = self.select_builtin(&name, self_ty, pred, learn) {
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
            [] if is_structural && self.is_structural(&name, self_ty) => Selection::Yes(Selected::Builtin),
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

    /// What the compiler knows by itself; none if impls are to be looked at.
    fn select_builtin(&mut self, name: &str, self_ty: Ty, pred: &Pred, learn: bool) -> Option<Selection> {
        let yes = Some(Selection::Yes(Selected::Builtin));
        let kind = self.kind(self_ty).clone();
        match (name, kind) {
            ("Copy", _) => match self.low.defs.types.is_copy(self_ty) || self.is_unknown(self_ty) {
                true => yes,
                false => Some(Selection::No),
            },
            ("Fn" | "FnMut" | "FnOnce", kind) => {
                let (params, result) = match kind {
                    TyKind::Closure(_) | TyKind::FnDef(..) | TyKind::FnPtr(..) => self.signature_of(self_ty)?,
                    TyKind::Dyn(known, args) if known.starts_with("Fn") && args.len() == 2 => (args[0], args[1]),
                    TyKind::Ref(_, ty) => {
                        let pred = Pred { ty, ..pred.clone() };
                        return Some(self.select(&pred, learn));
                    }
                    TyKind::Adt(_, args) if self.is_pointer(self_ty) => {
                        let pred = Pred { ty: args[0], ..pred.clone() };
                        return Some(self.select(&pred, learn));
                    }
                    _ => return Some(Selection::No),
                };
                if learn {
                    let fits = pred.args.first().is_none_or(|&arg| self.unify(params, arg))
                        && pred.assoc.iter().all(|&(_, ty)| self.unify(result, ty));
                    if !fits {
                        return Some(Selection::No);
                    }
                }
                yes
            }
            ("Future", TyKind::Coroutine(_) | TyKind::AsyncFn(..) | TyKind::Opaque(..)) => {
                let output = self.output_of(self_ty)?;
                if learn {
                    for &(_, ty) in &pred.assoc {
                        if !self.unify(output, ty) {
                            return Some(Selection::No);
                        }
                    }
                }
                yes
            }
            ("Future", TyKind::Dyn(known, args)) if known == "Future" => {
                let output = args.first().copied().unwrap_or(Types::ERROR);
                if learn {
                    for &(_, ty) in &pred.assoc {
                        self.unify(output, ty);
                    }
                }
                yes
            }
            (_, TyKind::Opaque(..)) => {
                let ty = self.low.reveal(self_ty);
                let pred = Pred { ty, ..pred.clone() };
                (ty != self_ty).then(|| self.select(&pred, learn))
            }
            ("Iterator", TyKind::Dyn(known, args)) if known == "Iterator" => {
                if learn {
                    for &(_, ty) in &pred.assoc {
                        self.unify(args[0], ty);
                    }
                }
                yes
            }
            (_, TyKind::Dyn(known, _)) if known == name => yes,
            ("Deref", TyKind::Ref(_, to)) => {
                if learn {
                    for &(_, ty) in &pred.assoc {
                        self.unify(to, ty);
                    }
                }
                yes
            }
            ("DerefMut", TyKind::Ref(mutable, _)) => match mutable {
                true => yes,
                false => Some(Selection::No),
            },
            ("TryFrom", TyKind::Int(_)) => {
                let error = self.low.defs.adt_ty("TryFromIntError", Vec::new());
                if learn {
                    for &(_, ty) in &pred.assoc {
                        self.unify(error, ty);
                    }
                }
                yes
            }
            ("From", TyKind::Int(_) | TyKind::Float(_)) => {
                let from = self.actual(*pred.args.first()?);
                match *self.kind(from) {
                    TyKind::Int(_) | TyKind::Float(_) => yes,
                    TyKind::Infer(_) => Some(Selection::Maybe),
                    _ => None,
                }
            }
            (
                "Add" | "Sub" | "Mul" | "Div" | "Rem" | "BitAnd" | "BitOr" | "BitXor" | "Shl" | "Shr" | "Neg" | "Not",
                kind,
            ) => {
                let scalar = match kind {
                    TyKind::Int(_) | TyKind::Float(_) | TyKind::Bool => self_ty,
                    TyKind::Ref(_, to) if self.is_numeric(to) => self.actual(to),
                    TyKind::Infer(_) => self_ty,
                    _ => return None,
                };
                if learn {
                    for &(_, ty) in &pred.assoc {
                        self.unify(scalar, ty);
                    }
                    // Both sides are the same kind of number, but for shifts.
                    if let Some(&other) = pred.args.first()
                        && !name.starts_with("Sh")
                    {
                        let other = match *self.kind(self.actual(other)) {
                            TyKind::Ref(_, to) => to,
                            _ => other,
                        };
                        self.unify(scalar, other);
                    }
                }
                yes
            }
            _ => None,
        }
    }

    /// Whether a type has a trait by its structure: it derives it, or its kind always has it.
    fn is_structural(&mut self, name: &str, ty: Ty) -> bool {
        let kind = self.kind(ty).clone();
        let all = |checker: &mut Self, tys: &[Ty]| {
            tys.iter().all(|&ty| {
                let ty = checker.actual(ty);
                checker.is_unknown(ty) || checker.has_structural(name, ty)
            })
        };
        let is_fmt =
            matches!(name, "Debug" | "Display" | "LowerHex" | "UpperHex" | "Binary" | "Octal" | "LowerExp" | "Pointer");
        match kind {
            TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Float(_) | TyKind::Never => true,
            TyKind::Str => name != "Clone" && name != "Default",
            TyKind::Ref(mutable, to) => match name {
                "Clone" => !mutable,
                "Default" => to == Types::STR,
                "Pointer" => true,
                _ => all(self, &[to]),
            },
            TyKind::Tuple(fields) => name != "Display" && all(self, &fields),
            TyKind::Array(item, _) | TyKind::ArrayOf(item, _) | TyKind::Slice(item) => {
                name != "Display" && all(self, &[item])
            }
            TyKind::Closure(body) => name == "Clone" && self.low.closure_is_clone(body),
            TyKind::FnDef(..) | TyKind::FnPtr(..) => name == "Clone",
            TyKind::Adt(id, args) => {
                let def = &self.low.defs.types.adts[id.0 as usize];
                if def.derives.iter().any(|derive| derive == name) {
                    return all(self, &args);
                }
                use crate::ty::Builtin::*;
                let Some(builtin) = def.builtin else { return false };
                match builtin {
                    String => !matches!(name, "Clone"),
                    Box | Rc | Pin | Cell | RefCell | MutexGuard | CellRef | CellRefMut if is_fmt => {
                        builtin != Cell && builtin != MutexGuard && all(self, &args)
                    }
                    Box | Rc => name != "Clone" && all(self, &args),
                    Cell | RefCell => name == "Default" && all(self, &args),
                    Vec | VecDeque | HashMap | BTreeMap => {
                        !matches!(name, "Clone" | "Display") && (name == "Default" || all(self, &args))
                    }
                    Arguments => is_fmt,
                    _ => false,
                }
            }
            TyKind::Dyn(..) => false,
            TyKind::Error => true,
            _ => false,
        }
    }

    fn has_structural(&mut self, name: &str, ty: Ty) -> bool {
        if self.depth > 16 {
            return true;
        }
        let trait_ = self.low.defs.trait_id(name);
        let args = self.low.defs.default_trait_args(trait_, Vec::new(), ty);
        self.depth += 1;
        let selection = self.select(&Pred { ty, trait_, args, assoc: Vec::new() }, false);
        self.depth -= 1;
        !matches!(selection, Selection::No)
    }

    /// What a future gives.
    pub(super) fn output_of(&mut self, ty: Ty) -> Option<Ty> {
        match self.kind(ty).clone() {
            TyKind::Coroutine(body) => {
                let own = self.tree.bodies.iter().find(|info| info.id == body).map(|info| info.result);
                own.or_else(|| self.low.body_results.get(&body).copied())
            }
            TyKind::AsyncFn(id, args) => {
                let result = self.low.defs.items.fns[id as usize].result;
                Some(self.instantiate(result, &args))
            }
            TyKind::Opaque(id, args) => {
                let preds = self.low.defs.items.fns[id as usize].opaque.clone();
                let ty = preds.iter().find_map(|pred| pred.assoc.iter().find(|(name, _)| name == "Output"))?.1;
                Some(self.instantiate(ty, &args))
            }
            _ => None,
        }
    }

    /// The arguments, as a tuple, and the result of something that is called.
    pub(super) fn signature_of(&mut self, ty: Ty) -> Option<(Ty, Ty)> {
        match self.kind(ty).clone() {
            TyKind::Closure(body) => {
                let own = self.tree.bodies.iter().find(|info| info.id == body);
                match own.map(|info| (info.params.clone(), info.result)) {
                    Some((params, result)) => {
                        let tys = params.iter().map(|&pat| self.tree.pat(pat).ty).collect();
                        Some((self.intern(TyKind::Tuple(tys)), result))
                    }
                    None => self.low.closure_signatures.get(&body).copied(),
                }
            }
            TyKind::FnDef(id, args) => {
                let def = self.low.defs.items.fns[id as usize].clone();
                let params = def.params.iter().map(|&ty| self.instantiate(ty, &args)).collect();
                let result = match def.is_async {
                    true => self.intern(TyKind::AsyncFn(id, args)),
                    false => self.instantiate(def.result, &args),
                };
                Some((self.intern(TyKind::Tuple(params)), result))
            }
            TyKind::FnPtr(params, result) => Some((self.intern(TyKind::Tuple(params)), result)),
            _ => None,
        }
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

    fn is_numeric(&self, ty: Ty) -> bool {
        let ty = self.actual(ty);
        self.is_int_var(ty) || self.is_float_var(ty) || matches!(self.kind(ty), TyKind::Int(_) | TyKind::Float(_))
    }

    fn is_pointer(&self, ty: Ty) -> bool {
        matches!(self.low.defs.types.builtin(ty), Some(crate::ty::Builtin::Box | crate::ty::Builtin::Rc))
    }

    fn pred_has_infer(&mut self, pred: &Pred) -> bool {
        let ty = self.resolve(pred.ty);
        let args = pred.args.iter().map(|&arg| self.resolve(arg)).collect::<Vec<_>>();
        self.low.has_infer(ty) || args.into_iter().any(|arg| self.low.has_infer(arg))
    }
}
