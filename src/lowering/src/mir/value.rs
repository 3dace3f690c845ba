//! Places, operands and rvalues.

use super::{BodyId, Local};
use crate::ty::Ty;

/// One step into a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Proj {
    /// What a reference, raw pointer or box points to.
    Deref,
    /// A field of a struct, tuple, closure or coroutine (a capture), or of the variant before; and its type.
    Field(u32, Ty),
    /// As this variant, by its index.
    Downcast(u32),
    /// The item of an array or slice whose index is in a local.
    Index(Local),
    /// The item of an array or slice at an offset; from its end, if true (1 is the last).
    ConstantIndex(u64, bool),
    /// The items of an array or slice from an offset up to one from its end.
    Subslice(u64, u64),
}

/// A local, or a part of one, or what one points to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Where it starts.
    pub local: Local,
    /// The steps.
    pub proj: Vec<Proj>,
}

impl Place {
    /// The place after one more step.
    pub fn then(&self, step: Proj) -> Place {
        let mut place = self.clone();
        place.proj.push(step);
        place
    }

    /// A field.
    pub fn field(&self, index: u32, ty: Ty) -> Place {
        self.then(Proj::Field(index, ty))
    }

    /// What it points to.
    pub fn deref(&self) -> Place {
        self.then(Proj::Deref)
    }

    /// The local, if it is one as a whole.
    pub fn as_local(&self) -> Option<Local> {
        self.proj.is_empty().then_some(self.local)
    }

    /// Whether it is behind a pointer.
    pub fn is_indirect(&self) -> bool {
        self.proj.contains(&Proj::Deref)
    }
}

impl From<Local> for Place {
    fn from(local: Local) -> Place {
        Place { local, proj: Vec::new() }
    }
}

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Callee {
    /// A body of the program.
    Body(BodyId),
    /// A function that the interpreter knows by name, such as `Vec::push` or `sleep`, with the type arguments of its impl and its own; those
    /// of traits (`Clone::clone`, `PartialEq::eq`, `Future::poll`, `IntoFuture::into_future`) have the type that implements it first.
    Intrinsic(String, Vec<Ty>),
}

/// How an argument is formatted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FormatSpec {
    /// `{:*>5}`: the fill, if one is given.
    pub fill: Option<char>,
    /// `<`, `^` or `>`.
    pub align: Option<char>,
    /// `+`
    pub plus: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
    /// A number.
    pub width: Option<u32>,
    /// The argument that holds the width, by index.
    pub width_arg: Option<u32>,
    /// A number.
    pub precision: Option<u32>,
    /// The argument that holds the precision, by index.
    pub precision_arg: Option<u32>,
}

/// A piece of a format string.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FormatPiece {
    /// As it is.
    Text(String),
    /// An argument, by its index in the array of arguments.
    Argument(u32, FormatSpec),
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Const {
    /// An integer, `bool` or `char` by its bits; negative numbers in two's complement of their size.
    Bits(u128),
    /// A float by its bits, as f64 if the type is `f64`, else as f32.
    Float(u64),
    /// `()`, or another value without bytes.
    Zst,
    /// A `&str`.
    Str(String),
    /// A `&[u8; N]`.
    Bytes(Vec<u8>),
    /// A function item.
    Fn(Callee),
    /// The pieces of a format string, as a reference.
    Format(Vec<FormatPiece>),
    /// The value of a `const` item: the `_0` of a body without arguments.
    Item(BodyId),
    /// A reference to a value without a place, which the compiler put into the program's data: rvalue static promotion. The value is the
    /// `_0` of a body without arguments.
    Promoted(BodyId),
}

/// A value that is used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operand {
    /// It stays.
    Copy(Place),
    /// It is gone afterwards.
    Move(Place),
    /// A constant, and its type.
    Const(Const, Ty),
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    BitXor,
    BitAnd,
    BitOr,
    Shl,
    Shr,
    Eq,
    Lt,
    Le,
    Ne,
    Ge,
    Gt,
    /// The result with whether it overflowed, as a tuple.
    AddWithOverflow,
    SubWithOverflow,
    MulWithOverflow,
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs)]
pub enum UnOp {
    Not,
    Neg,
    /// The length of the slice that a wide pointer points to.
    PtrMetadata,
}

/// How a value changes its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CastKind {
    /// Between numbers, `bool`, `char` and enums without fields, as `as` does.
    Numeric,
    /// `&[T; N]` to `&[T]`, `Box<F>` or `Pin<Box<F>>` to that of a `dyn Trait`.
    Unsize,
    /// Between pointers, or a function item or closure to a function pointer.
    Pointer,
}

/// What is put together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AggregateKind {
    /// A tuple.
    Tuple,
    /// An array.
    Array,
    /// A struct, or an enum with the index of its variant.
    Adt(u32),
    /// A closure of its captures.
    Closure(BodyId),
    /// A coroutine, not yet started, of its captures.
    Coroutine(BodyId),
}

/// What is assigned.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rvalue {
    /// The operand itself.
    Use(Operand),
    /// An array of equal items.
    Repeat(Operand, u64),
    /// A reference; true if mutable.
    Ref(bool, Place),
    /// A raw pointer; true if mutable.
    RawPtr(bool, Place),
    /// Two operands.
    Binary(BinOp, Box<(Operand, Operand)>),
    /// One operand.
    Unary(UnOp, Operand),
    /// A cast to a type.
    Cast(CastKind, Operand, Ty),
    /// The discriminant of an enum, as an `isize`.
    Discriminant(Place),
    /// A value of a type from its parts, in the order of its fields.
    Aggregate(AggregateKind, Ty, Vec<Operand>),
}

impl Rvalue {
    /// The operands, in order; not a place that is borrowed, or whose discriminant is read.
    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        let (list, other): (&[Operand], _) = match self {
            Rvalue::Use(one) | Rvalue::Repeat(one, _) | Rvalue::Unary(_, one) | Rvalue::Cast(_, one, _) => {
                (std::slice::from_ref(one), None)
            }
            Rvalue::Binary(_, both) => (std::slice::from_ref(&both.0), Some(&both.1)),
            Rvalue::Aggregate(_, _, list) => (list, None),
            Rvalue::Ref(..) | Rvalue::RawPtr(..) | Rvalue::Discriminant(_) => (&[], None),
        };
        list.iter().chain(other)
    }
}
