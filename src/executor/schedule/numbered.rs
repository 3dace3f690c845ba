//! Changes by the numbers of events, as links of version 1 have them. They do what they did then: a change waits for those
//! before it, and the numbers count events of the kinds that there were.

use crate::sorting::insertion_sort;
use crate::trace::Event;
use crate::trace::moment::counts_in_version_1;
use crate::trace::plan::What;
use std::collections::VecDeque;

/// What is still to be changed.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    /// After how many events, and what; in order.
    changes: VecDeque<(u32, What)>,
    /// Events so far that count.
    events: u32,
}

impl Numbered {
    pub(super) fn new(mut changes: Vec<(u32, What)>) -> Self {
        insertion_sort(&mut changes, |&(at, _)| at);
        Numbered { changes: changes.into(), events: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }

    /// What the first change is.
    pub(super) fn first(&self) -> Option<What> {
        self.changes.front().map(|&(_, what)| what)
    }

    /// An event happened.
    pub(super) fn see(&mut self, event: Event) {
        self.events += u32::from(counts_in_version_1(event));
    }

    /// The first change, if it is due between two polls, of which `did` says that something was changed there already.
    pub(super) fn between(&mut self, did: bool) -> Option<What> {
        let events = self.events;
        self.take(|at, what| match what {
            What::Lose => at < events,
            What::Panic => false,
            What::Next(_) => !did,
            What::Wake(_) | What::Drop(_) | What::Fire(_) => true,
        })
    }

    /// Whether the wake that is the next event is lost.
    pub(super) fn loses(&mut self) -> bool {
        let events = self.events;
        self.take(|at, what| what == What::Lose && at == events).is_some()
    }

    /// Whether the polled task panics.
    pub(super) fn panics(&mut self) -> bool {
        self.take(|_, what| what == What::Panic).is_some()
    }

    fn take(&mut self, is_now: impl FnOnce(u32, What) -> bool) -> Option<What> {
        let &(at, what) = self.changes.front()?;
        let is_due = at <= self.events && is_now(at, what);
        if is_due { self.changes.pop_front().map(|(_, what)| what) } else { None }
    }
}
