//! Tracks, read off a trace: what each worker and each task did when, and how well each track has done at a cursor.
//!
//! What is read off an event is shown from the cursor behind it on. What is read off a model's entry is shown from the
//! cursor behind the first event that is no earlier, or at the run's end.

mod frame;
mod level;
mod real;
mod track;

pub use frame::{TrackFrame, TracksFrame};

use crate::trace::tracks::Phase;
use crate::trace::{Event, Trace};
use real::Tasks;
use track::{Activity, At, Track};

/// The tracks of a run.
pub struct Tracks {
    tracks: Vec<Track>,
    tasks: u32,
    future_size: u32,
    /// When the last of all is over: the run, or a model.
    end: u64,
}

impl Tracks {
    /// Reads them off a trace; none if it has none.
    pub fn of(trace: &Trace) -> Option<Self> {
        if trace.tracks.is_empty() {
            return None;
        }
        let mut tracks: Vec<Track> = trace
            .tracks
            .iter()
            .map(|info| {
                let arrived = info.entries.iter().filter(|entry| entry.phase == Phase::Arrived);
                Track::arriving(arrived.map(|entry| shown_at(trace, entry.time)).collect(), info.is_measured())
            })
            .collect();
        // Where no track says when tasks arrive, a task is there in all of them when it is spawned.
        let arrive_when_spawned = tracks.iter().all(|t| t.is_measured || t.arrivals.is_empty());
        let real = trace.tracks.iter().zip(&tracks).position(|(info, t)| !info.model && !t.is_measured);
        let mut tasks = Tasks::default();
        for i in 0..trace.len() {
            let (at, event) = ((trace.time(i), i), trace.event(i));
            if arrive_when_spawned && matches!(event, Event::Spawned { .. }) {
                for (track, info) in tracks.iter_mut().zip(&trace.tracks).filter(|(track, _)| !track.is_measured) {
                    // On the clock of a model all tasks are there from the start.
                    track.arrivals.push(if info.model { (0, i) } else { at });
                    if info.model {
                        track.alive.push((i, track.arrivals.len() as u32));
                    }
                }
            }
            if let Some(real) = real {
                tasks.step(trace, &mut tracks[real], at, event);
            }
        }
        for (track, info) in tracks.iter_mut().zip(&trace.tracks) {
            let mut phases = Vec::new();
            let is_measured = track.is_measured;
            for entry in info.entries.iter().filter(|e| info.model || is_measured && e.phase != Phase::Arrived) {
                track.step(&mut phases, shown_at(trace, entry.time), entry);
            }
            track.index();
        }
        let tasks = tracks.iter().map(|t| t.arrivals.len()).max().unwrap_or(0) as u32;
        let ends = trace.tracks.iter().filter_map(|t| t.entries.last()).map(|e| e.time);
        let end = ends.max().unwrap_or(0).max(trace.end_time());
        Some(Tracks { tracks, tasks, future_size: trace.tasks.first().map_or(0, |t| t.size), end })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.tracks.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tracks.is_empty()
    }

    /// The one that finishes its last task before all others do; none on a tie, or if one never does.
    pub fn finished_first(&self) -> Option<usize> {
        let ends: Option<Vec<u64>> = self.tracks.iter().map(|t| t.all_finished(self.tasks)).collect();
        let ends = ends?;
        let (first, end) = ends.iter().enumerate().min_by_key(|(_, end)| **end)?;
        (ends.iter().filter(|e| *e == end).count() == 1).then_some(first)
    }

    /// Whether another task computes before `task` waits for something outside for the first time, or is over; none if
    /// the task never comes as far as that.
    pub fn others_compute_before_it_waits(&self, track: usize, task: u32) -> Option<bool> {
        let t = &self.tracks[track];
        let of = |mine| t.spans.iter().filter(move |span| span.is_task && (span.lane == task) == mine);
        let waits = of(true).filter(|span| span.activity == Activity::Waiting).map(|span| span.from).min();
        let computed = || of(true).filter(|span| span.activity == Activity::Computing).map(|span| span.to).max();
        let until = waits.or_else(computed)?;
        Some(of(false).any(|span| span.activity == Activity::Computing && span.from < until))
    }

    /// As of which time tracks are shown at a cursor.
    fn time(&self, trace: &Trace, cursor: usize) -> u64 {
        match cursor.checked_sub(1) {
            None => 0,
            Some(i) if i + 1 < trace.len() => trace.time(i),
            Some(_) => self.end,
        }
    }

    /// The picture after the first `cursor` events.
    pub fn frame(&self, trace: &Trace, cursor: usize) -> TracksFrame {
        let now = self.time(trace, cursor);
        // Browsers' clocks are no finer.
        let ms = |time: u64| (trace.unit.to_ms(time) * 10.0).round() / 10.0;
        let frame = |(info, t): (&crate::trace::tracks::Track, &Track)| {
            let finished = t.finished.partition_point(|&((_, event), _)| event < cursor);
            // What is over, or was cut off, does no worse from then on.
            let elapsed = t.all_finished(self.tasks).or(info.cut).map_or(now, |end| end.min(now));
            let computing = t.computing_until(elapsed) as f64;
            let [waiting, computing_at_once] = if cursor == 0 { [[0; 2]; 2] } else { t.at_once(now) };
            let each = if info.model || t.is_measured { info.each as f64 } else { f64::from(self.future_size) };
            TrackFrame {
                name: trace.name(info.name).to_owned(),
                model: info.model,
                threads: info.threads,
                workers: info.workers,
                finished: finished as u32,
                arrived: t.arrivals.partition_point(|&(_, event)| event < cursor) as u32,
                percentiles: t.percentiles_of(finished).map(|all| all.map(ms)),
                all_finished: t.all_finished(self.tasks).filter(|_| finished == t.finished.len()).map(ms),
                busy: if elapsed > 0 { computing / (elapsed as f64 * f64::from(info.workers)) } else { 0.0 },
                throughput: if elapsed > 0 { finished as f64 * 1000.0 / trace.unit.to_ms(elapsed) } else { 0.0 },
                stacks: info.stack as f64 * f64::from(info.threads),
                futures: f64::from(t.most_alive(cursor)) * each,
                waiting,
                computing: computing_at_once,
                taken: t.taken.partition_point(|&event| event < cursor) as u32,
                cut: info.cut.filter(|&cut| cut <= now).map(ms),
            }
        };
        TracksFrame {
            tracks: trace.tracks.iter().zip(&self.tracks).map(frame).collect(),
            time: trace.unit.to_ms(now),
            tasks: self.tasks,
            future_size: self.future_size,
        }
    }

    /// All spans: rows of track times two (plus one for tasks), lane, from, to (in the trace's unit), what.
    pub fn spans(&self) -> Vec<u32> {
        let mut rows = Vec::with_capacity(5 * self.tracks.iter().map(|t| t.spans.len()).sum::<usize>());
        for (i, track) in self.tracks.iter().enumerate() {
            for span in &track.spans {
                let group = 2 * i as u32 + u32::from(span.is_task);
                rows.extend([group, span.lane, span.from as u32, span.to as u32, span.activity as u32]);
            }
        }
        rows
    }
}

/// The event from whose cursor on something of that time is shown.
fn shown_at(trace: &Trace, time: u64) -> At {
    let event = time.checked_sub(1).map_or(0, |before| trace.columns.first_after(before));
    (time, event.min(trace.len().saturating_sub(1)))
}

/// Where the percentile `p` stands among `len` sorted values.
pub(crate) fn nearest_rank(len: usize, p: usize) -> usize {
    (len * p).div_ceil(100).max(1) - 1
}
