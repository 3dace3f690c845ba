//! The blocking way: the call returns with the
//! data.

use super::source::Source;
use crate::prelude::{compute, now};

pub fn read(source: &Source) {
    // Nothing is computed here, but the thread
    // is kept.
    compute((source.there - now()) as u32);
}
