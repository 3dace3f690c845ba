//! An allocator of few bytes of code, for modules that are built for size: a tenth of the system's one on wasm32.
//!
//! Memory is cut into *blocks* of fixed sizes: each is a power of two, or that and a quarter, half or three quarters of it.
//! A block that is freed waits on the list of its size, and is what the next value of about that size gets. Blocks are
//! neither split nor joined. Price: a block is at most a quarter longer than what is in it, and what one size gave back no
//! other size gets. A runner lives for a run, and the chunks of a trace are all of one size: there is little to be joined.
//!
//! It knows where memory comes from by a [`Source`] alone. What the unsafe code stands on:
//!
//! - M1: a source's memory is the allocator's own from then on, writable, and never moves or ends. All of it is one allocation.
//! - M2: a block is either on one list or in use, and no two overlap: it is cut once from the rest of a region, and its
//!   list and length follow from the layout that it is allocated and freed with.
//! - M3: one thread uses an allocator, and no method is entered within another.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// A source gives memory in multiples of this, aligned to it.
const PAGE: usize = 64 << 10;
/// Blocks are aligned to this; values that want more are kept apart.
const UNIT: usize = 16;
/// Up to this, each multiple of the unit is a size.
const SMALL: usize = 4 * UNIT;
/// Sizes of blocks, up to 2^31 bytes.
const SIZES: usize = 4 + 4 * 25;

/// Where memory comes from.
///
/// # Safety
/// What it gives is as M1 says.
pub(super) unsafe trait Source {
    /// So many bytes more, a multiple of 64 KiB, aligned to 64 KiB; null if there are none.
    fn more(&self, bytes: usize) -> *mut u8;
}

/// Blocks of one alignment: what was freed, and the rest of the region that new ones are cut from.
struct Shelf {
    /// By size, the first free block; each holds the address of the next.
    free: [*mut u8; SIZES],
    rest: *mut u8,
    left: usize,
}

impl Shelf {
    const EMPTY: Shelf = Shelf { free: [null_mut(); SIZES], rest: null_mut(), left: 0 };
}

/// The allocator.
pub(super) struct Blocks<S> {
    source: S,
    /// Of values with usual alignments, and of those that want more than a unit, whose blocks are powers of two.
    shelves: UnsafeCell<[Shelf; 2]>,
}

/// The number of the smallest size of blocks with room for so many bytes, and its length; none above 2^31.
fn size_of_block(bytes: usize) -> Option<(usize, usize)> {
    if bytes <= SMALL {
        let nth = bytes.saturating_sub(1) / UNIT;
        return Some((nth, (nth + 1) * UNIT));
    }
    let last = bytes - 1;
    let log = last.ilog2() as usize;
    let quarter = (last >> (log - 2)) & 3;
    (log < 31).then_some((4 + (log - 6) * 4 + quarter, (quarter + 5) << (log - 2)))
}

/// On which shelf a value is, and how many bytes it takes there.
fn place(layout: Layout) -> (usize, usize) {
    if layout.align() <= UNIT { (0, layout.size()) } else { (1, layout.size().max(layout.align()).next_power_of_two()) }
}

impl<S: Source> Blocks<S> {
    pub(super) const fn new(source: S) -> Self {
        Blocks { source, shelves: UnsafeCell::new([Shelf::EMPTY; 2]) }
    }
}

// SAFETY: a block has room for its layout, and is aligned: to the unit, as all lengths of the first shelf are; or to its
// length, up to a page, as all that is cut from the second shelf is. It is the caller's alone (M2).
unsafe impl<S: Source> GlobalAlloc for Blocks<S> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (shelf, bytes) = place(layout);
        let Some((size, length)) = size_of_block(bytes).filter(|_| layout.align() <= PAGE) else { return null_mut() };
        // SAFETY: nothing else refers to the shelves meanwhile (M3).
        let Shelf { free, rest, left } = unsafe { &mut (*self.shelves.get())[shelf] };
        let block = free[size];
        if !block.is_null() {
            // SAFETY: a free block begins with the address of the next (M2), and is aligned to a unit.
            free[size] = unsafe { block.cast::<*mut u8>().read() };
            return block;
        }
        // On the second shelf the next block begins at a multiple of its length, or of a page.
        let skip = if shelf == 0 { 0 } else { rest.align_offset(length.min(PAGE)) };
        if *left < length || *left - length < skip {
            let bytes = length.next_multiple_of(PAGE);
            let more = self.source.more(bytes);
            if more.is_null() {
                return null_mut();
            }
            // What is left of the region before is joined to this one if it ends there; else it is given up.
            if shelf == 0 && rest.wrapping_add(*left) == more {
                *left += bytes;
            } else {
                (*rest, *left) = (more, bytes);
            }
        } else {
            (*rest, *left) = (rest.wrapping_add(skip), *left - skip);
        }
        let block = *rest;
        (*rest, *left) = (block.wrapping_add(length), *left - length);
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let (shelf, bytes) = place(layout);
        let Some((size, _)) = size_of_block(bytes) else { return };
        // SAFETY: nothing else refers to the shelves meanwhile (M3); the block came from here with this layout, as the caller
        // promises, so that it is of this size, and no longer in use (M2).
        unsafe {
            let first = &mut (*self.shelves.get())[shelf].free[size];
            block.cast::<*mut u8>().write(*first);
            *first = block;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        // SAFETY: the caller promises that it is the size of a layout.
        let wanted = unsafe { Layout::from_size_align_unchecked(bytes, layout.align()) };
        if size_of_block(place(layout).1) == size_of_block(place(wanted).1) {
            return block;
        }
        // SAFETY: both blocks have room for the shorter of the two, and are two (M2); the caller's promises are passed on.
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, layout.size().min(bytes));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}

