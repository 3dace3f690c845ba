//! Sets of small numbers, one bit each: locals, slots, blocks.

/// How many words a set holds in itself.
const OWN: usize = 2;

/// A set of numbers below a bound that is given when it is made. Those below 128 take no memory of their own.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub struct BitSet {
    own: [u64; OWN],
    rest: Vec<u64>,
}

impl Clone for BitSet {
    fn clone(&self) -> Self {
        BitSet { own: self.own, rest: self.rest.clone() }
    }

    // Into the same words.
    fn clone_from(&mut self, other: &Self) {
        self.own = other.own;
        self.rest.clone_from(&other.rest);
    }
}

impl BitSet {
    /// The empty set of numbers below `bound`.
    pub fn new(bound: usize) -> BitSet {
        BitSet { own: [0; OWN], rest: vec![0; bound.div_ceil(64).saturating_sub(OWN)] }
    }

    fn word(&self, at: usize) -> u64 {
        if at < OWN { self.own[at] } else { self.rest.get(at - OWN).copied().unwrap_or(0) }
    }

    fn words(&self) -> impl Iterator<Item = &u64> {
        self.own.iter().chain(&self.rest)
    }

    fn words_mut(&mut self) -> impl Iterator<Item = &mut u64> {
        self.own.iter_mut().chain(&mut self.rest)
    }

    /// Adds a number; says whether it is new.
    pub fn insert(&mut self, n: usize) -> bool {
        let at = n / 64;
        let word = if at < OWN {
            &mut self.own[at]
        } else {
            if at - OWN >= self.rest.len() {
                self.rest.resize(at - OWN + 1, 0);
            }
            &mut self.rest[at - OWN]
        };
        let bit = 1 << (n % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Takes a number out.
    pub fn remove(&mut self, n: usize) {
        let at = n / 64;
        let word = if at < OWN { self.own.get_mut(at) } else { self.rest.get_mut(at - OWN) };
        if let Some(word) = word {
            *word &= !(1 << (n % 64));
        }
    }

    /// Whether the number is in it.
    pub fn contains(&self, n: usize) -> bool {
        self.word(n / 64) & (1 << (n % 64)) != 0
    }

    /// Adds all of another set; says whether any of them is new.
    pub fn union(&mut self, other: &BitSet) -> bool {
        if self.rest.len() < other.rest.len() {
            self.rest.resize(other.rest.len(), 0);
        }
        let mut new = 0;
        for (word, more) in self.words_mut().zip(other.words()) {
            new |= *more & !*word;
            *word |= more;
        }
        new != 0
    }

    /// Keeps what is in another set, too.
    pub fn intersect(&mut self, other: &BitSet) {
        for (at, word) in self.words_mut().enumerate() {
            *word &= other.word(at);
        }
    }

    /// Takes out what is in another set.
    pub fn subtract(&mut self, other: &BitSet) {
        for (word, less) in self.words_mut().zip(other.words()) {
            *word &= !less;
        }
    }

    /// Whether all of another set are in it.
    pub fn contains_all(&self, other: &BitSet) -> bool {
        other.words().enumerate().all(|(at, word)| word & !self.word(at) == 0)
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.own = [0; OWN];
        self.rest.fill(0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.words().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words().all(|&word| word == 0)
    }

    /// The numbers, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let (mut at, mut left) = (0, self.own[0]);
        std::iter::from_fn(move || {
            while left == 0 {
                at += 1;
                if at >= OWN + self.rest.len() {
                    return None;
                }
                left = self.word(at);
            }
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(at * 64 + bit)
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
        let mut other: BitSet = [3, 5, 400].into_iter().collect();
        assert!(other.union(&set) && !other.union(&set));
        assert_eq!((other.iter().collect::<Vec<_>>(), other.contains_all(&set)), (vec![3, 5, 130, 400], true));
        other.intersect(&set);
        assert_eq!(other.iter().collect::<Vec<_>>(), [3, 130]);
        other.subtract(&set);
        assert!(other.is_empty());
    }
}
