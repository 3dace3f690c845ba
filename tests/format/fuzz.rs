//! Mutations of recorded traces: whatever is accepted can be asked anything, at any cursor.
//!
//! `POLLSCOPE_MUTATIONS=1000000 cargo test --release --test format` makes so many of them.

use super::recorded;
use fastrand::Rng;
use pollscope::trace::Trace;
use pollscope::trace::format::Reader;
use pollscope::trace::ids::TaskId;
use pollscope::view::timeline::Window;
use pollscope::view::tracks::Tracks;
use pollscope::view::{Comparison, ListingOf, StepUnit, Viewer};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many mutations there are, unless it is said.
const MUTATIONS: usize = 20_000;

/// So many bytes at least are the table of events, and what stands before it: a trace without anything has no more.
fn table() -> usize {
    Trace::default().write().len()
}

/// Traces of every shape that is small.
fn seeds() -> Vec<(Viewer, Vec<u8>)> {
    let runs: [(&str, &[(&str, &str)]); 13] = [
        ("lazy", &[("then", "drop")]),
        ("poll-waker", &[]),
        ("sequential-join", &[]),
        ("lost-wake", &[("leaf", "keeps_first"), ("awaited", "handed_on")]),
        ("executor", &[("last", "small")]),
        ("orders", &[]),
        ("blocking", &[("way", "yield")]),
        ("moving", &[]),
        ("rules", &[("rule", "plain_fn"), ("program", "kept")]),
        ("call-centre", &[("callers", "2")]),
        ("languages", &[("tasks", "2")]),
        ("state-machine", &[("callers", "2")]),
        ("state-machine", &[("callers", "2"), ("written", "callbacks")]),
    ];
    let seed = |(id, given): (&str, &[(&str, &str)])| {
        let trace: Trace = recorded(id, given);
        let bytes = trace.write();
        (Viewer::of(trace), bytes)
    };
    runs.map(seed).into()
}

/// Changes a few bytes. Those of numbers mostly stay as long as they were: else most would be refused for their length.
fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>, table: usize, others: &[(Viewer, Vec<u8>)]) {
    for _ in 0..rng.usize(1..=3) {
        // The table of events at the beginning is refused at its first change.
        let from = if rng.u8(0..32) == 0 { 0 } else { table.min(bytes.len() - 1) };
        let at = rng.usize(from..bytes.len());
        match rng.u8(0..16) {
            0 => bytes[at] = rng.u8(..),
            1 => bytes[at] ^= 1 << rng.u8(0..8),
            2 => drop(bytes.remove(at)),
            3 => bytes.insert(at, rng.u8(..)),
            4 => bytes.truncate(at.max(1)),
            5 => {
                let other = &others[rng.usize(0..others.len())].1;
                let (from, len) = (rng.usize(0..other.len()), rng.usize(1..40));
                let piece = &other[from..other.len().min(from + len)];
                let to = bytes.len().min(at + piece.len());
                bytes.splice(at..to, piece.iter().copied());
            }
            6 => {
                let other = rng.usize(0..bytes.len());
                bytes.swap(at, other);
            }
            7..10 => bytes[at] = bytes[at] & 0x80 | rng.u8(0..4),
            _ => bytes[at] = bytes[at] & 0x80 | rng.u8(0..0x80),
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}

/// Asks everything of a trace, at the start, at the end, and at a few cursors between.
fn walk(rng: &mut Rng, viewer: &mut Viewer, original: &Viewer) {
    let (len, tasks) = (viewer.trace().len(), viewer.trace().tasks.len() as u32);
    black_box((viewer.trace().to_text(), viewer.trace().tracks_text()));
    black_box(viewer.findings());
    black_box(viewer.story());
    black_box((viewer.lanes(0.0), viewer.lanes(5.0), viewer.name_of(TaskId(rng.u32(0..=tasks + 1)))));
    let tracks = Tracks::of(viewer.trace());
    black_box(tracks.as_ref().map(Tracks::spans));
    for cursor in [len, rng.usize(0..=len), rng.usize(0..=len), 0] {
        let focus = TaskId(rng.u32(0..=tasks + 1));
        let at = viewer.place(cursor);
        let near = Window { from: at - 200.0, to: at + 200.0, width: 400.0, top: 0, rows: 6, seen: cursor };
        let far = Window { from: 0.0, to: viewer.extent(), ..near };
        black_box(tracks.as_ref().map(|tracks| tracks.frame(viewer.trace(), cursor)));
        black_box((viewer.frame(cursor, focus), viewer.describe(cursor), viewer.what_ifs(cursor)));
        black_box((
            viewer.timeline(&near),
            viewer.timeline(&far),
            viewer.density(&far, 50),
            viewer.now(cursor, &[1, 2]),
        ));
        black_box((viewer.event_at(at, focus, cursor), viewer.row_of(&far, focus), viewer.task_of(cursor)));
        for unit in [StepUnit::Event, StepUnit::Poll, StepUnit::Tick, StepUnit::Wake, StepUnit::State] {
            black_box((viewer.step(cursor, unit, true, focus), viewer.step(cursor, unit, false, focus)));
        }
        black_box((viewer.listing(ListingOf::Order, cursor, 4), viewer.listing(ListingOf::Output, cursor, 4)));
        for (run, other) in [(&*viewer, original), (original, &*viewer)] {
            let mut comparison = Comparison::default();
            let there = comparison.cursor_in_other(run, other, cursor);
            black_box(comparison.rows((run, cursor), (other, there), cursor, 5, 5));
        }
    }
    black_box((viewer.ticks(20), viewer.cursor_at(5.0)));
}

#[test]
fn whatever_is_accepted_can_be_asked_anything() {
    let wanted = std::env::var("POLLSCOPE_MUTATIONS").map_or(MUTATIONS, |n| n.parse().expect("a number"));
    let (seeds, table, mut rng) = (seeds(), table(), Rng::with_seed(10));
    let (mut whole, mut cut) = (0, 0);
    for i in 0..wanted {
        let (original, bytes) = &seeds[i % seeds.len()];
        let mut bytes = bytes.clone();
        mutate(&mut rng, &mut bytes, table, &seeds);
        let walked = catch_unwind(AssertUnwindSafe(|| {
            let (mut rng, mut reader, mut viewer) = (Rng::with_seed(i as u64), Reader::default(), Viewer::new());
            let is_whole = viewer.grow(|trace| reader.append(trace, &bytes)).and_then(|()| reader.finish()).is_ok();
            // What was read before the damage is shown as well.
            let is_looked_at = is_whole || (i % 4 == 0 && !viewer.trace().is_empty());
            if is_looked_at {
                walk(&mut rng, &mut viewer, original);
            }
            (is_whole, is_looked_at)
        }));
        let Ok((is_whole, is_looked_at)) = walked else {
            let file = std::env::temp_dir().join("pollscope-mutation.trace");
            std::fs::write(&file, &bytes).expect("it can be kept");
            panic!("mutation {i}, kept as {}, makes a view panic", file.display());
        };
        whole += usize::from(is_whole);
        cut += usize::from(is_looked_at && !is_whole);
    }
    println!("{whole} of {wanted} mutations were accepted, and {cut} parts of others looked at");
    assert!(whole > wanted / 20 && cut > wanted / 100, "mutations are of use: {whole} whole, {cut} cut");
}
