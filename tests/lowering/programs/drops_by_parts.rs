// level: 5
struct D(u32);
impl Drop for D { fn drop(&mut self) { log!("d{}", self.0); } }
struct Holder { a: D, b: String, c: Option<D> }
enum E { A(D, D), B { x: String, y: D }, C }
async fn parts(h: Holder) -> String {
    let Holder { a, b, .. } = h;
    sleep(1).await;
    drop(a);
    sleep(2).await;
    b
}
async fn cond(h: Holder, f: bool) -> u32 {
    if f { let x = h.a; sleep(1).await; return x.0; }
    sleep(2).await;
    h.b.len() as u32
}
async fn en(e: E, take: bool) -> u32 {
    match e {
        E::A(d, _) if take => { sleep(1).await; d.0 }
        E::A(_, ref d) => { sleep(2).await; d.0 }
        E::B { x, .. } => { sleep(3).await; x.len() as u32 }
        E::C => 0,
    }
}
async fn opt(mut o: Option<D>) -> u32 {
    let t = o.take();
    sleep(1).await;
    if let Some(d) = t { o = Some(D(d.0 + 1)); }
    yield_now().await;
    match o { Some(D(n)) => n, None => 0 }
}
async fn loopy(n: u32) -> u32 {
    let mut held = None;
    for i in 0..n {
        let d = D(i);
        if i % 2 == 0 { held = Some(d); continue; }
        sleep(1).await;
        if i == 3 { break; }
    }
    sleep(1).await;
    held.map(|d| d.0).unwrap_or(99)
}
async fn boxed(b: Box<Holder>) -> usize {
    let s = b.b;
    sleep(1).await;
    let v = vec![D(7), D(8)];
    let mut it = v.into_iter();
    let first = it.next();
    sleep(1).await;
    drop(it);
    first.is_some() as usize + s.len()
}
async fn ret(flag: u32) -> Result<D, D> {
    let d = D(50);
    if flag == 0 { return Err(d); }
    let e = D(51);
    sleep(flag).await;
    if flag == 1 { Ok(d) } else { Ok(e) }
}
fn h(n: u32) -> Holder { Holder { a: D(n), b: format!("h{n}"), c: Some(D(n + 1)) } }
async fn main() {
    log!("{}", parts(h(10)).await);
    log!("{} {}", cond(h(20), true).await, cond(h(30), false).await);
    log!("{}", en(E::A(D(1), D(2)), true).await + en(E::A(D(3), D(4)), false).await + en(E::B { x: "q".into(), y: D(5) }, true).await + en(E::C, false).await);
    log!("{} {}", opt(Some(D(60))).await, opt(None).await);
    log!("{}", loopy(5).await);
    log!("{}", boxed(Box::new(h(40))).await);
    for f in 0..3 { match ret(f).await { Ok(d) => log!("ok {}", d.0), Err(D(n)) => log!("err {n}") } }
    let arr = [D(70), D(71)];
    let [x, y] = arr;
    sleep(1).await;
    drop(y);
    yield_now().await;
    let z;
    if x.0 == 70 { z = x; yield_now().await; log!("{}", z.0); }
    log!("end");
}
