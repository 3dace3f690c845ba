//! The tiny executor: single-threaded, general, and recorded event by event.
//!
//! A *task* is a future that was handed over by [`spawn`](Executor::spawn); the executor polls it until it is ready. The *run
//! queue* (or ready queue) holds the tasks that were woken and not polled since. A *waker* puts its task there. A *permit to
//! run* is the right to poll one task once. Time is the [`Clock`]'s. This room knows no scenario and no page.
//!
//! # The life of a task
//!
//! Each edge bears the name of the function that takes it; those of a file are in `tasks/`.
//!
//! ```text
//!                 Tasks::insert (1)                        RunPermit::poll (3)
//!     (future) ───────────────────────► Queued ─────────────────────────────────► Running
//!                                       ▲ ▲ │                                      │ │ │
//!               waker::mark_woken,      │ │ │       Pending, woken during the poll │ │ │
//!               waker::push (2)         │ └─┼──────────────────────────────────────┘ │ │
//!                                       │   │               AfterPoll::next (4)      │ │
//!                                     Idle ◄┼────────────────────────────────────────┘ │
//!                                       │   │        Pending: slot::poll (5)           │
//!                      Tasks::cancel (6)│   │Tasks::cancel (6)                         │ Ready, or cancelled in
//!                      Tasks::end_all   ▼   ▼                                          │ the poll: Ended::new (7)
//!                                       Done ◄─────────────────────────────────────────┘
//!                                        │ Ended::drop_cell (8): the future is dropped, its value stored, the handle woken
//!                                        ▼
//!                                     Released ──────────────► free: by TaskRef::release, or, where wakers are left,
//!                                                              by the last of them: TaskRef::free_late (9)
//! ```
//!
//! 1. A spawn puts the task at the back of the run queue at once.
//! 2. A wake of an idle task puts it at the back. A wake of a task that is queued or running is noted, once.
//! 3. The first task of the queue is polled, or the one that the [`Policy`] chooses. A task is polled once, however often it
//!    was woken.
//! 4. A task that was woken during its own poll goes to the back of the queue after that poll.
//! 5. Otherwise it is idle until it is woken.
//! 6. `cancel` ends a task that is idle or queued at once; one that is polled ends after that poll.
//! 7. A task without a handle that records nothing is ended by its poll itself.
//! 8. In this order: a task that joins it finds the value.
//! 9. A waker keeps the slot of its task, not the future.
//!
//! # Promises made to tasks
//!
//! Each is held by the tests in `tests/executor/promises.rs` that bear its number.
//!
//! 1. A woken task is polled again.
//! 2. A task that is woken twice before its poll is polled once.
//! 3. A task is never polled after it returned `Ready`.
//! 4. A future is dropped exactly once: when it is ready, when it is cancelled, or with the executor.
//! 5. A wake after completion does nothing, even if the executor is gone.
//! 6. A task that wakes itself during its own poll is queued after that poll, behind the tasks that wait.
//! 7. Tasks are polled in the order of the queue, unless the policy says otherwise.
//! 8. A panic in a task ends the run on every target: after it nothing is polled, called or cancelled, and nothing is
//!    dropped, as after an abort; [`cancel`](Executor::cancel) returns false.
//! 9. An executor is not run from inside of a task that it runs: that panics, and the run goes on unharmed for every task that
//!    did not try.
//!
//! After a run has ended it stays ended: what is spawned or woken then is not polled, and no callback is called.
//!
//! Timers fire before each poll, in order of deadline and then of setting; when nothing is ready, the virtual clock jumps to
//! the earliest deadline, and a clock that goes by itself is [waited for](Clock::wait). (A virtual clock moves only where the
//! executor or a task moves it, and between such moves no timer falls due: so the loop looks at the clock when it was moved,
//! not at each poll. A clock that goes by itself is looked at every 64 polls.) All times are of 64 bits; a virtual clock ends
//! at 2<sup>53</sup> ms, and so do deadlines.
//!
//! # Limits
//!
//! - A run keeps the [`Budget`](crate::record::Budget) of its recorder: of polls, events, time, and memory, that of tasks
//!   included. The bare executor has no budget, unless [`limit`](Executor::limit) gives it one.
//! - Tasks whose drops spawn tasks are dropped in turn when the executor goes, up to the budget of polls or 1,000,000 of them;
//!   what is left then is forgotten.
//! - Futures may be polled within each other, and tasks ended within each other's drops, to a depth that leaves the stack
//!   whole: where a run is recorded, beyond it the task panics with a sentence. The bare executor does not look.
//! - A task may have any number of wakers. When it has had 8,388,608 at once, its slot is not used again.
//! - An executor has numbers for 4,294,967,295 tasks that can be named, and without end for those that are spawned without a
//!   handle.
//!
//! # What it costs
//!
//! A task is a slot in a page of tasks of its type: a header of three words and the future itself, so that a spawn needs no
//! memory of its own as long as a page has room. Pages are given back when they are empty and far more than is needed; a large
//! future has a page to itself, which goes with it. A task that was [spawned without a handle](Executor::spawn_detached) on an
//! executor that records nothing is polled, woken and ended by code that knows of no handle and no recorder. `tasks` holds all
//! of that, and all `unsafe` code; `./build.sh bench` measures it against others of its kind.
//!
//! Wakers may be used on any thread. On wasm32 there is only one, and counts are plain numbers; elsewhere the count is an
//! atomic, and what happens on other threads goes through an inbox that the executor drains between polls.

