//! A fn that is not async: it returns a block,
//! which is a future, and runs nothing of it.

use super::phone::{Clerk, Receipt};

pub fn caller(
    clerk: Clerk,
) -> impl Future<Output = Receipt> {
    async move {
        let target = clerk.listen().await;
        let line = clerk.dial(&target).await;
        line.send(&target).await;
        Receipt { number: target.number }
    }
}
