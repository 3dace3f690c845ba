// What programs may use of std. It is read by the engine, not compiled: `intrinsic!()` is a body that the interpreter knows by name,
// `#[name]` is what debug information calls a type, `#[opaque]` a layout that is given: size, align, `drop`, niche (offset, size, range).

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

// ---- Option, Result, Poll, ControlFlow
#[builtin_type(Option)] #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)] enum Option<T> { None, Some(T) }
#[builtin_type(Result)] #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)] enum Result<T, E> { Ok(T), Err(E) }
#[builtin_type(Poll)] #[name("core::task::poll::Poll")] #[derive(Clone, Copy, PartialEq, Eq, Debug)] enum Poll<T> { Ready(T), Pending }
#[name("core::ops::control_flow::ControlFlow")] #[derive(Clone, Copy, PartialEq, Eq, Debug)] enum ControlFlow<B, C> { Continue(C), Break(B) }
#[name("core::convert::Infallible")] #[derive(Clone, Copy, Debug)] enum Infallible {}
trait Try { type Output; type Residual; fn branch(self) -> ControlFlow<Self::Residual, Self::Output>; }
trait FromResidual<R> { fn from_residual(residual: R) -> Self; }
impl<T> Try for Option<T> { type Output = T; type Residual = Option<Infallible>;
    fn branch(self) -> ControlFlow<Option<Infallible>, T> { match self { Some(v) => ControlFlow::Continue(v), None => ControlFlow::Break(None) } } }
impl<T, E> Try for Result<T, E> { type Output = T; type Residual = Result<Infallible, E>;
    fn branch(self) -> ControlFlow<Result<Infallible, E>, T> { match self { Ok(v) => ControlFlow::Continue(v), Err(e) => ControlFlow::Break(Err(e)) } } }
impl<T> FromResidual<Option<Infallible>> for Option<T> { fn from_residual(residual: Option<Infallible>) -> Option<T> { None } }
impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Result<T, F> {
    fn from_residual(residual: Result<Infallible, E>) -> Result<T, F> { match residual { Err(e) => Err(F::from(e)), Ok(never) => unreachable!() } } }
impl<T> Option<T> {
    fn is_some(&self) -> bool { match self { Some(_) => true, None => false } }
    fn is_none(&self) -> bool { match self { Some(_) => false, None => true } }
    fn is_some_and<F: FnOnce(T) -> bool>(self, f: F) -> bool { match self { Some(v) => f(v), None => false } }
    fn is_none_or<F: FnOnce(T) -> bool>(self, f: F) -> bool { match self { Some(v) => f(v), None => true } }
    fn as_ref(&self) -> Option<&T> { match self { Some(v) => Some(v), None => None } }
    fn as_mut(&mut self) -> Option<&mut T> { match self { Some(v) => Some(v), None => None } }
    fn expect(self, message: &str) -> T { match self { Some(v) => v, None => panic!("{}", message) } }
    fn unwrap(self) -> T { match self { Some(v) => v, None => panic!("called `Option::unwrap()` on a `None` value") } }
    fn unwrap_or(self, default: T) -> T { match self { Some(v) => v, None => default } }
    fn unwrap_or_else<F: FnOnce() -> T>(self, f: F) -> T { match self { Some(v) => v, None => f() } }
    fn unwrap_or_default(self) -> T where T: Default { match self { Some(v) => v, None => T::default() } }
    fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Option<U> { match self { Some(v) => Some(f(v)), None => None } }
    fn inspect<F: FnOnce(&T)>(self, f: F) -> Option<T> { match self { Some(v) => { f(&v); Some(v) } None => None } }
    fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U { match self { Some(v) => f(v), None => default } }
    fn map_or_else<U, D: FnOnce() -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U { match self { Some(v) => f(v), None => default() } }
    fn ok_or<E>(self, err: E) -> Result<T, E> { match self { Some(v) => Ok(v), None => Err(err) } }
    fn ok_or_else<E, F: FnOnce() -> E>(self, f: F) -> Result<T, E> { match self { Some(v) => Ok(v), None => Err(f()) } }
    fn and<U>(self, other: Option<U>) -> Option<U> { match self { Some(_) => other, None => None } }
    fn and_then<U, F: FnOnce(T) -> Option<U>>(self, f: F) -> Option<U> { match self { Some(v) => f(v), None => None } }
    fn filter<P: FnOnce(&T) -> bool>(self, predicate: P) -> Option<T> { match self { Some(v) => if predicate(&v) { Some(v) } else { None }, None => None } }
    fn or(self, other: Option<T>) -> Option<T> { match self { Some(v) => Some(v), None => other } }
    fn or_else<F: FnOnce() -> Option<T>>(self, f: F) -> Option<T> { match self { Some(v) => Some(v), None => f() } }
    fn xor(self, other: Option<T>) -> Option<T> { match (self, other) { (Some(a), None) => Some(a), (None, Some(b)) => Some(b), _ => None } }
    fn insert(&mut self, value: T) -> &mut T { *self = Some(value); match self { Some(v) => v, None => unreachable!() } }
    fn get_or_insert(&mut self, value: T) -> &mut T { if self.is_none() { *self = Some(value); } match self { Some(v) => v, None => unreachable!() } }
    fn get_or_insert_with<F: FnOnce() -> T>(&mut self, f: F) -> &mut T { if self.is_none() { *self = Some(f()); } match self { Some(v) => v, None => unreachable!() } }
    fn take(&mut self) -> Option<T> { replace(self, None) }
    fn replace(&mut self, value: T) -> Option<T> { replace(self, Some(value)) }
    fn zip<U>(self, other: Option<U>) -> Option<(T, U)> { match (self, other) { (Some(a), Some(b)) => Some((a, b)), _ => None } }
    fn iter(&self) -> OptionIter<&T> { OptionIter { item: self.as_ref() } }
}
impl<T: Deref> Option<T> { fn as_deref(&self) -> Option<&T::Target> { match self { Some(v) => Some(v.deref()), None => None } } }
impl<T: Deref> Option<T> { fn as_deref_mut(&mut self) -> Option<&mut T::Target> { match self { Some(v) => Some(v.deref_mut()), None => None } } }
impl<T: Clone> Option<&T> { fn copied(self) -> Option<T> { match self { Some(v) => Some(v.clone()), None => None } } fn cloned(self) -> Option<T> { match self { Some(v) => Some(v.clone()), None => None } } }
impl<T: Clone> Option<&mut T> { fn copied(self) -> Option<T> { match self { Some(v) => Some(v.clone()), None => None } } fn cloned(self) -> Option<T> { match self { Some(v) => Some(v.clone()), None => None } } }
impl<T> Option<Option<T>> { fn flatten(self) -> Option<T> { match self { Some(v) => v, None => None } } }
#[name("core::option::IntoIter")] struct OptionIter<T> { item: Option<T> }
impl<T> Iterator for OptionIter<T> { type Item = T; fn next(&mut self) -> Option<T> { self.item.take() } }
impl<T> IntoIterator for Option<T> { type Item = T; type IntoIter = OptionIter<T>; fn into_iter(self) -> OptionIter<T> { OptionIter { item: self } } }
impl<T, E> Result<T, E> {
    fn is_ok(&self) -> bool { match self { Ok(_) => true, Err(_) => false } }
    fn is_err(&self) -> bool { match self { Ok(_) => false, Err(_) => true } }
    fn is_ok_and<F: FnOnce(T) -> bool>(self, f: F) -> bool { match self { Ok(v) => f(v), Err(_) => false } }
    fn is_err_and<F: FnOnce(E) -> bool>(self, f: F) -> bool { match self { Ok(_) => false, Err(e) => f(e) } }
    fn ok(self) -> Option<T> { match self { Ok(v) => Some(v), Err(_) => None } }
    fn err(self) -> Option<E> { match self { Ok(_) => None, Err(e) => Some(e) } }
    fn as_ref(&self) -> Result<&T, &E> { match self { Ok(v) => Ok(v), Err(e) => Err(e) } }
    fn as_mut(&mut self) -> Result<&mut T, &mut E> { match self { Ok(v) => Ok(v), Err(e) => Err(e) } }
    fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Result<U, E> { match self { Ok(v) => Ok(f(v)), Err(e) => Err(e) } }
    fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U { match self { Ok(v) => f(v), Err(_) => default } }
    fn map_or_else<U, D: FnOnce(E) -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U { match self { Ok(v) => f(v), Err(e) => default(e) } }
    fn map_err<O, F: FnOnce(E) -> O>(self, f: F) -> Result<T, O> { match self { Ok(v) => Ok(v), Err(e) => Err(f(e)) } }
    fn and<U>(self, other: Result<U, E>) -> Result<U, E> { match self { Ok(_) => other, Err(e) => Err(e) } }
    fn and_then<U, F: FnOnce(T) -> Result<U, E>>(self, f: F) -> Result<U, E> { match self { Ok(v) => f(v), Err(e) => Err(e) } }
    fn or<F>(self, other: Result<T, F>) -> Result<T, F> { match self { Ok(v) => Ok(v), Err(_) => other } }
    fn or_else<O, F: FnOnce(E) -> Result<T, O>>(self, f: F) -> Result<T, O> { match self { Ok(v) => Ok(v), Err(e) => f(e) } }
    fn unwrap_or(self, default: T) -> T { match self { Ok(v) => v, Err(_) => default } }
    fn unwrap_or_else<F: FnOnce(E) -> T>(self, f: F) -> T { match self { Ok(v) => v, Err(e) => f(e) } }
    fn unwrap_or_default(self) -> T where T: Default { match self { Ok(v) => v, Err(_) => T::default() } }
    fn unwrap(self) -> T { match self { Ok(v) => v, Err(e) => panic!("called `Result::unwrap()` on an `Err` value: {:?}", e) } }
    fn expect(self, message: &str) -> T { match self { Ok(v) => v, Err(e) => panic!("{}: {:?}", message, e) } }
    fn unwrap_err(self) -> E { match self { Ok(v) => panic!("called `Result::unwrap_err()` on an `Ok` value: {:?}", v), Err(e) => e } }
    fn expect_err(self, message: &str) -> E { match self { Ok(v) => panic!("{}: {:?}", message, v), Err(e) => e } }
}
impl<T> Poll<T> {
    fn is_ready(&self) -> bool { match self { Poll::Ready(_) => true, Poll::Pending => false } }
    fn is_pending(&self) -> bool { match self { Poll::Ready(_) => false, Poll::Pending => true } }
    fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<U> { match self { Poll::Ready(v) => Poll::Ready(f(v)), Poll::Pending => Poll::Pending } }
}

