//! Versions of links: what each said, in the words of the last one.
//!
//! An upgrade goes from one version to the next, with the run at hand that the link opened: only there does a number of an
//! event tell which one it is. A link is upgraded when its run is there, and copied on in the last version.

use super::Link;
use crate::trace::moment::{At, Found, find, moment_of};
use crate::trace::tracks::Track;
use crate::trace::{Kind, Trace};

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

/// The cursor that was number `n` in version 1, or of what was shown there the part that is the run's own. Numbers counted the
/// entries of tracks as well, which stood among the events by their time: arrivals on a real track before all that happened
/// at their time, those of models behind it, and the run's end last.
fn version_1_cursor(trace: &Trace, n: usize) -> Found {
    let of_tracks = |time| {
        let of_track =
            |track: &Track| track.entries.partition_point(|e| e.time < time || (e.time == time && !track.model));
        trace.tracks.iter().map(of_track).sum::<usize>()
    };
    let all: usize = trace.tracks.iter().map(|track| track.entries.len()).sum();
    // A run of models alone had no events of its own then; now its clock goes with theirs.
    let is_modelled = !trace.tracks.is_empty() && trace.tracks.iter().all(|track| track.model);
    let (mut cursor, mut events) = (0, 0);
    for i in (0..trace.len()).filter(|&i| trace.columns.kind(i).since() == 1) {
        let is_end = trace.columns.kind(i) == Kind::Ended;
        let before = events + if is_end { all } else { of_tracks(trace.time(i)) };
        if before >= n {
            return Found { cursor, exact: true };
        }
        events += usize::from(is_end || !is_modelled);
        cursor = i + 1;
    }
    Found { cursor, exact: n <= events + all }
}
