//! An executor that is obviously right: a queue of numbers, a state for each task, and nothing clever.

use crate::changes::{Changing, Known};
use crate::program::{Exec, Handle, Task};
use pollscope::executor::{Policy, Run};
use pollscope::trace::Event;
use pollscope::trace::ids::{TaskId, TimerId};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    Queued,
    Running { woken: bool, cancelled: bool },
    Done,
}

#[derive(Default)]
struct Line {
    states: Vec<State>,
    queue: VecDeque<usize>,
}

struct Wakes(usize, Arc<Mutex<Line>>);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        let mut line = self.1.lock().expect("nobody panics");
        match &mut line.states[self.0] {
            State::Running { woken, .. } => *woken = true,
            state @ State::Idle => {
                *state = State::Queued;
                line.queue.push_back(self.0);
            }
            State::Queued | State::Done => {}
        }
    }
}

#[derive(Default)]
struct Inner {
    line: Arc<Mutex<Line>>,
    tasks: RefCell<Vec<Option<Task>>>,
    joins: RefCell<BTreeMap<usize, Rc<Join>>>,
    timers: RefCell<BTreeMap<(u64, u64), Waker>>,
    timers_set: Cell<u64>,
    now: Cell<u64>,
    polls: Cell<u64>,
    ended: Cell<bool>,
    gone: Cell<bool>,
    known: Known,
    changes: Option<Changing>,
}

pub(crate) struct Textbook(Rc<Inner>);

impl Textbook {
    pub(crate) fn new() -> Self {
        Textbook(Rc::default())
    }

    /// One whose runs are changed. Adds the tasks that can be named to `known`.
    pub(crate) fn changed(changes: Changing, known: Known) -> Self {
        Textbook(Rc::new(Inner { changes: Some(changes), known, ..Inner::default() }))
    }
}

impl Inner {
    fn state(&self, task: usize) -> State {
        self.line.lock().expect("nobody panics").states[task]
    }

    fn set(&self, task: usize, state: State) {
        self.line.lock().expect("nobody panics").states[task] = state;
    }

    fn fire(&self, until: u64) {
        while !self.ended.get() {
            let due = self.timers.borrow_mut().first_entry().filter(|t| t.key().0 <= until).map(|t| t.remove());
            let Some(waker) = due else { break };
            waker.wake();
        }
    }

    /// Timers fire, then the first in the queue is polled, if there is one.
    fn poll_one(&self) -> bool {
        self.fire(self.now.get());
        if self.ended.get() {
            return false;
        }
        let Some(task) = self.take_next() else { return false };
        self.polls.set(self.polls.get() + 1);
        self.set(task, State::Running { woken: false, cancelled: false });
        let mut future = self.tasks.borrow_mut()[task].take().expect("it is not done");
        let waker = Waker::from(Arc::new(Wakes(task, self.line.clone())));
        let is_ready = Pin::new(&mut future).poll(&mut Context::from_waker(&waker)).is_ready();
        let State::Running { woken, cancelled } = self.state(task) else { unreachable!("it is running") };
        self.tasks.borrow_mut()[task] = Some(future);
        if is_ready || cancelled {
            self.end(task);
        } else {
            self.set(task, State::Idle);
            if woken {
                waker.wake();
            }
        }
        true
    }

    /// Whose turn it is; the others stay in line.
    fn take_next(&self) -> Option<usize> {
        let line = &mut *self.line.lock().expect("nobody panics");
        // Who was cancelled in line is there still.
        line.queue.retain(|&task| line.states[task] == State::Queued);
        let place = match &self.changes {
            Some(changes) if line.queue.len() > 1 => changes.pick(line.queue.len(), &|place| number(line.queue[place])),
            _ => 0,
        };
        line.queue.remove(place)
    }

    /// Changes the run, if something is to be changed now.
    fn change(&self) -> bool {
        self.changes.as_ref().is_some_and(|changes| changes.between(self))
    }

    fn end(&self, task: usize) {
        self.set(task, State::Done);
        let future = self.tasks.borrow_mut()[task].take();
        drop(future);
        let join = self.joins.borrow_mut().remove(&task);
        if let Some(join) = join {
            join.done.set(true);
            let waker = join.waker.take();
            waker.into_iter().for_each(Waker::wake);
        }
    }

    fn run(&self, until: u64) {
        while !self.ended.get() {
            if self.now.get() >= until {
                return self.fire(until);
            }
            self.fire(self.now.get());
            if self.change() {
                continue;
            }
            if !self.poll_one() {
                let next = self.timers.borrow().keys().next().map(|&(deadline, _)| deadline);
                if next.is_none() && until == u64::MAX {
                    self.ended.set(true);
                    break;
                }
                self.now.set(next.map_or(until, |next| next.min(until)));
            }
        }
    }
}

