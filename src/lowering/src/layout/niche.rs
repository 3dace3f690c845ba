//! Niches: bit patterns that a type never has, in which an enum around it can say which variant it is.
//!
//! A *scalar* has a range of valid values, which may wrap around; the values outside of it are its niche. A type offers its
//! largest niche alone. What an enum *reserves* of it becomes valid; what is left is the niche of the enum.

/// The largest niche of a type: where the scalar lies, and which of its values are valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Niche {
    /// In bytes, from the start of the value.
    pub offset: u64,
    /// Of the scalar, in bytes: 1, 2, 4, 8 or 16.
    pub size: u64,
    /// The first valid value.
    pub start: u128,
    /// The last valid value, inclusive; less than `start` where the range wraps around.
    pub end: u128,
}

impl Niche {
    /// The niche of a scalar at offset 0 with these valid values; none if all values are valid.
    pub fn of_scalar(size: u64, start: u128, end: u128) -> Option<Niche> {
        let niche = Niche { offset: 0, size, start, end };
        (niche.available() > 0).then_some(niche)
    }

    /// The same niche of a value that begins `by` bytes further on.
    #[must_use]
    pub fn at(self, by: u64) -> Niche {
        Niche { offset: self.offset.saturating_add(by), ..self }
    }

    fn mask(&self) -> u128 {
        if self.size >= 16 { u128::MAX } else { (1 << (8 * self.size)) - 1 }
    }

    /// How many values are left.
    pub fn available(&self) -> u128 {
        self.start.wrapping_sub(self.end).wrapping_sub(1) & self.mask()
    }

    /// Takes `count` values: the first of them, and what is left. It is chosen so that zero, which compares fastest, is used
    /// as soon as it can be.
    pub fn reserve(self, count: u128) -> Option<(u128, Option<Niche>)> {
        if count == 0 || count > self.available() {
            return None;
        }
        let mask = self.mask();
        let left = |niche: Niche| (niche.available() > 0).then_some(niche);
        let by_start = || {
            let start = self.start.wrapping_sub(count) & mask;
            Some((start, left(Niche { start, ..self })))
        };
        let by_end = || {
            let (start, end) = (self.end.wrapping_add(1) & mask, self.end.wrapping_add(count) & mask);
            Some((start, left(Niche { end, ..self })))
        };
        let from_end_to_zero = mask - self.end;
        if self.start > self.end {
            // Zero is valid already.
            by_end()
        } else if self.start <= from_end_to_zero {
            if count <= self.start { by_start() } else { by_end() }
        } else {
            let end = self.end.wrapping_add(count) & mask;
            let overlaps_zero = (1..=self.end).contains(&end);
            if overlaps_zero { by_start() } else { by_end() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Niche;

    fn check(niche: Option<Niche>, count: u128, expected: Option<(u128, u128)>) {
        let reserved = niche.and_then(|n| n.reserve(count));
        assert_eq!(reserved.map(|(start, left)| (start, left.map_or(0, |n| n.available()))), expected);
    }

    #[test]
    fn niche_of_a_bool_begins_at_2() {
        check(Niche::of_scalar(1, 0, 1), 1, Some((2, 253)));
        check(Niche::of_scalar(1, 0, 1), 254, Some((2, 0)));
        check(Niche::of_scalar(1, 0, 1), 255, None);
    }

    #[test]
    fn niche_of_a_reference_is_null() {
        check(Niche::of_scalar(4, 1, u32::MAX.into()), 1, Some((0, 0)));
        check(Niche::of_scalar(4, 1, u32::MAX.into()), 2, None);
    }

    #[test]
    fn niche_of_a_capacity_begins_after_the_highest() {
        check(Niche::of_scalar(4, 0, i32::MAX as u128), 1, Some((0x8000_0000, 0x7fff_ffff)));
    }

    #[test]
    fn scalar_of_all_values_has_none() {
        assert_eq!(Niche::of_scalar(4, 0, u32::MAX.into()), None);
    }
}
