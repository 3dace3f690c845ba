// Slices and arrays.

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
