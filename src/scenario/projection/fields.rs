//! What is looked at, field by field: the future that is pinned, and a number that is not.

use super::future::Inner;
use super::seen::Value;
use crate::pinning::{FieldBytes, Fields};
use crate::trace::Role;
use std::mem::offset_of;

impl Fields for u32 {
    fn fields(&self) -> Vec<FieldBytes> {
        vec![FieldBytes { name: "polls", offset: 0, bytes: self.to_le_bytes().into(), role: Role::Value }]
    }
}

impl Value for Inner {
    fn new(local_var: u16) -> Self {
        Inner::new(local_var)
    }
}

impl Fields for Inner {
    fn fields(&self) -> Vec<FieldBytes> {
        let var = FieldBytes {
            name: "local_var",
            offset: offset_of!(Inner, local_var),
            bytes: self.local_var.to_le_bytes().into(),
            role: Role::Value,
        };
        let reference = FieldBytes {
            name: "local_ref",
            offset: offset_of!(Inner, local_ref),
            bytes: self.local_ref.addr().to_le_bytes().into(),
            role: Role::Pointer,
        };
        if var.offset < reference.offset { vec![var, reference] } else { vec![reference, var] }
    }
}
