//! Orders by how often they deviate from the queue's own: the first one that goes wrong is the shortest, and none runs twice.
//!
//! Each run adds to the queue those that deviate once more than it, later. (A search in depth would try late deviations
//! first, and most faults of an order need one or two early ones.) Of several parts, each has its share of the first
//! deviations, with all that comes behind them.

use super::Part;

/// The orders that are to be tried, by their deviations.
#[derive(Debug)]
pub(super) struct Deviations {
    /// The queue, with those that ran before it: an order is one of these and a deviation more, which takes twelve bytes.
    orders: Vec<Order>,
    /// How many of them ran.
    ran: usize,
    part: Part,
    /// Whether some found no room in the queue.
    is_cut: bool,
}

/// An order: all deviations of another one, by its place, and one more.
#[derive(Clone, Copy, Debug)]
struct Order {
    after: u32,
    choice: u32,
    /// Of the queue of the ready; 0, which is none, for the queue's own order alone.
    place: u32,
}

impl Deviations {
    pub(super) fn new(part: Part) -> Self {
        Deviations { orders: vec![Order { after: 0, choice: 0, place: 0 }], ran: 0, part, is_cut: false }
    }

    /// The next one, for which nothing has run: which choices fall on which places.
    pub(super) fn next(&mut self) -> Option<Vec<(u32, u32)>> {
        let deviations = self.deviations(self.ran)?;
        self.ran += 1;
        Some(deviations)
    }

    fn deviations(&self, of: usize) -> Option<Vec<(u32, u32)>> {
        let mut order = self.orders.get(of)?;
        let mut deviations = Vec::new();
        while order.place > 0 {
            deviations.push((order.choice, order.place));
            order = &self.orders[order.after as usize];
        }
        deviations.reverse();
        Some(deviations)
    }

    /// How many deviations one has.
    fn depth(&self, of: usize) -> usize {
        let (mut order, mut depth) = (&self.orders[of], 0);
        while order.place > 0 {
            (order, depth) = (&self.orders[order.after as usize], depth + 1);
        }
        depth
    }

    /// How many are known and did not run.
    pub(super) fn left(&self) -> u32 {
        (self.orders.len() - self.ran) as u32
    }

    /// Whether there is none that did not run.
    pub(super) fn is_through(&self) -> bool {
        self.left() == 0 && !self.is_cut
    }

    /// All with at most so many deviations have run, where `latest` is how many the latest one had.
    pub(super) fn passed(&self, latest: usize) -> u32 {
        let next = if self.left() > 0 { self.depth(self.ran) } else { latest };
        if self.is_through() { latest as u32 } else { (next as u32).saturating_sub(1) }
    }

    /// Queues those that deviate once more than the run that was made last, later, of which `ready` says how many were ready
    /// at each choice. There is to be room for `room` of them.
    pub(super) fn branch(&mut self, ready: &[u32], room: usize) {
        let after = self.ran - 1;
        let Order { choice, place, .. } = self.orders[after];
        let is_own = place == 0;
        let from = if is_own { 0 } else { choice as usize + 1 };
        let mut first = 0..;
        for (choice, &ready) in ready.iter().enumerate().skip(from) {
            for place in 1..ready {
                if is_own && first.next().is_some_and(|n: u32| n % self.part.of != self.part.nth) {
                    continue;
                }
                if self.orders.len() - self.ran >= room {
                    self.is_cut = true;
                    return;
                }
                self.orders.push(Order { after: after as u32, choice: choice as u32, place });
            }
        }
    }
}
