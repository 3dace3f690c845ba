//! The recorder that makes a [`Trace`].
//!
//! Nothing that it allocates is counted, nothing that it does moves the clock, and after it is closed it records nothing
//! more. An event goes into the staging buffer; from there into the trace, and with an [`Outlet`] on to a viewer.
//! What an executor reports is in `reports.rs`, what a scenario declares in `declare.rs`.

use super::budget::Budget;
use super::builder::{Answer, Builder, Peek};
use super::outlet::{Outlet, Sender};
use super::staging::Staging;
use super::watch::Watch;
use crate::alloc::uncounted;
use crate::trace::event::{End, Event, Outcome};
use crate::trace::ids::{NameId, SiteId};
use crate::trace::{Head, TimeUnit, Trace, Words};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Records into a [`Trace`]. Clones share it.
#[derive(Clone)]
pub struct TraceRecorder {
    pub(super) inner: Rc<RefCell<Builder>>,
    pub(super) staging: Rc<Staging>,
    pub(super) watch: Rc<Watch>,
    pub(super) closed: Rc<Cell<bool>>,
    pub(super) full: Rc<Cell<bool>>,
    pub(super) budget: Budget,
    /// Whether only what tasks do to each other is recorded, and what they log.
    pub(super) is_brief: bool,
    pub(super) standing: Rc<RefCell<Option<Standing>>>,
}

/// For what an interpreter's code does, the place in the program that it does it for.
pub(super) struct Standing {
    pub(super) file: String,
    pub(super) place: Rc<Cell<(u32, u32)>>,
}

impl TraceRecorder {
    /// An empty one. Without `peek` there are no bytes in its snapshots.
    pub fn new(unit: TimeUnit, budget: Budget, peek: Option<Peek>) -> Self {
        uncounted(|| TraceRecorder {
            inner: Rc::new(RefCell::new(Builder::new(unit, peek))),
            staging: Rc::new(Staging::new()),
            watch: Rc::new(Watch::new()),
            closed: Rc::default(),
            full: Rc::default(),
            budget,
            is_brief: false,
            standing: Rc::default(),
        })
    }

    /// One for runs of which nobody looks at more than what tasks did to each other and what they logged: it asks for no names,
    /// places, values and bytes, and counts no allocations. It serves [one run after the other](Self::begin_again).
    pub fn brief(unit: TimeUnit, budget: Budget) -> Self {
        TraceRecorder { is_brief: true, ..TraceRecorder::new(unit, budget, None) }
    }

    /// Begins to record another run, of a brief one whose run is over. What was logged keeps its number, so that two runs
    /// that log the same lines have the same numbers.
    pub fn begin_again(&self) {
        let inner = &mut *self.inner.borrow_mut();
        inner.begin_again();
        self.staging.clear();
        self.closed.set(false);
        self.tables_grew(inner);
    }

    /// From here on what is recorded is recorded of this file, at the line and column that `place` holds then, wherever the code
    /// lies that does it: an interpreter's own lines are not the reader's.
    pub fn stand_at(&self, file: &str, place: Rc<Cell<(u32, u32)>>) {
        *self.standing.borrow_mut() = Some(Standing { file: file.to_owned(), place });
    }

    /// The same, whose trace says this of itself.
    #[must_use]
    pub fn with_head(self, head: Head) -> Self {
        self.inner.borrow_mut().trace.head = head;
        self
    }

    /// The same, and what it records leaves through an outlet while it does. To be called before anything is recorded.
    #[must_use]
    pub fn with_outlet(self, outlet: Outlet) -> Self {
        self.inner.borrow_mut().sender = Some(Sender::new(outlet));
        self.watch.is_touched.set(true);
        self
    }

    /// What an event means for the recorder itself, before it is recorded. Says whether it is to be pushed like any other.
    #[inline(always)]
    pub(super) fn pre_record(&self, now: u64, event: Event) -> bool {
        match event {
            Event::PollStarted { .. } if self.watch.is_touched.replace(false) => self.poll_begins(),
            Event::Entered { site, .. } => self.entered(site),
            Event::Exited { outcome, .. } => self.exited(outcome),
            Event::Ended { end } => {
                self.end(now, end);
                return false;
            }
            Event::Logged { text, .. } if self.is_brief => self.logged(text),
            // That a task is ready, and has a waker more or less, follows from what is recorded besides.
            Event::Enqueued { .. } | Event::WakerCloned { .. } | Event::WakerDropped { .. } => return !self.is_brief,
            _ => {}
        }
        true
    }

    /// A brief recorder's run logged a line.
    fn logged(&self, line: NameId) {
        if !self.closed.get() {
            uncounted(|| self.inner.borrow_mut().came_to.0.push(line));
        }
    }

    /// What the run of a brief recorder came to: which lines it logged, and how it ended, if it did.
    pub fn with_outcome<T>(&self, f: impl FnOnce(&[NameId], Option<End>) -> T) -> T {
        let (lines, end) = &self.inner.borrow().came_to;
        f(lines, *end)
    }

