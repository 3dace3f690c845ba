//! What events refer to: names, places in the code, snapshots of bytes, tasks, machines, slots.

use super::codes::codes;
use super::ids::{BlobId, MachineId, NameId, SiteId, TaskId};
use serde::Serialize;

/// A place in a scenario's code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The file's name, without its folder.
    pub file: NameId,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

codes! {
    /// What a named stretch of bytes is.
    #[derive(Serialize)]
    #[cfg_attr(feature = "types", derive(tsify::Tsify))]
    #[serde(rename_all = "snake_case")]
    pub enum Role {
        /// A value that the code names.
        Value = 0,
        /// A future that is awaited now.
        Awaited = 1,
        /// The number of the state.
        Discriminant = 2,
        /// An address.
        Pointer = 3,
        /// Bytes between fields; never read.
        Padding = 4,
    }
}

/// A named stretch of bytes of a future or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in the code, or of the type.
    pub name: NameId,
    /// Bytes from the start.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
    /// What it is.
    pub role: Role,
}

/// The bytes of one future or value at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Where the first byte stood.
    pub address: u32,
    /// Bytes of the whole, even if `bytes` could not be read.
    pub size: u32,
    /// The bytes; empty where the target gives no way to read them (outside of wasm).
    pub bytes: Vec<u8>,
    /// What is known of them, by offset.
    pub fields: Vec<Field>,
}

impl Snapshot {
    /// The address that a field holds, as 32-bit wasm writes one: its first four bytes, the lowest first. It is
    /// never followed. None where the bytes could not be read.
    pub fn address_in(&self, field: &Field) -> Option<u32> {
        let bytes = self.bytes.get(field.offset as usize..(field.offset + field.size) as usize)?;
        Some(bytes.iter().take(4).rev().fold(0, |n, &b| n << 8 | u32::from(b)))
    }

    /// The bytes that it takes.
    pub fn memory(&self) -> usize {
        size_of::<Snapshot>() + self.bytes.len() + self.fields.len() * size_of::<Field>()
    }
}

codes! {
    /// What runs on a task's lane.
    #[derive(Serialize)]
    #[cfg_attr(feature = "types", derive(tsify::Tsify))]
    #[serde(rename_all = "snake_case")]
    pub enum TaskKind {
        /// A future, polled.
        Future = 0,
        /// A chain of callbacks, called.
        Callbacks = 1,
    }
}

codes! {
    /// What a future is to others: it says so itself, so that no rule depends on what it is called.
    pub enum FutureRole {
        /// Nothing of what follows: it waits for something of its own.
        Leaf = 0,
        /// It waits for a timer.
        Timer = 1,
        /// It wakes its own task, and is pending once.
        Yield = 2,
        /// It polls all futures inside of it, and is ready when all are.
        Join = 3,
        /// The first future inside of it that is ready wins; the other is dropped, perhaps without a poll.
        Race = 4,
        /// As a race, and it says which one won.
        Select = 5,
        /// It waits for a value of a channel.
        Channel = 6,
        /// It waits for a mutex.
        Lock = 7,
        /// It is ready at once.
        Ready = 8,
        /// It is never ready, and leaves no waker anywhere.
        Pending = 9,
        /// It waits for a task.
        TaskHandle = 10,
        /// It is around a future whose polls are recorded under a name.
        Watched = 11,
        /// It is around a future of which only the making and the first poll are recorded: that of an async fn.
        Called = 12,
    }
}

impl FutureRole {
    /// Whether the first of its futures that is ready wins.
    pub fn is_race(self) -> bool {
        matches!(self, FutureRole::Race | FutureRole::Select)
    }
}

/// What futures of one name and role are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FutureKind {
    /// The name of their type, or that they are watched under.
    pub name: NameId,
    /// What they are to others.
    pub role: FutureRole,
}

codes! {
    /// What a source is.
    #[derive(Serialize)]
    #[cfg_attr(feature = "types", derive(tsify::Tsify))]
    #[serde(rename_all = "snake_case")]
    pub enum SourceKind {
        /// A channel: its receiver waits for a value.
        Channel = 0,
        /// A mutex: a task that wants it waits until it is free.
        Mutex = 1,
        /// Something outside of the program that calls when it is ready, as a socket would.
        Bell = 2,
        /// A value that tasks read and write. Nobody waits for it.
        Cell = 3,
        /// The driver of another runtime: it keeps wakers, and rings what is due when somebody turns its loop.
        Driver = 4,
        /// A source of data, as a socket is: a reactor is told when it is ready, and keeps a waker for it.
        Socket = 5,
        /// A stream of JavaScript's: its reader waits for a chunk.
        Stream = 6,
    }
}

/// Something that tasks wait for and that is no timer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceInfo {
    /// What it is.
    pub kind: SourceKind,
    /// Which of its kind, from 1.
    pub nth: u32,
}

/// A task as it was spawned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskInfo {
    /// Its name.
    pub name: NameId,
    /// Future or callbacks.
    pub kind: TaskKind,
    /// The future's size in bytes, measured by `size_of`.
    pub size: u32,
    /// Where it was boxed.
    pub address: u32,
    /// Who spawned it; none for the driver.
    pub parent: TaskId,
    /// Its machine, or [`NO_MACHINE`](super::event::NO_MACHINE).
    pub machine: MachineId,
    /// The future's bytes before its first poll.
    pub bytes: BlobId,
}

/// One state of a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its name: a variant, or the awaited expression.
    pub name: NameId,
    /// The await that it waits at; none for the first and the last.
    pub site: SiteId,
}

/// The states that one kind of future goes through, in the order of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// The future's name.
    pub name: NameId,
    /// The file it is written in.
    pub file: NameId,
    /// Its states; the first is the one before the first poll.
    pub states: Vec<State>,
}

/// A way from one state of a machine to another that its source has, whether or not a run takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MachineWay {
    /// The machine.
    pub machine: MachineId,
    /// From this state.
    pub from: u16,
    /// To this state.
    pub to: u16,
}

/// What a state of a machine awaits, where that is a compiler-made machine too: it lies within the other's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nested {
    /// The machine around it.
    pub outer: MachineId,
    /// The state of that one in which it is awaited.
    pub state: u16,
    /// The machine that is awaited.
    pub machine: MachineId,
    /// Where it begins, in bytes from the start of the one around it.
    pub offset: u32,
    /// Where the byte is that numbers its state, from its own start: 0 not started, 1 returned, 2 panicked, and from 3 on its
    /// awaits.
    pub tag: u32,
}

/// A slot of memory in which a value can live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The variable's name in the code.
    pub name: NameId,
    /// Its first byte.
    pub address: u32,
    /// Bytes.
    pub size: u32,
}

impl Place {
    /// Whether the byte at an address is one of it.
    pub fn holds(&self, address: u32) -> bool {
        self.address <= address && address - self.address < self.size
    }
}
