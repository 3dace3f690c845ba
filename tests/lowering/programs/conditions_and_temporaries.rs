// level: 3
async fn step(n: u32) -> u32 { sleep(n).await; n }
async fn while_cond() -> u32 {
    let mut i = 0;
    while step(i).await < 3 { i += 1; }
    i
}
async fn cond_chain(a: bool, o: Option<u32>) -> u32 {
    if a && let Some(n) = o && step(n).await > 1 { yield_now().await; n } else if !a || step(9).await == 9 { 1 } else { 2 }
}
async fn tail_temp(m: &Mutex<Vec<u32>>) -> usize { m.lock().await.len() }
async fn block_value() -> u64 {
    let big = { let a = [1u64; 16]; let s = a.iter().sum::<u64>(); sleep(1).await; s + a[0] };
    let b = if big > 3 { let c = step(2).await; c as u64 } else { 0 };
    big + b
}
async fn shadow(x: u8) -> u16 {
    let x = x as u16 + 1;
    sleep(x as u32).await;
    let x = { let y = x; yield_now().await; y * 2 };
    x
}
async fn refs(v: &mut Vec<u32>, s: &str) -> usize {
    v.push(s.len() as u32);
    sleep(v[0]).await;
    let last = v.last_mut();
    if let Some(l) = last { *l += 1; yield_now().await; *l += 1; }
    let slice = &v[..];
    sleep(1).await;
    slice.len()
}
async fn nested(n: u32) -> u32 {
    let f = async { let inner = async { step(n).await + 1 }; inner.await * 2 };
    f.await
}
async fn main() {
    let m = Mutex::new(vec![1, 2]);
    let mut v = Vec::new();
    log!("{} {} {}", while_cond().await, cond_chain(true, Some(2)).await, cond_chain(false, None).await);
    log!("{} {}", tail_temp(&m).await, block_value().await);
    log!("{} {}", shadow(3).await, refs(&mut v, "abc").await);
    log!("{}", nested(2).await);
    let arr = [step(1).await, step(2).await, step(3).await];
    let tup = (step(1).await, "x", step(2).await);
    log!("{arr:?} {tup:?}");
    let s = format!("{}-{}", step(1).await, step(2).await);
    log!("{s}");
    let r = step(step(step(1).await).await).await;
    log!("{}", r + step(1).await * 2);
    assert_eq!(step(2).await, 2, "step {}", 2);
    let _unused = step(5);
    let _ = step(6);
    let _ = step(1).await;
    drop(step(7));
}
