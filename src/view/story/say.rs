//! Sentences of what is not a poll: what is set and spawned, what lies between polls, what lanes do, the end.

use super::beats::BeatKind;
use super::lanes::{self, Lane};
use super::part::Part;
use super::rule::Rule;
use super::sentence::{Each, Say, Sentence};
use crate::sorting::insertion_sort;
use crate::trace::event::{Event, WakeEffect, WakeSource};
use crate::trace::ids::TaskId;
use crate::trace::{TaskKind, Trace};
use crate::view::description::{Description, Holder};

/// Describes the event before a cursor.
pub(super) type Describe<'a> = &'a mut dyn FnMut(usize) -> Description;

/// What is said of events one by one is said of so many of a part, from its first and from its last.
const MANY_EVENTS: usize = 1000;

impl Rule<'_> {
    /// A sentence of this moment: it has its time.
    pub(super) fn says(&self, say: Say, part: &Part) -> Sentence {
        Sentence { say, now: Some(self.ms(self.trace.time(part.at as usize))), ..Sentence::default() }
    }

    pub(super) fn ms(&self, units: u64) -> f64 {
        self.trace.unit.to_ms(units)
    }

    pub(super) fn who(&self, tasks: &[TaskId]) -> Vec<super::Crowd> {
        self.facts.cast.crowd(self.trace, tasks)
    }

    /// The telling events of a part; of very many, the first and the last.
    pub(super) fn events(&self, part: &Part) -> Vec<(usize, Event)> {
        let beat = part.beat();
        let whole = beat.range();
        if whole.len() <= 2 * MANY_EVENTS || matches!(part.kind(), BeatKind::Bells | BeatKind::Spawns) {
            return part.telling(self.trace).collect();
        }
        let near = |i: &usize| i - whole.start < MANY_EVENTS || whole.end - i <= MANY_EVENTS;
        part.telling(self.trace).filter(|(i, _)| near(i)).collect()
    }

    /// All that is said of a moment.
    pub(super) fn say(&self, part: &Part, describe: Describe<'_>) -> Vec<Sentence> {
        let mut said = if part.is_lane { Vec::new() } else { self.say_beat(part, describe) };
        said.extend(part.lanes.iter().map(|&lane| self.say_lane(part, lane)));
        said.truncate(2);
        said
    }

    fn say_beat(&self, part: &Part, describe: Describe<'_>) -> Vec<Sentence> {
        if let Some(again) = &part.again {
            let tasks: Vec<TaskId> = again.tasks.iter().map(|&task| TaskId(task)).collect();
            let say = if tasks.len() == 1 { Say::Repeats } else { Say::RepeatsOfMany };
            return vec![Sentence { n: Some(again.polls), who: self.who(&tasks), ..self.says(say, part) }];
        }
        match part.kind() {
            BeatKind::Bells | BeatKind::Spawns => vec![self.say_before(part)],
            BeatKind::Before | BeatKind::Gap => self.say_gap(part, describe),
            BeatKind::Line => vec![self.say_line(part, describe)],
            BeatKind::Call => vec![self.say_call(part, describe)],
            BeatKind::Poll => self.say_poll(part, describe),
            BeatKind::End => self.say_end(part),
        }
    }

    fn say_before(&self, part: &Part) -> Sentence {
        let events = self.events(part);
        let tasks: Vec<TaskId> = events.iter().map(|&(i, _)| self.trace.columns.task(i)).collect();
        let n = Some(events.len() as u32);
        if part.kind() == BeatKind::Bells {
            let due = match events.first() {
                Some(&(i, Event::BellSet { after, .. })) => self.ms(self.trace.time(i)) + f64::from(after),
                _ => 0.0,
            };
            return Sentence { n, due: Some(due), ..self.says(Say::BellsSet, part) };
        }
        let [task] = tasks[..] else {
            return Sentence { n, who: self.who(&tasks), ..self.says(Say::SpawnedMany, part) };
        };
        let info = self.trace.task(task);
        let of_role = self.facts.cast.size(self.facts.cast.role(task));
        let say = match info.map(|info| info.kind) {
            Some(TaskKind::Callbacks) => Say::SpawnedCallbacks,
            _ if of_role > 1 => Say::SpawnedFirst,
            _ => Say::SpawnedOne,
        };
        Sentence { n: Some(of_role), who: self.who(&[task]), size: info.map(|info| info.size), ..self.says(say, part) }
    }

    fn say_lane(&self, part: &Part, lane: Lane) -> Sentence {
        let (say, n, who) = match lane.deed {
            lanes::Deed::End(n) => (Say::LaneEnd, n, Vec::new()),
            lanes::Deed::Queue(n) => (Say::LaneQueue, n, Vec::new()),
            lanes::Deed::Step(phase, task) => (Say::of_step(phase), task + 1, self.who(&[TaskId(task + 1)])),
        };
        let lane_name = self.trace.name(lane.name).to_owned();
        Sentence { n: Some(n), who, lane: lane_name, now: Some(self.ms(lane.time)), ..self.says(say, part) }
    }

    fn say_line(&self, part: &Part, describe: Describe<'_>) -> Sentence {
        let last = self.events(part).last().map_or(Description::Nothing, |&(i, _)| describe(i + 1));
        let blank = |say| self.says(say, part);
        match last {
            Description::Placed { place, size, .. } => Sentence { to: place, size: Some(size), ..blank(Say::Placed) },
            Description::PlaceChanged { place, field, itself, .. } => {
                let say = if itself { Say::PointsToItself } else { Say::PlaceChanged };
                Sentence { to: place, text: field, ..blank(say) }
            }
            Description::PlaceUnchanged { place } => Sentence { to: place, ..blank(Say::PlaceSame) },
            Description::Taken { place, .. } => Sentence { from: place, ..blank(Say::Taken) },
            Description::Moved { from, to, dangling, .. } => {
                let say = if dangling { Say::MovedDangling } else { Say::Moved };
                Sentence { from, to, ..blank(say) }
            }
            Description::Logged { text, .. } => Sentence { text, ..blank(Say::Writes) },
            _ => blank(Say::Runs),
        }
    }

    fn say_call(&self, part: &Part, describe: Describe<'_>) -> Sentence {
        let who = self.who(&[part.beat().task]);
        let (mut n, mut say, mut text) = (0, Say::CallLast, String::new());
        for (i, event) in self.events(part) {
            match event {
                Event::CallStarted { nth, .. } => n = nth,
                Event::CallEnded { .. } if matches!(describe(i + 1), Description::CallEnded { goes_on: true, .. }) => {
                    say = Say::CallGoesOn;
                }
                Event::Panicked { message, .. } => {
                    (say, text) = (Say::Panics, self.trace.name(message).to_owned());
                }
                _ => {}
            }
        }
        Sentence { n: Some(n), who, text, ..self.says(say, part) }
    }

    /// What a person changed; a bell that rang; who was woken by what; a promise; else that time went on.
    fn say_gap(&self, part: &Part, describe: Describe<'_>) -> Vec<Sentence> {
        let events = self.events(part);
        let mut said = Vec::new();
        let mut is_all = false;
        for &(i, event) in &events {
            if let Some((sentence, is_whole)) = self.say_change(part, i, event) {
                said.push(sentence);
                is_all |= is_whole;
            }
        }
        if is_all {
            return said;
        }
        let wakes: Vec<(TaskId, WakeSource, WakeEffect)> = events
            .iter()
            .filter_map(|&(_, event)| match event {
                Event::Woken { task, by, effect } => Some((task, by, effect)),
                _ => None,
            })
            .collect();
        let rings = events.iter().filter(|(_, event)| matches!(event, Event::Signalled { .. })).count() as u32;
        let promise = events.iter().find_map(|&(i, event)| self.say_promise(part, event, &wakes, describe, i));
        if rings > 0 {
            said.push(self.say_rings(part, rings, &wakes));
        } else if let Some(sentence) = promise {
            said.push(sentence);
        } else if let Some(&(task, by, effect)) = wakes.first() {
            said.push(self.say_wakes(part, &events, &wakes, (task, by, effect)));
        } else if let Some(sentence) = events.iter().find_map(|&(_, event)| self.say_drop(part, event)) {
            said.push(sentence);
        } else if said.is_empty() || events.iter().any(|(_, event)| matches!(event, Event::ClockAdvanced { .. })) {
            said.push(self.says(Say::Jump, part));
        }
        said
    }

    fn say_drop(&self, part: &Part, event: Event) -> Option<Sentence> {
        let (say, future, task) = match event {
            Event::DroppedUnpolled { future, .. } | Event::Discarded { future, .. } => {
                (Say::Unpolled, self.trace.future_name(future).to_owned(), None)
            }
            Event::Refused { message, .. } => (Say::Refused, self.trace.name(message).to_owned(), None),
            Event::Dropped { task, .. } => (Say::Cancelled, String::new(), Some(task)),
            _ => return None,
        };
        let who = self.who(&Vec::from_iter(task));
        let (future, text) = if say == Say::Refused { (String::new(), future) } else { (future, String::new()) };
        Some(Sentence { future, text, who, ..self.says(say, part) })
    }

    fn say_rings(&self, part: &Part, n: u32, wakes: &[(TaskId, WakeSource, WakeEffect)]) -> Sentence {
        let by_ring = wakes.iter().filter(|(_, by, _)| !matches!(by, WakeSource::Timer(_)));
        let mut woken: Vec<TaskId> = by_ring.clone().map(|&(task, ..)| task).collect();
        woken.dedup();
        let say = match by_ring.clone().next() {
            None => Say::RingNobody,
            Some((_, _, WakeEffect::AfterDone)) => Say::RingDone,
            Some(_) => Say::RingWakes,
        };
        Sentence { n: Some(n), who: self.who(&woken), ..self.says(say, part) }
    }

    fn say_wakes(
        &self,
        part: &Part,
        events: &[(usize, Event)],
        wakes: &[(TaskId, WakeSource, WakeEffect)],
        (task, by, effect): (TaskId, WakeSource, WakeEffect),
    ) -> Sentence {
        let by_timer = wakes.iter().filter(|(_, by, _)| matches!(by, WakeSource::Timer(_)));
        let mut woken: Vec<TaskId> = by_timer.map(|&(task, ..)| task).collect();
        woken.dedup();
        if woken.is_empty() {
            let say = if effect == WakeEffect::AfterDone { Say::WakesDone } else { Say::Wakes };
            let thing = Some(self.holder(task, by));
            return Sentence { thing, them: self.who(&[task]), ..self.says(say, part) };
        }
        let late = events.iter().map(|&(i, event)| match event {
            Event::TimerFired { timer, .. } => self.trace.time(i).saturating_sub(self.trace.due(timer)),
            _ => 0,
        });
        let late = late.max().unwrap_or(0);
        let say = if late > self.much() { Say::TimerLate } else { Say::TimerWakes };
        Sentence { n: Some(woken.len() as u32), who: self.who(&woken), by: Some(self.ms(late)), ..self.says(say, part) }
    }

    /// Who holds a waker of a task, or wakes it: of a task, its name.
    pub(super) fn holder(&self, task: TaskId, by: WakeSource) -> Holder {
        Holder::of(self.trace, task, by)
    }

    /// What a person changed, and whether nothing else is to be said there.
    pub(super) fn say_change(&self, part: &Part, i: usize, event: Event) -> Option<(Sentence, bool)> {
        use crate::trace::event::Change;
        let (say, is_whole) = match event {
            Event::WakeLost { .. } => (Say::WakeLost, true),
            Event::Changed { change, .. } => match change {
                Change::Wake => (Say::ChangedWake, true),
                Change::Drop => (Say::ChangedDrop, false),
                Change::Fire => (Say::ChangedFire, false),
                Change::Next => (Say::ChangedNext, false),
                Change::Panic => (Say::ChangedPanic, false),
            },
            _ => return None,
        };
        let task = self.trace.columns.task(i);
        let (thing, due) = match event {
            Event::WakeLost { task, by } => (Some(self.holder(task, by)), None),
            Event::Changed { change: Change::Fire, timer, .. } => (None, Some(self.trace.deadline(timer))),
            _ => (None, None),
        };
        let who = if task.is_some() { self.who(&[task]) } else { Vec::new() };
        Some((Sentence { who, thing, due, ..self.says(say, part) }, is_whole))
    }

    /// What happens in the browser's event loop.
    fn say_promise(
        &self,
        part: &Part,
        event: Event,
        wakes: &[(TaskId, WakeSource, WakeEffect)],
        describe: Describe<'_>,
        i: usize,
    ) -> Option<Sentence> {
        let (say, text, n) = match describe_browser(event).then(|| describe(i + 1))? {
            Description::PromiseCreated { promise, name } => (Say::PromiseCreated, name, promise),
            Description::PromiseResolved { promise, value } => (Say::PromiseResolved, value, promise),
            Description::PromiseRejected { promise, value } => (Say::PromiseRejected, value, promise),
            Description::Reaction { promise, name } => (Say::Reacts, name, promise),
            Description::MicrotaskStarted { name } => (Say::Microtask, name, 0),
            Description::MacrotaskStarted { name } => (Say::Macrotask, name, 0),
            _ => return None,
        };
        let woken: Vec<TaskId> = wakes.iter().map(|&(task, ..)| task).collect();
        Some(Sentence { n: Some(n), text, them: self.who(&woken), ..self.says(say, part) })
    }

    fn say_end(&self, part: &Part) -> Vec<Sentence> {
        use crate::trace::event::End;
        let Event::Ended { end } = self.trace.event(part.at as usize) else { return Vec::new() };
        let tasks: Vec<TaskId> = (1..=self.facts.cast.len()).map(TaskId).collect();
        let (over, left): (Vec<TaskId>, Vec<TaskId>) =
            tasks.iter().partition(|&&task| self.facts.over_at(task).is_some());
        let n = Some(left.len() as u32);
        let blank = |say| Sentence { n, ..self.says(say, part) };
        let say = match end {
            End::Completed => return self.say_completed(part, &over),
            End::Deadlock(_) => return vec![Sentence { who: self.who(&left), ..blank(Say::EndStuck) }],
            End::GaveUp(_) => return vec![Sentence { who: self.who(&left), ..blank(Say::EndGaveUp) }],
            End::Panicked => Say::EndPanic,
            End::Stopped => Say::EndStopped,
            End::Hung | End::Stack | End::OutOfMemory | End::Trapped => Say::EndCutOff,
            End::Polls(_) | End::Events(_) | End::Memory(_) | End::Time(_) => Say::EndBudget,
        };
        vec![blank(say)]
    }

    fn say_completed(&self, part: &Part, over: &[TaskId]) -> Vec<Sentence> {
        let polls = Some(self.facts.polls);
        let cast = &self.facts.cast;
        let lanes = self.lane_ends();
        if !lanes.is_empty() {
            return vec![Sentence { each: lanes, ..self.says(Say::EndLanes, part) }];
        }
        if cast.len() == 0 {
            return vec![self.says(Say::EndProgram, part)];
        }
        let roles = over.iter().all(|&task| cast.size(cast.role(task)) == 1 && !self.facts.is_inner(task));
        let is_apart = roles && (2..super::facts::MANY).contains(&cast.len()) && over.len() == cast.len() as usize;
        let latest = self.facts.latest.beat.filter(|&beat| self.facts.latest.is_of(beat, self.much()));
        let mut said = Vec::new();
        if is_apart && latest.is_none() {
            let mut ends: Vec<(u32, TaskId)> =
                over.iter().map(|&task| (self.facts.over_at(task).unwrap_or(0), task)).collect();
            insertion_sort(&mut ends, |&(at, _)| at);
            let each = ends.into_iter().map(|(at, task)| self.each(at as usize, task)).collect();
            said.push(Sentence { each, ..self.says(Say::EndEach, part) });
        } else {
            said.push(Sentence { n: polls, ..self.says(Say::EndDone, part) });
        }
        if let Some(latest) = latest.and_then(|beat| self.facts.noted.get(beat as usize)) {
            let late = Some(self.ms(latest.late));
            said.push(Sentence { who: self.who(&[latest.beat.task]), by: late, ..self.says(Say::EndLatest, part) });
        } else if !is_apart && cast.len() > 1 && self.facts.is_timed && !self.facts.is_anybody_late {
            said.push(self.says(Say::EndNobodyLate, part));
        }
        said
    }

    fn each(&self, at: usize, task: TaskId) -> Each {
        let is_ready = matches!(self.trace.event(at), Event::PollEnded { .. });
        let polls = (0..at).rev().find_map(|i| match self.trace.event(i) {
            Event::PollStarted { task: polled, nth } if polled == task => Some(nth),
            _ => None,
        });
        let name = self.facts.cast.name(self.trace, task);
        Each { name, now: self.ms(self.trace.time(at)), polls: polls.filter(|_| is_ready).unwrap_or(0) }
    }

    /// When each lane was over, the real one among them.
    fn lane_ends(&self) -> Vec<Each> {
        let trace: &Trace = self.trace;
        let ends = trace.tracks.iter().filter_map(|track| {
            let end = if track.model {
                track.entries.last().filter(|_| track.cut.is_none()).map(|entry| entry.time)
            } else {
                self.facts.last_ready.map(|at| trace.time(at as usize))
            };
            Some((end?, track.name))
        });
        let mut ends: Vec<_> = ends.collect();
        insertion_sort(&mut ends, |&(end, _)| end);
        let each = |(end, name)| Each { name: trace.name(name).to_owned(), now: self.ms(end), polls: 0 };
        ends.into_iter().map(each).collect()
    }
}

fn describe_browser(event: Event) -> bool {
    use crate::trace::Kind;
    matches!(
        event.kind(),
        Kind::PromiseCreated | Kind::PromiseSettled | Kind::Reaction | Kind::MicrotaskStarted | Kind::MacrotaskStarted
    )
}
