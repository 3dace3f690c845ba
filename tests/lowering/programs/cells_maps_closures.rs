// level: 5
use std::cell::{Cell, RefCell};
#[derive(Debug, Clone, Default, PartialEq)]
struct Stats { hits: u32, name: String, tags: Vec<String>, last: Option<u64> }
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Prio { Low, High }
struct Task { prio: Prio, cost: u32 }
struct Sched { tasks: VecDeque<Task>, done: RefCell<Vec<u32>>, ticks: Cell<u32> }
impl Sched {
    fn pick(&mut self) -> Option<Task> {
        let at = self.tasks.iter().position(|t| t.prio == Prio::High).unwrap_or(0);
        self.tasks.remove(at)
    }
    async fn run(&mut self) {
        while let Some(Task { prio, cost }) = self.pick() {
            self.ticks.set(self.ticks.get() + 1);
            sleep(cost).await;
            self.done.borrow_mut().push(cost);
            if prio > Prio::Low { yield_now().await; }
        }
    }
}
async fn tally(words: &[&str]) -> BTreeMap<String, usize> {
    let mut m = BTreeMap::new();
    for w in words.iter() {
        *m.entry(w.to_string()).or_insert(0) += 1;
        yield_now().await;
    }
    m
}
async fn updater(s: Rc<RefCell<Stats>>, n: u32) {
    for i in 0..n {
        { let mut b = s.borrow_mut(); b.hits += i; b.tags.push(format!("t{i}")); }
        sleep(1).await;
        s.borrow_mut().last = Some(now() as u64);
    }
}
fn classify(n: i32) -> &'static str {
    match n { i32::MIN..=-1 => "neg", 0 => "zero", 1 | 2 | 3 => "few", x if x % 2 == 0 => "even", _ => "odd" }
}
async fn main() {
    let mut s = Sched { tasks: VecDeque::new(), done: RefCell::new(vec![]), ticks: Cell::new(0) };
    s.tasks.push_back(Task { prio: Prio::Low, cost: 3 });
    s.tasks.push_back(Task { prio: Prio::High, cost: 2 });
    s.run().await;
    log!("{:?} {}", s.done.borrow(), s.ticks.get());
    log!("{:?}", tally(&["a", "b", "a"]).await);
    let st = Rc::new(RefCell::new(Stats::default()));
    join!(updater(Rc::clone(&st), 3), updater(st.clone(), 2)).await;
    let snap = st.borrow().clone();
    log!("{snap:?}");
    let upd = Stats { hits: 1, ..snap };
    sleep(1).await;
    log!("{} {}", upd.hits, upd.tags.len());
    for n in [-5, 0, 2, 8, 9] { log!("{}", classify(n)); }
    let mut fns: Vec<Box<dyn Fn(u32) -> u32>> = Vec::new();
    for k in 1..3 { fns.push(Box::new(move |x| x + k)); }
    let mut acc = 0;
    for f in &fns { acc = f(acc); sleep(acc).await; }
    log!("{acc}");
    let sorted = { let mut v = vec![3, 1, 2]; v.sort(); v.reverse(); v };
    let evens: Vec<_> = sorted.iter().filter(|x| **x != 2).cloned().collect();
    let (small, large): (Vec<u32>, Vec<u32>) = (vec![1], vec![2]);
    sleep(small[0] + large[0]).await;
    log!("{sorted:?} {evens:?} {:?}", sorted.iter().zip(&evens).map(|(a, b)| a * b).collect::<Vec<i32>>());
    let label = if acc > 2 { "big" } else { "small" };
    let msg = format!("{label:>6}|{:<5}|{:^5}|{:+}|{:#?}", 1, 2, 3, Some(1));
    yield_now().await;
    log!("{msg}");
    let n = u64::from(3u32) + u8::try_from(300i32).unwrap_or(7) as u64;
    let w = 250u8.wrapping_add(10).saturating_sub(1);
    let ck = 5u32.checked_sub(6);
    log!("{n} {w} {ck:?} {}", 2u32.pow(5));
}
