//! Move paths: the locals with drop glue, and the parts of them that the body moves out of or assigns to.
//!
//! A path's children are its fields, variants (whose children are their fields) and items. The last that was found is the first child, as
//! in rustc, since the order of drop flags follows from it.

use crate::lower::Lowerer;
use crate::mir::{Body, LocalDecl, Operand, Place, Proj, Rvalue, StatementKind, TerminatorKind};
use crate::ty::{Builtin, Ty, TyKind};
use std::collections::HashMap;

/// A step without its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Field(u32),
    Variant(u32),
    Item(u64),
    Box,
}

#[derive(Debug)]
pub(super) struct Path {
    pub(super) children: Vec<(Key, usize)>,
}

#[derive(Debug, Default)]
pub(super) struct MovePaths {
    pub(super) paths: Vec<Path>,
    pub(super) locals: HashMap<u32, usize>,
}

impl MovePaths {
    pub(super) fn of(low: &Lowerer, body: &Body) -> MovePaths {
        MovePaths::of_locals(low, body, |local| low.defs.types.needs_drop(local.ty))
    }

    /// Those of all locals.
    pub(super) fn of_all(low: &Lowerer, body: &Body) -> MovePaths {
        MovePaths::of_locals(low, body, |_| true)
    }

    fn of_locals(low: &Lowerer, body: &Body, wanted: impl Fn(&LocalDecl) -> bool) -> MovePaths {
        let mut paths = MovePaths::default();
        for (i, local) in body.locals.iter().enumerate() {
            if wanted(local) {
                paths.locals.insert(i as u32, paths.paths.len());
                paths.paths.push(Path { children: Vec::new() });
            }
        }
        for block in &body.blocks {
            for statement in &block.statements {
                if let StatementKind::Assign(place, rvalue) = &statement.kind {
                    paths.create(low, body, place);
                    for operand in operands(rvalue) {
                        paths.create_operand(low, body, operand);
                    }
                }
            }
            match &block.terminator.kind {
                TerminatorKind::Call { func, args, destination, .. } => {
                    paths.create_operand(low, body, func);
                    args.iter().for_each(|arg| paths.create_operand(low, body, arg));
                    paths.create(low, body, destination);
                }
                TerminatorKind::SwitchInt { value, .. } => paths.create_operand(low, body, value),
                _ => {}
            }
        }
        paths
    }

    fn create_operand(&mut self, low: &Lowerer, body: &Body, operand: &Operand) {
        if let Operand::Move(place) = operand {
            self.create(low, body, place);
        }
    }

    fn create(&mut self, low: &Lowerer, body: &Body, place: &Place) {
        let Some(&root) = self.locals.get(&place.local.0) else { return };
        let Some(lists) = keys(low, body, place) else { return };
        for list in lists {
            let mut at = root;
            for key in list {
                at = match self.child(at, key) {
                    Some(child) => child,
                    None => {
                        self.paths.push(Path { children: Vec::new() });
                        let child = self.paths.len() - 1;
                        self.paths[at].children.insert(0, (key, child));
                        child
                    }
                };
            }
        }
    }

    pub(super) fn child(&self, path: usize, key: Key) -> Option<usize> {
        self.paths[path].children.iter().find(|(known, _)| *known == key).map(|&(_, child)| child)
    }

    /// The paths of a place: more than one if it is several items. None if it is behind a pointer, or not a path as a whole.
    pub(super) fn find(&self, low: &Lowerer, body: &Body, place: &Place) -> Vec<usize> {
        let Some(&root) = self.locals.get(&place.local.0) else { return Vec::new() };
        let Some(lists) = keys(low, body, place) else { return Vec::new() };
        let paths = lists.into_iter().filter_map(|list| list.into_iter().try_fold(root, |at, key| self.child(at, key)));
        paths.collect()
    }

    /// The deepest path on the way to a place, and whether it is that of the place as a whole.
    pub(super) fn deepest(&self, low: &Lowerer, body: &Body, place: &Place) -> Option<(usize, bool)> {
        let mut path = *self.locals.get(&place.local.0)?;
        for len in 1..=place.proj.len() {
            let part = Place { local: place.local, proj: place.proj[..len].to_vec() };
            let Some(list) = keys(low, body, &part).and_then(|lists| lists.into_iter().next()) else {
                return Some((path, false));
            };
            match list.last().and_then(|&key| self.child(path, key)) {
                Some(child) => path = child,
                None => return Some((path, false)),
            }
        }
        Some((path, true))
    }

    /// A path and all below it, itself first.
    pub(super) fn with_children(&self, path: usize, f: &mut impl FnMut(usize)) {
        f(path);
        for &(_, child) in &self.paths[path].children {
            self.with_children(child, f);
        }
    }
}

/// The steps to a place; none if it is behind a pointer that is no box.
fn keys(low: &Lowerer, body: &Body, place: &Place) -> Option<Vec<Vec<Key>>> {
    let types = &low.defs.types;
    let mut ty = body.locals[place.local.index()].ty;
    let mut lists = vec![Vec::new()];
    let mut variant = None;
    for step in &place.proj {
        ty = actual(low, ty);
        let key = match step {
            Proj::Deref => match (types.builtin(ty), types.kind(ty)) {
                (Some(Builtin::Box), TyKind::Adt(_, args)) => {
                    ty = args[0];
                    Key::Box
                }
                _ => return None,
            },
            Proj::Field(at, field_ty) => {
                variant = None;
                ty = *field_ty;
                Key::Field(*at)
            }
            Proj::Downcast(at) => {
                variant = Some(*at);
                Key::Variant(*at)
            }
            Proj::Index(_) => return None,
            Proj::ConstantIndex(at, false) => match types.kind(ty) {
                TyKind::Array(item, _) => {
                    ty = *item;
                    Key::Item(*at)
                }
                _ => return None,
            },
            Proj::ConstantIndex(..) => return None,
            Proj::Subslice(from, to) => match types.kind(ty) {
                TyKind::Array(_, len) => {
                    let items = *from..len.saturating_sub(*to);
                    let all = items.flat_map(|item| {
                        lists.iter().map(move |list: &Vec<Key>| {
                            let mut list = list.clone();
                            list.push(Key::Item(item));
                            list
                        })
                    });
                    return Some(all.collect());
                }
                _ => return None,
            },
        };
        lists.iter_mut().for_each(|list| list.push(key));
    }
    let _ = variant;
    Some(lists)
}

pub(super) fn actual(low: &Lowerer, ty: Ty) -> Ty {
    let mut ty = ty;
    while let TyKind::Param(_, to) = *low.defs.types.kind(ty) {
        ty = to;
    }
    ty
}

pub(super) fn operands(rvalue: &Rvalue) -> Vec<&Operand> {
    match rvalue {
        Rvalue::Use(operand) | Rvalue::Repeat(operand, _) | Rvalue::Unary(_, operand) | Rvalue::Cast(_, operand, _) => {
            vec![operand]
        }
        Rvalue::Binary(_, operands) => vec![&operands.0, &operands.1],
        Rvalue::Aggregate(_, _, operands) => operands.iter().collect(),
        Rvalue::Ref(..) | Rvalue::RawPtr(..) | Rvalue::Discriminant(_) => Vec::new(),
    }
}
