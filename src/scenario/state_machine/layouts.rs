//! What the futures hold in each state, before the first poll, at each wait, and after the last one: captured from rustc's
//! `-Zprint-type-sizes` by `tests/layouts.rs`.

use crate::record::{Held, Layout};

#[cfg(target_pointer_width = "32")]
pub(super) const ASYNC_FN: Layout = Layout { size: 40, tag: 24, states: &[
    &[Held::pointer("clerk", 0, 4)],
    &[Held::pointer("clerk", 0, 4), Held::pointer("clerk", 4, 4), Held::awaited(28, 12)],
    &[Held::pointer("clerk", 0, 4), Held::pointer("clerk", 4, 4), Held::value("target", 8, 12), Held::awaited(28, 12)],
    &[Held::pointer("clerk", 0, 4), Held::pointer("clerk", 4, 4), Held::value("target", 8, 12), Held::pointer("line", 20, 4), Held::awaited(28, 12)],
    &[],
] };

#[cfg(target_pointer_width = "64")]
pub(super) const ASYNC_FN: Layout = Layout { size: 72, tag: 48, states: &[
    &[Held::pointer("clerk", 0, 8)],
    &[Held::pointer("clerk", 0, 8), Held::pointer("clerk", 8, 8), Held::awaited(56, 16)],
    &[Held::pointer("clerk", 0, 8), Held::pointer("clerk", 8, 8), Held::value("target", 16, 24), Held::awaited(56, 16)],
    &[Held::pointer("clerk", 0, 8), Held::pointer("clerk", 8, 8), Held::value("target", 16, 24), Held::pointer("line", 40, 8), Held::awaited(56, 16)],
    &[],
] };

#[cfg(target_pointer_width = "32")]
pub(super) const FN_AND_BLOCK: Layout = Layout { size: 36, tag: 20, states: &[
    &[Held::pointer("clerk", 0, 4)],
    &[Held::pointer("clerk", 0, 4), Held::awaited(24, 12)],
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12), Held::awaited(24, 12)],
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12), Held::pointer("line", 16, 4), Held::awaited(24, 12)],
    &[],
] };

#[cfg(target_pointer_width = "64")]
pub(super) const FN_AND_BLOCK: Layout = Layout { size: 64, tag: 40, states: &[
    &[Held::pointer("clerk", 0, 8)],
    &[Held::pointer("clerk", 0, 8), Held::awaited(48, 16)],
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24), Held::awaited(48, 16)],
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24), Held::pointer("line", 32, 8), Held::awaited(48, 16)],
    &[],
] };

#[cfg(target_pointer_width = "32")]
pub(super) const DOT_AWAIT: Layout = Layout { size: 52, tag: 36, states: &[
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12)],
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12), Held::pointer("clerk", 16, 4), Held::value("target", 20, 12), Held::awaited(40, 12)],
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12), Held::pointer("clerk", 16, 4), Held::value("target", 20, 12), Held::pointer("line", 32, 4), Held::awaited(40, 12)],
    &[],
] };

#[cfg(target_pointer_width = "64")]
pub(super) const DOT_AWAIT: Layout = Layout { size: 96, tag: 72, states: &[
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24)],
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24), Held::pointer("clerk", 32, 8), Held::value("target", 40, 24), Held::awaited(80, 16)],
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24), Held::pointer("clerk", 32, 8), Held::value("target", 40, 24), Held::pointer("line", 64, 8), Held::awaited(80, 16)],
    &[],
] };

#[cfg(target_pointer_width = "32")]
pub(super) const ASYNC_IN_TRAIT: Layout = Layout { size: 64, tag: 36, states: &[
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12)],
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12), Held::pointer("clerk", 16, 4), Held::value("target", 20, 12), Held::awaited(40, 24)],
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12), Held::pointer("clerk", 16, 4), Held::value("target", 20, 12), Held::pointer("line", 32, 4), Held::awaited(40, 12)],
    &[],
] };

#[cfg(target_pointer_width = "64")]
pub(super) const ASYNC_IN_TRAIT: Layout = Layout { size: 120, tag: 72, states: &[
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24)],
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24), Held::pointer("clerk", 32, 8), Held::value("target", 40, 24), Held::awaited(80, 40)],
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24), Held::pointer("clerk", 32, 8), Held::value("target", 40, 24), Held::pointer("line", 64, 8), Held::awaited(80, 16)],
    &[],
] };

#[cfg(target_pointer_width = "32")]
pub(super) const POLL_IN_TRAIT: Layout = Layout { size: 64, tag: 48, states: &[
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12)],
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12), Held::value("target", 16, 12), Held::value("phone", 28, 16), Held::pointer("reach.by", 52, 4), Held::pointer("reach.t", 56, 4)],
    &[Held::pointer("clerk", 0, 4), Held::value("target", 4, 12), Held::value("target", 16, 12), Held::value("phone", 28, 16), Held::pointer("line", 44, 4), Held::awaited(52, 12)],
    &[],
] };

#[cfg(target_pointer_width = "64")]
pub(super) const POLL_IN_TRAIT: Layout = Layout { size: 112, tag: 88, states: &[
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24)],
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24), Held::value("target", 32, 24), Held::value("phone", 56, 24), Held::pointer("reach.by", 96, 8), Held::pointer("reach.t", 104, 8)],
    &[Held::pointer("clerk", 0, 8), Held::value("target", 8, 24), Held::value("target", 32, 24), Held::value("phone", 56, 24), Held::pointer("line", 80, 8), Held::awaited(96, 16)],
    &[],
] };
