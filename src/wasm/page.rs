//! The page's modules: the manifest, runs that are recorded, and their replay.

use super::{cross, pairs, thrown};
use crate::executor::{Plan, report_panic};
use crate::interop;
use crate::record::TraceRecorder;
use crate::scenario::{self, Advance, Explored, Manifest, Setup, StaffingsFrame};
use crate::trace::ids::TaskId;
use crate::trace::{Columns, Kind, Trace};
use crate::view::frame::Frame;
use crate::view::{Findings, Replay, StepUnit, Told, WhatIfs};
use std::cell::{Cell, RefCell};
use tsify::Ts;
use wasm_bindgen::prelude::*;

thread_local! {
    /// Where a trace lies that a panic cut off: its address and its length. JavaScript reads it after the trap.
    static CRASH: Cell<[u32; 2]> = const { Cell::new([0, 0]) };
    /// What records the run that was begun last.
    static RECORDER: RefCell<Option<TraceRecorder>> = const { RefCell::new(None) };
}

/// Called by the loader, once for each instance: panics leave their trace behind.
#[wasm_bindgen(start)]
pub fn keep_panics() {
    std::panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
        let message = message.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        if report_panic(&message)
            && let Some(recorder) = RECORDER.take()
        {
            let bytes = recorder.with_trace(Trace::write).leak();
            CRASH.set([bytes.as_ptr() as u32, bytes.len() as u32]);
        }
    }));
}

/// The address of two words: where the trace lies that a panic left behind, and its length. To be asked for
/// before anything runs, and read (not called) after a trap.
#[wasm_bindgen(js_name = crashAddress)]
pub fn crash_address() -> u32 {
    CRASH.with(|c| c.as_ptr() as u32)
}

/// All scenarios; those of the other module without their code.
#[wasm_bindgen]
pub fn manifest() -> Ts<Manifest> {
    cross(&scenario::manifest())
}

/// Begins a deterministic run. `params` are pairs of a field and what was typed into it, one after the other;
/// what is not given has its default. `changes` are what is changed in it, as a link carries them.
///
/// Throws a `Problem` where the scenario, the parameters or the changes are wrong.
#[wasm_bindgen]
pub fn start(scenario: &str, params: Vec<String>, changes: &str) -> Result<Job, JsValue> {
    let scenario = scenario::find(scenario).map_err(thrown)?;
    let changes = Plan::read_changes(changes).map_err(|e| thrown(e.into()))?;
    let setup = Setup { plan: Plan { changes, ..Plan::default() }, ..setup() };
    let job = scenario.start(&pairs(&params), setup).map_err(thrown)?;
    RECORDER.set(Some(job.recorder().clone()));
    Ok(Job { job, scenario })
}

fn setup() -> Setup {
    Setup { peek: Some(interop::peek), ..Setup::default() }
}

/// Begins to explore the schedules of a deterministic run, at most `budget` of them.
///
/// Throws a `Problem` where the scenario or the parameters are wrong.
#[wasm_bindgen]
pub fn explore(scenario: &str, params: Vec<String>, budget: u32) -> Result<Explore, JsValue> {
    let scenario = scenario::find(scenario).map_err(thrown)?;
    scenario::Explore::new(scenario, &pairs(&params), Setup::default(), budget).map(Explore).map_err(thrown)
}

/// An exploration under way.
#[wasm_bindgen]
pub struct Explore(scenario::Explore);

#[wasm_bindgen]
impl Explore {
    /// Runs one more schedule, if there is one; says how far it has come. A schedule that panics traps.
    pub fn advance(&mut self) -> Result<Ts<Explored>, JsValue> {
        self.0.advance().map(cross).map_err(thrown)
    }
}

/// Whether an untraced scenario can be begun with these parameters.
///
/// Throws a `Problem` where the scenario or the parameters are wrong.
#[wasm_bindgen]
pub fn check(scenario: &str, params: Vec<String>) -> Result<(), JsValue> {
    scenario::find(scenario).and_then(|s| s.check(&pairs(&params))).map_err(thrown)
}

