// Read once for each integer type, with INT and UNSIGNED put in.
impl INT {
    fn pow(self, exp: u32) -> INT { intrinsic!() }
    fn abs(self) -> INT { intrinsic!() }
    fn signum(self) -> INT { intrinsic!() }
    fn abs_diff(self, other: INT) -> UNSIGNED { intrinsic!() }
    fn unsigned_abs(self) -> UNSIGNED { intrinsic!() }
    fn is_power_of_two(self) -> bool { intrinsic!() }
    fn next_power_of_two(self) -> INT { intrinsic!() }
    fn is_positive(self) -> bool { intrinsic!() }
    fn is_negative(self) -> bool { intrinsic!() }
    fn rem_euclid(self, rhs: INT) -> INT { intrinsic!() }
    fn div_euclid(self, rhs: INT) -> INT { intrinsic!() }
    fn div_ceil(self, rhs: INT) -> INT { intrinsic!() }
    fn is_multiple_of(self, rhs: INT) -> bool { intrinsic!() }
    fn isqrt(self) -> INT { intrinsic!() }
    fn wrapping_add(self, rhs: INT) -> INT { intrinsic!() }
    fn wrapping_sub(self, rhs: INT) -> INT { intrinsic!() }
    fn wrapping_mul(self, rhs: INT) -> INT { intrinsic!() }
    fn wrapping_neg(self) -> INT { intrinsic!() }
    fn wrapping_shl(self, rhs: u32) -> INT { intrinsic!() }
    fn wrapping_shr(self, rhs: u32) -> INT { intrinsic!() }
    fn saturating_add(self, rhs: INT) -> INT { intrinsic!() }
    fn saturating_sub(self, rhs: INT) -> INT { intrinsic!() }
    fn saturating_mul(self, rhs: INT) -> INT { intrinsic!() }
    fn checked_add(self, rhs: INT) -> Option<INT> { intrinsic!() }
    fn checked_sub(self, rhs: INT) -> Option<INT> { intrinsic!() }
    fn checked_mul(self, rhs: INT) -> Option<INT> { intrinsic!() }
    fn checked_div(self, rhs: INT) -> Option<INT> { intrinsic!() }
    fn checked_rem(self, rhs: INT) -> Option<INT> { intrinsic!() }
    fn checked_pow(self, exp: u32) -> Option<INT> { intrinsic!() }
    fn overflowing_add(self, rhs: INT) -> (INT, bool) { intrinsic!() }
    fn overflowing_sub(self, rhs: INT) -> (INT, bool) { intrinsic!() }
    fn overflowing_mul(self, rhs: INT) -> (INT, bool) { intrinsic!() }
    fn count_ones(self) -> u32 { intrinsic!() }
    fn count_zeros(self) -> u32 { intrinsic!() }
    fn leading_zeros(self) -> u32 { intrinsic!() }
    fn trailing_zeros(self) -> u32 { intrinsic!() }
    fn rotate_left(self, n: u32) -> INT { intrinsic!() }
    fn rotate_right(self, n: u32) -> INT { intrinsic!() }
    fn swap_bytes(self) -> INT { intrinsic!() }
    fn ilog2(self) -> u32 { intrinsic!() }
    fn ilog10(self) -> u32 { intrinsic!() }
    fn to_le_bytes(self) -> [u8; BYTES] { intrinsic!() }
    fn to_be_bytes(self) -> [u8; BYTES] { intrinsic!() }
    fn from_le_bytes(bytes: [u8; BYTES]) -> INT { intrinsic!() }
    fn from_be_bytes(bytes: [u8; BYTES]) -> INT { intrinsic!() }
}
impl FromStr for INT { type Err = ParseIntError; fn from_str(s: &str) -> Result<INT, ParseIntError> { intrinsic!() } }
