//! Folds the numbers below `n` into one, a
//! number a poll: the compiler writes the
//! machine.

use super::next_poll::next_poll;

pub async fn fold(n: u32) -> u32 {
    let mut sum = 0_u32;
    for i in 0..n {
        next_poll().await;
        sum = sum.wrapping_mul(31);
        sum = sum.wrapping_add(i);
    }
    sum
}
