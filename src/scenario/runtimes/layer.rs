//! A layer: a task of ours turns their loop.

use super::wheel::Wheel;
use crate::prelude::*;

pub async fn layer(wheel: Rc<Wheel>) {
    // Our timer says when theirs is due.
    while let Some(ms) = wheel.next() {
        sleep(ms).await;
        wheel.turn();
    }
}
