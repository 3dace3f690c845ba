//! Programs: scripts for tasks, and what is done between their polls; and the world in which they run.

use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Wakers are put in one of so many places.
const PLACES: usize = 4;

/// No more tasks than that: scripts spawn scripts.
const TASKS: u32 = if cfg!(miri) { 12 } else { 60 };

/// What can be done anywhere: in a poll, in a drop, from outside.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Wake { place: usize, by_value: bool },
    CloneWaker { from: usize, to: usize },
    DropWaker(usize),
    Spawn { script: usize, named: bool },
    Cancel(usize),
    DropHandle(usize),
}

/// What a script does in a poll. What waits ends the poll.
#[derive(Clone, Debug)]
enum Op {
    Act(Act),
    Log(u32),
    Compute(u32),
    /// Leaves a waker, and goes on.
    Leave(usize),
    /// Leaves a waker, and is polled again at any wake.
    Wait(usize),
    Yield,
    Sleep(u32),
    /// Waits for the end of a named task.
    Join(usize),
}

/// What a task does, and what its drop does.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    ops: Vec<Op>,
    drops: Vec<Act>,
}

/// What is done between polls.
#[derive(Clone, Debug)]
pub(crate) enum Outside {
    Act(Act),
    Step,
    Idle(u32),
    Until(u64),
    Run,
    DropExecutor,
}

impl Act {
    fn any() -> impl Strategy<Value = Act> {
        prop_oneof![
            4 => (0..PLACES, any::<bool>()).prop_map(|(place, by_value)| Act::Wake { place, by_value }),
            1 => (0..PLACES, 0..PLACES).prop_map(|(from, to)| Act::CloneWaker { from, to }),
            1 => (0..PLACES).prop_map(Act::DropWaker),
            3 => (0..5usize, any::<bool>()).prop_map(|(script, named)| Act::Spawn { script, named }),
            2 => (0..8usize).prop_map(Act::Cancel),
            1 => (0..8usize).prop_map(Act::DropHandle),
        ]
    }
}

impl Script {
    pub(crate) fn any() -> impl Strategy<Value = Script> {
        let op = prop_oneof![
            8 => Act::any().prop_map(Op::Act),
            2 => (0..100u32).prop_map(Op::Log),
            1 => (0..5u32).prop_map(Op::Compute),
            1 => (0..PLACES).prop_map(Op::Leave),
            4 => (0..PLACES).prop_map(Op::Wait),
            3 => Just(Op::Yield),
            3 => (0..5u32).prop_map(Op::Sleep),
            4 => (0..8usize).prop_map(Op::Join),
        ];
        (prop::collection::vec(op, 0..10), prop::collection::vec(Act::any(), 0..3))
            .prop_map(|(ops, drops)| Script { ops, drops })
    }
}

impl Outside {
    pub(crate) fn any() -> impl Strategy<Value = Outside> {
        prop_oneof![
            40 => Act::any().prop_map(Outside::Act),
            20 => Just(Outside::Step),
            20 => (0..6u32).prop_map(Outside::Idle),
            15 => (0..6u64).prop_map(Outside::Until),
            1 => Just(Outside::Run),
            1 => Just(Outside::DropExecutor),
        ]
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Polled(u32),
    Dropped(u32),
    Logged(u32, u32),
    Cancelled(u32, bool),
    /// Whether it had come to its own end.
    Joined(u32, bool),
    /// From outside: the time, tasks alive, polls.
    Looked(u64, usize, u64),
}

/// The end of a task, for another.
pub(crate) trait Handle {
    fn is_finished(&self) -> bool;
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()>;
}

/// What an executor is to a program. It numbers tasks from 1.
pub(crate) trait Exec {
    fn spawn(&self, task: Task, named: bool) -> Option<Box<dyn Handle>>;
    fn cancel(&self, task: u32) -> bool;
    fn sleep(&self, ms: u32) -> Pin<Box<dyn Future<Output = ()>>>;
    fn compute(&self, ms: u32);
    fn step(&self);
    fn idle(&self, polls: u32);
    fn until(&self, time: u64);
    fn run(&self);
    /// Time, tasks alive, polls; none once it is gone.
    fn look(&self) -> Option<(u64, usize, u64)>;
    /// It goes, and what is left with it.
    fn leave(&self);
}

/// A task that others know by its number, and its handle until somebody takes it.
struct Named {
    task: u32,
    handle: Option<Box<dyn Handle>>,
}

struct World {
    exec: Box<dyn Exec>,
    scripts: Vec<Script>,
    log: RefCell<Vec<Entry>>,
    wakers: [RefCell<Option<Waker>>; PLACES],
    named: RefCell<Vec<Named>>,
    /// Those who came to their own end.
    ready: RefCell<HashSet<u32>>,
    spawned: Cell<u32>,
}

/// Runs a program, and gives what happened.
pub(crate) fn run(exec: impl Exec + 'static, scripts: &[Script], outside: &[Outside]) -> Vec<Entry> {
    let world = Rc::new(World {
        exec: Box::new(exec),
        scripts: scripts.to_vec(),
        log: RefCell::default(),
        wakers: Default::default(),
        named: RefCell::default(),
        ready: RefCell::default(),
        spawned: Cell::new(0),
    });
    world.spawn(0, true);
    for one in outside {
        let look = world.exec.look();
        match one {
            // Nobody is left to spawn on.
            Outside::Act(Act::Spawn { .. }) if look.is_none() => {}
            Outside::Act(act) => world.act(act),
            Outside::Step => world.exec.step(),
            Outside::Idle(polls) => world.exec.idle(*polls),
            Outside::Until(by) => world.exec.until(look.map_or(0, |(now, ..)| now) + by),
            Outside::Run => world.exec.run(),
            Outside::DropExecutor => world.exec.leave(),
        }
        if let Some((now, alive, polls)) = world.exec.look() {
            world.note(Entry::Looked(now, alive, polls));
        }
    }
    world.exec.leave();
    // Wakers that are left wake nobody.
    world.wakers.iter().filter_map(RefCell::take).for_each(Waker::wake);
    drop(world.named.take());
    world.log.take()
}

impl World {
    fn note(&self, entry: Entry) {
        self.log.borrow_mut().push(entry);
    }

