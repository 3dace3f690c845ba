//! The fixture: a small trace that has every kind of event and a row in every table, as bytes and as JSON. The second
//! reader (`reader.mjs`) reads the one and must come to the other. `UPDATE_EXPECT=1` writes both anew.

use expect_test::expect_file;
use pollscope::trace::event::{
    Change, DropReason, End, NO_MACHINE, Outcome, Settled, UNKNOWN_STATE, WakeEffect, WakeSource,
};
use pollscope::trace::format::Writer;
use pollscope::trace::ids::{
    BlobId, FutureId, FutureKindId, MachineId, NameId, PlaceId, PromiseId, SiteId, SourceId, TaskId, TimerId,
};
use pollscope::trace::tracks::{Entry, Phase, Spent, Track};
use pollscope::trace::{
    Area, CodeFile, Event, Field, FutureKind, FutureRole, Head, Kind, Machine, MachineWay, Mode, Nested, Place, Region,
    Role, Site, Snapshot, SourceInfo, SourceKind, State, TaskInfo, TaskKind, Telling, TimeUnit, Trace,
};
use serde_json::{Value, json};

const FUTURE: TaskId = TaskId(1);
const LANE: TaskId = TaskId(2);
const DRIVER: TaskId = TaskId::NONE;

/// The trace, and its bytes, written in three parts.
fn every_kind() -> (Trace, Vec<u8>) {
    all_but(&[])
}

