//! Types: interned, so that equal types have equal ids. Lifetimes are not kept: no layout depends on them.
//!
//! The front half infers with the same types, which is why there are variables and parameters; none of those occurs in a finished
//! [`Program`](crate::Program). Struct and enum types name their definition and its arguments; [`Types::variants`] has the fields with
//! the arguments put in, for every such type that occurs.

mod display;
mod int;
mod needs_drop;
mod parts;

pub use int::IntTy;

use crate::hash::{HashMap, IndexSet};
use crate::mir::BodyId;
use std::rc::Rc;

/// An interned type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ty(pub u32);

/// A definition of a struct or an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AdtId(pub u32);

/// What a type is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TyKind {
    /// `bool`
    Bool,
    /// `char`
    Char,
    /// `u32` and so on.
    Int(IntTy),
    /// `f32` or `f64`, by its bits.
    Float(u32),
    /// `str`
    Str,
    /// `!`
    Never,
    /// A tuple; `()` has no fields.
    Tuple(Vec<Ty>),
    /// An array.
    Array(Ty, u64),
    /// A slice, always behind a pointer.
    Slice(Ty),
    /// A reference; true if mutable.
    Ref(bool, Ty),
    /// A raw pointer; true if mutable.
    RawPtr(bool, Ty),
    /// A struct or an enum with its arguments. Those of the prelude and of std are such, too: see [`Builtin`].
    Adt(AdtId, Vec<Ty>),
    /// A function item, zero bytes. It is called by [`Callee`](crate::mir::Callee); only its name is kept.
    FnDef(u32, Vec<Ty>),
    /// A pointer to a function: arguments and result.
    FnPtr(Vec<Ty>, Ty),
    /// A closure, by its body, which knows what is captured.
    Closure(BodyId),
    /// A coroutine, by its body, which knows what is captured.
    Coroutine(BodyId),
    /// `dyn Future<Output = T>`, always behind a pointer, which is wide. Other traits: named, with arguments and associated types.
    Dyn(String, Vec<Ty>),
    /// Only in the front half: a parameter within an instance. It is this type, but generic code does not know that: it is dropped, and
    /// moved where the other would be copied.
    Param(u32, Ty),
    /// Only in the front half: a parameter of a definition, by number.
    Generic(u32),
    /// Only in the front half: an associated type, `<self as Trait<args>>::Name`; the trait, the name, and self with the arguments.
    Assoc(u32, String, Vec<Ty>),
    /// Only in the front half: a variable of inference.
    Infer(u32),
    /// Only in the front half: the coroutine of an instance of an async function, by function and arguments.
    AsyncFn(u32, Vec<Ty>),
    /// Only in the front half: the hidden type of an `-> impl Trait`, by function and arguments.
    Opaque(u32, Vec<Ty>),
    /// Only in the front half: an array whose length is a type, such as a parameter.
    ArrayOf(Ty, Ty),
    /// Only in the front half: a number where a type stands.
    ConstValue(u64),
    /// Something that was not understood; a diagnostic says what.
    Error,
}

/// Definitions that the engine must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs)]
pub enum Builtin {
    Vec,
    String,
    VecDeque,
    HashMap,
    BTreeMap,
    Box,
    Rc,
    RcWeak,
    Option,
    Result,
    Pin,
    Cell,
    RefCell,
    /// `RefCell`'s guards.
    CellRef,
    CellRefMut,
    Poll,
    Context,
    Waker,
    ResumeTy,
    PhantomData,
    ManuallyDrop,
    Arguments,
    Argument,
    Sleep,
    YieldNow,
    Ready,
    Pending,
    JoinHandle,
    MaybeDone,
    Join,
    Join3,
    Race,
    Select,
    Either,
    Sender,
    Receiver,
    Recv,
    Mutex,
    Lock,
    MutexGuard,
    /// Any other type of the prelude or of std: its fields are as its definition says, unless it is opaque.
    Other,
}

/// A field of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDef {
    /// Its name; a number in tuples.
    pub name: String,
    /// Its type, in terms of the definition's parameters.
    pub ty: Ty,
}

/// A variant of a definition; a struct has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantDef {
    /// Its name; the struct's.
    pub name: String,
    /// Its fields in the order of the source.
    pub fields: Vec<FieldDef>,
    /// The discriminant.
    pub discriminant: i128,
    /// Whether it is written `A(..)`; otherwise `A { .. }` or `A`.
    pub is_tuple: bool,
}

/// A size and a niche that are given rather than computed, for types of std whose insides nobody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opaque {
    /// The size in bytes.
    pub size: u32,
    /// The alignment in bytes.
    pub align: u32,
    /// The niche: offset, size, first and last valid value.
    pub niche: Option<(u32, u32, u128, u128)>,
    /// Whether it has drop glue.
    pub needs_drop: bool,
}

