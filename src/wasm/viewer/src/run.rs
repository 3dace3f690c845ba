//! A run, as the page asks for it: its chunks come in, and every question about it is answered here.

use crate::named;
use pollscope::interop::to_js;
use pollscope::trace::format::{Damage, Reader};
use pollscope::trace::ids::TaskId;
use pollscope::view::frame::Frame;
use pollscope::view::outline::{Index, Outline, Part};
use pollscope::view::picture::{Frames, Guards, Lanes, Layouts, Lines};
use pollscope::view::story::Story;
use pollscope::view::tracks::{Tracks, TracksFrame};
use pollscope::view::{About, Description, Findings, Listing, Ticks, TurnLines, Viewer, WhatIfs, Writers};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// A recorded run, or one that is being recorded.
#[wasm_bindgen]
pub struct Run {
    pub(super) viewer: Viewer,
    reader: Reader,
    /// What was read off so many events and tracks.
    tracks: (usize, Option<Tracks>),
    /// Made when it is first asked for.
    index: Index,
}

impl Run {
    fn read_tracks(&mut self) -> Option<&Tracks> {
        let trace = self.viewer.trace();
        let come = trace.len() + trace.tracks.len();
        if self.tracks.0 != come {
            self.tracks = (come, Tracks::of(trace));
        }
        self.tracks.1.as_ref()
    }
}

