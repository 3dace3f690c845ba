// level: 3
async fn tick(n: u8) -> u8 { yield_now().await; n }
async fn big(flag: bool) -> u64 {
    let a = [1u8; 100];
    let b = if flag { let c = [2u16; 50]; tick(1).await; c[3] as u64 } else { let d = [3u32; 25]; tick(2).await; let e = d; yield_now().await; e[1] as u64 };
    let s = &a[10..20];
    tick(s[0]).await;
    b + a.iter().map(|x| *x as u64).sum::<u64>()
}
async fn u128s(x: u128, y: i128) -> i128 { let z = x as i128 - y; tick(0).await; let w = (z, x as u8, 1.5f32, 'c'); yield_now().await; w.0 + w.1 as i128 + w.2 as i128 + w.3 as i128 }
async fn params(a: u8, mut b: u16, _: u32, c: &str, [d, e]: [u8; 2], (f, _): (char, bool)) -> u32 { b += a as u16; tick(d).await; b as u32 + c.len() as u32 + e as u32 + f as u32 }
async fn unused(_a: String, _b: Vec<u8>) { }
async fn only_ret(s: String) -> String { s }
async fn nested_loops() -> u32 {
    let mut n = 0;
    'a: for i in 0..5u32 { let mut j = 0; while j < i { if j == 2 { continue 'a; } if i == 4 { break 'a; } tick(1).await; j += 1; n += j; } }
    n
}
async fn opts(o: Option<u32>, r: Result<u8, ()>, b: Option<bool>, c: Option<char>, x: Option<Box<u64>>) -> u32 {
    tick(1).await;
    let s = o.unwrap_or(1) + r.unwrap_or(2) as u32 + b.unwrap_or(true) as u32;
    tick(2).await;
    s + c.map_or(0, |c| c as u32) + x.map_or(0, |b| *b as u32)
}
async fn copies() -> u32 { let p = (1u32, 2u8); let q = p; tick(q.1).await; let r = &p; let t = r.0; tick(3).await; t }
async fn closures(k: u32) -> u32 { let s = String::from("abc"); let f = |x: u32| x + k + s.len() as u32; tick(1).await; let y = f(1); let g = move || s; tick(2).await; y + g().len() as u32 }
async fn early(n: u32) -> &'static str { if n == 0 { return "zero"; } let label = match n { 1 => "one", 2 => { tick(2).await; return "two"; } _ => "many" }; tick(1).await; label }
async fn deep(n: u32) -> u32 { { { let a = n; { let b = a + 1; tick(1).await; { let c = b * 2; tick(2).await; c } } } } }
async fn unit_and_never(x: Option<()>) { let u = (); if let Some(()) = x { tick(1).await; u } let v = match x { Some(_) => 1, None => panic!("none") }; tick(v).await; }
async fn main() {
    log!("{} {}", big(true).await, big(false).await);
    log!("{} {}", u128s(7, -3).await, params(1, 2, 3, "four", [5, 6], ('7', true)).await);
    unused(String::new(), vec![1]).await;
    log!("{} {}", only_ret("r".to_string()).await, nested_loops().await);
    log!("{}", opts(None, Ok(3), Some(false), Some('a'), Some(Box::new(5))).await);
    log!("{} {} {} {}", copies().await, closures(2).await, early(2).await, early(3).await);
    log!("{}", deep(4).await);
    unit_and_never(Some(())).await;
    let t = tick(1);
    let u = tick(2);
    let (x, y) = (u.await, t.await);
    log!("{x} {y}");
    let sh = 1u32 << tick(3).await;
    let ix = [10, 20, 30][tick(1).await as usize];
    let neg = -(tick(4).await as i32);
    let both = tick(1).await == 1 || tick(0).await == 0;
    log!("{sh} {ix} {neg} {both} {}", tick(5).await as f32 / 2.0);
    let mut arr = [[0u8; 2]; 2];
    arr[tick(1).await as usize][tick(0).await as usize] = tick(9).await;
    arr[0][1] += tick(2).await;
    log!("{arr:?}");
}
