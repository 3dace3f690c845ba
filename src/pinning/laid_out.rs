//! The bytes of a future that the compiler made: those that it holds in the state it is in, and no others.

use super::fields::FieldBytes;
use crate::record::{Held, Layout};
use crate::trace::Role;

impl Layout {
    /// What a state holds, by its number.
    fn state(&self, tag: u8) -> &'static [Held] {
        let nth = match tag {
            0 => Some(0),
            1 => self.states.len().checked_sub(1),
            _ => usize::from(tag).checked_sub(2),
        };
        nth.and_then(|nth| self.states.get(nth)).copied().unwrap_or_default()
    }

    /// The bytes that a future holds, field by field, and the number of its state. Its address is never followed.
    ///
    /// `awaited` is what the future is called that is awaited.
    ///
    /// # Safety
    /// L1: `T` is laid out so: `tag` is initialised in each state, and the fields of a state are in that state.
    pub unsafe fn fields<T>(&self, value: &T, awaited: &'static str) -> Vec<FieldBytes> {
        assert_eq!(size_of::<T>(), self.size as usize, "it is a future of another size than the layout's");
        let start = std::ptr::from_ref(value).cast::<u8>();
        let read = |offset: usize, size: usize| -> Vec<u8> {
            assert!(offset + size <= size_of::<T>(), "a field ends within its future");
            // SAFETY: the bytes lie within `value`, which is borrowed; they are initialised by L1.
            (offset..offset + size).map(|at| unsafe { start.add(at).read() }).collect()
        };
        let tag = read(self.tag as usize, 1);
        let number = FieldBytes { name: "", offset: self.tag as usize, bytes: tag.clone(), role: Role::Discriminant };
        let held = self.state(tag[0]).iter().map(|field| {
            let name = if field.role == Role::Awaited { awaited } else { field.name };
            let (offset, size) = (field.offset as usize, field.size as usize);
            FieldBytes { name, offset, bytes: read(offset, size), role: field.role }
        });
        let mut all: Vec<_> = held.chain([number]).collect();
        all.sort_by_key(|field| field.offset);
        all
    }
}