// ---- memory
#[intrinsic_path("mem::replace")] fn replace<T>(dest: &mut T, value: T) -> T { intrinsic!() }
#[intrinsic_path("mem::swap")] fn swap<T>(a: &mut T, b: &mut T) { intrinsic!() }
fn take<T: Default>(dest: &mut T) -> T { replace(dest, T::default()) }
fn drop<T>(_x: T) {}
#[intrinsic_path("mem::forget")] fn forget<T>(x: T) { intrinsic!() }
#[intrinsic_path("mem::size_of")] fn size_of<T>() -> usize { intrinsic!() }
#[intrinsic_path("mem::size_of_val")] fn size_of_val<T>(x: &T) -> usize { intrinsic!() }
fn min<T: Ord>(a: T, b: T) -> T { a.min(b) }
fn max<T: Ord>(a: T, b: T) -> T { a.max(b) }
fn identity<T>(x: T) -> T { x }
#[builtin_type(PhantomData)] #[name("core::marker::PhantomData")] #[opaque("0 1")] #[derive(Clone, Copy, Debug, Default, PartialEq)] struct PhantomData<T>;
#[builtin_type(ManuallyDrop)] #[name("core::mem::manually_drop::ManuallyDrop")] struct ManuallyDrop<T> { value: T }
impl<T> ManuallyDrop<T> { fn new(value: T) -> ManuallyDrop<T> { ManuallyDrop { value } } }
#[builtin_type(Box)] #[opaque("4 4 drop niche 0 4 1 4294967295")] struct Box<T> {}
impl<T> Box<T> {
    fn new(value: T) -> Box<T> { intrinsic!() }
    fn pin(value: T) -> Pin<Box<T>> { intrinsic!() }
    fn into_inner(self) -> T { intrinsic!() }
}
impl<T> Deref for Box<T> { type Target = T; fn deref(&self) -> &T { intrinsic!() } }
impl<T> DerefMut for Box<T> { fn deref_mut(&mut self) -> &mut T { intrinsic!() } }
impl<T: Clone> Clone for Box<T> { fn clone(&self) -> Box<T> { intrinsic!() } }
impl<T: Future> Future for Box<T> { type Output = T::Output; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<T::Output> { intrinsic!() } }
impl<T: Iterator> Iterator for Box<T> { type Item = T::Item; fn next(&mut self) -> Option<T::Item> { (**self).next() } }
#[builtin_type(Rc)] #[opaque("4 4 drop niche 0 4 1 4294967295")] struct Rc<T> {}
#[builtin_type(RcWeak)] #[name("alloc::rc::Weak")] #[opaque("4 4 drop niche 0 4 1 4294967295")] struct Weak<T> {}
impl<T> Rc<T> {
    fn new(value: T) -> Rc<T> { intrinsic!() }
    fn strong_count(this: &Rc<T>) -> usize { intrinsic!() }
    fn weak_count(this: &Rc<T>) -> usize { intrinsic!() }
    fn ptr_eq(this: &Rc<T>, other: &Rc<T>) -> bool { intrinsic!() }
    fn get_mut(this: &mut Rc<T>) -> Option<&mut T> { intrinsic!() }
    fn try_unwrap(this: Rc<T>) -> Result<T, Rc<T>> { intrinsic!() }
    fn into_inner(this: Rc<T>) -> Option<T> { intrinsic!() }
    fn downgrade(this: &Rc<T>) -> Weak<T> { intrinsic!() }
}
impl<T> Weak<T> { fn upgrade(&self) -> Option<Rc<T>> { intrinsic!() } fn new() -> Weak<T> { intrinsic!() } }
impl<T> Clone for Rc<T> { fn clone(&self) -> Rc<T> { intrinsic!() } }
impl<T> Clone for Weak<T> { fn clone(&self) -> Weak<T> { intrinsic!() } }
impl<T> Deref for Rc<T> { type Target = T; fn deref(&self) -> &T { intrinsic!() } }
#[builtin_type(Cell)] #[name("Cell")] struct Cell<T> { value: T }
impl<T> Cell<T> {
    fn new(value: T) -> Cell<T> { Cell { value } }
    fn get(&self) -> T { intrinsic!() }
    fn set(&self, value: T) { drop(self.replace(value)) }
    fn replace(&self, value: T) -> T { intrinsic!() }
    fn take(&self) -> T where T: Default { self.replace(T::default()) }
    fn into_inner(self) -> T { self.value }
    fn update<F: FnOnce(T) -> T>(&self, f: F) { let old = self.get(); self.set(f(old)); }
}
#[builtin_type(RefCell)] #[name("RefCell")] struct RefCell<T> { borrow: isize, value: T }
impl<T> RefCell<T> {
    fn new(value: T) -> RefCell<T> { RefCell { borrow: 0, value } }
    fn borrow(&self) -> Ref<T> { intrinsic!() }
    fn borrow_mut(&self) -> RefMut<T> { intrinsic!() }
    fn into_inner(self) -> T { self.value }
    fn replace(&self, value: T) -> T { replace(&mut *self.borrow_mut(), value) }
    fn take(&self) -> T where T: Default { self.replace(T::default()) }
}
#[builtin_type(CellRef)] #[name("Ref")] #[opaque("8 4 drop niche 0 4 1 4294967295")] struct Ref<T> {}
#[builtin_type(CellRefMut)] #[name("RefMut")] #[opaque("8 4 drop niche 0 4 1 4294967295")] struct RefMut<T> {}
impl<T> Deref for Ref<T> { type Target = T; fn deref(&self) -> &T { intrinsic!() } }
impl<T> Deref for RefMut<T> { type Target = T; fn deref(&self) -> &T { intrinsic!() } }
impl<T> DerefMut for RefMut<T> { fn deref_mut(&mut self) -> &mut T { intrinsic!() } }

// ---- futures
trait Future { type Output; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<Self::Output>; }
trait IntoFuture { type Output; type IntoFuture; fn into_future(self) -> Self::IntoFuture; }
impl<F: Future> IntoFuture for F { type Output = F::Output; type IntoFuture = F; fn into_future(self) -> F { intrinsic!() } }
#[builtin_type(Pin)] struct Pin<P> { pointer: P }
impl<P> Pin<P> {
    fn new(pointer: P) -> Pin<P> { intrinsic!() }
    fn new_unchecked(pointer: P) -> Pin<P> { intrinsic!() }
}
impl<P: Deref> Pin<P> { fn as_mut(&mut self) -> Pin<&mut P::Target> { intrinsic!() } fn as_ref(&self) -> Pin<&P::Target> { intrinsic!() } fn set(&mut self, value: P::Target) { intrinsic!() } }
impl<T> Pin<&mut T> { fn get_mut(self) -> &mut T { intrinsic!() } fn get_unchecked_mut(self) -> &mut T { intrinsic!() } }
impl<P: Deref> Deref for Pin<P> { type Target = P::Target; fn deref(&self) -> &P::Target { intrinsic!() } }
impl<P: DerefMut> DerefMut for Pin<P> { fn deref_mut(&mut self) -> &mut P::Target { intrinsic!() } }
impl<P: Clone> Clone for Pin<P> { fn clone(&self) -> Pin<P> { Pin { pointer: self.pointer.clone() } } }
impl<P: Deref> Future for Pin<P> where P::Target: Future { type Output = <P::Target as Future>::Output; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<<P::Target as Future>::Output> { intrinsic!() } }
impl<F: Future> Future for &mut F { type Output = F::Output; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<F::Output> { intrinsic!() } }
#[builtin_type(Context)] #[name("core::task::wake::Context")] #[opaque("16 4")] struct Context {}
impl Context { fn waker(&self) -> &Waker { intrinsic!() } }
#[builtin_type(Waker)] #[name("core::task::wake::Waker")] #[opaque("8 4 drop niche 4 4 1 4294967295")] struct Waker {}
impl Waker { fn wake_by_ref(&self) { intrinsic!() } fn wake(self) { intrinsic!() } }
impl Clone for Waker { fn clone(&self) -> Waker { intrinsic!() } }
#[builtin_type(ResumeTy)] #[name("core::future::ResumeTy")] #[opaque("4 4 niche 0 4 1 4294967295")] #[derive(Copy, Clone)] struct ResumeTy {}
fn get_context(context: ResumeTy) -> &mut Context { intrinsic!() }