/// Records a live run; the promise is fulfilled when it is over.
///
/// Throws a `Problem` where the scenario or the parameters are wrong.
#[cfg(not(feature = "deterministic"))]
#[wasm_bindgen]
pub async fn record(scenario: String, params: Vec<String>) -> Result<Run, JsValue> {
    let scenario = scenario::find(&scenario).map_err(thrown)?;
    let trace = interop::record(scenario.id, &pairs(&params)).await.map_err(thrown)?;
    Ok(Run::new(trace, scenario))
}

/// A trace that another instance left behind.
#[wasm_bindgen]
pub fn restore(scenario: &str, bytes: &[u8]) -> Result<Run, JsValue> {
    let scenario = scenario::find(scenario).map_err(thrown)?;
    let trace = Trace::read(bytes).map_err(|e| JsError::new(&e.to_string()))?;
    Ok(Run::new(trace, scenario))
}

/// A deterministic run under way.
#[wasm_bindgen]
pub struct Job {
    job: scenario::Job,
    scenario: &'static scenario::Scenario,
}

#[wasm_bindgen]
impl Job {
    /// Goes on for about `polls` polls.
    pub fn advance(&mut self, polls: u32) -> Ts<Advance> {
        cross(&self.job.advance(polls))
    }

    /// Ends it where it is.
    pub fn stop(&self) {
        self.job.stop();
    }

    /// The recorded run.
    pub fn finish(self) -> Run {
        Run::new(self.job.finish(), self.scenario)
    }
}

/// A recorded run.
#[wasm_bindgen]
pub struct Run {
    pub(super) replay: Replay,
    scenario: &'static scenario::Scenario,
    staffings: Option<scenario::Staffings>,
}

impl Run {
    fn new(trace: Trace, scenario: &'static scenario::Scenario) -> Self {
        let staffings = scenario::Staffings::of(&trace);
        Run { replay: Replay::new(trace), scenario, staffings }
    }
}

#[wasm_bindgen]
impl Run {
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
        cross(&self.replay.frame(cursor as usize, TaskId(focus)))
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
        cross(&self.replay.told(cursor as usize))
    }

    /// The task of the event before the cursor; 0 for none.
    #[wasm_bindgen(js_name = taskOf)]
    pub fn task_of(&self, cursor: u32) -> u32 {
        self.replay.task_of(cursor as usize).0
    }

    /// What is wrong with the run, in the order in which it becomes known.
    pub fn findings(&self) -> Ts<Findings> {
        cross(&self.replay.trace().diagnose())
    }

    /// What could be changed at the cursor.
    #[wasm_bindgen(js_name = whatIfs)]
    pub fn what_ifs(&mut self, cursor: u32) -> Ts<WhatIfs> {
        cross(&self.replay.what_ifs(cursor as usize))
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
    #[wasm_bindgen(js_name = partsFrom)]
    pub fn parts_from(&self, other: &Run) -> Option<u32> {
        self.replay.trace().first_difference(other.replay.trace()).map(|i| i as u32)
    }

    /// The staffings at the cursor, if the run compares some.
    pub fn staffings(&self, cursor: u32) -> Option<Ts<StaffingsFrame>> {
        let staffings = self.staffings.as_ref()?;
        Some(cross(&staffings.frame(self.replay.trace(), cursor as usize)))
    }

    /// What each clerk's chair and each call did when, over the whole run: rows of five numbers, staffing times
    /// two (plus one for calls), lane, from and to in ms, and what (0 speaking, 1 ringing, 2 queueing, 3 changing
    /// seats).
    pub fn spans(&self) -> Vec<u32> {
        self.staffings.as_ref().map_or(Vec::new(), scenario::Staffings::spans)
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

    /// The right answer to the scenario's question, as this run tells it.
    pub fn answer(&self) -> Option<String> {
        self.scenario.answer(self.replay.trace()).map(str::to_owned)
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

#[wasm_bindgen(typescript_custom_section)]
const KINDS: &str = Kind::TYPESCRIPT;

/// The codes of the event kinds, by their number in the `kind` column.
#[wasm_bindgen(js_name = kindNames, unchecked_return_type = "EventKind[]")]
pub fn kind_names() -> Vec<String> {
    Kind::ALL.iter().map(|kind| kind.code().to_owned()).collect()
}
