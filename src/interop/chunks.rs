//! Where the chunks of a run go: to a function of the page's, the last ones from inside of a panic.
//!
//! One run begins in an instance at a time, so that there is one such function for the next one.

use super::now;
use crate::executor::report_panic;
use crate::record::Outlet;
use js_sys::{Function, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

thread_local! {
    /// What takes the chunks of the run that begins next.
    static SEND: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// The chunks of runs that begin from here on go to `to`. It is called with a `Uint8Array` of each.
pub fn send_to(to: Function) {
    SEND.set(Some(to));
}

/// An outlet through which chunks go where [`send_to`] said last. They go on going there: the last ones of a run that was left
/// are not the next one's.
pub fn outlet() -> Outlet {
    let to = SEND.with_borrow(Option::clone);
    let send = move |chunk: &[u8]| {
        if let Some(to) = &to {
            // It posts the bytes, which does not throw.
            let _ = to.call1(&JsValue::UNDEFINED, &Uint8Array::from(chunk));
        }
    };
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
