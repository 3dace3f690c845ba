//! The same programs in `shuttle`, which polls them as tasks of its own and knows every order. The prelude's futures report
//! to a sink here that keeps the logged lines and nothing else.

use super::program::{Program, tasks};
use pollscope::executor::{new_number, report_to};
use pollscope::record::{ObservedField, Sink};
use pollscope::trace::event::{Event, WakeSource};
use pollscope::trace::ids::{FutureId, FutureKindId, NameId, SiteId, SourceId, TaskId};
use pollscope::trace::{FutureRole, SourceKind};
use shuttle::scheduler::DfsScheduler;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// What `shuttle` found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// All orders come to their end, and log these lines, sorted.
    Lines(BTreeSet<Vec<String>>),
    /// One is stuck: at the first such one it stops.
    Stuck,
}

/// Runs every order of a program.
pub(crate) fn shuttled(program: &Program) -> Found {
    let found: Arc<Mutex<BTreeSet<Vec<String>>>> = Arc::default();
    let (program, lines) = (program.clone(), found.clone());
    let mut config = shuttle::Config::new();
    config.failure_persistence = shuttle::FailurePersistence::None;
    let runner = shuttle::Runner::new(DfsScheduler::new(None, false), config);
    let run = move || {
        let sink = Rc::new(Lines { number: new_number(), ..Lines::default() });
        let futures = report_to(sink.clone(), None, || tasks(&program));
        let spawn = |future| shuttle::future::spawn_local(Reporting { sink: sink.clone(), future });
        let handles: Vec<_> = futures.into_iter().map(spawn).collect();
        for handle in handles {
            shuttle::future::block_on(handle).expect("it is not aborted");
        }
        let mut logged = sink.lines.take();
        logged.sort();
        lines.lock().expect("nobody panics with it").insert(logged);
    };
    match catch_unwind(AssertUnwindSafe(|| runner.run(run))) {
        Ok(_) => Found::Lines(found.lock().expect("nobody panics with it").clone()),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map_or("", String::as_str);
            assert!(text.contains("deadlock"), "{text}");
            Found::Stuck
        }
    }
}

/// A task that is polled while its futures report to a sink.
struct Reporting {
    sink: Rc<Lines>,
    future: Pin<Box<dyn Future<Output = ()>>>,
}

impl Future for Reporting {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let sink = self.sink.clone();
        report_to(sink, None, || self.future.as_mut().poll(cx))
    }
}

/// Keeps what is logged.
#[derive(Default)]
struct Lines {
    number: u64,
    names: RefCell<Vec<String>>,
    lines: RefCell<Vec<String>>,
    sources: Cell<u32>,
}

impl Sink for Lines {
    fn is_recording(&self) -> bool {
        true
    }
    fn number(&self) -> u64 {
        self.number
    }
    fn task(&self) -> TaskId {
        TaskId(1)
    }
    fn record(&self, event: Event) {
        if let Event::Logged { text, .. } = event {
            self.lines.borrow_mut().push(self.names.borrow()[text.0 as usize].clone());
        }
    }
    fn name(&self, text: &str) -> NameId {
        let names = &mut *self.names.borrow_mut();
        names.push(text.to_owned());
        NameId(names.len() as u32 - 1)
    }
    fn site(&self, _file: &str, _line: u32, _column: u32) -> SiteId {
        SiteId::NONE
    }
    fn future_kind(&self, _name: &str, _role: FutureRole) -> FutureKindId {
        FutureKindId::NONE
    }
    fn future(&self, _kind: FutureKindId, _address: usize, _first: Option<FutureId>) -> FutureId {
        FutureId::NONE
    }
    fn future_done(&self, _id: FutureId) {}
    fn observed(&self, _field: ObservedField) {}
    fn source(&self, _kind: SourceKind) -> SourceId {
        self.sources.set(self.sources.get() + 1);
        SourceId(self.sources.get())
    }
    fn held(&self, _source: SourceId) {}
    fn set_source(&self, _source: WakeSource) -> WakeSource {
        WakeSource::Outside
    }
    fn panicked(&self, _message: &str) -> bool {
        false
    }
}
