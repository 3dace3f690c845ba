// Vec, VecDeque, maps.

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
