//! One task of the workload: it computes,
//! waits, and computes again.

use crate::prelude::{compute, sleep};

/// How long each part takes, in ms.
#[derive(Clone, Copy)]
pub struct Work {
    pub first: u32,
    pub wait: u32,
    pub then: u32,
}

pub async fn task(work: Work) {
    compute(work.first);
    sleep(work.wait).await;
    compute(work.then);
}
