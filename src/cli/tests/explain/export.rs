//! Runs for other tools: what is written is read by another decoder, and has the shape that the tool expects.

use crate::programs::{hurrying, stuck, watched};
use expect_test::{Expect, expect};
use protobuf::MessageDyn;
use protobuf::reflect::{FileDescriptor, ReflectValueRef};
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

fn export(name: &str, bytes: &[u8], to: &str) -> Output {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the folder is there");
    Command::new(env!("CARGO_BIN_EXE_pollscope")).arg("export").arg(to).arg(&path).output().expect("it starts")
}

/// A message of Perfetto's, decoded by the text of its definition.
fn decode(bytes: &[u8]) -> Box<dyn MessageDyn> {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/explain");
    let mut parser = protobuf_parse::Parser::new();
    let parsed =
        parser.pure().include(&dir).input(dir.join("perfetto.proto")).parse_and_typecheck().expect("it parses");
    let file = parsed.file_descriptors.into_iter().next().expect("there is one file");
    let file = FileDescriptor::new_dynamic(file, &[]).expect("it is whole");
    let message = file.message_by_package_relative_name("Trace").expect("it is defined");
    message.parse_from_bytes(bytes).expect("it is a trace")
}

/// A field by its path; texts and numbers as text.
fn get(message: &dyn MessageDyn, path: &str) -> Option<String> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let descriptor = message.descriptor_dyn();
    let field = descriptor.field_by_name(first).expect("the field is defined");
    if field.is_repeated() {
        let all: Vec<String> = field.get_repeated(message).into_iter().map(|value| text(&value)).collect();
        return (!all.is_empty()).then(|| all.join(" "));
    }
    let value = field.get_singular(message)?;
    match (rest, &value) {
        (Some(rest), ReflectValueRef::Message(inner)) => get(&**inner, rest),
        _ => Some(text(&value)),
    }
}

fn text(value: &ReflectValueRef<'_>) -> String {
    match value {
        ReflectValueRef::String(text) => (*text).to_owned(),
        ReflectValueRef::Enum(descriptor, number) => {
            descriptor.value_by_number(*number).map_or_else(String::new, |value| value.name().to_owned())
        }
        other => other.to_string(),
    }
}

/// What a file says, a line a packet.
fn packets(bytes: &[u8]) -> Vec<String> {
    let trace = decode(bytes);
    let all = trace.descriptor_dyn().field_by_name("packet").expect("it is defined");
    let all = all.get_repeated(&*trace);
    let one = |packet: ReflectValueRef<'_>| {
        let ReflectValueRef::Message(packet) = packet else { panic!("packets are messages") };
        let unknown = packet.unknown_fields_dyn().iter().next().is_none();
        assert!(unknown, "every field is defined");
        let paths = [
            "timestamp",
            "track_descriptor.uuid",
            "track_descriptor.parent_uuid",
            "track_descriptor.name",
            "track_descriptor.process.process_name",
            "track_event.type",
            "track_event.track_uuid",
            "track_event.name",
            "track_event.source_location.line_number",
            "track_event.flow_ids",
            "track_event.terminating_flow_ids",
        ];
        let said = paths.iter().filter_map(|path| {
            let short = path.rsplit('.').next()?;
            Some(format!("{short}={}", get(&*packet, path)?))
        });
        said.collect::<Vec<_>>().join(" ")
    };
    all.into_iter().map(one).collect()
}

fn check(bytes: &[u8], expected: &Expect) {
    expected.assert_eq(&packets(bytes).into_iter().map(|line| line + "\n").collect::<String>());
}

