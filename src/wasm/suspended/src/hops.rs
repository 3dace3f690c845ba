//! What a hop costs, in three ways, for the benchmark: all in one module, compiled alike.

use js_sys::Promise;
use js_sys::futures::jspi_block_on_promise;
use pollscope::executor::{Executor, Progress, Until};
use std::task::Poll;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

fn settled() -> Promise {
    Promise::resolve(&JsValue::UNDEFINED)
}

/// So many settled promises, each waited for on a stack that is set aside.
#[wasm_bindgen(jspi)]
pub fn suspended_hops(n: u32) -> Result<(), JsValue> {
    for _ in 0..n {
        jspi_block_on_promise(&settled())?;
    }
    Ok(())
}

/// So many, awaited by a task of wasm-bindgen's executor.
#[wasm_bindgen]
pub async fn awaited_hops(n: u32) -> Result<(), JsValue> {
    for _ in 0..n {
        JsFuture::from(settled()).await?;
    }
    Ok(())
}

/// So many hops from task to task in one drain of our executor, which records nothing.
#[wasm_bindgen]
pub fn drained_hops(n: u32) {
    let executor = Executor::new(());
    for half in [n / 2, n - n / 2] {
        executor.spawn_detached("hops", async move {
            for _ in 0..half {
                give_way().await;
            }
        });
    }
    while executor.drive(Until::Idle, u32::MAX) == Progress::Paused {}
}

async fn give_way() {
    let mut gave = false;
    std::future::poll_fn(|cx| {
        if std::mem::replace(&mut gave, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
