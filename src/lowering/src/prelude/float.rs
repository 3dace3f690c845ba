// Read once for each floating point type, with FLOAT and BITS put in.
impl FLOAT {
    fn abs(self) -> FLOAT { intrinsic!() }
    fn sqrt(self) -> FLOAT { intrinsic!() }
    fn floor(self) -> FLOAT { intrinsic!() }
    fn ceil(self) -> FLOAT { intrinsic!() }
    fn round(self) -> FLOAT { intrinsic!() }
    fn trunc(self) -> FLOAT { intrinsic!() }
    fn fract(self) -> FLOAT { intrinsic!() }
    fn signum(self) -> FLOAT { intrinsic!() }
    fn sin(self) -> FLOAT { intrinsic!() }
    fn cos(self) -> FLOAT { intrinsic!() }
    fn tan(self) -> FLOAT { intrinsic!() }
    fn exp(self) -> FLOAT { intrinsic!() }
    fn ln(self) -> FLOAT { intrinsic!() }
    fn log10(self) -> FLOAT { intrinsic!() }
    fn log2(self) -> FLOAT { intrinsic!() }
    fn recip(self) -> FLOAT { intrinsic!() }
    fn to_degrees(self) -> FLOAT { intrinsic!() }
    fn to_radians(self) -> FLOAT { intrinsic!() }
    fn cbrt(self) -> FLOAT { intrinsic!() }
    fn min(self, other: FLOAT) -> FLOAT { intrinsic!() }
    fn max(self, other: FLOAT) -> FLOAT { intrinsic!() }
    fn powf(self, other: FLOAT) -> FLOAT { intrinsic!() }
    fn atan2(self, other: FLOAT) -> FLOAT { intrinsic!() }
    fn hypot(self, other: FLOAT) -> FLOAT { intrinsic!() }
    fn rem_euclid(self, other: FLOAT) -> FLOAT { intrinsic!() }
    fn copysign(self, other: FLOAT) -> FLOAT { intrinsic!() }
    fn powi(self, n: i32) -> FLOAT { intrinsic!() }
    fn clamp(self, min: FLOAT, max: FLOAT) -> FLOAT { intrinsic!() }
    fn mul_add(self, a: FLOAT, b: FLOAT) -> FLOAT { intrinsic!() }
    fn is_nan(self) -> bool { intrinsic!() }
    fn is_infinite(self) -> bool { intrinsic!() }
    fn is_finite(self) -> bool { intrinsic!() }
    fn total_cmp(&self, other: &FLOAT) -> Ordering { intrinsic!() }
    fn to_bits(self) -> BITS { intrinsic!() }
}
