//! The runs that go on. A reader may leave one before its end: then it ends there, and what it asked the browser for is cleared.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// A run that can be left.
pub(super) trait Leave {
    /// It ends now.
    fn leave(&self);
}

thread_local! {
    static RUNS: RefCell<Vec<Weak<dyn Leave>>> = const { RefCell::new(Vec::new()) };
}

/// The run goes on as long as this is kept.
pub(super) fn begins(run: Rc<dyn Leave>) -> Rc<dyn Leave> {
    RUNS.with_borrow_mut(|runs| {
        runs.retain(|run| run.strong_count() > 0);
        runs.push(Rc::downgrade(&run));
    });
    run
}

/// Ends all runs that go on.
pub fn leave_runs() {
    let runs = RUNS.take();
    for run in runs.iter().filter_map(Weak::upgrade) {
        run.leave();
    }
}
