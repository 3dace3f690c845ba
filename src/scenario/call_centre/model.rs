//! Three staffings that cannot run here, simulated: threads need cores, and a page has one thread.
//!
//! A *clerk* is a thread, a *chair* is a core: a clerk speaks only when seated. A clerk keeps one call from its
//! first word to its last. Sitting down costs a change of seat each time, even on a chair that is still warm.

use super::calls::{Calls, Plan};
use crate::trace::tracks::{Entry, Phase};
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

impl Rules {
    /// As many clerks as chairs, each with a chair of their own: one clerk, or a pool.
    pub(super) const fn seated(clerks: u32) -> Self {
        Rules { clerks, chairs: clerks, keeps_chair: true, change: 0 }
    }
}

/// What a simulation notifies of every step.
pub(super) trait Observer {
    /// A call goes on to its next phase, at a time that never falls. The entry's worker is the clerk's seat.
    fn entered(&mut self, entry: Entry);
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
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

/// A simulation under way: it holds what is going on, never the calls that are over or yet to come.
pub(super) struct Simulation<T> {
    rules: Rules,
    calls: Calls,
    /// The next caller to come.
    next: u32,
    due: BinaryHeap<Reverse<Planned>>,
    order: u64,
    callers: VecDeque<u32>,
    free_clerks: u32,
    /// Calls whose clerk wants a seat, and for which part.
    standing: VecDeque<(u32, bool)>,
    free_chairs: BinaryHeap<Reverse<u32>>,
    pub(super) observer: T,
}

impl<T: Observer> Simulation<T> {
    pub(super) fn new(rules: Rules, calls: Calls, observer: T) -> Self {
        Simulation {
            rules,
            calls,
            next: 0,
            due: BinaryHeap::new(),
            order: 0,
            callers: VecDeque::new(),
            free_clerks: rules.clerks,
            standing: VecDeque::new(),
            free_chairs: (0..rules.chairs).map(Reverse).collect(),
            observer,
        }
    }

    /// Goes on until nothing is due.
    pub(super) fn run(&mut self) {
        while self.step() {}
    }

    fn step(&mut self) -> bool {
        let comes = (self.next < self.calls.len()).then(|| self.calls.arrives(self.next));
        let due = self.due.peek().map(|Reverse((at, ..))| *at);
        let now = match (comes, due) {
            // A caller who comes is there before anything is done about it.
            (Some(now), due) if due.is_none_or(|at| now <= at) => {
                self.enter(now, Phase::Arrived, self.next, 0);
                self.callers.push_back(self.next);
                self.next += 1;
                now
            }
            _ => {
                let Some(Reverse((now, _, due, call, seat))) = self.due.pop() else { return false };
                self.happen(now, due, call, seat);
                now
            }
        };
        self.seat_clerks(now);
        true
    }

    fn enter(&mut self, time: u64, phase: Phase, call: u32, seat: u32) {
        self.observer.entered(Entry { time, phase, task: call, worker: seat });
    }

    fn plan(&mut self, at: u64, due: Due, call: u32, seat: u32) {
        self.order += 1;
        self.due.push(Reverse((at, self.order, due, call, seat)));
    }

