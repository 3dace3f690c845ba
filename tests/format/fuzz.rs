//! Mutations of recorded traces: whatever is accepted can be asked anything, at any cursor.
//!
//! `POLLSCOPE_MUTATIONS=1000000 cargo test --release --test format` makes so many of them.

use super::recorded;
use fastrand::Rng;
use pollscope::trace::format::Reader;
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Kind, TimeUnit, Trace};
use pollscope::view::timeline::Window;
use pollscope::view::{Replay, StepUnit};
use std::hint::black_box;
use std::panic::catch_unwind;

/// How many mutations there are, unless it is said.
const MUTATIONS: usize = 20_000;

/// So many bytes at least are the table of events, and what stands before it.
const TABLE: usize = 1000;

/// Traces of every shape that is small.
fn seeds() -> Vec<(Trace, Vec<u8>)> {
    let runs: [(&str, &[(&str, &str)]); 9] = [
        ("lazy", &[("then", "drop")]),
        ("poll-waker", &[]),
        ("sequential-join", &[]),
        ("lost-wake", &[("leaf", "keeps_first"), ("awaited", "handed_on")]),
        ("executor", &[("last", "small")]),
        ("moving", &[]),
        ("rules", &[("rule", "plain_fn"), ("program", "kept")]),
        ("state-machine", &[("callers", "2")]),
        ("state-machine", &[("callers", "2"), ("written", "callbacks")]),
    ];
    let seed = |(id, given): (&str, &[(&str, &str)])| {
        let trace = recorded(id, given);
        let bytes = trace.write();
        (trace, bytes)
    };
    runs.map(seed).into()
}

/// Changes a few bytes. Those of numbers mostly stay as long as they were: else most would be refused for their length.
fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>, others: &[(Trace, Vec<u8>)]) {
    for _ in 0..rng.usize(1..=3) {
        // The table of events at the beginning is refused at its first change.
        let from = if rng.u8(0..32) == 0 { 0 } else { TABLE.min(bytes.len() - 1) };
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
fn walk(rng: &mut Rng, trace: Trace, original: &Trace) {
    let len = trace.len();
    black_box((trace.to_text(), trace.diagnose(), trace.first_difference(original), original.first_difference(&trace)));
    let tasks = trace.tasks.len() as u32;
    let mut replay = Replay::new(trace);
    for cursor in [len, rng.usize(0..=len), rng.usize(0..=len), 0] {
        let focus = TaskId(rng.u32(0..=tasks + 1));
        let at = replay.place(cursor);
        let near = Window { from: at - 200.0, to: at + 200.0, width: 400.0, top: 0, rows: 6, seen: cursor };
        let far = Window { from: 0.0, to: replay.extent(), ..near };
        black_box((replay.frame(cursor, focus), replay.told(cursor), replay.what_ifs(cursor)));
        black_box((
            replay.timeline(&near),
            replay.timeline(&far),
            replay.density(&far, 50),
            replay.now(cursor, &[1, 2]),
        ));
        black_box((replay.event_at(at, focus, cursor), replay.row_of(&far, focus), replay.task_of(cursor)));
        for unit in [StepUnit::Event, StepUnit::Poll, StepUnit::Tick, StepUnit::Wake, StepUnit::State] {
            black_box((replay.step(cursor, unit, true, focus), replay.step(cursor, unit, false, focus)));
        }
    }
    black_box((replay.ticks(20, |kind: Kind| kind as u8), replay.cursor_at(5)));
}

#[test]
fn whatever_is_accepted_can_be_asked_anything() {
    let wanted = std::env::var("POLLSCOPE_MUTATIONS").map_or(MUTATIONS, |n| n.parse().expect("a number"));
    let (seeds, mut rng) = (seeds(), Rng::with_seed(10));
    let (mut whole, mut cut) = (0, 0);
    for i in 0..wanted {
        let (original, bytes) = &seeds[i % seeds.len()];
        let mut bytes = bytes.clone();
        mutate(&mut rng, &mut bytes, &seeds);
        let walked = catch_unwind(|| {
            let (mut rng, mut reader, mut trace) =
                (Rng::with_seed(i as u64), Reader::default(), Trace::new(TimeUnit::VirtualMs));
            let is_whole = reader.append(&mut trace, &bytes).and_then(|()| reader.finish()).is_ok();
            // What was read before the damage is shown as well.
            let is_looked_at = is_whole || (i % 4 == 0 && !trace.is_empty());
            if is_looked_at {
                walk(&mut rng, trace, original);
            }
            (is_whole, is_looked_at)
        });
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
