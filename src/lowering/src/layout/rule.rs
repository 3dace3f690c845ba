//! What a layout depends on beside the program: the release of rustc, and what is about to change.

use crate::release::Release;

/// Where a coroutine's captures live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Captures {
    /// In the prefix, as long as the coroutine exists: an argument that is needed after an await is stored twice. So do all releases
    /// up to 1.101; rust-lang/rust#135527 would make them locals.
    #[default]
    Prefix,
}

/// The rule that a layout follows. It is named wherever a layout is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Whose answers are computed. The releases that are known differ in the elaboration of drops alone, not in layouts.
    pub release: Release,
    /// Where captures live.
    pub captures: Captures,
}

impl Rule {
    /// What a release does.
    pub fn of(release: Release) -> Rule {
        Rule { release, captures: Captures::Prefix }
    }
}
