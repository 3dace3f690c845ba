//! What was seen, in order: rows that any thread appends under one lock, and of which a trace is made later.

use super::replay;
use crate::trace::{CodeFile, Trace};
use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many rows are kept, unless it is said otherwise.
const MOST: usize = 1_000_000;

/// A watched future, by the order in which they were made, from 0.
pub(super) type Number = u32;

/// What is known of a watched future from its making.
pub(super) struct Made {
    pub(super) name: String,
    pub(super) line: &'static Location<'static>,
    pub(super) size: usize,
    /// Whether it is an await of a task, and not a task itself.
    pub(super) is_await: bool,
}

/// What happened to a watched future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Made,
    PollStarted,
    Pending,
    Ready,
    /// With the place of its message.
    Panicked(u32),
    Cloned,
    Forgotten,
    Woken,
    Dropped,
    /// An await is polled with a waker of another make than its task's.
    Wrapped,
}

/// A row of the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) time: u64,
    pub(super) of: Number,
    pub(super) thread: u32,
    pub(super) what: What,
}

/// What is under the lock.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) made: Vec<Made>,
    pub(super) messages: Vec<String>,
    /// Names of threads.
    pub(super) threads: Vec<String>,
    pub(super) files: Vec<CodeFile>,
    pub(super) lost: u64,
    most: usize,
    is_closed: bool,
}

/// A recording.
pub(super) struct Log {
    number: u64,
    pub(super) title: String,
    now: Box<dyn Fn() -> u64 + Send + Sync>,
    rows: Mutex<Rows>,
    /// Whether its tasks are shown by DevTools.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    in_devtools: std::sync::atomic::AtomicBool,
}

thread_local! {
    /// The polls of watched futures that are open on this thread, the innermost last.
    static OPEN: RefCell<Vec<(Arc<Log>, Number)>> = const { RefCell::new(Vec::new()) };
    /// The number that this thread has in the log that it wrote to last.
    static THREAD: Cell<(u64, u32)> = const { Cell::new((0, 0)) };
}

/// The recording whose task is polled on this thread.
pub(super) fn current() -> Option<Arc<Log>> {
    OPEN.with_borrow(|open| open.last().map(|(log, _)| log.clone()))
}

/// A clock that starts now.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn clock() -> impl Fn() -> u64 + Send + Sync + 'static {
    let start = std::time::Instant::now();
    move || start.elapsed().as_micros() as u64
}

/// The browser's clock, from now on.
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(super) fn clock() -> impl Fn() -> u64 + Send + Sync + 'static {
    let start = performance_now();
    move || ((performance_now() - start).max(0.0) * 1000.0) as u64
}

#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    // Of a page and of a worker.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

impl Log {
    pub(super) fn new(title: &str, now: Box<dyn Fn() -> u64 + Send + Sync>) -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Log {
            // 0 is no log's.
            number: LAST.fetch_add(1, Ordering::Relaxed) + 1,
            title: title.to_owned(),
            now,
            rows: Mutex::new(Rows { most: MOST, ..Rows::default() }),
            #[cfg(all(target_arch = "wasm32", feature = "js"))]
            in_devtools: false.into(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Rows> {
        // Every row is whole, whatever panicked while it held the lock.
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn keep(&self, events: usize) {
        self.lock().most = events;
    }

    pub(super) fn show(&self, file: CodeFile) {
        self.lock().files.push(file);
    }

    /// Polls a task: on behalf of what DevTools knows it as, if it is shown there.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(super) fn polls<T>(&self, of: Number, poll: impl FnOnce() -> T) -> T {
        if self.is_in_devtools() { crate::interop::devtools::polls(self.number, of, poll) } else { poll() }
    }

    #[cfg(not(all(target_arch = "wasm32", feature = "js")))]
    pub(super) fn polls<T>(&self, _of: Number, poll: impl FnOnce() -> T) -> T {
        poll()
    }

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(super) fn show_in_devtools(&self) {
        self.in_devtools.store(true, Ordering::Relaxed);
    }

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn is_in_devtools(&self) -> bool {
        self.in_devtools.load(Ordering::Relaxed)
    }

    /// Puts a trace of it onto tracks of DevTools, if it is shown there.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(super) fn publish(&self, trace: &Trace) {
        if self.is_in_devtools() {
            let origin = performance_now() - (self.now)() as f64 / 1000.0;
            crate::interop::devtools::publish(trace, origin);
        }
    }

    /// What is told of a future from its making to its end, DevTools are told, too.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn tell_devtools(&self, of: Number, what: What, name: &str) {
        if self.is_in_devtools() {
            match what {
                What::Made => crate::interop::devtools::spawned(self.number, of, name),
                What::Dropped => crate::interop::devtools::dropped(self.number, of),
                _ => {}
            }
        }
    }

