//! What is known of every local on one path through a body.

use super::path::{Path, Step};
use crate::bits::BitSet;
use crate::mir::Local;
use crate::program::Program;
use crate::ty::{Builtin, Ty, TyKind};
use std::collections::{BTreeMap, BTreeSet};

/// A state of the symbolic execution. Equal states go on alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct State {
    /// Locals that have a value, if not all parts of it.
    pub(super) written: BitSet,
    /// Locals whose bytes are needed.
    pub(super) occupied: BitSet,
    /// Locals that were borrowed since they got storage.
    pub(super) borrowed: BitSet,
    /// Parts that were moved out of, or dropped.
    pub(super) gone: BTreeSet<Path>,
    /// The variants that an enum may have, where not all.
    pub(super) variants: BTreeMap<Path, BTreeSet<u32>>,
    /// Drop flags that were set or cleared.
    pub(super) flags: BTreeMap<Local, bool>,
    /// Locals that hold the discriminant of a part.
    pub(super) discriminants: BTreeMap<Local, (Path, Ty)>,
}

impl State {
    /// Whether all of a part is there.
    pub(super) fn is_there(&self, path: &Path) -> bool {
        self.written.contains(path.local.index()) && !self.gone.iter().any(|gone| gone.holds(path) || path.holds(gone))
    }

    /// Whether it is there, or some of it: enough to read a discriminant, or to borrow what is left.
    pub(super) fn is_partly_there(&self, path: &Path) -> bool {
        self.written.contains(path.local.index()) && !self.gone.iter().any(|gone| gone.holds(path))
    }

    /// A part gets a value.
    pub(super) fn write(&mut self, path: &Path) {
        self.forget(path);
        self.gone.retain(|gone| !path.holds(gone));
        if path.steps.is_empty() {
            self.written.insert(path.local.index());
        }
        self.occupied.insert(path.local.index());
    }

    /// A part loses its value.
    pub(super) fn take(&mut self, path: &Path) {
        self.forget(path);
        if path.steps.is_empty() {
            self.written.remove(path.local.index());
            self.gone.retain(|gone| gone.local != path.local);
            if !self.borrowed.contains(path.local.index()) {
                self.occupied.remove(path.local.index());
            }
        } else {
            self.gone.retain(|gone| !path.holds(gone));
            self.gone.insert(path.clone());
        }
    }

    /// What was known of the variants of a part, and of what lies in it, is known no more.
    pub(super) fn forget(&mut self, path: &Path) {
        self.variants.retain(|known, _| !path.holds(known));
        self.discriminants.retain(|_, (known, _)| !path.holds(known));
    }

    /// All that was known of a local is over.
    pub(super) fn end(&mut self, local: Local) {
        self.forget(&Path::whole(local));
        self.discriminants.remove(&local);
        self.gone.retain(|gone| gone.local != local);
        for set in [&mut self.written, &mut self.occupied, &mut self.borrowed] {
            set.remove(local.index());
        }
    }

    /// Whether a part of something has drop glue and is still there.
    pub(super) fn is_left(&self, program: &Program, path: &Path, ty: Ty) -> bool {
        self.left_within(program, path, ty, 0)
    }

    fn left_within(&self, program: &Program, path: &Path, ty: Ty, depth: u32) -> bool {
        let types = &program.types;
        if !types.needs_drop(ty) || self.gone.iter().any(|gone| gone.holds(path)) || depth > 32 {
            return false;
        }
        let known = self.variants.get(path);
        // Where nothing of it is gone and its variant is not known, all of it is there.
        if known.is_none() && !self.gone.iter().any(|gone| path.holds(gone)) && !self.knows_within(path) {
            return true;
        }
        let field =
            |path: &Path, i: usize, ty: Ty| self.left_within(program, &path.then(Step::Field(i as u32)), ty, depth + 1);
        match types.kind(ty) {
            TyKind::Tuple(fields) => fields.iter().enumerate().any(|(i, &ty)| field(path, i, ty)),
            TyKind::Closure(body) | TyKind::Coroutine(body) => {
                types.upvars(*body).iter().enumerate().any(|(i, upvar)| field(path, i, upvar.ty))
            }
            // An array is moved out of item by item: the front half does all of them or none.
            TyKind::Array(..) => false,
            TyKind::Adt(..) => {
                let Some(def) = types.adt(ty) else { return true };
                if def.builtin == Some(Builtin::Box) {
                    // A box that was moved out of is freed, not dropped.
                    return false;
                }
                types.variants(ty).iter().enumerate().any(|(v, variant)| {
                    if known.is_some_and(|known| !known.contains(&(v as u32))) {
                        return false;
                    }
                    let path = if def.is_enum { path.then(Step::Downcast(v as u32)) } else { path.clone() };
                    // A part that is gone says which variant it was.
                    let is_another = def.is_enum
                        && known.is_none()
                        && self.gone.iter().any(|gone| {
                            gone.local == path.local
                                && gone.steps.starts_with(&path.steps[..path.steps.len() - 1])
                                && !path.holds(gone)
                        });
                    !is_another && variant.fields.iter().enumerate().any(|(i, f)| field(&path, i, f.ty))
                })
            }
            _ => true,
        }
    }

    fn knows_within(&self, path: &Path) -> bool {
        self.variants.keys().any(|known| path.holds(known))
    }
}
