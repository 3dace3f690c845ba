//! Two waits, with an `.await` each.

use super::phone::{Clerk, Receipt, Target};

pub async fn caller(
    clerk: Clerk,
    target: Target,
) -> Receipt {
    let line = clerk.dial(&target).await;
    line.send(&target).await;
    Receipt { number: target.number }
}
