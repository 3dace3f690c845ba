//! An application in the browser's event loop, on `wasm_bindgen_futures`, watched. Its file is made in the page:
//!
//! ```sh
//! cargo build --example watch_wasm_bindgen --features js --target wasm32-unknown-unknown
//! wasm-bindgen --target web --out-dir out target/wasm32-unknown-unknown/debug/examples/watch_wasm_bindgen.wasm
//! ```
//!
//! A script then has it by `await recorded()`, and offers it as a download or sends it on.

#[cfg(target_arch = "wasm32")]
mod application {
    use futures::StreamExt;
    use futures::channel::{mpsc, oneshot};
    use js_sys::{Function, Promise};
    use pollscope::watch::{Watch, watch};
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::{JsFuture, spawn_local};

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = setTimeout)]
        fn set_timeout(then: &Function, ms: u32);
    }

    /// A timer of the browser's, as a promise.
    async fn sleep(ms: u32) {
        let timer = Promise::new(&mut |resolve, _reject| set_timeout(&resolve, ms));
        JsFuture::from(timer).await.expect("a timer is never rejected");
    }

    /// Two workers send what they found to one collector.
    async fn application(recording: &Watch) -> u32 {
        let (found, mut received) = mpsc::channel(1);
        for number in 1..=2 {
            let mut found = found.clone();
            spawn_local(recording.watch("worker", async move {
                for step in 1..=2 {
                    watch("pause", sleep(number)).await;
                    let _ = watch("send", futures::SinkExt::send(&mut found, 10 * step)).await;
                }
            }));
        }
        drop(found);
        let mut sum = 0;
        while let Some(value) = watch("receive", received.next()).await {
            sum += value;
        }
        sum
    }

    /// What was recorded, as a trace file.
    #[wasm_bindgen]
    #[allow(unreachable_pub, reason = "a script calls it")]
    pub async fn recorded() -> Vec<u8> {
        let recording = Watch::new("workers in the browser's event loop");
        recording.show(file!(), include_str!("watch_wasm_bindgen.rs"));
        let (done, is_done) = oneshot::channel();
        let collector = recording.clone();
        spawn_local(recording.watch("collector", async move {
            let _ = done.send(application(&collector).await);
        }));
        assert_eq!(is_done.await, Ok(60));
        recording.finish()
    }
}

#[cfg(target_arch = "wasm32")]
#[allow(unused_imports, reason = "the tests call it, and so does a script")]
pub(crate) use application::recorded;

#[allow(dead_code, reason = "the tests call `recorded`")]
fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("this one runs in a browser: see the beginning of its source");
}
