//! What `watch` costs a poll, natively: tasks that give way, bare and watched, under five executors.
//!
//!     cargo run --release --example overhead                       nanoseconds a poll: medians of rounds in turns
//!     cargo run --release --example overhead EXECUTOR POLLS [bare] polls alone, for a tool that counts instructions
//!
//! A watched poll has three events, each with a time by the system's clock: its beginning, the wake in it, its end.

use pollscope::executor::Executor;
use pollscope::watch::Watch;
use std::future::poll_fn;
use std::hint::black_box;
use std::pin::Pin;
use std::task::Poll;
use std::time::Instant;

const TASKS: u32 = 100;
const POLLS: u32 = 200_000;
const ROUNDS: usize = 9;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Who polls: takes tasks, and returns when all are done.
type Run = fn(Vec<Task>);

const EXECUTORS: [(&str, Run); 5] =
    [("pollscope", own), ("futures", local_pool), ("block_on", block_on), ("tokio", tokio_local), ("smol", smol_local)];

fn own(tasks: Vec<Task>) {
    let executor = Executor::new(());
    for task in tasks {
        executor.spawn_detached("task", task);
    }
    executor.run();
}

fn local_pool(tasks: Vec<Task>) {
    use futures::task::LocalSpawnExt;
    let mut pool = futures::executor::LocalPool::new();
    for task in tasks {
        pool.spawner().spawn_local(task).expect("the pool is there");
    }
    pool.run();
}

/// One after the other.
fn block_on(tasks: Vec<Task>) {
    tasks.into_iter().for_each(futures::executor::block_on);
}

fn tokio_local(tasks: Vec<Task>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("it wants nothing of the system");
    runtime.block_on(async {
        let spawned: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
        for task in spawned {
            task.await.expect("no task panics");
        }
    });
}

fn smol_local(tasks: Vec<Task>) {
    let executor = smol::LocalExecutor::new();
    let spawned: Vec<_> = tasks.into_iter().map(|task| executor.spawn(task)).collect();
    smol::block_on(executor.run(async {
        for task in spawned {
            task.await;
        }
    }));
}

/// Gives way so often.
async fn gives_way(times: u32) {
    for _ in 0..times {
        let mut is_over = false;
        poll_fn(|cx| {
            if black_box(is_over) {
                return Poll::Ready(());
            }
            is_over = true;
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

/// Runs so many polls in all.
fn run(executor: Run, polls: u32, is_watched: bool) {
    let watch = Watch::new("overhead");
    watch.keep(usize::MAX);
    let times = polls / TASKS;
    let task = |_| match is_watched {
        true => Box::pin(watch.watch("task", gives_way(times))) as Task,
        false => Box::pin(gives_way(times)) as Task,
    };
    executor((0..TASKS).map(task).collect());
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [name, polls, rest @ ..] = &args[..] {
        let (_, executor) = EXECUTORS.into_iter().find(|(known, _)| known == name).expect("one of the five");
        return run(executor, polls.parse().expect("a number of polls"), rest.is_empty());
    }
    println!("{:10} {:>8} {:>8} {:>7}   ns a poll, of {POLLS}", "", "bare", "watched", "times");
    for (name, executor) in EXECUTORS {
        let [mut bare, mut watched] = [Vec::new(), Vec::new()];
        // The first round warms up.
        for round in 0..=ROUNDS {
            for is_watched in [round % 2 == 0, round % 2 != 0] {
                let begun = Instant::now();
                run(executor, POLLS, is_watched);
                let ns = begun.elapsed().as_nanos() as f64 / f64::from(POLLS);
                if round > 0 {
                    if is_watched { &mut watched } else { &mut bare }.push(ns);
                }
            }
        }
        let [bare, watched] = [bare, watched].map(|mut ns: Vec<f64>| {
            ns.sort_by(f64::total_cmp);
            ns[ns.len() / 2]
        });
        println!("{name:10} {bare:8.1} {watched:8.1} {:6.1}×", watched / bare);
    }
}
