// level: 5
struct Noisy(u8);
impl Drop for Noisy { fn drop(&mut self) { log!("~{}", self.0); } }
type Res<T> = Result<T, Box<str>>;
async fn get(n: u8) -> Res<Noisy> { sleep(n as u32).await; if n > 9 { Err("big".into()) } else { Ok(Noisy(n)) } }
async fn v1(n: u8) -> Res<u8> { let a = get(n).await?; let b = get(n + 1).await?; sleep(1).await; Ok(a.0 + b.0) }
async fn v2(n: u8) -> u8 { match (get(n).await, get(n + 5).await) { (Ok(a), Ok(b)) => { sleep(1).await; a.0 + b.0 } (Ok(a), Err(_)) => { yield_now().await; a.0 } (Err(e), _) => { sleep(2).await; e.len() as u8 } } }
async fn v3(n: u8) -> Option<u8> { let r = get(n).await.ok()?; let o = Some(r).filter(|r| r.0 > 2); yield_now().await; o.map(|r| r.0) }
async fn v4(xs: Vec<Option<Noisy>>) -> u32 { let mut t = 0; for x in xs { match x { Some(n) if n.0 % 2 == 0 => { sleep(1).await; t += n.0 as u32; } Some(Noisy(k)) => t += k as u32, None => { yield_now().await; } } } t }
async fn v5(mut a: Option<Noisy>, b: bool) -> u8 { if b { if let Some(n) = a.take() { sleep(1).await; drop(n); } } else if let Some(ref mut n) = a { n.0 += 1; sleep(2).await; } let c = a; yield_now().await; c.map_or(0, |n| n.0) }
async fn v6(p: (Noisy, Noisy, u8), k: u8) -> u8 { let (a, b, c) = p; let keep = if k == 0 { a } else { sleep(1).await; b }; sleep(c as u32).await; keep.0 }
struct Three { a: Noisy, b: Option<Noisy>, c: String }
async fn v7(t: Three, k: u8) -> usize { let s = match k { 0 => t.c, 1 => { let x = t.a; sleep(1).await; format!("{}", x.0) } _ => { sleep(2).await; String::new() } }; sleep(1).await; s.len() }
async fn v8(mut t: Three) -> u8 { t.b = None; sleep(1).await; let Three { a, .. } = t; sleep(1).await; t = Three { a: Noisy(90), b: Some(Noisy(91)), c: String::from("n") }; sleep(1).await; a.0 + t.a.0 }
async fn v9(n: u8) -> u8 { let x; let y = Noisy(n); loop { if n > 3 { x = y; break; } else { x = Noisy(7); drop(y); sleep(1).await; break; } } sleep(1).await; x.0 }
async fn w1(v: Vec<Noisy>) -> u8 { let mut it = v.into_iter(); let first = it.next(); while let Some(n) = it.next() { if n.0 == 3 { sleep(1).await; return n.0; } yield_now().await; } first.map(|f| f.0).unwrap_or_default() }
async fn w2(a: Noisy, b: Noisy) -> u8 { let pair = [a, b]; let f = async move { let [x, y] = pair; sleep(1).await; drop(x); yield_now().await; y.0 }; f.await }
async fn w3(a: Noisy, b: bool) -> u8 { let f = async move { if b { drop(a); sleep(1).await; 1 } else { sleep(2).await; a.0 } }; let g = f.await; g + 1 }
enum Nest { A(Option<Noisy>), B { r: Result<Noisy, String>, n: u8 }, C(Box<Noisy>) }
async fn w4(x: Nest) -> u8 { match x { Nest::A(Some(n)) => { sleep(1).await; n.0 } Nest::A(None) => 0, Nest::B { r: Ok(v), n } => { sleep(2).await; v.0 + n } Nest::B { r: Err(e), .. } => { sleep(3).await; e.len() as u8 } Nest::C(b) => { let inner = *b; sleep(4).await; inner.0 } } }
async fn w5(o: Option<(Noisy, String)>) -> usize { if let Some((n, _)) = o { sleep(1).await; n.0 as usize } else { yield_now().await; 0 } }
async fn w6(o: &mut Option<Noisy>) -> u8 { match o { Some(n) => { n.0 += 1; sleep(1).await; } None => { *o = Some(Noisy(5)); yield_now().await; } } let t = std::mem::replace(o, None); sleep(1).await; t.map_or(9, |n| n.0) }
async fn main() {
    log!("{:?} {:?}", v1(1).await, v1(9).await);
    log!("{} {} {}", v2(1).await, v2(6).await, v2(11).await);
    log!("{:?} {:?}", v3(1).await, v3(4).await);
    log!("{}", v4(vec![Some(Noisy(2)), None, Some(Noisy(3))]).await);
    log!("{} {} {}", v5(Some(Noisy(1)), true).await, v5(Some(Noisy(1)), false).await, v5(None, true).await);
    log!("{} {}", v6((Noisy(1), Noisy(2), 3), 0).await, v6((Noisy(1), Noisy(2), 3), 1).await);
    for k in 0..3 { log!("{}", v7(Three { a: Noisy(k), b: Some(Noisy(10 + k)), c: "cc".into() }, k).await); }
    log!("{}", v8(Three { a: Noisy(20), b: Some(Noisy(21)), c: String::new() }).await);
    log!("{} {}", v9(1).await, v9(5).await);
    log!("{} {}", w1(vec![Noisy(1), Noisy(2), Noisy(3), Noisy(4)]).await, w1(vec![]).await);
    log!("{} {} {}", w2(Noisy(30), Noisy(31)).await, w3(Noisy(32), true).await, w3(Noisy(33), false).await);
    for x in [Nest::A(None), Nest::A(Some(Noisy(40))), Nest::B { r: Ok(Noisy(41)), n: 1 }, Nest::B { r: Err("err".into()), n: 2 }, Nest::C(Box::new(Noisy(42)))] { log!("{}", w4(x).await); }
    log!("{} {}", w5(Some((Noisy(50), "s".to_string()))).await, w5(None).await);
    let mut o = Some(Noisy(60));
    log!("{} {}", w6(&mut o).await, w6(&mut o).await);
}
