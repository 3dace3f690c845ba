// The prelude of the language: what every program sees. Layouts and order of running are those of the project's own prelude.

#[builtin_type(Sleep)] struct Sleep { ms: u32, timer: u32 }
fn sleep(ms: u32) -> Sleep { Sleep { ms, timer: 0 } }
impl Future for Sleep { type Output = (); fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<()> { intrinsic!() } }
impl Drop for Sleep { fn drop(&mut self) { intrinsic!() } }
#[builtin_type(YieldNow)] struct YieldNow { done: bool }
fn yield_now() -> YieldNow { YieldNow { done: false } }
impl Future for YieldNow { type Output = (); fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<()> { intrinsic!() } }
#[builtin_type(Ready)] struct Ready<T>(Option<T>);
fn ready<T>(v: T) -> Ready<T> { Ready(Some(v)) }
impl<T> Future for Ready<T> { type Output = T; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<T> { intrinsic!() } }
#[builtin_type(Pending)] struct Pending<T>(PhantomData<T>);
fn pending<T>() -> Pending<T> { Pending(PhantomData) }
impl<T> Future for Pending<T> { type Output = T; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<T> { intrinsic!() } }
#[builtin_type(JoinHandle)] #[opaque("4 4 drop niche 0 4 1 4294967295")] struct JoinHandle<T> {}
#[intrinsic_path("spawn")] fn spawn<F: Future>(fut: F) -> JoinHandle<F::Output> { intrinsic!() }
impl<T> Future for JoinHandle<T> { type Output = T; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<T> { intrinsic!() } }
impl<T> Drop for JoinHandle<T> { fn drop(&mut self) { intrinsic!() } }
#[builtin_type(MaybeDone)] enum MaybeDone<F: Future> { Future(F), Done(F::Output), Gone }
#[builtin_type(Join)] struct Join<A: Future, B: Future> { a: MaybeDone<A>, b: MaybeDone<B> }
#[builtin_type(Join3)] struct Join3<A: Future, B: Future, C: Future> { a: MaybeDone<A>, b: MaybeDone<B>, c: MaybeDone<C> }
fn join<A: Future, B: Future>(a: A, b: B) -> Join<A, B> { Join { a: MaybeDone::Future(a), b: MaybeDone::Future(b) } }
fn join3<A: Future, B: Future, C: Future>(a: A, b: B, c: C) -> Join3<A, B, C> { Join3 { a: MaybeDone::Future(a), b: MaybeDone::Future(b), c: MaybeDone::Future(c) } }
impl<A: Future, B: Future> Future for Join<A, B> { type Output = (A::Output, B::Output); fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<(A::Output, B::Output)> { intrinsic!() } }
impl<A: Future, B: Future, C: Future> Future for Join3<A, B, C> { type Output = (A::Output, B::Output, C::Output); fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<(A::Output, B::Output, C::Output)> { intrinsic!() } }
#[builtin_type(Race)] struct Race<A, B> { a: A, b: B }
fn race<A: Future, B: Future<Output = A::Output>>(a: A, b: B) -> Race<A, B> { Race { a, b } }
impl<A: Future, B: Future> Future for Race<A, B> { type Output = A::Output; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<A::Output> { intrinsic!() } }
#[builtin_type(Either)] #[derive(Debug, Clone, Copy, PartialEq)] enum Either<L, R> { Left(L), Right(R) }
#[builtin_type(Select)] struct Select<A, B> { a: A, b: B }
fn select<A: Future, B: Future>(a: A, b: B) -> Select<A, B> { Select { a, b } }
impl<A: Future, B: Future> Future for Select<A, B> { type Output = Either<A::Output, B::Output>; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<Either<A::Output, B::Output>> { intrinsic!() } }
#[builtin_type(Sender)] #[opaque("4 4 drop niche 0 4 1 4294967295")] struct Sender<T> {}
#[builtin_type(Receiver)] #[opaque("4 4 drop niche 0 4 1 4294967295")] struct Receiver<T> {}
#[intrinsic_path("channel")] fn channel<T>() -> (Sender<T>, Receiver<T>) { intrinsic!() }
impl<T> Sender<T> { fn send(&self, v: T) { intrinsic!() } }
impl<T> Clone for Sender<T> { fn clone(&self) -> Sender<T> { intrinsic!() } }
impl<T> Drop for Sender<T> { fn drop(&mut self) { intrinsic!() } }
impl<T> Drop for Receiver<T> { fn drop(&mut self) { intrinsic!() } }
impl<T> Receiver<T> { fn recv(&mut self) -> Recv<T> { Recv { rx: self } } }
#[builtin_type(Recv)] struct Recv<T> { rx: &mut Receiver<T> }
impl<T> Future for Recv<T> { type Output = Option<T>; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<Option<T>> { intrinsic!() } }
impl<T> Drop for Recv<T> { fn drop(&mut self) { intrinsic!() } }
#[builtin_type(Mutex)] struct Mutex<T> { locked: Cell<bool>, value: UnsafeCell<T> }
#[name("UnsafeCell")] struct UnsafeCell<T> { value: T }
impl<T> Mutex<T> {
    fn new(value: T) -> Mutex<T> { Mutex { locked: Cell::new(false), value: UnsafeCell { value } } }
    fn lock(&self) -> Lock<T> { Lock { mutex: self, ticket: 0 } }
}
#[builtin_type(Lock)] struct Lock<T> { mutex: &Mutex<T>, ticket: u32 }
impl<T> Future for Lock<T> { type Output = MutexGuard<T>; fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<MutexGuard<T>> { intrinsic!() } }
impl<T> Drop for Lock<T> { fn drop(&mut self) { intrinsic!() } }
#[builtin_type(MutexGuard)] struct MutexGuard<T> { mutex: &Mutex<T> }
impl<T> Drop for MutexGuard<T> { fn drop(&mut self) { intrinsic!() } }
impl<T> Deref for MutexGuard<T> { type Target = T; fn deref(&self) -> &T { intrinsic!() } }
impl<T> DerefMut for MutexGuard<T> { fn deref_mut(&mut self) -> &mut T { intrinsic!() } }
#[intrinsic_path("now")] fn now() -> u32 { intrinsic!() }
#[intrinsic_path("compute")] fn compute(ms: u32) { intrinsic!() }
#[intrinsic_path("log")] fn _log(text: Arguments) { intrinsic!() }
#[intrinsic_path("println")] fn _print(text: Arguments) { intrinsic!() }
#[intrinsic_path("format")] fn format(args: Arguments) -> String { intrinsic!() }
#[intrinsic_path("must_use")] fn must_use<T>(value: T) -> T { intrinsic!() }
#[intrinsic_path("panic_fmt")] fn panic_fmt(args: Arguments) -> ! { intrinsic!() }
#[intrinsic_path("panic")] fn panic_str(message: &str) -> ! { intrinsic!() }
#[intrinsic_path("unreachable_display")] fn unreachable_display<T>(x: &T) -> ! { intrinsic!() }
#[name("core::panicking::AssertKind")] #[derive(Debug)] enum AssertKind { Eq, Ne, Match }
#[intrinsic_path("assert_failed")] fn assert_failed<T, U>(kind: AssertKind, left: &T, right: &U, args: Option<Arguments>) -> ! { intrinsic!() }
#[intrinsic_path("Arguments::new")] fn arguments_new<T, A>(template: T, args: A) -> Arguments { intrinsic!() }
#[intrinsic_path("Arguments::from_str")] fn arguments_from_str(text: &str) -> Arguments { intrinsic!() }
#[intrinsic_path("Argument::new_display")] fn argument_display<T>(x: &T) -> Argument { intrinsic!() }
#[intrinsic_path("Argument::new_debug")] fn argument_debug<T>(x: &T) -> Argument { intrinsic!() }
#[intrinsic_path("Argument::new_lower_hex")] fn argument_lower_hex<T>(x: &T) -> Argument { intrinsic!() }
#[intrinsic_path("Argument::new_upper_hex")] fn argument_upper_hex<T>(x: &T) -> Argument { intrinsic!() }
#[intrinsic_path("Argument::new_binary")] fn argument_binary<T>(x: &T) -> Argument { intrinsic!() }
#[intrinsic_path("Argument::new_octal")] fn argument_octal<T>(x: &T) -> Argument { intrinsic!() }
#[intrinsic_path("Argument::new_lower_exp")] fn argument_lower_exp<T>(x: &T) -> Argument { intrinsic!() }
#[intrinsic_path("Argument::new_pointer")] fn argument_pointer<T>(x: &T) -> Argument { intrinsic!() }
#[intrinsic_path("Argument::from_usize")] fn argument_usize<T>(x: &T) -> Argument { intrinsic!() }
