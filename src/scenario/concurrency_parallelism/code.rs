//! One task: it works, reads from a source, and
//! works on what it read.

use super::source::Source;
use super::{Read, asynchronous, blocking};
use super::nonblocking;
use crate::prelude::{compute, now};

pub async fn task(
    wait: u32,
    work: u32,
    ask: u32,
    read: Read,
) {
    compute(work);
    let there = now() + u64::from(wait);
    let source = Source { there, ask };
    match read {
        Read::Blocking => {
            blocking::read(&source)
        }
        Read::Nonblocking => {
            nonblocking::read(&source).await
        }
        Read::Async => {
            asynchronous::read(&source).await
        }
    }
    compute(work);
}
