//! What the futures hold in each state, before the first poll, at each wait, and after the last one: captured from rustc's
//! `-Zprint-type-sizes` by `tests/layouts.rs`.

use crate::record::{Held, Layout};

pub(super) const KEPT: Layout = Layout { size: 1048, tag: 1036, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[Held::value("wait", 0, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[],
] };

pub(super) const BLOCK: Layout = Layout { size: 24, tag: 12, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[Held::value("wait", 0, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[],
] };

pub(super) const LATE_BLOCK: Layout = Layout { size: 1048, tag: 12, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::awaited(16, 8), Held::value("buf", 24, 1024)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[Held::value("wait", 0, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[],
] };

pub(super) const DROPPED: Layout = Layout { size: 1048, tag: 1036, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[Held::value("wait", 0, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[],
] };

pub(super) const DROPPED_OWNED: Layout = Layout { size: 1048, tag: 1036, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[Held::value("wait", 0, 4), Held::value("buf", 8, 1024), Held::value("sum", 1032, 4), Held::awaited(1040, 8)],
    &[],
] };

pub(super) const GIVEN: Layout = Layout { size: 24, tag: 12, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[Held::value("wait", 0, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[],
] };

pub(super) const UNBORROWED: Layout = Layout { size: 24, tag: 12, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[Held::value("wait", 0, 4), Held::value("sum", 8, 4), Held::awaited(16, 8)],
    &[],
] };

pub(super) const ARGUMENT: Layout = Layout { size: 2072, tag: 2056, states: &[
    &[Held::value("buf", 0, 1024), Held::value("wait", 1024, 4)],
    &[Held::value("buf", 0, 1024), Held::value("wait", 1024, 4), Held::value("buf", 1028, 1024), Held::value("wait", 2052, 4), Held::awaited(2060, 8)],
    &[Held::value("buf", 0, 1024), Held::value("wait", 1024, 4), Held::value("buf", 1028, 1024), Held::value("sum", 2060, 4), Held::awaited(2064, 8)],
    &[],
] };

pub(super) const ASYNC_MOVE: Layout = Layout { size: 1044, tag: 1028, states: &[
    &[Held::value("wait", 0, 4), Held::value("buf", 4, 1024)],
    &[Held::value("wait", 0, 4), Held::value("buf", 4, 1024), Held::awaited(1032, 8)],
    &[Held::value("wait", 0, 4), Held::value("buf", 4, 1024), Held::value("sum", 1032, 4), Held::awaited(1036, 8)],
    &[],
] };

pub(super) const DIRECT: Layout = Layout { size: 1040, tag: 1036, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::awaited(4, 1032)],
    &[],
] };

pub(super) const LOGGED: Layout = Layout { size: 4140, tag: 4136, states: &[
    &[Held::value("call", 0, 2068)],
    &[Held::value("call", 0, 2068), Held::awaited(2068, 2068)],
    &[],
] };

pub(super) const ROW: Layout = Layout { size: 1048, tag: 12, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::value("wait", 4, 4), Held::awaited(16, 1032)],
    &[Held::value("wait", 0, 4), Held::value("first", 8, 4), Held::awaited(16, 1032)],
    &[],
] };

pub(super) const JOINED: Layout = Layout { size: 2080, tag: 2076, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::awaited(4, 2072)],
    &[],
] };

#[cfg(target_pointer_width = "32")]
pub(super) const BOXED: Layout = Layout { size: 12, tag: 8, states: &[
    &[Held::value("wait", 0, 4)],
    &[Held::value("wait", 0, 4), Held::awaited(4, 4)],
    &[],
] };

#[cfg(target_pointer_width = "64")]
pub(super) const BOXED: Layout = Layout { size: 16, tag: 12, states: &[
    &[Held::value("wait", 8, 4)],
    &[Held::awaited(0, 8), Held::value("wait", 8, 4)],
    &[],
] };
