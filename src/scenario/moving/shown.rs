//! What the slots can show of a value: a trait, so that they need not know what moves through them.

use crate::pinning::{FieldBytes, Fields};

/// A value that the slots can show.
pub trait Shown: Fields {
    /// What it owns outside of its slot: its name, address and bytes.
    fn owned(&self) -> Option<(&'static str, usize, Vec<u8>, Vec<FieldBytes>)> {
        None
    }
}
