//! Whether two events are the same, by what they say.

use super::Trace;
use super::ids::SiteId;
use super::meaning::Both;

impl Trace {
    /// Whether event `i` is the same in both runs, by what it says and when: numbers of names, sites and snapshots, and
    /// addresses, may differ.
    ///
    /// # Panics
    /// If one of them has no such event.
    pub fn is_same(&self, other: &Trace, i: usize) -> bool {
        self.time(i) == other.time(i) && self.event(i).same(other.event(i), Both(self, other))
    }

    /// A site by what it says: file, line and column.
    pub(super) fn place_of(&self, site: SiteId) -> Option<(&str, u32, u32)> {
        self.site(site).map(|s| (self.name(s.file), s.line, s.column))
    }
}
