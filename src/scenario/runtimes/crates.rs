//! Runtimes: what each gives, and where that is said. Versions and days are those of the registry.

use crate::scenario::{Crates, Published};

const fn row(
    name: &'static str,
    version: &'static str,
    released: &'static str,
    sources: &'static [&'static str],
) -> Published {
    Published { name, version, released, level: "", sources }
}

pub(super) const RUNTIMES: Crates = Crates {
    columns: &["threads", "timers", "io", "spawn"],
    levels: &[],
    rows: &[
        row(
            "tokio",
            "1.54.1",
            "2026-10-21",
            &[
                "https://docs.rs/tokio/1.54.1/tokio/runtime/index.html",
                "https://docs.rs/tokio/1.54.1/tokio/time/fn.sleep.html",
                "https://docs.rs/tokio/1.54.1/tokio/index.html",
                "https://docs.rs/tokio/1.54.1/tokio/task/fn.spawn.html",
            ],
        ),
        row(
            "smol",
            "2.0.2",
            "2024-09-07",
            &[
                "https://docs.rs/smol/2.0.2/smol/fn.spawn.html",
                "https://docs.rs/async-io/2.6.0/async_io/index.html",
                "https://docs.rs/async-io/2.6.0/async_io/index.html",
                "https://docs.rs/smol/2.0.2/smol/struct.LocalExecutor.html",
            ],
        ),
        row(
            "async-std",
            "1.13.2",
            "2025-08-15",
            &[
                "https://docs.rs/crate/async-std/1.13.2/source/README.md",
                "https://docs.rs/crate/async-std/1.13.2/source/Cargo.toml",
                "https://docs.rs/crate/async-std/1.13.2/source/Cargo.toml",
                "https://docs.rs/async-std/1.13.2/async_std/task/fn.spawn.html",
            ],
        ),
        row(
            "glommio",
            "0.9.0",
            "2024-03-25",
            &[
                "https://docs.rs/glommio/0.9.0/glommio/index.html",
                "https://docs.rs/glommio/0.9.0/glommio/index.html",
                "https://docs.rs/glommio/0.9.0/glommio/index.html",
                "https://docs.rs/glommio/0.9.0/glommio/fn.spawn_local.html",
            ],
        ),
        row(
            "embassy-executor",
            "0.10.0",
            "2026-03-20",
            &[
                "https://docs.embassy.dev/embassy-executor/0.10.0/std/index.html",
                "https://docs.embassy.dev/embassy-executor/0.10.0/std/index.html",
                "https://docs.embassy.dev/embassy-executor/0.10.0/std/index.html",
                "https://docs.embassy.dev/embassy-executor/0.10.0/std/struct.Spawner.html",
            ],
        ),
        row(
            "wasm-bindgen-futures",
            "0.4.80",
            "2026-10-30",
            &[
                "https://developer.mozilla.org/en-US/docs/Web/API/Web_Workers_API",
                "https://developer.mozilla.org/en-US/docs/Web/API/Window/setTimeout",
                "https://developer.mozilla.org/en-US/docs/Web/API/Fetch_API",
                "https://docs.rs/wasm-bindgen-futures/0.4.80/wasm_bindgen_futures/fn.spawn_local.html",
            ],
        ),
    ],
};
