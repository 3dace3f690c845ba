//! Timeouts that each turn of a loop makes anew: the race is lost, the timer is dropped with it, and the next turn sets another.
//!
//! An idle timeout is meant to begin anew with each value, and has the same trace as one that is meant to limit the whole loop.
//! So two things are told apart. Where *time alone* ended turn after turn, for longer than the timeout takes, while one and the
//! same future was pending beside it, it cannot fire, whatever was meant. Where *values* ended all turns, and nothing that a
//! trace records was done with any of them, it is said what the timeout limits, and that it may be right.
//!
//! Nothing is said of a timer that another future's own code makes (each attempt of a retry has its time), that is kept and set
//! anew by hand, that fired once, or that takes another time in another turn (what is left until a deadline).

use super::{Cause, Detector, Finding, MOST, Moment};
use crate::sorting::insertion_sort;
use crate::trace::FutureRole;
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{FutureId, SiteId, TaskId, TimerId};
use crate::view::description::Place;

/// So many turns are a loop.
const TURNS: u32 = 3;

/// What won a race.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Winner {
    /// A value of a channel, awaited in the race itself.
    Value,
    /// A timer, awaited in the race itself.
    Time,
    /// Another future.
    Other,
}

/// What was pending beside a timer: a future, or a source that it waits at.
type Waiting = (FutureId, Option<WakeSource>);

/// A race that is over, until its task does anything.
#[derive(Clone, Debug)]
struct Over {
    winner: Winner,
    waiting: Vec<Waiting>,
}

/// The timers that were made at one line, and lost the races of one await.
#[derive(Clone, Debug)]
struct Line {
    task: TaskId,
    made: SiteId,
    awaited: SiteId,
    takes: u32,
    /// Whether they may be timeouts that begin anew: none has fired, and all take the same time.
    is_open: bool,
    /// Those that were dropped with a race that they had lost.
    turns: u32,
    /// When the first was set, when one of that time would have fired, and when the last was dropped.
    first: usize,
    passed: Option<usize>,
    last: usize,
    /// Whether values won all races.
    values: bool,
    /// Whether something came of a turn that another one followed, and the same of the last turn.
    used: bool,
    used_now: bool,
    /// The turns in a row that time ended: when the first began, how many they are, and what was pending in all of them.
    since: usize,
    by_time: u32,
    waiting: Vec<Waiting>,
    /// When those had taken as long as the timeout, from which event on.
    proved: Option<(usize, usize)>,
}

#[derive(Debug, Default)]
pub(super) struct Restarted {
    lines: Vec<Line>,
    /// By timer: which of these it is of, from 1; 0 for none.
    of_timer: Vec<u8>,
    /// The future that was ready last in this poll, and is no race: what it is, and where it is awaited.
    ready: Option<(FutureRole, SiteId)>,
    over: Option<Over>,
}

impl Detector for Restarted {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::PollStarted { .. } => (self.ready, self.over) = (None, None),
            Event::Exited { task, outcome: Outcome::Ready, .. } => self.ready(now, task),
            Event::TimerSet { timer, task, after } if task.is_some() => self.set(now, timer, task, after),
            // A race is dropped before anything is made: what is dropped later was kept outside of it.
            Event::Created { .. } => self.over = None,
            Event::TimerFired { timer, .. } => {
                if let Some(at) = self.line(timer) {
                    self.lines[at].is_open = false;
                }
            }
            Event::TimerCancelled { timer, .. } => {
                if let (Some(at), Some(over)) = (self.line(timer), &self.over) {
                    self.lines[at].turn(now, over);
                }
            }
            Event::Dropped { task, .. } => self.tell(now, Some(task), found),
            Event::Ended { .. } => self.tell(now, None, found),
            _ => {}
        }
        if let Some(task) = now.state.running.filter(|&task| is_use(now, task)) {
            self.over = None;
            self.lines.iter_mut().filter(|line| line.task == task).for_each(|line| line.used_now = true);
        }
    }
}

/// Whether the task does something with this event that is no part of a race, of its timers and wakers.
fn is_use(now: &Moment<'_>, task: TaskId) -> bool {
    match now.event {
        Event::PollStarted { .. }
        | Event::Created { .. }
        | Event::Discarded { .. }
        | Event::Exited { .. }
        | Event::Asked { .. }
        | Event::FoundEmpty { .. }
        | Event::Wrapped { .. }
        | Event::WakerCloned { .. }
        | Event::WakerDropped { .. }
        | Event::WakerHeld { .. }
        | Event::WakerReleased { .. }
        | Event::TimerSet { .. }
        | Event::TimerCancelled { .. } => false,
        // A race, one of its futures, or one around it.
        Event::Entered { .. } => now.leaves.innermost(task).is_none_or(|leaf| {
            let is_raced =
                now.leaves.of(task).iter().any(|other| other.role.is_race() && leaf.around.contains(&other.id));
            !leaf.role.is_race() && !is_raced && leaf.polls == 1
        }),
        _ => true,
    }
}

