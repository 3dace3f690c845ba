//! The browser's side of a live run: its queues as far as the page's own calls show them, and who has the thread.
//!
//! A reaction, and a promise that is settled outside of the page's own callbacks, run in microtasks that only the engine
//! sees. That they do is *inferred*.

use crate::trace::event::Settled;
use crate::trace::ids::{NameId, PromiseId, SourceId, TaskId};

/// A promise of a live run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Its number.
    pub id: PromiseId,
    /// Its name.
    pub name: NameId,
    /// How the scenario settled it, once it has.
    pub settled: Option<Settled>,
    /// The cursor after that.
    pub since: usize,
    /// Whether a reaction to it has run.
    pub reacted: bool,
    /// The bytes that have come of what it stands for.
    pub bytes: u32,
    /// Whether a script of the page awaits it.
    pub listened: bool,
    /// The task that waits for it, or did.
    pub awaited_by: Option<TaskId>,
}

impl Promise {
    /// Whether it is settled, and its reaction has not run. One that nobody listens to has none.
    pub fn reaction_due(&self) -> bool {
        self.settled.is_some() && !self.reacted && (self.listened || self.awaited_by.is_some())
    }
}

/// Who has the page's one thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Thread {
    /// Nobody has had it yet.
    #[default]
    Unused,
    /// A macrotask.
    Macrotask,
    /// A microtask that the page's own calls queued.
    Microtask,
    /// A callback of an animation frame.
    Frame,
    /// A microtask of the engine's: a reaction to a promise, with its name; or what settled the promise.
    Inferred(PromiseId, Option<NameId>),
    /// A macrotask or a microtask has ended, and the next one has not begun.
    Between,
}

/// The browser's side of a live run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Browser {
    /// What runs now, outermost first.
    pub stack: Vec<NameId>,
    /// Microtasks that were queued by the scenario or its driver, in order, each with the cursor after that.
    pub microtasks: Vec<(NameId, usize)>,
    /// Timeouts that were set, in order of setting, with the time at which each is due.
    pub macrotasks: Vec<(NameId, u64)>,
    /// Messages that were posted and have not come.
    pub messages: Vec<NameId>,
    /// Callbacks that wait for an animation frame.
    pub frames: Vec<NameId>,
    /// Promises, in order of creation.
    pub promises: Vec<Promise>,
    /// Streams, in order of creation.
    pub streams: Streams,
    /// Who has the thread.
    pub thread: Thread,
}

/// A stream of a live run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streamed {
    /// Which.
    pub id: SourceId,
    /// What its queue holds before it is full, in bytes.
    pub mark: u32,
    /// How often its source was asked for a chunk.
    pub pulls: u32,
    /// The chunks that its source has made.
    pub chunks: u32,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Streams(Vec<Streamed>);

impl Streams {
    pub(super) fn add(&mut self, id: SourceId, mark: u32) {
        self.0.push(Streamed { id, mark, pulls: 0, chunks: 0 });
    }

    fn known(&mut self, id: SourceId) -> Option<&mut Streamed> {
        self.0.iter_mut().find(|stream| stream.id == id)
    }

    pub(super) fn pull(&mut self, id: SourceId) {
        if let Some(stream) = self.known(id) {
            stream.pulls += 1;
        }
    }

    pub(super) fn make(&mut self, id: SourceId) {
        if let Some(stream) = self.known(id) {
            stream.chunks += 1;
        }
    }

    /// What is known of one; of one that was never made, nothing.
    pub fn of(&self, id: SourceId) -> Streamed {
        let known = self.0.iter().find(|stream| stream.id == id);
        known.copied().unwrap_or(Streamed { id, mark: 0, pulls: 0, chunks: 0 })
    }
}

impl Browser {
    pub(super) fn create(&mut self, id: PromiseId, name: NameId) {
        self.promises.push(Promise {
            id,
            name,
            settled: None,
            since: 0,
            reacted: false,
            bytes: 0,
            listened: false,
            awaited_by: None,
        });
    }

    pub(super) fn settle(&mut self, id: PromiseId, how: Settled, since: usize) {
        if let Some(promise) = self.promise(id) {
            (promise.settled, promise.since) = (Some(how), since);
        }
        if self.stack.is_empty() {
            self.thread = Thread::Inferred(id, None);
        }
    }

    pub(super) fn react(&mut self, id: PromiseId, name: NameId) {
        if let Some(promise) = self.promise(id) {
            promise.reacted = true;
        }
        self.thread = Thread::Inferred(id, Some(name));
    }

    pub(super) fn receive(&mut self, id: PromiseId, bytes: u32) {
        if let Some(promise) = self.promise(id) {
            promise.bytes = promise.bytes.saturating_add(bytes);
        }
    }

    /// A stack that waited for the promise is back, in a microtask of the engine's.
    pub(super) fn resume(&mut self, id: PromiseId) {
        if let Some(promise) = self.promise(id) {
            promise.reacted = true;
        }
        self.thread = Thread::Inferred(id, None);
    }

    pub(super) fn listen(&mut self, id: PromiseId) {
        if let Some(promise) = self.promise(id) {
            promise.listened = true;
        }
    }

    pub(super) fn is_awaited(&mut self, id: PromiseId, by: TaskId) {
        if let Some(promise) = self.promise(id) {
            promise.awaited_by = Some(by);
        }
    }

    /// What is known of a promise.
    pub fn of(&self, id: PromiseId) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.id == id)
    }

    fn promise(&mut self, id: PromiseId) -> Option<&mut Promise> {
        self.promises.iter_mut().find(|promise| promise.id == id)
    }

    pub(super) fn begin_microtask(&mut self, name: NameId) {
        if let Some(i) = self.microtasks.iter().position(|&(queued, _)| queued == name) {
            self.microtasks.remove(i);
        }
        self.stack.push(name);
        self.thread = Thread::Microtask;
    }

    pub(super) fn begin_macrotask(&mut self, name: NameId) {
        if let Some(i) = self.macrotasks.iter().position(|&(queued, _)| queued == name) {
            self.macrotasks.remove(i);
        } else if let Some(i) = self.messages.iter().position(|&posted| posted == name) {
            self.messages.remove(i);
        }
        self.stack.push(name);
        self.thread = Thread::Macrotask;
    }

    /// The macrotask of that name that was queued last will not come.
    pub(super) fn clear(&mut self, name: NameId) {
        if let Some(i) = self.macrotasks.iter().rposition(|&(queued, _)| queued == name) {
            self.macrotasks.remove(i);
        }
    }

    pub(super) fn begin_frame(&mut self, name: NameId) {
        if let Some(i) = self.frames.iter().position(|&queued| queued == name) {
            self.frames.remove(i);
        }
        self.stack.push(name);
        self.thread = Thread::Frame;
    }

    /// The innermost of what runs returns.
    pub(super) fn end(&mut self) {
        self.stack.pop();
        self.thread = Thread::Between;
    }

    /// The bytes of its lists.
    pub(super) fn heap(&self) -> usize {
        size_of_val(&*self.promises)
            + size_of_val(&*self.macrotasks)
            + size_of_val(&*self.microtasks)
            + size_of_val(&*self.streams.0)
            + size_of::<NameId>() * (self.stack.len() + self.messages.len() + self.frames.len())
    }
}
