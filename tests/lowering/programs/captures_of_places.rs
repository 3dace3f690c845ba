// level: 4
struct A { x: u32, v: Vec<u32>, s: String }
struct B { a: A, t: (u8, String), r: Rc<u32> }
fn mkb() -> B { B { a: A { x: 1, v: vec![1, 2], s: "s".into() }, t: (3, "t".into()), r: Rc::new(4) } }
async fn c1() -> u32 { let b = mkb(); let f = async { sleep(b.a.x).await; b.a.v.len() as u32 + b.t.0 as u32 }; f.await + *b.r }
async fn c2() -> u32 { let b = mkb(); let f = async move { sleep(b.a.x).await; b.a.v.len() as u32 + b.t.0 as u32 }; f.await }
async fn c3() -> u32 { let mut b = mkb(); { let f = async { b.a.x += 1; sleep(1).await; b.a.v.push(5); }; f.await; } b.a.x + b.a.v.len() as u32 }
async fn c4() -> usize { let b = mkb(); let f = async { let s = b.a.s; sleep(1).await; s.len() }; let n = f.await; n + b.t.1.len() }
async fn c5(r: &mut B) -> u32 { let f = async { r.a.x += 2; yield_now().await; r.t.0 }; let k = f.await as u32; r.a.x + k }
async fn c6(r: &B) -> u32 { let f = async move { sleep(r.a.x).await; *r.r }; f.await + r.a.x }
async fn c7() -> u32 { let t = (String::from("a"), 5u32, [1u8; 3]); let f = async move { sleep(t.1).await; t.2[0] as u32 }; let g = async { t.0.len() as u32 }; f.await + g.await }
async fn c8() -> u32 { let x = 5; let y = String::from("yy"); let f = move || async move { sleep(x).await; y.len() as u32 }; f().await + x }
async fn c9() -> u32 { let v = vec![1u32, 2, 3]; let (a, b) = join!(async { sleep(v[0]).await; v.len() }, async { sleep(v[1]).await; v.iter().sum::<u32>() }).await; a as u32 + b + v[2] }
async fn d1() -> u32 { let opt = Some(String::from("q")); let f = async { if let Some(s) = &opt { sleep(1).await; s.len() as u32 } else { 0 } }; f.await }
async fn d2() -> u32 { let opt = Some(String::from("q")); let f = async { match opt { Some(s) => { sleep(1).await; s.len() as u32 } None => 0 } }; f.await }
async fn d4() -> u32 { let mut total = 0; for i in 0..3u32 { let part = async { sleep(i).await; total += i; total }; let p = part.await; log!("{p}"); } total }
async fn d5() -> u32 { let b = Box::new(mkb()); let f = async { sleep(b.a.x).await; b.a.x }; let r = f.await; let g = async move { yield_now().await; b.t.0 as u32 }; r + g.await }
async fn d6() -> String { let names = ["a", "b"]; let fs = names.map(|n| async move { sleep(1).await; n.to_uppercase() }); let mut s = String::new(); for f in fs { s.push_str(&f.await); } s }
async fn d7() -> u32 { let c = std::cell::Cell::new(1u32); let f = async { c.set(c.get() + 1); yield_now().await; c.set(c.get() * 3); }; let g = async { c.set(c.get() + 10); }; join!(f, g).await; c.get() }
async fn d8() -> u32 { let outer = 3u32; let f = async { let inner = async { sleep(outer).await; outer * 2 }; let k = inner.await; let g = async move { k + outer }; g.await }; f.await }
async fn main() {
    log!("{} {} {} {}", c1().await, c2().await, c3().await, c4().await);
    let mut b = mkb();
    log!("{} {}", c5(&mut b).await, c6(&b).await);
    log!("{} {} {} {} {}", c7().await, c8().await, c9().await, d1().await, d2().await);
    log!("{} {} {} {} {}", d4().await, d5().await, d6().await, d7().await, d8().await);
}
