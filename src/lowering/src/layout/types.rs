//! The layouts of a program's types, each computed once.
//!
//! A type of std whose insides the definition gives is laid out like any other struct; for a few that are more than that (pointers,
//! cells, which hide niches) the engine knows what they are.

use super::coroutine::{self, Coroutine, Plan};
use super::enums::{self, Encoding, Part};
use super::niche::Niche;
use super::rule::Rule;
use super::univariant::{Field, Kind, Univariant, univariant};
use crate::analysis::Saved;
use crate::hash::HashMap;
use crate::mir::{BodyId, Local};
use crate::program::Program;
use crate::ty::{AdtDef, Builtin, Opaque, Ty, TyKind, Types};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How a type is laid out. All numbers are bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The size.
    pub size: u64,
    /// The alignment, a power of two.
    pub align: u64,
    /// The offsets of its fields, for each variant; types without variants have one. A coroutine's are its captures.
    pub offsets: Vec<Vec<u64>>,
    /// The largest niche.
    pub niche: Option<Niche>,
    /// How an enum's variant is told.
    pub encoding: Encoding,
    /// Whether it has no values.
    pub uninhabited: bool,
}

/// A coroutine: what is saved where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What the analyses say.
    pub saved: Saved,
    /// The type of each slot.
    pub types: Vec<Ty>,
    /// Where it lies.
    pub places: Coroutine,
}

/// The size of a pointer to something sized.
pub const POINTER: u64 = 4;
/// No value is larger: offsets are of 31 bits.
pub const MOST: u64 = i32::MAX as u64;
/// How deep types may be nested in each other.
const DEPTH: u32 = 128;

/// Layouts that were asked for, and the frames of coroutines.
#[derive(Debug, Default)]
pub struct Layouts {
    rule: Rule,
    known: RefCell<HashMap<Ty, Option<Rc<Layout>>>>,
    frames: RefCell<HashMap<BodyId, Option<Rc<Frame>>>>,
    depth: Cell<u32>,
}

impl Layouts {
    /// For a program, by the rule of its release.
    pub fn new(program: &Program) -> Layouts {
        Layouts { rule: Rule::of(program.release), ..Layouts::default() }
    }

    /// The rule that they follow.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The layout of a type; none as [`layout_of`](super::layout_of) says.
    pub fn of(&self, program: &Program, ty: Ty) -> Option<Rc<Layout>> {
        if let Some(known) = self.known.borrow().get(&ty) {
            return known.clone();
        }
        // Until it is known, who asks for it from within finds that it contains itself.
        self.known.borrow_mut().insert(ty, None);
        let depth = self.depth.get();
        self.depth.set(depth + 1);
        let layout = if depth < DEPTH { self.compute(program, ty) } else { None };
        self.depth.set(depth);
        let layout = layout.filter(|l| l.size <= MOST).map(Rc::new);
        self.known.borrow_mut().insert(ty, layout.clone());
        layout
    }

    /// What a coroutine saves where; none if its body is no coroutine's, or a type in it has no layout.
    pub fn frame(&self, program: &Program, body: BodyId) -> Option<Rc<Frame>> {
        if let Some(known) = self.frames.borrow().get(&body) {
            return known.clone();
        }
        let frame = self.compute_frame(program, body).map(Rc::new);
        self.frames.borrow_mut().insert(body, frame.clone());
        frame
    }

    fn compute_frame(&self, program: &Program, id: BodyId) -> Option<Frame> {
        let body = program.bodies.get(id.0 as usize).filter(|body| body.kind.is_coroutine())?;
        let saved = Saved::of(body);
        let type_of = |local: &Local| {
            let renamed = [Local::RETURN, Local::RESUME];
            let local = local.index().checked_sub(body.locals.len()).map_or(*local, |nth| renamed[nth.min(1)]);
            body.locals.get(local.index()).map(|decl| decl.ty)
        };
        let types: Vec<Ty> = saved.slots.iter().map(type_of).collect::<Option<_>>()?;
        let slots = types.iter().map(|&ty| self.of(program, ty).map(|l| (l.size, l.align))).collect::<Option<_>>()?;
        let captures = self.captures(program, id)?;
        let points = saved.points.iter().map(|point| point.saved.clone()).collect();
        let places = coroutine::layout(&Plan { captures, slots, saved: points, conflicts: saved.conflicts.clone() });
        Some(Frame { saved, types, places })
    }

    fn captures(&self, program: &Program, body: BodyId) -> Option<Vec<Field>> {
        program.types.upvars(body).iter().map(|upvar| Some(self.part(program, upvar.ty)?.field)).collect()
    }

    fn part(&self, program: &Program, ty: Ty) -> Option<Part> {
        let Layout { size, align, niche, uninhabited, .. } = *self.of(program, ty)?;
        Some(Part { field: Field { size, align, niche }, uninhabited })
    }

