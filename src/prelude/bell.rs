//! A bell: something outside of the program that calls when it is ready, as a socket does.
//!
//! It is what leaf futures are written with: look whether it has rung; if not, leave a waker there. It keeps one waker, the
//! last that was left, and wakes it once.

use crate::executor::{Source, asked, bell_set, found_empty, running, signalled, used, wake_from};
use crate::trace::SourceKind;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Waker;

#[derive(Debug)]
struct Inner {
    has_rung: Cell<bool>,
    waker: RefCell<Option<Waker>>,
    source: Source,
}

/// Rings once. Clones are the same bell.
#[derive(Clone, Debug)]
pub struct Bell(Rc<Inner>);

/// A bell that rings in `ms` milliseconds, with or without a listener.
///
/// # Panics
/// Outside of an executor.
#[track_caller]
pub fn bell(ms: u32) -> Bell {
    let inner = Inner { has_rung: Cell::new(false), waker: RefCell::new(None), source: Source::new(SourceKind::Bell) };
    let bell = Bell(Rc::new(inner));
    let ringing = bell.clone();
    running::signal_after(ms, move || ringing.ring());
    bell_set(bell.0.source.id(), ms);
    bell
}

impl Bell {
    /// Whether it has rung.
    #[track_caller]
    pub fn has_rung(&self) -> bool {
        used(|| self.0.source.id());
        let has_rung = self.0.has_rung.get();
        if !has_rung {
            asked();
            found_empty(self.0.source.id());
        }
        has_rung
    }

    /// Leaves a waker with it, in place of the one that it has.
    #[track_caller]
    pub fn keep(&self, waker: Waker) {
        let stale = self.0.waker.replace(Some(waker));
        drop(stale);
        // A drop of a waker is user code, which may have taken it back.
        if let Some(kept) = &*self.0.waker.borrow() {
            asked();
            self.0.source.holds(kept);
        }
    }

    /// Takes its waker back.
    pub fn forget(&self) {
        used(|| self.0.source.id());
        let waker = self.0.waker.take();
        if waker.is_some() {
            self.0.source.released();
        }
        drop(waker);
    }

    fn ring(&self) {
        self.0.has_rung.set(true);
        signalled(self.0.source.id());
        // No borrow is held: the task that is woken may look.
        let waker = self.0.waker.take();
        if let Some(waker) = waker {
            wake_from(self.0.source.id(), waker);
        }
    }
}
