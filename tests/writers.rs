//! Who wrote a byte, and since when a pointer dangles: of runs that are made, and of traces of a million looks.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{Setup, find};
use pollscope::trace::ids::{BlobId, NameId, PlaceId, SiteId, TaskId};
use pollscope::trace::{Event, Field, Place, Role, Site, Snapshot, TaskInfo, TaskKind, TimeUnit, Trace};
use pollscope::view::{BytesOf, Viewer, Write, Writers};
use std::ops::Range;
use std::time::Instant;

/// A run of `moving`, seen.
fn moving(given: &[(&str, &str)]) -> Viewer {
    Viewer::of(find("moving").expect("it is there").start(given, Setup::default()).expect("good").run())
}

/// Where a field of a slot lies.
fn field(viewer: &mut Viewer, cursor: usize, slot: usize, name: &str) -> Range<u32> {
    let frame = viewer.frame(cursor, TaskId::NONE);
    let bytes = frame.slots[slot].bytes.as_ref().expect("something is there");
    let field = bytes.fields.iter().find(|field| field.name == name).expect("it has such a field");
    field.offset..field.offset + field.size
}

/// The cursor right after the event that reads so.
fn after(viewer: &Viewer, text: &str) -> usize {
    let all = viewer.trace().to_text();
    1 + all.lines().position(|line| line.ends_with(text)).unwrap_or_else(|| panic!("no {text} in\n{all}"))
}

/// Who wrote the bytes last, and at which line.
fn last(writers: &Writers) -> (usize, Write, u32) {
    let last = writers.last.as_ref().expect("they were written");
    (last.cursor as usize, last.by.clone(), last.at.as_ref().map_or(0, |at| at.line))
}

#[test]
fn writer_of_a_field_is_the_event_that_changed_it() {
    let mut viewer = moving(&[]);
    let (put, born, taken) =
        (after(&viewer, "placed in here"), after(&viewer, "placed in here") + 2, after(&viewer, "taken out of here"));
    let (var, pointer) = (field(&mut viewer, born, 0, "local_var"), field(&mut viewer, born, 0, "local_ref"));
    let here = || "here".to_owned();
    let of_var = viewer.writers(taken, BytesOf::Slot, 0, var);
    assert_eq!(last(&of_var), (put, Write::Put { slot: here() }, 30));
    assert_eq!(of_var.last.map(|w| (w.was, w.now)), Some((None, vec![42, 0])));
    assert_eq!((of_var.earlier, of_var.later), (None, None));
    let of_pointer = viewer.writers(taken, BytesOf::Slot, 0, pointer.clone());
    assert_eq!(last(&of_pointer), (born, Write::Changed { slot: here() }, 31));
    assert_eq!((of_pointer.earlier, of_pointer.later), (Some(put as u32), None));
    assert_eq!(of_pointer.last.and_then(|w| w.was), Some(vec![0; size_of::<usize>()]));
    let before = viewer.writers(put, BytesOf::Slot, 0, pointer);
    assert_eq!((last(&before).0, before.later), (put, Some(born as u32)));
    assert!(viewer.writers(0, BytesOf::Slot, 0, 0..1).last.is_none());
}

#[test]
fn move_writes_all_bytes_but_padding() {
    let mut viewer = moving(&[]);
    let moved = after(&viewer, "moved from here to there");
    let frame = viewer.frame(moved, TaskId::NONE);
    let bytes = frame.slots[1].bytes.as_ref().expect("it moved there");
    for field in &bytes.fields {
        let writers = viewer.writers(usize::MAX, BytesOf::Slot, 1, field.offset..field.offset + field.size);
        if field.role == Role::Padding {
            assert_eq!(writers.last, None, "padding is never written");
            continue;
        }
        let by = Write::Moved { from: "here".into(), to: "there".into() };
        assert_eq!(last(&writers), (moved, by, 38));
    }
}

