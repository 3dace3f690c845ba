//! Finding a value's pointers into itself, in its bytes.

/// The offsets at which the bytes of a value at `address` hold, aligned, an address within the value: its
/// pointers into itself, or numbers that look like one.
///
/// An address is `width` bytes (4 on wasm32), little-endian.
///
/// ```
/// use pollscope::pinning::self_pointers;
///
/// // At 0x100: the number 42, then 0x100 itself.
/// assert_eq!(self_pointers(0x100, &[42, 0, 0, 0, 0, 1, 0, 0], 4), [4]);
/// ```
pub fn self_pointers(address: usize, bytes: &[u8], width: usize) -> Vec<usize> {
    let points_inside = |at: &usize| {
        let value = bytes[*at..at + width].iter().rev().fold(0, |n: u64, &b| n << 8 | u64::from(b));
        (address as u64..(address + bytes.len()) as u64).contains(&value)
    };
    let last = (bytes.len() + 1).saturating_sub(width);
    (0..last).filter(|at| (address + at).is_multiple_of(width)).filter(points_inside).collect()
}
