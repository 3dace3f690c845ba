//! One request, from `.await` down to the wire.

use super::socket::read;
use crate::prelude::*;

pub async fn request(wire: Bell) {
    log!("request: sent");
    let bytes = read(wire).await;
    log!("request: {bytes} bytes came");
}
