//! Names of moments, and links: what they open, for ever.

#![cfg(not(target_arch = "wasm32"))]

mod moments;
mod runs;