// ---- iterators
trait Iterator {
    type Item;
    fn next(&mut self) -> Option<Self::Item>;
    fn by_ref(&mut self) -> &mut Self { self }
    fn map<B, F: FnMut(Self::Item) -> B>(self, f: F) -> Map<Self, F> { Map { iter: self, f } }
    fn filter<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> Filter<Self, P> { Filter { iter: self, predicate } }
    fn filter_map<B, F: FnMut(Self::Item) -> Option<B>>(self, f: F) -> FilterMap<Self, F> { FilterMap { iter: self, f } }
    fn flat_map<U: IntoIterator, F: FnMut(Self::Item) -> U>(self, f: F) -> FlatMap<Self, U::IntoIter, F> { FlatMap { iter: self, f, front: None } }
    fn flatten(self) -> Flatten<Self, <Self::Item as IntoIterator>::IntoIter> { Flatten { iter: self, front: None } }
    fn enumerate(self) -> Enumerate<Self> { Enumerate { iter: self, count: 0 } }
    fn rev(self) -> Rev<Self> { Rev { iter: self } }
    fn zip<U: IntoIterator>(self, other: U) -> Zip<Self, U::IntoIter> { Zip { a: self, b: other.into_iter(), index: 0, len: 0 } }
    fn chain<U: IntoIterator>(self, other: U) -> Chain<Self, U::IntoIter> { Chain { a: Some(self), b: Some(other.into_iter()) } }
    fn take(self, n: usize) -> Take<Self> { Take { iter: self, n } }
    fn skip(self, n: usize) -> Skip<Self> { Skip { iter: self, n } }
    fn step_by(self, step: usize) -> StepBy<Self> { StepBy { iter: self, step_minus_one: step - 1, first_take: true } }
    fn take_while<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> TakeWhile<Self, P> { TakeWhile { iter: self, flag: false, predicate } }
    fn skip_while<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> SkipWhile<Self, P> { SkipWhile { iter: self, flag: false, predicate } }
    fn inspect<F: FnMut(&Self::Item)>(self, f: F) -> Inspect<Self, F> { Inspect { iter: self, f } }
    fn peekable(self) -> Peekable<Self> { Peekable { iter: self, peeked: None } }
    fn cycle(self) -> Cycle<Self> where Self: Clone { Cycle { orig: self.clone(), iter: self } }
    fn cloned(self) -> Cloned<Self> { Cloned { it: self } }
    fn copied(self) -> Copied<Self> { Copied { it: self } }
    fn collect<B: FromIterator<Self::Item>>(self) -> B { B::from_iter(self) }
    fn sum<S>(mut self) -> S { let mut total = zero::<S>(); while let Some(x) = self.next() { total = add_any::<S, Self::Item>(total, x); } total }
    fn product<S>(mut self) -> S { let mut total = one::<S>(); while let Some(x) = self.next() { total = mul_any::<S, Self::Item>(total, x); } total }
    fn count(mut self) -> usize { let mut n = 0usize; while let Some(_) = self.next() { n += 1; } n }
    fn last(mut self) -> Option<Self::Item> { let mut last = None; while let Some(x) = self.next() { last = Some(x); } last }
    fn nth(&mut self, n: usize) -> Option<Self::Item> { let mut n = n; loop { let x = self.next()?; if n == 0 { return Some(x) } n -= 1; } }
    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, init: B, mut f: F) -> B { let mut acc = init; while let Some(x) = self.next() { acc = f(acc, x); } acc }
    fn reduce<F: FnMut(Self::Item, Self::Item) -> Self::Item>(mut self, mut f: F) -> Option<Self::Item> { let mut acc = self.next()?; while let Some(x) = self.next() { acc = f(acc, x); } Some(acc) }
    fn for_each<F: FnMut(Self::Item)>(mut self, mut f: F) { while let Some(x) = self.next() { f(x); } }
    fn all<F: FnMut(Self::Item) -> bool>(&mut self, mut f: F) -> bool { while let Some(x) = self.next() { if !f(x) { return false } } true }
    fn any<F: FnMut(Self::Item) -> bool>(&mut self, mut f: F) -> bool { while let Some(x) = self.next() { if f(x) { return true } } false }
    fn find<P: FnMut(&Self::Item) -> bool>(&mut self, mut predicate: P) -> Option<Self::Item> { while let Some(x) = self.next() { if predicate(&x) { return Some(x) } } None }
    fn find_map<B, F: FnMut(Self::Item) -> Option<B>>(&mut self, mut f: F) -> Option<B> { while let Some(x) = self.next() { if let Some(y) = f(x) { return Some(y) } } None }
    fn position<P: FnMut(Self::Item) -> bool>(&mut self, mut predicate: P) -> Option<usize> { let mut n = 0usize; while let Some(x) = self.next() { if predicate(x) { return Some(n) } n += 1; } None }
    fn max(mut self) -> Option<Self::Item> { let mut best = self.next()?; while let Some(x) = self.next() { if x >= best { best = x; } } Some(best) }
    fn min(mut self) -> Option<Self::Item> { let mut best = self.next()?; while let Some(x) = self.next() { if x < best { best = x; } } Some(best) }
    fn max_by_key<B, F: FnMut(&Self::Item) -> B>(mut self, mut f: F) -> Option<Self::Item> { let mut best = self.next()?; let mut key = f(&best); while let Some(x) = self.next() { let k = f(&x); if k >= key { best = x; key = k; } } Some(best) }
    fn min_by_key<B, F: FnMut(&Self::Item) -> B>(mut self, mut f: F) -> Option<Self::Item> { let mut best = self.next()?; let mut key = f(&best); while let Some(x) = self.next() { let k = f(&x); if k < key { best = x; key = k; } } Some(best) }
    fn size_hint(&self) -> (usize, Option<usize>) { intrinsic!() }
}
trait DoubleEndedIterator { fn next_back(&mut self) -> Option<Self::Item>; }
trait ExactSizeIterator { fn len(&self) -> usize; }
trait IntoIterator { type Item; type IntoIter; fn into_iter(self) -> Self::IntoIter; }
impl<I: Iterator> IntoIterator for I { type Item = I::Item; type IntoIter = I; fn into_iter(self) -> I { self } }
impl<I: Iterator> Iterator for &mut I { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { (**self).next() } }
trait FromIterator<A> { fn from_iter<I: IntoIterator<Item = A>>(iter: I) -> Self; }
trait Extend<A> { fn extend<I: IntoIterator<Item = A>>(&mut self, iter: I); }
#[intrinsic_path("num::zero")] fn zero<S>() -> S { intrinsic!() }
#[intrinsic_path("num::one")] fn one<S>() -> S { intrinsic!() }
#[intrinsic_path("num::add")] fn add_any<S, T>(total: S, x: T) -> S { intrinsic!() }
#[intrinsic_path("num::mul")] fn mul_any<S, T>(total: S, x: T) -> S { intrinsic!() }
#[name("core::iter::adapters::map::Map")] #[derive(Clone)] struct Map<I, F> { iter: I, f: F }
impl<I: Iterator, B, F: FnMut(I::Item) -> B> Iterator for Map<I, F> { type Item = B; fn next(&mut self) -> Option<B> { match self.iter.next() { Some(x) => Some((self.f)(x)), None => None } } }
impl<I: DoubleEndedIterator, B, F: FnMut(I::Item) -> B> DoubleEndedIterator for Map<I, F> { fn next_back(&mut self) -> Option<B> { match self.iter.next_back() { Some(x) => Some((self.f)(x)), None => None } } }
#[name("core::iter::adapters::filter::Filter")] #[derive(Clone)] struct Filter<I, P> { iter: I, predicate: P }
impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for Filter<I, P> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { while let Some(x) = self.iter.next() { if (self.predicate)(&x) { return Some(x) } } None } }
impl<I: DoubleEndedIterator, P: FnMut(&I::Item) -> bool> DoubleEndedIterator for Filter<I, P> { fn next_back(&mut self) -> Option<I::Item> { while let Some(x) = self.iter.next_back() { if (self.predicate)(&x) { return Some(x) } } None } }
#[name("core::iter::adapters::filter_map::FilterMap")] #[derive(Clone)] struct FilterMap<I, F> { iter: I, f: F }
impl<I: Iterator, B, F: FnMut(I::Item) -> Option<B>> Iterator for FilterMap<I, F> { type Item = B; fn next(&mut self) -> Option<B> { while let Some(x) = self.iter.next() { if let Some(y) = (self.f)(x) { return Some(y) } } None } }
#[name("core::iter::adapters::flatten::FlatMap")] struct FlatMap<I, U, F> { iter: I, f: F, front: Option<U> }
impl<I: Iterator, V: IntoIterator, U: Iterator, F: FnMut(I::Item) -> V> Iterator for FlatMap<I, U, F> { type Item = U::Item;
    fn next(&mut self) -> Option<U::Item> { loop { if let Some(inner) = &mut self.front { if let Some(x) = inner.next() { return Some(x) } } match self.iter.next() { Some(x) => self.front = Some((self.f)(x).into_iter()), None => return None } } } }
#[name("core::iter::adapters::flatten::Flatten")] struct Flatten<I, U> { iter: I, front: Option<U> }
impl<I: Iterator, U: Iterator> Iterator for Flatten<I, U> where I::Item: IntoIterator { type Item = U::Item;
    fn next(&mut self) -> Option<U::Item> { loop { if let Some(inner) = &mut self.front { if let Some(x) = inner.next() { return Some(x) } } match self.iter.next() { Some(x) => self.front = Some(x.into_iter()), None => return None } } } }
