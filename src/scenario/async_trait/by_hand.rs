//! The reader itself is put in a box.

use super::by_poll::{Read, read_all};
use super::source::Source;
use crate::prelude::framed;

pub async fn boxed(source: Source, reads: u32) {
    let mut reader: Box<dyn Read> =
        Box::new(source);
    framed(read_all(&mut *reader, reads)).await;
}
