//! The order in which a worklist should go through blocks.

use super::Block;

/// The blocks that can be reached from the first, each before those that come after it, but for loops. `next` says which is the nth of
/// those that may come after a block; those from `count` on are left out.
pub(crate) fn reverse_postorder(count: usize, next: impl Fn(usize, usize) -> Option<Block>) -> Vec<usize> {
    let mut seen = vec![false; count];
    let mut order = Vec::with_capacity(count);
    // Blocks on the way, each with how many of its successors were seen to.
    let mut way = Vec::new();
    if let Some(first) = seen.first_mut() {
        *first = true;
        way.push((0, 0));
    }
    while let Some((block, nth)) = way.last_mut() {
        match next(*block, *nth) {
            Some(next) => {
                *nth += 1;
                let next = next.index();
                if next < count && !std::mem::replace(&mut seen[next], true) {
                    way.push((next, 0));
                }
            }
            None => {
                order.push(*block);
                way.pop();
            }
        }
    }
    order.reverse();
    order
}
