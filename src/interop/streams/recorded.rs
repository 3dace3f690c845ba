//! Streams of JavaScript's, with what is done with them recorded: their readers, and js-sys's own `JsStream`.
//!
//! A reader's polls are leaves of the trace. What wakes its task is the stream: the promise of a `read()` is wasm-bindgen's own
//! affair, and its reaction calls the waker that is given here.

use crate::executor::{Handle, record_of_task};
use crate::interop::live::{OfPage, Page};
use crate::interop::put;
use crate::interop::readers::{self, RawStream};
use crate::interop::traced::Leaf;
use crate::record::Recorder;
use crate::trace::SourceKind;
use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::{PromiseId, SourceId};
use futures::io::AsyncRead;
use futures::stream::Stream;
use js_sys::{AsyncIterator, Object, Uint8Array, futures::stream};
use std::cell::{Cell, OnceCell};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use wasm_bindgen::prelude::*;

/// What is known of a stream of the run.
#[derive(Clone)]
pub(super) struct Known(Rc<Inner>);

struct Inner {
    page: OfPage,
    stream: SourceId,
    /// What the queue holds before it is full, in its own units: chunks, or bytes.
    mark: u32,
    /// The bytes of such a unit.
    unit: u32,
    /// The bytes that were made, and that were read.
    made: Cell<u32>,
    read: Cell<u32>,
    /// The bytes in the queue, by its last account.
    queued: Cell<u32>,
    /// Whether each chunk has its number in it.
    is_numbered: bool,
}

impl Known {
    /// Of a stream of chunks of a size whose queue holds `mark` of them.
    pub(super) fn of_chunks(page: &Page, mark: u32, size: u32) -> Self {
        Self::new(page, mark, size, true)
    }

    /// The same, of a queue that counts their bytes.
    pub(super) fn of_bytes(page: &Page, mark: u32) -> Self {
        Self::new(page, mark, 1, true)
    }

    /// Of the body of a fetch, whose queue counts bytes.
    pub(super) fn of_body(page: &Page, mark: u32) -> Self {
        Self::new(page, mark, 1, false)
    }

    fn new(page: &Page, mark: u32, unit: u32, is_numbered: bool) -> Self {
        let stream = page.executor().recorder().source(SourceKind::Stream);
        let [made, read, queued] = std::array::from_fn(|_| Cell::new(0));
        Known(Rc::new(Inner { page: page.part(), stream, mark, unit, made, read, queued, is_numbered }))
    }

    fn record(&self, event: impl FnOnce(SourceId) -> Event) {
        self.0.page.record(|_| event(self.0.stream));
    }

    /// It was made.
    pub(super) fn made(&self) {
        let mark = self.0.mark * self.0.unit;
        self.record(|stream| Event::StreamMade { stream, mark });
    }

    /// The bytes in the queue, by the room that it has left. A generator has no queue.
    fn account(&self, room: Option<f64>) -> u32 {
        let filled = room.map_or(0.0, |room| f64::from(self.0.mark) - room);
        let queued = filled as u32 * self.0.unit;
        self.0.queued.set(queued);
        queued
    }

    /// The object with which page.js says what the source does: it has the functions that these are. Of the body of a fetch, that
    /// comes by a promise.
    pub(super) fn for_js(&self, page: &Page, promise: PromiseId) -> Object {
        let object = page.for_js(promise);
        let put = |name: &str, function: JsValue| put(&object, name, function);
        // Of a body: it was made just now.
        let known = self.clone();
        put("opened", Closure::<dyn Fn()>::new(move || known.made()).into_js_value());
        // It is asked for a chunk.
        let known = self.clone();
        let pulled = move |room: Option<f64>| {
            let queued = known.account(room);
            known.record(|stream| Event::Pulled { stream, queued });
        };
        put("pulled", Closure::<dyn Fn(Option<f64>)>::new(pulled).into_js_value());
        // It has made one.
        let known = self.clone();
        let made = move |bytes: u32, room: Option<f64>| {
            known.0.made.set(known.0.made.get() + bytes);
            known.record(|stream| Event::ChunkMade { stream, bytes });
            let queued = known.account(room);
            match room {
                Some(..=0.0) => known.record(|stream| Event::StreamFull { stream, queued }),
                _ => known.record(|stream| Event::StreamHolds { stream, queued }),
            }
        };
        put("made", Closure::<dyn Fn(u32, Option<f64>)>::new(made).into_js_value());
        // It is told that nobody wants more.
        let known = self.clone();
        let cancelled = move || {
            let queued = known.0.queued.take();
            known.record(|stream| Event::StreamCancelled { stream, queued });
        };
        put("cancelled", Closure::<dyn Fn()>::new(cancelled).into_js_value());
        // It has no more.
        let known = self.clone();
        let closed = move || known.record(|stream| Event::StreamClosed { stream });
        put("closed", Closure::<dyn Fn()>::new(closed).into_js_value());
        object
    }

