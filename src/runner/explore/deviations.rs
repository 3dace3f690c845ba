//! Orders by how often they deviate from the queue's own: the first one that goes wrong is the shortest, and none runs twice.
//!
//! Each run adds to the queue those that deviate once more than it, later. (A search in depth would try late deviations
//! first, and most faults of an order need one or two early ones.) Of several parts, each has its share of the first
//! deviations, with all that comes behind them.

use super::Part;
use std::collections::VecDeque;

/// The orders that are to be tried, by their deviations: which choice, and which place of the queue.
#[derive(Debug)]
pub(super) struct Deviations {
    queue: VecDeque<Vec<(u32, u32)>>,
    part: Part,
    /// Whether some found no room in the queue.
    is_cut: bool,
}

impl Deviations {
    pub(super) fn new(part: Part) -> Self {
        Deviations { queue: VecDeque::from([Vec::new()]), part, is_cut: false }
    }

    /// The next one.
    pub(super) fn next(&mut self) -> Option<Vec<(u32, u32)>> {
        self.queue.pop_front()
    }

    /// How many are known and did not run.
    pub(super) fn left(&self) -> u32 {
        self.queue.len() as u32
    }

    /// Whether there is none that did not run.
    pub(super) fn is_through(&self) -> bool {
        self.queue.is_empty() && !self.is_cut
    }

    /// All with at most so many deviations have run, where `latest` is how many the latest one had.
    pub(super) fn passed(&self, latest: usize) -> u32 {
        let next = self.queue.front().map_or(latest, Vec::len);
        if self.is_through() { latest as u32 } else { (next as u32).saturating_sub(1) }
    }

    /// Queues those that deviate once more than a run, later, of which `ready` says how many were ready at each choice.
    /// There is to be room for `room` of them.
    pub(super) fn branch(&mut self, deviations: &[(u32, u32)], ready: &[u32], room: usize) {
        let from = deviations.last().map_or(0, |&(choice, _)| choice as usize + 1);
        let mut first = 0..;
        for (choice, &ready) in ready.iter().enumerate().skip(from) {
            for place in 1..ready {
                if deviations.is_empty() && first.next().is_some_and(|n: u32| n % self.part.of != self.part.nth) {
                    continue;
                }
                if self.queue.len() >= room {
                    self.is_cut = true;
                    return;
                }
                let mut more = deviations.to_vec();
                more.push((choice as u32, place));
                self.queue.push_back(more);
            }
        }
    }
}
