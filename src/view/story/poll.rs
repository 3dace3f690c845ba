//! Sentences of a poll: the two most telling of its facts, in the order of the run.

use super::part::Part;
use super::rule::Rule;
use super::say::Describe;
use super::sentence::{Builder, Say};
use super::streams;
use crate::sorting::insertion_sort;
use crate::trace::event::{Event, Outcome, WakeEffect};
use crate::trace::ids::{FutureKindId, NameId, SourceId, TaskId};
use crate::trace::{Kind, SourceKind, Trace};
use crate::view::description::{Description, Holder};
use crate::view::diagnosis::Cause;

/// What a poll took from the heap, or gave back: all of it, from an event on.
#[derive(Default)]
struct Heap {
    at: usize,
    count: u32,
    bytes: u32,
}

impl Heap {
    /// What was taken in a part, and what was given back: of all its events, since what is told is their sum.
    fn of(trace: &Trace, part: &Part) -> (Heap, Heap) {
        let (mut boxed, mut freed) = (Heap::default(), Heap::default());
        for i in part.beat().range().filter(|&i| matches!(trace.columns.kind(i), Kind::Boxed | Kind::Freed)) {
            match trace.event(i) {
                Event::Boxed { count, bytes, .. } => boxed.add(i, count, bytes),
                Event::Freed { count, bytes, .. } => freed.add(i, count, bytes),
                _ => {}
            }
        }
        (boxed, freed)
    }

    fn add(&mut self, at: usize, count: u32, bytes: u32) {
        if self.count == 0 {
            self.at = at;
        }
        (self.count, self.bytes) = (self.count.saturating_add(count), self.bytes.saturating_add(bytes));
    }
}

/// Something that can be said of a poll.
struct Fact {
    /// What it is worth: the two greatest are said.
    worth: u8,
    /// Where in the run it stands.
    place: Place,
    sentence: Builder,
}

/// Where in a poll a fact stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Begin,
    At(usize),
    End,
    /// What the end causes.
    After,
    /// What is told with it.
    Also,
}

/// The facts of one poll, gathered.
pub(super) struct Gathered<'a> {
    rule: &'a Rule<'a>,
    pub(super) part: &'a Part,
    facts: Vec<Fact>,
}

impl Gathered<'_> {
    pub(super) fn add(&mut self, worth: u8, place: Place, say: Say, with: Builder) {
        let now = self.rule.now(self.part);
        self.facts.push(Fact { worth, place, sentence: with.say(say).now(now) });
    }

    /// Event `i` read or wrote the value of a cell.
    fn add_cell(&mut self, worth: u8, i: usize, say: Say, (cell, value): (SourceId, NameId)) {
        let trace = self.rule.trace;
        let (text, thing) = (trace.name(value).to_owned(), Some(Holder::thing(trace, cell)));
        let who = self.rule.who(&[self.part.beat().task]);
        self.add(worth, Place::At(i), say, Builder::default().text(text).thing(thing).who(who));
    }
}

