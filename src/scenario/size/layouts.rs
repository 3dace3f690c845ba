//! What the machines hold in each state, before the first poll, at each wait, and after the last one: captured from
//! rustc's `-Zprint-type-sizes` by `tests/layouts.rs`. The future that is awaited has no name.

use crate::record::Held;

const fn held(name: &'static str, offset: u32, size: u32) -> Held {
    Held { name, offset, size }
}

/// 1048 bytes.
pub(super) const KEPT: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[held("wait", 0, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[],
];

/// 24 bytes.
pub(super) const BLOCK: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("sum", 8, 4), held("", 16, 8)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("sum", 8, 4), held("", 16, 8)],
    &[held("wait", 0, 4), held("sum", 8, 4), held("", 16, 8)],
    &[],
];

/// 1048 bytes.
pub(super) const LATE_BLOCK: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("", 16, 8), held("buf", 24, 1024)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("sum", 8, 4), held("", 16, 8)],
    &[held("wait", 0, 4), held("sum", 8, 4), held("", 16, 8)],
    &[],
];

/// 1048 bytes.
pub(super) const DROPPED: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[held("wait", 0, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[],
];

/// 1048 bytes.
pub(super) const DROPPED_OWNED: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[held("wait", 0, 4), held("buf", 8, 1024), held("sum", 1032, 4), held("", 1040, 8)],
    &[],
];

/// 24 bytes.
pub(super) const GIVEN: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("sum", 8, 4), held("", 16, 8)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("sum", 8, 4), held("", 16, 8)],
    &[held("wait", 0, 4), held("sum", 8, 4), held("", 16, 8)],
    &[],
];

/// 24 bytes.
pub(super) const UNBORROWED: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("sum", 8, 4), held("", 16, 8)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("sum", 8, 4), held("", 16, 8)],
    &[held("wait", 0, 4), held("sum", 8, 4), held("", 16, 8)],
    &[],
];

/// 2072 bytes.
pub(super) const ARGUMENT: &[&[Held]] = &[
    &[held("buf", 0, 1024), held("wait", 1024, 4)],
    &[held("buf", 0, 1024), held("wait", 1024, 4), held("buf", 1028, 1024), held("wait", 2052, 4), held("", 2060, 8)],
    &[held("buf", 0, 1024), held("wait", 1024, 4), held("buf", 1028, 1024), held("sum", 2060, 4), held("", 2064, 8)],
    &[],
];

/// 1044 bytes.
pub(super) const ASYNC_MOVE: &[&[Held]] = &[
    &[held("wait", 0, 4), held("buf", 4, 1024)],
    &[held("wait", 0, 4), held("buf", 4, 1024), held("", 1032, 8)],
    &[held("wait", 0, 4), held("buf", 4, 1024), held("sum", 1032, 4), held("", 1036, 8)],
    &[],
];

/// 1040 bytes.
pub(super) const DIRECT: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("", 4, 1032)],
    &[],
];

/// 4140 bytes.
pub(super) const LOGGED: &[&[Held]] = &[
    &[held("call", 0, 2068)],
    &[held("call", 0, 2068), held("", 2068, 2068)],
    &[],
];

/// 1048 bytes.
pub(super) const ROW: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("wait", 4, 4), held("", 16, 1032)],
    &[held("wait", 0, 4), held("first", 8, 4), held("", 16, 1032)],
    &[],
];

/// 2080 bytes.
pub(super) const JOINED: &[&[Held]] = &[
    &[held("wait", 0, 4)],
    &[held("wait", 0, 4), held("", 4, 2072)],
    &[],
];
