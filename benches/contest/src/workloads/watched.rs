//! `watch_poll`: as `yield_opaque`, each task under `watch`; `watch_await`: each of its leaves, too. Their unit is a poll of a
//! task, as there. All rows are kept.

use super::{yield_, yield_opaque};
use crate::measure::done;
use crate::peers::Peer;
use pollscope::watch::{Watch, watch};
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) fn poll<P: Peer>(units: u32) -> u32 {
    let recording = recording();
    yield_::on::<P, _>(units, |times| recording.watch("task", yield_opaque::task(times)))
}

pub(crate) fn awaits<P: Peer>(units: u32) -> u32 {
    let recording = recording();
    yield_::on::<P, _>(units, |times| recording.watch("task", task(times)))
}

async fn task(times: u32) {
    for _ in 0..times {
        watch("leaf", yield_opaque::YieldNow(false)).await;
    }
    done();
}

/// A recording whose clock is a counter: a module that imports nothing has no other.
fn recording() -> Watch {
    let now = AtomicU64::new(0);
    let recording = Watch::with_clock("contest", move || now.fetch_add(1, Ordering::Relaxed));
    recording.keep(usize::MAX);
    recording
}
