//! The layers of `service-layer` against those of the real tower, under tokio's paused clock: every stack of four of them, in every
//! order, comes to the same outcome of each request at the same ms.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{Setup, find};
use pollscope::trace::{Event, Trace};
use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tower::limit::{ConcurrencyLimitLayer, RateLimitLayer};
use tower::load_shed::{LoadShedLayer, error::Overloaded};
use tower::retry::{Policy, RetryLayer};
use tower::timeout::{TimeoutLayer, error::Elapsed};
use tower::util::BoxCloneService;
use tower::{BoxError, Layer, Service, ServiceBuilder, ServiceExt};

/// What the scenario is run with, beside its layers.
#[derive(Clone, Copy, Debug)]
struct Form {
    takes: u32,
    failures: u32,
    time_limit: u32,
    retries: u32,
    requests: u32,
    apart: u32,
    at_once: u32,
    every: u32,
}

const FORM: Form =
    Form { takes: 40, failures: 1, time_limit: 50, retries: 1, requests: 1, apart: 10, at_once: 1, every: 60 };

/// What became of a request, and when.
type Outcomes = Vec<(u32, String, u64)>;

/// In the scenario, where the first list of layers stands for both stacks.
fn ours(form: Form, layers: &str) -> Outcomes {
    let Form { takes, failures, time_limit, retries, requests, apart, at_once, every } = form;
    let fields = [
        ("call_takes", takes),
        ("failures", failures),
        ("time_limit", time_limit),
        ("retries", retries),
        ("requests", requests),
        ("apart", apart),
        ("at_once", at_once),
        ("every", every),
    ];
    let fields = fields.map(|(name, value)| (name, value.to_string()));
    let mut given: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    given.extend([("left", layers), ("right", layers)]);
    let trace = find("service-layer").expect("it is there").start(&given, Setup::default()).expect("good").run();
    let [left, right] = ["left", "right"].map(|name| outcomes(&trace, name));
    assert_eq!(left, right, "{layers}: one stack is as the other");
    left
}

fn outcomes(trace: &Trace, name: &str) -> Outcomes {
    let of = |i: usize| match trace.event(i) {
        Event::Logged { task, text, .. } if trace.task_name(task) == name => {
            let (nth, what) = trace.name(text).strip_prefix("request ")?.split_once(": ")?;
            let is_end = what.starts_with("Ok(") || what.starts_with("Err(");
            is_end.then(|| (nth.parse().expect("a number"), what.to_owned(), trace.time(i)))
        }
        _ => None,
    };
    sorted((0..trace.len()).filter_map(of).collect())
}

fn sorted(mut outcomes: Outcomes) -> Outcomes {
    outcomes.sort();
    outcomes
}

#[derive(Debug)]
struct Unavailable;

impl std::fmt::Display for Unavailable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("503")
    }
}

impl std::error::Error for Unavailable {}

/// Whatever fails is asked for again, so many times.
#[derive(Clone)]
struct Times(u32);

impl Policy<u32, u16, BoxError> for Times {
    type Future = Ready<()>;

    fn retry(&mut self, _: &mut u32, outcome: &mut Result<u16, BoxError>) -> Option<Ready<()>> {
        let again = outcome.is_err() && self.0 > 0;
        again.then(|| {
            self.0 -= 1;
            ready(())
        })
    }

    fn clone_request(&mut self, request: &u32) -> Option<u32> {
        Some(*request)
    }
}

type Stack = BoxCloneService<u32, u16, BoxError>;

fn backend(form: Form) -> Stack {
    let calls = Arc::new(AtomicU32::new(0));
    BoxCloneService::new(tower::service_fn(move |_: u32| {
        let fails = calls.fetch_add(1, Ordering::Relaxed) < form.failures;
        async move {
            sleep(ms(form.takes)).await;
            if fails { Err(BoxError::from(Unavailable)) } else { Ok(200) }
        }
    }))
}

fn ms(ms: u32) -> Duration {
    Duration::from_millis(ms.into())
}

/// The stack of these layers, the first one outermost.
fn stack(form: Form, layers: &[&str]) -> Stack {
    layers.iter().rev().fold(backend(form), |inner, layer| match *layer {
        "timeout" => BoxCloneService::new(TimeoutLayer::new(ms(form.time_limit)).layer(inner)),
        "retry" => BoxCloneService::new(RetryLayer::new(Times(form.retries)).layer(inner)),
        "concurrency_limit" => {
            // A limit is none of its services' errors: they stay as they are.
            BoxCloneService::new(ConcurrencyLimitLayer::new(form.at_once as usize).layer(inner))
        }
        "load_shed" => BoxCloneService::new(LoadShedLayer::new().layer(inner)),
        other => panic!("{other}"),
    })
}

fn told(outcome: Result<u16, BoxError>) -> String {
    match outcome {
        Ok(status) => format!("Ok({status})"),
        Err(error) if error.is::<Elapsed>() => "Err(Elapsed)".to_owned(),
        Err(error) if error.is::<Overloaded>() => "Err(Overloaded)".to_owned(),
        Err(error) if error.is::<Unavailable>() => "Err(Unavailable)".to_owned(),
        Err(error) => panic!("{error}"),
    }
}

