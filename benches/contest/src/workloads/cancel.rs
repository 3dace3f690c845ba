//! `cancel`: the tasks of `hold`, waiting, dropped with their executor, and the wakers that are left after it. A unit is a
//! task, from its spawn on.

use super::hold::{held, wakers};
use crate::measure::begin;
use crate::peers::Peer;

pub(crate) fn run<P: Peer>(units: u32) -> u32 {
    begin();
    let peer = held::<P>(units);
    drop(peer);
    wakers().map(drop).count() as u32
}
