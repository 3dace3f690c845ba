//! The same fold, its wait four async fns deep.

use super::next_poll::next_poll;

pub async fn fold(n: u32) -> u32 {
    let mut sum = 0_u32;
    for i in 0..n {
        let i = second(i).await;
        sum = sum.wrapping_mul(31);
        sum = sum.wrapping_add(i);
    }
    sum
}

async fn second(i: u32) -> u32 {
    third(i).await
}

async fn third(i: u32) -> u32 {
    fourth(i).await
}

async fn fourth(i: u32) -> u32 {
    next_poll().await;
    i
}
