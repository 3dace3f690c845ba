//! A list of choices as a parameter: which of them, and in which order. It is stored as a number, four bits a place.

use super::Stored;
use std::fmt;
use std::marker::PhantomData;

/// How a list that is empty is typed.
const EMPTY: &str = "none";
/// Bits of a place: 0 for its end, else the number of a choice, from 1.
const BITS: u32 = 4;

/// Some of the choices of a kind, each at most once, in an order.
pub(crate) struct Listed<C> {
    packed: u32,
    of: PhantomData<C>,
}

impl<C: Stored> Listed<C> {
    /// These, in this order.
    pub(crate) fn of(choices: &[C]) -> Self {
        let at = |(place, choice): (usize, &C)| (choice.store() + 1) << (BITS * place as u32);
        Listed::load(choices.iter().enumerate().map(at).sum())
    }

    /// Each of them, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = C> {
        places(self.packed).map(|place| C::load(place as u32))
    }
}

impl<C> Clone for Listed<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Listed<C> {}

impl<C> PartialEq for Listed<C> {
    fn eq(&self, other: &Self) -> bool {
        self.packed == other.packed
    }
}

impl<C> Eq for Listed<C> {}

impl<C: Stored> fmt::Debug for Listed<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&list_text(C::CHOICES, self.packed))
    }
}

impl<C: Stored> Stored for Listed<C> {
    fn store(self) -> u32 {
        self.packed
    }

    fn load(packed: u32) -> Self {
        const { assert!(C::CHOICES.len() <= (u32::BITS / BITS) as usize, "each may stand in it") };
        Listed { packed, of: PhantomData }
    }
}

/// The choices of a packed list, by their numbers from 0.
fn places(packed: u32) -> impl Iterator<Item = usize> {
    let place = move |n| (packed >> (BITS * n) & 0xf) as usize;
    (0..u32::BITS / BITS).map(place).take_while(|&choice| choice > 0).map(|choice| choice - 1)
}

/// A packed list, as it is typed: names with full stops between.
pub(super) fn list_text(choices: &[&str], packed: u32) -> String {
    let mut text = String::new();
    for choice in places(packed) {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(choices[choice]);
    }
    if text.is_empty() { EMPTY.to_owned() } else { text }
}

/// Whether a packed list has a choice of that name in it.
pub(super) fn has(choices: &[&str], packed: u32, name: &str) -> bool {
    places(packed).any(|choice| choices[choice] == name)
}

/// A list that was typed; none if a name is none of the choices, or stands in it twice.
pub(super) fn read_list(choices: &[&str], text: &str) -> Option<u32> {
    if text == EMPTY {
        return Some(0);
    }
    let (mut packed, mut place) = (0, 0);
    for name in text.as_bytes().split(|&byte| byte == b'.') {
        let choice = choices.iter().position(|choice| choice.as_bytes() == name)?;
        if places(packed).any(|other| other == choice) {
            return None;
        }
        packed |= (choice as u32 + 1) << place;
        place += BITS;
    }
    Some(packed)
}
