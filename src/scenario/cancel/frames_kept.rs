//! Frames are read between ticks. A frame that
//! is half read outlives a tick.

use super::read::frame;
use crate::prelude::*;

pub async fn frames(
    mut bytes: Receiver<u8>,
    ms: u32,
) {
    let mut tick = pin!(sleep(ms));
    loop {
        let mut frame = pin!(frame(&mut bytes));
        let frame = loop {
            // It is polled on after a tick.
            let a = frame.as_mut();
            let b = tick.as_mut();
            match select(a, b).await {
                Left(frame) => break frame,
                Right(()) => {
                    log!("tick");
                    tick.set(sleep(ms));
                }
            }
        };
        let Some(frame) = frame else { break };
        log!("read: {frame}");
    }
}
