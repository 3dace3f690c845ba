//! Unification: making two types equal by what variables stand for.

use super::{Checker, Infer};
use crate::items::Pred;
use crate::ty::{Ty, TyKind, Types};

impl Checker<'_> {
    /// What a type is, as far as known, without looking into its parts.
    pub(super) fn shallow(&self, ty: Ty) -> Ty {
        let mut ty = ty;
        while let TyKind::Infer(number) = *self.kind(ty) {
            match self.vars.get(number as usize) {
                Some(Infer::Known(known)) => ty = *known,
                _ => break,
            }
        }
        ty
    }

    /// The same, and what a parameter stands for.
    pub(super) fn actual(&self, ty: Ty) -> Ty {
        let mut ty = self.shallow(ty);
        while let TyKind::Param(_, to) = *self.kind(ty) {
            ty = self.shallow(to);
        }
        ty
    }

    /// What a type is, with all its parts.
    pub(super) fn resolve(&mut self, ty: Ty) -> Ty {
        if !self.low.has_infer(ty) {
            return ty;
        }
        let vars = std::mem::take(&mut self.vars);
        let resolved = self.low.defs.map_ty(ty, &mut |defs, ty| resolve_in(&vars, defs, ty));
        self.vars = vars;
        resolved
    }

    pub(super) fn is_unknown(&self, ty: Ty) -> bool {
        matches!(self.kind(self.shallow(ty)), TyKind::Infer(_))
    }

    pub(super) fn is_int_var(&self, ty: Ty) -> bool {
        match *self.kind(self.shallow(ty)) {
            TyKind::Infer(number) => matches!(self.vars[number as usize], Infer::Int),
            _ => false,
        }
    }

    pub(super) fn is_float_var(&self, ty: Ty) -> bool {
        match *self.kind(self.shallow(ty)) {
            TyKind::Infer(number) => matches!(self.vars[number as usize], Infer::Float),
            _ => false,
        }
    }

    fn set(&mut self, number: u32, state: Infer) {
        self.log.push((number, self.vars[number as usize]));
        self.vars[number as usize] = state;
    }

    /// Does something and undoes what it found out about variables, unless it says to keep it.
    pub(super) fn probe<T>(&mut self, f: impl FnOnce(&mut Self) -> (bool, T)) -> T {
        let mark = self.log.len();
        let obligations = self.obligations.len();
        let (keep, out) = f(self);
        if !keep {
            while self.log.len() > mark {
                if let Some((number, state)) = self.log.pop() {
                    self.vars[number as usize] = state;
                }
            }
            self.obligations.truncate(obligations);
        }
        out
    }

    /// Makes two types equal; false if they cannot be, and then nothing has changed.
    pub(super) fn unify(&mut self, a: Ty, b: Ty) -> bool {
        self.probe(|checker| {
            let equal = checker.unify_parts(a, b, 0);
            (equal, equal)
        })
    }

    fn unify_parts(&mut self, a: Ty, b: Ty, depth: u32) -> bool {
        let (a, b) = (self.shallow(a), self.shallow(b));
        if a == b || depth > 64 {
            return true;
        }
        let (ka, kb) = (self.low.defs.types.shared(a), self.low.defs.types.shared(b));
        let all = |checker: &mut Self, a: &[Ty], b: &[Ty]| {
            a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| checker.unify_parts(a, b, depth + 1))
        };
        match (&*ka, &*kb) {
            (&TyKind::Infer(x), &TyKind::Infer(y)) => {
                match (self.vars[x as usize], self.vars[y as usize]) {
                    (Infer::Int, Infer::Float) | (Infer::Float, Infer::Int) => return false,
                    (Infer::Unknown, _) => self.set(x, Infer::Known(b)),
                    _ => self.set(y, Infer::Known(a)),
                }
                true
            }
            (&TyKind::Infer(x), _) => self.bind(x, b),
            (_, &TyKind::Infer(y)) => self.bind(y, a),
            (TyKind::Error, _) | (_, TyKind::Error) => true,
            (&TyKind::Param(_, to), _) => self.unify_parts(to, b, depth + 1),
            (_, &TyKind::Param(_, to)) => self.unify_parts(a, to, depth + 1),
            (TyKind::Tuple(x), TyKind::Tuple(y)) => all(self, x, y),
            (TyKind::Array(x, n), TyKind::Array(y, m)) => n == m && all(self, &[*x], &[*y]),
            (TyKind::Array(x, n), TyKind::ArrayOf(y, m)) | (TyKind::ArrayOf(y, m), TyKind::Array(x, n)) => {
                let n = self.intern(TyKind::ConstValue(*n));
                all(self, &[*x, n], &[*y, *m])
            }
            (TyKind::ArrayOf(x, n), TyKind::ArrayOf(y, m)) => all(self, &[*x, *n], &[*y, *m]),
            (TyKind::Slice(x), TyKind::Slice(y)) => all(self, &[*x], &[*y]),
            (TyKind::Ref(m, x), TyKind::Ref(n, y)) | (TyKind::RawPtr(m, x), TyKind::RawPtr(n, y)) => {
                m == n && all(self, &[*x], &[*y])
            }
            (TyKind::Adt(m, x), TyKind::Adt(n, y)) => m == n && all(self, x, y),
            (TyKind::FnDef(m, x), TyKind::FnDef(n, y)) => m == n && all(self, x, y),
            (TyKind::AsyncFn(m, x), TyKind::AsyncFn(n, y)) => m == n && all(self, x, y),
            (TyKind::Opaque(m, x), TyKind::Opaque(n, y)) => m == n && all(self, x, y),
            (TyKind::FnPtr(x, r), TyKind::FnPtr(y, s)) => all(self, x, y) && all(self, &[*r], &[*s]),
            (TyKind::Dyn(m, x), TyKind::Dyn(n, y)) => m == n && all(self, x, y),
            (TyKind::Assoc(..), _) => {
                let new = self.normalize(a);
                new != a && self.unify_parts(new, b, depth + 1)
            }
            (_, TyKind::Assoc(..)) => {
                let new = self.normalize(b);
                new != b && self.unify_parts(a, new, depth + 1)
            }
            _ => false,
        }
    }

    fn bind(&mut self, number: u32, ty: Ty) -> bool {
        let fits = match self.vars[number as usize] {
            Infer::Unknown => true,
            Infer::Int => matches!(self.kind(self.actual(ty)), TyKind::Int(_) | TyKind::Error),
            Infer::Float => matches!(self.kind(self.actual(ty)), TyKind::Float(_) | TyKind::Error),
            Infer::Known(_) => return false,
        };
        if !fits {
            return false;
        }
        // A type that contains itself would never end.
        let resolved = self.resolve(ty);
        let own = self.intern(TyKind::Infer(number));
        if resolved != own && self.low.mentions(resolved, own) {
            return false;
        }
        self.set(number, Infer::Known(ty));
        true
    }

    /// What associated types are, as far as known; else variables that obligations will find.
    pub(super) fn normalize(&mut self, ty: Ty) -> Ty {
        if !self.low.has_assoc(ty) {
            return ty;
        }
        let kind = self.kind(ty).clone();
        match kind {
            TyKind::Infer(u32::MAX) => self.fresh(),
            TyKind::Assoc(trait_, name, args) => {
                let args = args.iter().map(|&ty| self.normalize(ty)).collect::<Vec<_>>();
                let out = self.fresh();
                let (ty, args) = (args[0], args[1..].to_vec());
                let pred = Pred { ty, trait_: trait_ as usize, args, assoc: vec![(name, out)] };
                if !self.try_obligation(&pred) {
                    self.obligations.push(super::Obligation { pred, span: crate::span::Span::NONE });
                }
                self.shallow(out)
            }
            _ => {
                let mut parts = Vec::new();
                let shape = self.low.defs.map_ty(ty, &mut |_, part| {
                    if part == ty {
                        return None;
                    }
                    parts.push(part);
                    Some(part)
                });
                debug_assert_eq!(shape, ty);
                let new = parts.into_iter().map(|part| self.normalize(part)).collect::<Vec<_>>();
                let mut at = 0;
                self.low.defs.map_ty(ty, &mut |_, part| {
                    if part == ty {
                        return None;
                    }
                    at += 1;
                    new.get(at - 1).copied()
                })
            }
        }
    }

    /// Numbers that nothing decides are `i32` and `f64`.
    pub(super) fn default_numbers(&mut self) {
        for number in 0..self.vars.len() {
            match self.vars[number] {
                Infer::Int => self.set(number as u32, Infer::Known(Types::I32)),
                Infer::Float => self.set(number as u32, Infer::Known(Types::F64)),
                _ => {}
            }
        }
    }
}

fn resolve_in(vars: &[Infer], defs: &mut crate::items::Defs, ty: Ty) -> Option<Ty> {
    match *defs.types.kind(ty) {
        TyKind::Infer(number) => match vars.get(number as usize) {
            Some(&Infer::Known(known)) => Some(defs.map_ty(known, &mut |defs, ty| resolve_in(vars, defs, ty))),
            _ => Some(ty),
        },
        _ => None,
    }
}