/// The same without some kinds.
fn all_but(left_out: &[Kind]) -> (Trace, Vec<u8>) {
    let mut trace = Trace::new(TimeUnit::BrowserUs);
    trace.head = Head {
        build: "0.1.0".to_owned(),
        scenario: "every-kind".to_owned(),
        title: "모든 사건".to_owned(),
        params: vec![("callers".to_owned(), "3".to_owned()), ("read".to_owned(), "blocking".to_owned())],
        order: "lifo".to_owned(),
        changes: "2.wake.1".to_owned(),
        seed: 1 << 40,
        mode: Mode::Live,
        files: vec![CodeFile {
            name: "code.rs".to_owned(),
            text: "async fn f() {\n    sleep(1).await\n}\n".to_owned(),
        }],
        telling: Telling { subject: "first".to_owned(), decides: "last logged hello".to_owned() },
        regions: vec![
            Region { area: Area::Stack, from: 0 },
            Region { area: Area::Static, from: 1 << 20 },
            Region { area: Area::Heap, from: (1 << 20) + 77 },
        ],
    };
    trace.names.extend(["code.rs", "first", "Sleep", "x", "hello"].map(str::to_owned));
    let (file, first, sleep, x, hello) = (NameId(1), NameId(2), NameId(3), NameId(4), NameId(5));
    trace.sites.extend([Site { file, line: 2, column: 14 }, Site { file, line: 300, column: 1 }]);
    let field = Field { name: x, offset: 1, size: 2, role: Role::Value };
    trace.blobs.push(Snapshot { address: 4096, size: 3, bytes: vec![0, 200, 7], fields: vec![field] });
    let state = |site| State { name: first, site: SiteId(site) };
    trace.machines.push(Machine { name: first, file, states: vec![state(0), state(1)] });
    trace.ways.push(MachineWay { machine: MachineId(0), from: 0, to: 1 });
    trace.nested.push(Nested { outer: MachineId(0), state: 1, machine: MachineId(0), offset: 1, tag: 1 });
    let future = TaskInfo {
        name: first,
        kind: TaskKind::Future,
        size: 3,
        address: 4096,
        parent: DRIVER,
        machine: MachineId(0),
        bytes: BlobId(1),
    };
    trace.tasks.push(future.clone());
    trace.timers.push(1_000_000);
    trace.sources.push(SourceInfo { kind: SourceKind::Mutex, nth: 1 });
    trace.future_kinds.push(FutureKind { name: sleep, role: FutureRole::Timer });
    let sleep = FutureKindId(1);
    let mut writer = Writer::default();
    let mut bytes = writer.chunk(&trace);

    let (site, timer, source) = (SiteId(1), TimerId(1), SourceId(1));
    let (task, by) = (FUTURE, WakeSource::Source(source));
    let first_half = [
        Event::Spawned { task },
        Event::Enqueued { task },
        Event::PollStarted { task, nth: 1 },
        Event::Entered { task, future: sleep, site, id: FutureId(1) },
        Event::TimerSet { timer, task, after: 1000 },
        Event::WakerCloned { task, count: 1 },
        Event::WakerHeld { task, by },
        Event::FoundEmpty { task, at: source },
        Event::Exited { task, future: sleep, outcome: Outcome::Pending },
        Event::Allocated { task, count: 1, bytes: 40 },
        Event::StateChanged { task, from: 0, to: 1, bytes: BlobId(1) },
        Event::PollEnded { task, outcome: Outcome::Pending, site },
        Event::Idle,
        Event::WakeLost { task, by: WakeSource::Outside },
        Event::Changed { change: Change::Fire, task: DRIVER, timer },
        Event::TimerFired { timer, task },
        Event::Woken { task, by: WakeSource::Timer(timer), effect: WakeEffect::Queued },
        Event::Enqueued { task },
        Event::WakerReleased { task, by },
        Event::WakerDropped { task, count: 0 },
        Event::Signalled { bell: source },
        Event::PollStarted { task, nth: 2 },
        Event::Locked { task, mutex: source },
        Event::Unlocked { task, mutex: source },
        Event::PolledAgain { task, future: sleep },
        Event::DroppedUnpolled { task, future: sleep },
        Event::Created { task, future: sleep, site, id: FutureId(2) },
        Event::Discarded { task, future: sleep, site, id: FutureId(2) },
        Event::Begun { task, future: sleep, site: SiteId(2), id: FutureId(3) },
        Event::Asked { task, site },
        Event::BellSet { task, bell: source, after: 30, site },
        Event::KeptForNobody { task, by },
        Event::Wrapped { task },
        Event::CellRead { task, cell: source, value: hello, site },
        Event::CellWritten { task, cell: source, value: hello, site },
        Event::Boxed { task, count: 1, bytes: 48, site },
        Event::Freed { task, count: 1, bytes: 48 },
        Event::Entrusted { task, driver: source, after: 20, site },
        Event::Turned { task, driver: source, due: 1 },
        Event::Registered { task, source, interest: hello, site },
        Event::Arrived { source, bytes: 1024 },
        Event::Reported { source },
        Event::Drained { task, source, bytes: 512, site },
        Event::Spun { task, polls: 5114, site },
        Event::Logged { task, text: hello, site: SiteId(2) },
        Event::ClockAdvanced { task, by: 12, site },
        Event::StateChanged { task, from: 1, to: UNKNOWN_STATE, bytes: BlobId::NONE },
        Event::PollEnded { task, outcome: Outcome::Ready, site: SiteId::NONE },
        Event::Dropped { task, reason: DropReason::Completed },
    ];
    let is_in = |event: &Event| !left_out.contains(&event.kind());
    for (i, event) in first_half.into_iter().filter(is_in).enumerate() {
        trace.columns.push(150 * i as u64, event);
    }
    bytes.extend(writer.chunk(&trace));

    trace.tasks.push(TaskInfo {
        kind: TaskKind::Callbacks,
        machine: NO_MACHINE,
        bytes: BlobId::NONE,
        parent: task,
        ..future
    });
    trace.timers.push(u64::from(u32::MAX) + 1);
    trace.places.extend([0, 8].map(|address| Place { name: x, address, size: 8 }));
    let (task, timer, promise, bytes_now) = (LANE, TimerId(2), PromiseId(1), BlobId(1));
    let second_half = [
        Event::Spawned { task },
        Event::CallStarted { task, nth: 1 },
        Event::TimerSet { timer, task, after: 70_000 },
        Event::TimerCancelled { timer, task },
        Event::CallEnded { task },
        Event::PromiseCreated { promise, name: x },
        Event::PromiseSettled { promise, how: Settled::Rejected, value: hello },
        Event::Received { promise, bytes: 65_536 },
        Event::Aborted { promise },
        Event::Listened { promise },
        Event::StreamMade { stream: source, mark: 3_072 },
        Event::Pulled { stream: source, queued: 0 },
        Event::ChunkMade { stream: source, bytes: 1_024 },
        Event::StreamHolds { stream: source, queued: 1_024 },
        Event::StreamFull { stream: source, queued: 3_072 },
        Event::ReaderTaken { task, stream: source },
        Event::ChunkRead { task, stream: source, bytes: 1_024 },
        Event::ReaderLeft { task, stream: source },
        Event::StreamCancelled { stream: source, queued: 2_048 },
        Event::StreamClosed { stream: source },
        Event::StackSuspended { promise, site: SiteId(2) },
        Event::StackResumed { promise },
        Event::Reaction { promise, name: x },
        Event::MicrotaskQueued { name: x },
        Event::MicrotaskStarted { name: x },
        Event::MicrotaskEnded { name: x },
        Event::MacrotaskQueued { name: x, after: 4 },
        Event::MacrotaskStarted { name: x },
        Event::MacrotaskEnded { name: x },
        Event::MessagePosted { name: x },
        Event::MacrotaskCleared { name: x },
        Event::FrameQueued { name: x },
        Event::FrameStarted { name: x },
        Event::FrameEnded { name: x },
        Event::Line { task: DRIVER, site },
        Event::Placed { place: PlaceId(0), bytes: bytes_now },
        Event::Taken { place: PlaceId(0) },
        Event::Moved { from: PlaceId(0), to: PlaceId(1), bytes: bytes_now },
        Event::Pinned { by: PlaceId(0), place: PlaceId(1), bytes: bytes_now },
        Event::Refused { message: hello, site },
        Event::Panicked { task, message: hello },
        Event::Ended { end: End::Polls(100_000) },
    ];
    for (i, event) in second_half.into_iter().filter(is_in).enumerate() {
        trace.columns.push(10_000 + i as u64, event);
    }
    trace.lost = 5;
    trace.missed = 2;
    trace.holders.push((source, FUTURE));
    trace.keepers.push((FUTURE, LANE));
    let entry = |time, phase| Entry { time, phase, task: 0, worker: 1 };
    trace.tracks.push(Track {
        name: first,
        model: true,
        threads: 3,
        workers: 2,
        stack: 1 << 20,
        each: 700,
        cut: Some(9),
        entries: vec![entry(0, Phase::Arrived), entry(300, Phase::Finished)],
    });
    trace.spent_in.push((file, Spent::Looking));
    trace.answer = Some("it panics".to_owned());
    bytes.extend(writer.end(&trace));
    (trace, bytes)
}

