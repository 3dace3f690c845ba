//! A row of slots that stay where they are while values move among them.

use std::mem::MaybeUninit;

/// A fixed number of slots. At most one of them holds a value.
#[derive(Debug)]
pub struct Arena<T> {
    slots: Box<[MaybeUninit<T>]>,
    /// The slot that holds the value: it, and no other, is initialised.
    alive: Option<usize>,
}

impl<T> Arena<T> {
    /// `n` empty slots.
    pub fn new(n: usize) -> Self {
        Arena { slots: (0..n).map(|_| MaybeUninit::uninit()).collect(), alive: None }
    }

    /// The address of a slot.
    ///
    /// # Panics
    /// If there is no such slot.
    pub fn address(&self, slot: usize) -> usize {
        self.slots[slot].as_ptr().addr()
    }

    /// Moves a value into a slot.
    ///
    /// # Panics
    /// If another value is in the arena, or there is no such slot.
    pub fn put(&mut self, slot: usize, value: T) -> &mut T {
        assert!(self.alive.is_none(), "the arena holds a value already");
        let place = self.slots[slot].write(value);
        self.alive = Some(slot);
        place
    }

    /// Moves the value out of its slot.
    pub fn take(&mut self) -> Option<T> {
        let slot = self.alive.take()?;
        // SAFETY: slot `alive` was initialised by `put`, and `alive` is none from here on, so that the value is
        // neither read nor dropped a second time.
        Some(unsafe { self.slots[slot].assume_init_read() })
    }

    /// The value, and the slot it is in.
    pub fn value(&self) -> Option<(usize, &T)> {
        let slot = self.alive?;
        // SAFETY: slot `alive` was initialised by `put`, and nothing has moved out of it since: `take` would have
        // cleared `alive`.
        Some((slot, unsafe { self.slots[slot].assume_init_ref() }))
    }

    /// The value, where it is.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        let slot = self.alive?;
        // SAFETY: as in `value`; the borrow of `self` is unique.
        Some(unsafe { self.slots[slot].assume_init_mut() })
    }
}

impl<T> Drop for Arena<T> {
    fn drop(&mut self) {
        drop(self.take());
    }
}
