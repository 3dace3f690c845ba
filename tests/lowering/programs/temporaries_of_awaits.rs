// level: 5
struct N(u32);
impl Drop for N { fn drop(&mut self) { log!("~{}", self.0); } }
impl N { fn get(&self) -> u32 { self.0 } async fn slow(&self) -> u32 { sleep(self.0).await; self.0 } fn me(self) -> N { self } }
async fn mk(n: u32) -> N { sleep(n).await; N(n) }
async fn id<T>(t: T) -> T { yield_now().await; t }
fn two(a: u32, b: u32) -> u32 { a * 10 + b }
fn sum(a: &N, b: u32, c: &[u32]) -> u32 { a.0 + b + c.len() as u32 }
async fn t1() -> u32 { two(mk(1).await.get(), mk(2).await.slow().await) }
async fn t2() -> u32 { sum(&mk(3).await, id(1).await, &[id(2).await, 3]) }
async fn t3() -> u32 { let r = &mk(4).await; sleep(1).await; r.get() }
async fn t4() -> u32 { let x = mk(5).await.me().me().get(); sleep(1).await; x }
async fn t5() -> usize { let v = vec![mk(6).await, id(N(7)).await]; sleep(1).await; v.len() }
async fn t6() -> u32 { match mk(8).await { N(0) => 0, ref n if n.get() > 5 => { sleep(1).await; n.get() } n => n.get() } }
async fn t7() -> u32 { if mk(9).await.get() > 3 && id(true).await { sleep(1).await; 1 } else { 0 } }
async fn t8() -> u32 { while let Some(n) = Some(mk(1).await) { sleep(1).await; return n.get(); } 0 }
async fn t9() -> u32 { let t = (mk(1).await, id(2).await, &mk(3).await.0 + 1); sleep(1).await; t.0.get() + t.1 + t.2 }
async fn u1() -> u32 { let mut n = mk(1).await; n.0 += id(5).await; n = id(N(n.0 + 1)).await; sleep(1).await; n.0 }
async fn u2() -> String { format!("{}-{}-{}", mk(1).await.get(), id("x").await, { let k = mk(2).await; k.get() }) }
async fn u3() -> u32 { let a = [mk(1).await, mk(2).await]; let mut s = 0; for n in &a { s += n.slow().await; } for n in a { s += n.get(); } s }
async fn u4(o: Option<N>) -> u32 { let Some(n) = o else { return id(0).await }; let N(ref k) = n; sleep(*k).await; *k }
async fn u5() -> u32 { let f = async { mk(1).await }; let g = f.await; let c = || g.get() + 1; sleep(1).await; c() }
async fn u6(b: bool) -> u32 { let n; if b { n = mk(1).await; } else { n = N(2); } let m = if b { Some(n) } else { drop(n); None }; sleep(1).await; m.map_or(0, |n| n.get()) }
async fn u7() -> u32 { let x = loop { let n = mk(2).await; if n.get() > 1 { break n; } }; sleep(1).await; x.get() }
async fn u8_() -> Result<u32, N> { let a = Ok::<N, N>(mk(1).await)?; let b: Result<N, N> = Err(mk(2).await); let c = b?; Ok(a.get() + c.get()) }
async fn u9(v: &mut Vec<N>) -> u32 { v.push(mk(1).await); v[0].0 += id(2).await; let l = v.last().unwrap().slow().await; v.retain(|n| n.0 > 2); sleep(1).await; l + v.len() as u32 }
async fn main() {
    log!("{} {} {} {} {}", t1().await, t2().await, t3().await, t4().await, t5().await);
    log!("{} {} {} {}", t6().await, t7().await, t8().await, t9().await);
    log!("{} {} {} {} {}", u1().await, u2().await, u3().await, u4(Some(N(3))).await, u4(None).await);
    log!("{} {} {} {}", u5().await, u6(true).await, u6(false).await, u7().await);
    log!("{}", match u8_().await { Ok(n) => n, Err(n) => n.get() * 100 });
    let mut v = Vec::new();
    log!("{}", u9(&mut v).await);
    let s = spawn(async move { let k = v; sleep(3).await; k.len() });
    let z = { let g = mk(3).await; let h = &g; id(h.get()).await } + s.await as u32;
    log!("{z}");
}
