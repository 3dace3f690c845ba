// level: 4
struct Conn { id: u32, buf: Vec<u8>, open: bool }
impl Drop for Conn { fn drop(&mut self) { log!("close {}", self.id); } }
struct Pool { free: Vec<Conn>, next: u32 }
impl Pool {
    fn new() -> Pool { Pool { free: Vec::new(), next: 1 } }
    async fn get(&mut self) -> Conn {
        if let Some(c) = self.free.pop() { return c; }
        let id = self.next;
        self.next += 1;
        sleep(5).await;
        Conn { id, buf: Vec::with_capacity(4), open: true }
    }
    fn put(&mut self, c: Conn) { self.free.push(c); }
}
async fn request(pool: &Mutex<Pool>, data: &[u8]) -> Result<usize, &'static str> {
    let mut conn = pool.lock().await.get().await;
    conn.buf.extend_from_slice(data);
    sleep(conn.buf.len() as u32).await;
    if data.len() > 3 { return Err("too long"); }
    let n = conn.buf.len();
    conn.buf.clear();
    conn.open = n < 10;
    pool.lock().await.put(conn);
    Ok(n)
}
async fn main() {
    let pool = Mutex::new(Pool::new());
    let (a, b) = join!(request(&pool, &[1, 2]), request(&pool, b"abcd")).await;
    log!("{a:?} {b:?}");
    let c = request(&pool, &[9]).await.unwrap_or(0);
    log!("{c}");
    let res: Result<u32, String> = async { let x = "12".parse::<u32>().map_err(|_| String::from("bad"))?; sleep(x).await; Ok(x) }.await;
    log!("{res:?}");
    let mut total = 0u64;
    for (i, ch) in "héllo".chars().enumerate() { if ch.is_ascii() { total += i as u64; sleep(1).await; } }
    log!("{total}");
    let pairs = vec![(1u8, "a"), (2, "b")];
    for (n, s) in &pairs { sleep(*n as u32).await; log!("{n}{s}"); }
    for (n, s) in pairs { yield_now().await; log!("{n}{s}"); }
    let mut map = BTreeMap::new();
    map.insert("k", 1u32);
    *map.entry("k").or_insert(0) += 5;
    for (k, v) in &map { sleep(*v).await; log!("{k}={v}"); }
    let o: Option<&u32> = map.get("k");
    if let Some(&v) = o { sleep(v).await; }
    log!("{}", now());
}
