// level: 3
async fn f(n: u32) -> Option<u32> { sleep(n).await; if n > 5 { None } else { Some(n) } }
async fn a1() -> u32 {
    let v = 'find: { for i in [9, 3] { if let Some(x) = f(i).await { break 'find x; } } 0 };
    v + 1
}
async fn a2(xs: &[u32]) -> u32 {
    if let Some(x) = xs.first() { sleep(*x).await; *x } else if let [a, b] = xs { sleep(*a).await; *b } else { 77 }
}
async fn a3(mut stack: Vec<(u32, &str)>) -> String {
    let mut out = String::new();
    while let Some((n, s)) = stack.pop() {
        if n > 1 { stack.push((n - 1, s)); }
        sleep(n).await;
        out += s;
        out.push('.');
    }
    out
}
async fn a4(t: &mut (u32, Option<String>)) -> usize {
    if let (n, Some(s)) = t { *n += 1; yield_now().await; s.push('!'); return s.len(); }
    match t { (0, opt) => { *opt = Some(String::from("new")); yield_now().await; 1 } (n, None) => *n as usize, _ => 0 }
}
async fn a5(o: Option<Option<u32>>) -> u32 { match o { Some(Some(n @ 1..=3)) => { sleep(n).await; n } Some(Some(n)) => n * 2, Some(None) => { yield_now().await; 1 } None => 0 } }
async fn a6() -> Result<u32, String> {
    let r = async { let x = f(2).await.ok_or("none")?; let y = f(7).await.ok_or("too big")?; Ok::<u32, &str>(x + y) }.await;
    let n = r.map_err(|e| e.to_string()).or_else(|e| if e.len() > 20 { Err(e) } else { Ok(3) })?;
    Ok(n)
}
async fn a7(n: u32) -> u32 {
    let Some(x) = f(n).await else { let y = f(1).await.unwrap(); log!("else {y}"); return y; };
    x
}
async fn a8() -> u64 {
    let mut acc = 0u64;
    for (i, w) in [1u64, 2, 3, 4].windows(2).enumerate().skip(1) { sleep(i as u32).await; acc += w[0] * w[1]; }
    for c in [1, 2, 3, 4, 5].chunks(2) { yield_now().await; acc += c.len() as u64; }
    acc
}
async fn a9(flag: bool) -> &'static str {
    let s; 
    if flag { s = "yes"; sleep(1).await; } else { return "no"; }
    yield_now().await;
    s
}
async fn b1(x: i32) -> i32 { let y = -x; sleep(1).await; let z = !y; let w = y << 2 | z & 7 ^ 1; yield_now().await; w % 5 - y / 2 }
async fn main() {
    log!("{} {} {} {}", a1().await, a2(&[2]).await, a2(&[]).await, a3(vec![(2, "a"), (1, "b")]).await);
    let mut t = (0, None);
    log!("{} {} {t:?}", a4(&mut t).await, a4(&mut t).await);
    log!("{} {} {} {}", a5(Some(Some(2))).await, a5(Some(Some(9))).await, a5(Some(None)).await, a5(None).await);
    log!("{:?} {} {}", a6().await, a7(3).await, a7(8).await);
    log!("{} {} {} {}", a8().await, a9(true).await, a9(false).await, b1(7).await);
    let x = { let y = 1; y } + { sleep(1).await; 2 };
    let p = matches!(f(2).await, Some(n) if n == 2);
    let arr2 = [[0u32; 2]; 3].map(|r| r.len());
    log!("{x} {p} {arr2:?} {}", if p && f(1).await.is_some() || x == 0 { 'a' } else { 'b' });
    let width = 6;
    let val = 3.14159;
    log!("[{:>width$}] [{:.*}] [{:08.3}] [{0:?}]", "ab", 2, val, val);
    log!("{{}} {:#x} {:#b} {:e}", 255, 5, 1500.0);
}
