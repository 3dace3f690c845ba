//! One call by a clerk who never waits:
//! only speaking takes the clerk's time.

use crate::prelude::{compute, sleep};

/// How long each part takes, in ms.
pub struct Call {
    pub dial: u32,
    pub ring: u32,
    pub talk: u32,
}

pub async fn call(call: Call) {
    // Takes the number and dials.
    compute(call.dial);
    // It rings: the clerk turns to another
    // call.
    sleep(call.ring).await;
    // Delivers the message.
    compute(call.talk);
}