#[test]
fn pointer_dangles_since_its_value_was_taken_away() {
    let mut viewer = moving(&[("moves", "2")]);
    let (first, pointer) = (after(&viewer, "taken out of here"), field(&mut viewer, 4, 0, "local_ref"));
    for (slot, text) in [(1, "moved from here to there"), (2, "moved from there to elsewhere")] {
        let cursor = after(&viewer, text);
        let dangling = viewer.writers(cursor, BytesOf::Slot, slot, pointer.clone()).dangling.expect("it dangles");
        assert_eq!((dangling.cursor as usize, &*dangling.slot), (first, "here"), "the first move did it");
        assert_eq!(dangling.at.map(|at| at.line), Some(37));
    }
    assert_eq!(viewer.writers(4, BytesOf::Slot, 0, pointer.clone()).dangling, None, "it is right where it was made");
    // Back in the first slot it is right again.
    let mut round = moving(&[("moves", "3")]);
    let end = round.trace().len();
    assert_eq!(round.writers(end, BytesOf::Slot, 0, pointer).dangling, None);
}

/// One future of `size` bytes that is looked at `looks` times; `byte` says what a byte is at a look.
fn looked_at(size: usize, looks: usize, byte: impl Fn(usize, usize) -> u8) -> Trace {
    let mut trace = Trace::new(TimeUnit::VirtualMs);
    trace.names.extend(["waits".to_owned(), "code.rs".to_owned()]);
    trace.sites.push(Site { file: NameId(2), line: 7, column: 1 });
    let snapshot = |look: usize| Snapshot {
        address: 64,
        size: size as u32,
        bytes: (0..size).map(|at| byte(look, at)).collect(),
        fields: Vec::new(),
    };
    trace.blobs.push(snapshot(0));
    let (kind, parent, machine) = (TaskKind::Future, TaskId::NONE, pollscope::trace::ids::MachineId(0));
    let bytes = BlobId(1);
    let states = ["", "waits", ""].map(|_| pollscope::trace::State { name: NameId(1), site: SiteId::NONE });
    trace.machines.push(pollscope::trace::Machine { name: NameId(1), file: NameId(2), states: states.into() });
    trace.tasks.push(TaskInfo { name: NameId(1), kind, size: size as u32, address: 64, parent, machine, bytes });
    let task = TaskId(1);
    trace.columns.push(0, Event::Spawned { task });
    for look in 1..looks {
        trace.blobs.push(snapshot(look));
        let bytes = BlobId(look as u32 + 1);
        trace.columns.push(look as u64, Event::StateChanged { task, from: 1, to: 1, bytes });
    }
    trace
}

/// What a scan of all looks comes to.
fn scanned(
    size: usize,
    looks: usize,
    until: usize,
    range: &Range<u32>,
    byte: &impl Fn(usize, usize) -> u8,
) -> [Option<usize>; 3] {
    let wrote = |&look: &usize| {
        look == 0
            || range.clone().any(|at| (at as usize) < size && byte(look, at as usize) != byte(look - 1, at as usize))
    };
    let last = (0..until.min(looks)).rev().find(wrote);
    let earlier = last.and_then(|last| (0..last).rev().find(wrote));
    let later = (last.map_or(until, |last| last + 1)..looks).find(wrote);
    [last, earlier, later]
}

#[test]
fn writers_are_those_that_a_scan_finds() {
    // Byte 0 never changes, 1 at each look, 70 rarely, 99 once; the others by some rule.
    let byte = |look: usize, at: usize| match at {
        0 => 9,
        1 => look as u8,
        70 => (look / 5000) as u8,
        99 => u8::from(look >= 8191),
        _ => (look / (at * 37)) as u8,
    };
    let (size, looks) = (100, 12_345);
    let mut viewer = Viewer::of(looked_at(size, looks, byte));
    for cursor in [0, 1, 2, 64, 65, 4095, 4096, 4097, 5001, 8191, 8192, 8193, 12_344, 12_345] {
        for range in [0..1, 1..2, 70..71, 99..100, 2..3, 60..68, 0..100, 90..200] {
            let writers = viewer.writers(cursor, BytesOf::Task, 1, range.clone());
            let found = [writers.last.map(|w| w.cursor), writers.earlier, writers.later];
            let expected = scanned(size, looks, cursor, &range, &byte).map(|look| look.map(|look| look as u32 + 1));
            assert_eq!(found, expected, "at {cursor}, {range:?}");
        }
    }
}

