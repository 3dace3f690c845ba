//! Readers of JavaScript's streams: a stream's chunks as a `Stream`, its bytes as an `AsyncRead`.
//!
//! Names, signatures and what a drop does are those of `wasm-streams`, for the few that are used here. That crate is not taken because of
//! what it exports for the other direction: every module of the page would have it, 7 KB compressed each.
//!
//! A *reader* locks its stream until it is dropped. A dropped reader gives the lock back; one that was made from the whole stream
//! cancels it before that.

use super::put;
use futures::io::AsyncRead;
use futures::stream::Stream;
use js_sys::{Error, JsString, Object, Promise, Reflect, Uint8Array};
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// A `ReadableStream` of the browser's.
    #[wasm_bindgen(js_name = ReadableStream)]
    #[derive(Clone, Debug)]
    pub type RawStream;
    /// Whether a reader has it.
    #[wasm_bindgen(method, getter)]
    pub fn locked(this: &RawStream) -> bool;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn get_reader(this: &RawStream, options: &Object) -> Result<RawReader, Error>;

    #[derive(Debug)]
    type RawReader;
    #[wasm_bindgen(method)]
    fn read(this: &RawReader) -> Promise;
    #[wasm_bindgen(method, js_name = read)]
    fn read_into(this: &RawReader, room: &Uint8Array) -> Promise;
    #[wasm_bindgen(method)]
    fn cancel(this: &RawReader) -> Promise;
    #[wasm_bindgen(method, catch, js_name = releaseLock)]
    fn release_lock(this: &RawReader) -> Result<(), JsValue>;
}

/// A `ReadableStream` that is to be read.
#[derive(Debug)]
pub struct ReadableStream {
    raw: RawStream,
}

impl ReadableStream {
    /// Of JavaScript's.
    pub fn from_raw(raw: RawStream) -> Self {
        ReadableStream { raw }
    }

    /// JavaScript's.
    pub fn as_raw(&self) -> &RawStream {
        &self.raw
    }

    fn reader<'stream>(&self, is_of_bytes: bool) -> Result<Reader<'stream>, Error> {
        let options = Object::new();
        if is_of_bytes {
            put(&options, "mode", "byob");
        }
        Ok(Reader { raw: self.raw.get_reader(&options)?, stream: PhantomData })
    }

    /// A reader of chunks.
    ///
    /// # Errors
    /// Where the stream is locked, in the browser's words.
    pub fn try_get_reader(&mut self) -> Result<ReadableStreamDefaultReader<'_>, Error> {
        self.reader(false).map(ReadableStreamDefaultReader)
    }

    /// A reader of chunks.
    ///
    /// # Panics
    /// Where the stream is locked.
    pub fn get_reader(&mut self) -> ReadableStreamDefaultReader<'_> {
        self.try_get_reader().expect_throw("the stream is locked")
    }

    /// A reader of bytes.
    ///
    /// # Panics
    /// Where the stream is locked, or is none of bytes.
    pub fn get_byob_reader(&mut self) -> ReadableStreamByobReader<'_> {
        ReadableStreamByobReader(self.reader(true).expect_throw("the stream is locked, or none of bytes"))
    }

    /// All of its chunks. Dropped, that cancels the stream.
    ///
    /// # Errors
    /// Where the stream is locked; it is given back.
    pub fn try_into_stream(self) -> Result<IntoStream<'static>, (Error, Self)> {
        match self.reader(false) {
            Ok(reader) => Ok(IntoStream(Reading::new(reader, true))),
            Err(error) => Err((error, self)),
        }
    }

    /// The same.
    ///
    /// # Panics
    /// Where the stream is locked.
    pub fn into_stream(self) -> IntoStream<'static> {
        self.try_into_stream().map_err(|(error, _)| error).expect_throw("the stream is locked")
    }

    /// All of its bytes. Dropped, that cancels the stream.
    ///
    /// # Panics
    /// Where the stream is locked, or is none of bytes.
    pub fn into_async_read(self) -> IntoAsyncRead<'static> {
        let reader = self.reader(true).expect_throw("the stream is locked, or none of bytes");
        IntoAsyncRead(Reading::new(reader, true))
    }
}