mod context;
mod core;
mod drive;
mod ends;
mod future_cell;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
mod handle;
mod join;
mod leaf;
mod observe;
mod place;
mod policy;
mod run;
pub(crate) mod running;
mod schedule;
mod services;
mod source_events;
mod sources;
mod stack;
mod tasks;
mod timers;
mod waiters;

pub(crate) use context::{free_memory, with_uses};
pub use context::{new_number, report_panic, report_to};
pub use drive::{Host, Progress, Until};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use handle::Handle;
pub use join::JoinHandle;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use leaf::keeps;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use leaf::record_of_task;
pub(crate) use leaf::{
    Declared, Entered, asked, begun, created, created_unmarked, discarded, dropped_unpolled, enter, enter_elsewhere,
    enter_first, enter_marked, enter_named, forget, heap, observe, polled_with, wake_from,
};
pub use observe::Observe;
pub use policy::{Chosen, Fifo, Lifo, Policy, Ready, Run, Seeded};
pub use schedule::{
    Choices, Footprint, Guide, Intervention, MOST_CHANGES, NotAPlan, Object, Order, Path, Plan, Schedule, Sight, Step,
    What,
};
pub(crate) use source_events::{
    Access, accessed, arrived, bell_set, drained, entrusted, found_empty, held_until_now, locked, registered, reported,
    signalled, turned, used,
};
pub(crate) use sources::{Source, holds, released};
pub(crate) use waiters::LockByte;

use self::core::{Core, Named};
use self::future_cell::Detached;
use self::tasks::Tasks;
use crate::clock::{Clock, VirtualClock};
use crate::record::Recorder;
use crate::trace::event::End;
use crate::trace::ids::{MachineId, TaskId};
use std::future::Future;
use std::rc::Rc;

/// The executor. `Executor<()>` records nothing; with a [`TraceRecorder`](crate::record::TraceRecorder) every event is recorded
/// by the same code. It keeps the budget of its recorder.
///
/// ```
/// use pollscope::executor::Executor;
/// use pollscope::prelude::sleep;
///
/// let executor = Executor::new(());
/// let answer = executor.spawn("answer", async {
///     sleep(30).await;
///     42
/// });
/// executor.run();
/// assert!(answer.is_finished());
/// assert_eq!(executor.now(), 30);
/// ```
pub struct Executor<R: Recorder = (), P: Policy = Fifo> {
    core: Rc<Core<R, P>>,
    /// The core's, one step nearer.
    tasks: Rc<Tasks>,
}

impl<R: Recorder> Executor<R> {
    /// An executor under a virtual clock that stands at 0.
    pub fn new(recorder: R) -> Self {
        Self::with_clock(recorder, Rc::new(VirtualClock::default()))
    }

