// level: 3
use std::fmt;
#[derive(Debug, Clone, PartialEq)]
struct Point { x: i32, y: i32 }
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "({}, {})", self.x, self.y) }
}
impl Point {
    fn new(x: i32, y: i32) -> Self { Point { x, y } }
    fn dist(&self, other: &Point) -> i32 { (self.x - other.x).abs() + (self.y - other.y).abs() }
    async fn walk(mut self, steps: u32) -> Self {
        for i in 0..steps {
            sleep(i + 1).await;
            self.x += 1;
        }
        self
    }
}
trait Shape { fn area(&self) -> u32; fn name(&self) -> String { String::from("shape") } }
struct Sq(u32);
impl Shape for Sq { fn area(&self) -> u32 { self.0 * self.0 } }
struct Rect { w: u32, h: u32 }
impl Shape for Rect { fn area(&self) -> u32 { self.w * self.h } fn name(&self) -> String { "rect".to_string() } }
async fn measure<S: Shape>(s: S, delay: u32) -> u32 {
    let name = s.name();
    sleep(delay).await;
    log!("{name} {}", s.area());
    s.area()
}
async fn main() {
    let p = Point::new(1, 2);
    let q = p.clone().walk(3).await;
    log!("{p} {q} {:?} {}", q, p.dist(&q));
    let total = measure(Sq(3), 1).await + measure(Rect { w: 2, h: 5 }, 2).await;
    log!("{total:>5}|{:<4}|{:03}|{:x}", 7, 8, 255);
    assert_eq!(total, 19);
    if p == q { log!("same"); } else { log!("moved"); }
}
