//! Paths: a local and steps into what it owns.

use crate::mir::{Local, Place, Proj};
use crate::program::Program;
use crate::ty::{Builtin, Ty, TyKind};

/// A step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Step {
    Field(u32),
    Downcast(u32),
    /// What a box holds.
    Boxed,
    Item(u64, bool),
}

/// A part of a local.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Path {
    pub(super) local: Local,
    pub(super) steps: Vec<Step>,
}

impl Path {
    pub(super) fn whole(local: Local) -> Path {
        Path { local, steps: Vec::new() }
    }

    pub(super) fn then(&self, step: Step) -> Path {
        let mut path = self.clone();
        path.steps.push(step);
        path
    }

    /// Whether the other is this part or lies in it.
    pub(super) fn holds(&self, other: &Path) -> bool {
        self.local == other.local && other.steps.starts_with(&self.steps)
    }
}

/// What a place is: a part of a local, and its type; or something behind a pointer.
pub(super) fn path_of(program: &Program, local_ty: Ty, place: &Place) -> (Option<Path>, Ty) {
    let mut path = Some(Path::whole(place.local));
    let mut ty = local_ty;
    for step in &place.proj {
        let next = match step {
            Proj::Field(index, field) => {
                // What is in a `ManuallyDrop` is nobody's to drop.
                let is_own = program.types.builtin(ty) != Some(Builtin::ManuallyDrop);
                ty = *field;
                is_own.then_some(Step::Field(*index))
            }
            Proj::Downcast(variant) => Some(Step::Downcast(*variant)),
            Proj::ConstantIndex(offset, from_end) => {
                if let TyKind::Array(item, _) | TyKind::Slice(item) = program.types.kind(ty) {
                    ty = *item;
                }
                Some(Step::Item(*offset, *from_end))
            }
            Proj::Deref => match (program.types.kind(ty), program.types.builtin(ty)) {
                (TyKind::Adt(_, args), Some(Builtin::Box)) if !args.is_empty() => {
                    ty = args[0];
                    Some(Step::Boxed)
                }
                (TyKind::Ref(_, to) | TyKind::RawPtr(_, to), _) => {
                    ty = *to;
                    None
                }
                _ => None,
            },
            // Nothing is moved out of these: they stand for the whole.
            Proj::Index(_) | Proj::Subslice(..) => return (path.filter(|p| p.steps.is_empty()), ty),
        };
        path = match (path, next) {
            (Some(path), Some(step)) => Some(path.then(step)),
            _ => None,
        };
    }
    (path, ty)
}
