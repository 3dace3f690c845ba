//! One call by a clerk who never waits: only speaking takes the clerk's time.

use crate::prelude::{compute, sleep};

/// How long each part takes, in ms.
pub struct Call {
    pub dial: u32,
    pub ring: u32,
    pub talk: u32,
}

pub async fn call(call: Call) {
    compute(call.dial); // takes the number and dials
    sleep(call.ring).await; // it rings: the clerk turns to another call
    compute(call.talk); // delivers the message
}
