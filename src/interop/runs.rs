//! The runs that go on, and how each ends: by itself, when its patience is over, or because a reader leaves it. What it asked the
//! browser for is cleared then.

use super::driver::Timeout;
use futures::channel::oneshot;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// The end of a run. It comes once.
pub(super) struct Ending {
    is_left: Cell<bool>,
    comes: RefCell<Option<oneshot::Sender<()>>>,
    came: RefCell<Option<oneshot::Receiver<()>>>,
}

thread_local! {
    static RUNS: RefCell<Vec<Weak<Ending>>> = const { RefCell::new(Vec::new()) };
}

impl Ending {
    /// Of a run that goes on from now.
    pub(super) fn new() -> Rc<Self> {
        let (comes, came) = oneshot::channel();
        let ending = Rc::new(Ending {
            is_left: Cell::new(false),
            comes: RefCell::new(Some(comes)),
            came: RefCell::new(Some(came)),
        });
        RUNS.with_borrow_mut(|runs| {
            runs.retain(|run| run.strong_count() > 0);
            runs.push(Rc::downgrade(&ending));
        });
        ending
    }

    /// It is here.
    pub(super) fn come(&self) {
        if let Some(comes) = self.comes.take() {
            // The receiver is gone only if nobody waits for the run any more.
            let _ = comes.send(());
        }
    }

    /// Whether it is not here yet.
    pub(super) fn is_to_come(&self) -> bool {
        self.comes.borrow().is_some()
    }

    /// Whether it came because a reader has left the run.
    pub(super) fn is_left(&self) -> bool {
        self.is_left.get()
    }

    /// Waits for it, so many ms at most.
    pub(super) async fn wait(self: &Rc<Self>, patience: u32) {
        let this = self.clone();
        let patience = Timeout::new(patience, move || this.come());
        let came = self.came.take();
        if let Some(came) = came {
            // Sent or dropped: either way there is nothing more to wait for.
            let _ = came.await;
        }
        drop(patience);
    }
}

/// Ends all runs that go on.
pub fn leave_runs() {
    let runs = RUNS.take();
    for run in runs.iter().filter_map(Weak::upgrade) {
        run.is_left.set(true);
        run.come();
    }
}
