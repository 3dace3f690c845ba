//! `streams`: a stream that page.js makes, and a reader of Rust's that takes its time, and leaves. Recorded as it happens.
//!
//! The page sees when its source is asked for a chunk, what it makes, and how much room the queue has by its own account
//! (`desiredSize`). When a reader is handed a chunk, it sees only once the reader's task is polled.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod async_read;
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
use super::live::{Extent, PATIENCE, Page, record as record_live};
use super::put;
use crate::record::{Recorder, TraceRecorder};
use crate::scenario::{Gone, Setup, StreamsParams, Way};
use crate::trace::event::Event;
use crate::trace::ids::{SiteId, TaskId};
use js_sys::{Object, Uint8Array};
use recorded::{AsyncGenerator, JsStream, Known, ReadableStream, Source};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/interop/streams/page.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = streamOf)]
    fn stream_of(want: &Object, trace: &Object) -> Result<RawStream, JsValue>;
    #[wasm_bindgen(js_name = generatorOf)]
    fn generator_of(want: &Object, trace: &Object) -> js_sys::AsyncIterator;
}

/// The bytes of a chunk.
const CHUNK: u32 = 1024;

/// What a reader does.
struct Plan {
    /// Whether its drop cancels the stream, and does not only let go of it.
    cancels: bool,
    /// How long it works on each chunk, in ms.
    takes: u32,
    /// After so many it leaves.
    stops_after: u32,
    /// The room of a reader that brings its own, in bytes.
    room: usize,
}

/// The number of a chunk, which page.js writes into it.
fn number_of(chunk: &JsValue) -> u8 {
    Uint8Array::new(chunk).get_index(0)
}

/// Records one run.
pub(crate) async fn record(params: StreamsParams, setup: Setup) -> TraceRecorder {
    let patience = (params.make + params.read_ms) * (params.chunks + 4) * 2 + PATIENCE;
    record_live(setup, Extent { parts: 1, patience, linger: 0 }, move |page| begin(page, &params)).await
}

/// What page.js is asked for.
fn want(params: &StreamsParams) -> Object {
    let object = Object::new();
    let is_of_bytes = params.read_as == Way::AsyncRead;
    let mark = params.high_water * if is_of_bytes { CHUNK } else { 1 };
    for (name, value) in [("chunks", params.chunks), ("size", CHUNK), ("ms", params.make), ("mark", mark)] {
        put(&object, name, value);
    }
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
        room: params.room as usize,
    };
    let mark = if params.read_as == Way::Generator { 0 } else { params.high_water };
    let known = Known::new(page, mark, CHUNK, params.read_as == Way::AsyncRead);
    let trace = known.for_js(page);
    let want = want(params);
    let (source, reader) = match params.read_as {
        Way::Generator => {
            let source = AsyncGenerator::new(generator_of(&want, &trace), &known);
            let reader = executor.spawn("reader", generator::generator(source.clone(), plan));
            (Source::Generator(source), reader)
        }
        Way::Stream | Way::AsyncRead => {
            let raw = match stream_of(&want, &trace) {
                Ok(raw) => raw,
                Err(why) => return is_refused(page, &why),
            };
            let source = ReadableStream::new(raw.clone(), &known);
            let reader = match params.read_as {
                Way::Stream => executor.spawn("reader", stream::stream(source, plan)),
                _ => executor.spawn("reader", async_read::async_read(source, plan)),
            };
            (Source::Stream(ReadableStream::new(raw, &known)), reader)
        }
    };
    known.made();
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
