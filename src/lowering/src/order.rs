//! Sorting: one piece of code for all that is sorted, where the standard library makes one of some kilobytes for each type and key.

/// The numbers below `count` in an order; equal ones stay as they are. Merges runs of 1, 2, 4 and so on.
fn sorted(count: usize, is_less: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut from: Vec<usize> = (0..count).collect();
    let mut to = Vec::with_capacity(count);
    let mut run = 1;
    while run < count {
        let mut start = 0;
        while start < count {
            let (mid, end) = ((start + run).min(count), (start + 2 * run).min(count));
            let (mut left, mut right) = (start, mid);
            while left < mid || right < end {
                let takes_right = right < end && (left == mid || is_less(from[right], from[left]));
                let next = if takes_right { &mut right } else { &mut left };
                to.push(from[*next]);
                *next += 1;
            }
            start = end;
        }
        std::mem::swap(&mut from, &mut to);
        to.clear();
        run *= 2;
    }
    from
}

/// Sorts by a key; those of equal keys stay in their order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let is_less = |a: usize, b: usize| key(&items[a]) < key(&items[b]);
    let order = sorted(items.len(), &is_less);
    // What belongs to a place before this one has been swapped to where the item from there went.
    for at in 0..order.len() {
        let mut from = order[at];
        while from < at {
            from = order[from];
        }
        items.swap(at, from);
    }
}

/// Sorts, and takes out what is there twice.
pub(crate) fn sort_and_dedup<T: Ord + Copy>(items: &mut Vec<T>) {
    sort_by_key(items, |&item| item);
    items.dedup();
}

#[cfg(test)]
mod tests {
    use super::sort_by_key;

    #[test]
    fn sort_by_key_is_that_of_the_standard_library() {
        let mut random = 1_u32;
        for count in 0..200 {
            let mut next = || {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                random >> 28
            };
            let items: Vec<(u32, u32)> = (0..count).map(|i| (next(), i)).collect();
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            assert_eq!(ours, theirs);
        }
    }
}
