//! Streams of JavaScript's: how far a source runs ahead, what a drop does, what errs and what is refused, and that nothing is
//! left behind.

use super::abort::reads_ahead;
use super::{at, find_event, live_of, logged};
use futures::StreamExt;
use futures::stream::Stream;
use js_sys::{Function, Promise, eval};
use pollscope::alloc::held;
use pollscope::interop::{IntoStream, RawStream, ReadableStream};
use pollscope::trace::event::{Event, Settled, WakeSource};
use pollscope::trace::ids::{PromiseId, SourceId, TaskId};
use pollscope::trace::{Kind, SourceKind, Trace};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// Cancelled streams.
const ROUNDS: u32 = 10_000;

async fn live(given: &[(&str, &str)]) -> Trace {
    live_of("streams", given).await
}

fn count(trace: &Trace, kind: Kind, to: usize) -> usize {
    (0..to).filter(|&i| trace.event(i).kind() == kind).count()
}

/// The bytes that were in the queue, whenever it gave account.
fn levels(trace: &Trace) -> Vec<u32> {
    let level = |i| match trace.event(i) {
        Event::Pulled { queued, .. } | Event::StreamHolds { queued, .. } | Event::StreamFull { queued, .. } => {
            Some(queued)
        }
        _ => None,
    };
    (0..trace.len()).filter_map(level).collect()
}

#[wasm_bindgen_test]
async fn source_runs_ahead_by_as_much_as_its_queue_holds() {
    let trace = live(&[("high_water", "3"), ("stop_after", "4"), ("make", "2"), ("read_ms", "40")]).await;
    assert_eq!(trace.sources.iter().map(|s| s.kind).collect::<Vec<_>>(), [SourceKind::Stream]);
    let left = at(&trace, 0, "the end of the reader", |e| matches!(e, Event::ReaderLeft { task: TaskId(1), .. }));
    assert_eq!(count(&trace, Kind::ChunkRead, left), 4, "{}", trace.to_text());
    assert_eq!(count(&trace, Kind::ChunkMade, left), 7, "{}", trace.to_text());
    assert_eq!(levels(&trace).into_iter().max(), Some(3 * 1024));
    assert_eq!(trace.answer.as_deref(), Some("queue"));
    // A wake of the reader's is the stream's.
    at(&trace, 0, "a wake", |e| matches!(e, Event::Woken { task: TaskId(1), by: WakeSource::Source(SourceId(1)), .. }));
    // The drop cancels the source, whose queue is thrown away, and gives back the lock: who comes next finds nothing.
    let cancelled =
        at(&trace, 0, "cancel()", |e| e == Event::StreamCancelled { stream: SourceId(1), queued: 3 * 1024 });
    assert!(cancelled < left, "{}", trace.to_text());
    assert_eq!(count(&trace, Kind::ChunkMade, trace.len()), 7, "nothing is made after that\n{}", trace.to_text());
    assert_eq!(logged(&trace), ["dropped after 4 chunks", "nothing is left"]);
    assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
}

#[wasm_bindgen_test]
async fn reader_that_lets_go_leaves_the_rest_to_the_next_one() {
    let trace = live(&[("gone", "lets_go"), ("stop_after", "2"), ("make", "2"), ("read_ms", "30")]).await;
    let left = at(&trace, 0, "the end of the reader", |e| matches!(e, Event::ReaderLeft { task: TaskId(1), .. }));
    assert_eq!(count(&trace, Kind::StreamCancelled, left), 0, "{}", trace.to_text());
    at(&trace, left, "the next reader", |e| matches!(e, Event::ReaderTaken { task: TaskId(2), .. }));
    assert_eq!(logged(&trace), ["dropped after 2 chunks", "chunk 3 is left"]);
}

#[wasm_bindgen_test]
async fn source_without_a_queue_makes_what_is_asked_for() {
    for given in [[("high_water", "0"), ("read_as", "stream")], [("high_water", "5"), ("read_as", "generator")]] {
        let trace = live(&[given[0], given[1], ("make", "2"), ("read_ms", "10")]).await;
        assert_eq!(levels(&trace).into_iter().max(), Some(0), "{}", trace.to_text());
        assert_eq!(trace.answer.as_deref(), Some("read"), "{}", trace.to_text());
    }
}

