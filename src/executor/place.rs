//! Places in the code: which lines are the reader's, and what their file is called.
//!
//! A *place* is where a function says that it was called from. That is a line of the reader's program, or of a library that
//! polls the reader's future: the standard library's where it is boxed, a combinator's, this crate's own where it was spawned
//! as it is. Only the reader's are recorded.

use super::future_cell;
use crate::record::Sink;
use crate::trace::ids::SiteId;
use std::cell::RefCell;
use std::panic::Location;

/// Where this crate's code lies, as the compiler names files.
fn our_folder() -> &'static str {
    file!().strip_suffix("executor/place.rs").unwrap_or_default()
}

/// What the file of a place is called, if it is one of the reader's: its path as the compiler was given it. The code that this
/// crate's own scenes show is called by the name that it is shown under.
fn readers_file(path: &str) -> Option<&str> {
    if path == future_cell::FILE || is_library(path) {
        return None;
    }
    let ours = our_folder();
    let is_scene = ["scenario", "interop"].iter().any(|room| {
        path.strip_prefix(ours)
            .and_then(|path| path.strip_prefix(room))
            .is_some_and(|path| path.starts_with(['/', '\\']))
    });
    // What surrounds a scene's code is not shown.
    if is_scene { path.rsplit(['/', '\\']).next().filter(|name| *name != "mod.rs") } else { Some(path) }
}

/// Whether a file is the standard library's or a package's that cargo fetched, also where a build calls their folders `std`
/// and `cargo`.
fn is_library(path: &str) -> bool {
    let mut before = None;
    path.split(['/', '\\']).any(|part| {
        let pair = (before.replace(part), part);
        matches!(
            pair,
            (Some(""), "rustc")
                | (Some("rustlib"), "src")
                | (Some("std"), "library")
                | (Some("registry"), "src")
                | (Some("git"), "checkouts")
        )
    })
}

/// A file that was asked for, by where its path lies in memory, and its name; none if it is not the reader's.
type Known = (&'static str, Option<&'static str>);

/// How many files are remembered. A run goes through a dozen or two.
const FILES: usize = 64;

thread_local! {
    /// Each at a place of its own by its address, in place of the one before. Nothing is allocated: allocations are counted
    /// while code runs that asks, and a run's count must not depend on those before it.
    static KNOWN: RefCell<[Known; FILES]> = const { RefCell::new([("", None); FILES]) };
}

/// As [`readers_file`], which reads the whole path: each file's only once.
fn known_file(path: &'static str) -> Option<&'static str> {
    let find = |known: &RefCell<[Known; FILES]>| {
        let known = &mut known.borrow_mut()[path.as_ptr().addr() / size_of::<usize>() % FILES];
        if !std::ptr::eq(known.0, path) {
            *known = (path, readers_file(path));
        }
        known.1
    };
    KNOWN.with(find)
}

/// The number of a place in the code, if it is the reader's.
pub(super) fn site_of(sink: &dyn Sink, at: &Location<'static>) -> SiteId {
    if !sink.is_detailed() {
        return SiteId::NONE;
    }
    known_file(at.file()).map_or(SiteId::NONE, |file| sink.site(file, at.line(), at.column()))
}

/// Where a future is polled from: a place of the reader's, or, where a library polls it, that from which the future around
/// it is polled.
pub(super) fn polled_from(sink: &dyn Sink, at: &Location<'static>) -> SiteId {
    let site = site_of(sink, at);
    if site.is_some() || !sink.is_detailed() { site } else { sink.polled_from() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_libraries_are_not_the_reader_s() {
        for library in [
            "/rustc/58cf8f9c3/library/core/src/future/future.rs",
            "/root/.rustup/toolchains/1.99.1/lib/rustlib/src/rust/library/core/src/future/future.rs",
            "std/library/core/src/future/future.rs",
            "/home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/futures-util-0.3.34/src/future/maybe_done.rs",
            r"C:\Users\me\.cargo\registry\src\index.crates.io-1949cf8c6b5b557f\futures-util-0.3.34\src\lib.rs",
            "cargo/registry/src/index.crates.io-1949cf8c6b5b557f/futures-util-0.3.34/src/lib.rs",
            "/home/me/.cargo/git/checkouts/tokio-377c595163f6a10b/tokio/src/lib.rs",
            future_cell::FILE,
        ] {
            assert_eq!(readers_file(library), None, "{library}");
        }
    }

    #[test]
    fn files_of_the_reader_are_called_by_their_path_and_those_of_scenes_by_their_name() {
        for path in ["src/main.rs", "src/net/mod.rs", "src/registry/src.rs", "/home/rustc/src/main.rs"] {
            assert_eq!(readers_file(path), Some(path));
        }
        for (folder, name) in [("scenario/lazy/", "hello.rs"), ("interop/promise_future/", "code.rs")] {
            assert_eq!(readers_file(&format!("{}{folder}{name}", our_folder())), Some(name));
            assert_eq!(readers_file(&format!("{}{folder}mod.rs", our_folder())), None);
        }
    }
}
