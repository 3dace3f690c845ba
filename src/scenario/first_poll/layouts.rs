//! What the futures hold in each state, before the first poll, at each wait, and after the last one: captured from rustc's
//! `-Zprint-type-sizes` by `tests/layouts.rs`.

use crate::record::{Held, Layout};

pub(super) const BLOCK: Layout = Layout { size: 16, tag: 12, states: &[
    &[Held::value("ms", 0, 4)],
    &[Held::value("ms", 0, 4), Held::awaited(4, 8)],
    &[],
] };
