//! What tells of readiness, and what stands on it. Of a system's interface, the version is that of the kernel that had it first.

use crate::scenario::{Crates, Published};

const fn row(
    name: &'static str,
    version: &'static str,
    released: &'static str,
    sources: &'static [&'static str],
) -> Published {
    Published { name, version, released, level: "", sources }
}

pub(super) const INTERFACES: Crates = Crates {
    columns: &["call", "tells", "edges"],
    levels: &[],
    rows: &[
        row(
            "epoll",
            "Linux 2.5.44",
            "2002",
            &[
                "https://man7.org/linux/man-pages/man7/epoll.7.html",
                "https://man7.org/linux/man-pages/man2/epoll_wait.2.html",
                "https://man7.org/linux/man-pages/man7/epoll.7.html",
            ],
        ),
        row(
            "kqueue",
            "FreeBSD 4.1",
            "2000",
            &[
                "https://man.freebsd.org/cgi/man.cgi?query=kqueue&sektion=2",
                "https://man.freebsd.org/cgi/man.cgi?query=kqueue&sektion=2",
                "https://man.freebsd.org/cgi/man.cgi?query=kqueue&sektion=2",
            ],
        ),
        row(
            "io_uring",
            "Linux 5.1",
            "2019",
            &[
                "https://man7.org/linux/man-pages/man2/io_uring_enter.2.html",
                "https://man7.org/linux/man-pages/man7/io_uring.7.html",
                "https://man7.org/linux/man-pages/man7/io_uring.7.html",
            ],
        ),
        row(
            "mio",
            "1.2.5",
            "2026-11-13",
            &[
                "https://docs.rs/mio/1.2.5/mio/struct.Poll.html",
                "https://docs.rs/mio/1.2.5/mio/event/struct.Event.html",
                "https://docs.rs/mio/1.2.5/mio/struct.Poll.html",
            ],
        ),
        row(
            "polling",
            "3.11.0",
            "2025-09-14",
            &[
                "https://docs.rs/polling/3.11.0/polling/struct.Poller.html",
                "https://docs.rs/polling/3.11.0/polling/struct.Event.html",
                "https://docs.rs/polling/3.11.0/polling/enum.PollMode.html",
            ],
        ),
        row(
            "wasm-bindgen-futures",
            "0.4.80",
            "2026-10-30",
            &[
                "https://html.spec.whatwg.org/multipage/webappapis.html#event-loops",
                "https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Promise",
                "https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Promise/then",
            ],
        ),
    ],
};
