// Futures.

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
