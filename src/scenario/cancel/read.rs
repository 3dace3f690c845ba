//! A frame is four bytes. A byte comes every
//! 3 ms.

use crate::prelude::*;

/// None once no byte is left.
pub async fn frame(
    bytes: &mut Receiver<u8>,
) -> Option<String> {
    let mut frame = String::new();
    while frame.len() < 4 {
        // What it has read so far is a local.
        let byte = bytes.recv().await?;
        frame.push(byte.into());
    }
    Some(frame)
}

pub async fn send(to: [Sender<u8>; 2]) {
    for byte in *b"pingpongdone" {
        log!("sent: {}", char::from(byte));
        to[0].send(byte);
        to[1].send(byte);
        sleep(3).await;
    }
}
