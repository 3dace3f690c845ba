//! The byte format: to be written.

mod damage;
mod events;
mod reader;
mod rows;
mod wire;
mod writer;

pub use damage::Damage;
pub use reader::Reader;
pub use writer::Writer;

/// What each trace begins with. A byte that is no text, and ends of lines of both kinds: a transfer as text breaks them.
const MAGIC: [u8; 8] = *b"\x89POLLS\r\n";
/// The version of the format.
pub const VERSION: u32 = 1;

/// Chunks, by their tag.
const HEAD: u8 = 1;
const EVENTS: u8 = 2;
const END: u8 = 3;

/// The most bytes of a chunk.
const LONGEST: usize = 1 << 28;
