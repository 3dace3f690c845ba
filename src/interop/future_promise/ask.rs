//! What JavaScript calls, and has a promise.

use super::traced::JsFuture;
use super::traced::future_to_promise;
use super::{Ends, pause};
use js_sys::{Error, Promise};
use wasm_bindgen::JsValue;

pub fn ask(ms: u32, ends: Ends) -> Promise {
    future_to_promise(reply(ms, ends))
}

async fn reply(
    ms: u32,
    ends: Ends,
) -> Result<JsValue, JsValue> {
    JsFuture::from(pause(ms)).await?;
    match ends {
        Ends::Ok => Ok("From Rust".into()),
        Ends::Err => {
            Err(Error::new("No").into())
        }
        Ends::Panics => panic!("dead line"),
    }
}
