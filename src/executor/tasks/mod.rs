//! The tasks of an executor: their memory, the run queue, and their wakers.
//!
//! All `unsafe` code of the executor is in this folder. Each file uses only those before it in this list:
//!
//! | file | what it is |
//! |------|------------|
//! | `sync`, `state` | what threads share; the word with a task's flags and the count of its wakers |
//! | `header`, `kind` | the header of a task and the reference to it; what tasks of one type have in common |
//! | `remote` | what wakers do on other threads |
//! | `run_queue`, `local` | the tasks that are ready; what wakers reach on the executor's thread |
//! | `memory`, `page`, `size_class`, `size_classes` | memory for tasks |
//! | `waker`, `slot` | how a task is woken; how a future lies in its slot and is polled |
//! | `index`, `table` | tasks by their numbers; all tasks of an executor |
//! | `ended`, `permit` | how tasks end; how they are polled |
//!
//! # Base facts
//!
//! What `SAFETY` comments in this folder cite:
//!
//! - **S1, pages.** A page is allocated as long as one of its slots is in use, and as long as its executor is there. Empty
//!   pages are an exception: they are freed by `give_back` and `free_large`, which remove them from their size class and
//!   their slots from its list, and do nothing while all tasks are ended; and by `Tasks::close`.
//! - **S2, slots.** A slot is in use from its spawn until the executor has released it and its last waker is dropped. The
//!   executor releases it once, when its future cell is dropped and it is in no queue.
//! - **S3, sharing.** Every slot has an initialised header as long as its page is allocated. Headers and the beginnings of
//!   pages change behind shared references only; no other references to them are made.
//! - **S4, provenance.** A `TaskRef` has the provenance of its whole page, and lies in the first 8 KiB of it; pages are
//!   aligned to that: so a slot's address, rounded down, is its page's.
//! - **S5, the run queue.** A task is at most once in the run queue, a batch, or a policy's order; then it is in use, and its
//!   `next` is set, to the sentinel at least. It is there if and only if `QUEUED` is set and `RUNNING` is not, from the
//!   moment when the wake or the poll that sets this has pushed it.
//! - **S6, polls.** A future cell is polled by a permit to run, which is given to a task that left the run queue. So a task
//!   has at most one, and `RUNNING` is set while it is polled.
//! - **S7, ends.** A task has its future cell until `DONE` is set, which is done once and never while it is polled; the
//!   code that sets it drops the cell, in its place, once.
//! - **S8, threads.** All but two things belong to the executor's thread: the word of a state, which is an atomic, and the
//!   remote inbox, which is behind a lock. Once the inbox is closed, the count of a page's orphans belongs to the holder
//!   of that lock.
//! - **S9, types.** All future cells of a page are of the type that its kind was made for.
//! - **S10, wakers.** A waker is counted in the word of its task, or lent by the poll that it is used in: either keeps the
//!   slot in use until the waker is dropped.
//! - **S11, pointers to the executor.** A page's pointer to its executor's local side is good until `Tasks::close` clears it,
//!   on the executor's thread. Size classes are there as long as that.

mod ended;
mod header;
mod index;
mod kind;
mod local;
mod memory;
mod page;
mod permit;
mod remote;
mod run_queue;
mod size_class;
mod size_classes;
mod slot;
mod state;
#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
mod sync;
mod table;
mod waker;

pub(super) use ended::{Cancel, Ended};
pub(super) use local::Scheduler;
pub(super) use memory::{free_spares, keep_spares, room};
pub(super) use permit::{AfterPoll, Next, RunPermit};
pub(super) use slot::FutureCell;
pub(super) use table::Tasks;
pub(super) use waker::is_a_task_s;
