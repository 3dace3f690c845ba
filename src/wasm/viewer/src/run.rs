//! A run, as the page asks for it: its chunks come in, and every question about it is answered here.

use pollscope::interop::to_js;
use pollscope::scenario::{Staffings, StaffingsFrame};
use pollscope::trace::event::End;
use pollscope::trace::format::Reader;
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Columns, Event, TimeUnit, Trace};
use pollscope::view::frame::Frame;
use pollscope::view::{Findings, Replay, StepUnit, Told, WhatIfs};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// A recorded run, or one that is being recorded.
#[wasm_bindgen]
pub struct Run {
    /// What has come so far; it is shown when it is closed.
    arriving: Trace,
    reader: Reader,
    pub(super) replay: Replay,
    staffings: Option<Staffings>,
}

#[wasm_bindgen]
impl Run {
    /// An empty run: its trace comes with [`append`](Self::append).
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "for JavaScript alone")]
    pub fn new() -> Run {
        let empty = || Trace::new(TimeUnit::VirtualMs);
        Run { arriving: empty(), reader: Reader::default(), replay: Replay::new(empty()), staffings: None }
    }

    /// Reads the next bytes of the trace; says how many events have come.
    ///
    /// Throws an error with one sentence where they are not the next bytes of a trace.
    pub fn append(&mut self, bytes: &[u8]) -> Result<u32, JsError> {
        let read = self.reader.append(&mut self.arriving, bytes);
        read.map_err(|damage| JsError::new(&damage.to_string()))?;
        Ok(self.arriving.len() as u32)
    }

    /// No more chunks come: the run is over, with the right answer to its scenario's question, or it was cut off, or
    /// `stopped`. Says whether its last event is its end.
    pub fn close(&mut self, stopped: bool, answer: Option<String>) -> bool {
        let mut trace = std::mem::replace(&mut self.arriving, Trace::new(TimeUnit::VirtualMs));
        trace.answer = answer;
        let is_end = |event| matches!(event, Event::Ended { .. });
        let mut has_ended = trace.len().checked_sub(1).is_some_and(|i| is_end(trace.event(i)));
        if stopped && !has_ended && !trace.is_empty() {
            trace.columns.push(trace.end_time(), Event::Ended { end: End::Stopped });
            has_ended = true;
        }
        self.staffings = Staffings::of(&trace);
        self.replay = Replay::new(trace);
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

    /// The staffings at the cursor, if the run compares some.
    pub fn staffings(&self, cursor: u32) -> Option<Ts<StaffingsFrame>> {
        let staffings = self.staffings.as_ref()?;
        Some(to_js(&staffings.frame(self.replay.trace(), cursor as usize)))
    }

    /// What each clerk's chair and each call did when, over the whole run: rows of five numbers, staffing times
    /// two (plus one for calls), lane, from and to in ms, and what (0 speaking, 1 ringing, 2 queueing, 3 changing
    /// seats).
    pub fn spans(&self) -> Vec<u32> {
        self.staffings.as_ref().map_or(Vec::new(), Staffings::spans)
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
        self.replay.trace().answer.clone()
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