#[name("core::iter::adapters::enumerate::Enumerate")] #[derive(Clone)] struct Enumerate<I> { iter: I, count: usize }
impl<I: Iterator> Iterator for Enumerate<I> { type Item = (usize, I::Item); fn next(&mut self) -> Option<(usize, I::Item)> { match self.iter.next() { Some(x) => { let i = self.count; self.count += 1; Some((i, x)) } None => None } } }
impl<I: ExactSizeIterator + DoubleEndedIterator> DoubleEndedIterator for Enumerate<I> { fn next_back(&mut self) -> Option<(usize, I::Item)> { match self.iter.next_back() { Some(x) => { let n = self.iter.len(); Some((self.count + n, x)) } None => None } } }
#[name("core::iter::adapters::rev::Rev")] #[derive(Clone)] struct Rev<I> { iter: I }
impl<I: DoubleEndedIterator> Iterator for Rev<I> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { self.iter.next_back() } }
impl<I: DoubleEndedIterator> DoubleEndedIterator for Rev<I> { fn next_back(&mut self) -> Option<I::Item> { self.iter.next() } }
#[name("core::iter::adapters::zip::Zip")] #[derive(Clone)] struct Zip<A, B> { a: A, b: B, index: usize, len: usize }
impl<A: Iterator, B: Iterator> Iterator for Zip<A, B> { type Item = (A::Item, B::Item); fn next(&mut self) -> Option<(A::Item, B::Item)> { let x = self.a.next()?; let y = self.b.next()?; Some((x, y)) } }
#[name("core::iter::adapters::chain::Chain")] #[derive(Clone)] struct Chain<A, B> { a: Option<A>, b: Option<B> }
impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Chain<A, B> { type Item = A::Item; fn next(&mut self) -> Option<A::Item> {
    if let Some(a) = &mut self.a { if let Some(x) = a.next() { return Some(x) } self.a = None; } match &mut self.b { Some(b) => b.next(), None => None } } }
#[name("core::iter::adapters::take::Take")] #[derive(Clone)] struct Take<I> { iter: I, n: usize }
impl<I: Iterator> Iterator for Take<I> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { if self.n == 0 { return None } self.n -= 1; self.iter.next() } }
#[name("core::iter::adapters::skip::Skip")] #[derive(Clone)] struct Skip<I> { iter: I, n: usize }
impl<I: Iterator> Iterator for Skip<I> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { while self.n > 0 { self.n -= 1; self.iter.next()?; } self.iter.next() } }
#[name("core::iter::adapters::step_by::StepBy")] #[derive(Clone)] struct StepBy<I> { iter: I, step_minus_one: usize, first_take: bool }
impl<I: Iterator> Iterator for StepBy<I> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { if self.first_take { self.first_take = false; self.iter.next() } else { self.iter.nth(self.step_minus_one) } } }
#[name("core::iter::adapters::take_while::TakeWhile")] #[derive(Clone)] struct TakeWhile<I, P> { iter: I, flag: bool, predicate: P }
impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for TakeWhile<I, P> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { if self.flag { return None } let x = self.iter.next()?; if (self.predicate)(&x) { Some(x) } else { self.flag = true; None } } }
#[name("core::iter::adapters::skip_while::SkipWhile")] #[derive(Clone)] struct SkipWhile<I, P> { iter: I, flag: bool, predicate: P }
impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for SkipWhile<I, P> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { loop { let x = self.iter.next()?; if self.flag || !(self.predicate)(&x) { self.flag = true; return Some(x) } } } }
#[name("core::iter::adapters::inspect::Inspect")] #[derive(Clone)] struct Inspect<I, F> { iter: I, f: F }
impl<I: Iterator, F: FnMut(&I::Item)> Iterator for Inspect<I, F> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { let x = self.iter.next()?; (self.f)(&x); Some(x) } }
#[name("core::iter::adapters::peekable::Peekable")] struct Peekable<I: Iterator> { iter: I, peeked: Option<Option<I::Item>> }
impl<I: Iterator> Iterator for Peekable<I> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { match self.peeked.take() { Some(x) => x, None => self.iter.next() } } }
impl<I: Iterator> Peekable<I> { fn peek(&mut self) -> Option<&I::Item> { if self.peeked.is_none() { self.peeked = Some(self.iter.next()); } match &self.peeked { Some(x) => x.as_ref(), None => None } } }
#[name("core::iter::adapters::cycle::Cycle")] #[derive(Clone)] struct Cycle<I> { orig: I, iter: I }
impl<I: Iterator> Iterator for Cycle<I> where I: Clone { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { match self.iter.next() { None => { self.iter = self.orig.clone(); self.iter.next() } x => x } } }
#[name("core::iter::adapters::cloned::Cloned")] #[derive(Clone)] struct Cloned<I> { it: I }
impl<T: Clone, I: Iterator<Item = &T>> Iterator for Cloned<I> { type Item = T; fn next(&mut self) -> Option<T> { match self.it.next() { Some(x) => Some(x.clone()), None => None } } }
#[name("core::iter::adapters::copied::Copied")] #[derive(Clone)] struct Copied<I> { it: I }
impl<T: Clone, I: Iterator<Item = &T>> Iterator for Copied<I> { type Item = T; fn next(&mut self) -> Option<T> { match self.it.next() { Some(x) => Some(x.clone()), None => None } } }
impl<T: Clone, I: DoubleEndedIterator<Item = &T>> DoubleEndedIterator for Copied<I> { fn next_back(&mut self) -> Option<T> { match self.it.next_back() { Some(x) => Some(x.clone()), None => None } } }
impl<T: Clone, I: DoubleEndedIterator<Item = &T>> DoubleEndedIterator for Cloned<I> { fn next_back(&mut self) -> Option<T> { match self.it.next_back() { Some(x) => Some(x.clone()), None => None } } }

#[name("Range")] #[derive(Clone, PartialEq, Debug, Default)] struct Range<T> { start: T, end: T }
#[name("RangeInclusive")] #[derive(Clone, PartialEq, Debug)] struct RangeInclusive<T> { start: T, end: T, exhausted: bool }
#[name("RangeFrom")] #[derive(Clone, PartialEq, Debug)] struct RangeFrom<T> { start: T }
#[name("RangeTo")] #[derive(Clone, Copy, PartialEq, Debug)] struct RangeTo<T> { end: T }
#[name("RangeToInclusive")] #[derive(Clone, Copy, PartialEq, Debug)] struct RangeToInclusive<T> { end: T }
#[name("RangeFull")] #[derive(Clone, Copy, PartialEq, Debug)] struct RangeFull;
#[intrinsic_path("Step::forward")] fn step_forward<T>(x: &T) -> T { intrinsic!() }
#[intrinsic_path("Step::backward")] fn step_backward<T>(x: &T) -> T { intrinsic!() }
#[intrinsic_path("Step::between")] fn step_between<T>(a: &T, b: &T) -> usize { intrinsic!() }
impl<T> Iterator for Range<T> { type Item = T; fn next(&mut self) -> Option<T> { if self.start < self.end { let n = step_forward(&self.start); Some(replace(&mut self.start, n)) } else { None } } }
impl<T> DoubleEndedIterator for Range<T> { fn next_back(&mut self) -> Option<T> { if self.start < self.end { self.end = step_backward(&self.end); Some(self.end.clone()) } else { None } } }
impl<T> ExactSizeIterator for Range<T> { fn len(&self) -> usize { if self.start < self.end { step_between(&self.start, &self.end) } else { 0 } } }
impl<T> Range<T> { fn contains(&self, item: &T) -> bool { *item >= self.start && *item < self.end } fn is_empty(&self) -> bool { !(self.start < self.end) } }
impl<T> RangeInclusive<T> { fn new(start: T, end: T) -> RangeInclusive<T> { RangeInclusive { start, end, exhausted: false } } fn contains(&self, item: &T) -> bool { *item >= self.start && *item <= self.end } fn start(&self) -> &T { &self.start } fn end(&self) -> &T { &self.end } }
impl<T> Iterator for RangeInclusive<T> { type Item = T; fn next(&mut self) -> Option<T> { if self.exhausted || !(self.start <= self.end) { return None } if self.start < self.end { let n = step_forward(&self.start); Some(replace(&mut self.start, n)) } else { self.exhausted = true; Some(self.start.clone()) } } }
impl<T> DoubleEndedIterator for RangeInclusive<T> { fn next_back(&mut self) -> Option<T> { if self.exhausted || !(self.start <= self.end) { return None } if self.start < self.end { let n = step_backward(&self.end); Some(replace(&mut self.end, n)) } else { self.exhausted = true; Some(self.end.clone()) } } }
impl<T> Iterator for RangeFrom<T> { type Item = T; fn next(&mut self) -> Option<T> { let n = step_forward(&self.start); Some(replace(&mut self.start, n)) } }
#[name("core::iter::sources::repeat::Repeat")] #[derive(Clone)] struct Repeat<T> { element: T }
fn repeat<T: Clone>(element: T) -> Repeat<T> { Repeat { element } }
impl<T: Clone> Iterator for Repeat<T> { type Item = T; fn next(&mut self) -> Option<T> { Some(self.element.clone()) } }
#[name("core::iter::sources::once::Once")] #[derive(Clone)] struct Once<T> { inner: Option<T> }
fn once<T>(value: T) -> Once<T> { Once { inner: Some(value) } }
impl<T> Iterator for Once<T> { type Item = T; fn next(&mut self) -> Option<T> { self.inner.take() } }
#[name("core::iter::sources::from_fn::FromFn")] struct FromFn<F>(F);
fn from_fn<T, F: FnMut() -> Option<T>>(f: F) -> FromFn<F> { FromFn(f) }
impl<T, F: FnMut() -> Option<T>> Iterator for FromFn<F> { type Item = T; fn next(&mut self) -> Option<T> { (self.0)() } }

