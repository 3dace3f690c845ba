//! A run, as the page asks for it: its chunks come in, and every question about it is answered here.

use pollscope::interop::to_js;
use pollscope::trace::event::End;
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Columns, Event, TimeUnit, Trace};
use pollscope::view::frame::Frame;
use pollscope::view::tracks::{Tracks, TracksFrame};
use pollscope::view::{Findings, Replay, StepUnit, Told, WhatIfs};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// A recorded run, or one that is being recorded.
#[wasm_bindgen]
pub struct Run {
    pub(super) replay: Replay,
    tracks: Option<Tracks>,
    answer: Option<String>,
}

impl Run {
    fn show(&mut self, trace: Trace) {
        self.tracks = Tracks::of(&trace);
        self.replay = Replay::new(trace);
    }
}

#[wasm_bindgen]
impl Run {
    /// An empty run: its trace comes with [`append`](Self::append).
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "for JavaScript alone")]
    pub fn new() -> Run {
        Run { replay: Replay::new(Trace::new(TimeUnit::VirtualMs)), tracks: None, answer: None }
    }

    /// Reads the next chunk of the trace; says how many events there are.
    ///
    /// Throws an error with one sentence where the bytes are not the next chunk of a trace.
    pub fn append(&mut self, bytes: &[u8]) -> Result<u32, JsError> {
        let trace = Trace::read(bytes).map_err(|e| JsError::new(&e.to_string()))?;
        self.show(trace);
        Ok(self.length())
    }

    /// No more chunks come: the run is over, with the right answer to its scenario's question, or it was cut off, or
    /// `stopped`. Says whether its last event is its end.
    pub fn close(&mut self, stopped: bool, answer: Option<String>) -> bool {
        self.answer = answer;
        let trace = self.replay.trace();
        let has_ended = trace.len().checked_sub(1).is_some_and(|i| matches!(trace.event(i), Event::Ended { .. }));
        if stopped && !has_ended && !trace.is_empty() {
            let mut trace = trace.clone();
            trace.columns.push(trace.end_time(), Event::Ended { end: End::Stopped });
            self.show(trace);
            return true;
        }
        has_ended
    }

    /// Events.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> u32 {
        self.replay.trace().len() as u32
    }

    /// The time of the last event, in ms.
    #[wasm_bindgen(getter)]
    pub fn duration(&self) -> f64 {
        self.replay.trace().unit.to_ms(self.replay.trace().end_time())
    }

    /// The picture after the first `cursor` events, with the bytes of task `focus` (0: of the one that changed last).
    pub fn frame(&mut self, cursor: u32, focus: u32) -> Ts<Frame> {
        to_js(&self.replay.frame(cursor as usize, TaskId(focus)))
    }

    /// The whole run in `places` + 1 places, equally far apart: the number of the kind that comes first in rank of the events
    /// there, 255 for none. `ranks` has one for each kind.
    pub fn ticks(&self, places: u32, ranks: &[u8]) -> Vec<u8> {
        let rank = |kind| ranks.get(kind as usize).copied().unwrap_or(0);
        let ticks = self.replay.ticks(places as usize, rank);
        ticks.into_iter().map(|kind| kind.map_or(u8::MAX, |kind| kind as u8)).collect()
    }

    /// Goes over about `events` more events, so that frames and timelines of any place are quick; says whether all are done.
    pub fn prepare(&mut self, events: u32) -> bool {
        self.replay.prepare(events as usize)
    }

    /// The event before the cursor, told.
    pub fn told(&mut self, cursor: u32) -> Ts<Told> {
        to_js(&self.replay.told(cursor as usize))
    }

    /// The task of the event before the cursor; 0 for none.
    #[wasm_bindgen(js_name = taskOf)]
    pub fn task_of(&self, cursor: u32) -> u32 {
        self.replay.task_of(cursor as usize).0
    }

    /// What is wrong with the run, in the order in which it becomes known.
    pub fn findings(&self) -> Ts<Findings> {
        to_js(&self.replay.trace().diagnose())
    }

    /// What could be changed at the cursor.
    #[wasm_bindgen(js_name = whatIfs)]
    pub fn what_ifs(&mut self, cursor: u32) -> Ts<WhatIfs> {
        to_js(&self.replay.what_ifs(cursor as usize))
    }

    /// Changes that found nothing to change.
    #[wasm_bindgen(getter)]
    pub fn missed(&self) -> u32 {
        self.replay.trace().missed
    }

    /// The time of the event before the cursor, in ms.
    pub fn time(&self, cursor: u32) -> f64 {
        let trace = self.replay.trace();
        let last = (cursor as usize).min(trace.len()).checked_sub(1);
        last.map_or(0.0, |i| trace.unit.to_ms(trace.time(i)))
    }

    /// The cursor right after the last event at or before a time, in ms; at least 1.
    #[wasm_bindgen(js_name = cursorAt)]
    pub fn cursor_at(&self, ms: f64) -> u32 {
        let units = ms * self.replay.trace().unit.per_ms() as f64;
        self.replay.cursor_at(units.round() as u64) as u32
    }

    /// The first event, from 0, that is another one than in the other run; none if the runs are the same.
    #[wasm_bindgen(js_name = divergesFrom)]
    pub fn diverges_from(&self, other: &Run) -> Option<u32> {
        self.replay.trace().first_difference(other.replay.trace()).map(|i| i as u32)
    }

    /// The tracks at the cursor, if the run compares some.
    pub fn tracks(&self, cursor: u32) -> Option<Ts<TracksFrame>> {
        let tracks = self.tracks.as_ref()?;
        Some(to_js(&tracks.frame(self.replay.trace(), cursor as usize)))
    }

    /// What each worker and each task of a track did when, over the whole run: rows of five numbers, track times two (plus
    /// one for tasks), lane, from and to in ms, and what (0 computing, 1 waiting, 2 queueing, 3 overhead).
    pub fn spans(&self) -> Vec<u32> {
        self.tracks.as_ref().map_or(Vec::new(), Tracks::spans)
    }

    /// The cursor after a step over one `event`, to the end of a `poll`, to the next `tick`, or to the next event of
    /// a kind; with a `task` (not 0), over events of it alone.
    pub fn step(
        &self,
        cursor: u32,
        #[wasm_bindgen(unchecked_param_type = "'event' | 'poll' | 'tick' | 'wake' | 'state' | 'timer' | 'drop'")] unit: &str,
        forward: bool,
        task: u32,
    ) -> u32 {
        let unit = match unit {
            "poll" => StepUnit::Poll,
            "tick" => StepUnit::Tick,
            "wake" => StepUnit::Wake,
            "state" => StepUnit::State,
            "timer" => StepUnit::Timer,
            "drop" => StepUnit::Drop,
            _ => StepUnit::Event,
        };
        self.replay.step(cursor as usize, unit, forward, TaskId(task)) as u32
    }

    /// The right answer to the scenario's question, as the runner reads it off this run.
    pub fn answer(&self) -> Option<String> {
        self.answer.clone()
    }

    /// Events of a chunk of the columns.
    #[wasm_bindgen(getter)]
    pub fn chunk(&self) -> u32 {
        Columns::CHUNK as u32
    }

    /// The address of the `head` column's chunk `i`, from 0: eight bytes an event, of which the first is its kind. Valid
    /// until the run is freed; look at the memory anew after each call, which may have grown it.
    #[wasm_bindgen(js_name = headsAddress)]
    pub fn heads_address(&self, i: u32) -> u32 {
        self.replay.trace().columns.heads(i as usize).as_ptr() as u32
    }
}
