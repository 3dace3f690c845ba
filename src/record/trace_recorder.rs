//! The recorder that makes a [`Trace`].
//!
//! Nothing that it allocates is counted, nothing that it does moves the clock, and after it is closed it
//! records nothing more.

use super::builder::Builder;
use super::poll::Seen;
use crate::alloc::{counts, uncounted};
use crate::record::budget::Budget;
use crate::record::machine_def::MachineDef;
use crate::record::recorder::{Observation, ObservedField, Recorder, Spawning};
use crate::record::staging::Staging;
use crate::trace::Words;
use crate::trace::event::{End, Event, NO_MACHINE, Outcome};
use crate::trace::ids::{BlobId, FutureId, MachineId, NameId, SiteId, SourceId, TaskId, TimerId};
use crate::trace::tables::{Machine, Place, Snapshot, Staffing, State, TaskInfo};
use crate::trace::{SourceKind, TaskKind, TimeUnit, Trace};
use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::Rc;

/// Copies `out.len()` bytes at `address` of this program's memory into `out`, from outside of the program: a
/// future's padding may be uninitialised, so Rust itself must not read it.
pub type Peek = fn(address: usize, out: &mut [u8]);

/// Records into a [`Trace`]. Clones share it.
#[derive(Clone)]
pub struct TraceRecorder {
    pub(super) inner: Rc<RefCell<Builder>>,
    tape: Rc<Staging>,
    pub(super) seen: Rc<Seen>,
    pub(super) closed: Rc<Cell<bool>>,
    full: Rc<Cell<bool>>,
    budget: Budget,
    pub(super) peek: Option<Peek>,
}

impl TraceRecorder {
    /// An empty one. Without `peek` there are no bytes in its snapshots.
    pub fn new(unit: TimeUnit, budget: Budget, peek: Option<Peek>) -> Self {
        uncounted(|| {
            let inner = Builder {
                trace: Trace::new(unit),
                names: vec![NameId::NONE],
                alive: Vec::new(),
                observed: Vec::new(),
                entered: Vec::new(),
                memory: 0,
                futures: Vec::new(),
                last_future: FutureId::NONE,
                mutexes: Vec::new(),
            };
            TraceRecorder {
                inner: Rc::new(RefCell::new(inner)),
                tape: Rc::new(Staging::new()),
                seen: Rc::new(Seen {
                    looked: Cell::default(),
                    stopped: Cell::default(),
                    machines: Cell::default(),
                    counted: Cell::new(counts()),
                }),
                closed: Rc::default(),
                full: Rc::default(),
                budget,
                peek,
            }
        })
    }

    /// What an event means for the recorder itself. Says whether it is to be pushed like any other.
    #[inline(always)]
    fn heed(&self, now: u64, event: Event) -> bool {
        match event {
            Event::PollStarted { .. } if self.seen.looked.replace(false) => self.forget_poll(),
            Event::Entered { site, .. } => self.entered(site),
            Event::Exited { outcome, .. } => self.exited(outcome),
            Event::Ended { end } => {
                self.end(now, end);
                return false;
            }
            _ => {}
        }
        true
    }

    /// Appends an event. A closed recorder's tape has no room.
    #[cfg_attr(not(feature = "page"), inline(always))]
    fn push(&self, now: u64, event: Event) {
        self.push_words(now, Words::of(event));
    }

    // The page's module is built for size.
    #[cfg_attr(feature = "page", inline(never))]
    #[cfg_attr(not(feature = "page"), inline)]
    fn push_words(&self, now: u64, words: Words) {
        if !self.tape.push(now, [words]) {
            self.push_carefully(now, words);
        }
    }

    /// Appends an event where the tape is at its end, or a budget.
    #[cold]
    #[inline(never)]
    fn push_carefully(&self, now: u64, words: Words) {
        if self.closed.get() {
            return;
        }
        let inner = &mut *self.inner.borrow_mut();
        self.flush(inner);
        if self.tape.push(now, [words]) {
            return;
        }
        uncounted(|| {
            if inner.trace.columns.len() < self.budget.events as usize {
                inner.trace.columns.push_words(now, words);
            } else {
                inner.trace.lost += 1;
            }
        });
        self.flush(inner);
    }

    /// With more bytes in the tables there is room for fewer events: the one with which a budget is used up is pushed
    /// carefully.
    pub(super) fn tables_grew(&self, inner: &Builder) {
        let (events, brim) = (inner.trace.columns.len(), self.budget.full(inner.memory));
        self.full.set(events + self.tape.len() >= brim);
        self.tape.shorten(brim.saturating_sub(events + 1));
    }

