//! An async generator of JavaScript's, as a
//! stream. Dropping that one tells it nothing.

use super::{AsyncGenerator, JsStream, Plan};
use crate::prelude::{log, sleep};

struct ReturnOnDrop(AsyncGenerator);

impl Drop for ReturnOnDrop {
    fn drop(&mut self) {
        self.0.return_(); // its `finally` runs
    }
}

pub async fn generator(
    source: AsyncGenerator,
    plan: Plan,
) {
    let to_return = source.clone();
    let guard = plan
        .cancels
        .then(|| ReturnOnDrop(to_return));
    let mut chunks = JsStream::from(source);
    let mut read = 0;
    while read < plan.stops_after {
        let chunk = chunks.next().await;
        let Some(Ok(_)) = chunk else { break };
        sleep(plan.takes).await; // it works
        read += 1;
    }
    drop((chunks, guard));
    log!("dropped after {read} chunks");
}