/// A lock, until it is dropped.
#[derive(Debug)]
struct Reader<'stream> {
    raw: RawReader,
    stream: PhantomData<&'stream mut ReadableStream>,
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        // A read that is pending is rejected, and nobody listens to it any more. Browsers of before 2022 refuse that.
        let _ = self.raw.release_lock();
    }
}

/// Tells the source that nobody wants more, and gives the lock back.
fn cancel(reader: Option<Reader<'_>>) {
    let Some(reader) = reader else { return };
    // What the source says to it, nobody waits for. A promise that is awaited reports no rejection.
    let cancelled = JsFuture::from(reader.raw.cancel());
    wasm_bindgen_futures::spawn_local(async move { drop(cancelled.await) });
}

/// A reader of chunks.
#[derive(Debug)]
pub struct ReadableStreamDefaultReader<'stream>(Reader<'stream>);

impl<'stream> ReadableStreamDefaultReader<'stream> {
    /// Its chunks. Dropped, that gives the lock back, and no more.
    pub fn into_stream(self) -> IntoStream<'stream> {
        IntoStream(Reading::new(self.0, false))
    }
}

/// A reader of bytes, into room of its own.
#[derive(Debug)]
pub struct ReadableStreamByobReader<'stream>(Reader<'stream>);

impl<'stream> ReadableStreamByobReader<'stream> {
    /// Its bytes. Dropped, that gives the lock back, and no more.
    pub fn into_async_read(self) -> IntoAsyncRead<'stream> {
        IntoAsyncRead(Reading::new(self.0, false))
    }
}

/// Reads, one after the other, until the stream is over.
#[derive(Debug)]
struct Reading<'reader> {
    /// None once the stream is over.
    reader: Option<Reader<'reader>>,
    read: Option<JsFuture>,
    /// Whether a drop cancels the stream.
    cancels: bool,
}

impl<'reader> Reading<'reader> {
    fn new(reader: Reader<'reader>, cancels: bool) -> Self {
        Reading { reader: Some(reader), read: None, cancels }
    }

    /// What the read that goes on comes to, or one that is begun: a value, or none where the stream is over.
    fn poll(
        &mut self,
        cx: &mut Context<'_>,
        begin: impl FnOnce(&RawReader) -> Promise,
    ) -> Poll<Option<Result<JsValue, JsValue>>> {
        let Some(reader) = &self.reader else { return Poll::Ready(None) };
        let read = self.read.get_or_insert_with(|| begin(&reader.raw).into());
        let result = ready!(Pin::new(read).poll(cx));
        self.read = None;
        let item = result.map(|result| value_of(&result)).transpose();
        if !matches!(item, Some(Ok(_))) {
            self.reader = None;
        }
        Poll::Ready(item)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        if self.cancels {
            cancel(self.reader.take());
        }
    }
}

/// The value of what a read gave; none where the stream is over.
fn value_of(result: &JsValue) -> Option<JsValue> {
    let field = |name: &str| Reflect::get(result, &name.into()).unwrap_throw();
    if field("done").is_truthy() { None } else { Some(field("value")) }
}

/// The chunks of a stream.
#[derive(Debug)]
pub struct IntoStream<'reader>(Reading<'reader>);

impl Stream for IntoStream<'_> {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll(cx, RawReader::read)
    }
}

/// The bytes of a stream.
#[derive(Debug)]
pub struct IntoAsyncRead<'reader>(Reading<'reader>);

impl AsyncRead for IntoAsyncRead<'_> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, room: &mut [u8]) -> Poll<io::Result<usize>> {
        // Memory of JavaScript's own: it is taken from whom it is given to, which ours cannot be.
        let begin = |reader: &RawReader| reader.read_into(&Uint8Array::new_with_length(room.len() as u32));
        let bytes: Uint8Array = match ready!(self.0.poll(cx, begin)) {
            Some(Ok(bytes)) => bytes.unchecked_into(),
            Some(Err(error)) => {
                let text = error.dyn_ref::<Object>().map(Object::to_string);
                let text = text.map(|text: JsString| String::from(text)).unwrap_or_default();
                return Poll::Ready(Err(io::Error::other(text)));
            }
            None => return Poll::Ready(Ok(0)),
        };
        // The room may be another one than that of the poll which began to read.
        let count = (bytes.length() as usize).min(room.len());
        bytes.subarray(0, count as u32).copy_to(&mut room[..count]);
        Poll::Ready(Ok(count))
    }
}
