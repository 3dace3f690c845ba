//! The same reads by each way on the bare executor, where nothing is recorded: what the benchmark counts the instructions of.
//!
//! Each gives the virtual milliseconds that they took, which is the same however the trait is written.

use super::source::Source;
use super::{by_hand, by_poll, native, with_macro};
use crate::executor::Executor;
use std::future::Future;

macro_rules! ways {
    ($($(#[$doc:meta])* $name:ident = $way:path),* $(,)?) => {
        $(
            $(#[$doc])*
            pub fn $name(reads: u32, read_takes: u32) -> u64 {
                run($way(Source::new(read_takes), reads))
            }
        )*
    };
}

ways! {
    /// With the attribute, of a type that is known.
    async_trait = with_macro::known,
    /// With an async fn in the trait.
    async_fn = native::known,
    /// With a poll function, of a type that is known.
    poll_read = by_poll::known,
    /// With the reader in a box.
    by_hand = by_hand::boxed,
    /// With the attribute, of any reader.
    any_async_trait = with_macro::any,
    /// With a poll function, of any reader.
    any_poll_read = by_poll::any,
}

fn run(reader: impl Future<Output = ()> + 'static) -> u64 {
    let executor = Executor::new(());
    executor.spawn_detached("reader", reader);
    executor.run();
    executor.now()
}
