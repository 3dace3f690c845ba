//! One task has a long job, and others only
//! want to be woken in time. All of them share
//! one thread.
//!
//! On the virtual clock `compute` is a model:
//! the clock goes on inside of the poll, as
//! with work, or a sleep that blocks. In a live
//! run it keeps the page's processor busy.

use super::{Pool, Way};
use crate::prelude::{compute, log, now};
use crate::prelude::{sleep, yield_now};
use std::{cell::Cell, rc::Rc};

async fn job(
    way: Way,
    takes: u32,
    pieces: u32,
    pool: &Pool,
) -> Result<(), String> {
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
        // On a thread of its own; the answer
        // wakes this task.
        Way::Worker => {
            pool.spawn_blocking(takes).await?;
        }
    }
    Ok(())
}

pub async fn jobs(
    ways: Vec<Way>,
    takes: u32,
    pieces: u32,
    pool: Pool,
    over: Rc<Cell<bool>>,
) {
    for way in ways {
        log!("the job begins: {way:?}");
        let job =
            job(way, takes, pieces, &pool);
        match job.await {
            Ok(()) => log!("the job is done"),
            Err(no) => log!("no worker: {no}"),
        }
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
        let late = now().saturating_sub(due);
        log!("due at {due}, {late} ms late");
    }
}
