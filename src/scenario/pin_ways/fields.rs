//! The two futures and the pointers to them, field by field.

use super::future::{ByHand, Plain};
use super::seen::Value;
use crate::pinning::{FieldBytes, Fields};
use crate::trace::Role;
use std::mem::offset_of;

impl Fields for ByHand {
    fn fields(&self) -> Vec<FieldBytes> {
        let var = FieldBytes {
            name: "local_var",
            offset: offset_of!(ByHand, local_var),
            bytes: self.local_var.to_le_bytes().into(),
            role: Role::Value,
        };
        let reference = FieldBytes {
            name: "local_ref",
            offset: offset_of!(ByHand, local_ref),
            bytes: self.local_ref.addr().to_le_bytes().into(),
            role: Role::Pointer,
        };
        in_order(var, reference)
    }
}

impl Fields for Plain {
    fn fields(&self) -> Vec<FieldBytes> {
        let field = |name, offset, number: u16| FieldBytes {
            name,
            offset,
            bytes: number.to_le_bytes().into(),
            role: Role::Value,
        };
        in_order(
            field("local_var", offset_of!(Plain, local_var), self.local_var),
            field("polls", offset_of!(Plain, polls), self.polls),
        )
    }
}

impl Value for ByHand {
    fn new(local_var: u16) -> Self {
        ByHand::new(local_var)
    }
}

impl Value for Plain {
    fn new(local_var: u16) -> Self {
        Plain::new(local_var)
    }
}

/// The compiler chooses the order of fields.
fn in_order(one: FieldBytes, other: FieldBytes) -> Vec<FieldBytes> {
    if one.offset < other.offset { vec![one, other] } else { vec![other, one] }
}