// ---- slices and arrays
#[name("core::slice::iter::Iter")] #[opaque("8 4 niche 0 4 1 4294967295")] #[derive(Clone)] struct Iter<T> {}
impl<T> Iterator for Iter<T> { type Item = &T; fn next(&mut self) -> Option<&T> { intrinsic!() } }
impl<T> DoubleEndedIterator for Iter<T> { fn next_back(&mut self) -> Option<&T> { intrinsic!() } }
impl<T> ExactSizeIterator for Iter<T> { fn len(&self) -> usize { intrinsic!() } }
#[name("core::slice::iter::IterMut")] #[opaque("8 4 niche 0 4 1 4294967295")] struct IterMut<T> {}
impl<T> Iterator for IterMut<T> { type Item = &mut T; fn next(&mut self) -> Option<&mut T> { intrinsic!() } }
impl<T> DoubleEndedIterator for IterMut<T> { fn next_back(&mut self) -> Option<&mut T> { intrinsic!() } }
#[name("core::slice::iter::Windows")] #[opaque("12 4 niche 0 4 1 4294967295")] #[derive(Clone)] struct Windows<T> {}
impl<T> Iterator for Windows<T> { type Item = &[T]; fn next(&mut self) -> Option<&[T]> { intrinsic!() } }
#[name("core::slice::iter::Chunks")] #[opaque("12 4 niche 0 4 1 4294967295")] #[derive(Clone)] struct Chunks<T> {}
impl<T> Iterator for Chunks<T> { type Item = &[T]; fn next(&mut self) -> Option<&[T]> { intrinsic!() } }
impl<T> [T] {
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn iter(&self) -> Iter<T> { intrinsic!() }
    fn iter_mut(&mut self) -> IterMut<T> { intrinsic!() }
    fn first(&self) -> Option<&T> { intrinsic!() }
    fn first_mut(&mut self) -> Option<&mut T> { intrinsic!() }
    fn last(&self) -> Option<&T> { intrinsic!() }
    fn last_mut(&mut self) -> Option<&mut T> { intrinsic!() }
    fn get<I: SliceIndex<T>>(&self, index: I) -> Option<&I::Output> { intrinsic!() }
    fn get_mut<I: SliceIndex<T>>(&mut self, index: I) -> Option<&mut I::Output> { intrinsic!() }
    fn swap(&mut self, a: usize, b: usize) { intrinsic!() }
    fn reverse(&mut self) { intrinsic!() }
    fn fill(&mut self, value: T) { intrinsic!() }
    fn contains(&self, x: &T) -> bool { intrinsic!() }
    fn starts_with(&self, needle: &[T]) -> bool { intrinsic!() }
    fn ends_with(&self, needle: &[T]) -> bool { intrinsic!() }
    fn windows(&self, size: usize) -> Windows<T> { intrinsic!() }
    fn chunks(&self, size: usize) -> Chunks<T> { intrinsic!() }
    fn to_vec(&self) -> Vec<T> { intrinsic!() }
    fn concat(&self) -> String { intrinsic!() }
    fn join(&self, separator: &str) -> String { intrinsic!() }
    fn split_at(&self, mid: usize) -> (&[T], &[T]) { intrinsic!() }
    fn split_at_mut(&mut self, mid: usize) -> (&mut [T], &mut [T]) { intrinsic!() }
    fn split_first(&self) -> Option<(&T, &[T])> { intrinsic!() }
    fn split_last(&self) -> Option<(&T, &[T])> { intrinsic!() }
    fn copy_from_slice(&mut self, src: &[T]) { intrinsic!() }
    fn clone_from_slice(&mut self, src: &[T]) { intrinsic!() }
    fn sort(&mut self) { intrinsic!() }
    fn sort_unstable(&mut self) { intrinsic!() }
    fn rotate_left(&mut self, mid: usize) { intrinsic!() }
    fn rotate_right(&mut self, mid: usize) { intrinsic!() }
    fn binary_search(&self, x: &T) -> Result<usize, usize> { intrinsic!() }
    fn sort_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut f: F) { let mut i = 1usize; while i < self.len() { let mut j = i; while j > 0 && f(&self[j], &self[j - 1]) == Ordering::Less { self.swap(j, j - 1); j -= 1; } i += 1; } }
    fn sort_by_key<K, F: FnMut(&T) -> K>(&mut self, mut f: F) { let mut i = 1usize; while i < self.len() { let mut j = i; while j > 0 && f(&self[j]) < f(&self[j - 1]) { self.swap(j, j - 1); j -= 1; } i += 1; } }
    fn sort_unstable_by_key<K, F: FnMut(&T) -> K>(&mut self, f: F) { self.sort_by_key(f) }
    fn sort_unstable_by<F: FnMut(&T, &T) -> Ordering>(&mut self, f: F) { self.sort_by(f) }
}
trait SliceIndex<T> { type Output; }
impl<T> SliceIndex<T> for usize { type Output = T; }
impl<T> SliceIndex<T> for Range<usize> { type Output = [T]; }
impl<T> SliceIndex<T> for RangeInclusive<usize> { type Output = [T]; }
impl<T> SliceIndex<T> for RangeFrom<usize> { type Output = [T]; }
impl<T> SliceIndex<T> for RangeTo<usize> { type Output = [T]; }
impl<T> SliceIndex<T> for RangeToInclusive<usize> { type Output = [T]; }
impl<T> SliceIndex<T> for RangeFull { type Output = [T]; }
impl<T, I: SliceIndex<T>> Index<I> for [T] { type Output = I::Output; fn index(&self, index: I) -> &I::Output { intrinsic!() } }
impl<T, I: SliceIndex<T>> IndexMut<I> for [T] { type Output = I::Output; fn index_mut(&mut self, index: I) -> &mut I::Output { intrinsic!() } }
impl<T, I: SliceIndex<T>, const N: usize> Index<I> for [T; N] { type Output = I::Output; fn index(&self, index: I) -> &I::Output { intrinsic!() } }
impl<T, I: SliceIndex<T>, const N: usize> IndexMut<I> for [T; N] { type Output = I::Output; fn index_mut(&mut self, index: I) -> &mut I::Output { intrinsic!() } }
impl<T> IntoIterator for &[T] { type Item = &T; type IntoIter = Iter<T>; fn into_iter(self) -> Iter<T> { self.iter() } }
impl<T> IntoIterator for &mut [T] { type Item = &mut T; type IntoIter = IterMut<T>; fn into_iter(self) -> IterMut<T> { self.iter_mut() } }
impl<T, const N: usize> IntoIterator for &[T; N] { type Item = &T; type IntoIter = Iter<T>; fn into_iter(self) -> Iter<T> { self.iter() } }
impl<T, const N: usize> IntoIterator for &mut [T; N] { type Item = &mut T; type IntoIter = IterMut<T>; fn into_iter(self) -> IterMut<T> { self.iter_mut() } }
#[name("IntoIter")] #[array_iter] struct ArrayIntoIter<T, const N: usize> { data: [T; N], alive: IndexRange }
#[name("core::ops::index_range::IndexRange")] #[derive(Clone)] struct IndexRange { start: usize, end: usize }
impl<T, const N: usize> Iterator for ArrayIntoIter<T, N> { type Item = T; fn next(&mut self) -> Option<T> { intrinsic!() } }
impl<T, const N: usize> DoubleEndedIterator for ArrayIntoIter<T, N> { fn next_back(&mut self) -> Option<T> { intrinsic!() } }
impl<T, const N: usize> Drop for ArrayIntoIter<T, N> { fn drop(&mut self) { intrinsic!() } }
impl<T, const N: usize> IntoIterator for [T; N] { type Item = T; type IntoIter = ArrayIntoIter<T, N>; fn into_iter(self) -> ArrayIntoIter<T, N> { intrinsic!() } }
impl<T, const N: usize> [T; N] { fn map<U, F: FnMut(T) -> U>(self, f: F) -> [U; N] { intrinsic!() } fn as_slice(&self) -> &[T] { intrinsic!() } }

