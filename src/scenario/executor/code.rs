//! Tasks in the ready queue, and what puts them
//! there.

use super::after_ready::after_ready;
use super::small::small;
use super::{ExecutorParams, Last};
use crate::prelude::*;
use std::cell::{Cell, RefCell};

pub async fn main(form: ExecutorParams) {
    let (children, turns) =
        (form.children, form.turns);
    let door = Rc::new(Door::default());
    run(sleeper(door.clone()));
    run(nudger(door, form.nudges));

    let handles: Vec<JoinHandle<u32>> =
        (1..=children)
            .map(|n| spawn(child(n, turns)))
            .collect();

    for handle in handles {
        // Pending leaves the waker with the
        // child, whose end wakes this task.
        let n = handle.await;
        log!("main has the value of child {n}");
    }

    match form.last {
        Last::Nothing => (),
        Last::AfterReady => {
            run(after_ready(false))
        }
        Last::Panic => run(after_ready(true)),
        Last::Small => {
            run(small(children, turns))
        }
    }
}

/// Without its handle a task runs all the same.
fn run<F>(task: F)
where
    F: Future<Output = ()> + 'static,
{
    drop(spawn(task));
}

/// To give way is to be woken by oneself in
/// one's poll, and queued behind those who are
/// ready.
async fn child(n: u32, turns: u32) -> u32 {
    for _ in 0..turns {
        yield_now().await;
    }
    n
}

/// One sleeps until it is open; one opens it.
#[derive(Default)]
struct Door {
    open: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

struct Opened(Rc<Door>);

impl Future for Opened {
    type Output = ();

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        if self.0.open.get() {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        self.0.waker.replace(Some(waker));
        Poll::Pending
    }
}

async fn sleeper(door: Rc<Door>) {
    watched("Opened", Opened(door)).await;
}

/// It uses a waker more often than it needs.
async fn nudger(door: Rc<Door>, nudges: u32) {
    sleep(10).await;
    door.open.set(true);
    let Some(waker) = door.waker.take() else {
        return;
    };
    for _ in 0..nudges {
        // All of them together make one poll.
        waker.wake_by_ref();
    }
    sleep(10).await;
    // The sleeper is done: this one makes none.
    waker.wake();
}
