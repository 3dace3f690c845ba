//! Futures and drops within each other, deeper than the stack: a recorded run ends with a sentence, and not the process.

use super::support::{Recorded, reporting, text};
use pollscope::prelude::{Future, Pin, yield_now};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

const SENTENCE: &str = "futures are polled or dropped within each other too deep for the stack";

fn deeper() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        yield_now().await;
        deeper().await;
    })
}

#[test]
fn after_a_panic_of_a_chain_of_futures_the_reason_is_recorded() {
    let executor = reporting();
    drop(executor.spawn("goes deeper", deeper()));
    assert!(catch_unwind(AssertUnwindSafe(|| executor.run())).is_err());
    let text = text(&executor.recorder().finish());
    assert!(text.ends_with(&format!("task 1 panic: {SENTENCE}\n0  task 1 panicked\n0  end: Panicked\n")), "{text}");
    // Its drop would go as deep.
    drop(executor);
}

/// Ends the next task when it is dropped.
struct EndsNext(Recorded, Rc<RefCell<Vec<pollscope::trace::ids::TaskId>>>);

impl Drop for EndsNext {
    fn drop(&mut self) {
        let next = self.1.borrow_mut().pop();
        if let Some(next) = next {
            // Each takes its share of the stack.
            let share = std::hint::black_box([0_u8; 8 << 10]);
            self.0.cancel(next);
            std::hint::black_box(share);
        }
    }
}

#[test]
fn after_a_panic_of_a_chain_of_drops_the_reason_is_recorded() {
    let executor = reporting();
    let ids = Rc::new(RefCell::new(Vec::new()));
    for _ in 0..1_000 {
        let ends = EndsNext(executor.clone(), ids.clone());
        let handle = executor.spawn("ends the next", async move {
            std::future::pending::<()>().await;
            drop(ends);
        });
        ids.borrow_mut().push(handle.id());
    }
    let (first, e) = (ids.borrow_mut().pop().expect("there are many"), executor.clone());
    drop(executor.spawn("begins", async move {
        e.cancel(first);
    }));
    assert!(catch_unwind(AssertUnwindSafe(|| executor.run())).is_err());
    let text = text(&executor.recorder().finish());
    assert!(text.contains(&format!("panic: {SENTENCE}\n")), "{}", text.lines().last().unwrap_or_default());
}