// ---- Vec, VecDeque, maps
#[builtin_type(Vec)] #[opaque("12 4 drop niche 0 4 0 2147483647")] struct Vec<T> {}
impl<T> Vec<T> {
    fn new() -> Vec<T> { intrinsic!() }
    fn with_capacity(capacity: usize) -> Vec<T> { intrinsic!() }
    fn capacity(&self) -> usize { intrinsic!() }
    fn reserve(&mut self, additional: usize) { intrinsic!() }
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn push(&mut self, value: T) { intrinsic!() }
    fn pop(&mut self) -> Option<T> { intrinsic!() }
    fn insert(&mut self, index: usize, value: T) { intrinsic!() }
    fn remove(&mut self, index: usize) -> T { intrinsic!() }
    fn swap_remove(&mut self, index: usize) -> T { intrinsic!() }
    fn clear(&mut self) { intrinsic!() }
    fn truncate(&mut self, len: usize) { intrinsic!() }
    fn append(&mut self, other: &mut Vec<T>) { intrinsic!() }
    fn extend_from_slice(&mut self, other: &[T]) { intrinsic!() }
    fn resize(&mut self, len: usize, value: T) { intrinsic!() }
    fn split_off(&mut self, at: usize) -> Vec<T> { intrinsic!() }
    fn dedup(&mut self) { intrinsic!() }
    fn as_slice(&self) -> &[T] { intrinsic!() }
    fn as_mut_slice(&mut self) -> &mut [T] { intrinsic!() }
    fn drain<R>(&mut self, range: R) -> Drain<T> { intrinsic!() }
    fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) { let mut i = 0usize; while i < self.len() { if f(&self[i]) { i += 1; } else { self.remove(i); } } }
}
#[intrinsic_path("Box::new_uninit")] fn box_new_uninit<T>() -> Box<T> { intrinsic!() }
#[intrinsic_path("vec::from_boxed_array")] fn box_assume_init_into_vec_unsafe<T, const N: usize>(b: Box<[T; N]>) -> Vec<T> { intrinsic!() }
#[intrinsic_path("vec::from_elem")] fn from_elem<T: Clone>(elem: T, n: usize) -> Vec<T> { intrinsic!() }
#[name("alloc::vec::drain::Drain")] #[opaque("20 4 drop niche 0 4 1 4294967295")] struct Drain<T> {}
impl<T> Iterator for Drain<T> { type Item = T; fn next(&mut self) -> Option<T> { intrinsic!() } }
impl<T: Clone> Clone for Vec<T> { fn clone(&self) -> Vec<T> { intrinsic!() } }
impl<T> Deref for Vec<T> { type Target = [T]; fn deref(&self) -> &[T] { intrinsic!() } }
impl<T> DerefMut for Vec<T> { fn deref_mut(&mut self) -> &mut [T] { intrinsic!() } }
impl<T, I: SliceIndex<T>> Index<I> for Vec<T> { type Output = I::Output; fn index(&self, index: I) -> &I::Output { intrinsic!() } }
impl<T, I: SliceIndex<T>> IndexMut<I> for Vec<T> { type Output = I::Output; fn index_mut(&mut self, index: I) -> &mut I::Output { intrinsic!() } }
#[name("into_iter::IntoIter")] #[opaque("16 4 drop niche 0 4 1 4294967295")] struct VecIntoIter<T> {}
impl<T> Iterator for VecIntoIter<T> { type Item = T; fn next(&mut self) -> Option<T> { intrinsic!() } }
impl<T> DoubleEndedIterator for VecIntoIter<T> { fn next_back(&mut self) -> Option<T> { intrinsic!() } }
impl<T> ExactSizeIterator for VecIntoIter<T> { fn len(&self) -> usize { intrinsic!() } }
impl<T> IntoIterator for Vec<T> { type Item = T; type IntoIter = VecIntoIter<T>; fn into_iter(self) -> VecIntoIter<T> { intrinsic!() } }
impl<T> IntoIterator for &Vec<T> { type Item = &T; type IntoIter = Iter<T>; fn into_iter(self) -> Iter<T> { self.iter() } }
impl<T> IntoIterator for &mut Vec<T> { type Item = &mut T; type IntoIter = IterMut<T>; fn into_iter(self) -> IterMut<T> { self.iter_mut() } }
impl<T> FromIterator<T> for Vec<T> { fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Vec<T> { let mut out = Vec::new(); for x in iter { out.push(x); } out } }
impl<T> Extend<T> for Vec<T> { fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) { for x in iter { self.push(x); } } }
impl<T: Clone> From<&[T]> for Vec<T> { fn from(value: &[T]) -> Vec<T> { value.to_vec() } }
impl<T, const N: usize> From<[T; N]> for Vec<T> { fn from(value: [T; N]) -> Vec<T> { let mut out = Vec::new(); for x in value { out.push(x); } out } }
impl From<&str> for Vec<u8> { fn from(value: &str) -> Vec<u8> { value.as_bytes().to_vec() } }
#[builtin_type(VecDeque)] #[name("alloc::collections::vec_deque::VecDeque")] #[opaque("16 4 drop niche 0 4 0 2147483647")] struct VecDeque<T> {}
impl<T> VecDeque<T> {
    fn new() -> VecDeque<T> { intrinsic!() }
    fn with_capacity(capacity: usize) -> VecDeque<T> { intrinsic!() }
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn push_back(&mut self, value: T) { intrinsic!() }
    fn push_front(&mut self, value: T) { intrinsic!() }
    fn pop_back(&mut self) -> Option<T> { intrinsic!() }
    fn pop_front(&mut self) -> Option<T> { intrinsic!() }
    fn front(&self) -> Option<&T> { intrinsic!() }
    fn back(&self) -> Option<&T> { intrinsic!() }
    fn front_mut(&mut self) -> Option<&mut T> { intrinsic!() }
    fn back_mut(&mut self) -> Option<&mut T> { intrinsic!() }
    fn get(&self, index: usize) -> Option<&T> { intrinsic!() }
    fn get_mut(&mut self, index: usize) -> Option<&mut T> { intrinsic!() }
    fn remove(&mut self, index: usize) -> Option<T> { intrinsic!() }
    fn clear(&mut self) { intrinsic!() }
    fn contains(&self, x: &T) -> bool { intrinsic!() }
    fn iter(&self) -> DequeIter<T> { intrinsic!() }
}
#[name("alloc::collections::vec_deque::iter::Iter")] #[opaque("16 4 niche 0 4 1 4294967295")] #[derive(Clone)] struct DequeIter<T> {}
impl<T> Iterator for DequeIter<T> { type Item = &T; fn next(&mut self) -> Option<&T> { intrinsic!() } }
impl<T> IntoIterator for &VecDeque<T> { type Item = &T; type IntoIter = DequeIter<T>; fn into_iter(self) -> DequeIter<T> { self.iter() } }
#[name("alloc::collections::vec_deque::into_iter::IntoIter")] #[derive(Clone)] struct DequeIntoIter<T> { inner: VecDeque<T> }
impl<T> Iterator for DequeIntoIter<T> { type Item = T; fn next(&mut self) -> Option<T> { self.inner.pop_front() } }
impl<T> IntoIterator for VecDeque<T> { type Item = T; type IntoIter = DequeIntoIter<T>; fn into_iter(self) -> DequeIntoIter<T> { DequeIntoIter { inner: self } } }
impl<T: Clone> Clone for VecDeque<T> { fn clone(&self) -> VecDeque<T> { intrinsic!() } }
impl<T> FromIterator<T> for VecDeque<T> { fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> VecDeque<T> { let mut out = VecDeque::new(); for x in iter { out.push_back(x); } out } }
impl<T> Extend<T> for VecDeque<T> { fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) { for x in iter { self.push_back(x); } } }
impl<T, const N: usize> From<[T; N]> for VecDeque<T> { fn from(value: [T; N]) -> VecDeque<T> { let mut out = VecDeque::new(); for x in value { out.push_back(x); } out } }
impl<T> From<Vec<T>> for VecDeque<T> { fn from(value: Vec<T>) -> VecDeque<T> { let mut out = VecDeque::new(); for x in value { out.push_back(x); } out } }
impl<T> Index<usize> for VecDeque<T> { type Output = T; fn index(&self, index: usize) -> &T { intrinsic!() } }
impl<T> IndexMut<usize> for VecDeque<T> { type Output = T; fn index_mut(&mut self, index: usize) -> &mut T { intrinsic!() } }
#[builtin_type(HashMap)] #[name("std::collections::hash::map::HashMap")] #[opaque("32 8 drop niche 16 4 1 4294967295")] struct HashMap<K, V> {}
#[builtin_type(BTreeMap)] #[name("alloc::collections::btree::map::BTreeMap")] #[opaque("12 4 drop")] struct BTreeMap<K, V> {}
impl<K, V> HashMap<K, V> {
    fn new() -> HashMap<K, V> { intrinsic!() }
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn insert(&mut self, key: K, value: V) -> Option<V> { intrinsic!() }
    fn get<Q>(&self, key: &Q) -> Option<&V> { intrinsic!() }
    fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V> { intrinsic!() }
    fn remove<Q>(&mut self, key: &Q) -> Option<V> { intrinsic!() }
    fn contains_key<Q>(&self, key: &Q) -> bool { intrinsic!() }
    fn clear(&mut self) { intrinsic!() }
    fn entry(&mut self, key: K) -> Entry<K, V> { intrinsic!() }
}
impl<K, V> BTreeMap<K, V> {
    fn new() -> BTreeMap<K, V> { intrinsic!() }
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn insert(&mut self, key: K, value: V) -> Option<V> { intrinsic!() }
    fn get<Q>(&self, key: &Q) -> Option<&V> { intrinsic!() }
    fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V> { intrinsic!() }
    fn remove<Q>(&mut self, key: &Q) -> Option<V> { intrinsic!() }
    fn contains_key<Q>(&self, key: &Q) -> bool { intrinsic!() }
    fn clear(&mut self) { intrinsic!() }
    fn entry(&mut self, key: K) -> Entry<K, V> { intrinsic!() }
    fn iter(&self) -> BTreeIter<K, V> { intrinsic!() }
    fn keys(&self) -> BTreeKeys<K, V> { BTreeKeys { inner: self.iter() } }
    fn values(&self) -> BTreeValues<K, V> { BTreeValues { inner: self.iter() } }
    fn pop_first(&mut self) -> Option<(K, V)> { intrinsic!() }
    fn pop_last(&mut self) -> Option<(K, V)> { intrinsic!() }
    fn first_key_value(&self) -> Option<(&K, &V)> { intrinsic!() }
    fn last_key_value(&self) -> Option<(&K, &V)> { intrinsic!() }
}
#[name("alloc::collections::btree::map::entry::Entry")] #[opaque("24 4 drop")] struct Entry<K, V> {}
impl<K, V> Entry<K, V> {
    fn or_insert(self, default: V) -> &mut V { intrinsic!() }
    fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &mut V { self.or_insert(default()) }
    fn or_default(self) -> &mut V where V: Default { self.or_insert(V::default()) }
}
#[name("alloc::collections::btree::map::Iter")] #[opaque("36 4")] #[derive(Clone)] struct BTreeIter<K, V> {}
impl<K, V> Iterator for BTreeIter<K, V> { type Item = (&K, &V); fn next(&mut self) -> Option<(&K, &V)> { intrinsic!() } }
#[name("alloc::collections::btree::map::Keys")] #[derive(Clone)] struct BTreeKeys<K, V> { inner: BTreeIter<K, V> }
impl<K, V> Iterator for BTreeKeys<K, V> { type Item = &K; fn next(&mut self) -> Option<&K> { match self.inner.next() { Some((k, _)) => Some(k), None => None } } }
#[name("alloc::collections::btree::map::Values")] #[derive(Clone)] struct BTreeValues<K, V> { inner: BTreeIter<K, V> }
impl<K, V> Iterator for BTreeValues<K, V> { type Item = &V; fn next(&mut self) -> Option<&V> { match self.inner.next() { Some((_, v)) => Some(v), None => None } } }
#[name("alloc::collections::btree::map::IntoIter")] #[opaque("36 4 drop")] struct BTreeIntoIter<K, V> {}
impl<K, V> Iterator for BTreeIntoIter<K, V> { type Item = (K, V); fn next(&mut self) -> Option<(K, V)> { intrinsic!() } }
impl<K, V> IntoIterator for BTreeMap<K, V> { type Item = (K, V); type IntoIter = BTreeIntoIter<K, V>; fn into_iter(self) -> BTreeIntoIter<K, V> { intrinsic!() } }
impl<K, V> IntoIterator for &BTreeMap<K, V> { type Item = (&K, &V); type IntoIter = BTreeIter<K, V>; fn into_iter(self) -> BTreeIter<K, V> { self.iter() } }
impl<K, V, Q> Index<&Q> for BTreeMap<K, V> { type Output = V; fn index(&self, index: &Q) -> &V { intrinsic!() } }
impl<K, V, Q> Index<&Q> for HashMap<K, V> { type Output = V; fn index(&self, index: &Q) -> &V { intrinsic!() } }
impl<K, V> Default for BTreeMap<K, V> { fn default() -> BTreeMap<K, V> { BTreeMap::new() } }
impl<K, V> Default for HashMap<K, V> { fn default() -> HashMap<K, V> { HashMap::new() } }
impl<K: Clone, V: Clone> Clone for BTreeMap<K, V> { fn clone(&self) -> BTreeMap<K, V> { intrinsic!() } }
impl<K, V> FromIterator<(K, V)> for BTreeMap<K, V> { fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> BTreeMap<K, V> { let mut out = BTreeMap::new(); for (k, v) in iter { out.insert(k, v); } out } }
impl<K, V> FromIterator<(K, V)> for HashMap<K, V> { fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> HashMap<K, V> { let mut out = HashMap::new(); for (k, v) in iter { out.insert(k, v); } out } }
impl<K, V, const N: usize> From<[(K, V); N]> for BTreeMap<K, V> { fn from(value: [(K, V); N]) -> BTreeMap<K, V> { let mut out = BTreeMap::new(); for (k, v) in value { out.insert(k, v); } out } }
impl<V, T> FromIterator<Option<T>> for Option<V> where V: FromIterator<T> { fn from_iter<I: IntoIterator<Item = Option<T>>>(iter: I) -> Option<V> { let mut all = Vec::new(); for x in iter { all.push(x?); } Some(V::from_iter(all)) } }
impl<V, T, E> FromIterator<Result<T, E>> for Result<V, E> where V: FromIterator<T> { fn from_iter<I: IntoIterator<Item = Result<T, E>>>(iter: I) -> Result<V, E> { let mut all = Vec::new(); for x in iter { match x { Ok(v) => all.push(v), Err(e) => return Err(e) } } Ok(V::from_iter(all)) } }

