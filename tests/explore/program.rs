//! Small programs: what each task of a program does, op by op, over the prelude's cells, channels, mutexes and timers. The
//! same program runs on any executor that can poll its tasks.

use pollscope::prelude::*;
use std::cell::RefCell;

/// What a task does next. Numbers name one of two cells, channels or mutexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// Reads a cell into the task's register.
    Read(usize),
    /// Adds to the register.
    Add(i32),
    /// Writes the register to a cell.
    Write(usize),
    /// Lets the others be polled.
    Yield,
    /// Sends the register.
    Send(usize),
    /// Receives into the register; 100 if all senders are gone. The receiver is there for one task at a time.
    Receive(usize),
    /// Locks a mutex, keeps it over a turn, adds one to its value, and unlocks it.
    Bump(usize),
    /// Locks a mutex, and the other one while it has it.
    BumpBoth(usize),
    /// Logs the register.
    Log,
    /// Spawns a task that reads a cell, gives way, and writes it; and awaits its value.
    Child(usize),
    /// Locks a mutex, unless a turn passes before it has it.
    TryBump(usize),
    /// Sleeps.
    Sleep(u32),
    /// Keeps the thread.
    Compute(u32),
}

/// The ops of each task.
pub(crate) type Program = Vec<Vec<Op>>;

/// What the tasks of one run share.
pub(crate) struct World {
    cells: [Shared<i32>; 2],
    mutexes: [Mutex<i32>; 2],
    receivers: [RefCell<Option<Receiver<i32>>>; 2],
}

/// The tasks of a program, and what they share.
pub(crate) fn tasks(program: &Program) -> Vec<Pin<Box<dyn Future<Output = ()>>>> {
    let ends = [channel(), channel()];
    let senders = ends.each_ref().map(|(sender, _)| sender.clone());
    let receivers = ends.map(|(_, receiver)| RefCell::new(Some(receiver)));
    let cells = [Shared::new(0), Shared::new(0)];
    let world = Rc::new(World { cells, mutexes: [Mutex::new(0), Mutex::new(0)], receivers });
    let task = |ops: &Vec<Op>| -> Pin<Box<dyn Future<Output = ()>>> {
        // Who does not send does not keep a channel open.
        let sender = |i: usize| ops.contains(&Op::Send(i)).then(|| senders[i].clone());
        Box::pin(run(ops.clone(), world.clone(), [sender(0), sender(1)]))
    };
    program.iter().map(task).collect()
}

async fn run(ops: Vec<Op>, world: Rc<World>, senders: [Option<Sender<i32>>; 2]) {
    let mut register = 0;
    for op in ops {
        match op {
            Op::Read(i) => register = world.cells[i].get(),
            Op::Add(n) => register += n,
            Op::Write(i) => world.cells[i].set(register),
            Op::Yield => yield_now().await,
            Op::Send(i) => senders[i].as_ref().expect("it has one").send(register),
            Op::Receive(i) => {
                let taken = world.receivers[i].take();
                let Some(mut receiver) = taken else { continue };
                register = receiver.recv().await.unwrap_or(100);
                world.receivers[i].replace(Some(receiver));
            }
            Op::Bump(i) => {
                let mut value = world.mutexes[i].lock().await;
                yield_now().await;
                *value += 1;
                register += *value;
            }
            Op::BumpBoth(i) => {
                let mut first = world.mutexes[i].lock().await;
                yield_now().await;
                let mut second = world.mutexes[1 - i].lock().await;
                *first += 1;
                *second += *first;
                register += *second;
            }
            Op::Child(i) => {
                let world = world.clone();
                register += spawn(async move {
                    let value = world.cells[i].get();
                    yield_now().await;
                    world.cells[i].set(value + 1);
                    value
                })
                .await;
            }
            Op::TryBump(i) => match select(world.mutexes[i].lock(), yield_now()).await {
                Left(mut value) => *value += 1,
                Right(()) => register += 1000,
            },
            Op::Log => log!("{register}"),
            Op::Sleep(ms) => sleep(ms).await,
            Op::Compute(ms) => compute(ms),
        }
    }
    log!("ends with {register}");
}

/// Programs by chance: two or three tasks of at most four ops. At most one task receives from each channel. Only if
/// `is_timed` does time pass, are tasks spawned, and are futures dropped that wait: what needs an executor of ours.
pub(crate) fn programs(count: usize, is_timed: bool) -> Vec<Program> {
    let mut chance = fastrand::Rng::with_seed(if is_timed { 7 } else { 1 });
    let mut program = || {
        let tasks = chance.usize(2..=3);
        let mut receivers = [None; 2];
        let ops = |task: usize| {
            let mut ops = Vec::new();
            for _ in 0..chance.usize(1..=if tasks == 2 { 4 } else { 3 }) {
                let i = chance.usize(0..2);
                ops.extend(match chance.u32(0..if is_timed { 16 } else { 11 }) {
                    0 | 1 => vec![Op::Read(i), Op::Add(1), Op::Yield, Op::Write(i)],
                    2 => vec![Op::Read(i), Op::Add(10), Op::Write(i)],
                    3 => vec![Op::Read(i), Op::Log],
                    4 => vec![Op::Yield],
                    5 | 6 => vec![Op::Add(2), Op::Send(i)],
                    7 if *receivers[i].get_or_insert(task) == task => vec![Op::Receive(i)],
                    7 | 8 => vec![Op::Bump(i)],
                    9 => vec![Op::BumpBoth(i)],
                    10 => vec![Op::Log],
                    11 => vec![Op::Child(i)],
                    12 => vec![Op::TryBump(i)],
                    13 | 14 => vec![Op::Sleep(chance.u32(0..4))],
                    _ => vec![Op::Compute(2)],
                });
            }
            ops
        };
        (0..tasks).map(ops).collect()
    };
    (0..count).map(|_| program()).collect()
}
