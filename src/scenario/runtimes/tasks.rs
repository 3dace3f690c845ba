//! Two tasks of ours, and two sleeps.

use super::their_sleep::their_sleep;
use super::wheel::Wheel;
use crate::prelude::*;

pub async fn guest(wheel: Rc<Wheel>, ms: u32) {
    their_sleep(&wheel, ms).await;
    log!("guest: awake");
}

pub async fn native(name: &str, ms: u32) {
    sleep(ms).await;
    log!("{name}: awake");
}
