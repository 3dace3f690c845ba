//! Export to Perfetto: a trace of `TrackEvent`s, with a track for each task and a flow from each wake to the poll it led to.

use super::{Step, What, ns, steps, title, track};
use pollscope::trace::Trace;
use pollscope::trace::event::Outcome;
use pollscope::trace::ids::TaskId;
use prost::Message;

/// The sequence of all packets: one writer made them.
const SEQUENCE: u32 = 1;
/// The track of the program.
const PROGRAM: u64 = 1;
/// The track of task 0; those of the others follow.
const TASKS: u64 = 16;

/// The messages, as far as they are written, with the numbers of Perfetto's own definition.
mod proto {
    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Trace {
        #[prost(message, repeated, tag = "1")]
        pub(super) packet: Vec<TracePacket>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct TracePacket {
        #[prost(uint64, optional, tag = "8")]
        pub(super) timestamp: Option<u64>,
        #[prost(uint32, optional, tag = "10")]
        pub(super) trusted_packet_sequence_id: Option<u32>,
        #[prost(message, optional, tag = "11")]
        pub(super) track_event: Option<TrackEvent>,
        #[prost(message, optional, tag = "60")]
        pub(super) track_descriptor: Option<TrackDescriptor>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct TrackDescriptor {
        #[prost(uint64, optional, tag = "1")]
        pub(super) uuid: Option<u64>,
        #[prost(string, optional, tag = "2")]
        pub(super) name: Option<String>,
        #[prost(message, optional, tag = "3")]
        pub(super) process: Option<ProcessDescriptor>,
        #[prost(uint64, optional, tag = "5")]
        pub(super) parent_uuid: Option<u64>,
        /// 3: by their ranks.
        #[prost(int32, optional, tag = "11")]
        pub(super) child_ordering: Option<i32>,
        #[prost(int32, optional, tag = "12")]
        pub(super) sibling_order_rank: Option<i32>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct ProcessDescriptor {
        #[prost(int32, optional, tag = "1")]
        pub(super) pid: Option<i32>,
        #[prost(string, optional, tag = "6")]
        pub(super) process_name: Option<String>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct TrackEvent {
        #[prost(message, repeated, tag = "4")]
        pub(super) debug_annotations: Vec<DebugAnnotation>,
        #[prost(enumeration = "Type", optional, tag = "9")]
        pub(super) r#type: Option<i32>,
        #[prost(uint64, optional, tag = "11")]
        pub(super) track_uuid: Option<u64>,
        #[prost(string, repeated, tag = "22")]
        pub(super) categories: Vec<String>,
        #[prost(string, optional, tag = "23")]
        pub(super) name: Option<String>,
        #[prost(message, optional, tag = "33")]
        pub(super) source_location: Option<SourceLocation>,
        #[prost(fixed64, repeated, packed = "false", tag = "47")]
        pub(super) flow_ids: Vec<u64>,
        #[prost(fixed64, repeated, packed = "false", tag = "48")]
        pub(super) terminating_flow_ids: Vec<u64>,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, prost::Enumeration)]
    pub(super) enum Type {
        Unspecified = 0,
        SliceBegin = 1,
        SliceEnd = 2,
        Instant = 3,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct SourceLocation {
        #[prost(string, optional, tag = "2")]
        pub(super) file_name: Option<String>,
        #[prost(uint32, optional, tag = "4")]
        pub(super) line_number: Option<u32>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct DebugAnnotation {
        #[prost(string, optional, tag = "6")]
        pub(super) string_value: Option<String>,
        #[prost(string, optional, tag = "10")]
        pub(super) name: Option<String>,
    }
}

use proto::{DebugAnnotation, ProcessDescriptor, SourceLocation, TracePacket, TrackDescriptor, TrackEvent, Type};

/// The bytes of a file that Perfetto opens.
pub fn perfetto(trace: &Trace) -> Vec<u8> {
    let program = TrackDescriptor {
        uuid: Some(PROGRAM),
        process: Some(ProcessDescriptor { pid: Some(1), process_name: Some(title(trace)) }),
        child_ordering: Some(3),
        ..TrackDescriptor::default()
    };
    let tasks = (0..=trace.tasks.len() as u32).map(|task| TrackDescriptor {
        uuid: Some(TASKS + u64::from(task)),
        parent_uuid: Some(PROGRAM),
        name: Some(track(trace, TaskId(task))),
        sibling_order_rank: i32::try_from(task).ok(),
        ..TrackDescriptor::default()
    });
    let tracks = std::iter::once(program).chain(tasks).map(|track| TracePacket {
        timestamp: trace.len().checked_sub(1).map(|_| ns(trace, 0)),
        trusted_packet_sequence_id: Some(SEQUENCE),
        track_descriptor: Some(track),
        ..TracePacket::default()
    });
    let events = steps(trace).into_iter().map(|step| TracePacket {
        timestamp: Some(step.ns),
        trusted_packet_sequence_id: Some(SEQUENCE),
        track_event: Some(event(step)),
        ..TracePacket::default()
    });
    proto::Trace { packet: tracks.chain(events).collect() }.encode_to_vec()
}

fn event(Step { on, what, .. }: Step) -> TrackEvent {
    let of = |kind: Type| TrackEvent {
        r#type: Some(kind.into()),
        track_uuid: Some(TASKS + u64::from(on.0)),
        ..TrackEvent::default()
    };
    let location =
        |place: pollscope::view::Place| SourceLocation { file_name: Some(place.file), line_number: Some(place.line) };
    match what {
        What::Begin { name, at, wake } => TrackEvent {
            name: Some(name),
            categories: vec!["poll".to_owned()],
            source_location: at.map(location),
            terminating_flow_ids: wake.into_iter().collect(),
            ..of(Type::SliceBegin)
        },
        What::End { outcome } => {
            TrackEvent { debug_annotations: outcome.into_iter().map(annotation).collect(), ..of(Type::SliceEnd) }
        }
        What::Instant { name, at, wake } => TrackEvent {
            name: Some(name),
            categories: vec!["event".to_owned()],
            source_location: at.map(location),
            flow_ids: wake.into_iter().collect(),
            ..of(Type::Instant)
        },
    }
}

fn annotation(outcome: Outcome) -> DebugAnnotation {
    DebugAnnotation { name: Some("outcome".to_owned()), string_value: Some(super::said(outcome).to_owned()) }
}
