async fn stepNUMBER(n: u32, name: String) -> Option<u32> {
    let total = n + NUMBER;
    log!("{name} {total}");
    for k in 0..3u32 {
        sleep(k + total).await;
    }
    let Some(x) = Some(total).filter(|t| *t > 1) else { return None };
    yield_now().await;
    Some(x)
}