// ---- text
#[builtin_type(String)] #[opaque("12 4 drop niche 0 4 0 2147483647")] struct String {}
impl String {
    fn new() -> String { intrinsic!() }
    fn with_capacity(capacity: usize) -> String { intrinsic!() }
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn push(&mut self, c: char) { intrinsic!() }
    fn push_str(&mut self, s: &str) { intrinsic!() }
    fn pop(&mut self) -> Option<char> { intrinsic!() }
    fn clear(&mut self) { intrinsic!() }
    fn truncate(&mut self, len: usize) { intrinsic!() }
    fn insert(&mut self, index: usize, c: char) { intrinsic!() }
    fn insert_str(&mut self, index: usize, s: &str) { intrinsic!() }
    fn remove(&mut self, index: usize) -> char { intrinsic!() }
    fn as_str(&self) -> &str { intrinsic!() }
    fn capacity(&self) -> usize { intrinsic!() }
    fn into_bytes(self) -> Vec<u8> { intrinsic!() }
    fn from_utf8(bytes: Vec<u8>) -> Result<String, FromUtf8Error> { intrinsic!() }
    fn write_fmt(&mut self, args: Arguments) -> Result<(), FmtError> { intrinsic!() }
    fn write_str(&mut self, s: &str) -> Result<(), FmtError> { self.push_str(s); Ok(()) }
}
#[name("alloc::string::FromUtf8Error")] #[opaque("20 4 drop niche 8 4 0 2147483647")] #[derive(Debug)] struct FromUtf8Error {}
impl Clone for String { fn clone(&self) -> String { intrinsic!() } }
impl Deref for String { type Target = str; fn deref(&self) -> &str { intrinsic!() } }
impl DerefMut for String { fn deref_mut(&mut self) -> &mut str { intrinsic!() } }
impl From<&str> for String { fn from(value: &str) -> String { intrinsic!() } }
impl From<&String> for String { fn from(value: &String) -> String { value.clone() } }
impl From<char> for String { fn from(value: char) -> String { intrinsic!() } }
impl From<&str> for Rc<str> { fn from(value: &str) -> Rc<str> { intrinsic!() } }
impl From<&str> for Box<str> { fn from(value: &str) -> Box<str> { intrinsic!() } }
impl Add<&str> for String { type Output = String; fn add(self, rhs: &str) -> String { intrinsic!() } }
impl AddAssign<&str> for String { fn add_assign(&mut self, rhs: &str) { self.push_str(rhs) } }
impl FromIterator<char> for String { fn from_iter<I: IntoIterator<Item = char>>(iter: I) -> String { let mut out = String::new(); for c in iter { out.push(c); } out } }
impl FromIterator<&char> for String { fn from_iter<I: IntoIterator<Item = &char>>(iter: I) -> String { let mut out = String::new(); for c in iter { out.push(*c); } out } }
impl FromIterator<&str> for String { fn from_iter<I: IntoIterator<Item = &str>>(iter: I) -> String { let mut out = String::new(); for s in iter { out.push_str(s); } out } }
impl FromIterator<String> for String { fn from_iter<I: IntoIterator<Item = String>>(iter: I) -> String { let mut out = String::new(); for s in iter { out.push_str(&s); } out } }
impl<I: StrIndex> Index<I> for String { type Output = str; fn index(&self, index: I) -> &str { intrinsic!() } }
impl<I: StrIndex> Index<I> for str { type Output = str; fn index(&self, index: I) -> &str { intrinsic!() } }
trait StrIndex {}
impl StrIndex for Range<usize> {}
impl StrIndex for RangeInclusive<usize> {}
impl StrIndex for RangeFrom<usize> {}
impl StrIndex for RangeTo<usize> {}
impl StrIndex for RangeToInclusive<usize> {}
impl StrIndex for RangeFull {}
trait Pattern {}
impl Pattern for &str {}
impl Pattern for char {}
impl Pattern for &String {}
impl str {
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn chars(&self) -> Chars { intrinsic!() }
    fn char_indices(&self) -> CharIndices { CharIndices { front_offset: 0, iter: self.chars() } }
    fn bytes(&self) -> Bytes { Bytes(self.as_bytes().iter().copied()) }
    fn as_bytes(&self) -> &[u8] { intrinsic!() }
    fn as_str(&self) -> &str { intrinsic!() }
    fn to_uppercase(&self) -> String { intrinsic!() }
    fn to_lowercase(&self) -> String { intrinsic!() }
    fn to_ascii_uppercase(&self) -> String { intrinsic!() }
    fn to_ascii_lowercase(&self) -> String { intrinsic!() }
    fn eq_ignore_ascii_case(&self, other: &str) -> bool { intrinsic!() }
    fn trim(&self) -> &str { intrinsic!() }
    fn trim_start(&self) -> &str { intrinsic!() }
    fn trim_end(&self) -> &str { intrinsic!() }
    fn repeat(&self, n: usize) -> String { intrinsic!() }
    fn contains<P: Pattern>(&self, pattern: P) -> bool { intrinsic!() }
    fn starts_with<P: Pattern>(&self, pattern: P) -> bool { intrinsic!() }
    fn ends_with<P: Pattern>(&self, pattern: P) -> bool { intrinsic!() }
    fn find<P: Pattern>(&self, pattern: P) -> Option<usize> { intrinsic!() }
    fn replace<P: Pattern>(&self, from: P, to: &str) -> String { intrinsic!() }
    fn strip_prefix<P: Pattern>(&self, prefix: P) -> Option<&str> { intrinsic!() }
    fn strip_suffix<P: Pattern>(&self, suffix: P) -> Option<&str> { intrinsic!() }
    fn split_once<P: Pattern>(&self, delimiter: P) -> Option<(&str, &str)> { intrinsic!() }
    fn split<P: Pattern>(&self, pattern: P) -> Split<P> { intrinsic!() }
    fn split_whitespace(&self) -> SplitWhitespace { intrinsic!() }
    fn lines(&self) -> Lines { intrinsic!() }
    fn parse<F: FromStr>(&self) -> Result<F, F::Err> { F::from_str(self) }
    fn get<I: StrIndex>(&self, index: I) -> Option<&str> { intrinsic!() }
    fn is_char_boundary(&self, index: usize) -> bool { intrinsic!() }
}
#[name("core::str::iter::Chars")] #[opaque("8 4 niche 0 4 1 4294967295")] #[derive(Clone)] struct Chars {}
impl Iterator for Chars { type Item = char; fn next(&mut self) -> Option<char> { intrinsic!() } }
impl DoubleEndedIterator for Chars { fn next_back(&mut self) -> Option<char> { intrinsic!() } }
#[name("core::str::iter::CharIndices")] #[derive(Clone)] struct CharIndices { front_offset: usize, iter: Chars }
impl Iterator for CharIndices { type Item = (usize, char); fn next(&mut self) -> Option<(usize, char)> { match self.iter.next() { Some(c) => { let i = self.front_offset; self.front_offset += c.len_utf8(); Some((i, c)) } None => None } } }
#[name("core::str::iter::Bytes")] #[derive(Clone)] struct Bytes(Copied<Iter<u8>>);
impl Iterator for Bytes { type Item = u8; fn next(&mut self) -> Option<u8> { self.0.next() } }
impl DoubleEndedIterator for Bytes { fn next_back(&mut self) -> Option<u8> { self.0.next_back() } }
#[name("core::str::iter::Split")] #[opaque("40 4")] struct Split<P> {}
impl<P> Iterator for Split<P> { type Item = &str; fn next(&mut self) -> Option<&str> { intrinsic!() } }
#[name("core::str::iter::SplitWhitespace")] #[opaque("32 4")] struct SplitWhitespace {}
impl Iterator for SplitWhitespace { type Item = &str; fn next(&mut self) -> Option<&str> { intrinsic!() } }
#[name("core::str::iter::Lines")] #[opaque("36 4")] struct Lines {}
impl Iterator for Lines { type Item = &str; fn next(&mut self) -> Option<&str> { intrinsic!() } }
impl AsRef<str> for String { fn as_ref(&self) -> &str { intrinsic!() } }
impl AsRef<str> for str { fn as_ref(&self) -> &str { intrinsic!() } }
impl FromStr for String { type Err = Infallible; fn from_str(s: &str) -> Result<String, Infallible> { Ok(String::from(s)) } }
impl char {
    fn is_alphabetic(self) -> bool { intrinsic!() }
    fn is_numeric(self) -> bool { intrinsic!() }
    fn is_alphanumeric(self) -> bool { intrinsic!() }
    fn is_whitespace(self) -> bool { intrinsic!() }
    fn is_uppercase(self) -> bool { intrinsic!() }
    fn is_lowercase(self) -> bool { intrinsic!() }
    fn is_digit(self, radix: u32) -> bool { intrinsic!() }
    fn to_digit(self, radix: u32) -> Option<u32> { intrinsic!() }
    fn from_digit(num: u32, radix: u32) -> Option<char> { intrinsic!() }
    fn from_u32(i: u32) -> Option<char> { intrinsic!() }
    fn is_ascii(&self) -> bool { intrinsic!() }
    fn is_ascii_digit(&self) -> bool { intrinsic!() }
    fn is_ascii_alphabetic(&self) -> bool { intrinsic!() }
    fn is_ascii_uppercase(&self) -> bool { intrinsic!() }
    fn is_ascii_lowercase(&self) -> bool { intrinsic!() }
    fn is_ascii_punctuation(&self) -> bool { intrinsic!() }
    fn to_ascii_uppercase(&self) -> char { intrinsic!() }
    fn to_ascii_lowercase(&self) -> char { intrinsic!() }
    fn len_utf8(self) -> usize { intrinsic!() }
}
impl bool {
    fn then<T, F: FnOnce() -> T>(self, f: F) -> Option<T> { if self { Some(f()) } else { None } }
    fn then_some<T>(self, value: T) -> Option<T> { if self { Some(value) } else { None } }
}
impl From<u8> for char { fn from(value: u8) -> char { intrinsic!() } }
impl From<bool> for u32 { fn from(value: bool) -> u32 { intrinsic!() } }
impl From<char> for u32 { fn from(value: char) -> u32 { intrinsic!() } }
#[name("core::num::float_parse::ParseFloatError")] #[opaque("1 1 niche 0 1 0 1")] #[derive(Clone, Debug, PartialEq, Display)] struct ParseFloatError {}
#[name("core::str::error::ParseBoolError")] #[opaque("0 1")] #[derive(Clone, Debug, PartialEq, Display)] struct ParseBoolError {}
#[name("core::char::convert::ParseCharError")] #[opaque("1 1 niche 0 1 0 1")] #[derive(Clone, Debug, PartialEq, Display)] struct ParseCharError {}
impl FromStr for f64 { type Err = ParseFloatError; fn from_str(s: &str) -> Result<f64, ParseFloatError> { intrinsic!() } }
impl FromStr for f32 { type Err = ParseFloatError; fn from_str(s: &str) -> Result<f32, ParseFloatError> { intrinsic!() } }
impl FromStr for bool { type Err = ParseBoolError; fn from_str(s: &str) -> Result<bool, ParseBoolError> { intrinsic!() } }
impl FromStr for char { type Err = ParseCharError; fn from_str(s: &str) -> Result<char, ParseCharError> { intrinsic!() } }
impl f64 {
    fn abs(self) -> f64 { intrinsic!() }
    fn sqrt(self) -> f64 { intrinsic!() }
    fn floor(self) -> f64 { intrinsic!() }
    fn ceil(self) -> f64 { intrinsic!() }
    fn round(self) -> f64 { intrinsic!() }
    fn trunc(self) -> f64 { intrinsic!() }
    fn fract(self) -> f64 { intrinsic!() }
    fn signum(self) -> f64 { intrinsic!() }
    fn sin(self) -> f64 { intrinsic!() }
    fn cos(self) -> f64 { intrinsic!() }
    fn tan(self) -> f64 { intrinsic!() }
    fn exp(self) -> f64 { intrinsic!() }
    fn ln(self) -> f64 { intrinsic!() }
    fn log10(self) -> f64 { intrinsic!() }
    fn log2(self) -> f64 { intrinsic!() }
    fn recip(self) -> f64 { intrinsic!() }
    fn to_degrees(self) -> f64 { intrinsic!() }
    fn to_radians(self) -> f64 { intrinsic!() }
    fn cbrt(self) -> f64 { intrinsic!() }
    fn min(self, other: f64) -> f64 { intrinsic!() }
    fn max(self, other: f64) -> f64 { intrinsic!() }
    fn powf(self, other: f64) -> f64 { intrinsic!() }
    fn atan2(self, other: f64) -> f64 { intrinsic!() }
    fn hypot(self, other: f64) -> f64 { intrinsic!() }
    fn rem_euclid(self, other: f64) -> f64 { intrinsic!() }
    fn copysign(self, other: f64) -> f64 { intrinsic!() }
    fn powi(self, n: i32) -> f64 { intrinsic!() }
    fn clamp(self, min: f64, max: f64) -> f64 { intrinsic!() }
    fn mul_add(self, a: f64, b: f64) -> f64 { intrinsic!() }
    fn is_nan(self) -> bool { intrinsic!() }
    fn is_infinite(self) -> bool { intrinsic!() }
    fn is_finite(self) -> bool { intrinsic!() }
    fn total_cmp(&self, other: &f64) -> Ordering { intrinsic!() }
    fn to_bits(self) -> u64 { intrinsic!() }
}
impl f32 {
    fn abs(self) -> f32 { intrinsic!() }
    fn sqrt(self) -> f32 { intrinsic!() }
    fn floor(self) -> f32 { intrinsic!() }
    fn ceil(self) -> f32 { intrinsic!() }
    fn round(self) -> f32 { intrinsic!() }
    fn trunc(self) -> f32 { intrinsic!() }
    fn fract(self) -> f32 { intrinsic!() }
    fn signum(self) -> f32 { intrinsic!() }
    fn sin(self) -> f32 { intrinsic!() }
    fn cos(self) -> f32 { intrinsic!() }
    fn tan(self) -> f32 { intrinsic!() }
    fn exp(self) -> f32 { intrinsic!() }
    fn ln(self) -> f32 { intrinsic!() }
    fn log10(self) -> f32 { intrinsic!() }
    fn log2(self) -> f32 { intrinsic!() }
    fn recip(self) -> f32 { intrinsic!() }
    fn to_degrees(self) -> f32 { intrinsic!() }
    fn to_radians(self) -> f32 { intrinsic!() }
    fn cbrt(self) -> f32 { intrinsic!() }
    fn min(self, other: f32) -> f32 { intrinsic!() }
    fn max(self, other: f32) -> f32 { intrinsic!() }
    fn powf(self, other: f32) -> f32 { intrinsic!() }
    fn atan2(self, other: f32) -> f32 { intrinsic!() }
    fn hypot(self, other: f32) -> f32 { intrinsic!() }
    fn rem_euclid(self, other: f32) -> f32 { intrinsic!() }
    fn copysign(self, other: f32) -> f32 { intrinsic!() }
    fn powi(self, n: i32) -> f32 { intrinsic!() }
    fn clamp(self, min: f32, max: f32) -> f32 { intrinsic!() }
    fn mul_add(self, a: f32, b: f32) -> f32 { intrinsic!() }
    fn is_nan(self) -> bool { intrinsic!() }
    fn is_infinite(self) -> bool { intrinsic!() }
    fn is_finite(self) -> bool { intrinsic!() }
    fn total_cmp(&self, other: &f32) -> Ordering { intrinsic!() }
    fn to_bits(self) -> u32 { intrinsic!() }
}
