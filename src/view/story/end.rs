//! Sentences of a run's end: how it ended, when each task was done, and who was late.

use super::part::Part;
use super::rule::Rule;
use super::say::Describe;
use super::sentence::{Builder, Each, Say};
use crate::sorting::insertion_sort;
use crate::trace::Trace;
use crate::trace::event::{End, Event};
use crate::trace::ids::TaskId;
use crate::view::diagnosis::Cause;

impl Rule<'_> {
    /// How the run ended, and what it comes to.
    pub(super) fn say_end(&self, part: &Part, describe: Describe<'_>) -> Vec<Builder> {
        let Event::Ended { end } = self.trace.event(part.at as usize) else { return Vec::new() };
        let tasks: Vec<TaskId> = (1..=self.facts.cast.len()).map(TaskId).collect();
        let (over, left): (Vec<TaskId>, Vec<TaskId>) =
            tasks.iter().partition(|&&task| self.facts.over_at(task).is_some());
        let n = Some(left.len() as u32);
        let blank = |say| self.says(say, part).n(n);
        let say = match end {
            End::Completed => return self.say_completed(part, &over, describe),
            End::Deadlock(_) => {
                let stuck = blank(Say::EndStuck).who(self.who(&left));
                return std::iter::once(stuck).chain(self.say_left_lying(part)).collect();
            }
            End::GaveUp(_) => return vec![blank(Say::EndGaveUp).who(self.who(&left))],
            End::Panicked => Say::EndPanic,
            End::Stopped => Say::EndStopped,
            End::Hung | End::Stack | End::OutOfMemory | End::Trapped => Say::EndCutOff,
            End::Polls(_) | End::Events(_) | End::Memory(_) | End::Time(_) => Say::EndBudget,
        };
        vec![blank(say)]
    }

    /// What lies where nobody comes for it: a timer or data in a driver that nobody turns, or data that was told once. The first of them.
    fn say_left_lying(&self, part: &Part) -> Option<Builder> {
        self.findings.all.iter().find_map(|finding| match &finding.cause {
            Cause::Undriven { task, on, due, .. } => {
                let who = self.who(&[TaskId(*task)]);
                Some(self.says(Say::EndUndriven, part).who(who).thing(Some(on.clone())).due(Some(*due)))
            }
            Cause::UndrivenSocket { task, on, came, bytes, .. } => {
                let sentence = self.says(Say::EndUndrivenSocket, part).who(self.who(&[TaskId(*task)]));
                Some(sentence.thing(Some(on.clone())).due(Some(*came)).size(*bytes))
            }
            Cause::ReadinessMissed { on, since, bytes, .. } => {
                Some(self.says(Say::EndMissed, part).thing(Some(on.clone())).due(Some(*since)).size(*bytes))
            }
            Cause::ReadTooLittle { on, since, bytes, .. } => {
                Some(self.says(Say::EndUnread, part).thing(Some(on.clone())).due(Some(*since)).size(*bytes))
            }
            _ => None,
        })
    }

    fn say_completed(&self, part: &Part, over: &[TaskId], describe: Describe<'_>) -> Vec<Builder> {
        let polls = Some(self.facts.polls);
        let cast = &self.facts.cast;
        let lanes = self.lane_ends();
        if !lanes.is_empty() {
            return vec![self.says(Say::EndLanes, part).each(lanes)];
        }
        if cast.len() == 0 {
            return self.say_program(part, describe);
        }
        let roles = over.iter().all(|&task| cast.size(cast.role(task)) == 1 && !self.facts.is_inner(task));
        let is_apart = roles && (2..super::facts::MANY).contains(&cast.len()) && over.len() == cast.len() as usize;
        let latest = self.facts.latest.beat.filter(|&beat| self.facts.latest.is_of(beat, self.much()));
        let mut said = Vec::new();
        if is_apart && latest.is_none() {
            let mut ends: Vec<(u32, TaskId)> =
                over.iter().map(|&task| (self.facts.over_at(task).unwrap_or(0), task)).collect();
            insertion_sort(&mut ends, |&(at, _)| at);
            let each: Vec<Each> = ends.into_iter().map(|(at, task)| self.each(at as usize, task)).collect();
            said.push(self.says(Say::EndEach, part).each(each));
        } else {
            said.push(self.says(Say::EndDone, part).n(polls));
        }
        let outcome = self.say_outcome(part, if is_apart { over } else { &[] });
        if let Some(outcome) = outcome.filter(|_| latest.is_none()) {
            said.push(outcome);
        } else if let Some(latest) = latest.and_then(|beat| self.facts.noted.get(beat as usize)) {
            let late = Some(self.ms(latest.late));
            said.push(self.says(Say::EndLatest, part).who(self.who(&[latest.beat.task])).by(late));
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
        Each { name, now: self.ms(self.trace.time(at)), polls: polls.filter(|_| is_ready).unwrap_or(0), n: 0 }
    }

    /// When each lane was over, the real one among them.
    fn lane_ends(&self) -> Vec<Each> {
        let trace: &Trace = self.trace;
        let ends = trace.tracks.iter().filter_map(|track| {
            let end = if track.model || track.is_measured() {
                track.entries.last().filter(|_| track.cut.is_none()).map(|entry| entry.time)
            } else {
                self.facts.last_ready.map(|at| trace.time(at as usize))
            };
            Some((end?, track.name))
        });
        let mut ends: Vec<_> = ends.collect();
        insertion_sort(&mut ends, |&(end, _)| end);
        let each = |(end, name)| Each { name: trace.name(name).to_owned(), now: self.ms(end), ..Each::default() };
        ends.into_iter().map(each).collect()
    }
}
