//! What an executor and its leaf futures report: the recorder's side of [`Recorder`].

use super::budget::Budget;
use super::builder::{Alive, short_address};
use super::recorder::{Observation, ObservedField, Recorder, Spawning};
use super::trace_recorder::{Standing, TraceRecorder};
use super::unpolled::{Mark, Unpolled};
use crate::alloc::uncounted;
use crate::trace::event::{End, Event, NO_MACHINE, Outcome};
use crate::trace::ids::{BlobId, FutureId, FutureKindId, NameId, SiteId, SourceId, TaskId, TimerId};
use crate::trace::tables::TaskInfo;
use crate::trace::{FutureRole, SourceKind, TaskKind, Words};

impl Recorder for TraceRecorder {
    const ON: bool = true;

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn record(&self, now: u64, event: Event) {
        if self.pre_record(now, event) {
            self.push(now, event);
        }
    }

    fn name(&self, text: &str) -> NameId {
        if self.closed.get() { NameId::NONE } else { uncounted(|| self.inner.borrow_mut().name(text)) }
    }

    fn site(&self, file: &str, line: u32, column: u32) -> SiteId {
        if self.closed.get() || self.is_brief {
            return SiteId::NONE;
        }
        uncounted(|| {
            let standing = self.standing.borrow();
            let (file, (line, column)) = match &*standing {
                Some(Standing { file, place }) => (file.as_str(), place.get()),
                None => (file, (line, column)),
            };
            let inner = &mut *self.inner.borrow_mut();
            let file = inner.name(file);
            inner.site(file, line, column)
        })
    }

    fn read(&self, from: usize, see: &mut dyn FnMut(usize, Event)) {
        // What is still in the staging buffer is read there.
        let columns = &self.inner.borrow().trace.columns;
        (from..columns.len()).for_each(|i| see(i, columns.get(i)));
        for i in from.max(columns.len())..columns.len() + self.staging.len() {
            see(i, self.staging.words(i - columns.len()).event());
        }
    }

    fn events(&self) -> usize {
        self.staging.len() + self.inner.borrow().trace.columns.len()
    }

    fn budget(&self) -> Budget {
        self.budget
    }

    fn is_detailed(&self) -> bool {
        !self.is_brief
    }

    fn future_kind(&self, name: &str, role: FutureRole) -> FutureKindId {
        if self.closed.get() || self.is_brief {
            return FutureKindId::NONE;
        }
        uncounted(|| self.inner.borrow_mut().future_kind(name, role))
    }

    fn source(&self, kind: SourceKind) -> SourceId {
        if self.closed.get() {
            return SourceId::NONE;
        }
        uncounted(|| self.inner.borrow_mut().source(kind))
    }

