//! Bytes, until a timeout. All turns wait for
//! the same one.

use crate::prelude::*;

pub async fn listen(
    mut bytes: Receiver<u8>,
    ms: u32,
) {
    let mut timeout = pin!(sleep(ms));
    loop {
        let a = bytes.recv();
        let b = timeout.as_mut();
        match select(a, b).await {
            Left(Some(_)) => {}
            Left(None) => break log!("no more"),
            Right(()) => break log!("timeout"),
        }
    }
}
