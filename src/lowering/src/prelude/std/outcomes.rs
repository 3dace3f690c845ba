// Option, Result, Poll, ControlFlow.

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