    /// An executor under any clock.
    pub fn with_clock(recorder: R, clock: Rc<dyn Clock>) -> Self {
        Self::with_policy(recorder, clock, Fifo)
    }
}

impl<R: Recorder, P: Policy> Executor<R, P> {
    /// An executor that polls the task that its policy chooses.
    pub fn with_policy(recorder: R, clock: Rc<dyn Clock>, policy: P) -> Self {
        let core = Core::new(recorder, clock, policy);
        Executor { tasks: core.tasks.clone(), core }
    }

    /// What it records to.
    pub fn recorder(&self) -> &R {
        &self.core.recorder
    }

    /// What chooses the next task.
    pub fn policy(&self) -> &P {
        &self.core.policy
    }

    /// The time, in the clock's unit.
    pub fn now(&self) -> u64 {
        self.core.now()
    }

    /// Spawns a future: it stands at the back of the ready queue when this returns.
    pub fn spawn<F>(&self, name: &str, future: F) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
    {
        core::spawn_on(&*self.core, &Named::only(name), future)
    }

    /// Spawns a future that nothing waits for. It cannot be cancelled either, and costs no memory but its own and that of a
    /// header of three words: no allocation, as long as there is room in a page of tasks of its type.
    #[inline]
    pub fn spawn_detached<F>(&self, name: &str, future: F)
    where
        F: Future<Output = ()> + 'static,
    {
        let cell = Detached::new(future);
        if R::ON { self.core.spawn_recorded(name, cell) } else { self.tasks.insert_bare(cell) }
    }

    /// Spawns a future whose states are known: its bytes are recorded at every change. A hand-written future
    /// says by `observe` in which state it is; for an `async fn` the await that it waits at says so.
    pub fn spawn_machine<F>(
        &self,
        name: &str,
        machine: MachineId,
        observe: Option<Observe<F>>,
        future: F,
    ) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
    {
        core::spawn_on(&*self.core, &Named { name, machine, observe }, future)
    }

    /// Cancels a task: its future is dropped now, or, if it is being polled, after this poll, unless that is its last. A task
    /// that joins a cancelled one panics. Returns whether there was something to cancel: after a panic there is not.
    pub fn cancel(&self, task: TaskId) -> bool {
        self.core.cancel(task)
    }

    /// Opens a lane for a chain of callbacks.
    pub fn open_lane(&self, name: &str) -> TaskId {
        self.core.open_lane(name)
    }

    /// Calls `callback` on a lane, now, unless the run has ended; what it registers in turn is called on the same lane.
    pub fn call(&self, lane: TaskId, callback: impl FnOnce() + 'static) {
        self.core.call_now(lane, Box::new(callback));
    }

    /// One poll, after the timers that are due have fired: the task polled, or none if nothing is ready.
    ///
    /// # Panics
    /// From inside of a task of this executor.
    pub fn step(&self) -> Option<TaskId> {
        self.core.step()
    }

    /// Runs until nothing is ready and no timer is set, or the recorder's budget is used up, or a task has
    /// panicked; the end is recorded.
    ///
    /// # Panics
    /// From inside of a task of this executor.
    pub fn run(&self) -> End {
        match self.core.drive(Until::Quiescent, u32::MAX) {
            Progress::Ended(end) => end,
            Progress::Reached | Progress::Paused => unreachable!("without a time to reach, a run only ends"),
        }
    }

    /// Runs `main` as a task until it is done; then the tasks that are left are dropped, in spawn order, and the run
    /// is over.
    ///
    /// # Errors
    /// How the run ended, if it did before `main` was done, if `main` was cancelled, or if the drops of the tasks that were
    /// left spawned tasks without end.
    ///
    /// # Panics
    /// From inside of a task of this executor.
    pub fn block_on<F>(&self, main: F) -> Result<F::Output, End>
    where
        F: Future + 'static,
    {
        self.block_on_handle(self.spawn("main", main))
    }

