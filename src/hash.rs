//! One hash for all that is told apart by a number: small, and the same on every target.

/// FNV-1a over parts, each taken as one; bytes, as a rule.
pub(crate) fn fnv1a(parts: impl IntoIterator<Item = impl Into<u64>>) -> u64 {
    parts.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, part| (hash ^ part.into()).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::fnv1a;

    #[test]
    fn hash_is_the_published_one() {
        assert_eq!(fnv1a([0_u8; 0]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(*b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(*b"foobar"), 0x8594_4171_f739_67e8);
    }
}
