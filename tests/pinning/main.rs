//! Moving values on real memory. Runs under Miri, too.

#![cfg(not(target_arch = "wasm32"))]

mod moving;
mod pin_ways;
mod projection;

use pollscope::pinning::{Arena, self_pointers};
use std::rc::Rc;

#[test]
fn arena_moves_a_value_and_leaves_its_address_behind() {
    let mut arena = Arena::new(2);
    let first = std::ptr::from_ref(arena.put(0, String::from("here"))).addr();
    assert_eq!(first, arena.address(0));
    let value = arena.take().expect("it was put");
    assert_eq!(arena.value(), None);
    arena.put(1, value);
    assert_eq!(arena.value(), Some((1, &String::from("here"))));
    assert_ne!(arena.address(0), arena.address(1));
    arena.value_mut().expect("it was put").push('!');
    assert_eq!(arena.take().as_deref(), Some("here!"));
}

#[test]
fn arena_drops_its_value_once() {
    let value = Rc::new(());
    let mut arena = Arena::new(3);
    arena.put(2, value.clone());
    drop(arena);
    assert_eq!(Rc::strong_count(&value), 1);
    let mut arena = Arena::new(1);
    arena.put(0, value.clone());
    drop(arena.take());
    drop(arena);
    assert_eq!(Rc::strong_count(&value), 1);
}

#[test]
#[should_panic(expected = "the arena holds a value already")]
fn arena_holds_one_value() {
    let mut arena = Arena::new(2);
    arena.put(0, 1);
    arena.put(1, 2);
}

#[test]
fn self_pointers_are_found_where_they_are_aligned() {
    let bytes = |words: &[u32]| words.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<u8>>();
    assert_eq!(self_pointers(0x1000, &bytes(&[42, 0x1000, 0x1008, 0x100c, 7]), 4), [4, 8, 12]);
    assert_eq!(self_pointers(0x1000, &bytes(&[0x0fff, 0x1014]), 4), []);
    assert_eq!(self_pointers(0x1002, &bytes(&[0x1000_0000, 0x0000_1004]), 4), []);
    assert_eq!(self_pointers(0x1000, &[0, 0x10], 4), []);
}
