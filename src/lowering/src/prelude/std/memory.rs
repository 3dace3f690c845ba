// Memory.

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
