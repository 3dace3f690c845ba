//! Versions of links: what each said, in the words of the last one.
//!
//! An upgrade goes from one version to the next, with the run at hand that the link opened: only there does a number of an
//! event tell which one it is. A link is upgraded when its run is there, and copied on in the last version.

use super::Link;
use crate::trace::Trace;
use crate::trace::moment::{At, Found, find, moment_of};

/// The version that links are written in.
pub const VERSION: u32 = 2;

/// From one version to the next.
struct Upgrade {
    from: u32,
    apply: fn(&mut Link, &Trace),
}

const UPGRADES: &[Upgrade] = &[Upgrade { from: 1, apply: name_moments }];

const _: () = {
    assert!(UPGRADES.len() + 1 == VERSION as usize, "every version but the last has an upgrade to the next");
    let mut i = 0;
    while i < UPGRADES.len() {
        assert!(UPGRADES[i].from as usize == i + 1, "upgrades stand in the order of the versions they are from");
        i += 1;
    }
};

impl Link {
    /// Says the same in the last version. `trace` is the run that it opened.
    pub fn upgrade(&mut self, trace: &Trace) {
        let version = self.version;
        for upgrade in UPGRADES.iter().filter(|upgrade| upgrade.from >= version) {
            (upgrade.apply)(self, trace);
        }
        self.version = VERSION;
    }

    /// Where it points to in the run that it opened; where it points to nothing there, the nearest point before.
    pub fn cursor_of(&self, trace: &Trace) -> Found {
        match self.at {
            None => Found { cursor: 0, exact: true },
            Some(At::Event(n)) => version_1_cursor(trace, n as usize),
            Some(at) => find(trace, at),
        }
    }
}

/// From 1: points of the run are named.
fn name_moments(link: &mut Link, trace: &Trace) {
    let found = link.cursor_of(trace);
    if matches!(link.at, Some(At::Event(_))) && found.exact {
        link.at = moment_of(trace, found.cursor).map(At::Moment);
    }
    // Changes of version 1 wait for each other: of those that found nothing, some would if they did not wait.
    if trace.missed == 0 {
        for change in &mut link.changes {
            *change = change.by_moment(trace);
        }
    }
}

/// The cursor that was number `n` in version 1.
fn version_1_cursor(trace: &Trace, n: usize) -> Found {
    find(trace, At::Event(n as u32))
}
