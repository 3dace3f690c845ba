//! The frame: everything that the page draws at one cursor, bounded in size whatever the run's.
//!
//! Lists are cut at [`ROWS`] and say how many more there are.

use super::description::{Ending, Holder, Place, Told};
use super::fold::{Counters, TaskState};
use crate::trace::tables::{Role, TaskKind};
use serde::Serialize;

/// The most rows of a list in a frame.
pub const ROWS: usize = 12;

/// The picture after the first `cursor` events.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Frame {
    /// Events so far: 0 to `len`. The event told is the last of them.
    pub cursor: u32,
    /// Events of the whole run.
    pub len: u32,
    /// The time, in ms.
    pub time: f64,
    /// The event at the cursor.
    pub told: Told,
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
    /// The machines of the run.
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

/// The task being polled.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct RunningTask {
    /// Its id.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Polled, or called.
    pub what: TaskKind,
    /// Which of its polls, from 1.
    pub nth: u32,
    /// The line it is at.
    pub at: Option<Place>,
    /// The futures inside of it, each before those inside of it; at most [`ROWS`].
    pub inside: Vec<InsideFrame>,
}

/// A future inside of a task.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct InsideFrame {
    /// Its type's name.
    pub name: String,
    /// The line it is polled from.
    pub line: Option<u32>,
    /// How many futures stand around it.
    pub depth: u32,
    /// Whether it was polled in the task's last poll.
    pub polled: bool,
    /// Whether it is being polled now.
    pub open: bool,
}

/// A task in the ready queue.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ReadyTask {
    /// Its id.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Who woke it; none if it was just spawned.
    pub by: Option<Holder>,
}

/// A task that waits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SleepingTask {
    /// Its id.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Polled, or called.
    pub what: TaskKind,
    /// Who holds its waker (or its next callback).
    pub holders: Vec<Holder>,
    /// Who has woken it, if somebody has and it is about to be enqueued.
    pub woken: Option<Holder>,
    /// The line it waits at.
    pub at: Option<Place>,
    /// The futures inside of it, each before those inside of it; at most [`ROWS`].
    pub inside: Vec<InsideFrame>,
}

/// A timer that is set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct TimerRow {
    /// Its id.
    pub timer: u32,
    /// The task it wakes; 0 for none.
    pub task: u32,
    /// When, in ms.
    pub deadline: f64,
}

/// A mutex that is taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct LockRow {
    /// Which.
    pub on: Holder,
    /// Who has it.
    pub task: u32,
}

/// A task on a line of the code.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct LineMark {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The task; 0 for a plain program.
    pub task: u32,
    /// What it does there.
    pub state: TaskState,
}

/// A machine: its states, and who is in each.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MachineFrame {
    /// The future's name.
    pub name: String,
    /// The file it is written in.
    pub file: String,
    /// The future's size in bytes, measured.
    pub size: u32,
    /// Its states, in the order of the code.
    pub states: Vec<MachineState>,
    /// Its edges, by state numbers.
    pub edges: Vec<MachineEdge>,
    /// Where the discriminant was found in the bytes, if it was.
    pub discriminant: Option<u32>,
}

/// One state of a machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MachineState {
    /// Its name: a variant or an awaited expression. Empty for an `async fn` before its first poll and after its last.
    pub name: String,
    /// The line it waits at.
    pub line: Option<u32>,
    /// How often it was entered.
    pub visits: u32,
    /// Who is in it, at most [`ROWS`].
    pub tasks: Vec<MachineTask>,
    /// The fields it holds, as last seen in bytes.
    pub holds: Vec<String>,
    /// The discriminant's value in it, as last seen in bytes.
    pub tag: Option<u8>,
}

/// A task in a machine's state.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MachineTask {
    /// Its id.
    pub task: u32,
    /// What it does.
    pub state: TaskState,
}

/// An edge of a machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MachineEdge {
    /// From this state.
    pub from: u32,
    /// To this state.
    pub to: u32,
    /// How often it was taken.
    pub count: u32,
    /// Whether it is the last one taken.
    pub last: bool,
}

/// The bytes of one task's future.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MemoryFrame {
    /// The task.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Whether the future has been dropped: the bytes are the last ones it had.
    pub dropped: bool,
    /// The bytes.
    pub now: BytesFrame,
    /// The bytes before the last change, if there was one.
    pub was: Option<Vec<u8>>,
}

/// Bytes at an address, with what is known of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct BytesFrame {
    /// Of the first byte.
    pub address: u32,
    /// Bytes of the whole.
    pub size: u32,
    /// The bytes; empty where they cannot be read.
    pub bytes: Vec<u8>,
    /// Named stretches, by offset.
    pub fields: Vec<FieldFrame>,
}

/// A named stretch of bytes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct FieldFrame {
    /// The name in the code.
    pub name: String,
    /// Bytes from the start.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
    /// What it is.
    pub role: Role,
    /// Where it points to, if it is a pointer whose bytes could be read.
    pub target: Option<PointerTarget>,
}

/// Where a pointer points to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PointerTarget {
    /// The address it holds.
    pub address: u32,
    /// The slot that contains the address, if one does.
    pub slot: Option<u32>,
    /// The offset in that slot.
    pub offset: u32,
    /// Whether the value that it was made to point to does not live there any more.
    pub dangling: bool,
}

/// A slot of memory.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SlotFrame {
    /// The variable's name.
    pub name: String,
    /// Its first byte.
    pub address: u32,
    /// Bytes.
    pub size: u32,
    /// Whether a value lives in it.
    pub alive: bool,
    /// The bytes in it: the value's, or what it left behind; none if nothing was ever there.
    pub bytes: Option<BytesFrame>,
}

/// The browser's queues, as far as the page's own calls show them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct BrowserFrame {
    /// What runs now, outermost first.
    pub stack: Vec<String>,
    /// Microtasks that our own calls queued.
    pub microtasks: Vec<String>,
    /// Timeouts that our own calls set.
    pub macrotasks: Vec<Timeout>,
    /// Promises.
    pub promises: Vec<PromiseFrame>,
}

/// A timeout that is set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Timeout {
    /// What it is for.
    pub name: String,
    /// When it is due, in ms.
    pub due: f64,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PromiseFrame {
    /// Its number.
    pub promise: u32,
    /// Its name.
    pub name: String,
    /// What is known of it.
    pub state: PromiseState,
    /// Whether its reaction is due: it is settled, and the reaction has not run. That the engine has a
    /// microtask for it is inferred, not seen.
    pub reaction_due: bool,
}

/// What is known of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// Not settled by the scenario yet.
    Pending,
    /// Settled with a value.
    Resolved,
    /// Settled with a reason.
    Rejected,
}
