//! Layouts of types on wasm32, as rustc computes them: sizes, alignments, offsets and niches.
//!
//! | file | what lies where |
//! |------|-----------------|
//! | [`niche`] | values that a type never has |
//! | [`univariant`] | fields side by side |
//! | [`enums`] | variants, and how they are told apart |
//! | [`coroutine`] | the saved slots of a coroutine |
//! | [`types`] | all of that for the types of a program |
//! | [`rule`] | what differs between releases |

pub mod coroutine;
pub mod enums;
pub mod niche;
pub mod rule;
pub mod types;
pub mod univariant;

pub use enums::Encoding;
pub use niche::Niche;
pub use rule::Rule;
pub use types::{Frame, Layout, Layouts};

use crate::program::Program;
use crate::ty::Ty;
use std::rc::Rc;

/// The layout of a monomorphic type of a program; none if it contains itself, or an error, or is larger than a pointer can tell.
/// Who asks more than once keeps a [`Layouts`].
pub fn layout_of(program: &Program, ty: Ty) -> Option<Rc<Layout>> {
    Layouts::new(program).of(program, ty)
}
