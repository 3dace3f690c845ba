//! A trait with an async fn. Its future has no
//! name: it is made where the fn is called.

use super::phone::{Clerk, Line};
use super::phone::{Receipt, Target};

pub trait Dial {
    async fn reach(&self, t: &Target) -> Line;
}

impl Dial for Clerk {
    async fn reach(&self, t: &Target) -> Line {
        self.dial(t).await
    }
}

pub async fn caller(
    clerk: Clerk,
    target: Target,
) -> Receipt {
    let line = clerk.reach(&target).await;
    line.send(&target).await;
    Receipt { number: target.number }
}
