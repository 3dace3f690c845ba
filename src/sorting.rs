//! Sorting in few bytes of code: the standard sorts are fast for many values, and each weighs as much as a scenario in a
//! page's module.

use std::collections::BinaryHeap;

/// Sorts a few values by a key, stably, each by swaps with those before it.
pub(crate) fn insertion_sort<T, K: Ord>(values: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..values.len() {
        let mut at = end;
        while at > 0 && key(&values[at - 1]) > key(&values[at]) {
            values.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Sorts values of which there may be many. The standard sort; or, where a module is built for size, the standard heap,
/// whose code is a tenth of it.
pub(crate) fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    if cfg!(feature = "small") {
        BinaryHeap::from(values).into_sorted_vec()
    } else {
        values.sort_unstable();
        values
    }
}

#[cfg(test)]
mod tests {
    use super::{insertion_sort, sorted};

    #[test]
    fn sorts_many() {
        assert_eq!(sorted(vec![3, 1, 2, 3, 0]), [0, 1, 2, 3, 3]);
        assert_eq!(sorted(Vec::<u8>::new()), Vec::<u8>::new());
    }

    #[test]
    fn sorts_stably() {
        let mut values = [(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        insertion_sort(&mut values, |&(key, _)| key);
        assert_eq!(values, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
        insertion_sort(&mut [0u8; 0], |&key| key);
    }
}
