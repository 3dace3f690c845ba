//! Leaf futures: those of the real prelude, each behind a number that the program's memory holds in its place.
//!
//! | value | what its bytes hold |
//! |-------|---------------------|
//! | `Sleep`, `Lock` | in its last word the number of the real future, 0 before the first poll |
//! | `JoinHandle`, `Sender`, `Receiver` | the number of the real one |
//! | `Recv` | a reference to the receiver; the real future is found by the receiver's number |
//! | `Mutex` | a byte that says whether it is locked; the real mutex is found by the address, which is fixed while it is borrowed |
//! | `MutexGuard` | a reference to the mutex; the real guard is found by its address |
//!
//! A real `Recv` or `MutexGuard` borrows: it lives inside of a future that owns what it borrows.

use super::engine::{Engine, Value, Wakes};
use super::stop::{Run, unknown};
use super::task::Parcel;
use crate::hash::HashMap;
use crate::ty::Builtin;
use pollscope::prelude::{self, JoinHandle, Receiver, Sender, Sleep};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

type Receiving = Pin<Box<dyn Future<Output = Option<Parcel>>>>;
type Holding = Pin<Box<dyn Future<Output = ()>>>;

/// A lock that waits, or that has its mutex.
struct Lock {
    future: Holding,
    is_locked: Rc<Cell<bool>>,
}

/// The real ones, by their number or address.
#[derive(Default)]
pub(super) struct Leaves {
    last: u32,
    sleeps: HashMap<u32, Sleep>,
    handles: HashMap<u32, JoinHandle<Parcel>>,
    senders: HashMap<u32, Sender<Parcel>>,
    receivers: HashMap<u32, Rc<RefCell<Option<Receiver<Parcel>>>>>,
    receiving: HashMap<u32, Receiving>,
    mutexes: HashMap<u32, Rc<prelude::Mutex<()>>>,
    locks: HashMap<u32, Lock>,
    guards: HashMap<u32, Holding>,
    wakers: HashMap<u32, Waker>,
}

impl Leaves {
    fn number(&mut self) -> u32 {
        self.last += 1;
        self.last
    }
}

/// Receives one value, and puts the receiver back, whatever happens.
async fn receive(home: Rc<RefCell<Option<Receiver<Parcel>>>>) -> Option<Parcel> {
    struct Borrowed {
        receiver: Option<Receiver<Parcel>>,
        home: Rc<RefCell<Option<Receiver<Parcel>>>>,
    }
    impl Drop for Borrowed {
        fn drop(&mut self) {
            *self.home.borrow_mut() = self.receiver.take();
        }
    }
    let receiver = home.borrow_mut().take();
    let mut borrowed = Borrowed { receiver, home };
    match &mut borrowed.receiver {
        Some(receiver) => receiver.recv().await,
        None => None,
    }
}

/// Locks a mutex, and holds it until this is dropped.
async fn hold(mutex: Rc<prelude::Mutex<()>>, is_locked: Rc<Cell<bool>>) {
    let _guard = mutex.lock().await;
    is_locked.set(true);
    std::future::pending::<()>().await;
}

impl Engine {
    pub(super) fn poll_leaf(&self, future: Value, out: Value, wakes: Wakes<'_>) -> Run<bool> {
        let Some(waker) = wakes else { return unknown("a poll outside of a task") };
        let cx = &mut Context::from_waker(waker);
        match self.builtin(future.ty) {
            Some(Builtin::Sleep) => {
                let (ms, timer) = (self.part(future, 0, 0)?, self.part(future, 0, 1)?);
                let mut number = self.word(timer.at)?;
                let known = self.leaves.borrow_mut().sleeps.remove(&number);
                let mut sleep = match known {
                    Some(sleep) => sleep,
                    None => {
                        number = self.leaves.borrow_mut().number();
                        self.set_word(timer.at, number)?;
                        prelude::sleep(self.word(ms.at)?)
                    }
                };
                let poll = Pin::new(&mut sleep).poll(cx);
                self.leaves.borrow_mut().sleeps.insert(number, sleep);
                Ok(poll.is_ready())
            }
            Some(Builtin::JoinHandle) => {
                let number = self.word(future.at)?;
                let Some(mut handle) = self.leaves.borrow_mut().handles.remove(&number) else {
                    return unknown("a join handle");
                };
                let poll = Pin::new(&mut handle).poll(cx);
                self.leaves.borrow_mut().handles.insert(number, handle);
                self.take_parcel(poll, out)
            }
            Some(Builtin::Recv) => {
                let number = self.word(self.word(future.at)?)?;
                let known = self.leaves.borrow_mut().receiving.remove(&number);
                let mut receiving = match known {
                    Some(receiving) => receiving,
                    None => {
                        let Some(home) = self.leaves.borrow().receivers.get(&number).cloned() else {
                            return unknown("a receiver");
                        };
                        Box::pin(receive(home))
                    }
                };
                match receiving.as_mut().poll(cx) {
                    Poll::Pending => {
                        self.leaves.borrow_mut().receiving.insert(number, receiving);
                        Ok(false)
                    }
                    Poll::Ready(parcel) => {
                        drop(receiving);
                        self.set_option(out, parcel.map(|parcel| move |part: Value| parcel.unpack(self, part)))?;
                        Ok(true)
                    }
                }
            }
            Some(Builtin::Lock) => self.poll_lock(future, out, cx),
            _ => unknown("a leaf future"),
        }
    }

    fn take_parcel(&self, poll: Poll<Parcel>, out: Value) -> Run<bool> {
        match poll {
            Poll::Pending => Ok(false),
            Poll::Ready(parcel) => parcel.unpack(self, out).map(|()| true),
        }
    }

