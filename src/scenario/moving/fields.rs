//! The values that move, field by field.

use super::code::MovingFuture;
use super::shown::Shown;
use crate::pinning::{FieldBytes, Fields, bytes_of};
use crate::trace::Role;
use std::mem::offset_of;
use std::pin::Pin;

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

impl Shown for MovingFuture {}

impl Fields for Pin<Box<MovingFuture>> {
    fn fields(&self) -> Vec<FieldBytes> {
        let address = std::ptr::from_ref::<MovingFuture>(self).addr();
        vec![FieldBytes { name: "box", offset: 0, bytes: address.to_le_bytes().into(), role: Role::Pointer }]
    }
}

impl Shown for Pin<Box<MovingFuture>> {
    fn owned(&self) -> Option<(&'static str, usize, Vec<u8>, Vec<FieldBytes>)> {
        let value: &MovingFuture = self;
        let (bytes, fields) = bytes_of(value);
        Some(("heap", std::ptr::from_ref(value).addr(), bytes, fields))
    }
}
