//! Predicates that need no impl: what the compiler knows by itself, and what types have by their structure.

use super::super::Checker;
use super::{Selected, Selection};
use crate::items::Pred;
use crate::ty::{Ty, TyKind, Types};

impl Checker<'_> {
    /// What the compiler knows by itself; none if impls are to be looked at.
    pub(super) fn select_builtin(&mut self, name: &str, self_ty: Ty, pred: &Pred, learn: bool) -> Option<Selection> {
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
    pub(super) fn is_structural(&mut self, name: &str, ty: Ty) -> bool {
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

    pub(super) fn has_structural(&mut self, name: &str, ty: Ty) -> bool {
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
    pub(in super::super) fn output_of(&mut self, ty: Ty) -> Option<Ty> {
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
    pub(in super::super) fn signature_of(&mut self, ty: Ty) -> Option<(Ty, Ty)> {
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

    pub(super) fn is_numeric(&self, ty: Ty) -> bool {
        let ty = self.actual(ty);
        self.is_int_var(ty) || self.is_float_var(ty) || matches!(self.kind(ty), TyKind::Int(_) | TyKind::Float(_))
    }

    pub(super) fn is_pointer(&self, ty: Ty) -> bool {
        matches!(self.low.defs.types.builtin(ty), Some(crate::ty::Builtin::Box | crate::ty::Builtin::Rc))
    }
}
