//! One task has a long job, and others only
//! want to be woken in time. All of them share
//! one thread.
//!
//! `compute` is a model: it lets the virtual
//! clock go on inside of the poll, as work
//! would, or a sleep that blocks. No processor
//! is kept busy.

use super::Way;
use crate::prelude::{compute, log, now};
use crate::prelude::{sleep, yield_now};
use std::{cell::Cell, rc::Rc};

async fn job(
    way: Way,
    takes: u32,
    pieces: u32,
) {
    match way {
        // Not one await: until this poll
        // returns, nobody else is polled.
        Way::Block => compute(takes),
        // Ready tasks have a turn after each
        // piece.
        Way::Yield => {
            for n in 0..pieces {
                compute((takes + n) / pieces);
                yield_now().await;
            }
        }
        // A job that only waits leaves it to a
        // timer.
        Way::Sleep => sleep(takes).await,
    }
}

pub async fn jobs(
    ways: Vec<Way>,
    takes: u32,
    pieces: u32,
    over: Rc<Cell<bool>>,
) {
    for way in ways {
        log!("the job begins: {way:?}");
        job(way, takes, pieces).await;
        log!("the job is done");
        sleep(10).await; // before the next one
    }
    over.set(true);
}

pub async fn other(
    period: u32,
    over: Rc<Cell<bool>>,
) {
    while !over.get() {
        let due = now() + u64::from(period);
        sleep(period).await;
        let late = now() - due;
        log!("due at {due}, {late} ms late");
    }
}
