//! No memory: each allocation of a short run fails once. The process ends then, as any program of Rust's does, and what
//! the run had sent is there to be read: the beginning of the run that it would have been.
//!
//! A run that fails takes its process with it, so each is made by this program, started once more.
//! `EVERY=1 cargo test --test out_of_memory` fails every allocation of every short scenario; without it some of each.

#![cfg(not(any(target_arch = "wasm32", loom, miri)))]

use pollscope::record::Outlet;
use pollscope::scenario::{Kind, Scenario, Setup, find, scenarios};
use pollscope::trace::format::Reader;
use pollscope::trace::{TimeUnit, Trace};
use std::alloc::{GlobalAlloc, Layout, System};
use std::fs::{File, read};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Fails once.
struct Failing;

/// Allocations since the run began; none are counted before.
static MADE: AtomicU64 = AtomicU64::new(NOT_COUNTED);
/// The one that fails, from 1.
static FAILS: AtomicU64 = AtomicU64::new(u64::MAX);
const NOT_COUNTED: u64 = u64::MAX / 2;

// SAFETY: all is the system's; null is what an allocator returns where there is no memory.
unsafe impl GlobalAlloc for Failing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if MADE.fetch_add(1, Ordering::Relaxed) + 1 == FAILS.load(Ordering::Relaxed) {
            return std::ptr::null_mut();
        }
        // SAFETY: as of the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as of the caller; `alloc` gave it.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Failing = Failing;

/// The most events of a short scenario.
const SHORT: usize = 250;
/// So many allocations of each fail, unless every one does.
const SOME: u64 = 12;
/// What the program that is started is given: scenario, allocation that fails, and the file for its chunks.
const GIVEN: &str = "POLLSCOPE_FAILS";

/// In the program that is started: makes the run, and says how many allocations it took.
fn make(given: &str) {
    let [scenario, fails, file] = given.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{given}") };
    let scenario = find(scenario).expect("it is in the list");
    let file = Rc::new(File::create(file).expect("its folder is there"));
    let outlet = Rc::new(move || {
        let file = file.clone();
        Outlet::new(move |chunk| (&*file).write_all(chunk).expect("it is a file"), || 0.0)
    });
    let setup = Setup { outlet: Some(outlet), ..Setup::default() };
    let fails = fails.parse().expect("it is a number");
    MADE.store(0, Ordering::Relaxed);
    FAILS.store(fails, Ordering::Relaxed);
    scenario.start(&[], setup).expect("it has defaults").run();
    let made = MADE.swap(NOT_COUNTED, Ordering::Relaxed);
    eprintln!("allocations: {made}");
}

/// How a run came out.
struct Made {
    sent: Trace,
    is_over: bool,
    said: String,
    is_aborted: bool,
}

fn started(test: &str, scenario: &Scenario, fails: u64) -> Made {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("out-of-memory-{}", scenario.id));
    let program = std::env::current_exe().expect("it runs");
    let given = format!("{} {fails} {}", scenario.id, file.display());
    let output = Command::new(program).args(["--exact", test, "--nocapture"]).env(GIVEN, given).output();
    let output = output.expect("it can be started");
    let (mut reader, mut sent) = (Reader::default(), Trace::new(TimeUnit::VirtualMs));
    reader.append(&mut sent, &read(file).expect("it was created")).expect("what was sent is sound");
    Made {
        sent,
        is_over: reader.is_over(),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
        is_aborted: !output.status.success(),
    }
}

#[test]
fn run_without_memory_ends_in_a_sentence_and_what_was_sent_is_kept() {
    const TEST: &str = "run_without_memory_ends_in_a_sentence_and_what_was_sent_is_kept";
    if let Ok(given) = std::env::var(GIVEN) {
        return make(&given);
    }
    let every = std::env::var_os("EVERY").is_some();
    let mut failed = 0;
    for scenario in scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic) {
        let whole = started(TEST, scenario, 0);
        assert!(whole.is_over && !whole.is_aborted, "{}: {}", scenario.id, whole.said);
        if whole.sent.len() > SHORT {
            continue;
        }
        let made = whole.said.lines().find_map(|line| line.strip_prefix("allocations: "));
        let made: u64 = made.expect("it says how many").parse().expect("it is a number");
        let text = whole.sent.to_text();
        let mut most = 0;
        for nth in (1..=made).step_by(if every { 1 } else { made.div_ceil(SOME) as usize }) {
            let what = format!("{}, allocation {nth} of {made}", scenario.id);
            let cut = started(TEST, scenario, nth);
            assert!(cut.is_aborted, "{what}: {}", cut.said);
            assert!(cut.said.contains("memory allocation of"), "{what}: {}", cut.said);
            assert!(text.starts_with(&cut.sent.to_text()), "{what}: {}", cut.sent.to_text());
            assert!(cut.sent.len() >= most, "{what}: {} events, where {most} were sent before", cut.sent.len());
            most = cut.sent.len();
            failed += 1;
        }
        assert!(most > 0, "{}: nothing was sent", scenario.id);
    }
    println!("{failed} allocations failed");
    assert!(failed >= SOME, "no scenario is short");
}
