//! A task of ours, and a sleep of ours.

use crate::prelude::*;

pub async fn native(name: &str, ms: u32) {
    sleep(ms).await;
    log!("{name}: awake");
}
