//! A runner: a request in, the chunks of a trace out, which say of themselves what they are.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::record::Outlet;
use pollscope::runner::{Explore, Part, Request, Runner, Search};
use pollscope::scenario::{Problem, Setup, scenarios};
use pollscope::trace::{CodeFile, Head, Mode, Telling, Trace};
use std::cell::RefCell;
use std::rc::Rc;

/// A runner of all scenarios, and what it sends.
fn runner() -> (Runner, Rc<RefCell<Vec<u8>>>) {
    let sent = Rc::new(RefCell::new(Vec::new()));
    let to = sent.clone();
    let outlet = move || {
        let to = to.clone();
        Outlet::new(move |chunk| to.borrow_mut().extend_from_slice(chunk), || 0.0)
    };
    (Runner { scenarios: scenarios(), peek: None, regions: Vec::new(), outlet: Rc::new(outlet) }, sent)
}

/// What a viewer has of a run that was asked for.
fn received(request: Request<'_>) -> Trace {
    let (runner, sent) = runner();
    let trace = runner.run(request).expect("it can be run");
    let received = Trace::read(&sent.borrow()).expect("it is a trace");
    assert_eq!(received, trace);
    received
}

fn files(trace: &Trace) -> Vec<&str> {
    trace.head.files.iter().map(|file| file.name.as_str()).collect()
}

#[test]
fn trace_says_which_run_it_is_of() {
    let params = &[("last", "nothing"), ("order", "random"), ("seed", "3")];
    let trace = received(Request { scenario: "executor", title: "The executor", params, changes: "2.wake.1" });
    let own = |(field, text): (&str, &str)| (field.to_owned(), text.to_owned());
    let expected = Head {
        build: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: "executor".to_owned(),
        title: "The executor".to_owned(),
        params: params.iter().copied().map(own).collect(),
        order: "random".to_owned(),
        changes: "2.wake.1".to_owned(),
        seed: 3,
        mode: Mode::Deterministic,
        files: trace.head.files.clone(),
        telling: Telling { subject: "main".to_owned(), decides: "last polled".to_owned() },
        regions: Vec::new(),
    };
    assert_eq!(trace.head, expected);
    assert!(trace.answer.is_some());
}

#[test]
fn parameters_that_have_their_defaults_are_left_out() {
    let trace =
        received(Request { scenario: "lazy", title: "", params: &[("then", "drop"), ("held", "20")], changes: "" });
    assert_eq!(trace.head.params, [("then".to_owned(), "drop".to_owned())]);
    assert_eq!((trace.head.order.as_str(), trace.head.changes.as_str()), ("", ""));
    assert_eq!(trace.answer.as_deref(), Some("never"));
}

#[test]
fn files_are_those_of_the_run() {
    let of = |program| received(Request { scenario: "rules", title: "", params: &[("program", program)], changes: "" });
    let (broken, kept) = (of("broken"), of("kept"));
    assert_eq!(files(&broken), ["forgotten_await_broken.rs", "forgotten_await_broken.stderr", "notes.rs"]);
    assert_eq!(files(&kept), ["forgotten_await_kept.rs", "notes.rs"]);
    let text = std::fs::read_to_string("src/scenario/rules/notes.rs").expect("it is there");
    assert_eq!(kept.head.files[1], CodeFile { name: "notes.rs".to_owned(), text });
}

#[test]
fn tracks_come_with_the_end_of_a_trace() {
    let trace = received(Request { scenario: "call-centre", title: "", params: &[("callers", "3")], changes: "" });
    assert_eq!(trace.tracks.iter().map(|t| t.model).collect::<Vec<_>>(), [true, true, true, false]);
    assert!(trace.tracks.iter().all(|t| !t.entries.is_empty()));
}

#[test]
fn request_that_is_wrong_sends_nothing() {
    let (runner, sent) = runner();
    let request = |scenario, params, changes| Request { scenario, title: "", params, changes };
    let problem = |request| runner.run(request).expect_err("it is wrong");
    assert_eq!(problem(request("no-such", &[], "")), Problem::UnknownScenario { id: "no-such".to_owned() });
    assert!(matches!(problem(request("lazy", &[("held", "x")], "")), Problem::Fields { errors } if errors.len() == 1));
    assert!(matches!(problem(request("lazy", &[], "1.eat")), Problem::Fields { errors } if errors.len() == 1));
    assert_eq!(problem(request("wall", &[], "")), Problem::WrongKind);
    assert_eq!(problem(request("promise-future", &[], "")), Problem::WrongKind);
    assert_eq!(problem(request("lazy", &[("runs", "live")], "")), Problem::WrongKind);
    let too_long = request("blocking", &[("runs", "live"), ("job_takes", "301")], "");
    assert!(matches!(problem(too_long), Problem::Fields { errors } if errors[0].field() == "job_takes"));
    let search = Search { budget: 10, part: Part::WHOLE, lines_in_order: false };
    let explored = Explore::new("wall", &[], Setup::default(), search).map(|mut e| e.advance(1).map(drop));
    assert_eq!(explored, Ok(Err(Problem::WrongKind)));
    assert_eq!(sent.borrow().len(), 0);
}
