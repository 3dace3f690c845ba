//! How far a run may go, as the page sets it.

use pollscope::record::Budget;
use pollscope_lowering::interp::Bounds;
use wasm_bindgen::prelude::*;

/// How far a run may go. A new one has what runs have if nothing else is said.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Polls of the run.
    pub polls: u32,
    /// Events of its trace.
    pub events: u32,
    /// Milliseconds of its clock.
    pub time: f64,
    /// Statements within one poll.
    pub steps: f64,
    /// Functions that call each other.
    pub depth: u32,
    /// Bytes of the program's memory.
    pub memory: u32,
}

#[wasm_bindgen]
impl Limits {
    /// As a run has them if nothing else is said.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "it is the default, by JavaScript's name for it")]
    pub fn new() -> Limits {
        let (bounds, budget) = (Bounds::default(), Budget::default());
        Limits {
            polls: budget.polls,
            events: budget.events,
            time: budget.time as f64,
            steps: bounds.steps as f64,
            depth: bounds.depth as u32,
            memory: bounds.memory,
        }
    }
}

impl Limits {
    /// Those of the program, and those of the run.
    pub(crate) fn split(&self) -> (Bounds, Budget) {
        let bounds = Bounds { steps: self.steps as u64, depth: self.depth as usize, memory: self.memory };
        let budget = Budget { polls: self.polls, events: self.events, time: self.time as u64, ..Budget::default() };
        (bounds, budget)
    }
}
