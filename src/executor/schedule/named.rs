//! Changes at moments. Each looks for its own while the run goes, and none waits for another that is due in another way: a
//! wake is lost as it happens, a task panics within its poll, all else is done between two polls.

use crate::trace::Event;
use crate::trace::ids::TaskId;
use crate::trace::moment::{At, Finder, Moment};
use crate::trace::plan::What;

/// What is still to be changed.
#[derive(Debug, Default)]
pub(super) struct Named {
    changes: Vec<(Finder, What)>,
}

impl Named {
    pub(super) fn new(changes: Vec<(Moment, What)>) -> Self {
        Named { changes: changes.into_iter().map(|(moment, what)| (Finder::new(At::Moment(moment)), what)).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether one of them is this.
    pub(super) fn has(&self, what: What) -> bool {
        self.changes.iter().any(|&(_, w)| w == what)
    }

    /// Event `i` happened.
    pub(super) fn see(&mut self, i: usize, event: Event) {
        self.changes.iter_mut().for_each(|(finder, _)| finder.see(i, event));
    }

    /// The change that is due first between two polls, of which `did` says that something was changed there already.
    pub(super) fn between(&mut self, did: bool) -> Option<What> {
        let passed = self.changes.iter().enumerate().filter_map(|(at, (finder, _))| Some((finder.found()?, at)));
        let (_, at) = passed.min()?;
        let waits = did && matches!(self.changes[at].1, What::Next(_));
        if waits { None } else { Some(self.changes.remove(at).1) }
    }

    /// Whether a wake of `task`, if it is the next event, is lost.
    pub(super) fn loses(&mut self, task: TaskId) -> bool {
        self.take(|finder, what| what == What::Lose && finder.is_next_wake(task))
    }

    /// Whether the polled task panics.
    pub(super) fn panics(&mut self) -> bool {
        self.take(|finder, what| what == What::Panic && finder.found().is_some())
    }

    fn take(&mut self, is_now: impl Fn(&Finder, What) -> bool) -> bool {
        let at = self.changes.iter().position(|(finder, what)| is_now(finder, *what));
        at.map(|at| self.changes.remove(at)).is_some()
    }
}
