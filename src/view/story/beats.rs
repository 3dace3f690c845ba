//! The beats of a run: the pieces into which it falls by itself.
//!
//! A beat is what is set and spawned before anything runs, a poll (with what its end causes), a callback, a line of a
//! plain program with what it did, what lies between two of these (a new one at each jump of the clock), or the end.
//! Bookkeeping (queues, allocations, clones of wakers) is in a beat, and never makes one.

use crate::trace::event::{DropReason, Event, WakeEffect, WakeSource};
use crate::trace::ids::TaskId;
use crate::trace::{FutureRole, Kind, Trace};
use std::ops::Range;

/// What a beat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BeatKind {
    /// Bells that are set before anything runs.
    Bells,
    /// Tasks that are spawned before anything runs.
    Spawns,
    /// What else is before that.
    Before,
    /// A poll.
    Poll,
    /// A callback.
    Call,
    /// A line of a plain program.
    Line,
    /// What lies between two polls.
    Gap,
    /// The end.
    End,
}

/// A piece of a run: some of its events, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beat {
    pub(super) kind: BeatKind,
    /// Whose poll, callback or line it is.
    pub(super) task: TaskId,
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Beat {
    fn new(kind: BeatKind, task: TaskId, i: usize) -> Self {
        Beat { kind, task, from: i as u32, to: i as u32 + 1 }
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }

    /// Its events that are no bookkeeping.
    pub(super) fn notable<'a>(&self, trace: &'a Trace) -> impl DoubleEndedIterator<Item = (usize, Event)> + use<'a> {
        let kind = self.kind;
        let belongs = move |event: Event| match (kind, event.kind()) {
            (BeatKind::Bells, of) => of == Kind::BellSet,
            (BeatKind::Spawns, of) => of == Kind::Spawned,
            (BeatKind::Before, Kind::BellSet | Kind::TimerSet | Kind::Spawned) => false,
            _ => !is_bookkeeping(trace, event),
        };
        self.range().map(|i| (i, trace.event(i))).filter(move |&(_, event)| belongs(event))
    }
}

/// Whether an event is of no interest to a story.
pub(super) fn is_bookkeeping(trace: &Trace, event: Event) -> bool {
    match event {
        Event::Dropped { reason, .. } => reason != DropReason::Cancelled,
        // What the prelude's futures are made for is told with their polls; of an async fn it is the call.
        Event::Created { future, .. } => trace.future_kind(future).is_none_or(|kind| kind.role != FutureRole::Called),
        _ => matches!(
            event.kind(),
            Kind::Enqueued
                | Kind::Allocated
                | Kind::WakerCloned
                | Kind::WakerDropped
                | Kind::Idle
                | Kind::Asked
                | Kind::MacrotaskEnded
                | Kind::MicrotaskEnded
                | Kind::FrameEnded
                | Kind::MacrotaskCleared
        ),
    }
}

/// The beat that the next event may belong to, and those before anything ran.
#[derive(Debug, Default)]
pub(super) struct Beats {
    open: Option<Beat>,
    /// Whether the poll or the callback that is open has returned.
    is_over: bool,
    has_begun: bool,
    pub(super) bells: Option<Beat>,
    pub(super) spawns: Option<Beat>,
}

impl Beats {
    /// The beat that is open.
    pub(super) fn open(&self) -> Option<Beat> {
        self.open
    }

    /// Takes note of event `i`, which is the next one; gives the beat that ended before it, if one did.
    pub(super) fn follow(&mut self, trace: &Trace, i: usize, event: Event) -> Option<Beat> {
        let kind = self.open.map(|beat| beat.kind);
        let in_call = matches!(kind, Some(BeatKind::Poll | BeatKind::Call));
        match event {
            Event::Ended { .. } => return self.begin(BeatKind::End, TaskId::NONE, i),
            Event::PollStarted { task, .. } => return self.begin(BeatKind::Poll, task, i),
            Event::CallStarted { task, .. } => return self.begin_call(trace, task, i),
            Event::Line { task, .. } if !in_call => return self.begin(BeatKind::Line, task, i),
            _ => {}
        }
        if in_call && !self.is_over {
            self.is_over = matches!(event, Event::PollEnded { .. } | Event::CallEnded { .. });
            return self.go_on();
        }
        // What the compiler refuses is no deed of the line before.
        if kind == Some(BeatKind::Line) && matches!(event, Event::Refused { .. }) {
            return self.begin(BeatKind::Gap, TaskId::NONE, i);
        }
        if in_call && self.is_caused(trace, event) || kind == Some(BeatKind::Line) {
            return self.go_on();
        }
        if !self.has_begun {
            let (beat, kind) = match event.kind() {
                Kind::BellSet => (&mut self.bells, BeatKind::Bells),
                Kind::Spawned => (&mut self.spawns, BeatKind::Spawns),
                Kind::TimerSet => return self.go_on(),
                _ if is_bookkeeping(trace, event) => return self.go_on(),
                _ => return self.between(BeatKind::Before, i, event),
            };
            beat.get_or_insert(Beat::new(kind, TaskId::NONE, i)).to = i as u32 + 1;
            return self.go_on();
        }
        self.between(BeatKind::Gap, i, event)
    }

    /// An event between polls: part of the gap that is open, unless time goes on there or the page's thread turns to
    /// something else.
    fn between(&mut self, kind: BeatKind, i: usize, event: Event) -> Option<Beat> {
        let parts = matches!(
            event,
            Event::ClockAdvanced { .. }
                | Event::MacrotaskStarted { .. }
                | Event::MicrotaskStarted { .. }
                | Event::FrameStarted { .. }
                | Event::PromiseSettled { .. }
                | Event::Reaction { .. }
                | Event::Received { .. }
                | Event::StackSuspended { .. }
                | Event::StackResumed { .. }
        );
        match self.open {
            Some(open) if open.kind == kind && !parts => self.go_on(),
            _ => {
                let has_begun = self.has_begun;
                let ended = self.begin(kind, TaskId::NONE, i);
                self.has_begun = has_begun;
                ended
            }
        }
    }

    /// Whether the end of the poll that is open caused an event.
    fn is_caused(&self, trace: &Trace, event: Event) -> bool {
        let polled = self.open.map(|beat| beat.task);
        match event {
            Event::Woken { by: WakeSource::Task(by), .. } => Some(by) == polled,
            _ => is_bookkeeping(trace, event),
        }
    }

    fn go_on(&mut self) -> Option<Beat> {
        if let Some(open) = &mut self.open {
            open.to += 1;
        }
        None
    }

    fn begin(&mut self, kind: BeatKind, task: TaskId, i: usize) -> Option<Beat> {
        (self.has_begun, self.is_over) = (true, false);
        self.open.replace(Beat::new(kind, task, i))
    }

    /// A callback begins with the timer that calls it.
    fn begin_call(&mut self, trace: &Trace, task: TaskId, i: usize) -> Option<Beat> {
        let mut ended = self.begin(BeatKind::Call, task, i);
        if let (Some(gap), Some(call)) = (&mut ended, &mut self.open)
            && matches!(gap.kind, BeatKind::Gap | BeatKind::Before)
            && trace.columns.kind(i - 1) == Kind::TimerFired
        {
            gap.to -= 1;
            call.from -= 1;
        }
        ended.filter(|beat| beat.from < beat.to)
    }
}

/// Whether a task that is pending has been woken in its own poll.
pub(super) fn is_own_wake(event: Event, polled: TaskId) -> bool {
    matches!(event, Event::Woken { task, effect: WakeEffect::DuringPoll, .. } if task == polled)
}