/// One that is dropped is told nothing: `finally` runs where the code calls `return()`, and only there.
#[wasm_bindgen_test]
async fn generator_is_over_where_it_is_told_so() {
    let trace = live(&[("read_as", "generator"), ("stop_after", "2"), ("make", "1"), ("read_ms", "5")]).await;
    assert_eq!(count(&trace, Kind::StreamCancelled, trace.len()), 1, "{}", trace.to_text());
    assert_eq!(logged(&trace), ["dropped after 2 chunks", "nothing is left"]);
    let trace =
        live(&[("read_as", "generator"), ("gone", "lets_go"), ("stop_after", "2"), ("make", "1"), ("read_ms", "5")])
            .await;
    assert_eq!(count(&trace, Kind::StreamCancelled, trace.len()), 0, "{}", trace.to_text());
    assert_eq!(logged(&trace), ["dropped after 2 chunks", "chunk 3 is left"]);
}

#[wasm_bindgen_test]
async fn reader_of_bytes_reads_chunks_by_parts() {
    let trace =
        live(&[("read_as", "async_read"), ("room", "640"), ("stop_after", "32"), ("chunks", "4"), ("read_ms", "8")])
            .await;
    if count(&trace, Kind::StreamMade, trace.len()) == 0 {
        // An engine that has no streams of bytes says so, and the run is over.
        assert!(logged(&trace)[0].contains("Error"), "{}", trace.to_text());
        assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
        return;
    }
    let reads = |i| match trace.event(i) {
        Event::ChunkRead { bytes, .. } => Some(bytes),
        _ => None,
    };
    let reads: Vec<u32> = (0..trace.len()).filter_map(reads).collect();
    assert!(reads.iter().all(|&bytes| bytes <= 640), "{reads:?}");
    assert_eq!(reads.iter().sum::<u32>(), 4 * 1024, "{reads:?}");
    assert_eq!(trace.answer.as_deref(), Some("read"));
    assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
}

/// The page's file, which the test server does not have, is another real one from here on. What was told to stop is counted.
async fn serve_file() -> u32 {
    let patch = "globalThis.reallyFetch ??= fetch; globalThis.ended = 0; \
         globalThis.fetch = async (url, options) => { \
           const answer = await reallyFetch(String(url).startsWith('engine/') ? '/www/screenshot.png' : url, options); \
           const reader = answer.body.getReader.bind(answer.body); \
           answer.body.getReader = (mode) => { const r = reader(mode); const cancel = r.cancel.bind(r); r.cancel = (why) => { ended += 1; return cancel(why); }; return r; }; \
           return answer; }; \
         fetch('engine/').then((answer) => answer.arrayBuffer()).then((body) => body.byteLength)";
    let size: Promise = eval(patch).expect("it runs").into();
    JsFuture::from(size).await.expect("it is served").as_f64().expect("a number") as u32
}

fn bytes_read(trace: &Trace, task: TaskId) -> u32 {
    let bytes = |i| match trace.event(i) {
        Event::ChunkRead { task: of, bytes, .. } if of == task => bytes,
        _ => 0,
    };
    (0..trace.len()).map(bytes).sum()
}

#[wasm_bindgen_test]
async fn body_of_a_fetch_is_a_stream_and_its_reader_s_drop_ends_the_download() {
    let size = serve_file().await;
    let trace =
        live(&[("read_as", "fetch"), ("high_water", "2"), ("stop_after", "2"), ("make", "4"), ("read_ms", "40")]).await;
    // First comes its promise, then its body.
    let came = at(&trace, 0, "the answer", |e| {
        matches!(e, Event::PromiseSettled { promise: PromiseId(1), how: Settled::Resolved, .. })
    });
    let made = at(&trace, 0, "the stream", |e| matches!(e, Event::StreamMade { mark, .. } if mark == 2 * 32 * 1024));
    assert!(
        find_event(&trace, 0, |e| e.kind() == Kind::Pulled).is_some_and(|asked| asked > made),
        "{}",
        trace.to_text()
    );
    let taken = at(&trace, came, "its reader", |e| matches!(e, Event::ReaderTaken { task: TaskId(1), .. }));
    let left = at(&trace, taken, "the end of the reader", |e| matches!(e, Event::ReaderLeft { task: TaskId(1), .. }));
    if reads_ahead() {
        assert!(bytes_read(&trace, TaskId(1)) > 0, "{}", trace.to_text());
        return;
    }
    assert_eq!(count(&trace, Kind::ChunkRead, left), 2, "{}", trace.to_text());
    // The drop cancels the stream, and that the body; nothing is read of it after that.
    let cancelled = at(&trace, taken, "cancel()", |e| e.kind() == Kind::StreamCancelled);
    assert!(cancelled < left, "{}", trace.to_text());
    assert_eq!(count(&trace, Kind::ChunkMade, cancelled), count(&trace, Kind::ChunkMade, trace.len()));
    assert_eq!(eval("ended").expect("it counts"), 1, "the body's own reader was told");
    let read = bytes_read(&trace, TaskId(1));
    assert!(0 < read && read < size, "{read} of {size}");
    assert_eq!(logged(&trace), ["dropped after 2 chunks", "nothing is left"]);
    assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
}

