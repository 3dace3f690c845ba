// Iterators.

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