#[wasm_bindgen]
impl Run {
    /// An empty run: its trace comes with [`append`](Self::append).
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "for JavaScript alone")]
    pub fn new() -> Run {
        Run { viewer: Viewer::new(), reader: Reader::default(), tracks: (0, None), index: Index::default() }
    }

    /// Reads the next bytes of the trace; says how many events there are.
    ///
    /// Throws an error with one sentence where the bytes are not the next ones of a trace; what was read before stays.
    pub fn append(&mut self, bytes: &[u8]) -> Result<u32, JsError> {
        let (viewer, reader) = (&mut self.viewer, &mut self.reader);
        viewer.grow(|trace| reader.append(trace, bytes)).map_err(|e| JsError::new(&e.to_string()))?;
        Ok(self.length())
    }

    /// No more bytes come. A run that has not come to its end ends with why it was cut off, if it was. Says whether it had
    /// ended by itself.
    pub fn close(
        &mut self,
        #[wasm_bindgen(unchecked_optional_param_type = "CutOff")] why: Option<String>,
    ) -> Result<bool, JsError> {
        let why = why.map(|why| named(&why)).transpose()?;
        Ok(self.viewer.close(why))
    }

    /// What is wrong with the bytes that came, if these are all; none of a whole trace.
    pub fn damage(&self) -> Option<Ts<Damage>> {
        self.reader.finish().err().map(|damage| to_js(&damage))
    }

    /// What the trace says of itself.
    pub fn about(&self) -> Ts<About> {
        to_js(&About::of(self.viewer.trace()))
    }

    /// The whole run as the bytes of a file; of one that was cut off, with the end that it was given.
    pub fn bytes(&self) -> Vec<u8> {
        self.viewer.trace().write()
    }

    /// Events.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> u32 {
        self.viewer.trace().len() as u32
    }

    /// The time of the last event, in ms.
    #[wasm_bindgen(getter)]
    pub fn duration(&self) -> f64 {
        self.viewer.time(usize::MAX)
    }

    /// The picture after the first `cursor` events, with the bytes of task `focus` (0: of the one that changed last).
    pub fn frame(&mut self, cursor: u32, focus: u32) -> Ts<Frame> {
        to_js(&self.viewer.frame(cursor as usize, TaskId(focus)))
    }

    /// The whole run in `places` + 1 places, equally far apart: the tick that comes first in rank of the events there.
    pub fn ticks(&self, places: u32) -> Ts<Ticks> {
        to_js(&self.viewer.ticks(places as usize))
    }

    /// The event before the cursor, described.
    pub fn describe(&mut self, cursor: u32) -> Ts<Description> {
        to_js(&self.viewer.describe(cursor as usize))
    }

    /// The last `most` events of a list before the cursor.
    pub fn listing(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ListingOf")] of: &str,
        cursor: u32,
        most: u32,
    ) -> Result<Ts<Listing>, JsError> {
        Ok(to_js(&self.viewer.listing(named(of)?, cursor as usize, most as usize)))
    }

    /// Items of the run's outline: `most` from the `from`th on of those below the one that a path names, of the first `seen`
    /// events.
    pub fn outline(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "OutlineBy")] by: &str,
        path: &[u32],
        from: u32,
        most: u32,
        seen: u32,
    ) -> Result<Ts<Outline>, JsError> {
        self.index.follow(self.viewer.trace());
        let part = Part { from: from as usize, most: most as usize };
        Ok(to_js(&self.viewer.outline(&self.index, named(by)?, path, part, seen as usize)))
    }

    /// The path in the run's outline to the event before the cursor.
    #[wasm_bindgen(js_name = outlinePath)]
    pub fn outline_path(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "OutlineBy")] by: &str,
        cursor: u32,
        seen: u32,
    ) -> Result<Vec<u32>, JsError> {
        self.index.follow(self.viewer.trace());
        Ok(self.viewer.outline_path(&self.index, named(by)?, cursor as usize, seen as usize))
    }

    /// Who stood in line for the mutexes of the run.
    pub fn lines(&self) -> Ts<Lines> {
        to_js(&self.viewer.lines())
    }

    /// The lanes of the whole run, to scale. With a `least`, in ms, polls of a lane that lie closer together are one.
    pub fn lanes(&self, least: f64) -> Ts<Lanes> {
        to_js(&self.viewer.lanes(least))
    }

    /// Who has what, and who waits for it.
    pub fn guards(&self) -> Ts<Guards> {
        to_js(&self.viewer.guards())
    }

    /// Which future was polled within which, and what was taken from the heap meanwhile.
    pub fn frames(&self) -> Ts<Frames> {
        to_js(&self.viewer.frames())
    }

    /// What the machines of the run hold in each of their states.
    pub fn layouts(&self) -> Ts<Layouts> {
        to_js(&self.viewer.layouts())
    }

    /// Who wrote bytes of a task's future, or of a slot, as they are at the cursor: those from offset `from` up to `to`.
    pub fn writers(
        &mut self,
        cursor: u32,
        #[wasm_bindgen(unchecked_param_type = "BytesOf")] of: &str,
        which: u32,
        from: u32,
        to: u32,
    ) -> Result<Ts<Writers>, JsError> {
        Ok(to_js(&self.viewer.writers(cursor as usize, named(of)?, which, from..to)))
    }

    /// The task of the event before the cursor; 0 for none.
    #[wasm_bindgen(js_name = taskOf)]
    pub fn task_of(&self, cursor: u32) -> u32 {
        self.viewer.task_of(cursor as usize).0
    }

    /// What is wrong with the run, in the order in which it becomes known.
    pub fn findings(&mut self) -> Ts<Findings> {
        to_js(self.viewer.findings())
    }

    /// Goes on with the story, through at least so many events; says up to which one it has come, and nothing once it is done.
    #[wasm_bindgen(js_name = draftStory)]
    pub fn draft_story(&mut self, most: u32) -> Option<u32> {
        self.viewer.draft_story(most)
    }

    /// Leaves the story at what was gone through so far.
    #[wasm_bindgen(js_name = cutStory)]
    pub fn cut_story(&mut self) {
        self.viewer.cut_story();
    }

    /// The moments that tell the run.
    pub fn story(&mut self) -> Ts<Story> {
        to_js(&self.viewer.story())
    }

    /// The lines of a live run in the order in which they were written, and what is prescribed of it.
    #[wasm_bindgen(js_name = turnLines)]
    pub fn turn_lines(&self) -> Ts<TurnLines> {
        to_js(&self.viewer.turn_lines())
    }

    /// What a task is called in the story.
    #[wasm_bindgen(js_name = nameOf)]
    pub fn name_of(&self, task: u32) -> String {
        self.viewer.name_of(TaskId(task))
    }

    /// What could be changed at the cursor.
    #[wasm_bindgen(js_name = whatIfs)]
    pub fn what_ifs(&mut self, cursor: u32) -> Ts<WhatIfs> {
        to_js(&self.viewer.what_ifs(cursor as usize))
    }

    /// Changes that found nothing to change.
    #[wasm_bindgen(getter)]
    pub fn missed(&self) -> u32 {
        self.viewer.trace().missed
    }

    /// The time of the event before the cursor, in ms.
    pub fn time(&self, cursor: u32) -> f64 {
        self.viewer.time(cursor as usize)
    }

    /// The cursor right after the last event at or before a time, in ms; at least 1.
    #[wasm_bindgen(js_name = cursorAt)]
    pub fn cursor_at(&self, ms: f64) -> u32 {
        self.viewer.cursor_at(ms) as u32
    }

    /// The tracks at the cursor, if the run compares some.
    pub fn tracks(&mut self, cursor: u32) -> Option<Ts<TracksFrame>> {
        self.read_tracks();
        let tracks = self.tracks.1.as_ref()?;
        Some(to_js(&tracks.frame(self.viewer.trace(), cursor as usize)))
    }

    /// What each worker and each task of a track did when, over the whole run: rows of five numbers, track times two (plus
    /// one for tasks), lane, from and to in ms, and what (0 computing, 1 waiting, 2 queueing, 3 overhead).
    pub fn spans(&mut self) -> Vec<f64> {
        let unit = self.viewer.trace().unit;
        let rows = self.read_tracks().map_or(Vec::new(), Tracks::spans);
        let row = |&[group, lane, from, to, what]: &[u32; 5]| {
            [group.into(), lane.into(), unit.to_ms(from.into()), unit.to_ms(to.into()), what.into()]
        };
        rows.as_chunks().0.iter().flat_map(row).collect()
    }

    /// The cursor after a step over one `event`, to the end of a `poll`, to the next `tick`, or to the next event of
    /// a kind; with a `task` (not 0), over events of it alone.
    pub fn step(
        &self,
        cursor: u32,
        #[wasm_bindgen(unchecked_param_type = "StepUnit")] unit: &str,
        forward: bool,
        task: u32,
    ) -> Result<u32, JsError> {
        Ok(self.viewer.step(cursor as usize, named(unit)?, forward, TaskId(task)) as u32)
    }

    /// The right answer to the scenario's question, as the runner reads it off this run.
    pub fn answer(&self) -> Option<String> {
        self.viewer.trace().answer.clone()
    }
}
