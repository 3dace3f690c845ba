//! The checker: proves of a laid-out coroutine what its layout and its drops promise, without asking how either was made.
//!
//! It executes the body *symbolically*: each local is untouched, has a value, or has lost it, wholly or in part; what a branch says of a
//! drop flag or of an enum's variant is kept. Every path is followed until a state repeats. Along each it is held that
//!
//! 1. what is written shares no byte with a local that still needs its own: one that was written or borrowed, and neither has lost
//!    its storage nor was moved out of unborrowed;
//! 2. what is read was written, in this poll or before a suspend point that saves it;
//! 3. what has drop glue is dropped once: neither twice, nor never, at a return, at the end of its storage, when it is overwritten, and on
//!    the way out of every suspend point when the coroutine is dropped there.
//!
//! Every rule has tests in which a machine that breaks it is refused. Bodies of functions are checked by the second and third rule.
//! What is looked at through references is not followed: a local that is borrowed counts as needed until its storage ends.

mod path;
mod state;
#[cfg(test)]
mod tests;
mod walk;

pub use walk::{Fault, Proof, Rule, body, coroutine};

use crate::layout::{Frame, Layouts};
use crate::mir::BodyId;
use crate::program::Program;

/// Checks every body of a program: what was proven, and what is wrong, each with its body.
pub fn program(program: &Program, layouts: &Layouts) -> (Proof, Vec<(BodyId, Fault)>) {
    let (mut total, mut faults) = (Proof::default(), Vec::new());
    for (i, of) in program.bodies.iter().enumerate() {
        let id = BodyId(i as u32);
        let result = match layouts.frame(program, id) {
            Some(frame) => coroutine(program, of, &frame),
            None => body(program, of),
        };
        match result {
            Ok(proof) => {
                total.states += proof.states;
                total.complete &= proof.complete;
            }
            Err(fault) => faults.push((id, fault)),
        }
    }
    (total, faults)
}

/// Where the bytes of a frame lie that a local has, if it is saved.
fn range(frame: &Frame, sizes: &[u64], slot: usize) -> std::ops::Range<u64> {
    let start = frame.places.slots[slot];
    start..start + sizes[slot]
}