/// Everything that the bytes say, in the words of the format's description.
fn dump(trace: &Trace) -> Value {
    let head = &trace.head;
    let event = |i: usize| {
        let event = trace.event(i);
        let field = |(name, numbers): (&str, Vec<u32>)| {
            let value = if let [number] = numbers[..] { json!(number) } else { json!(numbers) };
            (name.to_owned(), value)
        };
        let fields: serde_json::Map<String, Value> = event.numbers().into_iter().map(field).collect();
        json!([trace.time(i), event.kind().code(), fields])
    };
    let fields = |snapshot: &Snapshot| {
        let field = |f: &Field| json!([f.name.0, f.offset, f.size, f.role as u8]);
        snapshot.fields.iter().map(field).collect::<Vec<_>>()
    };
    let snapshot = |s: &Snapshot| json!([s.address, s.size, s.bytes, fields(s)]);
    let states = |m: &Machine| m.states.iter().map(|s| json!([s.name.0, s.site.0])).collect::<Vec<_>>();
    let task = |t: &TaskInfo| json!([t.name.0, t.kind as u8, t.size, t.address, t.parent.0, t.machine.0, t.bytes.0]);
    let entries =
        |t: &Track| t.entries.iter().map(|e| json!([e.time, e.phase as u8, e.task, e.worker])).collect::<Vec<_>>();
    let track = |t: &Track| json!([t.name.0, t.model, t.threads, t.workers, t.stack, t.each, t.cut, entries(t)]);
    let nested = |n: &Nested| json!([n.outer.0, n.state, n.machine.0, n.offset, n.tag]);
    json!({
        "head": {
            "unit": trace.unit as u8,
            "build": head.build, "scenario": head.scenario, "title": head.title, "params": head.params,
            "order": head.order, "changes": head.changes, "seed": head.seed, "mode": head.mode as u8,
            "files": head.files.iter().map(|f| json!([f.name, f.text])).collect::<Vec<_>>(),
            "telling": [head.telling.subject, head.telling.decides],
            "regions": head.regions.iter().map(|r| json!([r.area as u8, r.from])).collect::<Vec<_>>(),
        },
        "tables": {
            "names": trace.names[1..],
            "sites": trace.sites[1..].iter().map(|s| json!([s.file.0, s.line, s.column])).collect::<Vec<_>>(),
            "snapshots": trace.blobs[1..].iter().map(snapshot).collect::<Vec<_>>(),
            "machines": trace.machines.iter().map(|m| json!([m.name.0, m.file.0, states(m)])).collect::<Vec<_>>(),
            "tasks": trace.tasks.iter().map(task).collect::<Vec<_>>(),
            "places": trace.places.iter().map(|p| json!([p.name.0, p.address, p.size])).collect::<Vec<_>>(),
            "timers": trace.timers,
            "sources": trace.sources.iter().map(|s| json!([s.kind as u8, s.nth])).collect::<Vec<_>>(),
            "future_kinds": trace.future_kinds.iter().map(|k| json!([k.name.0, k.role as u8])).collect::<Vec<_>>(),
            "ways": trace.ways.iter().map(|w| json!([w.machine.0, w.from, w.to])).collect::<Vec<_>>(),
            "nested": trace.nested.iter().map(nested).collect::<Vec<_>>(),
        },
        "events": (0..trace.len()).map(event).collect::<Vec<_>>(),
        "end": {
            "lost": trace.lost, "missed": trace.missed,
            "holders": trace.holders.iter().map(|(s, t)| json!([s.0, t.0])).collect::<Vec<_>>(),
            "keepers": trace.keepers.iter().map(|(of, t)| json!([of.0, t.0])).collect::<Vec<_>>(),
            "tracks": trace.tracks.iter().map(track).collect::<Vec<_>>(),
            "spent_in": trace.spent_in.iter().map(|&(file, spent)| json!([file.0, spent as u8])).collect::<Vec<_>>(),
            "answer": trace.answer,
        },
    })
}

