//! The browser's console: what a panic says there before it becomes a trap.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);
}

/// From here on the console names each panic, and where it was. For modules whose panics no trace records.
pub fn report_panics_to_console() {
    std::panic::set_hook(Box::new(|info| error(&info.to_string())));
}