    fn compute(&self, program: &Program, ty: Ty) -> Option<Layout> {
        let types = &program.types;
        Some(match types.kind(ty) {
            TyKind::Bool => Layout::scalar(1, 0, 1),
            TyKind::Char => Layout::scalar(4, 0, 0x10_ffff),
            TyKind::Int(int) => Layout::scalar(int.size().into(), 0, u128::MAX >> (128 - 8 * int.size())),
            TyKind::Float(bits) => Layout::plain(u64::from(bits / 8), u64::from(bits / 8)),
            TyKind::Never => Layout { uninhabited: true, ..Layout::plain(0, 1) },
            TyKind::Ref(_, to) => Layout::pointer(types, *to, true),
            TyKind::RawPtr(_, to) => Layout::pointer(types, *to, false),
            TyKind::FnPtr(..) => Layout::scalar(POINTER, 1, u32::MAX.into()),
            TyKind::FnDef(..) => Layout::plain(0, 1),
            TyKind::Tuple(fields) => self.fields(program, fields, Kind::MaybeUnsized)?,
            TyKind::Closure(body) => {
                let upvars: Vec<Ty> = types.upvars(*body).iter().map(|upvar| upvar.ty).collect();
                self.fields(program, &upvars, Kind::Sized)?
            }
            TyKind::Array(item, len) => {
                let item = self.of(program, *item)?;
                let (niche, uninhabited) = (item.niche.filter(|_| *len > 0), item.uninhabited && *len > 0);
                Layout { niche, uninhabited, ..Layout::plain(item.size.checked_mul(*len)?, item.align) }
            }
            TyKind::Coroutine(body) => {
                let frame = self.frame(program, *body)?;
                let places = &frame.places;
                Layout { offsets: vec![places.captures.clone()], ..Layout::plain(places.size, places.align) }
            }
            TyKind::Adt(_, args) => self.adt(program, ty, types.adt(ty)?, args)?,
            TyKind::Str | TyKind::Slice(_) | TyKind::Dyn(..) => return None,
            TyKind::Param(..)
            | TyKind::Generic(_)
            | TyKind::Assoc(..)
            | TyKind::Infer(_)
            | TyKind::AsyncFn(..)
            | TyKind::Opaque(..)
            | TyKind::ArrayOf(..)
            | TyKind::ConstValue(_)
            | TyKind::Error => {
                return None;
            }
        })
    }

    fn adt(&self, program: &Program, ty: Ty, def: &AdtDef, args: &[Ty]) -> Option<Layout> {
        match (def.builtin, args) {
            (Some(Builtin::Box | Builtin::Rc | Builtin::RcWeak), [to, ..]) => {
                return Some(Layout::pointer(&program.types, *to, true));
            }
            (Some(Builtin::PhantomData), _) => return Some(Layout::plain(0, 1)),
            _ => {}
        }
        if let Some(Opaque { size, align, niche, .. }) = def.opaque {
            let niche = niche.and_then(|(offset, size, start, end)| {
                Some(Niche::of_scalar(size.into(), start, end)?.at(offset.into()))
            });
            return Some(Layout { niche, ..Layout::plain(size.into(), align.into()) });
        }
        let variants = program.types.variants(ty);
        if def.is_enum {
            let parts: Vec<Vec<Part>> = variants
                .iter()
                .map(|variant| variant.fields.iter().map(|field| self.part(program, field.ty)).collect())
                .collect::<Option<_>>()?;
            let enums::Enum { offsets, size, align, niche, encoding, uninhabited } = {
                let discriminants: Vec<i128> = variants.iter().map(|variant| variant.discriminant).collect();
                enums::layout(&parts, &discriminants)
            };
            return Some(Layout { size, align, offsets, niche, encoding, uninhabited });
        }
        let fields: Vec<Ty> = variants.first()?.fields.iter().map(|field| field.ty).collect();
        let mut layout = self.fields(program, &fields, Kind::Sized)?;
        // A reference to what is in a cell is enough to write to it: no bit pattern can be set apart.
        if matches!(def.builtin, Some(Builtin::Cell | Builtin::RefCell | Builtin::Mutex)) {
            layout.niche = None;
        }
        Some(layout)
    }

    fn fields(&self, program: &Program, tys: &[Ty], kind: Kind) -> Option<Layout> {
        let parts: Vec<Part> = tys.iter().map(|&ty| self.part(program, ty)).collect::<Option<_>>()?;
        let fields: Vec<Field> = parts.iter().map(|part| part.field).collect();
        let Univariant { offsets, size, align, niche } = univariant(&fields, kind);
        let uninhabited = parts.iter().any(|part| part.uninhabited);
        Some(Layout { offsets: vec![offsets], niche, uninhabited, ..Layout::plain(size, align) })
    }
}

impl Layout {
    fn plain(size: u64, align: u64) -> Layout {
        let encoding = Encoding::Single(0);
        Layout { size, align: align.max(1), offsets: vec![Vec::new()], niche: None, encoding, uninhabited: false }
    }

    fn scalar(size: u64, start: u128, end: u128) -> Layout {
        Layout { niche: Niche::of_scalar(size, start, end), ..Layout::plain(size, size) }
    }

    fn pointer(types: &Types, to: Ty, is_nonnull: bool) -> Layout {
        let is_wide = matches!(types.kind(to), TyKind::Str | TyKind::Slice(_) | TyKind::Dyn(..));
        let size = if is_wide { 2 * POINTER } else { POINTER };
        let null = |offset| Niche::of_scalar(POINTER, 1, u32::MAX.into()).map(|niche| niche.at(offset));
        let niche = match types.kind(to) {
            _ if is_nonnull => null(0),
            // The table of methods is never null.
            TyKind::Dyn(..) => null(POINTER),
            _ => None,
        };
        Layout { niche, ..Layout::plain(size, POINTER) }
    }
}
