//! Frames are read between ticks: a tick drops
//! the frame that is half read.

use super::read::frame;
use crate::prelude::*;

pub async fn frames(
    mut bytes: Receiver<u8>,
    ms: u32,
) {
    let mut tick = pin!(sleep(ms));
    loop {
        let a = frame(&mut bytes);
        let b = tick.as_mut();
        match select(a, b).await {
            Left(Some(f)) => log!("read: {f}"),
            Left(None) => break,
            Right(()) => {
                log!("tick");
                tick.set(sleep(ms));
            }
        }
    }
}
