//! The timeline of a run.

use crate::run::Run;
use pollscope::interop::to_js;
use pollscope::trace::ids::TaskId;
use pollscope::view::timeline::{NowFrame, Share, TimelineFrame, Window};
use tsify::Ts;
use wasm_bindgen::prelude::*;

fn window(from: f64, to: f64, width: f64, top: u32, rows: u32, seen: u32) -> Window {
    Window { from, to, width, top: top as usize, rows: rows as usize, seen: seen as usize }
}

#[wasm_bindgen]
impl Run {
    /// The position of the run's end on the timeline's axis.
    #[wasm_bindgen(getter)]
    pub fn extent(&self) -> f64 {
        self.viewer.extent()
    }

    /// The position of a cursor on the timeline's axis.
    pub fn place(&self, cursor: u32) -> f64 {
        self.viewer.place(cursor as usize)
    }

    /// What was seen, the first `seen` events, in a window of the timeline: from and to a position, `width` CSS pixels wide,
    /// with at most `rows` lanes, of which `top` are left out before.
    pub fn timeline(&mut self, from: f64, to: f64, width: f64, top: u32, rows: u32, seen: u32) -> Ts<TimelineFrame> {
        to_js(&self.viewer.timeline(&window(from, to, width, top, rows, seen)))
    }

    /// How much of each of `pixels` of the same window's lanes is what, lane by lane: three bytes a pixel, for polls (not 0
    /// where there is one, however short), for standing in the ready queue and for waiting.
    pub fn density(&mut self, from: f64, to: f64, top: u32, rows: u32, seen: u32, pixels: u32) -> Vec<u8> {
        let byte = |share: f64| (share * 255.0).round() as u8;
        let shares = self.viewer.density(&window(from, to, 0.0, top, rows, seen), pixels as usize);
        let bytes = |s: Share| [byte(s.polling).max(u8::from(s.polled)), byte(s.queueing), byte(s.waiting)];
        shares.into_iter().flat_map(bytes).collect()
    }

    /// What is so at the cursor, of the lanes of `tasks`.
    pub fn now(&mut self, cursor: u32, tasks: Vec<u32>) -> Ts<NowFrame> {
        to_js(&self.viewer.now(cursor as usize, &tasks))
    }

    /// The cursor after the event, among the first `seen`, that a place on the lane of `task` belongs to (0: on any lane).
    #[wasm_bindgen(js_name = eventAt)]
    pub fn event_at(&mut self, at: f64, task: u32, seen: u32) -> u32 {
        self.viewer.event_at(at, TaskId(task), seen as usize) as u32
    }

    /// Which of a window's lanes is that of `task`, if it has one; those left out before are counted.
    #[wasm_bindgen(js_name = rowOf)]
    pub fn row_of(&mut self, from: f64, to: f64, rows: u32, task: u32) -> Option<u32> {
        let row = self.viewer.row_of(&window(from, to, 0.0, 0, rows, 0), TaskId(task));
        row.map(|row| row as u32)
    }
}
