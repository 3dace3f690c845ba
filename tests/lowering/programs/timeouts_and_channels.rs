// level: 5
#[derive(Debug)]
enum Error { Timeout(u32), Closed }
impl From<u32> for Error { fn from(ms: u32) -> Self { Error::Timeout(ms) } }
async fn with_timeout<F: Future>(fut: F, ms: u32) -> Result<F::Output, u32> {
    match select(fut, sleep(ms)).await { Left(v) => Ok(v), Right(()) => Err(ms) }
}
async fn job(n: u32) -> String { sleep(n).await; "j".repeat(n as usize) }
async fn run(n: u32) -> Result<usize, Error> {
    let s = with_timeout(job(n), 5).await?;
    if s.is_empty() { return Err(Error::Closed); }
    Ok(s.len())
}
async fn producer(tx: Sender<(u32, Option<String>)>, n: u32) {
    for i in (0..n).step_by(2) {
        sleep(i).await;
        let payload = if i % 4 == 0 { Some(format!("p{i}")) } else { None };
        tx.send((i, payload));
    }
}
async fn consumer(mut rx: Receiver<(u32, Option<String>)>) -> usize {
    let mut seen = 0;
    loop {
        let Some((i, payload)) = rx.recv().await else { break };
        match (i, payload) {
            (0, _) => {}
            (n, Some(text)) if n > 3 => { sleep(n).await; log!("{text}"); }
            (n, None) | (n, Some(_)) => { yield_now().await; log!("skip {n}"); }
        }
        seen += 1;
    }
    seen
}
async fn main() {
    log!("{:?} {:?} {:?}", run(3).await, run(0).await, run(9).await);
    let (tx, rx) = channel();
    let p = spawn(producer(tx.clone(), 9));
    drop(tx);
    let c = spawn(consumer(rx));
    p.await;
    log!("{}", c.await);
    let shared = Rc::new(Mutex::new(0u32));
    let mut hs = Vec::new();
    for i in 1..=3 { let s = Rc::clone(&shared); hs.push(spawn(async move { for _ in 0..i { let mut g = s.lock().await; *g += i; drop(g); yield_now().await; } })); }
    for h in hs { h.await; }
    log!("{} {}", *shared.lock().await, Rc::strong_count(&shared));
    let weak = Rc::new(5u8);
    let w2 = weak.clone();
    let t = async move { sleep(*w2 as u32).await; *w2 };
    log!("{}", t.await + *weak);
}
