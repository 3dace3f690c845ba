//! What closures and async blocks capture, as rustc's edition 2021 rules say: places rather than variables, each by the least that its
//! uses need, by value if `move` is written.
//!
//! Uses are collected in the order of evaluation, those within a closure within it included; places that contain each other are
//! merged; the captures of one variable are sorted by field.

mod uses;

use crate::items::Defs;
use crate::order::sort_by_key;
use crate::tree::{CallKind, Capture, Step, Tree, VarId};
use crate::ty::{Ty, TyKind, Types};

/// What a use needs, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Read,
    Mut,
    Copy,
    Move,
}

#[derive(Clone, Debug)]
struct Place {
    var: VarId,
    steps: Vec<Step>,
    /// Types before each step, and at the end.
    tys: Vec<Ty>,
}

impl Place {
    fn ty(&self) -> Ty {
        self.tys.last().copied().unwrap_or(Types::ERROR)
    }

    fn truncate(&mut self, len: usize) {
        self.steps.truncate(len);
        self.tys.truncate(len + 1);
    }
}

struct Visitor<'a> {
    tree: &'a Tree,
    defs: &'a Defs,
    /// The bodies within.
    inner: Vec<usize>,
    uses: Vec<(Place, Use)>,
    mentioned: Vec<VarId>,
}

/// The captures of a body, and how it may be called, from those of the bodies within.
pub(super) fn captures_of(tree: &Tree, defs: &Defs, body: usize) -> (Vec<Capture>, CallKind) {
    let mut visitor = Visitor { tree, defs, inner: vec![body], uses: Vec::new(), mentioned: Vec::new() };
    visitor.find_inner(tree.bodies[body].value);
    visitor.mention(tree.bodies[body].value);
    visitor.consume(tree.bodies[body].value);
    let has_move = visitor.uses.iter().any(|&(_, how)| how == Use::Move);
    let has_mut = visitor.uses.iter().any(|&(_, how)| how == Use::Mut);
    let call = match (has_move, has_mut) {
        (true, _) => CallKind::Once,
        (false, true) => CallKind::Mut,
        _ => CallKind::Ref,
    };
    let is_move = tree.bodies[body].is_move;
    let mut kept: Vec<(Place, Use)> = Vec::new();
    for (mut place, how) in std::mem::take(&mut visitor.uses) {
        let mut how = how;
        // What has a `Drop` impl is not taken apart.
        if how == Use::Move {
            let whole = (0..place.steps.len())
                .find(|&at| defs.types.adt(actual(defs, place.tys[at])).is_some_and(|def| def.has_drop));
            if let Some(at) = whole {
                place.truncate(at);
            }
        }
        let first_deref = place.steps.iter().position(|step| *step == Step::Deref);
        if is_move {
            if let Some(at) = first_deref {
                place.truncate(at);
            }
            how = Use::Move;
        } else {
            if how == Use::Copy {
                how = Use::Read;
            }
            if how == Use::Move
                && let Some(at) = first_deref
            {
                place.truncate(at);
            }
            // Behind a shared reference, that reference is enough.
            if how == Use::Read {
                let last = (0..place.steps.len()).rev().find(|&at| {
                    place.steps[at] == Step::Deref
                        && matches!(defs.types.kind(actual(defs, place.tys[at])), TyKind::Ref(false, _))
                });
                if let Some(at) = last {
                    place.truncate(at + 1);
                }
            }
        }
        merge(&mut kept, place, how);
    }
    let mut captures = Vec::new();
    for &var in &visitor.mentioned {
        let mut of_var = kept.iter().filter(|(place, _)| place.var == var).collect::<Vec<_>>();
        sort_by_key(&mut of_var, |(place, _)| {
            let fields = place.steps.iter().map(|step| match step {
                Step::Field(at, _) => *at,
                Step::Deref => 0,
            });
            fields.collect::<Vec<_>>()
        });
        for (place, how) in of_var {
            let by_ref = match how {
                Use::Read | Use::Copy if !is_move => Some(false),
                Use::Mut => Some(true),
                _ => None,
            };
            captures.push(Capture { var, steps: place.steps.clone(), ty: place.ty(), by_ref });
        }
    }
    (captures, call)
}

/// One place for two of which one contains the other.
fn merge(kept: &mut Vec<(Place, Use)>, place: Place, how: Use) {
    let contains = |a: &Place, b: &Place| a.var == b.var && b.steps.starts_with(&a.steps);
    if let Some((_, known_how)) = kept.iter_mut().find(|(known, _)| contains(known, &place)) {
        *known_how = (*known_how).max(how);
        return;
    }
    let mut how = how;
    kept.retain(|(known, known_how)| {
        let within = contains(&place, known);
        if within {
            how = how.max(*known_how);
        }
        !within
    });
    kept.push((place, how));
}

fn actual(defs: &Defs, ty: Ty) -> Ty {
    let mut ty = ty;
    while let TyKind::Param(_, to) = *defs.types.kind(ty) {
        ty = to;
    }
    ty
}

impl Visitor<'_> {}
