// level: 4
struct Stack<T> { items: Vec<T>, cap: usize }
impl<T: Clone + std::fmt::Debug> Stack<T> {
    fn new(cap: usize) -> Self { Stack { items: Vec::new(), cap } }
    fn push(&mut self, t: T) -> bool { if self.items.len() == self.cap { false } else { self.items.push(t); true } }
    fn peek(&self) -> Option<&T> { self.items.last() }
    async fn drain_slow(&mut self) -> Vec<T> {
        let mut out = Vec::new();
        while let Some(t) = self.items.pop() { sleep(1).await; out.push(t.clone()); }
        out
    }
}
async fn fill(s: &mut Stack<String>, n: u32) -> usize {
    for i in (0..n).rev() {
        let label = format!("s{i}");
        if !s.push(label) { break; }
        yield_now().await;
    }
    s.items.len()
}
async fn main() {
    let mut s = Stack::new(3);
    let n = fill(&mut s, 5).await;
    log!("{n} {:?}", s.peek());
    let out = s.drain_slow().await;
    log!("{out:?}");
    let mut q = VecDeque::new();
    q.push_back(1u32); q.push_back(2); q.push_front(0);
    while let Some(x) = q.pop_front() { if x == 1 { sleep(x).await; continue; } log!("{x}"); }
    let mut grid = vec![vec![0u8; 3]; 2];
    for (y, row) in grid.iter_mut().enumerate() { for (x, cell) in row.iter_mut().enumerate() { *cell = (x + y) as u8; yield_now().await; } }
    log!("{grid:?}");
    let text = String::from("a b c");
    for (i, w) in text.split(' ').enumerate() { sleep(i as u32).await; log!("{i}{w}"); }
    let opt: Option<u32> = None;
    let val = opt.map(|x| x + 1).unwrap_or(9);
    let r = 'outer: loop { let mut i = 0; loop { i += 1; if i == val { break 'outer i * 2; } yield_now().await; } };
    log!("{r}");
}
