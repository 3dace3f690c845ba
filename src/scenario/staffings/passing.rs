//! What the time that passes inside of a poll is spent on.

use crate::trace::Trace;
use crate::trace::ids::SiteId;

/// What a task that keeps its worker does meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) enum Passing {
    /// It computes.
    Computing,
    /// It stands still in a call that blocks.
    Blocked,
    /// It asks whether there is something, and may find nothing.
    Looking,
}

impl Passing {
    /// By the file whose line lets the time pass: a scenario keeps its ways to read in files of their own.
    pub(in crate::scenario) fn in_file(file: &str) -> Self {
        match file {
            "blocking.rs" => Passing::Blocked,
            "nonblocking.rs" => Passing::Looking,
            _ => Passing::Computing,
        }
    }

    pub(super) fn at(trace: &Trace, site: SiteId) -> Self {
        trace.site(site).map_or(Passing::Computing, |site| Self::in_file(trace.name(site.file)))
    }
}
