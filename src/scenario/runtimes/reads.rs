//! A task of ours, and a read of theirs.

use super::their_read::*;
use crate::prelude::*;

pub async fn guest(socket: TheirSocket) {
    let bytes = their_read(&socket).await;
    log!("guest: {bytes} bytes");
}
