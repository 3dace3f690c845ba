//! Sentences of streams: what their sources make, what their queues hold, who reads them, and who leaves.

use super::part::Part;
use super::rule::Rule;
use super::say::Describe;
use super::sentence::{Builder, Say};
use crate::trace::Kind;
use crate::trace::event::{Event, WakeEffect, WakeSource};
use crate::trace::ids::TaskId;
use crate::view::description::Description;

/// What a stream's event says, and its worth beside the others of a part. `None` of any other event.
pub(super) fn told(event: Event, describe: Describe<'_>, i: usize) -> Option<(u8, Say, Builder)> {
    let blank = Builder::default;
    let is_of_stream = matches!(
        event.kind(),
        Kind::StreamMade
            | Kind::Pulled
            | Kind::ChunkMade
            | Kind::StreamHolds
            | Kind::StreamFull
            | Kind::ReaderTaken
            | Kind::ChunkRead
            | Kind::ReaderLeft
            | Kind::StreamCancelled
            | Kind::StreamClosed
    );
    Some(match is_of_stream.then(|| describe(i + 1))? {
        Description::StreamMade { mark, .. } => (71, Say::StreamMade, blank().size(mark)),
        Description::Pulled { nth, .. } => (66, Say::StreamPulled, blank().n(nth)),
        Description::ChunkMade { nth, .. } => (72, Say::StreamChunk, blank().n(nth)),
        Description::StreamHolds { queued, .. } => (60, Say::StreamHolds, blank().size(queued)),
        Description::StreamFull { queued, .. } => (92, Say::StreamFull, blank().size(queued)),
        Description::ReaderTaken { .. } => (68, Say::StreamReader, blank()),
        Description::ChunkRead { bytes, .. } => (80, Say::StreamRead, blank().size(bytes)),
        Description::ReaderLeft { .. } => (69, Say::StreamLeft, blank()),
        Description::StreamCancelled { queued, .. } => (89, Say::StreamCancelled, blank().size(queued)),
        Description::StreamClosed { .. } => (74, Say::StreamClosed, blank()),
        _ => return None,
    })
}

impl Rule<'_> {
    /// What a stream does between polls: the two events that weigh most, in their order. A wake belongs to the chunk that
    /// is made before it.
    pub(super) fn say_streams(
        &self,
        part: &Part,
        events: &[(usize, Event)],
        wakes: &[(TaskId, WakeSource, WakeEffect)],
        describe: Describe<'_>,
    ) -> Vec<Builder> {
        let mut said: Vec<(u8, usize, Builder)> = Vec::new();
        for (nth, &(i, event)) in events.iter().enumerate() {
            if let Some((worth, say, with)) = told(event, describe, i) {
                let woken: Vec<TaskId> = match event {
                    Event::ChunkMade { .. } => wakes.iter().map(|&(task, ..)| task).collect(),
                    _ => Vec::new(),
                };
                said.push((worth, nth, with.say(say).now(self.now(part)).them(self.who(&woken))));
            }
        }
        said.sort_by_key(|&(worth, nth, _)| (u8::MAX - worth, nth));
        said.truncate(2);
        said.sort_by_key(|&(_, nth, _)| nth);
        said.into_iter().map(|(.., sentence)| sentence).collect()
    }
}