#[test]
fn question_takes_no_longer_in_a_run_of_a_million_looks() {
    // The worst: a byte that was written once, at the start, and one that is written at the end alone.
    let byte = |look: usize, at: usize| match at {
        0 => 1,
        1 => u8::from(look == 999_999),
        _ => look as u8,
    };
    let mut viewer = Viewer::of(looked_at(24, 1_000_000, byte));
    let begun = Instant::now();
    for cursor in [1_000_000, 999_999, 500_000, 123_456] {
        assert_eq!(viewer.writers(cursor, BytesOf::Task, 1, 0..1).last.map(|w| w.cursor), Some(1));
        let of_the_other = viewer.writers(cursor, BytesOf::Task, 1, 1..2);
        let written = if cursor == 1_000_000 { of_the_other.last.map(|w| w.cursor) } else { of_the_other.later };
        assert_eq!(written, Some(1_000_000));
    }
    // Unoptimised; a scan of all looks takes a hundred times as long.
    assert!(begun.elapsed().as_millis() < 1000, "{:?}", begun.elapsed());
}

#[test]
fn writer_of_a_task_is_the_poll() {
    let mut viewer = Viewer::of(looked_at(4, 10, |look, at| if at == 0 { u8::from(look >= 4) } else { 7 }));
    let writers = viewer.writers(10, BytesOf::Task, 1, 0..1);
    let last = writers.last.expect("it was written");
    assert_eq!((last.cursor, last.was, last.now), (5, Some(vec![0]), vec![1]));
    assert_eq!(last.by, Write::Polled { task: 1, nth: 0 });
    let never = viewer.writers(10, BytesOf::Task, 1, 1..4);
    assert_eq!(never.last.map(|w| (w.cursor, w.by)), Some((1, Write::Spawned { task: 1 })));
}

#[test]
fn what_was_padding_before_is_written() {
    let mut trace = Trace::new(TimeUnit::VirtualMs);
    trace.names.push("slot".into());
    trace.places.push(Place { name: NameId(1), address: 16, size: 2 });
    let padding = |offset| Field { name: NameId::default(), offset, size: 1, role: Role::Padding };
    for field in [padding(1), padding(0)] {
        trace.blobs.push(Snapshot { address: 16, size: 2, bytes: vec![5, 5], fields: vec![field] });
    }
    let place = PlaceId(0);
    trace.columns.push(0, Event::Placed { place, bytes: BlobId(1) });
    trace.columns.push(0, Event::Placed { place, bytes: BlobId(2) });
    let mut viewer = Viewer::of(trace);
    let cursor = |viewer: &mut Viewer, at: u32| viewer.writers(2, BytesOf::Slot, 0, at..at + 1).last.map(|w| w.cursor);
    assert_eq!((cursor(&mut viewer, 0), cursor(&mut viewer, 1)), (Some(1), Some(2)));
}

#[test]
fn number_of_a_state_is_written_where_all_else_is_padding() {
    // A machine of three states whose number, byte 1, is known from the snapshots alone: nothing is held but byte 0.
    let mut trace = looked_at(3, 1, |_, _| 0);
    let held = |offset, size, role| Field { name: NameId(1), offset, size, role };
    let fields = || vec![held(0, 1, Role::Value), held(1, 2, Role::Padding)];
    trace.blobs[1].fields = fields();
    let task = TaskId(1);
    for (i, (to, bytes)) in [(1, [0, 3, 9]), (1, [0, 3, 8]), (2, [5, 1, 7])].into_iter().enumerate() {
        trace.blobs.push(Snapshot { address: 64, size: 3, bytes: bytes.into(), fields: fields() });
        let bytes = BlobId(i as u32 + 2);
        trace.columns.push(0, Event::StateChanged { task, from: 0, to, bytes });
    }
    let mut viewer = Viewer::of(trace);
    let frame = viewer.frame(4, task);
    let memory = frame.memory.expect("its bytes are known");
    let roles: Vec<_> = memory.now.fields.iter().map(|field| (field.offset, field.size, field.role)).collect();
    assert_eq!(roles, [(0, 1, Role::Value), (1, 1, Role::Discriminant), (2, 1, Role::Padding)]);
    assert_eq!(memory.changed, 2, "padding does not change");
    let mut cursors = |at: u32| {
        let writers = viewer.writers(4, BytesOf::Task, 1, at..at + 1);
        (writers.last.map(|w| w.cursor), writers.earlier)
    };
    assert_eq!([cursors(0), cursors(1), cursors(2)], [(Some(4), Some(1)), (Some(4), Some(2)), (None, None)]);
}
