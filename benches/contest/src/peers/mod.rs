//! Everybody who runs the workloads: a file each, all of one shape. Each file says in which module of the build it is.

pub(crate) mod async_executor;
pub(crate) mod embassy_raw;
pub(crate) mod futures_unordered;
pub(crate) mod limit_boxed;
pub(crate) mod limit_concrete;
pub(crate) mod local_pool;
pub(crate) mod pollscope;
pub(crate) mod recorded;
pub(crate) mod textbook;
pub(crate) mod tokio_local_set;

/// What is run: futures without a value, spawned without a handle.
pub(crate) trait Work: Future<Output = ()> + 'static {}

impl<F: Future<Output = ()> + 'static> Work for F {}

/// One executor of the contest.
pub(crate) trait Peer {
    /// It, for futures of one type; only a limit makes use of knowing the type.
    type For<F: Work>: Run<F>;
}

/// An executor, made for one run.
pub(crate) trait Run<F: Work> {
    /// An empty one. `tasks` is how many there will be at once: the limits make room ahead.
    fn new(tasks: usize) -> Self;

    /// Spawns and detaches.
    fn spawn(&mut self, future: F);

    /// Polls what is ready until nothing is, or, for those who cannot tell, until `stalled` says so.
    fn run(&mut self, stalled: impl Fn() -> bool);
}
