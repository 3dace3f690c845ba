//! Bytes, until a timeout. Each turn makes
//! another one.

use crate::prelude::*;

pub async fn listen(
    mut bytes: Receiver<u8>,
    ms: u32,
) {
    loop {
        let a = bytes.recv();
        let b = sleep(ms);
        match select(a, b).await {
            Left(Some(_)) => {}
            Left(None) => break log!("no more"),
            Right(()) => break log!("timeout"),
        }
    }
}
