// Traits, comparing, formatting and operators. What programs may use of std is read by the engine, not compiled: `intrinsic!()` is a
// body that the interpreter knows by name, `#[name]` is what debug information calls a type, `#[opaque]` a layout that is given: size,
// align, `drop`, niche (offset, size, range).

#[builtin] trait Copy {}
#[builtin] trait Sized {}
#[builtin] trait Send {}
#[builtin] trait Sync {}
#[builtin] trait Unpin {}
#[builtin] trait Eq {}
#[builtin] trait Any {}
trait Drop { fn drop(&mut self); }
#[structural] trait Clone { fn clone(&self) -> Self; }
#[structural] trait Default { fn default() -> Self; }
#[structural] trait PartialEq<R> { fn eq(&self, other: &R) -> bool; fn ne(&self, other: &R) -> bool { intrinsic!() } }
#[structural] trait PartialOrd<R> {
    fn partial_cmp(&self, other: &R) -> Option<Ordering>;
    fn lt(&self, other: &R) -> bool { intrinsic!() }
    fn le(&self, other: &R) -> bool { intrinsic!() }
    fn gt(&self, other: &R) -> bool { intrinsic!() }
    fn ge(&self, other: &R) -> bool { intrinsic!() }
}
#[structural] trait Ord {
    fn cmp(&self, other: &Self) -> Ordering;
    fn max(self, other: Self) -> Self { if other < self { self } else { other } }
    fn min(self, other: Self) -> Self { if other < self { other } else { self } }
    fn clamp(self, min: Self, max: Self) -> Self { if self < min { min } else if self > max { max } else { self } }
}
#[structural] trait Hash {}
#[structural] trait Debug { fn fmt(&self, f: &mut Formatter) -> Result<(), FmtError>; }
#[structural] trait Display { fn fmt(&self, f: &mut Formatter) -> Result<(), FmtError>; }
#[structural] trait LowerHex { fn fmt(&self, f: &mut Formatter) -> Result<(), FmtError>; }
#[structural] trait UpperHex { fn fmt(&self, f: &mut Formatter) -> Result<(), FmtError>; }
#[structural] trait Binary { fn fmt(&self, f: &mut Formatter) -> Result<(), FmtError>; }
#[structural] trait Octal { fn fmt(&self, f: &mut Formatter) -> Result<(), FmtError>; }
#[structural] trait LowerExp { fn fmt(&self, f: &mut Formatter) -> Result<(), FmtError>; }
#[structural] trait Pointer { fn fmt(&self, f: &mut Formatter) -> Result<(), FmtError>; }
#[name("core::fmt::Error")] #[derive(Clone, Copy, Debug, PartialEq)] struct FmtError;
#[name("core::fmt::Formatter")] #[opaque("16 4")] struct Formatter {}
impl Formatter {
    fn write_str(&mut self, s: &str) -> Result<(), FmtError> { intrinsic!() }
    fn write_fmt(&mut self, args: Arguments) -> Result<(), FmtError> { intrinsic!() }
    fn pad(&mut self, s: &str) -> Result<(), FmtError> { intrinsic!() }
}
#[name("core::fmt::Arguments")] #[opaque("8 4 niche 0 4 1 4294967295")] #[derive(Copy, Clone)] struct Arguments {}
#[name("core::fmt::rt::Argument")] #[opaque("8 4 niche 0 4 1 4294967295")] #[derive(Copy, Clone)] struct Argument {}
trait ToString { fn to_string(&self) -> String; }
impl<T: Display> ToString for T { fn to_string(&self) -> String { intrinsic!() } }
#[name("core::cmp::Ordering")] #[derive(Clone, Copy, PartialEq, PartialOrd, Eq, Ord, Debug)] enum Ordering { Less = -1, Equal = 0, Greater = 1 }
impl Ordering {
    fn reverse(self) -> Ordering { match self { Ordering::Less => Ordering::Greater, Ordering::Equal => Ordering::Equal, Ordering::Greater => Ordering::Less } }
    fn is_eq(self) -> bool { match self { Ordering::Equal => true, _ => false } }
    fn is_lt(self) -> bool { match self { Ordering::Less => true, _ => false } }
    fn is_gt(self) -> bool { match self { Ordering::Greater => true, _ => false } }
    fn then(self, other: Ordering) -> Ordering { match self { Ordering::Equal => other, _ => self } }
    fn then_with<F: FnOnce() -> Ordering>(self, f: F) -> Ordering { match self { Ordering::Equal => f(), _ => self } }
}
#[name("core::cmp::Reverse")] #[derive(Clone, Copy, PartialEq, PartialOrd, Eq, Ord, Debug)] struct Reverse<T>(T);

