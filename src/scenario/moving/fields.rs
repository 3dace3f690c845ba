//! The values that move, field by field: what one holds, and what it owns elsewhere.

use super::code::MovingFuture;
use super::layouts::BLOCK;
use crate::pinning::{FieldBytes, Fields, bytes_of, whole};
use crate::trace::Role;
use std::mem::offset_of;
use std::pin::Pin;

/// A value's bytes, where they are.
pub struct Seen {
    /// Its first byte.
    pub address: usize,
    /// All of them.
    pub bytes: Vec<u8>,
    /// What they are.
    pub fields: Vec<FieldBytes>,
}

/// How a value is looked at: itself, and what it owns, by that one's name.
pub struct Looks<T> {
    /// The value where it is.
    pub at: fn(&T) -> Seen,
    /// What it owns outside of that.
    pub owned: fn(&T) -> Option<(&'static str, Seen)>,
}

impl Fields for MovingFuture {
    fn fields(&self) -> Vec<FieldBytes> {
        let var = FieldBytes {
            name: "local_var",
            offset: offset_of!(MovingFuture, local_var),
            bytes: self.local_var.to_le_bytes().into(),
            role: Role::Value,
        };
        let reference = FieldBytes {
            name: "local_ref",
            offset: offset_of!(MovingFuture, local_ref),
            bytes: self.local_ref.addr().to_le_bytes().into(),
            role: Role::Pointer,
        };
        if var.offset < reference.offset { vec![var, reference] } else { vec![reference, var] }
    }
}

/// A value whose fields are its own to say.
fn by_hand<T: Fields>(value: &T) -> Seen {
    let (bytes, fields) = bytes_of(value);
    Seen { address: std::ptr::from_ref(value).addr(), bytes, fields }
}

/// The async block, as the compiler laid it out.
pub fn block<F>(value: &F) -> Seen {
    // SAFETY: L1, as rustc itself says it of this block: `layouts.rs` is captured by a test under the pinned version. It is
    // only called for that block.
    let fields = unsafe { BLOCK.fields(value, "yield_now()") };
    let (bytes, fields) = whole(size_of::<F>(), fields);
    Seen { address: std::ptr::from_ref(value).addr(), bytes, fields }
}

/// A box is the address of what it owns.
fn the_box<T>(value: &Pin<Box<T>>) -> Seen {
    let owned = std::ptr::from_ref::<T>(value).addr();
    let address = FieldBytes { name: "box", offset: 0, bytes: owned.to_le_bytes().into(), role: Role::Pointer };
    Seen { address: std::ptr::from_ref(value).addr(), bytes: address.bytes.clone(), fields: vec![address] }
}

/// What a box owns, by its name.
const OWNED: &str = "heap";

/// A value written by hand.
pub const BY_HAND: Looks<MovingFuture> = Looks { at: by_hand, owned: |_| None };
/// The same, in a box.
pub const BOXED: Looks<Pin<Box<MovingFuture>>> = Looks { at: the_box, owned: |value| Some((OWNED, by_hand(&**value))) };

/// An async block.
pub fn blocks<F>() -> Looks<F> {
    Looks { at: block, owned: |_| None }
}

/// The same, in a box.
pub fn boxed_blocks<F>() -> Looks<Pin<Box<F>>> {
    Looks { at: the_box, owned: |value| Some((OWNED, block(&**value))) }
}
