//! Where two runs differ, by what their events say.

use super::Trace;
use super::ids::SiteId;
use super::meaning::Both;

impl Trace {
    /// The first event that is not the same in both runs, by what it says: numbers of names, sites and snapshots, and
    /// addresses, may differ. None if one is as the other.
    pub fn first_difference(&self, other: &Trace) -> Option<usize> {
        let both = Both(self, other);
        let is_same = |i| self.time(i) == other.time(i) && self.event(i).same(other.event(i), both);
        let shared = self.len().min(other.len());
        (0..shared).find(|&i| !is_same(i)).or((self.len() != other.len()).then_some(shared))
    }

    /// A site by what it says: file, line and column.
    pub(super) fn place_of(&self, site: SiteId) -> Option<(&str, u32, u32)> {
        self.site(site).map(|s| (self.name(s.file), s.line, s.column))
    }
}