    fn put(&self, place: usize, waker: Option<Waker>) {
        let stale = self.wakers[place].replace(waker);
        drop(stale);
    }

    fn waker(&self, place: usize) -> Option<Waker> {
        self.wakers[place].borrow().clone()
    }

    fn spawn(self: &Rc<Self>, script: usize, named: bool) {
        if self.spawned.get() == TASKS {
            return;
        }
        let script = script % self.scripts.len();
        let number = self.spawned.get() + 1;
        self.spawned.set(number);
        let task = Task { number, script, at: 0, waits: None, world: self.clone() };
        let handle = self.exec.spawn(task, named);
        if named {
            self.named.borrow_mut().push(Named { task: number, handle });
        }
    }

    /// The task that a number names, however large.
    fn named<T>(&self, i: usize, f: impl FnOnce(&mut Named) -> T) -> Option<T> {
        let mut named = self.named.borrow_mut();
        let count = named.len();
        named.get_mut(i % count.max(1)).map(f)
    }

    fn act(self: &Rc<Self>, act: &Act) {
        match *act {
            Act::Wake { place, by_value } => {
                if let Some(waker) = if by_value { self.wakers[place].take() } else { self.waker(place) } {
                    if by_value { waker.wake() } else { waker.wake_by_ref() }
                }
            }
            Act::CloneWaker { from, to } => self.put(to, self.waker(from)),
            Act::DropWaker(place) => self.put(place, None),
            Act::Spawn { script, named } => self.spawn(script, named),
            Act::Cancel(i) => {
                if let Some(task) = self.named(i, |named| named.task) {
                    let cancelled = self.exec.cancel(task);
                    self.note(Entry::Cancelled(task, cancelled));
                }
            }
            Act::DropHandle(i) => drop(self.named(i, |named| named.handle.take())),
        }
    }
}

/// A task that follows a script.
pub(crate) struct Task {
    pub(crate) number: u32,
    script: usize,
    at: usize,
    waits: Option<Waits>,
    world: Rc<World>,
}

enum Waits {
    For(Pin<Box<dyn Future<Output = ()>>>),
    ToJoin(u32, Box<dyn Handle>),
}

impl Task {
    /// Whether what it waits for is there.
    fn goes_on(&mut self, cx: &mut Context<'_>) -> bool {
        let goes_on = match &mut self.waits {
            None => true,
            Some(Waits::For(future)) => future.as_mut().poll(cx).is_ready(),
            Some(Waits::ToJoin(task, handle)) => {
                let was_ready = self.world.ready.borrow().contains(task);
                // Who was cancelled may not be joined.
                let there = handle.is_finished() && !was_ready || handle.poll(cx).is_ready();
                if there {
                    self.world.note(Entry::Joined(*task, was_ready));
                }
                there
            }
        };
        if goes_on {
            self.waits = None;
        }
        goes_on
    }
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let world = self.world.clone();
        world.note(Entry::Polled(self.number));
        while self.goes_on(cx) {
            let Some(op) = world.scripts[self.script].ops.get(self.at) else {
                world.ready.borrow_mut().insert(self.number);
                return Poll::Ready(());
            };
            self.at += 1;
            match op {
                Op::Act(act) => world.act(act),
                Op::Log(text) => world.note(Entry::Logged(self.number, *text)),
                Op::Compute(ms) => world.exec.compute(*ms),
                Op::Leave(place) => world.put(*place, Some(cx.waker().clone())),
                Op::Wait(place) => {
                    world.put(*place, Some(cx.waker().clone()));
                    break;
                }
                Op::Yield => {
                    cx.waker().wake_by_ref();
                    break;
                }
                Op::Sleep(ms) => self.waits = Some(Waits::For(world.exec.sleep(*ms))),
                Op::Join(i) => {
                    let handle = world.named(*i, |named| Some((named.task, named.handle.take()?))).flatten();
                    self.waits = handle.map(|(task, handle)| Waits::ToJoin(task, handle));
                }
            }
        }
        Poll::Pending
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let world = self.world.clone();
        world.note(Entry::Dropped(self.number));
        world.scripts[self.script].drops.iter().for_each(|act| world.act(act));
    }
}

/// How often what happened.
#[derive(Default)]
pub(crate) struct Seen([u32; 7]);

impl Seen {
    pub(crate) fn count(&mut self, log: &[Entry]) {
        for entry in log {
            let i = match entry {
                Entry::Polled(_) => 0,
                Entry::Dropped(_) => 1,
                Entry::Logged(..) => 2,
                Entry::Cancelled(_, true) => 3,
                Entry::Cancelled(_, false) => 4,
                Entry::Joined(_, true) => 5,
                Entry::Joined(_, false) => 6,
                Entry::Looked(..) => continue,
            };
            self.0[i] += 1;
        }
    }

    pub(crate) fn check(&self, least: u32) {
        assert!(self.0[..6].iter().all(|&times| times >= least), "{:?}", self.0);
    }
}
