//! A trace as text, a line an event: the form in which tests state what must happen.

use super::event::{End, Event, Outcome, WakeEffect, WakeSource};
use super::ids::{SourceId, TaskId};
use super::{SourceKind, TimeUnit, Trace};
use std::fmt::Write;

impl Trace {
    /// The whole trace, a line an event: the time in ms, then what happened. Addresses, sizes and bytes are left out.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for i in 0..self.len() {
            let time = match self.unit {
                TimeUnit::VirtualMs => format!("{:>5}", self.time(i)),
                TimeUnit::BrowserUs => "     ".to_owned(),
            };
            writeln!(out, "{time}  {}", self.line(i)).expect("a String takes all text");
        }
        if self.lost > 0 {
            writeln!(out, "lost {} events", self.lost).expect("a String takes all text");
        }
        out
    }

    /// A number that tells traces apart by their text, as it is on every target: allocations are counted differently on
    /// one of another word.
    pub fn digest(&self) -> String {
        // FNV-1a: two runs that differ come to the same number once in 2^64.
        let text = self.to_text();
        let lines = text.lines().filter(|line| !line.contains(" allocated "));
        let hash = lines
            .flat_map(|line| line.bytes().chain([10]))
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("{hash:016x}")
    }

    fn line(&self, i: usize) -> String {
        let name = |n| self.name(n);
        let at = |s| self.site(s).map_or(String::new(), |s| format!(" at {}:{}", self.name(s.file), s.line));
        let of = |t: TaskId| if t.is_some() { format!("task {}", t.0) } else { "driver".to_owned() };
        let ended = |o| match o {
            Outcome::Pending => "Pending",
            Outcome::Ready => "Ready",
            Outcome::Panicked => "panicked",
        };
        let thing = |s: SourceId| {
            self.source(s).map_or(String::new(), |s| match s.kind {
                SourceKind::Channel => format!("channel {}", s.nth),
                SourceKind::Mutex => format!("mutex {}", s.nth),
                SourceKind::Bell => format!("bell {}", s.nth),
            })
        };
        let source = |by, task| match by {
            WakeSource::Source(s) => thing(s),
            WakeSource::Timer(t) => format!("timer {}", t.0),
            WakeSource::Task(t) if t == task => "itself".to_owned(),
            WakeSource::Task(t) => of(t),
            WakeSource::Promise(p) => format!("promise {}", p.0),
            WakeSource::Outside => "outside".to_owned(),
        };
        match self.event(i) {
            Event::Spawned { task } => {
                let parent = self.task(task).map_or(TaskId::NONE, |t| t.parent);
                format!("{} spawned by {}: {}", of(task), of(parent), self.task_name(task))
            }
            Event::Enqueued { task } => format!("{} enqueued", of(task)),
            Event::PollStarted { task, nth } => format!("{} poll {nth}", of(task)),
            Event::PollEnded { task, outcome, site } => format!("{} {}{}", of(task), ended(outcome), at(site)),
            Event::Entered { task, future, site, .. } => format!("{}   > {}{}", of(task), name(future), at(site)),
            Event::Exited { task, future, outcome } => format!("{}   < {} {}", of(task), name(future), ended(outcome)),
            Event::StateChanged { task, from, to, .. } => format!("{} state {from} -> {to}", of(task)),
            Event::WakerCloned { task, count } => format!("{} waker cloned: {count}", of(task)),
            Event::WakerDropped { task, count } => format!("{} waker dropped: {count}", of(task)),
            Event::WakerHeld { task, by } => format!("{} waker held by {}", of(task), source(by, task)),
            Event::WakerReleased { task, by } => format!("{} waker let go by {}", of(task), source(by, task)),
            Event::Rang { bell } => format!("{} rang", thing(bell)),
            Event::Looked { task, at } => format!("{} looked at {}", of(task), thing(at)),
            Event::Locked { task, mutex } => format!("{} locked {}", of(task), thing(mutex)),
            Event::Unlocked { task, mutex } => format!("{} unlocked {}", of(task), thing(mutex)),
            Event::WakeLost { task, by } => format!("{} wake by {} lost", of(task), source(by, task)),
            Event::Changed { change, timer, .. } if timer.is_some() => format!("changed: {change:?} timer {}", timer.0),
            Event::Changed { change, task, .. } => format!("changed: {change:?} {}", of(task)),
            Event::PolledAgain { task, future } => format!("{} polled {} after Ready", of(task), name(future)),
            Event::DroppedUnpolled { task, future } => format!("{} dropped {} unpolled", of(task), name(future)),
            Event::Woken { task, by, effect } => {
                let effect = match effect {
                    WakeEffect::Queued => "",
                    WakeEffect::Coalesced => ", coalesced",
                    WakeEffect::DuringPoll => ", during its poll",
                    WakeEffect::AfterDone => ", after it was done",
                };
                format!("{} woken by {}{effect}", of(task), source(by, task))
            }
            Event::TimerSet { timer, task, after } => format!("timer {} set for {} in {after}", timer.0, of(task)),
            Event::TimerFired { timer, .. } => format!("timer {} fired", timer.0),
            Event::TimerCancelled { timer, .. } => format!("timer {} cancelled", timer.0),
            Event::Dropped { task, reason } => format!("{} dropped: {reason:?}", of(task)),
            Event::Allocated { task, count, .. } => format!("{} allocated {count}", of(task)),
            Event::Logged { task, text, .. } => format!("{} log: {}", of(task), name(text)),
            Event::ClockAdvanced { task, by, .. } if task.is_some() => format!("{} computed {by}", of(task)),
            Event::ClockAdvanced { by, .. } => format!("clock +{by}"),
            Event::Idle => "idle".to_owned(),
            Event::Panicked { task, message } => format!("{} panic: {}", of(task), name(message)),
            Event::Ended { end: End::Completed } => "end".to_owned(),
            Event::Ended { end } => format!("end: {end:?}"),
            Event::CallStarted { task, nth } => format!("{} call {nth}", of(task)),
            Event::CallEnded { task } => format!("{} called", of(task)),
            Event::PromiseCreated { promise, name: n } => format!("promise {} created: {}", promise.0, name(n)),
            Event::PromiseSettled { promise, how, value } => format!("promise {} {how:?}: {}", promise.0, name(value)),
            Event::Reaction { promise, name: n } => format!("promise {} reaction: {}", promise.0, name(n)),
            Event::MicrotaskQueued { name: n } => format!("microtask queued: {}", name(n)),
            Event::MicrotaskStarted { name: n } => format!("microtask > {}", name(n)),
            Event::MicrotaskEnded { name: n } => format!("microtask < {}", name(n)),
            Event::MacrotaskQueued { name: n, after } => format!("macrotask queued in {after}: {}", name(n)),
            Event::MacrotaskStarted { name: n } => format!("macrotask > {}", name(n)),
            Event::MacrotaskEnded { name: n } => format!("macrotask < {}", name(n)),
            Event::Line { task, site } if task.is_some() => format!("{} line{}", of(task), at(site)),
            Event::Line { site, .. } => format!("line{}", at(site)),
            Event::Placed { place, .. } => format!("placed in {}", self.name(self.places[place as usize].name)),
            Event::Taken { place } => format!("taken out of {}", self.name(self.places[place as usize].name)),
            Event::Moved { from, to, .. } => {
                let slot = |p: u32| self.name(self.places[p as usize].name);
                format!("moved from {} to {}", slot(from), slot(to))
            }
            Event::Model { staffing, phase, call, seat } => {
                format!("staffing {staffing} call {call} seat {seat}: {phase:?}")
            }
        }
    }
}
