//! The crates that stand on the levels. Versions and days are those of the registry.

use crate::scenario::{Crates, Level, Published};

const fn row(
    name: &'static str,
    version: &'static str,
    released: &'static str,
    level: &'static str,
    source: &'static [&'static str],
) -> Published {
    Published { name, version, released, level, sources: source }
}

/// From the top of the stack down.
pub(super) const PLACED: Crates = Crates {
    columns: &["does"],
    levels: &[
        Level { name: "program", see: "lazy" },
        Level { name: "future", see: "state-machine" },
        Level { name: "executor", see: "executor" },
        Level { name: "reactor", see: "reactor" },
        Level { name: "system", see: "concurrency-parallelism" },
        Level { name: "hardware", see: "call-centre" },
    ],
    rows: &[
        row("axum", "0.8.9", "2026-04-14", "program", &["https://docs.rs/axum/0.8.9/axum/index.html"]),
        row("reqwest", "0.13.5", "2026-09-08", "program", &["https://docs.rs/reqwest/0.13.5/reqwest/index.html"]),
        row("hyper", "1.12.0", "2026-10-06", "future", &["https://docs.rs/hyper/1.12.0/hyper/index.html"]),
        row("tower", "0.5.3", "2026-01-12", "future", &["https://docs.rs/tower/0.5.3/tower/index.html"]),
        row("tokio", "1.54.1", "2026-10-21", "executor", &["https://docs.rs/tokio/1.54.1/tokio/runtime/index.html"]),
        row("smol", "2.0.2", "2024-09-07", "executor", &["https://docs.rs/smol/2.0.2/smol/index.html"]),
        row(
            "embassy-executor",
            "0.10.0",
            "2026-03-20",
            "executor",
            &["https://docs.embassy.dev/embassy-executor/0.10.0/std/index.html"],
        ),
        row("mio", "1.2.5", "2026-11-13", "reactor", &["https://docs.rs/mio/1.2.5/mio/index.html"]),
    ],
};