    fn poll_lock(&self, lock: Value, out: Value, cx: &mut Context<'_>) -> Run<bool> {
        let (mutex, ticket) = (self.part(lock, 0, 0)?, self.part(lock, 0, 1)?);
        let address = self.word(mutex.at)?;
        let mut number = self.word(ticket.at)?;
        let known = self.leaves.borrow_mut().locks.remove(&number);
        let mut real = match known {
            Some(real) => real,
            None => {
                let mut leaves = self.leaves.borrow_mut();
                number = leaves.number();
                let mutex = leaves.mutexes.entry(address).or_insert_with(|| Rc::new(prelude::Mutex::new(()))).clone();
                let is_locked = Rc::new(Cell::new(false));
                Lock { future: Box::pin(hold(mutex, is_locked.clone())), is_locked }
            }
        };
        let _ = real.future.as_mut().poll(cx);
        if !real.is_locked.get() {
            self.set_word(ticket.at, number)?;
            self.leaves.borrow_mut().locks.insert(number, real);
            return Ok(false);
        }
        self.set_word(ticket.at, 0)?;
        let stale = self.leaves.borrow_mut().guards.insert(address, real.future);
        drop(stale);
        self.set_locked(self.behind(mutex)?, true)?;
        self.copy(mutex.at, out.at, 4)?;
        Ok(true)
    }

    /// The byte of a mutex.
    fn set_locked(&self, mutex: Value, is_locked: bool) -> Run<()> {
        self.set_number(self.part(mutex, 0, 0)?.at, 1, is_locked.into())
    }

    /// What drops of leaf futures do beside dropping their fields.
    pub(super) fn drop_leaf(&self, value: Value) -> Run<()> {
        // Each real one is dropped when no borrow is held: that is the executor's and may be the program's code.
        match self.builtin(value.ty) {
            Some(Builtin::Sleep) => {
                let number = self.word(self.part(value, 0, 1)?.at)?;
                let gone = self.leaves.borrow_mut().sleeps.remove(&number);
                drop(gone);
            }
            Some(Builtin::JoinHandle) => {
                let number = self.word(value.at)?;
                let gone = self.leaves.borrow_mut().handles.remove(&number);
                drop(gone);
            }
            Some(Builtin::Sender) => {
                let number = self.word(value.at)?;
                let gone = self.leaves.borrow_mut().senders.remove(&number);
                drop(gone);
            }
            Some(Builtin::Receiver) => {
                let number = self.word(value.at)?;
                let gone = self.leaves.borrow_mut().receivers.remove(&number);
                drop(gone);
            }
            Some(Builtin::Recv) => {
                let number = self.word(self.word(value.at)?)?;
                let gone = self.leaves.borrow_mut().receiving.remove(&number);
                drop(gone);
            }
            Some(Builtin::Lock) => {
                let number = self.word(self.part(value, 0, 1)?.at)?;
                let gone = self.leaves.borrow_mut().locks.remove(&number);
                drop(gone);
            }
            Some(Builtin::MutexGuard) => {
                let mutex = self.behind(self.part(value, 0, 0)?)?;
                self.set_locked(mutex, false)?;
                let gone = self.leaves.borrow_mut().guards.remove(&mutex.at);
                drop(gone);
            }
            _ => {}
        }
        self.check()
    }

    /// A channel: the numbers of its ends.
    pub(super) fn new_channel(&self) -> (u32, u32) {
        let (sender, receiver) = prelude::channel::<Parcel>();
        let mut leaves = self.leaves.borrow_mut();
        let (tx, rx) = (leaves.number(), leaves.number());
        leaves.senders.insert(tx, sender);
        leaves.receivers.insert(rx, Rc::new(RefCell::new(Some(receiver))));
        (tx, rx)
    }

    pub(super) fn clone_sender(&self, number: u32) -> Run<u32> {
        let Some(sender) = self.leaves.borrow().senders.get(&number).cloned() else { return unknown("a sender") };
        let mut leaves = self.leaves.borrow_mut();
        let number = leaves.number();
        leaves.senders.insert(number, sender);
        Ok(number)
    }

    pub(super) fn send(&self, number: u32, parcel: Parcel) -> Run<()> {
        // It is taken out meanwhile: what it wakes, or drops, may look at the leaves.
        let Some(sender) = self.leaves.borrow_mut().senders.remove(&number) else { return unknown("a sender") };
        sender.send(parcel);
        self.leaves.borrow_mut().senders.insert(number, sender);
        self.check()
    }

    pub(super) fn keep_handle(&self, handle: JoinHandle<Parcel>) -> u32 {
        let mut leaves = self.leaves.borrow_mut();
        let number = leaves.number();
        leaves.handles.insert(number, handle);
        number
    }

    // ---- wakers that the program handles itself

    pub(super) fn keep_waker(&self, waker: Waker) -> u32 {
        let mut leaves = self.leaves.borrow_mut();
        let number = leaves.number();
        leaves.wakers.insert(number, waker);
        number
    }

    pub(super) fn waker(&self, number: u32) -> Option<Waker> {
        self.leaves.borrow().wakers.get(&number).cloned()
    }

    pub(super) fn drop_waker(&self, value: Value) -> Run<()> {
        let number = self.word(value.at.wrapping_add(4))?;
        let gone = self.leaves.borrow_mut().wakers.remove(&number);
        drop(gone);
        Ok(())
    }

    /// Forgets every real one, as a panic does: nothing of the program runs after it.
    pub(super) fn forget_leaves(&self) {
        let leaves = std::mem::take(&mut *self.leaves.borrow_mut());
        std::mem::forget(leaves);
    }
}
