//! A runner's boundary: a run is asked for, and the chunks of its trace are sent.
//!
//! A runner is disposable. A panic sends the last chunk from its hook, and then traps: the instance must not be called
//! again, and its loader ends it. The programs in `src/bin` are runners of some scenarios each; what they share is
//! here, and knows none of them.

#![cfg(target_arch = "wasm32")]

pub mod run;

use js_sys::{Function, Uint8Array};
use pollscope::alloc::Counting;
use pollscope::executor::report_panic;
use pollscope::interop::{now, peek};
use pollscope::record::Outlet;
use pollscope::runner::Runner;
use pollscope::scenario::Scenario;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The counters of a trace come from here.
#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static SCENARIOS: Cell<&'static [Scenario]> = const { Cell::new(&[]) };
    /// What takes the chunks of the run that goes on.
    static SEND: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Called by a program when it starts, once for each instance: these scenarios can be run, and a panic sends what was
/// recorded.
pub fn serve(scenarios: &'static [Scenario]) {
    SCENARIOS.set(scenarios);
    std::panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
        let message = message.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        report_panic(&message);
    }));
}

/// Chunks go to `to` from here on.
pub fn send_to(to: Function) {
    SEND.set(Some(to));
}

/// Sends a chunk.
pub fn send(chunk: &[u8]) {
    SEND.with_borrow(|to| {
        if let Some(to) = to {
            // It posts the bytes, which does not throw.
            let _ = to.call1(&JsValue::UNDEFINED, &Uint8Array::from(chunk));
        }
    });
}

/// What makes the runs: with this program's scenarios, its memory, and the page as where chunks go.
pub fn runner() -> Runner {
    Runner { scenarios: SCENARIOS.get(), peek: Some(peek), outlet: Rc::new(|| Outlet::new(send, now)) }
}
