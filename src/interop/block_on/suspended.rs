//! A plain fn that waits on its stack. It is
//! compiled into a module of its own.

use super::Trace;
use js_sys::{Promise, futures as js};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
#[derive(Default)]
pub struct Phone {
    calls: u32,
}

#[wasm_bindgen]
impl Phone {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Phone {
        Phone::default()
    }

    #[wasm_bindgen(jspi)]
    pub fn block_on(
        &mut self, // borrowed until it returns
        promise: &Promise,
        trace: &Trace,
    ) -> Result<JsValue, JsValue> {
        self.calls += 1;
        trace.suspends();
        let answer =
            js::jspi_block_on_promise(promise);
        trace.resumes();
        answer
    }

    pub fn calls(&self) -> u32 {
        self.calls
    }
}
