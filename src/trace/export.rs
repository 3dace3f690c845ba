//! A trace as bytes and back: how a trace outlives the instance that recorded it.

use super::Trace;
use super::event::{Event, WakeSource};
use super::ids::TaskId;
use nanoserde::{DeBin, SerBin};
use std::fmt;

/// Why bytes are not a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// They are not in the form that [`Trace::export`] writes.
    Form,
    /// Event `at` refers to something that the tables do not hold.
    Reference {
        /// The event, from 0.
        at: usize,
    },
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::Form => write!(f, "these bytes are not a trace"),
            ImportError::Reference { at } => write!(f, "event {at} of the trace refers to something that is not in it"),
        }
    }
}

impl std::error::Error for ImportError {}

impl Trace {
    /// The trace as bytes.
    pub fn export(&self) -> Vec<u8> {
        SerBin::serialize_bin(self)
    }

    /// The trace that [`export`](Self::export) wrote.
    ///
    /// # Errors
    /// If `bytes` are not such a trace, or its events refer to things that it does not hold.
    pub fn import(bytes: &[u8]) -> Result<Trace, ImportError> {
        let trace: Trace = DeBin::deserialize_bin(bytes).map_err(|_| ImportError::Form)?;
        match (0..trace.len()).find(|&i| !trace.refers_well(i)) {
            Some(at) => Err(ImportError::Reference { at }),
            None => {
                // A run that was cut off did not come to this.
                Ok(trace)
            }
        }
    }

    fn refers_well(&self, i: usize) -> bool {
        let name = |n: super::ids::NameId| (n.0 as usize) < self.names.len();
        let site = |s: super::ids::SiteId| (s.0 as usize) < self.sites.len();
        let blob = |b: super::ids::BlobId| (b.0 as usize) < self.blobs.len();
        let place = |p: u32| (p as usize) < self.places.len();
        let task = |t: TaskId| (t.0 as usize) <= self.tasks.len();
        let source = |s: super::ids::SourceId| s.is_some() && (s.0 as usize) <= self.sources.len();
        let timer = |t: super::ids::TimerId| t.is_some() && (t.0 as usize) <= self.timers.len();
        if !task(self.columns.task(i)) {
            return false;
        }
        match self.event(i) {
            Event::Entered { future, site: s, .. } => name(future) && site(s),
            Event::Exited { future, .. }
            | Event::PolledAgain { future, .. }
            | Event::DroppedUnpolled { future, .. } => name(future),
            Event::Rang { bell: s }
            | Event::Looked { at: s, .. }
            | Event::Locked { mutex: s, .. }
            | Event::Unlocked { mutex: s, .. } => source(s),
            Event::WakerHeld { by: WakeSource::Source(s), .. }
            | Event::WakerReleased { by: WakeSource::Source(s), .. }
            | Event::WakeLost { by: WakeSource::Source(s), .. }
            | Event::Woken { by: WakeSource::Source(s), .. } => source(s),
            Event::PollEnded { site: s, .. } | Event::ClockAdvanced { site: s, .. } | Event::Line { site: s, .. } => {
                site(s)
            }
            Event::StateChanged { bytes, .. } => blob(bytes),
            Event::TimerSet { timer: t, .. }
            | Event::TimerFired { timer: t, .. }
            | Event::TimerCancelled { timer: t, .. } => timer(t),
            Event::Logged { text, site: s, .. } => name(text) && site(s),
            Event::Panicked { message, .. } => name(message),
            Event::PromiseCreated { name: n, .. } | Event::Reaction { name: n, .. } => name(n),
            Event::PromiseSettled { value, .. } => name(value),
            Event::MicrotaskQueued { name: n }
            | Event::MicrotaskStarted { name: n }
            | Event::MicrotaskEnded { name: n }
            | Event::MacrotaskQueued { name: n, .. }
            | Event::MacrotaskStarted { name: n }
            | Event::MacrotaskEnded { name: n } => name(n),
            Event::Taken { place: p } => place(p),
            Event::Placed { place: p, bytes } => place(p) && blob(bytes),
            Event::Model { staffing, .. } => usize::from(staffing) < self.staffings.len(),
            Event::Moved { from, to, bytes } => place(from) && place(to) && blob(bytes),
            _ => true,
        }
    }
}
