//! Small programs, their traces as text, and futures that are controlled from outside.

use expect_test::Expect;
use pollscope::executor::{Executor, report_panic};
use pollscope::prelude::log;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::{TimeUnit, Trace};
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

pub(crate) type Recorded = Executor<TraceRecorder>;

pub(crate) fn recorded() -> Recorded {
    Executor::new(recorder())
}

pub(crate) fn recorder() -> TraceRecorder {
    TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None)
}

/// How many allocations a poll makes is the allocator's and the standard library's business, not the executor's;
/// and the lines of these files would change with every expectation in it.
pub(crate) fn text(trace: &Trace) -> String {
    let text = trace.to_text();
    let lines = text.lines().filter(|l| !l.contains(" allocated "));
    let without_place = |line: &str| match line.rsplit_once(" at ") {
        Some((what, place)) if place.contains(".rs") => format!("{what}\n"),
        _ => format!("{line}\n"),
    };
    lines.map(|line| without_place(line.trim_start())).collect()
}

thread_local! {
    /// Whether the panic hook reports to the executor that runs on this thread, as the page's hook does.
    static REPORTS: Cell<bool> = const { Cell::new(false) };
}

fn install_hook() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if REPORTS.get() {
                let payload = info.payload();
                let text = payload.downcast_ref::<String>().map(String::as_str);
                report_panic(text.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default());
            } else {
                default(info);
            }
        }));
    });
}

/// An executor that records panics, as the page's does.
pub(crate) fn reporting() -> Recorded {
    reporting_to(recorder())
}

/// The same, with this recorder.
pub(crate) fn reporting_to(recorder: TraceRecorder) -> Recorded {
    install_hook();
    REPORTS.set(true);
    Executor::new(recorder)
}

pub(crate) fn check(program: impl FnOnce(&Recorded), expected: &Expect) {
    let executor = recorded();
    program(&executor);
    executor.run();
    let trace = executor.recorder().finish();
    // Miri looks at what the program does. To format what it did takes Miri longer, and is for the native run.
    if !cfg!(miri) {
        expected.assert_eq(&text(&trace));
    }
}

/// Pending until somebody takes the waker that it leaves and wakes it.
#[derive(Clone, Default)]
pub(crate) struct Slot {
    waker: Rc<RefCell<Option<Waker>>>,
    pub(crate) open: Rc<Cell<bool>>,
}

impl Slot {
    pub(crate) fn waker(&self) -> Waker {
        self.waker.borrow().clone().expect("the slot was polled")
    }

    pub(crate) fn open(&self) {
        self.open.set(true);
        self.waker().wake();
    }
}

impl Future for Slot {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.open.get() {
            return Poll::Ready(());
        }
        *self.waker.borrow_mut() = Some(cx.waker().clone());
        Poll::Pending
    }
}

/// Logs when it is dropped.
pub(crate) struct Guard(pub(crate) &'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        log!("drop {}", self.0);
    }
}
