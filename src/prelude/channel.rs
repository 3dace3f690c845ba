//! A channel: values from any number of senders to one receiver, without a bound.
//!
//! No borrow is held while a waker is cloned, dropped or used, or a value is dropped: that is user code.

use crate::executor::{
    Declared, Source, created, discarded, enter, enter_first, found_empty, held_until_now, holds, released, used,
    wake_from,
};
use crate::record::Mark;
use crate::trace::{FutureRole, SourceKind};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

#[derive(Debug)]
struct Channel<T> {
    queue: VecDeque<T>,
    senders: usize,
    closed: bool,
    waker: Option<Waker>,
    /// What traces call it.
    source: Source,
    /// Of the one [`Recv`] that there is at a time, before its first poll.
    mark: Mark,
}

/// The end that values are put into. Dropping the last one wakes the receiver.
#[derive(Debug)]
pub struct Sender<T>(Rc<RefCell<Channel<T>>>);

/// The end that values come out of. Dropping it drops what is queued, front first.
#[derive(Debug)]
pub struct Receiver<T>(Rc<RefCell<Channel<T>>>);

/// A channel, empty and open.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let source = Source::new(SourceKind::Channel);
    let channel = Channel { queue: VecDeque::new(), senders: 1, closed: false, waker: None, source, mark: Mark::NONE };
    let channel = Rc::new(RefCell::new(channel));
    (Sender(channel.clone()), Receiver(channel))
}

impl<T> Channel<T> {
    /// Wakes the receiver, if it waits. To be called once no borrow is held: the task that is woken may look at the channel.
    fn take_waker(&mut self) -> impl FnOnce() + use<T> {
        let (waker, source) = (self.waker.take(), self.source.id());
        move || {
            if let Some(waker) = waker {
                wake_from(source, waker);
            }
        }
    }
}

impl<T> Sender<T> {
    /// Queues a value and wakes the receiver. Once the receiver is gone, the value is dropped.
    pub fn send(&self, value: T) {
        let wake = {
            let mut channel = self.0.borrow_mut();
            used(|| channel.source.id());
            if channel.closed {
                drop(channel);
                return drop(value);
            }
            channel.queue.push_back(value);
            channel.take_waker()
        };
        wake();
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        let mut channel = self.0.borrow_mut();
        used(|| channel.source.id());
        channel.senders += 1;
        drop(channel);
        Sender(self.0.clone())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let wake = {
            let mut channel = self.0.borrow_mut();
            used(|| channel.source.id());
            channel.senders -= 1;
            held_until_now(channel.source.id());
            (channel.senders == 0).then(|| channel.take_waker())
        };
        if let Some(wake) = wake {
            wake();
        }
    }
}

impl<T> Receiver<T> {
    /// The next value; none once the queue is empty and no sender is left.
    #[track_caller]
    pub fn recv(&mut self) -> Recv<'_, T> {
        self.0.borrow_mut().mark = created(RECV);
        Recv { receiver: self }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let rest = {
            let mut channel = self.0.borrow_mut();
            used(|| channel.source.id());
            channel.closed = true;
            std::mem::take(&mut channel.queue)
        };
        drop(rest);
    }
}

/// The next value of a channel. Made by [`Receiver::recv`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Recv<'a, T> {
    receiver: &'a mut Receiver<T>,
}

const RECV: Declared = Declared::new("Recv", FutureRole::Channel);

impl<T> Future for Recv<'_, T> {
    type Output = Option<T>;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mark = std::mem::take(&mut self.receiver.0.borrow_mut().mark);
        let entered = if mark == Mark::NONE { enter(RECV, &*self) } else { enter_first(RECV, &*self, mark) };
        let mut channel = self.receiver.0.borrow_mut();
        used(|| channel.source.id());
        if let Some(value) = channel.queue.pop_front() {
            entered.ready();
            return Poll::Ready(Some(value));
        }
        if channel.senders == 0 {
            entered.ready();
            return Poll::Ready(None);
        }
        let source = channel.source.id();
        let is_kept = channel.waker.as_ref().is_some_and(|held| held.will_wake(cx.waker()));
        drop(channel);
        found_empty(source);
        if !is_kept {
            let waker = cx.waker().clone();
            let stale = self.receiver.0.borrow_mut().waker.replace(waker);
            drop(stale);
            holds(source, cx.waker());
        }
        Poll::Pending
    }
}

impl<T> Drop for Recv<'_, T> {
    fn drop(&mut self) {
        let (waker, source, mark) = {
            let mut channel = self.receiver.0.borrow_mut();
            (channel.waker.take(), channel.source.id(), std::mem::take(&mut channel.mark))
        };
        if mark != Mark::NONE {
            discarded(RECV, mark);
        }
        used(|| source);
        if waker.is_some() {
            released(source);
        }
        drop(waker);
    }
}
