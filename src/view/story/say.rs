//! Sentences of what is not a poll: what is set and spawned, what lies between polls, what lanes do.

use super::beats::BeatKind;
use super::lanes::{self, Lane};
use super::out_of_turn::Narrated;
use super::part::Part;
use super::rule::Rule;
use super::sentence::{Builder, Say, Sentence};
use crate::trace::event::{Event, WakeEffect, WakeSource};
use crate::trace::ids::{SiteId, TaskId};
use crate::trace::{Role, TaskKind, Trace};
use crate::view::description::{Description, Holder};

/// Describes the event before a cursor.
pub(super) type Describe<'a> = &'a mut dyn FnMut(usize) -> Description;

/// What is said of events one by one is said of so many of a part, from its first and from its last.
const MANY_EVENTS: usize = 1000;

impl Rule<'_> {
    /// A sentence of this moment: it has its time.
    pub(super) fn says(&self, say: Say, part: &Part) -> Builder {
        Builder::of(say).now(self.now(part))
    }

    /// When a moment is, in ms.
    pub(super) fn now(&self, part: &Part) -> f64 {
        self.ms(self.trace.time(part.at as usize))
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
            return part.notable(self.trace).collect();
        }
        let near = |i: &usize| i - whole.start < MANY_EVENTS || whole.end - i <= MANY_EVENTS;
        part.notable(self.trace).filter(|(i, _)| near(i)).collect()
    }

    /// All that is said of a moment.
    pub(super) fn say(&self, part: &Part, describe: Describe<'_>) -> Vec<Sentence> {
        let mut said = if part.is_lane { Vec::new() } else { self.say_beat(part, describe) };
        said.extend(part.lanes.iter().map(|&lane| self.say_lane(part, lane)));
        said.into_iter().take(2).map(|sentence| *sentence.0).collect()
    }

    fn say_beat(&self, part: &Part, describe: Describe<'_>) -> Vec<Builder> {
        if let Some(again) = &part.again {
            let tasks: Vec<TaskId> = again.tasks.iter().map(|&task| TaskId(task)).collect();
            let say = if tasks.len() == 1 { Say::Repeats } else { Say::RepeatsOfMany };
            return vec![self.says(say, part).n(again.polls).who(self.who(&tasks))];
        }
        match part.kind() {
            BeatKind::Bells | BeatKind::Spawns => vec![self.say_before(part)],
            BeatKind::Before | BeatKind::Gap => self.say_gap(part, describe),
            BeatKind::Line => vec![self.say_line(part, describe)],
            BeatKind::Call => vec![self.say_call(part, describe)],
            BeatKind::Poll => self.say_poll(part, describe),
            BeatKind::End => self.say_end(part, describe),
        }
    }

    fn say_before(&self, part: &Part) -> Builder {
        let events = self.events(part);
        let tasks: Vec<TaskId> = events.iter().map(|&(i, _)| self.trace.columns.task(i)).collect();
        let n = Some(events.len() as u32);
        if part.kind() == BeatKind::Bells {
            let due = match events.first() {
                Some(&(i, Event::BellSet { after, .. })) => self.ms(self.trace.time(i)) + f64::from(after),
                _ => 0.0,
            };
            return self.says(Say::BellsSet, part).n(n).due(due);
        }
        let [task] = tasks[..] else {
            return self.says(Say::SpawnedMany, part).n(n).who(self.who(&tasks));
        };
        let info = self.trace.task(task);
        let of_role = self.facts.cast.size(self.facts.cast.role(task));
        let say = match info.map(|info| info.kind) {
            Some(TaskKind::Callbacks) => Say::SpawnedCallbacks,
            _ if of_role > 1 => Say::SpawnedFirst,
            _ => Say::SpawnedOne,
        };
        self.says(say, part).n(of_role).who(self.who(&[task])).size(info.map(|info| info.size))
    }

    fn say_lane(&self, part: &Part, lane: Lane) -> Builder {
        let (say, n, who) = match lane.deed {
            lanes::Deed::End(n) => (Say::LaneEnd, n, Vec::new()),
            lanes::Deed::Queue(n) => (Say::LaneQueue, n, Vec::new()),
            lanes::Deed::Step(phase, task) => (Say::of_step(phase), task + 1, self.who(&[TaskId(task + 1)])),
        };
        let lane_name = self.trace.name(lane.name).to_owned();
        self.says(say, part).n(n).who(who).lane(lane_name).now(self.ms(lane.time))
    }

    fn say_line(&self, part: &Part, describe: Describe<'_>) -> Builder {
        let events = self.events(part);
        let last = events.last().map_or(Description::Nothing, |&(i, _)| describe(i + 1));
        let is_pointer = events.last().is_some_and(|&(_, event)| is_of_pointer(self.trace, event));
        let blank = |say| self.says(say, part);
        match last {
            Description::Placed { place, size, .. } => {
                blank(if is_pointer { Say::PlacedPointer } else { Say::Placed }).to(place).size(size)
            }
            Description::Copied { place, of, size } => blank(Say::Copied).to(place).from(of).size(size),
            Description::PlaceChanged { place, field, itself, .. } => {
                let say = if itself { Say::PointsToItself } else { Say::PlaceChanged };
                blank(say).to(place).text(field)
            }
            Description::PlaceUnchanged { place } => blank(Say::PlaceSame).to(place),
            Description::Taken { place, .. } => blank(Say::Taken).from(place),
            Description::Moved { from, to, dangling, .. } => {
                let say = match dangling {
                    true => Say::MovedDangling,
                    false if is_pointer => Say::MovedPointer,
                    false => Say::Moved,
                };
                blank(say).from(from).to(to)
            }
            Description::Pinned { by, size, place, .. } => {
                let is_moved = self.events(part).iter().any(|(_, event)| matches!(event, Event::Moved { .. }));
                let say = if is_moved { Say::PinnedThere } else { Say::Pinned };
                blank(say).from(by).to(place).size(size)
            }
            Description::Logged { text, .. } => blank(Say::Writes).text(text),
            _ => blank(Say::Runs),
        }
    }

    fn say_call(&self, part: &Part, describe: Describe<'_>) -> Builder {
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
        self.says(say, part).n(n).who(who).text(text)
    }

    /// What a person changed; a bell that rang; who was woken by what; a promise; else that time went on.
    fn say_gap(&self, part: &Part, describe: Describe<'_>) -> Vec<Builder> {
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
        let turned = events.iter().find_map(|&(_, event)| match event {
            Event::Turned { driver, due, .. } => Some((driver, due)),
            _ => None,
        });
        let streams = self.say_streams(part, &events, &wakes, describe);
        let ready = self.say_ready(part, &events);
        let registered = self.say_registered(part, &events);
        said.extend(self.say_arrived(part, &events));
        if let Some(registered) = registered {
            said.push(registered);
        } else if let Some((driver, due)) = turned {
            said.push(self.say_turn(part, driver, due, &events));
        } else if !ready.is_empty() {
            said.extend(ready);
        } else if rings > 0 {
            said.push(self.say_rings(part, rings, &wakes));
        } else if !streams.is_empty() {
            said.extend(streams);
        } else if let Some(sentence) = promise {
            said.push(sentence);
            match self.page_writes(&events) {
                Some(text) => said.push(self.says(Say::PageWrites, part).text(text)),
                None => said.extend(self.say_queued(part, &events, &wakes)),
            }
        } else if let Some(&(task, by, effect)) = wakes.first() {
            said.push(self.say_wakes(part, &events, &wakes, (task, by, effect)));
        } else if let Some(sentence) = events.iter().find_map(|&(_, event)| self.say_drop(part, event)) {
            said.push(sentence);
        } else if said.is_empty() || events.iter().any(|(_, event)| matches!(event, Event::ClockAdvanced { .. })) {
            said.push(self.says(Say::Jump, part));
        }
        said
    }

    fn say_drop(&self, part: &Part, event: Event) -> Option<Builder> {
        let mut function = String::new();
        let (say, future, task) = match event {
            Event::DroppedUnpolled { future, .. } | Event::Discarded { future, .. } => {
                (Say::Unpolled, self.trace.future_name(future).to_owned(), None)
            }
            Event::Refused { message, site } => {
                function = function_at(self.trace, site).to_owned();
                let say = if function.is_empty() { Say::Refused } else { Say::RefusedIn };
                (say, self.trace.name(message).to_owned(), None)
            }
            Event::Dropped { task, .. } => (Say::Cancelled, String::new(), Some(task)),
            _ => return None,
        };
        let who = self.who(&Vec::from_iter(task));
        let is_refused = matches!(say, Say::Refused | Say::RefusedIn);
        let (future, text) = if is_refused { (String::new(), future) } else { (future, String::new()) };
        Some(self.says(say, part).future(future).text(text).to(function).who(who))
    }

    fn say_rings(&self, part: &Part, n: u32, wakes: &[(TaskId, WakeSource, WakeEffect)]) -> Builder {
        let by_ring = wakes.iter().filter(|(_, by, _)| !matches!(by, WakeSource::Timer(_)));
        let mut woken: Vec<TaskId> = by_ring.clone().map(|&(task, ..)| task).collect();
        woken.dedup();
        let say = match by_ring.clone().next() {
            None => Say::RingNobody,
            Some((_, _, WakeEffect::AfterDone)) => Say::RingDone,
            Some(_) => Say::RingWakes,
        };
        self.says(say, part).n(n).who(self.who(&woken))
    }

    fn say_wakes(
        &self,
        part: &Part,
        events: &[(usize, Event)],
        wakes: &[(TaskId, WakeSource, WakeEffect)],
        (task, by, effect): (TaskId, WakeSource, WakeEffect),
    ) -> Builder {
        let by_timer = wakes.iter().filter(|(_, by, _)| matches!(by, WakeSource::Timer(_)));
        let mut woken: Vec<TaskId> = by_timer.map(|&(task, ..)| task).collect();
        woken.dedup();
        if woken.is_empty() {
            let say = if effect == WakeEffect::AfterDone { Say::WakesDone } else { Say::Wakes };
            let thing = Some(self.holder(task, by));
            return self.says(say, part).thing(thing).them(self.who(&[task]));
        }
        let late = events.iter().map(|&(i, event)| match event {
            Event::TimerFired { timer, .. } => self.trace.time(i).saturating_sub(self.trace.due(timer)),
            _ => 0,
        });
        let late = late.max().unwrap_or(0);
        let say = if late > self.much() { Say::TimerLate } else { Say::TimerWakes };
        self.says(say, part).n(woken.len() as u32).who(self.who(&woken)).by(self.ms(late))
    }

    /// Who holds a waker of a task, or wakes it: of a task, its name.
    pub(super) fn holder(&self, task: TaskId, by: WakeSource) -> Holder {
        Holder::of(self.trace, task, by)
    }

    /// What a person changed, and whether nothing else is to be said there.
    pub(super) fn say_change(&self, part: &Part, i: usize, event: Event) -> Option<(Builder, bool)> {
        use crate::trace::event::Change;
        let mut more = None;
        let (say, is_whole) = match event {
            Event::WakeLost { .. } => (Say::WakeLost, true),
            Event::Changed { change, .. } => match change {
                Change::Wake => (Say::ChangedWake, true),
                Change::Drop => (Say::ChangedDrop, false),
                Change::Fire => (Say::ChangedFire, false),
                Change::Next => match self.facts.out_of_turn.narrated(i) {
                    Narrated::Alone => (Say::ChangedNext, false),
                    Narrated::First { more: others } => {
                        more = Some(others);
                        (Say::ChangedOrder, false)
                    }
                    Narrated::WithFirst => return None,
                },
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
        Some((self.says(say, part).who(who).thing(thing).due(due).n(more), is_whole))
    }
}

/// The function in which a line stands, unless that is the whole program; else nothing.
fn function_at<'a>(trace: &'a Trace, site: SiteId) -> &'a str {
    let Some(site) = trace.site(site) else { return "" };
    let file = trace.head.file(trace.name(site.file));
    let names = |text: &'a str| {
        let name = |line: &'a str| line.strip_prefix("pub fn ")?.split(['<', '(']).next();
        text.lines().enumerate().filter_map(move |(nth, line)| Some((nth, name(line)?)))
    };
    let Some(file) = file else { return "" };
    names(&file.text)
        .take_while(|&(nth, _)| nth < site.line as usize)
        .last()
        .map(|(_, name)| name)
        .filter(|&name| name != "main")
        .unwrap_or_default()
}

/// Whether what an event places or moves is a pointer, and nothing else.
fn is_of_pointer(trace: &Trace, event: Event) -> bool {
    match event {
        Event::Placed { bytes, .. } | Event::Moved { bytes, .. } => {
            trace.snapshot(bytes).is_some_and(|s| matches!(&s.fields[..], [only] if only.role == Role::Pointer))
        }
        _ => false,
    }
}