    /// Begins a poll of a reader's future: the stream wakes.
    #[track_caller]
    fn enter<F>(&self, name: &'static str, future: &F, cx: &Context<'_>) -> Leaf {
        let stream = self.0.stream;
        Leaf::enter(name, future, WakeSource::Source(stream), cx, |waker, polled_by| FromStream {
            waker,
            polled_by,
            stream,
        })
    }

    /// The running task has read so many bytes.
    fn has_read(&self, bytes: u32) {
        let Inner { stream, made, read, queued, .. } = &*self.0;
        read.set(read.get() + bytes);
        record_of_task(|task| Event::ChunkRead { task, stream: *stream, bytes });
        let left = made.get() - read.get();
        if queued.replace(left) != left {
            self.record(|stream| Event::StreamHolds { stream, queued: left });
        }
    }
}

/// A waker that is called where the promise of a read has settled.
struct FromStream {
    waker: Waker,
    polled_by: Handle,
    stream: SourceId,
}

impl Wake for FromStream {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.polled_by.wake_from(&self.waker, WakeSource::Source(self.stream));
    }
}

/// A reader of chunks or bytes: the real one inside, until it is dropped.
pub(super) struct Reader<R> {
    real: Option<R>,
    /// The stream that it locks; a generator has no lock.
    locks: Option<RawStream>,
    known: Known,
}

/// Readers of a stream, and js-sys's of a generator.
pub(super) type IntoStream<'reader> = Reader<readers::IntoStream<'reader>>;
pub(super) type IntoAsyncRead<'reader> = Reader<readers::IntoAsyncRead<'reader>>;
pub(super) type JsStream = Reader<stream::JsStream>;

impl<R> Reader<R> {
    fn new(real: R, locks: Option<RawStream>, known: &Known) -> Self {
        let stream = known.0.stream;
        record_of_task(|task| Event::ReaderTaken { task, stream });
        Reader { real: Some(real), locks, known: known.clone() }
    }
}

impl<R: Stream<Item = Result<JsValue, JsValue>> + Unpin> Reader<R> {
    /// As `StreamExt::next`.
    pub(super) fn next(&mut self) -> Next<'_, R> {
        Next(self)
    }
}

impl<R> Reader<R> {
    /// What a chunk is called: by the number that page.js has written into it, where it has.
    pub(super) fn name_of(&self, chunk: &JsValue) -> String {
        let bytes = Uint8Array::new(chunk);
        if self.known.0.is_numbered {
            format!("chunk {}", bytes.get_index(0))
        } else {
            format!("a chunk of {} bytes", bytes.length())
        }
    }
}

impl<R: AsyncRead + Unpin> Reader<R> {
    /// As `AsyncReadExt::read`.
    pub(super) fn read<'a>(&'a mut self, room: &'a mut [u8]) -> Read<'a, R> {
        Read(self, room)
    }
}

impl<R> Drop for Reader<R> {
    fn drop(&mut self) {
        drop(self.real.take());
        if !self.locks.as_ref().is_some_and(RawStream::locked) {
            let stream = self.known.0.stream;
            record_of_task(|task| Event::ReaderLeft { task, stream });
        }
    }
}

/// The next chunk.
pub(super) struct Next<'a, R>(&'a mut Reader<R>);

impl<R: Stream<Item = Result<JsValue, JsValue>> + Unpin> Future for Next<'_, R> {
    type Output = Option<Result<JsValue, JsValue>>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let leaf = self.0.known.enter("next()", &*self, cx);
        let Reader { real: Some(real), known, .. } = &mut *self.0 else { return Poll::Ready(None) };
        let poll = leaf.poll(cx, |cx| Pin::new(real).poll_next(cx));
        if let Poll::Ready(Some(Ok(chunk))) = &poll {
            known.has_read(Uint8Array::new(chunk).length());
        }
        poll
    }
}

/// As many bytes as there are, and there is room for.
pub(super) struct Read<'a, R>(&'a mut Reader<R>, &'a mut [u8]);

impl<R: AsyncRead + Unpin> Future for Read<'_, R> {
    type Output = std::io::Result<usize>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let leaf = self.0.known.enter("read()", &*self, cx);
        let Read(reader, room) = &mut *self;
        let Reader { real: Some(real), known, .. } = &mut **reader else { return Poll::Ready(Ok(0)) };
        let poll = leaf.poll(cx, |cx| Pin::new(real).poll_read(cx, room));
        if let Poll::Ready(Ok(bytes @ 1..)) = &poll {
            known.has_read(*bytes as u32);
        }
        poll
    }
}

