//! Everybody who runs the workloads: a file each, all of one shape.

#[cfg(not(any(feature = "zero-cost", feature = "record", feature = "event-loop")))]
mod pollscope;
#[cfg(feature = "record")]
mod recorded;

#[cfg(not(any(feature = "zero-cost", feature = "record", feature = "event-loop")))]
pub(crate) use pollscope::Pollscope;
#[cfg(feature = "record")]
pub(crate) use recorded::Recorded;

macro_rules! peers {
    ($($file:ident $peer:ident)*) => {
        $(
            #[cfg(feature = "peers")]
            mod $file;
            #[cfg(feature = "peers")]
            pub(crate) use $file::$peer;
        )*
    };
}

peers! {
    limit_concrete LimitConcrete
    limit_boxed LimitBoxed
    textbook Textbook
    local_pool LocalPool
    futures_unordered FuturesUnordered
    tokio_local_set TokioLocalSet
    async_executor AsyncExecutor
    embassy_raw EmbassyRaw
}

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
