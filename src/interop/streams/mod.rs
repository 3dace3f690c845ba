//! `streams`: a stream that page.js makes, or the body of a fetch, and a reader of Rust's that takes its time, and leaves.
//! Recorded as it happens.
//!
//! The page sees when its source is asked for a chunk, what it makes, and how much room the queue has by its own account
//! (`desiredSize`). When a reader is handed a chunk, it sees only once the reader's task is polled. Of a body the browser says
//! nothing until it is read: fetch.js reads it, and hands it on through a stream of the page's own.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod async_read;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod fetched;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod generator;
mod recorded;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod rest;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod stream;

use super::RawStream;
use super::abort::FILE;
use super::live::{Extent, PATIENCE, Page, record as record_live};
use super::put;
use super::traced;
use crate::record::{Recorder, TraceRecorder};
use crate::scenario::{Gone, Setup, StreamsParams, Way};
use crate::trace::event::Event;
use crate::trace::ids::{PromiseId, SiteId, TaskId};
use js_sys::{Object, Promise};
use recorded::{AsyncGenerator, Body, JsStream, Known, ReadableStream, Source};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/interop/streams/page.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = streamOf)]
    fn stream_of(want: &Object, trace: &Object) -> Result<RawStream, JsValue>;
    #[wasm_bindgen(js_name = generatorOf)]
    fn generator_of(want: &Object, trace: &Object) -> js_sys::AsyncIterator;
}

#[wasm_bindgen(module = "/src/interop/streams/fetch.js")]
extern "C" {
    #[wasm_bindgen(js_name = fetchBody)]
    fn fetch_body(want: &Object, trace: &Object) -> Promise;
}

/// The bytes of a chunk that page.js makes, and of the room into which a body is read.
const CHUNK: u32 = 1024;
const ROOM: u32 = 32 * 1024;

/// What a reader does.
struct Plan {
    /// Whether its drop cancels the stream, and does not only let go of it.
    cancels: bool,
    /// How long it works on each chunk, in ms.
    takes: u32,
    /// After so many it leaves.
    stops_after: u32,
    /// Of a body, whether its bytes are read, and not its chunks.
    reads_bytes: bool,
    /// The room of a reader that brings its own, in bytes.
    room: usize,
}

/// Records one run.
pub(crate) async fn record(params: StreamsParams, setup: Setup) -> TraceRecorder {
    let chunks = params.chunks.max(params.stop_after) + 4;
    let patience = (params.make + params.read_ms) * chunks * 2 + PATIENCE;
    record_live(setup, Extent { parts: 1, patience, grace: 0 }, move |page| begin(page, &params)).await
}

/// What page.js, or fetch.js, is asked for.
fn want(params: &StreamsParams) -> Object {
    let object = Object::new();
    let is_of_bytes = matches!(params.read_as, Way::AsyncRead | Way::FetchBytes);
    let (size, mark) = match params.read_as {
        Way::Fetch | Way::FetchBytes => (ROOM, params.high_water * ROOM),
        Way::AsyncRead => (CHUNK, params.high_water * CHUNK),
        Way::Stream | Way::Generator => (CHUNK, params.high_water),
    };
    for (name, value) in [("chunks", params.chunks), ("size", size), ("ms", params.make), ("mark", mark)] {
        put(&object, name, value);
    }
    put(&object, "file", FILE);
    if is_of_bytes {
        put(&object, "type", "bytes");
    }
    object
}

/// The script: the source, its reader, and who comes after that one.
fn begin(page: &Page, params: &StreamsParams) {
    let executor = page.executor();
    let plan = Plan {
        cancels: params.gone == Gone::Cancels,
        takes: params.read_ms,
        stops_after: params.stop_after,
        reads_bytes: params.read_as == Way::FetchBytes,
        room: params.room as usize,
    };
    let known = match params.read_as {
        Way::Generator => Known::of_chunks(page, 0, CHUNK),
        Way::Stream => Known::of_chunks(page, params.high_water, CHUNK),
        Way::AsyncRead => Known::of_bytes(page, params.high_water * CHUNK),
        Way::Fetch | Way::FetchBytes => Known::of_body(page, params.high_water * ROOM),
    };
    let want = want(params);
    let (source, reader) = match params.read_as {
        Way::Generator => {
            let source = AsyncGenerator::new(generator_of(&want, &known.for_js(page, PromiseId::default())), &known);
            known.made();
            let reader = executor.spawn("reader", generator::generator(source.clone(), plan));
            (Source::Generator(source), reader)
        }
        Way::Stream | Way::AsyncRead => {
            let raw = match stream_of(&want, &known.for_js(page, PromiseId::default())) {
                Ok(raw) => raw,
                Err(why) => return is_refused(page, &why),
            };
            known.made();
            let source = ReadableStream::new(raw.clone(), &known);
            let reader = match params.read_as {
                Way::Stream => executor.spawn("reader", stream::stream(source, plan)),
                _ => executor.spawn("reader", async_read::async_read(source, plan)),
            };
            (Source::Stream(ReadableStream::new(raw, &known)), reader)
        }
        Way::Fetch | Way::FetchBytes => {
            let number = page.next_promise();
            let asked = fetch_body(&want, &known.for_js(page, number));
            page.promise_created(number, "fetchBody()", &asked);
            let body = Body::new(&known);
            let reader = executor.spawn("reader", fetched::fetched(asked, body.clone(), plan));
            (Source::Body(body), reader)
        }
    };
    let (part, takes) = (page.part(), params.read_ms);
    drop(executor.spawn("rest", async move {
        // It cannot be cancelled: nobody has its handle but this.
        let _ = reader.await;
        rest::rest(source, takes).await;
        part.part_is_over();
    }));
}

/// An engine that has no streams of bytes makes none: what it says is what the run says, which is over.
fn is_refused(page: &Page, why: &JsValue) {
    let text = why.dyn_ref::<js_sys::Error>().map(|error| String::from(error.to_string())).unwrap_or_default();
    page.record(|r| Event::Logged { task: TaskId::NONE, text: r.name(&text), site: SiteId::NONE });
    page.part_is_over();
}