trait FnOnce<A> { type Output; }
trait FnMut<A> { type Output; }
trait Fn<A> { type Output; }
trait Deref { type Target; fn deref(&self) -> &Self::Target; }
trait DerefMut { fn deref_mut(&mut self) -> &mut Self::Target; }
trait Index<I> { type Output; fn index(&self, index: I) -> &Self::Output; }
trait IndexMut<I> { type Output; fn index_mut(&mut self, index: I) -> &mut Self::Output; }
trait Add<R> { type Output; fn add(self, rhs: R) -> Self::Output; }
trait Sub<R> { type Output; fn sub(self, rhs: R) -> Self::Output; }
trait Mul<R> { type Output; fn mul(self, rhs: R) -> Self::Output; }
trait Div<R> { type Output; fn div(self, rhs: R) -> Self::Output; }
trait Rem<R> { type Output; fn rem(self, rhs: R) -> Self::Output; }
trait BitAnd<R> { type Output; fn bitand(self, rhs: R) -> Self::Output; }
trait BitOr<R> { type Output; fn bitor(self, rhs: R) -> Self::Output; }
trait BitXor<R> { type Output; fn bitxor(self, rhs: R) -> Self::Output; }
trait Shl<R> { type Output; fn shl(self, rhs: R) -> Self::Output; }
trait Shr<R> { type Output; fn shr(self, rhs: R) -> Self::Output; }
trait Neg { type Output; fn neg(self) -> Self::Output; }
trait Not { type Output; fn not(self) -> Self::Output; }
trait AddAssign<R> { fn add_assign(&mut self, rhs: R); }
trait SubAssign<R> { fn sub_assign(&mut self, rhs: R); }
trait MulAssign<R> { fn mul_assign(&mut self, rhs: R); }
trait DivAssign<R> { fn div_assign(&mut self, rhs: R); }
trait RemAssign<R> { fn rem_assign(&mut self, rhs: R); }
trait BitAndAssign<R> { fn bitand_assign(&mut self, rhs: R); }
trait BitOrAssign<R> { fn bitor_assign(&mut self, rhs: R); }
trait BitXorAssign<R> { fn bitxor_assign(&mut self, rhs: R); }
trait ShlAssign<R> { fn shl_assign(&mut self, rhs: R); }
trait ShrAssign<R> { fn shr_assign(&mut self, rhs: R); }
trait From<T> { fn from(value: T) -> Self; }
trait Into<T> { fn into(self) -> T; }
impl<T, U: From<T>> Into<U> for T { fn into(self) -> U { U::from(self) } }
impl<T> From<T> for T { fn from(value: T) -> T { value } }
trait TryFrom<T> { type Error; fn try_from(value: T) -> Result<Self, Self::Error>; }
trait TryInto<T> { type Error; fn try_into(self) -> Result<T, Self::Error>; }
impl<T, U: TryFrom<T>> TryInto<U> for T { type Error = U::Error; fn try_into(self) -> Result<U, U::Error> { U::try_from(self) } }
#[name("core::num::error::TryFromIntError")] #[derive(Clone, Copy, Debug, PartialEq, Display)] struct TryFromIntError;
#[name("core::num::error::ParseIntError")] #[opaque("1 1 niche 0 1 0 4")] #[derive(Clone, Debug, PartialEq, Display)] struct ParseIntError {}
trait AsRef<T> { fn as_ref(&self) -> &T; }
trait FromStr { type Err; fn from_str(s: &str) -> Result<Self, Self::Err>; }
trait ToOwned { type Owned; fn to_owned(&self) -> Self::Owned; }
impl ToOwned for str { type Owned = String; fn to_owned(&self) -> String { intrinsic!() } }
impl<T> ToOwned for [T] { type Owned = Vec<T>; fn to_owned(&self) -> Vec<T> { intrinsic!() } }
