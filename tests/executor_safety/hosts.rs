//! Event loops that drive: called for what is ready exactly when nobody drives, and then they may do what they like.

use crate::support::{Gate, Log, WAYS, Way, both, pause};
use pollscope::executor::{Executor, Host, Progress, Until};
use pollscope::prelude::{sleep, yield_now};
use pollscope::record::Recorder;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

both!(
    host_is_notified_of_spawns_and_wakes_while_nobody_drives,
    host_is_notified_of_timers,
    host_drives_when_it_is_notified,
    host_drops_the_executor_when_it_is_notified,
    host_that_leaves_is_notified_no_more,
);

/// Counts how it is called.
#[derive(Default)]
struct Counted {
    ready: Cell<u32>,
    timers: RefCell<Vec<u32>>,
}

impl Host for Counted {
    fn ready(&self) {
        self.ready.set(self.ready.get() + 1);
    }

    fn timer(&self, ms: u32) {
        self.timers.borrow_mut().push(ms);
    }
}

fn host_is_notified_of_spawns_and_wakes_while_nobody_drives<R: Recorder>(executor: Executor<R>) {
    let host = Rc::new(Counted::default());
    // A page of that kind is there already, with room.
    let spawn_waiting = |way: Way, gate: &Gate| way.spawn(&executor, gate.clone());
    for way in WAYS {
        let gate = Gate::default();
        gate.unlock();
        spawn_waiting(way, &gate);
    }
    executor.drive(Until::Idle, u32::MAX);
    executor.attach(host.clone());
    for way in WAYS {
        host.ready.set(0);
        let gates = [Gate::default(), Gate::default(), Gate::default()];
        for (n, gate) in (1..).zip(&gates) {
            spawn_waiting(way, gate);
            assert_eq!(host.ready.get(), n, "{way:?}: called for each spawn");
        }
        assert_eq!(executor.drive(Until::Idle, u32::MAX), Progress::Reached);
        assert_eq!(host.ready.get(), 3, "{way:?}: not of what happens while somebody drives");
        gates[0].waker().wake_by_ref();
        gates[0].waker().wake();
        assert_eq!(host.ready.get(), 4, "{way:?}: once until it is polled");
        gates[1].open();
        assert_eq!(host.ready.get(), 5);
        let late = gates[1].clone();
        let other = gates[2].clone();
        way.spawn(&executor, async move {
            other.waker().wake();
            pause(|waker| waker.wake_by_ref()).await;
        });
        assert_eq!(host.ready.get(), 6);
        executor.drive(Until::Idle, u32::MAX);
        late.unlock();
        gates[0].open();
        gates[2].open();
        assert_eq!(host.ready.get(), 8);
        executor.drive(Until::Idle, u32::MAX);
        assert_eq!((host.ready.get(), executor.alive()), (8, 0), "{way:?}");
    }
}

fn host_is_notified_of_timers<R: Recorder>(executor: Executor<R>) {
    let host = Rc::new(Counted::default());
    executor.attach(host.clone());
    executor.spawn_detached("sleeps", async {
        sleep(10).await;
        sleep(20).await;
    });
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!(*host.timers.borrow(), [10]);
    // An event loop has its own timeouts, which may come a little early.
    executor.fire_timers(9);
    assert_eq!(executor.step(), None);
    executor.fire_timers(10);
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!(*host.timers.borrow(), [10, 20]);
    executor.fire_timers(20);
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!(executor.alive(), 0);
}

/// Does something, once, when it is called because something is ready.
struct Once(RefCell<Option<Box<dyn FnOnce()>>>);

impl Once {
    fn new(f: impl FnOnce() + 'static) -> Rc<Self> {
        Rc::new(Once(RefCell::new(Some(Box::new(f)))))
    }
}

impl Host for Once {
    fn ready(&self) {
        let f = self.0.take();
        if let Some(f) = f {
            f();
        }
    }

    fn timer(&self, _ms: u32) {}
}

fn host_drives_when_it_is_notified<R: Recorder>(executor: Executor<R>) {
    for way in WAYS {
        let gate = Gate::default();
        let (g, log) = (gate.clone(), Log::default());
        let l = log.clone();
        way.spawn(&executor, async move {
            g.await;
            l.note(1);
        });
        executor.drive(Until::Idle, u32::MAX);
        // Within the wake the task is polled, done and its slot taken by another.
        let e = executor.clone();
        executor.attach(Once::new(move || {
            e.drive(Until::Idle, u32::MAX);
            way.spawn(&e, yield_now());
            e.drive(Until::Idle, u32::MAX);
        }));
        gate.open();
        executor.detach();
        assert_eq!((log.take(), executor.alive()), (vec![1], 0), "{way:?}");
    }
}

fn host_drops_the_executor_when_it_is_notified<R: Recorder>(executor: Executor<R>) {
    let (gate, other) = (Gate::default(), Gate::default());
    executor.spawn_detached("waits", gate.clone());
    drop(executor.spawn("waits", other.clone()));
    executor.drive(Until::Idle, u32::MAX);
    let last = Rc::new(RefCell::new(None));
    let kept = last.clone();
    executor.attach(Once::new(move || drop(kept.take())));
    *last.borrow_mut() = Some(executor);
    other.waker().wake_by_ref();
    assert!(last.borrow().is_none(), "it was called");
    gate.waker().wake();
    other.open();
    drop(gate.take());
}

fn host_that_leaves_is_notified_no_more<R: Recorder>(executor: Executor<R>) {
    let (one, other) = (Rc::new(Counted::default()), Rc::new(Counted::default()));
    executor.attach(one.clone());
    executor.spawn_detached("one", async {});
    executor.attach(other.clone());
    executor.spawn_detached("two", async {});
    executor.detach();
    executor.spawn_detached("three", sleep(5));
    executor.drive(Until::Quiescent, u32::MAX);
    assert_eq!((one.ready.get(), other.ready.get(), executor.now()), (1, 1, 5));
    assert_eq!((Rc::strong_count(&one), Rc::strong_count(&other)), (1, 1));
}
