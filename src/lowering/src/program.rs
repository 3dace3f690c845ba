//! A whole program, lowered: what the front half hands to the back half.

use crate::diagnostic::Diagnostic;
use crate::hash::HashMap;
use crate::mir::{Body, BodyId, BodyKind, Callee, Local};
use crate::release::Release;
use crate::ty::{Ty, TyKind, Types};

/// All that `main` reaches. If there are diagnostics, bodies may be missing parts, but every id that occurs is valid.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The release whose rules it was lowered by.
    pub release: Release,
    /// Every type that occurs.
    pub types: Types,
    /// Every body, by [`BodyId`].
    pub bodies: Vec<Body>,
    /// The function `main` (the body that makes its coroutine, not the coroutine); none if there is no such function.
    pub entry: Option<BodyId>,
    /// What `Drop::drop` of a type runs; types without an entry have drop glue only for their fields, or none.
    pub drop_impls: HashMap<Ty, Callee>,
    /// The person's own impls of traits that intrinsics call (`"Clone::clone"`, `"PartialEq::eq"`, `"Display::fmt"`), by type and method.
    pub impls: HashMap<Ty, Vec<(String, BodyId)>>,
    /// What each function item that is used as a value calls.
    pub fn_items: HashMap<Ty, Callee>,
    /// In order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl Program {
    /// A body.
    pub fn body(&self, id: BodyId) -> &Body {
        &self.bodies[id.0 as usize]
    }

    /// The person's own impl of a method of a trait for a type.
    pub fn impl_of(&self, method: &str, ty: Ty) -> Option<BodyId> {
        self.impls.get(&ty)?.iter().find(|(known, _)| known == method).map(|&(_, body)| body)
    }

    /// The functions that a run may begin with: async ones of the person's, without parameters.
    pub fn entries(&self) -> impl Iterator<Item = BodyId> {
        let ids = (0..self.bodies.len() as u32).map(BodyId);
        ids.filter(|&id| {
            let body = self.body(id);
            body.kind == BodyKind::Fn
                && body.arg_count == 0
                && !body.blocks.is_empty()
                && !body.name.contains(['<', '{'])
                && matches!(self.types.kind(body.local(Local::RETURN).ty), TyKind::Coroutine(_))
        })
    }
}
