//! `wasm_bindgen_futures::spawn_local`: the browser's microtasks drive it, nobody can run it from here, so that it needs
//! the workloads told once more: the same futures, and a wait for the next macrotask where the others run.

use crate::measure::{all_done, all_waiting, begin};
use crate::workloads::hold::{Held, expect_wakers, wakers};
use crate::workloads::{oneshot_chain, spawn_complete, yield_, yield_opaque};
use futures::channel::oneshot::channel;
use std::mem::replace;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[wasm_bindgen]
extern "C" {
    /// Resolves in the next macrotask: by then all microtasks have run. The page has it.
    async fn macrotask();
}

/// Runs a workload; the units that it ran.
///
/// # Panics
/// If there is no such workload.
#[wasm_bindgen]
pub async fn run(workload: &str, units: u32) -> u32 {
    begin();
    match workload {
        "yield" => give_way(units, yield_::task).await,
        "yield_opaque" => give_way(units, yield_opaque::task).await,
        "spawn_complete" => spawn(units).await,
        "oneshot_chain" => chain(units).await,
        "hold" => hold(units).await,
        other => panic!("there is no workload '{other}' here"),
    }
}

async fn until(stalled: impl Fn() -> bool) {
    while !stalled() {
        macrotask().await;
    }
}

async fn give_way<F: Future<Output = ()> + 'static>(units: u32, task: impl Fn(u32) -> F) -> u32 {
    for _ in 0..yield_::TASKS {
        spawn_local(task(units / yield_::TASKS));
    }
    until(|| all_done() == yield_::TASKS).await;
    units / yield_::TASKS * all_done()
}

async fn spawn(units: u32) -> u32 {
    for batch in 1..=units / spawn_complete::BATCH {
        for _ in 0..spawn_complete::BATCH {
            spawn_local(spawn_complete::task());
        }
        until(|| all_done() == batch * spawn_complete::BATCH).await;
    }
    all_done()
}

async fn chain(units: u32) -> u32 {
    for chain in 1..=units / oneshot_chain::LINKS {
        let (first, mut from) = channel();
        for _ in 0..oneshot_chain::LINKS {
            let (to, next) = channel();
            spawn_local(oneshot_chain::link(replace(&mut from, next), to));
        }
        until(|| all_waiting() == chain * oneshot_chain::LINKS).await;
        _ = first.send(0);
        until(|| all_done() == chain * oneshot_chain::LINKS).await;
    }
    all_done()
}

async fn hold(units: u32) -> u32 {
    expect_wakers(units);
    for i in 0..units {
        spawn_local(Held::new(i));
    }
    macrotask().await;
    wakers().for_each(|waker| waker.wake());
    until(|| all_done() == units).await;
    all_done()
}