    /// A poll begins before which there is something to do.
    #[cold]
    fn poll_begins(&self) {
        let inner = &mut *self.inner.borrow_mut();
        self.watch.forget_poll(inner);
        if let Some(sender) = &mut inner.sender {
            self.watch.is_touched.set(true);
            if sender.poll_begins() {
                // The next event, which is the poll's beginning, is pushed carefully, and a chunk leaves with it.
                self.staging.shorten(self.staging.len());
            }
        }
    }

    /// A leaf future is polled from a line.
    fn entered(&self, site: SiteId) {
        self.watch.is_touched.set(true);
        uncounted(|| self.inner.borrow_mut().entered.push(site));
    }

    /// That poll is over.
    fn exited(&self, outcome: Outcome) {
        let site = self.inner.borrow_mut().entered.pop();
        self.watch.exited(site, outcome);
    }

    /// Appends an event. A closed recorder's staging buffer has no room.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn push(&self, now: u64, event: Event) {
        self.push_words(now, Words::of(event));
    }

    // The page's module is built for size.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    pub(super) fn push_words(&self, now: u64, words: Words) {
        if !self.staging.push(now, [words]) {
            self.push_carefully(now, words);
        }
    }

    /// Appends an event where the staging buffer is full, or a budget used up. With an outlet, a chunk leaves.
    #[cold]
    #[inline(never)]
    pub(super) fn push_carefully(&self, now: u64, words: Words) {
        if self.closed.get() {
            return;
        }
        let inner = &mut *self.inner.borrow_mut();
        self.flush(inner);
        if !self.staging.push(now, [words]) {
            uncounted(|| {
                if inner.trace.columns.len() < self.budget.events as usize {
                    inner.trace.columns.push_words(now, words);
                } else {
                    inner.trace.lost += 1;
                }
            });
            self.flush(inner);
        }
        if inner.sender.is_some() {
            self.flush(inner);
            inner.send();
        }
    }

    /// With more bytes in the tables there is room for fewer events: the one with which a budget is used up is pushed
    /// carefully.
    pub(super) fn tables_grew(&self, inner: &Builder) {
        let (events, limit) = (inner.trace.columns.len(), self.budget.full(inner.memory));
        self.full.set(events + self.staging.len() >= limit);
        self.staging.shorten(limit.saturating_sub(events + 1));
    }

    /// Brings into the trace what is in the staging buffer.
    #[inline(never)]
    fn flush(&self, inner: &mut Builder) {
        uncounted(|| self.staging.flush(&mut inner.trace.columns));
        self.tables_grew(inner);
        if self.closed.get() {
            self.staging.shorten(0);
        }
    }

    /// Looks at the trace so far.
    ///
    /// # Panics
    /// If called from within a call to this recorder.
    pub fn with_trace<T>(&self, f: impl FnOnce(&Trace) -> T) -> T {
        let inner = &mut *self.inner.borrow_mut();
        self.flush(inner);
        f(&inner.trace)
    }

    /// Counts allocations from here on: what came before was made ready for the run, not by it.
    pub fn forget_allocations(&self) {
        self.watch.forget_allocations();
    }

    /// From here on, what tasks take from the heap and give back is recorded, at the end of each poll and where they ask for it;
    /// not what the executor makes room for.
    pub fn record_heap(&self) {
        if !self.is_brief {
            self.watch.record_heap();
        }
    }

    /// What is asked of the run once it is over, be it by a panic: the trace has the answer.
    pub fn answer_by(&self, answer: Answer) {
        self.inner.borrow_mut().answer = Some(answer);
    }

    /// Closes it and hands out the trace; what is recorded later is lost.
    pub fn finish(&self) -> Trace {
        self.finish_with(|_| {})
    }

    /// The same, after `complete` has added what is known of the run only now: nothing of what was there may change. With
    /// an outlet, the last chunk leaves then.
    pub fn finish_with(&self, complete: impl FnOnce(&mut Trace)) -> Trace {
        uncounted(|| {
            self.stop_recording();
            let inner = &mut *self.inner.borrow_mut();
            self.flush(inner);
            complete(&mut inner.trace);
            inner.send_end();
            std::mem::replace(&mut inner.trace, Trace::new(TimeUnit::VirtualMs))
        })
    }

    /// Records the end and closes. The end always finds room.
    pub fn end(&self, now: u64, end: End) {
        if !self.closed.get() {
            let inner = &mut *self.inner.borrow_mut();
            // Nobody looks at most runs of a brief one: it stays where it is.
            let is_there = self.is_brief && self.staging.push(now, [Words::of(Event::Ended { end })]);
            self.stop_recording();
            inner.came_to.1 = Some(end);
            if is_there {
                return;
            }
            self.flush(inner);
            uncounted(|| inner.trace.columns.push(now, Event::Ended { end }));
        }
    }

    pub(super) fn stop_recording(&self) {
        self.closed.set(true);
        self.staging.shorten(0);
    }
}