/// A definition of a struct or an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdtDef {
    /// Its name, with its module if the prelude has it in one.
    pub name: String,
    /// The names of its type parameters.
    pub params: Vec<String>,
    /// Whether it is an enum.
    pub is_enum: bool,
    /// Its variants; a struct has one.
    pub variants: Vec<VariantDef>,
    /// Whether there is an `impl Drop` for it.
    pub has_drop: bool,
    /// What the engine knows about it; none for the person's own.
    pub builtin: Option<Builtin>,
    /// A layout that is given.
    pub opaque: Option<Opaque>,
    /// Whether it is `Copy`, if its arguments are.
    pub is_copy: bool,
    /// The traits that it derives.
    pub derives: Vec<String>,
}

/// A field with the arguments put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name; a number in tuples.
    pub name: String,
    /// Its type.
    pub ty: Ty,
}

/// A variant with the arguments put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name; the struct's.
    pub name: String,
    /// Its fields in the order of the source.
    pub fields: Vec<Field>,
    /// The discriminant.
    pub discriminant: i128,
}

/// A capture of a closure or a coroutine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upvar {
    /// The variable, or the path that is captured of it with `__` for dots, as rustc's debug information has it.
    pub name: String,
    /// The type of the field: a reference if it is captured by reference.
    pub ty: Ty,
    /// Whether it is captured by reference.
    pub by_ref: bool,
}

/// All types of a program.
#[derive(Clone, Debug)]
pub struct Types {
    kinds: IndexSet<Rc<TyKind>>,
    /// Definitions, by [`AdtId`].
    pub adts: Vec<Rc<AdtDef>>,
    /// The variants of each struct and enum type.
    pub(crate) variants: HashMap<Ty, Vec<Variant>>,
    /// What each closure and coroutine captures, in rustc's order.
    pub(crate) upvars: HashMap<BodyId, Vec<Upvar>>,
    /// Names of closures and coroutines, for printing.
    pub(crate) body_names: HashMap<BodyId, String>,
}

impl Types {
    /// `()`, which is interned first.
    pub const UNIT: Ty = Ty(0);
    /// `!`
    pub const NEVER: Ty = Ty(1);
    /// `bool`
    pub const BOOL: Ty = Ty(2);
    /// An error.
    pub const ERROR: Ty = Ty(3);
    /// `u8`
    pub const U8: Ty = Ty(4);
    /// `u32`
    pub const U32: Ty = Ty(5);
    /// `usize`
    pub const USIZE: Ty = Ty(6);
    /// `isize`
    pub const ISIZE: Ty = Ty(7);
    /// `str`
    pub const STR: Ty = Ty(8);
    /// `&str`
    pub const REF_STR: Ty = Ty(9);
    /// `char`
    pub const CHAR: Ty = Ty(10);
    /// `i32`
    pub const I32: Ty = Ty(11);
    /// `f64`
    pub const F64: Ty = Ty(12);

    /// The type of a kind.
    pub fn intern(&mut self, kind: TyKind) -> Ty {
        let known = self.kinds.get_index_of(&kind);
        Ty(known.unwrap_or_else(|| self.kinds.insert_full(Rc::new(kind)).0) as u32)
    }

    /// The type of a kind, if it occurs.
    pub fn get(&self, kind: &TyKind) -> Option<Ty> {
        self.kinds.get_index_of(kind).map(|at| Ty(at as u32))
    }

    /// What a type is.
    pub fn kind(&self, ty: Ty) -> &TyKind {
        &self.kinds[ty.0 as usize]
    }

    /// The same, to be kept while other types are made.
    pub(crate) fn shared(&self, ty: Ty) -> Rc<TyKind> {
        Rc::clone(&self.kinds[ty.0 as usize])
    }

    /// How many types there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether there are none: never.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The definition of a struct or an enum type.
    pub fn adt(&self, ty: Ty) -> Option<&AdtDef> {
        match self.kind(ty) {
            TyKind::Adt(id, _) => self.adts.get(id.0 as usize).map(|def| &**def),
            _ => None,
        }
    }

    /// The variants of a struct or an enum type, with the arguments put in; none for other types.
    pub fn variants(&self, ty: Ty) -> &[Variant] {
        self.variants.get(&ty).map_or(&[], |variants| variants)
    }

    /// What a closure or a coroutine captures, in rustc's order.
    pub fn upvars(&self, body: BodyId) -> &[Upvar] {
        self.upvars.get(&body).map_or(&[], |upvars| upvars)
    }

    /// What the engine knows of a struct or an enum type.
    pub fn builtin(&self, ty: Ty) -> Option<Builtin> {
        self.adt(ty)?.builtin
    }
}

impl Default for Types {
    fn default() -> Types {
        let mut types = Types {
            kinds: IndexSet::default(),
            adts: Vec::new(),
            variants: HashMap::default(),
            upvars: HashMap::default(),
            body_names: HashMap::default(),
        };
        let int = TyKind::Int;
        let first = [
            TyKind::Tuple(Vec::new()),
            TyKind::Never,
            TyKind::Bool,
            TyKind::Error,
            int(IntTy::U8),
            int(IntTy::U32),
            int(IntTy::Usize),
            int(IntTy::Isize),
            TyKind::Str,
            TyKind::Ref(false, Types::STR),
            TyKind::Char,
            int(IntTy::I32),
            TyKind::Float(64),
        ];
        for kind in first {
            types.intern(kind);
        }
        types
    }
}
