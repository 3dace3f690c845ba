//! Move paths: the locals with drop glue, and the parts of them that the body moves out of or assigns to.
//!
//! A path's children are its fields, variants (whose children are their fields) and items. The last that was found is the first child, as
//! in rustc, since the order of drop flags follows from it.

use crate::hash::HashMap;
use crate::lower::Lowerer;
use crate::mir::{Body, LocalDecl, Operand, Place, Proj, StatementKind, TerminatorKind};
use crate::ty::{Builtin, Ty, TyKind};

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

    /// Those of variables that have a name, whether or not they have drop glue.
    pub(super) fn of_named(low: &Lowerer, body: &Body) -> MovePaths {
        MovePaths::of_locals(low, body, LocalDecl::is_variable)
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
                    for operand in rvalue.operands() {
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
        let mut ty = body.locals[place.local.index()].ty;
        let mut keys = Vec::with_capacity(place.proj.len());
        let mut items = 0..0;
        for step in &place.proj {
            match key_of(low, &mut ty, step) {
                Step::Part(key) => keys.push(key),
                Step::Items(range) => {
                    items = range;
                    break;
                }
                Step::Opaque => return,
            }
        }
        let is_items = !items.is_empty();
        let mut at = root;
        for key in keys {
            at = self.child_or_new(at, key);
        }
        if is_items {
            items.for_each(|item| {
                self.child_or_new(at, Key::Item(item));
            });
        }
    }

    fn child_or_new(&mut self, path: usize, key: Key) -> usize {
        self.child(path, key).unwrap_or_else(|| {
            self.paths.push(Path { children: Vec::new() });
            let child = self.paths.len() - 1;
            self.paths[path].children.insert(0, (key, child));
            child
        })
    }

    pub(super) fn child(&self, path: usize, key: Key) -> Option<usize> {
        self.paths[path].children.iter().find(|(known, _)| *known == key).map(|&(_, child)| child)
    }

    /// Calls `f` with the paths of a place: more than one if it is several items. None if it is behind a pointer, or not a path as a
    /// whole.
    pub(super) fn find(&self, low: &Lowerer, body: &Body, place: &Place, mut f: impl FnMut(usize)) {
        let Some(&root) = self.locals.get(&place.local.0) else { return };
        let (mut path, mut ty) = (root, body.locals[place.local.index()].ty);
        for step in &place.proj {
            let child = match key_of(low, &mut ty, step) {
                Step::Part(key) => self.child(path, key),
                Step::Items(items) => {
                    return items.filter_map(|item| self.child(path, Key::Item(item))).for_each(f);
                }
                Step::Opaque => None,
            };
            match child {
                Some(child) => path = child,
                None => return,
            }
        }
        f(path);
    }

    /// The first of the paths of a place.
    pub(super) fn first(&self, low: &Lowerer, body: &Body, place: &Place) -> Option<usize> {
        let mut first = None;
        self.find(low, body, place, |path| {
            first.get_or_insert(path);
        });
        first
    }

    /// The deepest path on the way to a place, and whether it is that of the place as a whole.
    pub(super) fn deepest(&self, low: &Lowerer, body: &Body, place: &Place) -> Option<(usize, bool)> {
        let mut path = *self.locals.get(&place.local.0)?;
        let mut ty = body.locals[place.local.index()].ty;
        for (nth, step) in place.proj.iter().enumerate() {
            let child = match key_of(low, &mut ty, step) {
                Step::Part(key) => self.child(path, key),
                Step::Items(mut items) => {
                    let first = items.next().and_then(|item| self.child(path, Key::Item(item)));
                    let is_last = nth + 1 == place.proj.len();
                    return Some(first.map_or((path, false), |child| (child, is_last)));
                }
                Step::Opaque => None,
            };
            match child {
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

/// Where a step of a place leads.
enum Step {
    Part(Key),
    /// To these items of an array.
    Items(std::ops::Range<u64>),
    /// Behind a pointer that is no box, or to an item that is not known before it runs.
    Opaque,
}

/// A step from a value of type `ty`, which becomes the type of what it leads to.
fn key_of(low: &Lowerer, ty: &mut Ty, step: &Proj) -> Step {
    let types = &low.defs.types;
    *ty = actual(low, *ty);
    match (step, types.kind(*ty)) {
        (Proj::Deref, TyKind::Adt(_, args)) if types.builtin(*ty) == Some(Builtin::Box) => {
            *ty = args[0];
            Step::Part(Key::Box)
        }
        (Proj::Field(at, field), _) => {
            *ty = *field;
            Step::Part(Key::Field(*at))
        }
        (Proj::Downcast(at), _) => Step::Part(Key::Variant(*at)),
        (Proj::ConstantIndex(at, false), TyKind::Array(item, _)) => {
            *ty = *item;
            Step::Part(Key::Item(*at))
        }
        (Proj::Subslice(from, to), TyKind::Array(_, len)) => Step::Items(*from..len.saturating_sub(*to)),
        _ => Step::Opaque,
    }
}

pub(super) fn actual(low: &Lowerer, ty: Ty) -> Ty {
    let mut ty = ty;
    while let TyKind::Param(_, to) = *low.defs.types.kind(ty) {
        ty = to;
    }
    ty
}
