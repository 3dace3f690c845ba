//! The scenarios: one manifest of them, in the order in which they are shown.
//!
//! A *scenario* is a piece of learner-facing code, compiled as it is shown, with the plumbing that runs it.
//! Its run is a pure function of its parameters and a seed. Each has a folder: the code in files of its own,
//! the plumbing in `mod.rs` beside them.

mod abort;
pub mod async_trait;
mod block_on;
mod blocking;
mod call_centre;
mod cancel;
mod checks;
mod concurrency_parallelism;
mod event_loop;
mod executor;
mod first_poll;
mod future_promise;
mod futurelock;
mod job;
mod languages;
mod lazy;
mod live;
mod looked;
mod lost_wake;
mod manifest;
mod moving;
mod mutex;
mod orders;
mod params;
mod pin_ways;
mod poll_waker;
mod projection;
mod promise_future;
mod race_join;
mod reactor;
mod recursion;
mod refused;
mod rules;
mod runtimes;
mod sequential_join;
mod service_layer;
mod setup;
mod size;
mod spec;
mod stack;
mod state_machine;
mod streams;
pub mod wall;
mod workers;
pub mod zero_cost;

#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use abort::{AbortParams, Controller};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use block_on::BlockOnParams;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use blocking::{BlockingParams, Pool, code as blocking_code};
pub use call_centre::{SWEPT, Sweep, SweepPoint, SweepProgress};
pub use checks::{Checks, Recorded};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use event_loop::{Drain as TurnsDrain, Greedy as TurnsGreedy, Spawned as TurnsSpawned, TurnsParams};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use future_promise::{Ends, FuturePromiseParams, Listens};
pub use job::{Job, Work};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use languages::LanguagesParams;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use lazy::{LazyParams, code as lazy_code};
pub(crate) use manifest::runs_of;
pub use manifest::{Info, Manifest, Scenario, checks, count, find, group, manifest, scenarios};
pub use params::{FieldError, Given, Problem, Schema};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use promise_future::{Handed, Outcome as PromiseOutcome, PromiseParams, Together};
pub use setup::{RecordedExecutor, Setup, Tried};
pub use spec::{CodeFile, Crates, Guess, Kind, Level, Live, Measure, Module, Published, Question, ShownWith, Stage};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use streams::{Gone, StreamsParams, Way};
