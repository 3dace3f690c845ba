// level: 5
struct Noisy(&'static str);
impl Drop for Noisy { fn drop(&mut self) { log!("drop {}", self.0); } }
struct Svc { name: String, lim: Rc<Mutex<u32>>, q: VecDeque<Req> }
enum Req { Get { key: String, reply: Sender<Option<String>> }, Put(String, String), Stop(Noisy) }
impl Svc {
    async fn serve(mut self, mut rx: Receiver<Req>) -> (String, usize) {
        let mut store: Vec<(String, String)> = Vec::new();
        let mut n = 0;
        while let Some(req) = rx.recv().await {
            self.q.push_back(req);
            while let Some(r) = self.q.pop_front() {
                let mut permits = self.lim.lock().await;
                *permits += 1;
                match r {
                    Req::Get { key, reply } => {
                        let found = store.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone());
                        sleep(2).await;
                        reply.send(found);
                    }
                    Req::Put(k, v) if k.is_empty() => { log!("ignored {v}"); continue; }
                    Req::Put(k, v) => { drop(permits); sleep(1).await; store.push((k, v)); }
                    Req::Stop(reason) => { log!("stop {}", reason.0); yield_now().await; return (self.name, n); }
                }
                n += 1;
            }
        }
        (self.name, n)
    }
}
async fn client(id: u32, tx: Sender<Req>) -> Result<String, String> {
    tx.send(Req::Put(format!("k{id}"), format!("v{id}")));
    let (rtx, mut rrx) = channel();
    let _guard = Noisy("client");
    tx.send(Req::Get { key: format!("k{}", id % 2), reply: rtx });
    match select(rrx.recv(), sleep(20)).await {
        Left(Some(Some(v))) => Ok(v),
        Left(Some(None)) => Err(format!("{id}: none")),
        Left(None) => Err("closed".to_string()),
        Right(()) => { sleep(1).await; Err(String::from("timeout")) }
    }
}
async fn main() {
    let lim = Rc::new(Mutex::new(0));
    let (tx, rx) = channel();
    let svc = Svc { name: "svc".into(), lim: lim.clone(), q: VecDeque::new() };
    let h = spawn(svc.serve(rx));
    let cs: Vec<_> = (0..3).map(|i| spawn(client(i, tx.clone()))).collect();
    tx.send(Req::Put(String::new(), "x".to_string()));
    for (i, c) in cs.into_iter().enumerate() {
        let r = c.await;
        if let Err(e) = &r { log!("{i} failed {e}"); }
        else if let Ok(v) = r { log!("{i} got {v}"); }
    }
    tx.send(Req::Stop(Noisy("reason")));
    let (name, n) = h.await;
    log!("{name} {n} {}", *lim.lock().await);
    let total = { let g = lim.lock().await; let d = *g; d * 2 };
    sleep(total).await;
    let res = race(async { let _n = Noisy("slow"); sleep(100).await; 1 }, async { let _m = Noisy("fast"); sleep(1).await; 2 }).await;
    log!("{res}");
    let opt = select(pending::<u8>(), ready(3u16)).await;
    match opt { Either::Left(x) => log!("l{x}"), Either::Right(y) if y > 2 => log!("r{y}"), Either::Right(_) => {} }
}
