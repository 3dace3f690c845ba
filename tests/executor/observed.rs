//! Futures that say something of themselves after each poll.

use super::support::{recorded, text};
use expect_test::expect;
use pollscope::prelude::{Future, log};
use pollscope::record::{MachineDef, Observation, StateDef};
use std::pin::Pin;
use std::task::{Context, Poll};

struct Steps(u16);

impl Future for Steps {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0 += 1;
        cx.waker().wake_by_ref();
        if self.0 < 2 { Poll::Pending } else { Poll::Ready(()) }
    }
}

fn observe(steps: &Steps) -> Observation {
    log!("it is in state {}", steps.0);
    Observation { state: steps.0, ..Observation::default() }
}

#[test]
fn future_may_log_while_it_is_observed() {
    let executor = recorded();
    let states = (0..3).map(|n| StateDef { name: format!("{n}"), site: None }).collect();
    let machine = executor.recorder().machine(&MachineDef { name: "Steps", file: "observed.rs", states });
    drop(executor.spawn_machine("steps", machine, Some(observe), Steps(0)));
    executor.run();
    expect![[r#"
        0  task 1 spawned by driver: steps
        0  task 1 enqueued
        0  task 1 poll 1
        0  task 1 woken by itself, during its poll
        0  task 1 log: it is in state 1
        0  task 1 state 0 -> 1
        0  task 1 Pending
        0  task 1 enqueued
        0  task 1 poll 2
        0  task 1 woken by itself, during its poll
        0  task 1 log: it is in state 2
        0  task 1 state 1 -> 2
        0  task 1 Ready
        0  task 1 dropped: Completed
        0  end
    "#]]
    .assert_eq(&text(&executor.recorder().finish()));
}
