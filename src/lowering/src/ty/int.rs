//! The types of integers.

/// Integers. `usize` and `isize` have 4 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs)]
pub enum IntTy {
    I8,
    I16,
    I32,
    I64,
    I128,
    Isize,
    U8,
    U16,
    U32,
    U64,
    U128,
    Usize,
}

impl IntTy {
    /// All, with their names.
    pub const ALL: [(&'static str, IntTy); 12] = [
        ("i8", IntTy::I8),
        ("i16", IntTy::I16),
        ("i32", IntTy::I32),
        ("i64", IntTy::I64),
        ("i128", IntTy::I128),
        ("isize", IntTy::Isize),
        ("u8", IntTy::U8),
        ("u16", IntTy::U16),
        ("u32", IntTy::U32),
        ("u64", IntTy::U64),
        ("u128", IntTy::U128),
        ("usize", IntTy::Usize),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL[Self::ALL.iter().position(|&(_, int)| int == self).unwrap_or(0)].0
    }

    /// The size in bytes, on wasm32.
    pub fn size(self) -> u32 {
        match self {
            IntTy::I8 | IntTy::U8 => 1,
            IntTy::I16 | IntTy::U16 => 2,
            IntTy::I32 | IntTy::U32 | IntTy::Isize | IntTy::Usize => 4,
            IntTy::I64 | IntTy::U64 => 8,
            IntTy::I128 | IntTy::U128 => 16,
        }
    }

    /// Whether it has a sign.
    pub fn is_signed(self) -> bool {
        self <= IntTy::Isize
    }
}
