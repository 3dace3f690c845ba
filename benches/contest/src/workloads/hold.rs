//! `hold`: small futures that wait, all of them at once: spawned, polled, woken, polled again, dropped. A unit is a task;
//! the bytes are those of all tasks when all wait, without the wakers, for which there is room before.

use crate::measure::{all_done, begin, done, memory_after, memory_before};
use crate::peers::{Peer, Run};
use std::cell::RefCell;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

pub(crate) fn run<P: Peer>(units: u32) -> u32 {
    begin();
    let mut peer = held::<P>(units);
    memory_after();
    for waker in wakers() {
        waker.wake();
    }
    peer.run(|| all_done() == units);
    drop(peer);
    all_done()
}

thread_local! {
    /// Those of the tasks that wait, by task.
    static WAKERS: RefCell<Vec<Option<Waker>>> = const { RefCell::new(Vec::new()) };
}

/// An executor whose tasks all wait.
pub(super) fn held<P: Peer>(tasks: u32) -> P::For<Held> {
    expect_wakers(tasks);
    memory_before();
    let mut peer = P::For::<Held>::new(tasks as usize);
    for i in 0..tasks {
        peer.spawn(Held::new(i));
    }
    // Whoever needs to be told polls in rounds; should another one still not wait, `wakers` finds out.
    peer.run(|| WAKERS.with_borrow(|wakers| wakers.last().is_none_or(Option::is_some)));
    peer
}

/// Makes room for the wakers, which are not the executor's.
pub(crate) fn expect_wakers(tasks: u32) {
    WAKERS.set(vec![None; tasks as usize]);
}

/// Takes the wakers of all tasks.
pub(crate) fn wakers() -> impl Iterator<Item = Waker> {
    WAKERS.take().into_iter().map(|waker| waker.expect("every task waits"))
}

/// Waits once: 20 bytes on wasm32.
pub(crate) struct Held {
    number: u32,
    polled: u32,
    _payload: [u32; 3],
}

const _: () = assert!(size_of::<Held>() == 20);

impl Held {
    pub(crate) fn new(number: u32) -> Self {
        Held { number, polled: 0, _payload: [number; 3] }
    }
}

impl Future for Held {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.polled > 0 {
            done();
            return Poll::Ready(());
        }
        self.polled = 1;
        WAKERS.with_borrow_mut(|wakers| wakers[self.number as usize] = Some(cx.waker().clone()));
        Poll::Pending
    }
}
