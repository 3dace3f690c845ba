//! One call: the compiler writes the states.

use super::phone::{Clerk, Receipt};

pub async fn caller(clerk: Clerk) -> Receipt {
    let target = clerk.listen().await;
    let line = clerk.dial(&target).await;
    line.send(&target).await;
    Receipt { number: target.number }
}
