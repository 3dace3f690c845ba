//! The byte format: a trace as a stream of chunks, the same from a worker, in a file, and from another application.
//!
//! [`Writer`] gives what was added to a [`Trace`](super::Trace) since it was asked last; [`Reader`] adds what arrives to
//! one, and checks it. A file is all chunks of a run, one after the other. `tests/format/reader.mjs` is a second reader,
//! written from this page.
//!
//! # Trade-offs
//!
//! Prices are measured on the run of a million events and a thousand tasks of `benches/page/million.rs`, natively.
//!
//! 1. **A stream of chunks, each with its length, that only grows.** What was sent stays good when the sender dies, and
//!    a reader needs no more than one chunk at a time. Price: 5 bytes a chunk for its tag and length, 11 for tables of
//!    which nothing is new, and 1 for the number of events; a short run that sends a chunk with each of its first 64
//!    polls is 1 KB longer than one that sends all of it at its end.
//! 2. **Events stand column by column, as differences.** Each number of each kind of event is a column of its own, and
//!    most differ little from the one before. 5.9 bytes an event, 0.5 compressed; as rows, as events lie in memory, it is
//!    24 and 3.8. Price: no event of a chunk can be read before all of it is there, so a chunk has at most
//!    4,096.
//! 3. **The table of events travels with the trace.** A reader can name kinds and fields that it has never heard of, and
//!    a reader of this version sees at once when a program numbers them differently. Price: 950 bytes in each trace,
//!    420 compressed.
//! 4. **Everything is checked while it is read**, against what was read before it: see below for what holds then. A view
//!    checks nothing. Price: 4 of the 39 ns that an event takes to be read, and 12 bytes for each task.
//! 5. **Nothing is compressed, and snapshots stand as they were.** What carries a file compresses it better than we
//!    could, and a worker's messages are not worth it. Price: a file on disk is twelve times as large as it need be, and
//!    of a future of a kilobyte each poll that changes it takes a kilobyte.
//!
//! # Layout
//!
//! | what | bytes |
//! |------|-------|
//! | magic | `89 50 4F 4C 4C 53 0D 0A` |
//! | version | 4, the lowest first: 3; 2 without the last two tables, and where the head ends with what its story needs; 1 where it ends with its files |
//! | chunks | the head (tag 1); any number of chunks of events (tag 2); the end (tag 3), and nothing behind it |
//! | a chunk | its tag, 1 byte; the length of its body, 4 bytes, the lowest first, at most 2^28; its body |
//!
//! In bodies, a *number* is a varint: seven bits a byte, the lowest first, the highest bit set on all bytes but the last;
//! at most 64 bits. A *signed* number is folded first: 0, -1, 1, -2 .. become 0, 1, 2, 3 ... A *text* is the number of its
//! bytes, and UTF-8. A *list* is the number of its items, and the items. An *option* is 0, or 1 and the value. *Yes* is
//! 1, and *no* 0. An enum is the number of its variant. Ids and places in tables are numbers.
//!
//! **Head**: the table of events, a list of kinds in the order of their numbers, from 0: code (text), and a list of
//! fields: name (text), of how many numbers it is (number). The unit of time: 0 milliseconds of virtual time, 1
//! microseconds. Then build (text), scenario (text), title (text), parameters (list of field and value, two texts),
//! order (text), changes (text), seed (number), mode (0 deterministic, 1 live), files (list of name and text, two texts); and
//! since version 2 whom its story is about (text), and what decides it (text); and since version 3 how the memory of the
//! program that ran is divided (list of what it is used for, and the address from which on, which never falls).
//!
//! **Events**: first the new rows of each table, in this order, each table a list:
//!
//! | table | a row | numbered from |
//! |-------|-------|---------------|
//! | names | text | 1; 0 is the empty text |
//! | sites | file (name), line, column | 1; 0 is none |
//! | snapshots | address, size, bytes (a list of bytes), fields (list of: name, offset, size, role) | 1; 0 is none |
//! | machines | name, file (name), states (list of: name, site) | 0 |
//! | tasks | name, kind, size, address, parent (task), machine (65535 for none), bytes (snapshot) | 1; 0 is the driver |
//! | places | name, address, size | 0 |
//! | timers | deadline, in the unit of time | 1; 0 is none |
//! | sources | kind, which of its kind from 1 | 1; 0 is none |
//! | kinds of futures | name, role | 1; 0 is none |
//! | ways of machines | machine, from, to (states): what the source has, since version 3 | no numbers |
//! | machines within machines | machine around it, its state, machine, offset, tag (where its state is numbered), since version 3 | no numbers |
//!
//! Then the events. Their number; of each, how much later it is than the event before (the first one: than 0); of each,
//! its kind, a byte. Then, kind by kind in the order of the table, and field by field and number by number of each kind:
//! for each event of that kind, in order, how much the number differs from the one in the same place of the event of that
//! kind before, in this chunk or an earlier one (the first one: from 0), as a signed number. A kind that does not occur
//! takes nothing.
//!
//! A field of one number is that number: an id, a count, or an enum's. Of two, the first says which variant it is, and the
//! second what that carries, 0 for nothing.
//!
//! **End**: events lost, changes missed (numbers); who held a sender of which channel when the run was stuck (list of
//! source and task), whose wakers were kept by whose future (list of task and task); the tracks (list of: name, model (yes or no),
//! threads, workers, stack, each, cut (option of a number), entries (list of: time, phase, task, worker)); what time inside
//! of polls is spent on where it is not computing (list of: name of a file, what); the answer to the scenario's question
//! (option of a text). How the run ended, its last event says. From a run that was cut off comes neither
//! that nor this chunk; the viewer adds the event, with why.
//!
//! | enum | its variants, from 0 |
//! |------|----------------------|
//! | role of a field | value, awaited, discriminant, pointer, padding |
//! | what memory is used for | stack, static, heap |
//! | kind of a task | future, callbacks |
//! | kind of a source | channel, mutex, bell |
//! | role of a future | leaf, timer, yield, join, race, select, channel, lock, ready, pending, task handle, watched |
//! | outcome | pending, ready, panicked |
//! | who wakes | timer, task, promise, source (each carries which), outside |
//! | effect of a wake | queued, coalesced, during the poll, after it was done |
//! | change | wake, drop, fire, next, panic |
//! | reason of a drop | completed, cancelled, shutdown |
//! | settled | resolved, rejected |
//! | phase of a track's task | arrived, switching, computing, looking, blocked, waiting, ready, preempted, finished |
//! | what time is spent on | computing, blocked, looking |
//! | end | completed, deadlock (carries how many tasks wait), polls, events, memory, time (each carries the budget), panicked, stopped, gave up (carries how many wait), hung, stack overflowed, out of memory, trapped |
//!
//! # What holds of every trace that was read
//!
//! Views rely on this and check none of it; `tests/format/fuzz.rs` holds them to it.
//!
//! - **References.** Every id in a row or an event names a row that is there; "none" is only where the table of events
//!   allows it (`Anyone`: a task may be the driver; `AnyTimer`). A task in an event was spawned before it. Rows refer to
//!   earlier rows alone; a task's parent is an earlier task, or the driver.
//! - **Tasks.** They are spawned in the order of their numbers, from 1. Each is dropped at most once, and is not enqueued
//!   or polled afterwards; nor after it was ready or panicked. It is enqueued when it is not in the queue, and polled when
//!   it is; callbacks are called, and never enqueued. Polls are counted from 1. A poll or call begins when none is under
//!   way, and the one that ends is the one under way. Futures are entered at most 32,768 deep.
//! - **Timers** are set once, and after that fire or are cancelled once.
//! - **Machines.** A task whose state changes has one, and both states are its own or
//!   [`UNKNOWN_STATE`](super::event::UNKNOWN_STATE). The states of a way are its machine's. A machine may be said to lie within
//!   itself.
//! - **Tracks.** The time of a track's entries never falls. Their tasks are fewer than they are, and their workers are below
//!   the track's number of them.
//! - **Time** never falls. Times and deadlines are at most 2^53.
//! - **The end** is the last event, if there is one; no event follows it.
//! - **Sums of 32 bits** do not overflow: the sizes of futures alive at once, allocations, bytes allocated, bytes moved.
//! - **Bytes.** What has an address and a size ends within 32 bits. A snapshot has as many bytes as it says, or none. Its
//!   fields stand in order, do not overlap, and end within it.
//! - **Counts.** At most 2^24 events; 65,535 sites, machines and slots; fewer than 65,535 states of a machine.

mod damage;
mod events;
mod reader;
mod rows;
mod wire;
mod writer;

pub use damage::Damage;
pub use reader::Reader;
pub use writer::Writer;

/// What each trace begins with. A byte that is no text, and an end of line of two bytes: a transfer as text breaks them.
const MAGIC: [u8; 8] = *b"\x89POLLS\r\n";
/// The version of the format. All before it are read, too.
pub const VERSION: u32 = 3;
/// The first one whose head says what the story is about.
const TELLS: u32 = 2;
/// The first one whose head says how memory is divided, and that has ways between states, and machines within machines.
const DIVIDES: u32 = 3;

/// Chunks, by their tag.
const HEAD: u8 = 1;
const EVENTS: u8 = 2;
const END: u8 = 3;

/// The most bytes of a chunk.
const LONGEST: usize = 1 << 28;