    fn created(&self, now: u64, task: TaskId, future: FutureKindId, site: SiteId, is_marked: bool) -> Mark {
        if self.closed.get() {
            return Mark::NONE;
        }
        let (id, mark) = uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            if !is_marked {
                return (FutureId::NONE, Mark::NONE);
            }
            let id = inner.new_future();
            (id, inner.unpolled.add(Unpolled { id, kind: future, site }))
        });
        self.record(now, Event::Created { task, future, site, id });
        mark
    }

    fn marked(&self, mark: Mark) -> Option<Unpolled> {
        self.inner.borrow().unpolled.find(mark)
    }

    fn take_unpolled(&self, mark: Mark) -> Option<Unpolled> {
        uncounted(|| self.inner.borrow_mut().unpolled.take(mark))
    }

    fn future(&self, task: TaskId, kind: FutureKindId, address: usize, first: Option<FutureId>) -> FutureId {
        if self.closed.get() {
            return FutureId::NONE;
        }
        uncounted(|| self.inner.borrow_mut().future(task, kind, address, first))
    }

    fn polled_from(&self) -> SiteId {
        self.inner.borrow().entered.last().copied().unwrap_or_default()
    }

    fn future_done(&self, task: TaskId, id: FutureId) {
        if !self.closed.get() {
            uncounted(|| self.inner.borrow_mut().future_done(task, id));
        }
    }

    fn held(&self, source: SourceId, task: TaskId) {
        if self.closed.get() && !self.is_brief {
            let holders = &mut self.inner.borrow_mut().trace.holders;
            if !holders.contains(&(source, task)) {
                uncounted(|| holders.push((source, task)));
            }
        }
    }

    fn kept(&self, of: TaskId, task: TaskId) {
        if self.closed.get() && !self.is_brief {
            uncounted(|| self.inner.borrow_mut().trace.keepers.push((of, task)));
        }
    }

    fn spawned(&self, now: u64, task: TaskId, s: Spawning<'_>) {
        if self.closed.get() {
            return;
        }
        if self.is_brief {
            return self.record(now, Event::Spawned { task });
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let name = inner.name(s.name);
            let known = s.machine != NO_MACHINE;
            let (address, size) = s.observation.and_then(Observation::place).unwrap_or((s.address, s.size));
            let bytes = if known {
                let (seen, is_whole) = s.observation.map_or((&[][..], false), |o| (&o.fields, o.is_whole));
                let held = inner.held(s.machine, 0, size);
                let fields = held.unwrap_or_else(|| inner.observed_fields(address, size, seen, is_whole));
                inner.look(address, size, fields, s.observation.and_then(|o| o.image.clone()))
            } else {
                BlobId::NONE
            };
            inner.alive.resize(task.0 as usize, None);
            inner.alive[task.0 as usize - 1] = known.then_some(Alive { address, size, state: 0, bytes });
            inner.memory += size_of::<TaskInfo>();
            inner.trace.tasks.push(TaskInfo {
                name,
                kind: s.kind,
                size: size as u32,
                address: short_address(address, size),
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
        if self.is_brief {
            return self.record(now, Event::TimerSet { timer, task, after: 0 });
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
        if !self.closed.get() && !self.is_brief {
            self.watch.is_touched.set(true);
            uncounted(|| self.inner.borrow_mut().observed.push(field));
        }
    }

    fn polled(&self, now: u64, task: TaskId, ready: bool, woken: bool, observe: &dyn Fn() -> Option<Observation>) {
        if self.watch.is_heap_told.get() {
            self.heap(now, task, SiteId::NONE);
        }
        if !self.is_brief
            && let Some(event) = self.watch.count_allocations(task)
        {
            self.push(now, event);
        }
        if self.watch.has_machines.get()
            && let Some(event) = self.changed(task, ready, observe)
        {
            self.push(now, event);
        }
        let pending = |site| Words::of(Event::PollEnded { task, outcome: Outcome::Pending, site });
        if woken && !self.is_brief {
            let both = [pending(self.watch.stopped.get()), Words::of(Event::Enqueued { task })];
            if !self.staging.push(now, both) {
                both.into_iter().for_each(|words| self.push_carefully(now, words));
            }
        } else if ready {
            self.push(now, Event::PollEnded { task, outcome: Outcome::Ready, site: SiteId::NONE });
        } else {
            self.push_words(now, pending(self.watch.stopped.get()));
        }
    }

    fn is_full(&self) -> bool {
        self.full.get()
    }

    fn allocated(&self, now: u64, task: TaskId) {
        if !self.is_brief
            && let Some(event) = self.watch.count_allocations(task)
        {
            self.push(now, event);
        }
    }

    #[cold]
    #[inline(never)]
    fn heap(&self, now: u64, task: TaskId, site: SiteId) {
        if self.watch.is_heap_told.get() {
            for event in self.watch.heap_since(task, site).into_iter().flatten() {
                self.push(now, event);
            }
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

    fn panicked(&self, now: u64, task: TaskId, running: TaskId, message: &str) -> bool {
        // A panic hook must not panic, not even when the panic was the recorder's own.
        if self.inner.try_borrow_mut().is_err() {
            return false;
        }
        uncounted(|| {
            if !self.closed.get() {
                let message = self.name(message);
                self.record(now, Event::Panicked { task, message });
                let polled = self.with_trace(|t| t.task(running).is_some_and(|info| info.kind == TaskKind::Future));
                if polled {
                    let outcome = Outcome::Panicked;
                    self.record(now, Event::PollEnded { task: running, outcome, site: SiteId::NONE });
                }
                self.end(now, End::Panicked);
            }
            // After the end, what was recorded until then is worth keeping, unless it is in other hands.
            let inner = &mut *self.inner.borrow_mut();
            let is_here = !inner.trace.is_empty();
            if is_here {
                inner.send_end();
            }
            is_here
        })
    }

    fn close(&self) {
        self.stop_recording();
    }
}

impl TraceRecorder {
    /// Looks at a future that was just polled, if its machine is known; says how it changed.
    fn changed(&self, task: TaskId, ready: bool, observe: &dyn Fn() -> Option<Observation>) -> Option<Event> {
        if self.closed.get() {
            return None;
        }
        let alive = (*self.inner.borrow().alive.get(task.index() - 1)?)?;
        uncounted(|| {
            // No borrow is held while it says something of itself: it may log.
            let observation = observe();
            let inner = &mut *self.inner.borrow_mut();
            let change = self.watch.change(inner, task, alive, ready, observation);
            self.tables_grew(inner);
            Some(change)
        })
    }
}