    /// Brings into the trace what is on the tape.
    #[inline(never)]
    fn flush(&self, inner: &mut Builder) {
        uncounted(|| self.tape.flush(&mut inner.trace.columns));
        self.tables_grew(inner);
        if self.closed.get() {
            self.tape.shorten(0);
        }
    }

    /// Whether nothing more is recorded.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
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
        self.seen.counted.set(counts());
    }

    /// Closes it and hands out the trace; what is recorded later is lost.
    pub fn finish(&self) -> Trace {
        uncounted(|| {
            self.close();
            let inner = &mut *self.inner.borrow_mut();
            self.flush(inner);
            std::mem::replace(&mut inner.trace, Trace::new(TimeUnit::VirtualMs))
        })
    }

    /// Records the end and closes. The end always finds room.
    pub fn end(&self, now: u64, end: End) {
        if !self.closed.get() {
            self.close();
            let inner = &mut *self.inner.borrow_mut();
            self.flush(inner);
            uncounted(|| inner.trace.columns.push(now, Event::Ended { end }));
        }
    }

    /// Adds a machine that tasks can be spawned under.
    pub fn machine(&self, def: &MachineDef<'_>) -> MachineId {
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let (name, file) = (inner.name(def.name), inner.name(def.file));
            let states = def
                .states
                .iter()
                .map(|s| State {
                    name: inner.name(&s.name),
                    site: s.site.map_or(SiteId::NONE, |(line, column)| inner.site(file, line, column)),
                })
                .collect();
            self.seen.machines.set(true);
            inner.trace.machines.push(Machine { name, file, states, discriminant: None });
            MachineId(inner.trace.machines.len() as u16 - 1)
        })
    }

    /// Adds a slot of memory.
    pub fn place(&self, name: &str, address: usize, size: usize) -> u32 {
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let name = inner.name(name);
            inner.trace.places.push(Place { name, address: address as u32, size: size as u32 });
            inner.trace.places.len() as u32 - 1
        })
    }

    /// The number of a place in a scenario's file.
    pub fn site_in(&self, file: &str, line: u32, column: u32) -> SiteId {
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let file = inner.name(file);
            inner.site(file, line, column)
        })
    }

    /// Names a way to staff the call centre; its number is its place in the order of calls to this.
    pub fn staffing(&self, name: &str, staffing: Staffing) -> u8 {
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let name = inner.name(name);
            inner.trace.staffings.push(Staffing { name, ..staffing });
            inner.trace.staffings.len() as u8 - 1
        })
    }

    /// Adds a snapshot whose bytes are known.
    pub fn snapshot(&self, address: usize, bytes: Vec<u8>, fields: &[ObservedField]) -> BlobId {
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let fields = inner.fields(address, bytes.len(), fields);
            inner.blob(Snapshot { address: address as u32, size: bytes.len() as u32, bytes, fields })
        })
    }
}

impl Recorder for TraceRecorder {
    const ON: bool = true;

    #[cfg_attr(not(feature = "page"), inline(always))]
    fn record(&self, now: u64, event: Event) {
        if self.heed(now, event) {
            self.push(now, event);
        }
    }

    fn name(&self, text: &str) -> NameId {
        if self.closed.get() { NameId::NONE } else { uncounted(|| self.inner.borrow_mut().name(text)) }
    }

