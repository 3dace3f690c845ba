//! Sets of small numbers, one bit each: locals, slots, blocks.

/// A set of numbers below a bound that is given when it is made.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub struct BitSet(Vec<u64>);

impl Clone for BitSet {
    fn clone(&self) -> Self {
        BitSet(self.0.clone())
    }

    // Into the same words.
    fn clone_from(&mut self, other: &Self) {
        self.0.clone_from(&other.0);
    }
}

impl BitSet {
    /// The empty set of numbers below `bound`.
    pub fn new(bound: usize) -> BitSet {
        BitSet(vec![0; bound.div_ceil(64)])
    }

    /// Adds a number; says whether it is new.
    pub fn insert(&mut self, n: usize) -> bool {
        if n / 64 >= self.0.len() {
            self.0.resize(n / 64 + 1, 0);
        }
        let (word, bit) = (&mut self.0[n / 64], 1 << (n % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Takes a number out.
    pub fn remove(&mut self, n: usize) {
        if let Some(word) = self.0.get_mut(n / 64) {
            *word &= !(1 << (n % 64));
        }
    }

    /// Whether the number is in it.
    pub fn contains(&self, n: usize) -> bool {
        self.0.get(n / 64).is_some_and(|word| word & (1 << (n % 64)) != 0)
    }

    /// Adds all of another set; says whether any of them is new.
    pub fn union(&mut self, other: &BitSet) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut is_new = false;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            is_new |= *more & !*word != 0;
            *word |= more;
        }
        is_new
    }

    /// Keeps what is in another set, too.
    pub fn intersect(&mut self, other: &BitSet) {
        for (i, word) in self.0.iter_mut().enumerate() {
            *word &= other.0.get(i).copied().unwrap_or(0);
        }
    }

    /// Takes out what is in another set.
    pub fn subtract(&mut self, other: &BitSet) {
        for (word, less) in self.0.iter_mut().zip(&other.0) {
            *word &= !less;
        }
    }

    /// Whether all of another set are in it.
    pub fn contains_all(&self, other: &BitSet) -> bool {
        other.0.iter().enumerate().all(|(i, word)| word & !self.0.get(i).copied().unwrap_or(0) == 0)
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// The numbers, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(i, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    i * 64 + bit
                })
            })
        })
    }
}

impl FromIterator<usize> for BitSet {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> BitSet {
        let mut set = BitSet::default();
        numbers.into_iter().for_each(|n| {
            set.insert(n);
        });
        set
    }
}

#[cfg(test)]
mod tests {
    use super::BitSet;

    #[test]
    fn set_has_what_was_inserted_in_order() {
        let mut set: BitSet = [130, 3, 64].into_iter().collect();
        assert!(!set.insert(3));
        set.remove(64);
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 130]);
        assert_eq!((set.count(), set.contains(64), set.contains(9999)), (2, false, false));
    }
}