    /// The same, of a `main` whose states are known: see [`spawn_machine`](Self::spawn_machine).
    ///
    /// # Errors
    /// As [`block_on`](Self::block_on).
    ///
    /// # Panics
    /// From inside of a task of this executor.
    pub fn block_on_machine<F>(
        &self,
        machine: MachineId,
        observe: Option<Observe<F>>,
        main: F,
    ) -> Result<F::Output, End>
    where
        F: Future + 'static,
    {
        self.block_on_handle(self.spawn_machine("main", machine, observe, main))
    }

    fn block_on_handle<T>(&self, handle: JoinHandle<T>) -> Result<T, End> {
        match self.core.drive(Until::Done(handle.id()), u32::MAX) {
            Progress::Ended(end) => Err(end),
            Progress::Reached | Progress::Paused => match self.core.shut_down() {
                End::Completed => handle.into_value().ok_or(End::Completed),
                end => Err(end),
            },
        }
    }

    /// Runs until `until`, or for `polls` polls (and calls), whichever comes first.
    ///
    /// # Panics
    /// From inside of a task of this executor.
    pub fn drive(&self, until: Until, polls: u32) -> Progress {
        self.core.drive(until, polls)
    }

    /// Limits the polls from now on, and the time in the clock's unit, of all runs together, in place of the budget of the
    /// recorder; the highest numbers are no limit.
    pub fn limit(&self, polls: u32, time: u64) {
        self.core.limit(polls, time);
    }

    /// Hands the driving to an event loop: `host` is notified when there is something to do.
    pub fn attach(&self, host: Rc<dyn Host>) {
        self.core.attach(Some(host));
    }

    /// Takes the driving back from an event loop.
    pub fn detach(&self) {
        self.core.attach(None);
    }

    /// Fires the timers that are due, or will be within `slack` of the clock's unit: for an event loop, whose
    /// timeouts may come a little before the clock says so.
    ///
    /// # Panics
    /// From inside of a task of this executor.
    pub fn fire_timers(&self, slack: u64) {
        self.core.fire_timers(slack);
    }

    /// The earliest deadline of a timer that is set, in the clock's unit.
    pub fn next_deadline(&self) -> Option<u64> {
        self.core.next_deadline()
    }

    /// Calls `f` with the executor's clock and recorder in reach of the prelude, outside of every task.
    pub fn inside<T>(&self, f: impl FnOnce() -> T) -> T {
        self.core.inside(f)
    }

    /// For a run that is over because nothing can wake a task any more: drops its tasks, so that the recorder learns whose
    /// future held a sender of which channel, and kept whose waker. Nothing of it is recorded as an event.
    pub fn reveal_owners(&self) {
        let is_cut = |end| matches!(end, End::Polls(_) | End::Events(_) | End::Memory(_) | End::Time(_));
        if self.core.end.get().is_some_and(|end| matches!(end, End::Deadlock(_)) || is_cut(end)) {
            self.core.reveal();
        }
    }

    /// Tasks that are not done.
    pub fn alive(&self) -> usize {
        self.core.tasks.alive()
    }

    /// Bytes of memory that tasks take: those that are alive, those that ended and are kept by their wakers, and what is kept
    /// for tasks to come.
    pub fn memory(&self) -> usize {
        self.tasks.bytes()
    }

    /// Polls, and calls of callbacks, so far.
    pub fn polls(&self) -> u64 {
        self.core.polls.get()
    }
}

impl<R: Recorder, P: Policy> Drop for Executor<R, P> {
    /// The last handle drops the tasks that are left, in spawn order, and those that their drops spawn, up to a limit; what is
    /// left then is forgotten. (A task that owns a handle to its own executor keeps both alive.)
    fn drop(&mut self) {
        if Rc::strong_count(&self.core) == 1 && !self.core.forgotten.get() {
            self.core.inside(|| self.core.drop_tasks());
        }
    }
}

impl<R: Recorder, P: Policy> Clone for Executor<R, P> {
    /// Another handle to the same executor.
    fn clone(&self) -> Self {
        Executor { core: self.core.clone(), tasks: self.tasks.clone() }
    }
}