    fn happen(&mut self, now: u64, due: Due, call: u32, seat: u32) {
        let Plan { dial, ring, talk, .. } = self.calls.get(call);
        match due {
            Due::Speaks { second: false } => {
                self.enter(now, Phase::Computing, call, seat);
                self.plan(now + u64::from(dial), Due::Dialled, call, seat);
            }
            Due::Dialled => {
                let keeps = self.rules.keeps_chair;
                self.enter(now, if keeps { Phase::Blocked } else { Phase::Waiting }, call, seat);
                self.plan(now + u64::from(ring), Due::Answers, call, seat);
                if !keeps {
                    self.free_chairs.push(Reverse(seat));
                }
            }
            Due::Answers if self.rules.keeps_chair => self.happen(now, Due::Speaks { second: true }, call, seat),
            Due::Answers => {
                self.enter(now, Phase::Ready, call, seat);
                self.standing.push_back((call, true));
            }
            Due::Speaks { second: true } => {
                self.enter(now, Phase::Computing, call, seat);
                self.plan(now + u64::from(talk), Due::Ends, call, seat);
            }
            Due::Ends => {
                self.enter(now, Phase::Finished, call, seat);
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
                self.enter(now, Phase::Switching, call, seat);
                self.plan(now + u64::from(self.rules.change), Due::Speaks { second }, call, seat);
            } else {
                self.happen(now, Due::Speaks { second }, call, seat);
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Lines(Vec<String>);

    impl Observer for Lines {
        fn entered(&mut self, Entry { time, phase, task, worker }: Entry) {
            self.0.push(format!("{time} {phase:?} {task} {worker}"));
        }
    }

    fn check(rules: Rules, gap: u32, expected: &[&str]) {
        let calls = Calls::ringing(gap, 1, 1, [5, 5].into());
        let mut simulation = Simulation::new(rules, calls, Lines::default());
        simulation.run();
        assert_eq!(simulation.observer.0, expected);
    }

    #[test]
    fn one_clerk_serves_one_call_after_the_other() {
        let rules = Rules::seated(1);
        let first =
            ["0 Arrived 0 0", "0 Computing 0 0", "1 Blocked 0 0", "2 Arrived 1 0", "6 Computing 0 0", "7 Finished 0 0"];
        let second = ["7 Computing 1 0", "8 Blocked 1 0", "13 Computing 1 0", "14 Finished 1 0"];
        check(rules, 2, &[&first[..], &second[..]].concat());
    }

    #[test]
    fn clerks_share_a_chair_while_it_rings() {
        let rules = Rules { clerks: 2, chairs: 1, keeps_chair: false, change: 1 };
        let expected = [
            "0 Arrived 0 0",
            "0 Switching 0 0",
            "0 Arrived 1 0",
            "1 Computing 0 0",
            "2 Waiting 0 0",
            "2 Switching 1 0",
            "3 Computing 1 0",
            "4 Waiting 1 0",
            "7 Ready 0 0",
            "7 Switching 0 0",
            "8 Computing 0 0",
            "9 Ready 1 0",
            "9 Finished 0 0",
            "9 Switching 1 0",
            "10 Computing 1 0",
            "11 Finished 1 0",
        ];
        check(rules, 0, &expected);
    }

    /// When each call is served, in order, by a list of all that is due which is read through each time: every
    /// caller stands in it from the start.
    fn served_by_brute_force(rules: Rules, calls: &Calls) -> Vec<(u64, u32)> {
        #[derive(Clone, Copy)]
        enum What {
            Comes,
            Dials,
            Rings,
            Answers,
            Talks,
            Ends,
        }
        let mut due: Vec<(u64, What, u32)> = (0..calls.len()).map(|i| (calls.arrives(i), What::Comes, i)).collect();
        let (mut clerks, mut chairs) = (rules.clerks, rules.chairs);
        let (mut callers, mut standing, mut served) = (Vec::new(), Vec::new(), Vec::new());
        while !due.is_empty() {
            // The first of the earliest.
            let first = (0..due.len()).min_by_key(|&i| due[i].0).expect("something is due");
            let (now, what, call) = due.remove(first);
            let plan = calls.get(call);
            let mut later = |after: u32, what| due.push((now + u64::from(after), what, call));
            match what {
                What::Comes => callers.push(call),
                What::Dials => later(plan.dial, What::Rings),
                What::Rings => {
                    chairs += u32::from(!rules.keeps_chair);
                    later(plan.ring, What::Answers);
                }
                What::Answers if rules.keeps_chair => later(plan.talk, What::Ends),
                What::Answers => standing.push((call, What::Talks)),
                What::Talks => later(plan.talk, What::Ends),
                What::Ends => {
                    served.push((now, call));
                    clerks += 1;
                    chairs += 1;
                }
            }
            while clerks > 0 && !callers.is_empty() {
                clerks -= 1;
                standing.push((callers.remove(0), What::Dials));
            }
            while chairs > 0 && !standing.is_empty() {
                chairs -= 1;
                let (call, what) = standing.remove(0);
                let plan = calls.get(call);
                // Without a change of seat the clerk speaks at once.
                match (rules.change, what) {
                    (0, What::Dials) => due.push((now + u64::from(plan.dial), What::Rings, call)),
                    (0, _) => due.push((now + u64::from(plan.talk), What::Ends, call)),
                    (change, what) => due.push((now + u64::from(change), what, call)),
                }
            }
        }
        served
    }

    #[derive(Default)]
    struct Served(Vec<(u64, u32)>);

    impl Observer for Served {
        fn entered(&mut self, Entry { time, phase, task, .. }: Entry) {
            if phase == Phase::Finished {
                self.0.push((time, task));
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn simulation_serves_as_brute_force_does(
            (clerks, chairs, keeps, change) in (1..6_u32, 1..6_u32, proptest::bool::ANY, 0..3_u32),
            (gap, dial, talk) in (0..5_u32, 0..4_u32, 0..4_u32),
            rings in proptest::collection::vec(0..12_u32, 1..40),
        ) {
            let rules = if keeps { Rules::seated(clerks) } else { Rules { clerks, chairs, keeps_chair: false, change } };
            let calls = Calls::ringing(gap, dial, talk, rings.into());
            let mut simulation = Simulation::new(rules, calls.clone(), Served::default());
            simulation.run();
            let served = served_by_brute_force(rules, &calls);
            proptest::prop_assert_eq!(&simulation.observer.0, &served);
            // One after the other, or each by the clerk who is free first: that needs no simulation.
            if rules.keeps_chair {
                let mut free = vec![0_u64; rules.clerks as usize];
                let mut ends: Vec<u64> = calls.iter().map(|plan| {
                    let clerk = (0..free.len()).min_by_key(|&c| free[c]).expect("there is a clerk");
                    free[clerk] = free[clerk].max(plan.arrives) + u64::from(plan.dial + plan.ring + plan.talk);
                    free[clerk]
                }).collect();
                ends.sort_unstable();
                proptest::prop_assert_eq!(served.iter().map(|&(now, _)| now).collect::<Vec<_>>(), ends);
            }
        }
    }
}
