// level: 5
#[derive(Clone, Copy, Debug, PartialEq)]
enum Level { Low = 1, Mid = 5, High = 10 }
enum Msg { Text(String), Num { value: i64, neg: bool }, Pair(u8, Box<u32>), Empty }
struct Guard<'a> { name: &'a str, log: Rc<std::cell::RefCell<Vec<String>>> }
impl<'a> Drop for Guard<'a> { fn drop(&mut self) { self.log.borrow_mut().push(format!("drop {}", self.name)); } }
async fn handle(m: Msg, log: Rc<std::cell::RefCell<Vec<String>>>) -> i64 {
    let _g = Guard { name: "handle", log: log.clone() };
    let r = match m {
        Msg::Text(s) if s.is_empty() => 0,
        Msg::Text(s) => { sleep(s.len() as u32).await; s.len() as i64 }
        Msg::Num { value, neg: true } => -value,
        Msg::Num { value, .. } => { yield_now().await; value }
        Msg::Pair(a, b) => { let c = *b + a as u32; sleep(c).await; c as i64 }
        Msg::Empty => return 7,
    };
    log.borrow_mut().push(format!("r {r}"));
    r
}
async fn main() {
    let log = Rc::new(std::cell::RefCell::new(Vec::new()));
    let mut sum = 0;
    for m in [Msg::Text(String::new()), Msg::Text("abc".into()), Msg::Num { value: 4, neg: true }, Msg::Num { value: 5, neg: false }, Msg::Pair(1, Box::new(2)), Msg::Empty] {
        sum += handle(m, Rc::clone(&log)).await;
    }
    log!("{sum} {:?}", log.borrow());
    let l = Level::Mid;
    let n = match l { Level::Low | Level::Mid => l as u32, Level::High => 0 };
    sleep(n).await;
    log!("{n} {l:?}");
    let s = String::from("hello");
    let r = match s.as_str() { "hi" => 1, "hello" => { sleep(1).await; 2 } _ => 3 };
    let c = match r { 0 => 'a', 1..=2 => 'b', _ => 'c' };
    log!("{r} {c}");
    let v = vec![1, 2, 3];
    match v.as_slice() { [first, .., last] => { sleep(*first).await; log!("{first} {last}"); } [x] => log!("{x}"), [] => {} }
}
