//! The executor and its peers in one module: an export for each pair of executor and workload, called
//! `executor/workload`.
//!
//! An export takes the number of units to run and gives back how many it ran; 0 units cost what does not belong to a
//! unit. The module imports nothing, so that its instructions are all there are.
//!
//! What is no contest is a module of its own (the features `zero-cost`, `traits`, `record`, `replay` and `watch`), for code that is there changes how
//! the code beside it is compiled; so is the one peer that lives in the browser's event loop (`event-loop`).

#[cfg(feature = "event-loop")]
mod event_loop;
mod measure;
#[cfg_attr(
    any(feature = "replay", feature = "watch"),
    allow(dead_code, reason = "nothing is polled there, or by one of them alone")
)]
mod peers;
mod workloads;

/// Exports workloads, as `$run(units)`.
#[allow(unused_macros, reason = "each module of the build exports its own")]
macro_rules! exports {
    ($name:literal: $($as:literal = $run:expr),* $(,)?) => {
        $(const _: () = {
            #[unsafe(export_name = concat!($name, "/", $as))]
            extern "C" fn run(units: u32) -> u32 {
                $run(units)
            }
        };)*
    };
}

/// Exports the workloads for a peer.
#[allow(unused_macros, reason = "only a contest has peers")]
macro_rules! contest {
    ($name:literal $peer:ty) => {
        contest! { $name $peer, but cancel }
        exports! { $name: "cancel" = crate::workloads::cancel::run::<$peer> }
    };
    // For those who never give a task up.
    ($name:literal $peer:ty, but cancel) => {
        exports! { $name:
            "yield" = crate::workloads::yield_::run::<$peer>,
            "yield_opaque" = crate::workloads::yield_opaque::run::<$peer>,
            "spawn_complete" = crate::workloads::spawn_complete::run::<$peer>,
            "oneshot_chain" = crate::workloads::oneshot_chain::run::<$peer>,
            "hold" = crate::workloads::hold::run::<$peer>,
        }
    };
}

// Ours is never alone: where all wakers are of one make, the compiler sees through every leaf, as it does in no program.
#[cfg(not(any(
    feature = "zero-cost",
    feature = "traits",
    feature = "record",
    feature = "replay",
    feature = "watch",
    feature = "event-loop"
)))]
const _: () = {
    contest! { "pollscope" peers::pollscope::Pollscope }
    contest! { "limit_concrete" peers::limit_concrete::LimitConcrete }
    contest! { "limit_boxed" peers::limit_boxed::LimitBoxed }
    contest! { "textbook" peers::textbook::Textbook }
};

#[cfg(feature = "peers")]
const _: () = {
    contest! { "local_pool" peers::local_pool::LocalPool }
    contest! { "futures_unordered" peers::futures_unordered::FuturesUnordered }
    contest! { "tokio_local_set" peers::tokio_local_set::TokioLocalSet }
    contest! { "async_executor" peers::async_executor::AsyncExecutor }
    contest! { "embassy_raw" peers::embassy_raw::EmbassyRaw, but cancel }
};

#[cfg(feature = "zero-cost")]
exports! { "pollscope":
    "poll_hand" = workloads::zero_cost::poll_hand,
    "poll_async" = workloads::zero_cost::poll_async,
    "poll_boxed" = workloads::zero_cost::poll_boxed,
    "poll_boxed_dyn" = workloads::zero_cost::poll_boxed_dyn,
    "poll_deep" = workloads::zero_cost::poll_deep,
    "clerk_hand" = workloads::zero_cost::clerk_hand,
    "clerk_async" = workloads::zero_cost::clerk_async,
}

#[cfg(feature = "traits")]
exports! { "pollscope":
    "read_async_trait" = workloads::traits::async_trait,
    "read_async_fn" = workloads::traits::async_fn,
    "read_poll_read" = workloads::traits::poll_read,
    "read_by_hand" = workloads::traits::by_hand,
    "read_any_async_trait" = workloads::traits::any_async_trait,
    "read_any_poll_read" = workloads::traits::any_poll_read,
    "ready_async_trait" = workloads::traits::ready_async_trait,
    "ready_async_fn" = workloads::traits::ready_async_fn,
    "ready_poll_read" = workloads::traits::ready_poll_read,
    "ready_by_hand" = workloads::traits::ready_by_hand,
    "ready_any_async_trait" = workloads::traits::ready_any_async_trait,
    "ready_any_poll_read" = workloads::traits::ready_any_poll_read,
}

// Not counted: it is there so that the recorded executor is not alone, either, and neither are watched tasks.
#[cfg(any(feature = "record", feature = "watch"))]
#[unsafe(export_name = "beside")]
extern "C" fn beside(units: u32) -> u32 {
    workloads::yield_opaque::run::<peers::limit_boxed::LimitBoxed>(units)
}

#[cfg(feature = "record")]
exports! { "pollscope": "record_poll" = workloads::yield_opaque::run::<peers::recorded::Recorded> }

#[cfg(feature = "replay")]
exports! { "pollscope": "frame" = workloads::frame::run }

#[cfg(feature = "watch")]
exports! { "pollscope":
    "watch_poll" = workloads::watched::poll::<peers::pollscope::Pollscope>,
    "watch_await" = workloads::watched::awaits::<peers::pollscope::Pollscope>,
}
