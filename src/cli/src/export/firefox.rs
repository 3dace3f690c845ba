//! Export to Firefox's profiler, in its processed format: a thread for each task, a marker for each poll, await and event.

use super::{What, said, steps, title, track};
use fxprof_processed_profile::{
    CategoryHandle, MarkerFieldFlags, MarkerFieldFormat, MarkerTiming, Profile, ReferenceTimestamp, SamplingInterval,
    StaticSchemaMarker, StaticSchemaMarkerField, StringHandle, Timestamp,
};
use pollscope::trace::Trace;
use pollscope::trace::ids::TaskId;
use pollscope::view::Place;

/// A poll, an await, or an event of a task.
struct Mark {
    name: StringHandle,
    outcome: StringHandle,
    at: StringHandle,
    /// The wake that it is, or was led to by.
    wake: StringHandle,
}

impl StaticSchemaMarker for Mark {
    const UNIQUE_MARKER_TYPE_NAME: &'static str = "pollscope";
    const CHART_LABEL: Option<&'static str> = Some("{marker.name} {marker.data.outcome}");
    const TABLE_LABEL: Option<&'static str> = Some("{marker.name} {marker.data.outcome} {marker.data.at}");
    const FIELDS: &'static [StaticSchemaMarkerField] =
        &[field("outcome", "Outcome"), field("at", "Line"), field("wake", "Wake")];

    fn name(&self, _: &mut Profile) -> StringHandle {
        self.name
    }

    fn category(&self, _: &mut Profile) -> CategoryHandle {
        CategoryHandle::OTHER
    }

    fn string_field_value(&self, field: u32) -> StringHandle {
        [self.outcome, self.at, self.wake][field as usize]
    }

    fn number_field_value(&self, _: u32) -> f64 {
        unreachable!("no field is a number")
    }
}

const fn field(key: &'static str, label: &'static str) -> StaticSchemaMarkerField {
    StaticSchemaMarkerField { key, label, format: MarkerFieldFormat::String, flags: MarkerFieldFlags::SEARCHABLE }
}

/// The JSON that Firefox's profiler opens.
pub fn firefox(trace: &Trace) -> serde_json::Result<String> {
    let at = Timestamp::from_nanos_since_reference;
    // A run does not say when it was: its times are since it began.
    let start = ReferenceTimestamp::from_millis_since_unix_epoch(0.0);
    let mut profile = Profile::new(&title(trace), start, SamplingInterval::from_millis(1));
    let process = profile.add_process(&title(trace), 1, at(0));
    let threads: Vec<_> = (0..=trace.tasks.len() as u32)
        .map(|task| {
            let thread = profile.add_thread(process, task + 1, at(0), false);
            profile.set_thread_name(thread, &track(trace, TaskId(task)));
            profile.set_thread_show_markers_in_timeline(thread, true);
            profile.add_initial_visible_thread(thread);
            thread
        })
        .collect();
    let mut open: Vec<Vec<(u64, Mark)>> = threads.iter().map(|_| Vec::new()).collect();
    for step in steps(trace) {
        let (thread, open) = (threads[step.on.index()], &mut open[step.on.index()]);
        match step.what {
            What::Begin { name, at, wake } => open.push((step.ns, mark(&mut profile, &name, at, wake))),
            What::End { outcome } => {
                if let Some((begun, mark)) = open.pop() {
                    let outcome = profile.intern_string(outcome.map_or("", said));
                    let timing = MarkerTiming::Interval(at(begun), at(step.ns));
                    profile.add_marker(thread, timing, Mark { outcome, ..mark });
                }
            }
            What::Instant { name, at: place, wake } => {
                let mark = mark(&mut profile, &name, place, wake);
                profile.add_marker(thread, MarkerTiming::Instant(at(step.ns)), mark);
            }
        }
    }
    // A poll that did not return goes on to the end.
    for (thread, open) in threads.iter().zip(open) {
        for (begun, mark) in open {
            profile.add_marker(*thread, MarkerTiming::IntervalStart(at(begun)), mark);
        }
    }
    serde_json::to_string(&profile)
}

fn mark(profile: &mut Profile, name: &str, at: Option<Place>, wake: Option<u64>) -> Mark {
    let line = at.map_or_else(String::new, |Place { file, line }| format!("{file}:{line}"));
    let wake = wake.map_or_else(String::new, |wake| format!("wake {wake}"));
    Mark {
        name: profile.intern_string(name),
        outcome: profile.intern_string(""),
        at: profile.intern_string(&line),
        wake: profile.intern_string(&wake),
    }
}
