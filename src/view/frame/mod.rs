//! The frame: everything that the page draws at one cursor, bounded in size whatever the run's.
//!
//! Lists are cut at [`ROWS`] and say how many more there are. The parts of a frame are files here, each with its types
//! and with how it is read off a [`State`].

pub mod browser;
pub mod code;
pub mod executor;
pub mod machine;
pub mod memory;

pub use browser::*;
pub use code::*;
pub use executor::*;
pub use machine::*;
pub use memory::*;

use super::description::{Description, Ending, describe};
use super::discriminant::Discriminants;
use super::state::{Counters, Machines, State};
use crate::trace::ids::{MachineId, TaskId};
use crate::trace::{TimeUnit, Trace};
use serde::Serialize;

/// The most rows of a list in a frame.
pub const ROWS: usize = 12;

/// The picture after the first `cursor` events.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Frame {
    /// Events so far: 0 to `len`. The event described is the last of them.
    pub cursor: u32,
    /// Events of the run, as far as it is known.
    pub len: u32,
    /// The time, in ms.
    pub time: f64,
    /// The event before the cursor.
    pub description: Description,
    /// The task being polled or called.
    pub running: Option<RunningTask>,
    /// The front of the ready queue.
    pub ready: Vec<ReadyTask>,
    /// Tasks of the ready queue that are not in `ready`.
    pub ready_more: u32,
    /// Tasks that wait, in spawn order.
    pub sleeping: Vec<SleepingTask>,
    /// Waiting tasks that are not in `sleeping`.
    pub sleeping_more: u32,
    /// Timers that are set, earliest first.
    pub timers: Vec<TimerRow>,
    /// Timers that are not in `timers`.
    pub timers_more: u32,
    /// Mutexes that are taken, at most [`ROWS`].
    pub locks: Vec<LockRow>,
    /// Counts.
    pub counters: Counters,
    /// Who stands on which line of the code.
    pub lines: Vec<LineMark>,
    /// The machines of the run, but for those that are only ever within others.
    pub machines: Vec<MachineFrame>,
    /// The bytes of one task.
    pub memory: Option<MemoryFrame>,
    /// Slots of memory, if the run is about them.
    pub slots: Vec<SlotFrame>,
    /// The browser's queues, if the run is live.
    pub browser: Option<BrowserFrame>,
    /// How the run ended, if this is its end.
    pub ending: Option<Ending>,
    /// Events that found no room.
    pub lost: f64,
}

impl Frame {
    /// The frame of a state. `focus` is the task whose bytes are shown; none for the one whose bytes changed last.
    /// `run` is what is known of the machines of the whole run.
    pub(super) fn of(
        trace: &Trace,
        state: &State,
        run: &Machines,
        discriminants: &Discriminants,
        focus: TaskId,
    ) -> Frame {
        let (sleeping, sleeping_more) = executor::sleeping(trace, state);
        let more = |all: usize| all.saturating_sub(ROWS) as u32;
        let source = machine::Source { trace, state, run, discriminants };
        let machines = (0..trace.machines.len()).map(|m| MachineId(m as u16));
        Frame {
            cursor: state.at as u32,
            len: trace.len() as u32,
            time: trace.unit.to_ms(state.time),
            description: match state.at.checked_sub(1) {
                Some(event) => describe(trace, discriminants, event, state),
                None => Description::Nothing,
            },
            running: executor::running(trace, state),
            ready: executor::ready(trace, state),
            ready_more: more(state.ready().len()),
            sleeping,
            sleeping_more,
            timers: executor::timers(trace, state),
            timers_more: more(state.timers.len()),
            locks: executor::locks(trace, state),
            counters: state.counters,
            lines: code::lines(trace, state),
            machines: machines.filter(|&id| source.is_shown(id)).map(|id| source.machine(id)).collect(),
            memory: memory::memory(trace, state, discriminants, if focus.is_some() { focus } else { state.bytes_of }),
            slots: memory::slots(trace, state),
            browser: (trace.unit == TimeUnit::BrowserUs && !trace.head.is_of_another())
                .then(|| browser::browser(trace, state)),
            ending: state.end.map(Into::into),
            lost: trace.lost as f64,
        }
    }
}
