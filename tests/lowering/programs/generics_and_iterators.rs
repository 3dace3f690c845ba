// level: 4
trait Animal { fn name(&self) -> String; fn legs(&self) -> u32 { 4 } }
#[derive(Clone)] struct Dog { age: u8 }
struct Bird;
impl Animal for Dog { fn name(&self) -> String { format!("dog{}", self.age) } }
impl Animal for Bird { fn name(&self) -> String { String::from("bird") } fn legs(&self) -> u32 { 2 } }
async fn describe<A>(a: &A, n: u32) -> String where A: Animal { sleep(n).await; let s = a.name(); yield_now().await; format!("{s}:{}", a.legs()) }
async fn twice<T: Clone>(t: T) -> (T, T) { let u = t.clone(); yield_now().await; (t, u) }
async fn maxi<T: PartialOrd + Copy>(xs: &[T]) -> Option<T> {
    let mut it = xs.iter();
    let mut best = *it.next()?;
    for x in it { if *x > best { best = *x; } yield_now().await; }
    Some(best)
}
struct Counter { n: u32 }
impl Iterator for Counter { type Item = u32; fn next(&mut self) -> Option<u32> { if self.n == 0 { None } else { self.n -= 1; Some(self.n) } } }
fn evens(limit: u32) -> impl Iterator<Item = u32> { (0..limit).filter(|n| n % 2 == 0) }
fn adder(k: u32) -> impl Fn(u32) -> u32 { move |x| x + k }
async fn sum_all(it: impl Iterator<Item = u32>) -> u32 { let mut s = 0; for x in it { sleep(x).await; s += x; } s }
struct Wrap<T> { inner: Option<T>, n: u8 }
impl<T> Wrap<T> { async fn take(&mut self, ms: u32) -> Option<T> { sleep(ms).await; self.n += 1; self.inner.take() } }
async fn buf<const N: usize>(x: [u8; N]) -> usize { let mut c = [0u8; N]; yield_now().await; c[0] = x[N - 1]; c.len() + c[0] as usize }
async fn main() {
    let d = Dog { age: 3 };
    log!("{} {}", describe(&d, 1).await, describe(&Bird, 2).await);
    let (a, b) = twice(String::from("t")).await;
    log!("{a}{b} {:?} {:?}", maxi(&[1, 5, 2]).await, maxi::<f64>(&[]).await);
    log!("{} {}", sum_all(Counter { n: 4 }).await, sum_all(evens(7)).await);
    let add = adder(5);
    let n = add(1);
    sleep(n).await;
    log!("{}", add(n));
    let mut w = Wrap { inner: Some(vec![1u8]), n: 0 };
    log!("{:?} {:?} {}", w.take(1).await, w.take(1).await, w.n);
    log!("{} {}", buf([1, 2, 3]).await, buf::<1>([9]).await);
    let mut count = 0;
    let mut bump = |by: u32| { count += by; count };
    bump(2);
    let r = bump(3);
    sleep(r).await;
    log!("{count}");
    let names: Vec<String> = (0..3).map(|i| format!("n{i}")).collect();
    let lens = names.iter().map(|s| s.len() as u32);
    log!("{}", sum_all(lens).await);
    let once: Box<dyn FnOnce() -> String> = Box::new(move || names.concat());
    yield_now().await;
    log!("{}", once());
}
