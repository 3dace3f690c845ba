//! Chunks leave while a run is recorded, and together they are its trace.

use pollscope::executor::{Executor, report_panic};
use pollscope::prelude::{log, sleep, yield_now};
use pollscope::record::{Budget, Outlet, TraceRecorder};
use pollscope::trace::event::End;
use pollscope::trace::format::Reader;
use pollscope::trace::{CodeFile, Event, Head, Mode, Telling, TimeUnit, Trace};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The chunks that left.
type Sent = Rc<RefCell<Vec<Vec<u8>>>>;

fn head() -> Head {
    Head {
        build: "a build".to_owned(),
        scenario: "made-up".to_owned(),
        title: "A run".to_owned(),
        params: vec![("callers".to_owned(), "3".to_owned())],
        order: "lifo".to_owned(),
        changes: "3.wake.1".to_owned(),
        seed: 7,
        mode: Mode::Deterministic,
        files: vec![CodeFile { name: "code.rs".to_owned(), text: "async fn main() {}\n".to_owned() }],
        telling: Telling::default(),
        regions: Vec::new(),
    }
}

/// An executor whose chunks arrive in `Sent`, by a clock that never moves.
fn sending() -> (Executor<TraceRecorder>, Sent) {
    let sent = Sent::default();
    let to = sent.clone();
    let outlet = Outlet::new(move |chunk| to.borrow_mut().push(chunk.to_vec()), || 0.0);
    let recorder =
        TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None).with_head(head()).with_outlet(outlet);
    (Executor::new(recorder), sent)
}

/// What a viewer has of these chunks.
fn received(sent: &Sent) -> (Trace, bool) {
    let (mut reader, mut trace) = (Reader::default(), Trace::new(TimeUnit::VirtualMs));
    for chunk in &*sent.borrow() {
        reader.append(&mut trace, chunk).expect("it was recorded");
    }
    (trace, reader.is_over())
}

#[test]
fn chunks_are_the_trace_that_was_recorded() {
    let (executor, sent) = sending();
    for i in 0..40 {
        drop(executor.spawn("task", async move {
            for n in 0..20 {
                if n % 3 == 0 { yield_now().await } else { sleep(1 + i % 7).await }
            }
        }));
    }
    executor.run();
    let trace = executor.recorder().finish_with(|trace| trace.answer = Some("yes".to_owned()));
    let (got, is_over) = received(&sent);
    assert!(is_over && got.head == head() && got.answer.as_deref() == Some("yes"));
    assert_eq!(got, trace);
    // One for each of the first polls, one or two for each thousand events, and the last.
    let (first, full) = (64, trace.len() / 1024);
    assert!((first + full..=first + 2 * full + 1).contains(&sent.borrow().len()), "{} chunks", sent.borrow().len());
    assert_eq!(Trace::read(&sent.borrow().concat()), Ok(trace.clone()), "a file is its chunks, one after the other");
    assert_eq!(Trace::read(&trace.write()), Ok(trace));
}

#[test]
fn poll_that_never_returns_leaves_its_first_events() {
    let (executor, sent) = sending();
    let looked = sent.clone();
    drop(executor.spawn("endless", async move {
        for n in 0..5000 {
            log!("line {}", n % 10);
        }
        // Here it would go on for ever: this is what is on the page then.
        let (got, is_over) = received(&looked);
        assert!(!is_over && (4096..5000).contains(&got.len()), "{} events", got.len());
        assert!(matches!(got.event(got.len() - 1), Event::Logged { .. }));
    }));
    executor.run();
    let trace = executor.recorder().finish();
    assert_eq!(received(&sent), (trace, true));
}

#[test]
fn panic_is_the_end_of_what_is_sent() {
    let (executor, sent) = sending();
    drop(executor.spawn("doomed", async {
        yield_now().await;
        // What the panic hook does; in wasm nothing runs after it.
        assert!(report_panic("all is lost"));
    }));
    executor.run();
    let (got, is_over) = received(&sent);
    assert!(is_over);
    assert_eq!(got.event(got.len() - 1), Event::Ended { end: End::Panicked });
    assert!(got.to_text().contains("task 1 panic: all is lost"), "{}", got.to_text());
    let chunks = sent.borrow().len();
    executor.recorder().finish();
    assert_eq!(sent.borrow().len(), chunks, "nothing is sent after the end");
}

#[test]
fn chunk_leaves_when_the_last_one_left_long_ago() {
    thread_local!(static NOW: Cell<f64> = const { Cell::new(0.0) });
    // How many leave, if so much time passes in the hundredth poll.
    let leave = |ms: f64| {
        let sent = Rc::new(Cell::new(0));
        let count = sent.clone();
        let outlet = Outlet::new(move |_| count.set(count.get() + 1), || NOW.get());
        let recorder = TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None).with_outlet(outlet);
        let executor = Executor::new(recorder);
        drop(executor.spawn("slow", async move {
            let mut poll = 0;
            // Fewer events than fill a chunk.
            std::future::poll_fn(move |cx| {
                poll += 1;
                NOW.set(NOW.get() + if poll == 100 { ms } else { 0.0 });
                cx.waker().wake_by_ref();
                if poll < 130 { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
            })
            .await;
        }));
        executor.run();
        sent.get()
    };
    assert_eq!([leave(7.0), leave(8.0)], [leave(0.0), leave(0.0) + 1]);
}
