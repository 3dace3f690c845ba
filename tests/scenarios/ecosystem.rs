//! What the scenarios of the ecosystem claim.

use super::run;
use pollscope::scenario::find;
use pollscope::trace::{Event, Trace};

/// What became of each request in a stack of `service-layer`, and when.
fn outcomes(trace: &Trace, stack: &str) -> Vec<(String, u64)> {
    let of = |i: usize| match trace.event(i) {
        Event::Logged { task, text, .. } if trace.task_name(task) == stack => {
            let (request, what) = trace.name(text).split_once(": ")?;
            let is_end = request.starts_with("request ") && !what.contains("Backend");
            is_end.then(|| (format!("{request} {what}"), trace.time(i)))
        }
        _ => None,
    };
    (0..trace.len()).filter_map(of).collect()
}

/// A run of `service-layer` with these two stacks.
fn stacks(left: &str, right: &str, rest: &[(&str, &str)]) -> Trace {
    let trace = run(find("service-layer").expect("it is there"), &[&[("left", left), ("right", right)], rest].concat());
    assert!(trace.findings().all.is_empty(), "{left}, {right}, {rest:?}: a sound stack is accused");
    trace
}

/// Both stacks of such a run.
fn both(left: &str, right: &str, rest: &[(&str, &str)]) -> [Vec<(String, u64)>; 2] {
    let trace = stacks(left, right, rest);
    [outcomes(&trace, "left"), outcomes(&trace, "right")]
}

fn ends(of: &[(&str, u64)]) -> Vec<(String, u64)> {
    of.iter().map(|&(what, ms)| (what.to_owned(), ms)).collect()
}

#[test]
fn service_layer_s_timeout_counts_all_tries_outside_of_a_retry_and_each_by_itself_inside() {
    for takes in [10_u64, 40, 60] {
        for limit in [5_u64, 30, 50, 80, 130] {
            for retries in 0..=3_u64 {
                for failures in 0..=3_u64 {
                    let form =
                        [("call_takes", takes), ("time_limit", limit), ("retries", retries), ("failures", failures)];
                    let form = form.map(|(name, value)| (name, value.to_string()));
                    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, &**value)).collect();
                    let tries = failures.min(retries) + 1;
                    let fails = failures > retries;
                    let answer = if fails { "Err(Unavailable)" } else { "Ok(200)" };
                    let one = |what: &str, ms: u64| vec![(format!("request 1 {what}"), ms)];
                    let all = takes * tries;
                    let outside = if all <= limit { one(answer, all) } else { one("Err(Elapsed)", limit) };
                    // A call that takes longer fails each time.
                    let inside =
                        if takes <= limit { one(answer, all) } else { one("Err(Elapsed)", limit * (retries + 1)) };
                    assert_eq!(both("timeout.retry", "retry.timeout", &form), [outside, inside], "{form:?}");
                }
            }
        }
    }
}

#[test]
fn service_layer_s_load_shed_refuses_what_a_limit_inside_of_it_has_no_room_for() {
    for (limit, form) in [("concurrency_limit", ("at_once", "1")), ("rate_limit", ("every", "40"))] {
        let form = [("requests", "3"), ("failures", "0"), form];
        let [shed, waits] = both(&format!("load_shed.{limit}"), &format!("{limit}.load_shed"), &form);
        let refused = [("request 2 Err(Overloaded)", 10), ("request 3 Err(Overloaded)", 20), ("request 1 Ok(200)", 40)];
        assert_eq!(shed, ends(&refused), "{limit}");
        let in_line = [("request 1 Ok(200)", 40), ("request 2 Ok(200)", 80), ("request 3 Ok(200)", 120)];
        assert_eq!(waits, ends(&in_line), "{limit}");
    }
}

/// Its clock begins with the call: who waits for `poll_ready` has not called yet.
#[test]
fn service_layer_s_timeout_counts_no_wait_for_a_limit_wherever_it_stands() {
    let form = [("requests", "3"), ("failures", "0")];
    let [outside, inside] = both("timeout.concurrency_limit", "concurrency_limit.timeout", &form);
    assert_eq!(outside, inside);
    assert_eq!(outside.last().map(|(what, ms)| (&**what, *ms)), Some(("request 3 Ok(200)", 120)));
    // A retry that waits for its next turn is called already: there it counts.
    let [counts, each] = both("timeout.retry.rate_limit", "retry.rate_limit.timeout", &[("time_limit", "90")]);
    assert_eq!(counts, ends(&[("request 1 Err(Elapsed)", 90)]));
    assert_eq!(each, ends(&[("request 1 Ok(200)", 100)]));
}

#[test]
fn service_layer_s_limits_count_tries_inside_of_a_retry_and_requests_outside() {
    let [tries, requests] = both("retry.concurrency_limit", "concurrency_limit.retry", &[("requests", "2")]);
    // Between two tries the permit is free, and the other request has it.
    assert_eq!(tries, ends(&[("request 2 Ok(200)", 80), ("request 1 Ok(200)", 120)]));
    assert_eq!(requests, ends(&[("request 1 Ok(200)", 80), ("request 2 Ok(200)", 120)]));
    let [tries, requests] = both("retry.rate_limit", "rate_limit.retry", &[]);
    assert_eq!(tries, ends(&[("request 1 Ok(200)", 100)]));
    assert_eq!(requests, ends(&[("request 1 Ok(200)", 80)]));
}

#[test]
fn service_layer_s_log_sees_each_try_inside_of_a_retry_and_each_request_outside() {
    let trace = stacks("log.retry", "retry.log", &[]);
    let lines = |stack: &str| {
        let is_of = |&i: &usize| trace.task_name(trace.columns.task(i)) == stack;
        let said = (0..trace.len()).filter(is_of).filter_map(|i| match trace.event(i) {
            Event::Logged { text, .. } => trace.name(text).strip_prefix("log: "),
            _ => None,
        });
        said.collect::<Vec<_>>()
    };
    assert_eq!(lines("left"), ["1 goes in", "Ok(200) comes out"]);
    assert_eq!(lines("right"), ["1 goes in", "Err(Unavailable) comes out", "1 goes in", "Ok(200) comes out"]);
}

/// Every order of up to three layers, over the same requests: each request comes to an end, and nothing is accused.
#[test]
fn service_layer_s_stacks_are_sound_in_every_order() {
    let all = ["log", "timeout", "retry", "rate_limit", "concurrency_limit", "load_shed"];
    let mut lists: Vec<Vec<&str>> = vec![vec![]];
    let mut i = 0;
    while i < lists.len() {
        let known = lists[i].clone();
        if known.len() < 3 {
            let others = all.iter().copied().filter(|one| !known.contains(one));
            lists.extend(others.map(|one| known.iter().copied().chain([one]).collect()));
        }
        i += 1;
    }
    assert_eq!(lists.len(), 157);
    let named = |list: &[&str]| if list.is_empty() { "none".to_owned() } else { list.join(".") };
    for list in &lists {
        let reversed: Vec<&str> = list.iter().rev().copied().collect();
        for form in [&[][..], &[("requests", "4"), ("failures", "3"), ("time_limit", "30")][..]] {
            for outcomes in both(&named(list), &named(&reversed), form) {
                assert_eq!(outcomes.len(), if form.is_empty() { 1 } else { 4 }, "{list:?}");
            }
        }
    }
}