    fn site(&self, at: &Location<'static>) -> SiteId {
        if self.closed.get() {
            return SiteId::NONE;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let file = at.file().rsplit(['/', '\\']).next().unwrap_or_default();
            let file = inner.name(file);
            inner.site(file, at.line(), at.column())
        })
    }

    fn events(&self) -> usize {
        self.tape.len() + self.inner.borrow().trace.columns.len()
    }

    fn read(&self, from: usize, see: &mut dyn FnMut(usize, Event)) {
        self.with_trace(|trace| (from..trace.len()).for_each(|i| see(i, trace.event(i))));
    }

    fn source(&self, kind: SourceKind, address: usize) -> SourceId {
        if self.closed.get() {
            return SourceId::NONE;
        }
        uncounted(|| self.inner.borrow_mut().source(kind, address))
    }

    fn future(&self, task: TaskId, name: NameId, address: usize) -> FutureId {
        if self.closed.get() {
            return FutureId::NONE;
        }
        uncounted(|| self.inner.borrow_mut().future(task, name, address))
    }

    fn future_done(&self, task: TaskId, id: FutureId) {
        if !self.closed.get() {
            uncounted(|| self.inner.borrow_mut().future_done(task, id));
        }
    }

    fn owned(&self, channel: SourceId, task: TaskId) {
        if self.closed.get() {
            let owners = &mut self.inner.borrow_mut().trace.owners;
            if !owners.contains(&(channel, task)) {
                uncounted(|| owners.push((channel, task)));
            }
        }
    }

    fn kept(&self, of: TaskId, task: TaskId) {
        if self.closed.get() {
            uncounted(|| self.inner.borrow_mut().trace.keepers.push((of, task)));
        }
    }

    fn spawned(&self, now: u64, task: TaskId, s: Spawning<'_>) {
        if self.closed.get() {
            return;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let name = inner.name(s.name);
            let known = s.machine != NO_MACHINE;
            let bytes = if known {
                let fields = s.observation.map_or(Vec::new(), |o| inner.fields(s.address, s.size, &o.fields));
                self.look(inner, s.address, s.size, fields)
            } else {
                BlobId::NONE
            };
            inner.alive.resize(task.0 as usize, None);
            inner.alive[task.0 as usize - 1] = known.then_some((s.address, s.size, 0, bytes));
            inner.memory += size_of::<TaskInfo>();
            inner.trace.tasks.push(TaskInfo {
                name,
                kind: s.kind,
                size: s.size as u32,
                address: s.address as u32,
                parent: s.parent,
                machine: s.machine,
                bytes,
            });
            self.tables_grew(inner);
        });
        self.record(now, Event::Spawned { task });
    }

    fn timer_set(&self, now: u64, timer: TimerId, task: TaskId, deadline: u64) {
        if self.closed.get() {
            return;
        }
        let per_ms = uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            inner.trace.timers.resize(timer.0 as usize - 1, 0);
            inner.trace.timers.push(deadline);
            inner.memory += 8;
            self.tables_grew(inner);
            inner.trace.unit.per_ms()
        });
        self.record(now, Event::TimerSet { timer, task, after: ((deadline - now) / per_ms) as u32 });
    }

    fn observed(&self, field: ObservedField) {
        if !self.closed.get() {
            self.seen.looked.set(true);
            uncounted(|| self.inner.borrow_mut().observed.push(field));
        }
    }

    fn polled(&self, now: u64, task: TaskId, ready: bool, woken: bool, observe: &dyn Fn() -> Option<Observation>) {
        if let Some(event) = self.count_allocations(task) {
            self.push(now, event);
        }
        if self.seen.machines.get()
            && let Some(event) = self.changed(task, ready, observe)
        {
            self.push(now, event);
        }
        let pending = |site| Words::of(Event::PollEnded { task, outcome: Outcome::Pending, site });
        if woken {
            let both = [pending(self.seen.stopped.get()), Words::of(Event::Enqueued { task })];
            if !self.tape.push(now, both) {
                both.into_iter().for_each(|words| self.push_carefully(now, words));
            }
        } else if ready {
            self.push(now, Event::PollEnded { task, outcome: Outcome::Ready, site: SiteId::NONE });
        } else {
            self.push_words(now, pending(self.seen.stopped.get()));
        }
    }

    fn is_full(&self) -> bool {
        self.full.get()
    }

    fn allocated(&self, now: u64, task: TaskId) {
        if let Some(event) = self.count_allocations(task) {
            self.push(now, event);
        }
    }

    fn overrun(&self) -> Option<End> {
        (self.inner.borrow().trace.lost > 0).then_some(End::Events(self.budget.events))
    }

    fn spent(&self) -> Option<End> {
        let inner = self.inner.borrow();
        if !self.full.get() {
            None
        } else if inner.trace.len() >= self.budget.events as usize {
            Some(End::Events(self.budget.events))
        } else {
            Some(End::Memory((self.budget.memory >> 10) as u32))
        }
    }

    fn panicked(&self, now: u64, task: TaskId, message: &str) -> Vec<u8> {
        // A panic hook must not panic, not even when the panic was the recorder's own.
        if self.inner.try_borrow_mut().is_err() {
            return Vec::new();
        }
        if self.closed.get() {
            // After the end: what was recorded until then is worth keeping, unless it is in other hands.
            let trace = &self.inner.borrow().trace;
            return if trace.is_empty() { Vec::new() } else { uncounted(|| trace.export()) };
        }
        uncounted(|| {
            let message = self.name(message);
            self.record(now, Event::Panicked { task, message });
            let polled = self.with_trace(|t| t.task(task).is_some_and(|info| info.kind == TaskKind::Future));
            if polled {
                self.record(now, Event::PollEnded { task, outcome: Outcome::Panicked, site: SiteId::NONE });
            }
            self.end(now, End::Panicked);
            self.inner.borrow().trace.export()
        })
    }

    fn close(&self) {
        self.closed.set(true);
        self.tape.shorten(0);
    }
}