/// Tasks are counted from 1.
fn number(task: usize) -> TaskId {
    TaskId(task as u32 + 1)
}

/// What may be changed between two polls.
impl Run for Inner {
    fn events(&self) -> usize {
        0
    }

    fn read(&self, _from: usize, _see: &mut dyn FnMut(usize, Event)) {}

    fn ready(&self, _list: &mut Vec<TaskId>) {}

    fn wake(&self, task: TaskId) -> bool {
        let task = task.0 as usize - 1;
        let is_alive = self.state(task) != State::Done;
        Arc::new(Wakes(task, self.line.clone())).wake();
        is_alive
    }

    fn cancel(&self, task: TaskId) -> bool {
        let task = task.0 as usize - 1;
        match self.state(task) {
            _ if self.gone.get() => return false,
            State::Done | State::Running { cancelled: true, .. } => return false,
            State::Running { woken, .. } => self.set(task, State::Running { woken, cancelled: true }),
            State::Idle | State::Queued => self.end(task),
        }
        true
    }

    fn fire(&self, timer: TimerId) -> bool {
        let key = self.timers.borrow().keys().copied().find(|&(_, nth)| nth == u64::from(timer.0));
        let waker = key.and_then(|key| self.timers.borrow_mut().remove(&key));
        waker.map(Waker::wake).is_some()
    }

    fn prefer(&self, task: TaskId) -> bool {
        self.state(task.0 as usize - 1) == State::Queued
    }

    fn stop(&self) {
        self.ended.set(true);
    }
}

impl Exec for Textbook {
    fn spawn(&self, task: Task, named: bool) -> Option<Box<dyn Handle>> {
        let number = self.0.tasks.borrow().len();
        self.0.tasks.borrow_mut().push(Some(task));
        let mut line = self.0.line.lock().expect("nobody panics");
        line.states.push(State::Queued);
        line.queue.push_back(number);
        let join = Rc::<Join>::default();
        self.0.joins.borrow_mut().insert(number, join.clone());
        if named {
            self.0.known.borrow_mut().push(self::number(number));
        }
        named.then(|| Box::new(Joins(join)) as Box<dyn Handle>)
    }

    fn cancel(&self, task: u32) -> bool {
        self.0.cancel(TaskId(task))
    }

    fn sleep(&self, ms: u32) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(Sleeps { ms, timer: None, on: self.0.clone() })
    }

    fn compute(&self, ms: u32) {
        self.0.now.set(self.0.now.get() + u64::from(ms));
    }

    fn step(&self) {
        self.0.poll_one();
    }

    fn idle(&self, polls: u32) {
        let mut left = polls;
        while !self.0.ended.get() {
            self.0.fire(self.0.now.get());
            if left == 0 {
                break;
            }
            if self.0.change() {
                continue;
            }
            if !self.0.poll_one() {
                break;
            }
            left -= 1;
        }
    }

    fn until(&self, time: u64) {
        self.0.run(time);
    }

    fn run(&self) {
        self.0.run(u64::MAX);
    }

    fn look(&self) -> Option<(u64, usize, u64)> {
        let states = &self.0.line.lock().expect("nobody panics").states;
        let alive = states.iter().filter(|&&state| state != State::Done).count();
        (!self.0.gone.get()).then(|| (self.0.now.get(), alive, self.0.polls.get()))
    }

    fn leave(&self) {
        self.0.gone.set(true);
        self.0.ended.set(true);
        loop {
            let first = self.0.line.lock().expect("nobody panics").states.iter().position(|&s| s != State::Done);
            let Some(task) = first else { break };
            self.0.end(task);
        }
    }
}

#[derive(Default)]
struct Join {
    done: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

struct Joins(Rc<Join>);

impl Handle for Joins {
    fn is_finished(&self) -> bool {
        self.0.done.get()
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        *self.0.waker.borrow_mut() = Some(cx.waker().clone());
        if self.0.done.get() { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Joins {
    fn drop(&mut self) {
        self.0.waker.take();
    }
}

/// Ready once its timer has fired, which it sets when it is polled first.
struct Sleeps {
    ms: u32,
    timer: Option<(u64, u64)>,
    on: Rc<Inner>,
}

impl Future for Sleeps {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        match this.timer {
            None => {
                this.on.timers_set.set(this.on.timers_set.get() + 1);
                let timer = (this.on.now.get() + u64::from(this.ms), this.on.timers_set.get());
                this.on.timers.borrow_mut().insert(timer, cx.waker().clone());
                this.timer = Some(timer);
                Poll::Pending
            }
            Some(timer) if this.on.timers.borrow().contains_key(&timer) => Poll::Pending,
            Some(_) => Poll::Ready(()),
        }
    }
}

impl Drop for Sleeps {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            self.on.timers.borrow_mut().remove(&timer);
        }
    }
}
