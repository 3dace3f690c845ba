//! Layouts of types on wasm32. The back half implements it; this file holds what the front half relies on.

use crate::program::Program;
use crate::ty::Ty;

/// The values that a type leaves unused, at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Niche {
    /// Where the number stands, in bytes.
    pub offset: u32,
    /// Its size: 1, 2, 4, 8 or 16 bytes.
    pub size: u32,
    /// The first value that is valid.
    pub start: u128,
    /// The last value that is valid; smaller than `start` if the range wraps.
    pub end: u128,
}

/// How a type is laid out. All numbers are bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The size.
    pub size: u32,
    /// The alignment, a power of two.
    pub align: u32,
    /// The offsets of its fields, for each variant; types without variants have one.
    pub offsets: Vec<Vec<u32>>,
    /// The largest niche.
    pub niche: Option<Niche>,
}

/// The layout of a monomorphic type of a program; none if it contains itself, or an error.
pub fn layout_of(_program: &Program, _ty: Ty) -> Option<Layout> {
    None
}