/// A stream whose readers are recorded.
pub(super) struct ReadableStream {
    real: readers::ReadableStream,
    raw: RawStream,
    known: Known,
}

impl ReadableStream {
    pub(super) fn new(raw: RawStream, known: &Known) -> Self {
        ReadableStream { real: readers::ReadableStream::from_raw(raw.clone()), raw, known: known.clone() }
    }

    pub(super) fn into_stream(self) -> IntoStream<'static> {
        Reader::new(self.real.into_stream(), Some(self.raw), &self.known)
    }

    pub(super) fn into_async_read(self) -> IntoAsyncRead<'static> {
        Reader::new(self.real.into_async_read(), Some(self.raw), &self.known)
    }

    pub(super) fn get_reader(&mut self) -> DefaultReader<'_> {
        Taken { real: self.real.get_reader(), raw: &self.raw, known: &self.known }
    }

    pub(super) fn get_byob_reader(&mut self) -> ByobReader<'_> {
        Taken { real: self.real.get_byob_reader(), raw: &self.raw, known: &self.known }
    }
}

/// A reader that is not read by yet.
pub(super) struct Taken<'stream, R> {
    real: R,
    raw: &'stream RawStream,
    known: &'stream Known,
}

pub(super) type DefaultReader<'stream> = Taken<'stream, readers::ReadableStreamDefaultReader<'stream>>;
pub(super) type ByobReader<'stream> = Taken<'stream, readers::ReadableStreamByobReader<'stream>>;

impl<'stream> DefaultReader<'stream> {
    pub(super) fn into_stream(self) -> IntoStream<'stream> {
        Reader::new(self.real.into_stream(), Some(self.raw.clone()), self.known)
    }
}

impl<'stream> ByobReader<'stream> {
    pub(super) fn into_async_read(self) -> IntoAsyncRead<'stream> {
        Reader::new(self.real.into_async_read(), Some(self.raw.clone()), self.known)
    }
}

/// An async generator that page.js has made.
#[derive(Clone)]
pub(super) struct AsyncGenerator {
    real: AsyncIterator,
    known: Known,
}

impl AsyncGenerator {
    pub(super) fn new(real: AsyncIterator, known: &Known) -> Self {
        AsyncGenerator { real, known: known.clone() }
    }

    pub(super) fn return_(&self) {
        let generator: &js_sys::AsyncGenerator = self.real.unchecked_ref();
        // What it gives is awaited by nobody; the code of its `finally` cannot throw.
        let _ = generator.return_(&JsValue::UNDEFINED);
    }
}

impl From<AsyncGenerator> for JsStream {
    fn from(source: AsyncGenerator) -> Self {
        Reader::new(stream::JsStream::from(source.real), None, &source.known)
    }
}

/// The body of a fetch, once it is here.
#[derive(Clone)]
pub(super) struct Body {
    raw: Rc<OnceCell<RawStream>>,
    known: Known,
}

impl Body {
    pub(super) fn new(known: &Known) -> Self {
        Body { raw: Rc::default(), known: known.clone() }
    }

    /// What the fetch has come to.
    pub(super) fn of(&self, answer: JsValue) -> ReadableStream {
        let raw = self.raw.get_or_init(|| answer.unchecked_into());
        ReadableStream::new(raw.clone(), &self.known)
    }
}

/// What somebody else finds when the reader is gone.
pub(super) enum Source {
    Stream(ReadableStream),
    Generator(AsyncGenerator),
    Body(Body),
}

/// A reader of either.
type Chunks = Reader<Pin<Box<dyn Stream<Item = Result<JsValue, JsValue>>>>>;

impl Source {
    /// A reader of its own; in words, why there is none.
    pub(super) fn open(self) -> Result<Chunks, String> {
        match self {
            Source::Body(Body { raw, known }) => match raw.get() {
                Some(raw) => Source::Stream(ReadableStream::new(raw.clone(), &known)).open(),
                None => Err("nothing was fetched".to_owned()),
            },
            Source::Stream(ReadableStream { real, raw, known }) => match real.try_into_stream() {
                Ok(chunks) => Ok(Reader::new(Box::pin(chunks), Some(raw), &known)),
                Err((error, _)) => Err(String::from(error.message())),
            },
            Source::Generator(AsyncGenerator { real, known }) => {
                Ok(Reader::new(Box::pin(stream::JsStream::from(real)), None, &known))
            }
        }
    }
}
