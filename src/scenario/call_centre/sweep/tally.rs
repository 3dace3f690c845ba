//! What is kept of a staffing's run when nobody records it: how long each call took, and a few sums.

use super::super::calls::Calls;
use super::super::model::Observer;
use crate::trace::tracks::{Entry, Phase};
use crate::view::tracks::nearest_rank;

/// A run of calls, summed up.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// From a caller's arrival to the end of the call, in ms, in the order in which the calls ended.
    takes: Vec<u64>,
    /// When the last call ended, in ms.
    pub(super) ended: u64,
    /// What all chairs together have spent speaking, in ms.
    pub(super) speaking: u64,
}

impl Tally {
    /// For so many calls: it takes no memory later.
    pub(super) fn of(calls: u32) -> Self {
        Tally { takes: Vec::with_capacity(calls as usize), ..Tally::default() }
    }

    pub(super) fn serve(&mut self, came: u64, now: u64) {
        self.takes.push(now - came);
        self.ended = now;
    }

    pub(super) fn served(&self) -> u32 {
        self.takes.len() as u32
    }

    /// The nearest-rank percentiles of how long a call takes.
    pub(super) fn percentiles<const N: usize>(&mut self, which: [usize; N]) -> [u64; N] {
        let len = self.takes.len();
        which.map(|p| *self.takes.select_nth_unstable(nearest_rank(len, p)).1)
    }
}

/// A model, tallied.
pub(super) struct Tallied {
    pub(super) tally: Tally,
    calls: Calls,
    /// Callers who are there, and how many were at most.
    there: u32,
    pub(super) most: u32,
}

impl Tallied {
    pub(super) fn new(calls: Calls) -> Self {
        Tallied { tally: Tally::of(calls.len()), calls, there: 0, most: 0 }
    }
}

impl Observer for Tallied {
    fn entered(&mut self, Entry { time: now, phase, task: call, .. }: Entry) {
        // Who speaks from 3 to 5 speaks for 5 - 3: nobody has to remember the 3.
        let speaking = &mut self.tally.speaking;
        match phase {
            Phase::Arrived => {
                self.there += 1;
                self.most = self.most.max(self.there);
            }
            Phase::Computing => *speaking = speaking.wrapping_sub(now),
            Phase::Blocked | Phase::Waiting => *speaking = speaking.wrapping_add(now),
            Phase::Finished => {
                *speaking = speaking.wrapping_add(now);
                self.there -= 1;
                self.tally.serve(self.calls.arrives(call), now);
            }
            // The rest moves nothing that is counted here, or is no call's.
            _ => {}
        }
    }
}
