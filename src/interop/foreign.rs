//! Tasks that wasm-bindgen's executor polls, recorded: `spawn_local` and `future_to_promise` put them into its queue, and a
//! microtask of its own polls them. Our executor has no part in it.
//!
//! That executor cannot be looked into. What is seen are its calls: when a task is queued, by us or by a wake, and when it is
//! polled. There is one such task in a run, so that each of its microtasks polls one task; the microtask's end is seen from
//! another one, which is queued as it begins, and runs right after it.

use super::devtools::{self, Tag};
use super::driver::in_microtask;
use super::live::{Page, with_page};
use crate::alloc::uncounted;
use crate::executor::report_to;
use crate::record::{ObservedField, Recorder, Sink, Spawning};
use crate::trace::event::{DropReason, Event, NO_MACHINE, WakeEffect, WakeSource};
use crate::trace::ids::{FutureId, FutureKindId, NameId, SiteId, SourceId, TaskId};
use crate::trace::{FutureRole, SourceKind, TaskKind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// The one task.
pub(super) const TASK: TaskId = TaskId(1);
/// What its microtasks are called.
const DRIVER: &str = "spawn_local";

/// Where the task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum At {
    /// There is none.
    #[default]
    Nowhere,
    /// In the executor's queue.
    Queued,
    /// Being polled; whether it was woken meanwhile.
    Polled(bool),
    /// Pending.
    Asleep,
    /// Done.
    Over,
}

/// The future that is given to wasm-bindgen's executor, in a box: where it lies is where it stays.
pub(super) struct Foreign<F: Future> {
    future: Option<Pin<Box<F>>>,
    page: Page,
    polls: u32,
    tag: Option<Tag>,
}

impl<F: Future> Foreign<F> {
    /// It is put into the queue next.
    pub(super) fn new(page: &Page, name: &str, future: F) -> Self {
        let future = uncounted(|| Box::pin(future));
        let spawning = Spawning {
            name,
            kind: TaskKind::Future,
            size: size_of::<F>(),
            address: (&raw const *future).addr(),
            parent: TaskId::NONE,
            machine: NO_MACHINE,
            observation: None,
        };
        page.executor().recorder().spawned(page.executor().now(), TASK, spawning);
        queue(page);
        let tag = devtools::is_on().then(|| Tag::new(name)).flatten();
        Foreign { future: Some(future), page: page.clone(), polls: 0, tag }
    }
}

fn queue(page: &Page) {
    page.set_foreign(At::Queued);
    page.record(|_| Event::Enqueued { task: TASK });
    page.record(|r| Event::MicrotaskQueued { name: r.name(DRIVER) });
}

impl<F: Future> Future for Foreign<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        let page = this.page.clone();
        this.polls += 1;
        page.set_foreign(At::Polled(false));
        page.record(|r| Event::MicrotaskStarted { name: r.name(DRIVER) });
        page.record(|_| Event::PollStarted { task: TASK, nth: this.polls });
        let ended = page.clone();
        in_microtask(move || ended.record(|r| Event::MicrotaskEnded { name: r.name(DRIVER) }));

        let run = page.number();
        let waker = Waker::from(uncounted(|| Arc::new(TaskWaker { real: cx.waker().clone(), run })));
        let future = this.future.as_mut().expect("it is not polled after it was ready");
        let sink = Rc::new(Reports(page.clone()));
        let poll = || future.as_mut().poll(&mut Context::from_waker(&waker));
        let polled = devtools::on_behalf(this.tag.as_ref(), || page.current_in(|| report_to(sink, None, poll)));

        let woken = page.foreign() == At::Polled(true);
        let recorder = page.executor().recorder();
        recorder.polled(page.executor().now(), TASK, polled.is_ready(), false, &|| None);
        if polled.is_ready() {
            this.future = None;
            page.set_foreign(At::Over);
            page.record(|_| Event::Dropped { task: TASK, reason: DropReason::Completed });
        } else if woken {
            queue(&page);
        } else {
            page.set_foreign(At::Asleep);
        }
        polled
    }
}

/// The task's waker: the executor's own, with its wakes recorded.
struct TaskWaker {
    real: Waker,
    /// The number of the run: a waker may be sent anywhere.
    run: u64,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        with_page(self.run, |page| {
            let effect = match page.foreign() {
                At::Asleep => WakeEffect::Queued,
                At::Polled(_) => WakeEffect::DuringPoll,
                At::Queued => WakeEffect::Coalesced,
                At::Nowhere | At::Over => WakeEffect::AfterDone,
            };
            page.record(|_| Event::Woken { task: TASK, by: page.source(), effect });
            match effect {
                WakeEffect::Queued => queue(page),
                WakeEffect::DuringPoll => page.set_foreign(At::Polled(true)),
                WakeEffect::Coalesced | WakeEffect::AfterDone => {}
            }
        });
        self.real.wake_by_ref();
    }
}

/// What the futures inside of the task report to.
struct Reports(Page);

impl Reports {
    fn recorder(&self) -> &crate::record::TraceRecorder {
        self.0.executor().recorder()
    }

    fn now(&self) -> u64 {
        self.0.executor().now()
    }
}

impl Sink for Reports {
    fn is_recording(&self) -> bool {
        true
    }

    fn number(&self) -> u64 {
        self.0.number()
    }

    fn task(&self) -> TaskId {
        TASK
    }

    fn record(&self, event: Event) {
        self.0.record(|_| event);
    }

    fn name(&self, text: &str) -> NameId {
        self.recorder().name(text)
    }

    fn site(&self, file: &str, line: u32, column: u32) -> SiteId {
        self.recorder().site(file, line, column)
    }

    fn future_kind(&self, name: &str, role: FutureRole) -> FutureKindId {
        self.recorder().future_kind(name, role)
    }

    fn future(&self, kind: FutureKindId, address: usize, first: Option<FutureId>) -> FutureId {
        self.recorder().future(TASK, kind, address, first)
    }

    fn polled_from(&self) -> SiteId {
        self.recorder().polled_from()
    }

    fn future_done(&self, id: FutureId) {
        self.recorder().future_done(TASK, id);
    }

    fn observed(&self, field: ObservedField) {
        self.recorder().observed(field);
    }

    fn source(&self, kind: SourceKind) -> SourceId {
        self.recorder().source(kind)
    }

    fn held(&self, source: SourceId) {
        self.recorder().held(source, TASK);
    }

    fn set_source(&self, source: WakeSource) -> WakeSource {
        self.0.set_source(source)
    }

    fn panicked(&self, message: &str) -> bool {
        self.recorder().panicked(self.now(), TASK, TASK, message)
    }
}
