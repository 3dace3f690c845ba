//! A value's own bytes, field by field. Padding is never read.

use crate::trace::Role;

/// One field's bytes, at its real offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldBytes {
    /// Its name in the code.
    pub name: &'static str,
    /// Bytes from the value's start.
    pub offset: usize,
    /// The bytes, in memory's order.
    pub bytes: Vec<u8>,
    /// What it is.
    pub role: Role,
}

/// A value that can be shown as bytes.
pub trait Fields {
    /// Its fields, by offset. Pointers are read as addresses and not followed.
    fn fields(&self) -> Vec<FieldBytes>;
}

/// The value's bytes, and all its fields, padding included; padding's bytes are given as 0.
pub fn bytes_of<T: Fields>(value: &T) -> (Vec<u8>, Vec<FieldBytes>) {
    whole(size_of::<T>(), value.fields())
}

/// The same of a value of `size` bytes that has these fields, by offset.
pub fn whole(size: usize, fields: Vec<FieldBytes>) -> (Vec<u8>, Vec<FieldBytes>) {
    let mut bytes = vec![0; size];
    let mut all = Vec::new();
    let mut end = 0;
    for field in fields {
        pad(&mut all, end, field.offset);
        end = field.offset + field.bytes.len();
        bytes[field.offset..end].copy_from_slice(&field.bytes);
        all.push(field);
    }
    pad(&mut all, end, bytes.len());
    (bytes, all)
}

fn pad(fields: &mut Vec<FieldBytes>, from: usize, to: usize) {
    if from < to {
        fields.push(FieldBytes { name: "", offset: from, bytes: vec![0; to - from], role: Role::Padding });
    }
}
