//! Three staffings that cannot run here, simulated: threads need cores, and a page has one thread.
//!
//! A *clerk* is a thread, a *chair* is a core: a clerk speaks only when seated. A clerk keeps one call from its
//! first word to its last. Sitting down costs a change of seat each time, even on a chair that is still warm.

use crate::trace::Event;
use crate::trace::event::Phase;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// How the clerks sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) clerks: u32,
    pub(super) chairs: u32,
    /// Whether a clerk keeps the chair while it rings.
    pub(super) keeps_chair: bool,
    /// What a change of seat costs, in ms.
    pub(super) change: u32,
}

/// One call to be made: when the caller comes, and how long each part takes, in ms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) arrives: u64,
    pub(super) dial: u32,
    pub(super) ring: u32,
    pub(super) talk: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Arrives,
    /// Seated for its first or its second part.
    Speaks {
        second: bool,
    },
    Dialled,
    Answers,
    Ends,
}

/// What is due: when, in which order of planning, what, of which call, on which seat.
type Planned = (u64, u64, Due, u32, u32);

struct Simulation<'a> {
    rules: Rules,
    staffing: u8,
    plans: &'a [Plan],
    due: BinaryHeap<Reverse<Planned>>,
    order: u64,
    callers: VecDeque<u32>,
    free_clerks: u32,
    /// Calls whose clerk wants a seat, and for which part.
    standing: VecDeque<(u32, bool)>,
    free_chairs: BinaryHeap<Reverse<u32>>,
    events: Vec<(u64, Event)>,
}

/// Simulates a staffing; the events are in order of time.
pub(super) fn simulate(rules: Rules, staffing: u8, plans: &[Plan]) -> Vec<(u64, Event)> {
    let mut s = Simulation {
        rules,
        staffing,
        plans,
        due: BinaryHeap::new(),
        order: 0,
        callers: VecDeque::new(),
        free_clerks: rules.clerks,
        standing: VecDeque::new(),
        free_chairs: (0..rules.chairs).map(Reverse).collect(),
        events: Vec::with_capacity(plans.len() * 6),
    };
    for (call, plan) in plans.iter().enumerate() {
        s.plan(plan.arrives, Due::Arrives, call as u32, 0);
    }
    while let Some(Reverse((now, _, due, call, seat))) = s.due.pop() {
        s.happen(now, due, call, seat);
        s.seat_clerks(now);
    }
    s.events
}

impl Simulation<'_> {
    fn plan(&mut self, at: u64, due: Due, call: u32, seat: u32) {
        self.order += 1;
        self.due.push(Reverse((at, self.order, due, call, seat)));
    }

    fn record(&mut self, now: u64, phase: Phase, call: u32, seat: u32) {
        self.events.push((now, Event::Model { staffing: self.staffing, phase, call, seat }));
    }

    fn happen(&mut self, now: u64, due: Due, call: u32, seat: u32) {
        let Plan { dial, ring, talk, .. } = self.plans[call as usize];
        match due {
            Due::Arrives => {
                self.record(now, Phase::Arrived, call, 0);
                self.callers.push_back(call);
            }
            Due::Speaks { second: false } => {
                self.record(now, Phase::Dialling, call, seat);
                self.plan(now + u64::from(dial), Due::Dialled, call, seat);
            }
            Due::Dialled => {
                self.record(now, Phase::Ringing, call, seat);
                self.plan(now + u64::from(ring), Due::Answers, call, seat);
                if !self.rules.keeps_chair {
                    self.free_chairs.push(Reverse(seat));
                }
            }
            Due::Answers if self.rules.keeps_chair => self.happen(now, Due::Speaks { second: true }, call, seat),
            Due::Answers => {
                self.record(now, Phase::Answered, call, seat);
                self.standing.push_back((call, true));
            }
            Due::Speaks { second: true } => {
                self.record(now, Phase::Talking, call, seat);
                self.plan(now + u64::from(talk), Due::Ends, call, seat);
            }
            Due::Ends => {
                self.record(now, Phase::Served, call, seat);
                self.free_chairs.push(Reverse(seat));
                self.free_clerks += 1;
            }
        }
    }

    /// Free clerks take callers, standing clerks take chairs, each in order.
    fn seat_clerks(&mut self, now: u64) {
        while self.free_clerks > 0
            && let Some(call) = self.callers.pop_front()
        {
            self.free_clerks -= 1;
            self.standing.push_back((call, false));
        }
        while let Some(&(call, second)) = self.standing.front()
            && let Some(Reverse(seat)) = self.free_chairs.pop()
        {
            self.standing.pop_front();
            if self.rules.change > 0 {
                self.record(now, Phase::Seated, call, seat);
                self.plan(now + u64::from(self.rules.change), Due::Speaks { second }, call, seat);
            } else {
                self.happen(now, Due::Speaks { second }, call, seat);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rules: Rules, gap: u64, expected: &[&str]) {
        let plan = |i| Plan { arrives: i * gap, dial: 1, ring: 5, talk: 1 };
        let events = simulate(rules, 0, &[plan(0), plan(1)]);
        let line = |(t, e): &(u64, Event)| match e {
            Event::Model { phase, call, seat, .. } => format!("{t} {phase:?} {call} {seat}"),
            _ => unreachable!("a model records only its own events"),
        };
        assert_eq!(events.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn one_clerk_serves_one_call_after_the_other() {
        let rules = Rules { clerks: 1, chairs: 1, keeps_chair: true, change: 0 };
        let first =
            ["0 Arrived 0 0", "0 Dialling 0 0", "1 Ringing 0 0", "2 Arrived 1 0", "6 Talking 0 0", "7 Served 0 0"];
        let second = ["7 Dialling 1 0", "8 Ringing 1 0", "13 Talking 1 0", "14 Served 1 0"];
        check(rules, 2, &[&first[..], &second[..]].concat());
    }

    #[test]
    fn clerks_share_a_chair_while_it_rings() {
        let rules = Rules { clerks: 2, chairs: 1, keeps_chair: false, change: 1 };
        let expected = [
            "0 Arrived 0 0",
            "0 Seated 0 0",
            "0 Arrived 1 0",
            "1 Dialling 0 0",
            "2 Ringing 0 0",
            "2 Seated 1 0",
            "3 Dialling 1 0",
            "4 Ringing 1 0",
            "7 Answered 0 0",
            "7 Seated 0 0",
            "8 Talking 0 0",
            "9 Answered 1 0",
            "9 Served 0 0",
            "9 Seated 1 0",
            "10 Talking 1 0",
            "11 Served 1 0",
        ];
        check(rules, 0, &expected);
    }
}
