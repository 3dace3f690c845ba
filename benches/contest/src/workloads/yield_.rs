//! `yield`: a thousand tasks that give way to each other. A unit is one time of giving way.

use crate::measure::{all_done, begin, done};
use crate::peers::{Peer, Run, Work};
use std::pin::Pin;
use std::task::{Context, Poll};

pub(crate) const TASKS: u32 = 1000;

pub(crate) fn run<P: Peer>(units: u32) -> u32 {
    on::<P, _>(units, task)
}

/// Runs the tasks, each of which gives way as often as it is told.
pub(super) fn on<P: Peer, F: Work>(units: u32, task: impl Fn(u32) -> F) -> u32 {
    begin();
    let mut peer = P::For::<F>::new(TASKS as usize);
    for _ in 0..TASKS {
        peer.spawn(task(units / TASKS));
    }
    peer.run(|| all_done() == TASKS);
    units / TASKS * all_done()
}

pub(crate) async fn task(times: u32) {
    for _ in 0..times {
        YieldNow(false).await;
    }
    done();
}

struct YieldNow(bool);

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
