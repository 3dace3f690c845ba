//! `streams`: a stream of JavaScript's with a queue, made by the page's script or fetched, and a slower reader of Rust's that
//! leaves halfway. What the page gets of it; the run itself needs a browser, and lives in the interop room.

use super::params::params;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Hero, Kind, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::trace::{Event, Trace};

params! {
    StreamsParams {
        high_water: (0..=8) = 3,
        read_ms: (0..=500, "ms") = 30,
        gone: [Gone] = Gone::Cancels,
        read_as: [Way] = Way::Stream,
        stop_after: (1..=32) = 4,
        chunks: (1..=32) = 12,
        make: (0..=500, "ms") = 5,
        room: (64..=4096, "bytes") = 640,
    }
    Gone { Cancels = "cancels", Lets = "lets_go" }
    Way {
        Stream = "stream", AsyncRead = "async_read", Generator = "generator", Fetch = "fetch",
        FetchBytes = "fetch_bytes",
    }
}

/// The scenario.
pub(super) struct Streams;

impl Spec for Streams {
    type Params = StreamsParams;

    const ID: &'static str = "streams";
    const PART: u8 = 6;
    const MINUTES: u8 = 5;
    const STAGE: Stage = Stage::Queues;
    const HERO: Hero = Hero::Pipe;
    const KIND: Kind = Kind::Live;
    const MODULE: Module = Module::Promises;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("stream.rs", include_str!("../interop/streams/stream.rs")),
        file("async_read.rs", include_str!("../interop/streams/async_read.rs")),
        file("generator.rs", include_str!("../interop/streams/generator.rs")),
        file("fetched.rs", include_str!("../interop/streams/fetched.rs")),
        file("fetch.js", include_str!("../interop/streams/fetch.js")),
        file("page.js", include_str!("../interop/streams/page.js")),
        file("rest.rs", include_str!("../interop/streams/rest.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["stream.rs", "page.js"], &[("read_as", "stream")]),
        shown(&["async_read.rs", "page.js"], &[("read_as", "async_read")]),
        shown(&["generator.rs", "page.js"], &[("read_as", "generator")]),
        shown(&["fetched.rs", "stream.rs", "fetch.js"], &[("read_as", "fetch")]),
        shown(&["fetched.rs", "async_read.rs", "fetch.js"], &[("read_as", "fetch_bytes")]),
    ];
    const DECIDES: &'static str = "full|readerleft";
    const QUESTION: Question = Question { options: &["read", "queue", "all"] };

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::streams::record(params, setup)))
    }

    /// How much the source has made when its reader leaves: what was read; that, and what the queue holds; or all.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let (mut made, mut read, mut is_over) = (0_u64, 0_u64, false);
        for event in (0..trace.len()).map(|i| trace.event(i)) {
            match event {
                Event::ChunkMade { bytes, .. } => made += u64::from(bytes),
                Event::ChunkRead { bytes, .. } => read += u64::from(bytes),
                Event::StreamClosed { .. } => is_over = true,
                Event::ReaderLeft { .. } if made <= read => return Some("read"),
                Event::ReaderLeft { .. } => return Some(if is_over { "all" } else { "queue" }),
                _ => {}
            }
        }
        None
    }
}
