//! The counting allocator: how many allocations, and of how many bytes, this thread has made, and how much of it
//! the thread holds.
//!
//! The counters on the page come from here. What the recorder allocates for the trace itself is left out
//! by [`uncounted`]; what is held is held, no matter which code asked for it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::thread::LocalKey;

/// Allocations of this thread since it began, or what was given back of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Allocations and reallocations.
    pub allocations: u64,
    /// Bytes asked for.
    pub bytes: u64,
}

/// What this thread took from the heap and gave back, since it was asked for the first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// What it took.
    pub taken: Counts,
    /// What it gave back.
    pub freed: Counts,
}

/// What this thread holds of memory, in bytes asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Now. What another thread frees is not missed here.
    pub now: isize,
    /// At most, since [`watch_peak`] was called.
    pub peak: isize,
}

thread_local! {
    static HELD: Cell<Held> = const { Cell::new(Held { now: 0, peak: 0 }) };
    static COUNTS: Cell<Counts> = const { Cell::new(Counts { allocations: 0, bytes: 0 }) };
    static PAUSED: Cell<u32> = const { Cell::new(0) };
    /// None until somebody asks: most runs never do.
    static TRAFFIC: Cell<Option<Traffic>> = const { Cell::new(None) };
    static APART: Cell<u32> = const { Cell::new(0) };
}

/// What this thread has allocated so far.
pub fn counts() -> Counts {
    COUNTS.get()
}

/// What this thread took from the heap and gave back so far. It begins to count when it is asked for the first time.
pub fn traffic() -> Traffic {
    let traffic = TRAFFIC.get().unwrap_or_default();
    TRAFFIC.set(Some(traffic));
    traffic
}

/// What this thread holds.
pub fn held() -> Held {
    HELD.get()
}

/// Looks for a new peak from here on.
pub fn watch_peak() {
    let Held { now, .. } = HELD.get();
    HELD.set(Held { now, peak: now });
}

/// Runs `f` without counting what it allocates.
pub fn uncounted<T>(f: impl FnOnce() -> T) -> T {
    let _pause = Pause::of(&PAUSED);
    f()
}

/// Runs `f`, which makes room for what is no task's own: what it allocates is counted, but is no [traffic](Traffic).
pub fn apart<T>(f: impl FnOnce() -> T) -> T {
    let _pause = Pause::of(&APART);
    f()
}

/// As long as it is there, a counter is paused.
struct Pause(&'static LocalKey<Cell<u32>>);

impl Pause {
    fn of(paused: &'static LocalKey<Cell<u32>>) -> Pause {
        paused.set(paused.get() + 1);
        Pause(paused)
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// Memory was taken, or given back where `bytes` is negative.
fn hold(bytes: isize) {
    let Held { now, peak } = HELD.get();
    let now = now + bytes;
    HELD.set(Held { now, peak: peak.max(now) });
}

impl Counts {
    fn and(self, bytes: usize) -> Counts {
        Counts { allocations: self.allocations + 1, bytes: self.bytes + bytes as u64 }
    }
}

fn count(bytes: usize) {
    if PAUSED.get() == 0 {
        COUNTS.set(COUNTS.get().and(bytes));
        count_traffic(|traffic| &mut traffic.taken, bytes);
    }
}

fn count_freed(bytes: usize) {
    if PAUSED.get() == 0 {
        count_traffic(|traffic| &mut traffic.freed, bytes);
    }
}

fn count_traffic(of: fn(&mut Traffic) -> &mut Counts, bytes: usize) {
    if let Some(mut traffic) = TRAFFIC.get()
        && APART.get() == 0
    {
        let counts = of(&mut traffic);
        *counts = counts.and(bytes);
        TRAFFIC.set(Some(traffic));
    }
}

/// Memory, counted. A program that wants its allocations counted makes it its global allocator; the
/// library leaves that choice to it.
pub struct Counting;

// SAFETY: every call is handed on unchanged to `System`, which keeps the contract; counting touches only
// thread-local cells that are initialised at compile time and have no destructor, so it neither allocates
// nor unwinds.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        hold(layout.size() as isize);
        // SAFETY: the caller keeps `alloc`'s contract, which is `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        hold(-(layout.size() as isize));
        count_freed(layout.size());
        // SAFETY: `ptr` came from `System` through this type, with this layout, as the caller promises.
        unsafe { System.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(new_size);
        hold(new_size as isize - layout.size() as isize);
        count_freed(layout.size());
        // SAFETY: as for `dealloc`; `new_size` is the caller's, who keeps `realloc`'s contract.
        unsafe { System.realloc(ptr, layout, new_size) }
    }
}

/// The library's own tests are such a program.
#[cfg(test)]
#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[cfg(test)]
mod tests {
    use super::{Counts, apart, counts, traffic, uncounted};

    /// What `f` takes from the heap and gives back, in allocations.
    fn of(f: impl FnOnce()) -> (u64, u64) {
        let before = traffic();
        f();
        let Counts { allocations: freed, .. } = traffic().freed;
        (traffic().taken.allocations - before.taken.allocations, freed - before.freed.allocations)
    }

    fn make() -> Box<u64> {
        std::hint::black_box(Box::new(1))
    }

    #[test]
    fn traffic_is_what_is_taken_and_given_back_but_for_what_is_apart() {
        assert_eq!(of(|| drop(make())), (1, 1));
        let (mut kept, before) = (None, counts().allocations);
        assert_eq!(of(|| kept = Some(make())), (1, 0));
        assert_eq!(of(|| kept = None), (0, 1));
        assert_eq!(of(|| drop(apart(make))), (0, 1), "it is given back as anything is");
        assert_eq!(counts().allocations, before + 2, "what is apart is counted");
        assert_eq!(of(|| drop(uncounted(make))), (0, 1));
        assert_eq!(of(|| uncounted(|| drop(make()))), (0, 0));
        assert_eq!(of(|| apart(|| drop(make()))), (0, 0));
    }
}