impl Restarted {
    fn ready(&mut self, now: &Moment<'_>, task: TaskId) {
        let Some(leaf) = now.leaves.exited(Outcome::Ready) else { return };
        if !leaf.role.is_race() {
            (self.ready, self.over) = (Some((leaf.role, leaf.site)), None);
            return;
        }
        let winner = match self.ready {
            Some((FutureRole::Channel, site)) if site == leaf.site => Winner::Value,
            Some((FutureRole::Timer, site)) if site == leaf.site => Winner::Time,
            _ => Winner::Other,
        };
        let lost = now.leaves.of(task).iter().filter(|leaf| leaf.let_go && leaf.role != FutureRole::Timer);
        let waiting = lost.map(|leaf| (leaf.id, leaf.left_with)).collect();
        self.over = Some(Over { winner, waiting });
    }

    fn set(&mut self, now: &Moment<'_>, timer: TimerId, task: TaskId, takes: u32) {
        let Some(leaf) = now.leaves.innermost(task).filter(|leaf| leaf.role == FutureRole::Timer) else { return };
        let (made, awaited) = (leaf.made, leaf.site);
        let race = now.leaves.of(task).iter().find(|race| leaf.around.last() == Some(&race.id));
        if !race.is_some_and(|race| race.role.is_race() && race.site == awaited) {
            return;
        }
        let same = self.lines.iter().position(|t| (t.task, t.made, t.awaited) == (task, made, awaited));
        // Where there are very many lines of timers, the first ones are looked at.
        let Some(at) = same.or((self.lines.len() < MOST).then_some(self.lines.len())) else { return };
        match self.lines.get_mut(at) {
            Some(line) => {
                line.is_open &= line.takes == takes;
                line.used |= std::mem::take(&mut line.used_now);
            }
            None => self.lines.push(Line::new(task, made, awaited, takes, now.i)),
        }
        let line = &mut self.lines[at];
        if line.by_time == 0 {
            line.since = now.i;
        }
        self.of_timer.resize(self.of_timer.len().max(timer.0 as usize + 1), 0);
        self.of_timer[timer.0 as usize] = at as u8 + 1;
    }

    /// The line that a timer is of.
    fn line(&self, timer: TimerId) -> Option<usize> {
        usize::from(*self.of_timer.get(timer.0 as usize)?).checked_sub(1)
    }

    /// The task is over, or the run: none of its timers will fire.
    fn tell(&mut self, now: &Moment<'_>, task: Option<TaskId>, found: &mut Vec<Finding>) {
        for line in self.lines.iter_mut().filter(|line| task.is_none_or(|task| line.task == task)) {
            if std::mem::take(&mut line.is_open) {
                found.extend(line.finding(now));
            }
        }
    }
}

impl Line {
    fn new(task: TaskId, made: SiteId, awaited: SiteId, takes: u32, first: usize) -> Line {
        Line {
            task,
            made,
            awaited,
            takes,
            is_open: true,
            turns: 0,
            first,
            passed: None,
            last: first,
            values: true,
            used: false,
            used_now: false,
            since: first,
            by_time: 0,
            waiting: Vec::new(),
            proved: None,
        }
    }

    /// Whether the timeout is over between two events.
    fn is_over(&self, now: &Moment<'_>, from: usize, to: usize) -> bool {
        now.trace.time(to) - now.trace.time(from) >= u64::from(self.takes) * now.trace.unit.per_ms()
    }

    /// A timer is dropped with the race that it has lost.
    fn turn(&mut self, now: &Moment<'_>, over: &Over) {
        self.turns += 1;
        (self.last, self.used_now) = (now.i, false);
        self.values &= over.winner == Winner::Value;
        if self.passed.is_none() && self.is_over(now, self.first, now.i) {
            self.passed = Some(now.i);
        }
        if over.winner != Winner::Time {
            self.by_time = 0;
            return;
        }
        let same = |a: &Waiting, b: &Waiting| a.0 == b.0 || a.1.is_some() && a.1 == b.1;
        match self.by_time {
            0 => self.waiting.clone_from(&over.waiting),
            _ => self.waiting.retain(|one| over.waiting.iter().any(|other| same(one, other))),
        }
        self.by_time += 1;
        let is_proved = self.by_time >= TURNS && !self.waiting.is_empty() && self.is_over(now, self.since, now.i);
        if is_proved && self.proved.is_none() {
            self.proved = Some((self.since, now.i));
        }
    }

    fn finding(&self, now: &Moment<'_>) -> Option<Finding> {
        let &Line { task: TaskId(task), turns: times, takes: ms, .. } = self;
        let lasted = now.trace.unit.to_ms(now.trace.time(self.last) - now.trace.time(self.first));
        let mut proof = vec![self.first];
        let cause = match (self.proved, self.passed) {
            (Some((since, proved)), _) => {
                proof.extend([since, proved]);
                Cause::TimeoutRestarts { task, times, ms, lasted }
            }
            (None, Some(passed)) if times >= TURNS && self.values && !self.used => {
                proof.push(passed);
                Cause::TimeoutOfEachTurn { task, times, ms, lasted }
            }
            _ => return None,
        };
        proof.push(self.last);
        insertion_sort(&mut proof, |&event| event);
        proof.dedup();
        let at = if self.made.is_some() { self.made } else { self.awaited };
        Some(now.finding_at(at, &proof, cause).awaited(Place::of(now.trace, self.awaited)))
    }
}
