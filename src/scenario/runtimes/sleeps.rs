//! A task of ours, and a sleep of theirs.

use super::their_sleep::their_sleep;
use super::wheel::Wheel;
use crate::prelude::*;

pub async fn guest(wheel: Rc<Wheel>, ms: u32) {
    their_sleep(&wheel, ms).await;
    log!("guest: awake");
}
