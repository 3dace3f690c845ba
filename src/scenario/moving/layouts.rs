//! How the async block is laid out, before its first poll, at its wait, and when it has returned: captured from rustc's
//! `-Zprint-type-sizes` by `tests/layouts.rs`. The future that is awaited has no name.

use crate::pinning::Layout;
use crate::record::Held;

const fn held(name: &'static str, offset: u32, size: u32) -> Held {
    Held { name, offset, size }
}

#[cfg(target_pointer_width = "32")]
pub(super) const BLOCK: Layout = Layout { size: 12, tag: 9, states: &[
    &[held("value", 4, 2)],
    &[held("local_ref", 0, 4), held("value", 4, 2), held("local_var", 6, 2), held("", 8, 1)],
    &[],
] };

#[cfg(target_pointer_width = "64")]
pub(super) const BLOCK: Layout = Layout { size: 16, tag: 13, states: &[
    &[held("value", 8, 2)],
    &[held("local_ref", 0, 8), held("value", 8, 2), held("local_var", 10, 2), held("", 12, 1)],
    &[],
] };