/// Runs on tokio's clock, which stands still while there is something to do.
fn paused<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime can be built").block_on(future)
}

/// A task a request, each with a clone of the stack.
fn theirs(form: Form, layers: &[&str]) -> Outcomes {
    paused(async {
        let begun = Instant::now();
        let stack = stack(form, layers);
        let tasks: Vec<_> = (1..=form.requests)
            .map(|nth| {
                let mut stack = stack.clone();
                tokio::spawn(async move {
                    if nth > 1 && form.apart > 0 {
                        sleep(ms((nth - 1) * form.apart)).await;
                    }
                    let outcome = match stack.ready().await {
                        Ok(stack) => stack.call(nth).await,
                        Err(error) => Err(error),
                    };
                    (nth, told(outcome), begun.elapsed().as_millis() as u64)
                })
            })
            .collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.expect("no task panics"));
        }
        sorted(outcomes)
    })
}

/// Every list of some of these, in every order.
fn orders<'a>(all: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut lists: Vec<Vec<&str>> = vec![Vec::new()];
    let mut i = 0;
    while i < lists.len() {
        let known = lists[i].clone();
        let others = all.iter().copied().filter(|one| !known.contains(one));
        lists.extend(others.map(|one| known.iter().copied().chain([one]).collect()));
        i += 1;
    }
    lists
}

#[test]
fn every_order_of_layers_comes_to_what_it_comes_to_under_tower() {
    let forms = [
        FORM,
        Form { time_limit: 100, ..FORM },
        Form { time_limit: 30, retries: 3, ..FORM },
        Form { failures: 3, retries: 2, ..FORM },
        Form { requests: 3, apart: 7, ..FORM },
        Form { requests: 4, apart: 3, at_once: 2, failures: 2, time_limit: 85, ..FORM },
        Form { requests: 5, apart: 11, at_once: 1, failures: 0, time_limit: 45, retries: 2, ..FORM },
    ];
    let lists = orders(&["timeout", "retry", "concurrency_limit", "load_shed"]);
    assert_eq!(lists.len(), 65);
    for form in forms {
        for layers in &lists {
            let name = if layers.is_empty() { "none".to_owned() } else { layers.join(".") };
            assert_eq!(ours(form, &name), theirs(form, layers), "{name} with {form:?}");
        }
    }
}

/// tower's rate limit cannot be cloned: there one task has the stack, and lets the answers come.
#[test]
fn the_rate_limit_lets_calls_in_when_tower_s_does() {
    for (every, apart, requests) in [(60, 10, 4), (60, 100, 3), (25, 40, 6), (25, 11, 6)] {
        let form = Form { every, apart, requests, failures: 0, time_limit: 200, ..FORM };
        let theirs = paused(async {
            let begun = Instant::now();
            let mut stack = ServiceBuilder::new()
                .layer(RateLimitLayer::new(1, ms(every)))
                .layer(TimeoutLayer::new(ms(form.time_limit)))
                .service(backend(form));
            let mut answers = Vec::new();
            for nth in 1..=requests {
                tokio::time::sleep_until(begun + ms((nth - 1) * apart)).await;
                let answer = stack.ready().await.expect("no layer fails").call(nth);
                answers
                    .push(tokio::spawn(async move { (nth, told(answer.await), begun.elapsed().as_millis() as u64) }));
            }
            let mut outcomes = Vec::new();
            for answer in answers {
                outcomes.push(answer.await.expect("no task panics"));
            }
            sorted(outcomes)
        });
        assert_eq!(ours(form, "rate_limit.timeout"), theirs, "{form:?}");
    }
}

/// The code that the scenario shows of its first two stacks, with tower's own layers in it.
#[test]
fn the_stacks_that_are_shown_come_to_the_same_by_tower_s_own_layers() {
    let policy = RetryLayer::new(Times(FORM.retries));
    let timeout = TimeoutLayer::new(ms(FORM.time_limit));
    let outside = ServiceBuilder::new().layer(timeout.clone()).layer(policy.clone()).service(backend(FORM));
    let inside = ServiceBuilder::new().layer(policy).layer(timeout).service(backend(FORM));
    let come_to = |stack: Stack| {
        paused(async move {
            let begun = Instant::now();
            let outcome = told(stack.oneshot(1).await);
            vec![(1, outcome, begun.elapsed().as_millis() as u64)]
        })
    };
    let cut = vec![(1, "Err(Elapsed)".to_owned(), 50)];
    assert_eq!(come_to(BoxCloneService::new(outside)), cut);
    assert_eq!(ours(FORM, "timeout.retry"), cut);
    let through = vec![(1, "Ok(200)".to_owned(), 80)];
    assert_eq!(come_to(BoxCloneService::new(inside)), through);
    assert_eq!(ours(FORM, "retry.timeout"), through);
}
