//! Reports on real runs, whole, as text and as JSON; and files that are no whole trace.

mod export;
mod programs;

use expect_test::{Expect, expect};
use programs::{healthy, stuck, yielding};
use std::path::PathBuf;
use std::process::{Command, Output};

fn explain(name: &str, bytes: &[u8], options: &[&str]) -> Output {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the folder is there");
    Command::new(env!("CARGO_BIN_EXE_pollscope")).arg("explain").arg(&path).args(options).output().expect("it starts")
}

fn check(name: &str, bytes: &[u8], code: i32, expected: &Expect) {
    let output = explain(name, bytes, &[]);
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    let said = if code == 2 { output.stderr } else { output.stdout };
    let said = String::from_utf8(said).expect("it is text");
    expected.assert_eq(&said.replace(env!("CARGO_TARGET_TMPDIR"), "TMP"));
}

#[test]
fn a_stuck_run_is_explained_with_the_chain_of_events() {
    check(
        "stuck",
        &stuck().write(),
        1,
        &expect![[r#"
            one sleeps, one waits for nothing: 31 events in 5 ms, by pollscope test
            It is stuck: nobody will wake 1 task.

            2 findings

            1. never_polled task 2 Sleep (1)
               at src/cli/tests/explain/programs.rs:36   let _ = sleep(3); // nobody polls it
                 event 13         0 ms  task 2 created Sleep at src/cli/tests/explain/programs.rs:36   t2.p1.create1
                 event 15         0 ms  task 2 discarded Sleep, created at src/cli/tests/explain/programs.rs:36   t2.p1.discard1

            2. no_waker task 2 Pending
               awaited at src/cli/tests/explain/programs.rs:37   pending::<()>().await;
                 event 17         0 ms  task 2   > Pending at src/cli/tests/explain/programs.rs:37   t2.p1.enter1
                 event 18         0 ms  task 2   < Pending Pending   t2.p1.exit1
                 event 19         0 ms  task 2 Pending at src/cli/tests/explain/programs.rs:37   t2.p1.end

            2 tasks

            task 1 sleeper: 2 polls, completed
               waited 5 ms, ready and not polled 0 ms, polled 0 ms
                 0 to 5 ms: task 1 woken by timer 1   at src/cli/tests/explain/programs.rs:32   sleep(5).await;

            task 2 forgetful: 1 poll, there to the end
               waited 5 ms, ready and not polled 0 ms, polled 0 ms
                 from 0 ms on, for ever   at src/cli/tests/explain/programs.rs:37   pending::<()>().await;
        "#]],
    );
}

#[test]
fn nothing_is_found_in_a_healthy_run() {
    check(
        "healthy",
        &healthy().write(),
        0,
        &expect![[r#"
            a run without a title: 20 events in 5 ms, by pollscope test
            It came to its end.

            0 findings

            1 task

            task 1 sleeper: 2 polls, completed
               waited 5 ms, ready and not polled 0 ms, polled 0 ms
                 0 to 5 ms: task 1 woken by timer 1   at src/cli/tests/explain/programs.rs:46   sleep(5).await;
        "#]],
    );
}

#[test]
fn wait_that_is_over_in_the_poll_that_began_it_ends_with_that_poll_s_own_wake() {
    check(
        "yielding",
        &yielding().write(),
        0,
        &expect![[r#"
        a run without a title: 24 events in 0 ms, by pollscope test
        It came to its end.

        0 findings

        1 task

        task 1 polite: 3 polls, completed
           waited 0 ms, ready and not polled 0 ms, polled 0 ms
             0 to 0 ms: task 1 woken by itself, during its poll   at src/cli/tests/explain/programs.rs:55   yield_now().await;
             0 to 0 ms: task 1 woken by itself, during its poll   at src/cli/tests/explain/programs.rs:56   yield_now().await;
    "#]],
    );
}

#[test]
fn json_says_the_same() {
    let output = explain("json", &stuck().write(), &["--json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let kinds: Vec<&str> = json["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|finding| finding["cause"]["kind"].as_str())
        .collect();
    expect!["never_polled no_waker"].assert_eq(&kinds.join(" "));
    assert_eq!(json["tasks"][0]["waited_ms"], 5.0);
    assert_eq!(json["tasks"][0]["waits"][0]["by"], "task 1 woken by timer 1");
    assert_eq!(json["ending"]["why"], "deadlock");
}

#[test]
fn a_file_that_is_cut_off_is_explained_as_far_as_it_is_good() {
    let bytes = stuck().write();
    check(
        "cut",
        &bytes[..bytes.len() - 3],
        1,
        &expect![[r#"
        one sleeps, one waits for nothing: 31 events in 5 ms, by pollscope test
        It is stuck: nobody will wake 1 task.
        The file: the trace is cut off: its end is missing.

        2 findings

        1. never_polled task 2 Sleep (1)
           at src/cli/tests/explain/programs.rs:36   let _ = sleep(3); // nobody polls it
             event 13         0 ms  task 2 created Sleep at src/cli/tests/explain/programs.rs:36   t2.p1.create1
             event 15         0 ms  task 2 discarded Sleep, created at src/cli/tests/explain/programs.rs:36   t2.p1.discard1

        2. no_waker task 2 Pending
           awaited at src/cli/tests/explain/programs.rs:37   pending::<()>().await;
             event 17         0 ms  task 2   > Pending at src/cli/tests/explain/programs.rs:37   t2.p1.enter1
             event 18         0 ms  task 2   < Pending Pending   t2.p1.exit1
             event 19         0 ms  task 2 Pending at src/cli/tests/explain/programs.rs:37   t2.p1.end

        2 tasks

        task 1 sleeper: 2 polls, completed
           waited 5 ms, ready and not polled 0 ms, polled 0 ms
             0 to 5 ms: task 1 woken by timer 1   at src/cli/tests/explain/programs.rs:32   sleep(5).await;

        task 2 forgetful: 1 poll, there to the end
           waited 5 ms, ready and not polled 0 ms, polled 0 ms
             from 0 ms on, for ever   at src/cli/tests/explain/programs.rs:37   pending::<()>().await;
    "#]],
    );
}

#[test]
fn what_is_no_trace_is_refused_in_a_sentence() {
    check(
        "none",
        b"hello",
        2,
        &expect![[r#"
        pollscope: TMP/none: these bytes are not a trace
    "#]],
    );
}

#[test]
fn what_is_not_understood_shows_how_it_is_used() {
    for args in [&["explain"][..], &["explain", "x", "--yaml"], &["improve", "x"], &[]] {
        let output = Command::new(env!("CARGO_BIN_EXE_pollscope")).args(args).output().expect("it starts");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("usage: pollscope explain"));
    }
}
