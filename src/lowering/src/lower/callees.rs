//! What is called: by name, and through the structure of a type.

use super::Lowerer;
use crate::check::{Checker, Selected};
use crate::items::{Owner, Pred};
use crate::mir::Callee;
use crate::tree::FnRef;
use crate::ty::{Ty, TyKind};

impl Lowerer {
    /// What a drop, a clone or a comparison of the types that occur runs, though no call names it; whether there was anything new.
    pub(super) fn reach_impls(&mut self) -> bool {
        let tys = self.defs.types.variants.keys().copied().collect::<Vec<_>>();
        for ty in tys {
            if !self.is_concrete(ty) {
                continue;
            }
            for (_, func) in self.impls_of(ty) {
                self.callee(&func);
            }
        }
        !self.queue.is_empty()
    }

    /// The functions that are called through the structure of a type, by name.
    pub(super) fn impls_of(&mut self, ty: Ty) -> Vec<(String, FnRef)> {
        let mut found = Vec::new();
        let Some(def) = self.defs.types.adt(ty).cloned() else { return found };
        if def.has_drop {
            let trait_ = self.defs.trait_id("Drop");
            if let Some(&id) = self.defs.items.traits[trait_].fns.get("drop") {
                found.push(("Drop::drop".to_owned(), FnRef { id, args: vec![ty] }));
            }
        }
        let structural = ["Clone", "PartialEq", "PartialOrd", "Ord", "Debug", "Display", "Default"];
        for name in structural {
            let trait_ = self.defs.trait_id(name);
            let impls = self.defs.items.trait_impls.get(&trait_).cloned().unwrap_or_default();
            let own = impls.iter().any(|&id| {
                let header = &self.defs.items.impls[id];
                let same = match (self.defs.types.kind(header.self_ty), self.defs.types.kind(ty)) {
                    (TyKind::Adt(a, _), TyKind::Adt(b, _)) => a == b,
                    _ => false,
                };
                header.is_user && same
            });
            if !own {
                continue;
            }
            let method = match name {
                "Clone" => "clone",
                "PartialEq" => "eq",
                "PartialOrd" => "partial_cmp",
                "Ord" => "cmp",
                "Default" => "default",
                _ => "fmt",
            };
            if let Some(&id) = self.defs.items.traits[trait_].fns.get(method) {
                let mut args = vec![ty];
                args = {
                    let rest = self.defs.default_trait_args(trait_, Vec::new(), ty);
                    args.extend(rest);
                    args
                };
                found.push((format!("{name}::{method}"), FnRef { id, args }));
            }
        }
        found
    }

    /// What a call calls.
    pub(crate) fn callee(&mut self, func: &FnRef) -> Callee {
        let args = func.args.iter().map(|&ty| self.strip(ty)).collect::<Vec<_>>();
        let key = (func.id, args);
        if let Some(callee) = self.callees.get(&key) {
            return callee.clone();
        }
        let callee = self.find_callee(key.0, key.1.clone());
        self.callees.insert(key, callee.clone());
        callee
    }

    pub(super) fn find_callee(&mut self, id: usize, args: Vec<Ty>) -> Callee {
        let def = self.defs.items.fns[id].clone();
        let Owner::Trait(trait_) = def.owner else {
            return match &def.intrinsic {
                Some(name) => Callee::Intrinsic(name.clone(), args),
                None => Callee::Body(self.instance(id, &args).body),
            };
        };
        let parent = def.generics.parent;
        let name = format!("{}::{}", self.defs.items.traits[trait_].name, def.name);
        let pred = Pred { ty: args[0], trait_, args: args[1..parent].to_vec(), assoc: Vec::new() };
        match Checker::new(self).selected(&pred) {
            Some(Selected::Impl(impl_, impl_args)) => {
                if let Some(&own) = self.defs.items.impls[impl_].fns.get(&def.name) {
                    if self.defs.items.fns[own].intrinsic.is_some() {
                        let drop_name = self.defs.items.fns[own].intrinsic.clone().unwrap_or_default();
                        let name = if name == "Drop::drop" { drop_name } else { name };
                        return Callee::Intrinsic(name, args);
                    }
                    let mut all = impl_args;
                    all.extend(&args[parent..]);
                    return Callee::Body(self.instance(own, &all).body);
                }
                match def.has_body && def.intrinsic.is_none() {
                    true => Callee::Body(self.instance(id, &args).body),
                    false => Callee::Intrinsic(name, args),
                }
            }
            Some(Selected::Builtin)
                if def.has_body && def.intrinsic.is_none() && !matches!(&*name, "PartialEq::ne") =>
            {
                Callee::Body(self.instance(id, &args).body)
            }
            _ => Callee::Intrinsic(name, args),
        }
    }

    pub(crate) fn fn_item(&mut self, ty: Ty, func: &FnRef) {
        let ty = self.strip(ty);
        let callee = self.callee(func);
        self.fn_items.insert(ty, callee);
    }

    pub(crate) fn argument_fn(&self, trait_: &str) -> usize {
        let name = match trait_ {
            "Debug" => "argument_debug",
            "LowerHex" => "argument_lower_hex",
            "UpperHex" => "argument_upper_hex",
            "Binary" => "argument_binary",
            "Octal" => "argument_octal",
            "LowerExp" => "argument_lower_exp",
            "Pointer" => "argument_pointer",
            "usize" => "argument_usize",
            _ => "argument_display",
        };
        self.prelude_fns.get(name).copied().unwrap_or(0)
    }
}
