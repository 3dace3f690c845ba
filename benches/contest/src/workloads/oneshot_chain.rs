//! `oneshot_chain`: each task waits for the one before it and then tells the next; a thousand of them to a chain, and all
//! wait before the first is told. A unit is a link: its channel, its task, and what passes through.

use crate::measure::{all_done, all_waiting, begin, done, waits};
use crate::peers::{Peer, Run, Work};
use futures::channel::oneshot::{Receiver, Sender, channel};
use std::mem::replace;

pub(crate) const LINKS: u32 = 1000;

pub(crate) fn run<P: Peer>(units: u32) -> u32 {
    on::<P, _>(units, link)
}

fn on<P: Peer, F: Work>(units: u32, link: impl Fn(Receiver<u32>, Sender<u32>) -> F) -> u32 {
    begin();
    let mut peer = P::For::<F>::new(LINKS as usize);
    for chain in 1..=units / LINKS {
        let (first, mut from) = channel();
        for _ in 0..LINKS {
            let (to, next) = channel();
            peer.spawn(link(replace(&mut from, next), to));
        }
        peer.run(|| all_waiting() == chain * LINKS);
        _ = first.send(0);
        peer.run(|| all_done() == chain * LINKS);
    }
    all_done()
}

pub(crate) async fn link(from: Receiver<u32>, to: Sender<u32>) {
    waits();
    if let Ok(n) = from.await {
        _ = to.send(n + 1);
        done();
    }
}
