//! What the futures hold in each state, before the first poll, at each wait, and after the last one: captured from rustc's
//! `-Zprint-type-sizes` by `tests/layouts.rs`.

use crate::record::{Held, Layout};

#[cfg(target_pointer_width = "32")]
pub(super) const BLOCK: Layout = Layout { size: 12, tag: 9, states: &[
    &[Held::value("value", 4, 2)],
    &[Held::pointer("local_ref", 0, 4), Held::value("value", 4, 2), Held::value("local_var", 6, 2), Held::awaited(8, 1)],
    &[],
] };

#[cfg(target_pointer_width = "64")]
pub(super) const BLOCK: Layout = Layout { size: 16, tag: 13, states: &[
    &[Held::value("value", 8, 2)],
    &[Held::pointer("local_ref", 0, 8), Held::value("value", 8, 2), Held::value("local_var", 10, 2), Held::awaited(12, 1)],
    &[],
] };
