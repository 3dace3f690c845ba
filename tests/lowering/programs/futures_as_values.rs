// level: 4
async fn work(n: u32) -> u32 { sleep(n).await; n }
fn boxed(n: u32) -> Pin<Box<dyn Future<Output = u32>>> { Box::pin(work(n)) }
fn lazy(n: u32) -> impl Future<Output = u32> { async move { sleep(n).await; n + 1 } }
async fn apply<F: Fn(u32) -> u32>(f: F, n: u32) -> u32 { let a = f(n); sleep(a).await; f(a) }
async fn run<F, T>(f: F) -> T where F: FnOnce() -> T { yield_now().await; f() }
async fn both<A: Future<Output = u32>, B: Future<Output = u32>>(a: A, b: B) -> u32 { let (x, y) = join!(a, b).await; x + y }
async fn main() {
    let futs: Vec<Pin<Box<dyn Future<Output = u32>>>> = vec![boxed(3), Box::pin(work(1)), Box::pin(async { 5 })];
    let mut total = 0;
    for f in futs { total += f.await; }
    total += lazy(2).await;
    let k = 3;
    total += apply(|x| x * k, 2).await;
    let name = String::from("n");
    let len = run(move || name.len()).await;
    log!("{total} {len}");
    let z = both(work(1), lazy(4)).await;
    log!("{z}");
    let mut fut = pin!(work(9));
    let r = select(&mut fut, sleep(4)).await;
    match r { Left(n) => log!("done {n}"), Right(()) => { log!("late"); log!("{}", fut.await); } }
    let mut boxed_fut = Box::pin(sleep(5));
    let w = race(async { (&mut boxed_fut).await; 1 }, async { sleep(9).await; 2 }).await;
    log!("{w}");
    let h = spawn(async { let m = Mutex::new(5); let g = m.lock().await; *g });
    log!("{}", h.await);
    let (a, b, c) = join!(ready(1), ready("x"), pending_once()).await;
    log!("{a} {b} {c}");
}
async fn pending_once() -> bool { yield_now().await; true }
