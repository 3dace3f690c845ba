//! Who stands in line for which mutex: each future that found it taken, from then until it has it or is dropped.

use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::{FutureId, SourceId, TaskId};
use crate::trace::{FutureRole, SourceKind, Trace};
use crate::view::Viewer;
use crate::view::description::{Holder, Place};
use serde::Serialize;

/// All lines of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Lines {
    /// Each future that asked for a mutex, in the order in which they asked.
    pub tries: Vec<Try>,
}

/// A future that asked for a mutex.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Try {
    /// The task that polled it last.
    pub task: u32,
    /// The mutex; none while it was not found taken, and it did not have it.
    pub of: Option<Holder>,
    /// The line it was polled from last.
    pub line: Option<Place>,
    /// Its polls: the cursor right after each began.
    pub polls: Vec<u32>,
    /// Since when it stands in line: the time in ms, and the cursor right after that event; 0 if it never did.
    pub from: f64,
    /// See `from`.
    pub at: u32,
    /// The cursor right after the mutex was free and its task was woken for it, for the first time; 0 if that was not.
    pub turn: u32,
    /// How it ended.
    pub end: TryEnd,
    /// When it ended: the time in ms, and the cursor right after that event; 0 where it did not.
    pub to: f64,
    /// See `to`.
    pub till: u32,
    /// The cursor right after the mutex was given back that it had; 0 if it was not.
    pub gave: u32,
}

/// What became of a future that asked for a mutex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum TryEnd {
    /// It stands in line to the end of the run.
    Stands,
    /// It has, or had, the mutex.
    Got,
    /// It was dropped in line.
    Left,
}

/// The future that a try is.
struct Known {
    id: FutureId,
    on: SourceId,
}

impl Viewer {
    /// Who stood in line for the mutexes of the run.
    pub fn lines(&self) -> Lines {
        lines(self.trace())
    }
}

fn lines(trace: &Trace) -> Lines {
    let mut tries: Vec<Try> = Vec::new();
    let mut known: Vec<Known> = Vec::new();
    // The futures that are polled now, outermost first: where one of them is a try, its place in the list.
    let mut open: Vec<Option<usize>> = Vec::new();
    for i in 0..trace.len() {
        let (cursor, time) = (i as u32 + 1, trace.unit.to_ms(trace.time(i)));
        match trace.event(i) {
            Event::PollStarted { .. } => open.clear(),
            Event::Entered { task, future, site, id } => {
                let is_try = trace.future_kind(future).is_some_and(|kind| kind.role == FutureRole::Lock);
                open.push(is_try.then(|| {
                    let at = known.iter().position(|one| one.id == id).unwrap_or_else(|| {
                        known.push(Known { id, on: SourceId::NONE });
                        tries.push(Try {
                            task: task.0,
                            of: None,
                            line: None,
                            polls: Vec::new(),
                            from: 0.0,
                            at: 0,
                            turn: 0,
                            end: TryEnd::Stands,
                            to: 0.0,
                            till: 0,
                            gave: 0,
                        });
                        tries.len() - 1
                    });
                    (tries[at].task, tries[at].line) = (task.0, Place::of(trace, site));
                    tries[at].polls.push(cursor);
                    at
                }));
            }
            Event::Exited { .. } => drop(open.pop()),
            Event::FoundEmpty { at: mutex, .. } if is_mutex(trace, mutex) => {
                if let Some(at) = open.last().copied().flatten().filter(|&at| tries[at].at == 0) {
                    known[at].on = mutex;
                    tries[at].of = Some(Holder::thing(trace, mutex));
                    (tries[at].from, tries[at].at) = (time, cursor);
                }
            }
            Event::Locked { task, mutex } => {
                // The poll of the future that takes it has just ended, or is about to.
                let is_it = |at: &usize| tries[*at].task == task.0 && tries[*at].till == 0;
                let polled = |&at: &usize| tries[at].polls.last().copied();
                if let Some(at) = (0..tries.len()).filter(is_it).max_by_key(polled) {
                    known[at].on = mutex;
                    tries[at].of = Some(Holder::thing(trace, mutex));
                    end(&mut tries[at], TryEnd::Got, time, cursor);
                }
            }
            Event::Unlocked { mutex, .. } => {
                let has = (0..tries.len()).rfind(|&at| known[at].on == mutex && tries[at].end == TryEnd::Got);
                if let Some(at) = has {
                    tries[at].gave = cursor;
                }
            }
            Event::Woken { task, by: WakeSource::Source(mutex), .. } if is_mutex(trace, mutex) => {
                // Where others overtake it, it is woken again.
                if let Some(at) = first(&tries, &known, task, mutex).filter(|&at| tries[at].turn == 0) {
                    tries[at].turn = cursor;
                }
            }
            Event::WakerReleased { task, by: WakeSource::Source(mutex) } if is_mutex(trace, mutex) => {
                // One that is polled now lets go of its waker because it has the mutex.
                let taker = open.last().copied().flatten();
                if let Some(at) = first(&tries, &known, task, mutex).filter(|_| taker.is_none()) {
                    end(&mut tries[at], TryEnd::Left, time, cursor);
                }
            }
            _ => {}
        }
    }
    Lines { tries }
}

fn end(one: &mut Try, how: TryEnd, to: f64, till: u32) {
    (one.end, one.to, one.till) = (how, to, till);
}

fn is_mutex(trace: &Trace, source: SourceId) -> bool {
    trace.source(source).is_some_and(|source| source.kind == SourceKind::Mutex)
}

/// The first of a task that stands in line.
fn first(tries: &[Try], known: &[Known], task: TaskId, mutex: SourceId) -> Option<usize> {
    let stands = |&at: &usize| tries[at].task == task.0 && tries[at].till == 0 && tries[at].at > 0;
    (0..tries.len()).filter(stands).find(|&at| known[at].on == mutex)
}
