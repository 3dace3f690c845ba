//! One poll of a real future, at a time that the caller says, and what the future did in it.

use crate::clock::Clock;
use crate::executor::Executor;
use crate::record::Recorder;
use crate::trace::ids::{SiteId, TaskId, TimerId};
use crate::trace::tracks::Spent;
use crate::trace::{Event, TimeUnit};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// What a poll returned with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// It is pending until its timer fires, so many ms after the poll's end.
    Waits(u64),
    /// It is pending, and has woken itself.
    Again,
    /// It is pending, and nothing that is known here will wake it.
    Never,
    /// It is ready.
    Done,
}

/// A poll: what the time inside of it was spent on, piece by piece in ms, and how it returned.
pub(super) struct Polled {
    pub(super) pieces: Vec<(Spent, u32)>,
    pub(super) then: Then,
}

/// What futures poll their leaves with, outside of any executor's tasks. The executor here has none: it lends its timers
/// and its clock.
pub(super) struct Probe {
    executor: Executor<Notes>,
    hands: Rc<Hands>,
}

impl Probe {
    /// `spent_in` says what time is spent on at the lines of which file; at all others the task computes.
    pub(super) fn new(spent_in: SpentIn) -> Self {
        let hands = Rc::new(Hands::default());
        let notes = Notes { spent_in, ..Notes::default() };
        Probe { executor: Executor::with_clock(notes, hands.clone()), hands }
    }

    /// Polls a future at a time. The timers that are due by then have fired.
    pub(super) fn poll(&self, at: u64, future: Pin<&mut dyn Future<Output = ()>>) -> Polled {
        self.hands.0.set(at);
        // The executor sees that the clock was moved.
        self.executor.fire_timers(0);
        let notes = self.executor.recorder();
        notes.deadline.set(None);
        let again = Arc::new(Again(AtomicBool::new(false)));
        let waker = Waker::from(again.clone());
        let poll = self.executor.inside(|| future.poll(&mut Context::from_waker(&waker)));
        let then = match (poll, notes.deadline.get()) {
            (Poll::Ready(()), _) => Then::Done,
            (Poll::Pending, _) if again.0.load(Ordering::Relaxed) => Then::Again,
            (Poll::Pending, Some(deadline)) => Then::Waits(deadline.saturating_sub(self.hands.now())),
            (Poll::Pending, None) => Then::Never,
        };
        Polled { pieces: notes.pieces.take(), then }
    }

    /// Drops a future where its leaves can take back their timers.
    pub(super) fn drop(&self, future: Pin<Box<dyn Future<Output = ()>>>) {
        self.executor.inside(|| drop(future));
    }
}

/// A clock that stands where the worker that polls has come to: between polls, it goes back when another worker is
/// behind.
#[derive(Default)]
struct Hands(Cell<u64>);

impl Clock for Hands {
    fn unit(&self) -> TimeUnit {
        TimeUnit::VirtualMs
    }

    fn now(&self) -> u64 {
        self.0.get()
    }

    fn advance(&self, by: u64) {
        self.0.set(self.0.get().saturating_add(by));
    }
}

/// Whether a task has woken itself.
struct Again(AtomicBool);

impl Wake for Again {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What time inside of a poll is spent on, by the name of the file whose line lets it pass.
pub(in crate::scenario) type SpentIn = &'static [(&'static str, Spent)];

/// Takes note of the time that passes inside of a poll, and of the last timer that is set.
#[derive(Default)]
struct Notes {
    spent_in: SpentIn,
    pieces: RefCell<Vec<(Spent, u32)>>,
    deadline: Cell<Option<u64>>,
}

impl Recorder for Notes {
    const ON: bool = true;

    fn record(&self, _now: u64, event: Event) {
        if let Event::ClockAdvanced { by, site, .. } = event {
            let declared = usize::from(site.0).checked_sub(1).and_then(|i| self.spent_in.get(i));
            self.pieces.borrow_mut().push((declared.map_or(Spent::Computing, |&(_, spent)| spent), by as u32));
        }
    }

    /// The number is the place of the file in `spent_in`, from 1; 0 for any other file.
    fn site(&self, file: &str, _line: u32, _column: u32) -> SiteId {
        let file = file.rsplit(['/', '\\']).next().unwrap_or_default();
        SiteId(self.spent_in.iter().position(|(of, _)| *of == file).map_or(0, |i| i as u16 + 1))
    }

    fn timer_set(&self, _now: u64, _timer: TimerId, _task: TaskId, deadline: u64) {
        self.deadline.set(Some(deadline));
    }
}
