//! Moving and self-reference, on real memory.
//!
//! A *slot* is memory that can hold one value; a *move* copies a value's bytes from one slot to another and
//! leaves its address behind. This room shows both as they are: it reads the bytes of values that are alive,
//! field by field, and follows no pointer that it shows.

mod arena;
mod fields;
mod laid_out;
mod self_pointers;

pub use arena::Arena;
pub use fields::{FieldBytes, Fields, bytes_of, whole};
pub use self_pointers::self_pointers;