#[wasm_bindgen_test]
async fn body_that_is_let_go_waits_for_the_next_reader() {
    serve_file().await;
    let given = [("read_as", "fetch"), ("gone", "lets_go"), ("stop_after", "1"), ("make", "0"), ("read_ms", "5")];
    let trace = live(&given).await;
    let left = at(&trace, 0, "the end of the reader", |e| matches!(e, Event::ReaderLeft { task: TaskId(1), .. }));
    assert_eq!(count(&trace, Kind::StreamCancelled, left), 0, "{}", trace.to_text());
    // Of a body that came in one part nothing is left.
    assert!(reads_ahead() || bytes_read(&trace, TaskId(2)) > 0, "{}", trace.to_text());
    assert!(reads_ahead() || logged(&trace)[1].starts_with("a chunk of "), "{:?}", logged(&trace));
}

#[wasm_bindgen_test]
async fn body_of_a_fetch_is_read_whole_by_parts_that_are_no_larger_than_the_room() {
    let size = serve_file().await;
    let given = [("read_as", "fetch_bytes"), ("room", "4096"), ("stop_after", "32"), ("make", "0"), ("read_ms", "0")];
    let trace = live(&given).await;
    if count(&trace, Kind::StreamMade, trace.len()) == 0 {
        // An engine that has no streams of bytes: the fetch fails for it, in its words.
        assert!(logged(&trace)[0].contains("Error"), "{}", trace.to_text());
        return;
    }
    let read = bytes_read(&trace, TaskId(1));
    assert!(read <= 32 * 4096 && read == size.min(read), "{read} of {size}");
    let reads = |i| match trace.event(i) {
        Event::ChunkRead { task: TaskId(1), bytes, .. } => Some(bytes),
        _ => None,
    };
    let reads: Vec<u32> = (0..trace.len()).filter_map(reads).collect();
    assert!(reads.len() == 32 && reads.iter().all(|&bytes| 0 < bytes && bytes <= 4096), "{reads:?}");
}

#[wasm_bindgen_test]
async fn fetch_that_fails_is_an_err_and_leaves_no_stream() {
    eval("globalThis.reallyFetch ??= fetch; globalThis.fetch = async () => new Response('', { status: 404 })")
        .expect("it runs");
    let trace = live(&[("read_as", "fetch")]).await;
    at(&trace, 0, "its reason", |e| {
        matches!(e, Event::PromiseSettled { promise: PromiseId(1), how: Settled::Rejected, .. })
    });
    assert!(logged(&trace)[0].starts_with("JsValue(Error: 404"), "{:?}", logged(&trace));
    assert_eq!(logged(&trace)[1], "nothing was fetched");
    assert_eq!(count(&trace, Kind::StreamMade, trace.len()), 0);
    assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
    eval("globalThis.fetch = reallyFetch").expect("it is back");
}

#[wasm_bindgen_test]
async fn small_stream_is_made_whole_before_its_reader_leaves() {
    let trace =
        live(&[("high_water", "8"), ("chunks", "5"), ("stop_after", "2"), ("make", "1"), ("read_ms", "30")]).await;
    assert_eq!(trace.answer.as_deref(), Some("all"), "{}", trace.to_text());
}

