// level: 5
struct Noisy(&'static str);
impl Drop for Noisy { fn drop(&mut self) { log!("drop {}", self.0); } }
fn make(n: &'static str) -> Noisy { Noisy(n) }
async fn maybe(flag: bool) -> u32 {
    let a = make("a");
    let b = make("b");
    if flag { drop(a); sleep(1).await; } else { let _c = a; sleep(2).await; }
    let t = (make("t0"), make("t1"));
    let (x, _) = t;
    sleep(3).await;
    drop(x);
    sleep(4).await;
    let o = Some(make("o"));
    if let Some(n) = o { sleep(5).await; log!("{}", n.0); }
    let mut s = make("s1");
    sleep(1).await;
    s = make("s2");
    sleep(1).await;
    let r = &b;
    yield_now().await;
    log!("{} {}", r.0, s.0);
    { let v = vec![make("v0"), make("v1")]; for n in v { if n.0 == "v1" { break; } sleep(1).await; } }
    match make("m").0 { "m" => { sleep(1).await; } _ => {} }
    1
}
async fn main() {
    let x = maybe(true).await + maybe(false).await;
    let handles: Vec<JoinHandle<u32>> = (0..3).map(|i| spawn(async move { let _n = make("task"); sleep(i).await; i })).collect();
    let mut sum = x;
    for h in handles { sum += h.await; }
    log!("{sum}");
    let late = spawn(async { let _n = Noisy("never"); pending::<()>().await; });
    yield_now().await;
    drop(late);
    let moved = make("moved");
    let f = async move { sleep(1).await; log!("{}", moved.0); };
    let g = async { let _z = make("z"); yield_now().await; };
    join!(f, g).await;
}
