// level: 4
async fn fetch(id: u32) -> Result<String, String> {
    sleep(id).await;
    if id % 3 == 0 { Err(format!("bad {id}")) } else { Ok(format!("item {id}")) }
}
async fn all(ids: &[u32]) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for &id in ids {
        let item = fetch(id).await?;
        out.push(item);
    }
    Ok(out)
}
async fn first_ok(ids: Vec<u32>) -> Option<String> {
    for id in ids {
        let Ok(text) = fetch(id).await else { continue };
        return Some(text);
    }
    None
}
async fn main() {
    log!("{:?}", all(&[1, 2]).await);
    match all(&[1, 3, 5]).await {
        Ok(v) => log!("{}", v.len()),
        Err(e) if e.len() > 100 => log!("long"),
        Err(e) => { yield_now().await; log!("failed: {e}"); }
    }
    let x = first_ok(vec![3, 6, 7]).await;
    if let Some(text) = &x && text.len() > 3 { sleep(1).await; log!("{text}"); }
    let y: u32 = [1u32, 2, 3].iter().map(|n| n * 2).filter(|n| n % 4 != 0).sum();
    let words: Vec<String> = vec!["a", "b"].into_iter().map(String::from).collect();
    log!("{y} {}", words.join("-"));
    let mut counts = [0u8; 4];
    let mut i = 0usize;
    while i < counts.len() { counts[i] = i as u8 * 2; i += 1; yield_now().await; }
    log!("{counts:?}");
    let t = (1u8, 'x', 2.5f64, "s");
    let (a, b, ..) = t;
    sleep(2).await;
    log!("{a} {b} {} {}", t.2, t.3);
}
