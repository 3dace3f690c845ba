//! A read as `std::net` has it: it returns when
//! the answer is here.

use crate::prelude::*;

fn read(ms: u32) -> usize {
    compute(ms);
    512
}

pub async fn request(ms: u32) {
    log!("request: sent");
    let bytes = read(ms);
    log!("request: {bytes} bytes came");
}