/// The memory of a module of WebAssembly.
#[cfg(target_arch = "wasm32")]
pub(super) struct Memory;

// SAFETY: memory that is grown by is nobody's yet, is never taken back, and begins at a page.
#[cfg(target_arch = "wasm32")]
unsafe impl Source for Memory {
    fn more(&self, bytes: usize) -> *mut u8 {
        match core::arch::wasm32::memory_grow::<0>(bytes / PAGE) {
            usize::MAX => null_mut(),
            pages => std::ptr::with_exposed_provenance_mut(pages * PAGE),
        }
    }
}

// SAFETY: there is one thread, since without atomics no memory is shared (M3).
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
unsafe impl<S: Source> Sync for Blocks<S> {}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use std::alloc::System;
    use std::cell::Cell;

    /// So much memory of the system, given back at the end.
    struct Lent {
        all: *mut u8,
        given: Cell<usize>,
    }

    impl Lent {
        const LAYOUT: Layout = {
            let Ok(layout) = Layout::from_size_align(40 << 20, PAGE) else { panic!("a page is a power of two") };
            layout
        };

        fn new() -> Lent {
            // SAFETY: it is more than nothing.
            Lent { all: unsafe { System.alloc(Self::LAYOUT) }, given: Cell::new(0) }
        }
    }

    // SAFETY: it lasts as long as the allocator, which owns it, and no part is given twice.
    unsafe impl Source for Lent {
        fn more(&self, bytes: usize) -> *mut u8 {
            let given = self.given.get();
            assert!(
                given + bytes <= Self::LAYOUT.size(),
                "at most 42 values of 32 KiB, of 40 sizes and two alignments"
            );
            self.given.set(given + bytes);
            self.all.wrapping_add(given)
        }
    }

    impl Drop for Lent {
        fn drop(&mut self) {
            // SAFETY: it came from there, with that layout.
            unsafe { System.dealloc(self.all, Self::LAYOUT) };
        }
    }

    #[test]
    fn block_has_room_and_is_at_most_a_quarter_too_long() {
        let mut before = (0, UNIT);
        for bytes in 1..100_000 {
            let (size, length) = size_of_block(bytes).expect("it is short");
            assert!(length >= bytes && length % UNIT == 0, "{bytes}");
            assert!(length - bytes < UNIT.max(bytes / 4 + 1), "{bytes}: {length}");
            assert!(size == before.0 && length == before.1 || size == before.0 + 1 && length > before.1, "{bytes}");
            before = (size, length);
        }
        assert_eq!(size_of_block(1 << 31), Some((SIZES - 1, 1 << 31)));
        assert_eq!(size_of_block((1 << 31) + 1), None);
    }

    #[test]
    fn values_do_not_overlap_and_are_aligned() {
        let blocks = Blocks::new(Lent::new());
        let mut rng = fastrand::Rng::with_seed(7);
        let mut values: Vec<(*mut u8, Layout, u8)> = Vec::new();
        for n in 0..if cfg!(miri) { 400 } else { 20_000 } {
            let tag = n as u8;
            let size = 1 << rng.u32(0..14);
            let (align, size) = (1 << rng.u32(0..14), size + rng.usize(0..size));
            let layout = Layout::from_size_align(size, align).expect("it is a layout");
            // SAFETY: values are used with their layouts, and no longer than they are there.
            unsafe {
                if values.len() > 40 {
                    let (value, layout, tag) = values.swap_remove(rng.usize(0..values.len()));
                    let is_whole = |value: *mut u8, n: usize| (0..n).all(|i| value.add(i).read() == tag);
                    assert!(is_whole(value, layout.size()));
                    let moved = blocks.realloc(value, layout, size);
                    assert!(is_whole(moved, layout.size().min(size)));
                    blocks.dealloc(moved, Layout::from_size_align(size, layout.align()).expect("it is a layout"));
                }
                let value = blocks.alloc(layout);
                assert!(!value.is_null() && value.addr().is_multiple_of(align));
                value.write_bytes(tag, size);
                values.push((value, layout, tag));
            }
        }
    }

    #[test]
    fn what_is_freed_is_used_again() {
        let blocks = Blocks::new(Lent::new());
        let layout = Layout::new::<[u64; 3]>();
        // SAFETY: values are used with their layouts, and no longer than they are there.
        unsafe {
            let first = blocks.alloc(layout);
            blocks.dealloc(first, layout);
            assert_eq!(blocks.alloc(Layout::new::<[u8; 17]>()), first);
            assert_eq!(blocks.realloc(first, Layout::new::<[u8; 17]>(), 32), first);
        }
    }
}
