//! What a program and the prelude define: types, functions, traits, impls and constants, by name.
//!
//! Definitions are collected in two steps, first all names, then what their headers say, so that their order does not matter. Bodies stay
//! as [`syn`] parsed them: each instance of a function checks its own.

mod collect;
mod consts;
mod header;
mod recursive;
mod types;

pub(crate) use consts::eval_const;
pub(crate) use types::TyScope;

use crate::diagnostic::{Diagnostic, Severity};
use crate::hash::HashMap;
use crate::span::Span;
use crate::ty::{AdtId, Ty, Types};
use std::rc::Rc;

/// A predicate: a type implements a trait, whose associated types are these.
#[derive(Clone, Debug)]
pub(crate) struct Pred {
    pub(crate) ty: Ty,
    pub(crate) trait_: usize,
    pub(crate) args: Vec<Ty>,
    pub(crate) assoc: Vec<(String, Ty)>,
}

/// The parameters of a definition, those of its impl or trait first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Generics {
    pub(crate) names: Vec<String>,
    pub(crate) preds: Vec<Pred>,
    /// How many are those of the impl or trait.
    pub(crate) parent: usize,
}

/// Where a function stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Free,
    Impl(usize),
    Trait(usize),
}

/// A function.
pub(crate) struct FnDef {
    pub(crate) name: String,
    /// As debug information has it: `{impl#0}::fill`.
    pub(crate) path: String,
    pub(crate) owner: Owner,
    pub(crate) generics: Generics,
    /// The whole header and body.
    pub(crate) syntax: syn::ItemFn,
    pub(crate) params: Vec<Ty>,
    pub(crate) result: Ty,
    pub(crate) is_async: bool,
    pub(crate) has_body: bool,
    /// The name by which the interpreter knows it.
    pub(crate) intrinsic: Option<String>,
    pub(crate) is_user: bool,
    /// The parameters that stand for `impl Trait` arguments and the predicates of a result `impl Trait`.
    pub(crate) opaque: Vec<Pred>,
    pub(crate) span: Span,
}

/// A trait.
#[derive(Clone, Debug)]
pub(crate) struct TraitDef {
    pub(crate) name: String,
    /// `Self` first.
    pub(crate) generics: Generics,
    pub(crate) assoc: Vec<String>,
    pub(crate) fns: HashMap<String, usize>,
    /// The traits that it needs.
    pub(crate) supers: Vec<Pred>,
    /// Every type implements it: `Sized`, `Send`.
    pub(crate) is_marker: bool,
    /// Types implement it by their structure, if they derive it: `Clone`, `Debug`.
    pub(crate) is_structural: bool,
}

/// An impl.
#[derive(Clone, Debug)]
pub(crate) struct ImplDef {
    pub(crate) generics: Generics,
    pub(crate) trait_: Option<(usize, Vec<Ty>)>,
    pub(crate) self_ty: Ty,
    pub(crate) assoc: HashMap<String, Ty>,
    pub(crate) fns: HashMap<String, usize>,
    pub(crate) is_user: bool,
}

/// A constant.
#[derive(Clone)]
pub(crate) struct ConstDef {
    pub(crate) ty: Rc<syn::Type>,
    pub(crate) expr: Rc<syn::Expr>,
}

/// All definitions. They are shared, since every program begins with a copy of the prelude's.
#[derive(Clone, Default)]
pub(crate) struct Items {
    pub(crate) adts: HashMap<String, AdtId>,
    /// Generics of each definition, by [`AdtId`].
    pub(crate) adt_preds: Vec<Generics>,
    pub(crate) traits: Vec<Rc<TraitDef>>,
    pub(crate) trait_names: HashMap<String, usize>,
    pub(crate) fns: Vec<Rc<FnDef>>,
    pub(crate) free_fns: HashMap<String, usize>,
    pub(crate) impls: Vec<Rc<ImplDef>>,
    pub(crate) consts: HashMap<String, ConstDef>,
    pub(crate) aliases: HashMap<String, (Vec<String>, Rc<syn::Type>)>,
    /// Variants that are named without their enum.
    pub(crate) variants: HashMap<String, (AdtId, u32)>,
    /// Functions with a `self`, of impls without a trait and of traits.
    pub(crate) methods: HashMap<String, Vec<usize>>,
    /// The impls of each trait.
    pub(crate) trait_impls: HashMap<usize, Vec<usize>>,
    pub(crate) inherent_impls: Vec<usize>,
    /// How many impls each module, or body of a function, has had.
    pub(crate) impl_counts: HashMap<String, usize>,
}

/// Types and definitions, and what is wrong with them.
#[derive(Clone, Default)]
pub(crate) struct Defs {
    pub(crate) types: Types,
    pub(crate) items: Items,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Defs {
    pub(crate) fn error(&mut self, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic { severity: Severity::Error, message: message.into(), help: None, span });
    }

    pub(crate) fn unsupported(&mut self, span: Span, message: impl Into<String>, help: &str) {
        let help = (!help.is_empty()).then(|| help.to_owned());
        self.diagnostics.push(Diagnostic { severity: Severity::Unsupported, message: message.into(), help, span });
    }

    pub(crate) fn trait_id(&self, name: &str) -> usize {
        self.items.trait_names.get(name).copied().unwrap_or(0)
    }

    /// The type of a definition of the prelude.
    pub(crate) fn adt_ty(&mut self, name: &str, args: Vec<Ty>) -> Ty {
        match self.items.adts.get(name) {
            Some(&id) => self.types.intern(crate::ty::TyKind::Adt(id, args)),
            None => Types::ERROR,
        }
    }
}
