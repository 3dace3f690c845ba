// level: 4
fn fib(n: u32) -> u64 { if n < 2 { n as u64 } else { fib(n - 1) + fib(n - 2) } }
fn tree(depth: u32) -> Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(async move {
        if depth == 0 { yield_now().await; return 1; }
        let (l, r) = join!(tree(depth - 1), tree(depth - 1)).await;
        l + r
    })
}
struct Node { val: u32, next: Option<Box<Node>> }
async fn walk(mut cur: Option<Box<Node>>) -> u32 {
    let mut sum = 0;
    while let Some(node) = cur { sleep(node.val).await; sum += node.val; cur = node.next; }
    sum
}
async fn list_ref(head: &Option<Box<Node>>) -> u32 {
    let mut at = head.as_ref();
    let mut n = 0;
    while let Some(node) = at { n += 1; yield_now().await; at = node.next.as_ref(); }
    n
}
const LIMIT: usize = 4;
const NAMES: [&str; 3] = ["x", "y", "z"];
type Pair = (u32, [u8; LIMIT]);
async fn consts(p: Pair) -> usize {
    let mut buf = [0u16; LIMIT * 2];
    sleep(p.0).await;
    buf[1] = p.1[2] as u16;
    for name in NAMES { sleep(1).await; if name == "y" { break; } }
    buf.len() + buf[1] as usize
}
async fn swap(a: &mut u32, b: &mut u32) { std::mem::swap(a, b); sleep(*a).await; *b = std::mem::replace(a, 7); }
async fn main() {
    log!("{} {}", fib(10), tree(3).await);
    let list = Some(Box::new(Node { val: 1, next: Some(Box::new(Node { val: 2, next: None })) }));
    log!("{}", list_ref(&list).await);
    log!("{}", walk(list).await);
    log!("{}", consts((1, [1, 2, 3, 4])).await);
    let (mut a, mut b) = (1, 2);
    swap(&mut a, &mut b).await;
    log!("{a} {b}");
    (a, b) = (b, a);
    let mut arr = [[0i8; 4]; 2];
    arr[1][2] = -3;
    let row = arr[1];
    yield_now().await;
    log!("{row:?} {}", arr[1][2].abs());
    let c = 'q' as u32 as u8 as char;
    let f = 1.5f32 * 2.0 + a as f32;
    sleep(f as u32).await;
    log!("{c} {f:.2} {}", i16::MAX);
    let s: &'static str = "stat";
    let bytes = s.as_bytes();
    sleep(bytes[0] as u32 % 3).await;
    log!("{}", bytes.len());
    let mut it = (1..4).chain(7..9).filter(|x| x % 2 == 1);
    while let Some(x) = it.next() { sleep(x).await; }
    let pos = [5, 6, 7].iter().position(|&x| x == 6);
    let m = [3, 1, 2].iter().copied().max().unwrap();
    let joined = ["a", "b"].concat();
    log!("{pos:?} {m} {joined}");
}
