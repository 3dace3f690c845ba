//! The nonblocking way: the call returns at
//! once, with the data or without, and who
//! wants them asks again.

use super::source::Source;
use crate::prelude::{compute, now, yield_now};

pub struct WouldBlock;

pub fn try_read(
    source: &Source,
) -> Result<(), WouldBlock> {
    compute(source.ask);
    if now() < source.there {
        return Err(WouldBlock);
    }
    Ok(())
}

pub async fn read(source: &Source) {
    while try_read(source).is_err() {
        yield_now().await;
    }
}
