//! The application under `examples/` that runs on our own executor.

use super::{read, said};
use expect_test::expect;

#[path = "../../examples/watch_pollscope.rs"]
mod application;

#[test]
fn our_own_executor_is_watched_like_any_other() {
    expect![[r#"
               driver created napper at tests/watch/../../examples/watch_pollscope.rs:15
               task 1 spawned by driver: napper
               task 1 enqueued
               driver created polite at tests/watch/../../examples/watch_pollscope.rs:21
               task 2 spawned by driver: polite
               task 2 enqueued
               task 1 poll 1
               task 1 created nap at tests/watch/../../examples/watch_pollscope.rs:16
               task 1   > nap at tests/watch/../../examples/watch_pollscope.rs:16
               task 1 waker cloned: 1
               task 1   < nap Pending
               task 1 Pending at tests/watch/../../examples/watch_pollscope.rs:16
               task 2 poll 1
               task 2 created give way at tests/watch/../../examples/watch_pollscope.rs:22
               task 2   > give way at tests/watch/../../examples/watch_pollscope.rs:22
               task 2 woken by itself, during its poll
               task 2   < give way Pending
               task 2 Pending at tests/watch/../../examples/watch_pollscope.rs:22
               task 2 enqueued
               task 2 poll 2
               task 2   > give way at tests/watch/../../examples/watch_pollscope.rs:22
               task 2   < give way Ready
               task 2 Ready
               task 2 dropped: Completed
               task 1 woken by outside
               task 1 enqueued
               task 1 waker dropped: 0
               task 1 poll 2
               task 1   > nap at tests/watch/../../examples/watch_pollscope.rs:16
               task 1   < nap Ready
               task 1 Ready
               task 1 dropped: Completed
               end
    "#]]
    .assert_eq(&said(&read(&application::run())));
}