#[test]
fn perfetto_has_a_track_a_task_and_a_flow_from_each_wake_to_its_poll() {
    let output = export("perfetto", &hurrying().write(), "--perfetto");
    assert!(output.status.success());
    check(
        &output.stdout,
        &expect![[r#"
        timestamp=0 uuid=1 process_name=one in a hurry
        timestamp=0 uuid=16 parent_uuid=1 name=outside of every task
        timestamp=0 uuid=17 parent_uuid=1 name=hasty (1)
        timestamp=0 type=TYPE_INSTANT track_uuid=17 name=task 1 spawned by driver: hasty
        timestamp=0 type=TYPE_SLICE_BEGIN track_uuid=17 name=poll 1
        timestamp=0 type=TYPE_SLICE_BEGIN track_uuid=17 name=YieldNow line_number=65
        timestamp=0 type=TYPE_INSTANT track_uuid=17 name=task 1 woken by itself, during its poll flow_ids=1
        timestamp=0 type=TYPE_SLICE_END track_uuid=17
        timestamp=0 type=TYPE_SLICE_END track_uuid=17
        timestamp=0 type=TYPE_SLICE_BEGIN track_uuid=17 name=poll 2 terminating_flow_ids=1
        timestamp=0 type=TYPE_SLICE_BEGIN track_uuid=17 name=YieldNow line_number=65
        timestamp=0 type=TYPE_SLICE_END track_uuid=17
        timestamp=0 type=TYPE_SLICE_BEGIN track_uuid=17 name=Sleep line_number=66
        timestamp=0 type=TYPE_INSTANT track_uuid=17 name=task 1 waker cloned: 1
        timestamp=0 type=TYPE_SLICE_END track_uuid=17
        timestamp=0 type=TYPE_SLICE_END track_uuid=17
        timestamp=2000000 type=TYPE_INSTANT track_uuid=16 name=task 1 woken by timer 1 flow_ids=2
        timestamp=2000000 type=TYPE_INSTANT track_uuid=17 name=task 1 waker dropped: 0
        timestamp=2000000 type=TYPE_SLICE_BEGIN track_uuid=17 name=poll 3 terminating_flow_ids=2
        timestamp=2000000 type=TYPE_SLICE_BEGIN track_uuid=17 name=Sleep line_number=66
        timestamp=2000000 type=TYPE_SLICE_END track_uuid=17
        timestamp=2000000 type=TYPE_SLICE_END track_uuid=17
        timestamp=2000000 type=TYPE_INSTANT track_uuid=17 name=task 1 dropped: Completed
    "#]],
    );
}

#[test]
fn flows_end_where_they_were_begun_and_slices_are_closed() {
    for bytes in [stuck().write(), watched()] {
        let lines = packets(&export("flows", &bytes, "--perfetto").stdout);
        let count = |what: &str| lines.iter().filter(|line| line.contains(what)).count();
        assert_eq!(count("TYPE_SLICE_BEGIN"), count("TYPE_SLICE_END"));
        let flows = |key: &str| -> Vec<String> {
            lines.iter().filter_map(|line| line.split(key).nth(1)?.split(' ').next().map(str::to_owned)).collect()
        };
        let (begun, ended) = (flows(" flow_ids="), flows(" terminating_flow_ids="));
        assert!(!ended.is_empty());
        assert!(ended.iter().all(|flow| begun.contains(flow)), "{begun:?} {ended:?}");
    }
}

#[test]
fn firefox_has_a_thread_a_task_with_its_polls_as_markers() {
    let output = export("firefox", &hurrying().write(), "--firefox");
    assert!(output.status.success());
    let profile: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert!(profile["meta"]["preprocessedProfileVersion"].as_u64() >= Some(55));
    let mut said = String::new();
    for thread in profile["threads"].as_array().expect("a list") {
        said += &format!("{}\n", thread["name"].as_str().expect("a text"));
        let markers = &thread["markers"];
        let texts: Vec<&str> =
            thread["stringArray"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let column = |name: &str| markers[name].as_array().expect("a column").clone();
        let columns = ["name", "startTime", "endTime", "phase", "data", "category"].map(column);
        // Every column is as long as it says, and every index is one of a text.
        assert!(columns.iter().all(|column| Some(column.len() as u64) == markers["length"].as_u64()));
        for i in 0..columns[0].len() {
            let text = |value: &Value| texts[value.as_u64().expect("an index") as usize];
            let [name, start, end, phase, data, _] = columns.each_ref().map(|column| &column[i]);
            assert_eq!(data["type"], "pollscope");
            let line =
                format!("  {phase} {start} {end} {} {} {}", text(name), text(&data["outcome"]), text(&data["wake"]));
            said += &format!("{}\n", line.trim_end());
        }
    }
    expect![[r#"
        hasty (1)
          0 0.0 0.0 task 1 spawned by driver: hasty
          0 0.0 0.0 task 1 woken by itself, during its poll  wake 1
          1 0.0 0.0 YieldNow Pending
          1 0.0 0.0 poll 1 Pending
          1 0.0 0.0 YieldNow Ready
          0 0.0 0.0 task 1 waker cloned: 1
          1 0.0 0.0 Sleep Pending
          1 0.0 0.0 poll 2 Pending wake 1
          0 2.0 0.0 task 1 waker dropped: 0
          1 2.0 2.0 Sleep Ready
          1 2.0 2.0 poll 3 Ready wake 2
          0 2.0 0.0 task 1 dropped: Completed
        outside of every task
          0 2.0 0.0 task 1 woken by timer 1  wake 2
    "#]]
    .assert_eq(&said);
}

#[test]
fn what_is_no_trace_is_not_exported() {
    for to in ["--perfetto", "--firefox"] {
        let output = export("no trace", b"hello", to);
        assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
    }
}