fn stream_of(source: &str) -> ReadableStream {
    let stream = eval(&format!("new ReadableStream({source})")).expect("it is made");
    ReadableStream::from_raw(stream.unchecked_into())
}

#[wasm_bindgen_test]
async fn stream_that_errs_says_so_once_and_is_over() {
    let stream =
        stream_of("{ pull(c) { if (this.n) c.error(new Error('no more')); else { this.n = 1; c.enqueue(7); } } }");
    let raw = stream.as_raw().clone();
    let mut chunks = stream.into_stream();
    assert_eq!(chunks.next().await.expect("a chunk").expect("a value").as_f64(), Some(7.0));
    let error: js_sys::Error = chunks.next().await.expect("an error").expect_err("it errs").unchecked_into();
    assert_eq!(String::from(error.message()), "no more");
    assert!(chunks.next().await.is_none());
    assert!(!raw.locked(), "the lock is given back");
}

#[wasm_bindgen_test]
async fn locked_stream_is_refused_in_words_and_read_later() {
    let mut first = stream_of("{ start(c) { c.enqueue(1); c.enqueue(2); c.close(); } }");
    let mut second = ReadableStream::from_raw(first.as_raw().clone());
    let mut reader = first.get_reader().into_stream();
    assert_eq!(reader.next().await.expect("a chunk").expect("a value").as_f64(), Some(1.0));
    let error = second.try_get_reader().expect_err("it is locked");
    assert!(String::from(error.message()).contains("locked"), "{}", String::from(error.message()));
    drop(reader);
    let mut reader = second.try_get_reader().expect("it is free").into_stream();
    assert_eq!(reader.next().await.expect("a chunk").expect("a value").as_f64(), Some(2.0));
}

async fn turn() {
    let turn: Promise = eval("new Promise((resolve) => setTimeout(resolve))").expect("it runs").into();
    JsFuture::from(turn).await.expect("it resolves");
}

/// Bytes of the heap, and values of JavaScript that Rust holds.
fn kept() -> (isize, u32) {
    (held().now, wasm_bindgen::externref_heap_live_count())
}

/// Readers that are dropped while they wait: half of them cancel, half of them only let go. Their wakers come back, and no lock is
/// left.
#[wasm_bindgen_test]
async fn dropped_readers_leave_nothing_behind() {
    let make = Function::new_no_args(
        "return new ReadableStream({ cancel() { globalThis.stopped = (globalThis.stopped ?? 0) + 1; } })",
    );
    let waker = Waker::noop();
    let mut before = (0, 0);
    let poll = |chunks: &mut IntoStream<'_>| {
        assert!(matches!(Pin::new(chunks).poll_next(&mut Context::from_waker(waker)), Poll::Pending));
    };
    for round in 0..ROUNDS {
        let raw: RawStream = make.call0(&JsValue::UNDEFINED).expect("it is made").unchecked_into();
        let mut stream = ReadableStream::from_raw(raw.clone());
        if round % 2 == 0 {
            let mut chunks = stream.into_stream();
            poll(&mut chunks);
        } else {
            let mut chunks = stream.get_reader().into_stream();
            poll(&mut chunks);
        }
        assert!(!raw.locked(), "the lock is given back");
        drop(raw);
        if round % 500 == 499 {
            turn().await;
        }
        if round == ROUNDS / 2 - 1 {
            before = kept();
        }
    }
    turn().await;
    assert_eq!(eval("stopped").expect("it counts").as_f64(), Some(f64::from(ROUNDS / 2)));
    let after = kept();
    assert!(after.0 <= before.0 && after.1 <= before.1, "after as many rounds again: {before:?}, {after:?}");
}

/// Whole runs, as the page records them. What page.js was given of a run are closures of some bytes each, which the browser's
/// collector takes back when it comes to them.
#[wasm_bindgen_test]
async fn recorded_streams_leave_nothing_behind() {
    let mut after = Vec::new();
    for _ in 0..4 {
        for _ in 0..5 {
            drop(live(&[("make", "0"), ("read_ms", "0"), ("stop_after", "3")]).await);
        }
        turn().await;
        after.push(held().now);
    }
    assert!(after[3] - after[1] < 2 * 5 * 256, "{after:?}");
}