    pub(super) fn close(&self) {
        self.lock().is_closed = true;
    }

    pub(super) fn trace(&self) -> Trace {
        replay::trace(&self.title, (self.now)(), &self.lock())
    }

    /// The innermost of this log's futures that is polled on this thread.
    pub(super) fn polled_here(&self) -> Option<Number> {
        OPEN.with_borrow(|open| open.iter().rev().find(|(log, _)| log.number == self.number).map(|&(_, of)| of))
    }

    /// A future was made here. Its number, if it is recorded.
    pub(super) fn made(&self, name: &str, line: &'static Location<'static>, size: usize) -> Option<Number> {
        let mut rows = self.lock();
        let of = rows.made.len() as Number;
        if !self.push(&mut rows, of, What::Made) {
            return None;
        }
        rows.made.push(Made { name: name.to_owned(), line, size, is_await: false });
        drop(rows);
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        self.tell_devtools(of, What::Made, name);
        Some(of)
    }

    pub(super) fn is_await(&self, of: Number) {
        self.lock().made[of as usize].is_await = true;
    }

    pub(super) fn record(&self, of: Number, what: What) {
        self.push(&mut self.lock(), of, what);
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        self.tell_devtools(of, what, "");
    }

    pub(super) fn panicked(&self, of: Number, message: &str) {
        let mut rows = self.lock();
        let at = rows.messages.len() as u32;
        rows.messages.push(message.to_owned());
        self.push(&mut rows, of, What::Panicked(at));
    }

    /// Appends a row: its time is taken under the lock, so that times stand in the order of rows.
    fn push(&self, rows: &mut Rows, of: Number, what: What) -> bool {
        if rows.is_closed {
            return false;
        }
        if rows.lost > 0 || rows.rows.len() >= rows.most {
            rows.lost += 1;
            return false;
        }
        let thread = self.thread(rows);
        rows.rows.push(Row { time: (self.now)(), of, thread, what });
        true
    }

    /// The number of this thread.
    fn thread(&self, rows: &mut Rows) -> u32 {
        // A thread that ends may drop wakers after its own variables.
        let known = THREAD.try_with(Cell::get).unwrap_or_default();
        if known.0 == self.number {
            return known.1;
        }
        let this = std::thread::current();
        let id = format!("{:?}", this.id());
        let id = id.trim_start_matches("ThreadId").trim_matches(['(', ')']);
        let name = this.name().map_or_else(|| format!("thread {id}"), |name| format!("thread {id} {name}"));
        let at = rows.threads.iter().position(|known| *known == name).unwrap_or_else(|| {
            rows.threads.push(name);
            rows.threads.len() - 1
        });
        let _ = THREAD.try_with(|thread| thread.set((self.number, at as u32)));
        at as u32
    }
}

/// A poll of a watched future, open on this thread until it is dropped.
pub(super) struct Open;

impl Open {
    pub(super) fn new(log: &Arc<Log>, of: Number) -> Self {
        OPEN.with_borrow_mut(|open| open.push((log.clone(), of)));
        Open
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // The log may go with it: not while the list is borrowed.
        let _last = OPEN.with_borrow_mut(Vec::pop);
    }
}
