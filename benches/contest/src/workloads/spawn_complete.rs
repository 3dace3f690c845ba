//! `spawn_complete`: tasks that are ready at their first poll, in batches. A unit is a task.

use crate::measure::{all_done, begin, done};
use crate::peers::{Peer, Run, Work};

pub(crate) const BATCH: u32 = 1000;

pub(crate) fn run<P: Peer>(units: u32) -> u32 {
    on::<P, _>(units, task)
}

fn on<P: Peer, F: Work>(units: u32, task: impl Fn() -> F) -> u32 {
    begin();
    let mut peer = P::For::<F>::new(BATCH as usize);
    let mut spawned = 0;
    while spawned < units {
        for _ in 0..BATCH {
            peer.spawn(task());
        }
        spawned += BATCH;
        peer.run(|| all_done() == spawned);
    }
    all_done()
}

pub(crate) async fn task() {
    done();
}
