//! Names of moments, and links: what they open, for ever.

#![cfg(not(target_arch = "wasm32"))]

mod corpus;
mod crossing;
mod moments;
mod runs;
mod version1;

#[global_allocator]
static COUNTING: pollscope::alloc::Counting = pollscope::alloc::Counting;