#[test]
fn fixture_is_what_is_written() {
    let (trace, bytes) = every_kind();
    for kind in Kind::ALL {
        assert!((0..trace.len()).any(|i| trace.event(i).kind() == *kind), "{} is not in it", kind.name());
    }
    assert_eq!(Trace::read(&bytes), Ok(trace.clone()));
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format/every-kind.trace");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &bytes).expect("it can be written");
    }
    let committed = std::fs::read(&file).unwrap_or_default();
    assert!(committed == bytes, "the format has changed: if it was meant to, its version goes up (UPDATE_EXPECT=1)");
    let dump = serde_json::to_string_pretty(&dump(&trace)).expect("plain data");
    expect_file!["./every-kind.json"].assert_eq(&(dump + "\n"));
}

/// A file of an earlier version says less of itself, and opens otherwise as it always did.
#[test]
fn file_of_an_earlier_version_opens() {
    let file = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format").join(name);
        Trace::read(&std::fs::read(path).expect("it is kept"))
    };
    let later = [
        &[Kind::Boxed, Kind::Freed, Kind::Pinned][..],
        &[Kind::MessagePosted, Kind::MacrotaskCleared, Kind::FrameQueued, Kind::FrameStarted, Kind::FrameEnded],
        &[Kind::Received, Kind::Aborted, Kind::Entrusted, Kind::Turned, Kind::Listened],
        &[Kind::Registered, Kind::Arrived, Kind::Reported, Kind::Drained],
        &[Kind::StreamMade, Kind::Pulled, Kind::ChunkMade, Kind::StreamFull, Kind::ReaderTaken, Kind::ChunkRead],
        &[Kind::StreamHolds, Kind::ReaderLeft, Kind::StreamCancelled, Kind::StreamClosed],
        &[Kind::StackSuspended, Kind::StackResumed, Kind::Spun],
    ];
    let (mut now, _) = all_but(&later.concat());
    now.head.regions = Vec::new();
    (now.ways, now.nested) = (Vec::new(), Vec::new());
    assert_eq!(file("version-2.trace"), Ok(now.clone()));
    now.head.telling = Telling::default();
    assert_eq!(file("version-1.trace"), Ok(now));
}