impl Rule<'_> {
    pub(super) fn say_poll(&self, part: &Part, describe: Describe<'_>) -> Vec<Builder> {
        let trace: &Trace = self.trace;
        let task = part.beat().task;
        let who = || Builder::default().who(self.who(&[task]));
        let mut said = Gathered { rule: self, part, facts: Vec::new() };
        let events = self.events(part);
        let cause = part.finding.and_then(|finding| self.findings.all.get(finding)).map(|finding| &finding.cause);

        let found = cause.is_some_and(|cause| self.say_found(&mut said, cause, &events));
        let (mut first_text, mut last_text, mut text_at) = (None, None, 0);
        let (mut spawned, mut spawned_at) = (Vec::new(), 0);
        let (mut held, mut held_at) = (None, 0);
        let (mut found_empty, mut entered) = (None, None);
        let (mut woken, mut coalesced): (Option<TaskId>, Vec<(usize, TaskId)>) = (None, Vec::new());
        let (mut computed, mut yields) = (0, false);
        let mut drains = false;
        let mut starts = None;
        let mut end = None;
        let (mut state, mut spun) = (None, None);
        for &(i, event) in &events {
            match event {
                Event::PollStarted { nth, .. } => starts = Some((i, nth)),
                Event::PollEnded { outcome, .. } => end = Some((i, outcome)),
                Event::Entered { future, .. } if found_empty.is_none() => entered = Some(future),
                Event::FoundEmpty { at, .. } if found_empty.is_none() => found_empty = Some((i, at, entered)),
                Event::Logged { text, .. } => {
                    if first_text.is_none() {
                        (first_text, text_at) = (Some(text), i);
                    }
                    last_text = Some(text);
                }
                Event::Spawned { task } => {
                    if spawned.is_empty() {
                        spawned_at = i;
                    }
                    spawned.push(task);
                }
                Event::ClockAdvanced { task, .. } if task.is_some() && computed == 0 => computed = i,
                Event::WakerHeld { task, by } if held.is_none() => (held, held_at) = (Some(self.holder(task, by)), i),
                Event::StateChanged { from, to, .. } if from != to && state.is_none() => state = Some(i),
                Event::Panicked { message, .. } => {
                    let text = trace.name(message).to_owned();
                    said.add(95, Place::At(i), Say::Panics, who().text(text));
                }
                Event::Created { future, .. } => {
                    let future = trace.future_name(future).to_owned();
                    said.add(76, Place::At(i), Say::Calls, who().future(future));
                }
                Event::Begun { future, .. } => {
                    let future = trace.future_name(future).to_owned();
                    said.add(77, Place::At(i), Say::Begins, Builder::default().future(future));
                }
                Event::KeptForNobody { task, by } => {
                    let thing = Some(self.holder(task, by));
                    said.add(84, Place::At(i), Say::LeavesForNobody, who().thing(thing));
                }
                Event::Entrusted { driver, after, .. } => {
                    let due = Some(self.ms(trace.time(i)) + f64::from(after));
                    let thing = Some(Holder::thing(trace, driver));
                    said.add(86, Place::At(i), Say::Entrusts, who().thing(thing).due(due));
                }
                Event::Turned { driver, due, .. } => {
                    let sentence = self.say_turn(part, driver, due, &events);
                    said.add(88, Place::At(i), sentence.0.say, sentence);
                }
                Event::Drained { source, .. } if !drains => {
                    drains = true;
                    let sentence = self.say_drained(task, source, i, &events);
                    said.add(83, Place::At(i), sentence.0.say, sentence);
                }
                Event::Spun { polls, .. } => spun = Some((i, polls)),
                Event::CellRead { cell, value, .. } => said.add_cell(72, i, Say::ReadsCell, (cell, value)),
                Event::CellWritten { cell, value, .. } => said.add_cell(74, i, Say::WritesCell, (cell, value)),
                Event::DroppedUnpolled { future, .. } | Event::Discarded { future, .. }
                    if !matches!(cause, Some(Cause::NeverPolled { .. })) =>
                {
                    let future = trace.future_name(future).to_owned();
                    said.add(90, Place::At(i), Say::Unpolled, Builder::default().future(future));
                }
                Event::PolledAgain { future, .. } if !matches!(cause, Some(Cause::PolledAfterReady { .. })) => {
                    let future = trace.future_name(future).to_owned();
                    said.add(90, Place::At(i), Say::PolledAgain, Builder::default().future(future));
                }
                Event::Dropped { task: dropped, .. } if dropped != task => {
                    let dropped = Builder::default().who(self.who(&[dropped]));
                    said.add(85, Place::At(i), Say::Cancelled, dropped);
                }
                Event::PromiseCreated { promise, name } => {
                    let text = trace.name(name).to_owned();
                    said.add(78, Place::At(i), Say::PromiseCreated, Builder::default().n(promise.0).text(text));
                }
                Event::Aborted { promise } => {
                    if let Description::Aborted { all, over: false, .. } = describe(i + 1) {
                        said.add(88, Place::At(i), Say::Aborts, Builder::default().n(promise.0).size(all));
                    }
                }
                Event::Woken { task: other, effect, .. } => match effect {
                    WakeEffect::Queued => woken = woken.or(Some(other)),
                    WakeEffect::Coalesced => coalesced.push((i, other)),
                    WakeEffect::AfterDone => {
                        said.add(90, Place::At(i), Say::WakesDone, who().them(self.who(&[other])));
                    }
                    WakeEffect::DuringPoll => yields |= other == task,
                },
                Event::WakeLost { .. } | Event::Changed { .. } => {
                    if let Some((sentence, _)) = self.say_change(part, i, event) {
                        said.add(98, Place::At(i), sentence.0.say, sentence);
                    }
                }
                _ => {
                    if let Some((worth, say, with)) = streams::told(event, describe, i) {
                        said.add(worth, Place::At(i), say, with.who(self.who(&[task])));
                    }
                }
            }
        }

        if let Some((i, polls)) = spun
            && !matches!(cause, Some(Cause::Spinning { .. }))
        {
            said.add(92, Place::At(i), Say::Spins, who().n(polls));
        }
        let (boxed, freed) = Heap::of(trace, part);
        for (worth, say, heap) in [(83, Say::TakesHeap, boxed), (82, Say::FreesHeap, freed)] {
            if heap.count > 0 {
                said.add(worth, Place::At(heap.at), say, who().n(heap.count).size(heap.bytes));
            }
        }
        if let Some(&(i, other)) = coalesced.first() {
            let times =
                coalesced.iter().filter(|(_, task)| *task == other).count() as u32 + u32::from(woken == Some(other));
            said.add(90, Place::At(i), Say::WakesTwice, who().them(self.who(&[other])).n(times));
        } else if let Some(other) = woken {
            let them = self.who(&[other]);
            said.add(60, Place::After, Say::WakesByIt, Builder::default().them(them));
        }
        if part.noted.late > self.much() && starts.is_some() {
            let due = Some(self.ms(part.noted.due));
            let late = who().due(due).by(self.ms(part.noted.late));
            said.add(85, Place::Begin, Say::Late, late);
        }
        let polls = Some(starts.map_or_else(|| self.polls_before(part), |(_, nth)| nth));
        match end {
            Some((_, Outcome::Ready)) => match part.last_of.filter(|_| part.also.is_empty()) {
                Some(of) => said.add(80, Place::End, Say::LastDone, who().n(of)),
                None => said.add(80, Place::End, Say::Done, who().n(polls)),
            },
            Some((_, Outcome::Pending)) if yields => said.add(55, Place::End, Say::Yields, who()),
            Some((i, Outcome::Pending)) if !found => {
                let thing = match describe(i + 1) {
                    Description::PollPending { holder, .. } => holder,
                    _ => None,
                };
                let say = if thing.is_some() { Say::Pending } else { Say::PendingUnheld };
                said.add(55, Place::End, say, who().thing(thing));
            }
            _ => {}
        }
        if let Some(n) = part.asleep.filter(|_| end.is_some()) {
            said.add(81, Place::After, Say::Asleep, Builder::default().n(n));
        }
        if !part.also.is_empty() {
            let them: Vec<TaskId> = part.also.iter().map(|&(task, _)| task).collect();
            said.add(79, Place::Also, Say::Also, Builder::default().them(self.who(&them)));
        }
        if let Some(Description::StateChanged { from, to, .. }) = state.map(|i| describe(i + 1)) {
            let say = match (from.is_empty(), to.is_empty()) {
                (true, _) => Say::StateFirst,
                (_, true) => Say::StateLast,
                _ => Say::StateNext,
            };
            said.add(75, Place::End, say, who().from(from).to(to));
        }
        if let (Some(first), Some(last)) = (first_text, last_text) {
            let say = if first == last { Say::Writes } else { Say::WritesTwo };
            let (text, last) = (trace.name(first).to_owned(), trace.name(last).to_owned());
            let last = if say == Say::Writes { String::new() } else { last };
            said.add(70, Place::At(text_at), say, who().text(text).last(last));
        }
        if !spawned.is_empty() {
            said.add(70, Place::At(spawned_at), Say::Spawns, who().them(self.who(&spawned)));
        }
        if computed > 0 && part.noted.hold > self.much() && !matches!(cause, Some(Cause::Blocked { .. })) {
            said.add(65, Place::At(computed), Say::Holds, who().by(self.ms(part.noted.hold)));
        }
        if held.is_some() && !matches!(end, Some((_, Outcome::Pending))) {
            said.add(82, Place::At(held_at), Say::LeavesWaker, who().thing(held));
        }
        // What a line asked for by itself, in no future, is told by what comes of it.
        let is_socket = |source: SourceId| trace.source(source).is_some_and(|source| source.kind == SourceKind::Socket);
        if let Some((i, source, _)) = found_empty.filter(|&(_, source, _)| is_socket(source)) {
            // What is read until there is nothing left is looked at once more.
            if !self.drained_before(task, i) {
                let thing = Some(Holder::thing(trace, source));
                said.add(84, Place::At(i), Say::LooksAtSocket, who().thing(thing));
            }
        } else if let Some((i, source, entered)) = found_empty
            && let Some(future) = entered.or_else(|| self.entered_before(part, i))
        {
            let say = match trace.source(source).map(|source| source.kind) {
                Some(SourceKind::Channel) => Say::LooksForValue,
                Some(SourceKind::Mutex) => Say::LooksForLock,
                Some(SourceKind::Driver) => Say::LooksForTurn,
                _ => Say::LooksForRing,
            };
            let future = trace.future_name(future).to_owned();
            let thing = Some(Holder::thing(trace, source));
            said.add(60, Place::At(i), say, who().future(future).thing(thing));
        }
        let begins = said.facts.iter().any(|fact| fact.sentence.0.say == Say::Begins);
        let is_first = matches!(starts, Some((_, 1))) && !begins;
        if said.facts.is_empty() || is_first && said.facts.len() < 2 && end.is_none() && cause.is_none() {
            let say = if is_first { Say::FirstPoll } else { Say::GoesOn };
            let worth = if said.facts.is_empty() { 50 } else { 46 };
            said.add(worth, Place::Begin, say, who());
        }
        two(said.facts)
    }

    /// The future that a poll was in at an event: of a part that begins further down, it was entered before.
    fn entered_before(&self, part: &Part, event: usize) -> Option<FutureKindId> {
        let task = part.beat().task;
        let mut open = 0;
        for i in (0..event).rev().filter(|&i| self.trace.columns.task(i) == task) {
            match self.trace.event(i) {
                Event::PollStarted { .. } => break,
                Event::Exited { .. } => open += 1,
                Event::Entered { .. } if open > 0 => open -= 1,
                Event::Entered { future, .. } => return Some(future),
                _ => {}
            }
        }
        None
    }

    fn polls_before(&self, part: &Part) -> u32 {
        let task = part.beat().task;
        let started = (0..part.beat().from as usize).rev().find_map(|i| match self.trace.event(i) {
            Event::PollStarted { task: polled, nth } if polled == task => Some(nth),
            _ => None,
        });
        started.unwrap_or(0)
    }
}

/// The two of greatest worth, in the order of the run; who is named again is "it".
fn two(mut facts: Vec<Fact>) -> Vec<Builder> {
    insertion_sort(&mut facts, |fact| std::cmp::Reverse(fact.worth));
    facts.truncate(2);
    insertion_sort(&mut facts, |fact| fact.place);
    let mut said: Vec<Builder> = facts.into_iter().map(|fact| fact.sentence).collect();
    if let [first, second] = &mut said[..] {
        second.0.it = !second.0.who.is_empty() && first.0.who == second.0.who;
    }
    said
}
