//! A hundred ties: two requests that are
//! answered at once, and 99 times two blocks
//! that are ready at once.

use super::code::request;
use crate::prelude::*;

/// The upper one is polled first, always.
pub async fn biased(ms: u32) {
    let mut passed = Passed::default();
    let upper = request("upper", ms);
    let lower = request("lower", ms);
    passed.count(select(upper, lower).await);
    for _ in 1..100 {
        let (a, b) = (async {}, async {});
        passed.count(select(a, b).await);
    }
    passed.tell();
}

/// At each poll, a coin says which is first.
pub async fn fair(coin: Coin, ms: u32) {
    let mut passed = Passed::default();
    let upper = request("upper", ms);
    let lower = request("lower", ms);
    let tie = coin.select(upper, lower);
    passed.count(tie.await);
    for _ in 1..100 {
        let (a, b) = (async {}, async {});
        passed.count(coin.select(a, b).await);
    }
    passed.tell();
}

#[derive(Default)]
struct Passed([u32; 2]);

impl Passed {
    fn count<T>(&mut self, one: Either<T, T>) {
        match one {
            Left(_) => self.0[0] += 1,
            Right(_) => self.0[1] += 1,
        }
    }

    fn tell(self) {
        let [a, b] = self.0;
        log!("passed: {a} upper, {b} lower");
    }
}
