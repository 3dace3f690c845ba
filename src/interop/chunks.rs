//! Where the chunks of a run go: to a function of the page's, the last ones from inside of a panic.
//!
//! One run goes on in an instance at a time, so that there is one such function.

use super::now;
use crate::executor::report_panic;
use crate::record::Outlet;
use js_sys::{Function, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

thread_local! {
    /// What takes the chunks of the run that goes on.
    static SEND: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Chunks go to `to` from here on. It is called with a `Uint8Array` of each.
pub fn send_to(to: Function) {
    SEND.set(Some(to));
}

/// An outlet through which chunks go where [`send_to`] said last.
pub fn outlet() -> Outlet {
    Outlet::new(send, now)
}

/// Called once for each instance: a panic sends what was recorded until then.
pub fn send_in_panics() {
    std::panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
        let message = message.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        report_panic(&message);
    }));
}

fn send(chunk: &[u8]) {
    SEND.with_borrow(|to| {
        if let Some(to) = to {
            // It posts the bytes, which does not throw.
            let _ = to.call1(&JsValue::UNDEFINED, &Uint8Array::from(chunk));
        }
    });
}
