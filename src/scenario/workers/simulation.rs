//! Tasks over several workers, simulated: the model of one schedule.

use super::probe::{Probe, Then};
use super::{Make, Rules};
use crate::sorting::sorted;
use crate::trace::tracks::{Entry, Phase, Spent};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::future::Future;
use std::pin::Pin;

/// A task: its future, and what is left of the poll that it is in.
struct Task {
    future: Option<Pin<Box<dyn Future<Output = ()>>>>,
    pieces: VecDeque<Piece>,
    then: Option<Then>,
}

/// Time to be spent inside of a poll.
struct Piece {
    spent: Spent,
    left: u32,
    /// Whether it has begun on the worker that has the task now.
    begun: bool,
}

/// When; and in which order of planning.
type When = (u64, u64);

/// A simulation under way.
pub(super) struct Simulation {
    rules: Rules,
    probe: Probe,
    tasks: Vec<Task>,
    /// The tasks that could go on, in the order in which they became so.
    line: VecDeque<u32>,
    idle: BinaryHeap<Reverse<u32>>,
    /// When which worker is done with its task, or with its slice of it.
    ends: BinaryHeap<Reverse<(When, u32, u32)>>,
    /// Until when which task waits.
    waits: BinaryHeap<Reverse<(When, u32)>>,
    planned: u64,
    now: u64,
    cut: Option<u64>,
    entries: Vec<Entry>,
}

impl Simulation {
    pub(super) fn new(rules: Rules, tasks: u32, make: &Make, probe: Probe) -> Self {
        let task = |i| Task { future: Some(make(i)), pieces: VecDeque::new(), then: None };
        Simulation {
            rules,
            probe,
            tasks: (0..tasks).map(task).collect(),
            line: (0..tasks).collect(),
            idle: (0..rules.workers).map(Reverse).collect(),
            ends: BinaryHeap::new(),
            waits: BinaryHeap::new(),
            planned: 0,
            now: 0,
            cut: None,
            entries: Vec::new(),
        }
    }

    /// Goes on until nothing is due. After `room` entries it is cut off.
    pub(super) fn run(&mut self, room: usize) {
        loop {
            self.hand_out();
            let end = self.ends.peek().map(|Reverse(((at, _), ..))| *at);
            // A busy worker does not look at timers.
            let wake = self.waits.peek().filter(|_| !self.idle.is_empty()).map(|Reverse(((at, _), _))| *at);
            let Some(next) = end.into_iter().chain(wake).min() else { return };
            if self.entries.len() > room {
                self.cut = Some(self.now);
                return;
            }
            self.now = next.max(self.now);
            while let Some(&Reverse(((at, _), worker, task))) = self.ends.peek()
                && at <= self.now
            {
                self.ends.pop();
                self.end_slice(worker, task);
            }
            self.wake();
        }
    }

    /// When it was cut off, if it was.
    pub(super) fn cut(&self) -> Option<u64> {
        self.cut
    }

    /// The steps up to a time, in its order, as far as the simulation came.
    pub(super) fn entries(&self, until: u64) -> Vec<Entry> {
        let until = self.cut.unwrap_or(u64::MAX).min(until);
        let steps = self.entries.iter().enumerate().filter(|(_, entry)| entry.time <= until);
        // Those of one time stay as they were entered.
        let order = sorted(steps.map(|(nth, entry)| (entry.time, nth)).collect());
        order.into_iter().map(|(_, nth)| self.entries[nth]).collect()
    }

    fn enter(&mut self, time: u64, phase: Phase, task: u32, worker: u32) {
        self.entries.push(Entry { time, phase, task, worker });
    }

    fn when(&mut self, at: u64) -> When {
        self.planned += 1;
        (at, self.planned)
    }

    /// Those who have waited long enough stand in line.
    fn wake(&mut self) {
        while let Some(&Reverse(((at, _), task))) = self.waits.peek()
            && at <= self.now
        {
            self.waits.pop();
            self.enter(at, Phase::Ready, task, 0);
            self.line.push_back(task);
        }
    }

    /// Idle workers take tasks, each in order.
    fn hand_out(&mut self) {
        while !self.line.is_empty()
            && let Some(Reverse(worker)) = self.idle.pop()
            && let Some(task) = self.line.pop_front()
        {
            let mut at = self.now;
            if self.rules.switch > 0 {
                self.enter(at, Phase::Switching, task, worker);
                at += u64::from(self.rules.switch);
            }
            let t = &mut self.tasks[task as usize];
            t.pieces.iter_mut().for_each(|piece| piece.begun = false);
            if t.then.is_none()
                && let Some(future) = &mut t.future
            {
                let polled = self.probe.poll(at, future.as_mut());
                let piece = |(spent, left)| Piece { spent, left, begun: false };
                t.pieces = polled.pieces.into_iter().map(piece).collect();
                t.then = Some(polled.then);
                if polled.then == Then::Done
                    && let Some(future) = t.future.take()
                {
                    self.probe.drop(future);
                }
            }
            self.slice(at, worker, task);
        }
    }

    /// A worker has a task from now on: for a slice, or to the end of the poll.
    fn slice(&mut self, now: u64, worker: u32, task: u32) {
        let (mut time, mut left) = (now, self.rules.slice.unwrap_or(u32::MAX));
        while left > 0
            && let Some(piece) = self.tasks[task as usize].pieces.front_mut()
        {
            let part = piece.left.min(left);
            piece.left -= part;
            let (spent, begun, over) = (piece.spent, piece.begun, piece.left == 0);
            piece.begun = true;
            if over {
                self.tasks[task as usize].pieces.pop_front();
            }
            if !begun {
                let phase = match spent {
                    Spent::Computing => Phase::Computing,
                    Spent::Blocked => Phase::Blocked,
                    Spent::Looking => Phase::Looking,
                };
                self.enter(time, phase, task, worker);
            }
            left -= part;
            time += u64::from(part);
        }
        let end = self.when(time);
        self.ends.push(Reverse((end, worker, task)));
    }

    fn end_slice(&mut self, worker: u32, task: u32) {
        let now = self.now;
        let t = &mut self.tasks[task as usize];
        if !t.pieces.is_empty() {
            self.wake();
            if self.line.is_empty() {
                return self.slice(now, worker, task);
            }
            self.enter(now, Phase::Preempted, task, worker);
            self.line.push_back(task);
        } else {
            match t.then.take() {
                Some(Then::Waits(ms)) => {
                    self.enter(now, Phase::Waiting, task, worker);
                    let end = self.when(now + ms);
                    self.waits.push(Reverse((end, task)));
                }
                Some(Then::Again) => {
                    self.enter(now, Phase::Ready, task, worker);
                    self.line.push_back(task);
                }
                Some(Then::Done) => self.enter(now, Phase::Finished, task, worker),
                Some(Then::Never) | None => self.enter(now, Phase::Waiting, task, worker),
            }
        }
        self.idle.push(Reverse(worker));
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::prelude::{compute, sleep};

    async fn task(first: u32, wait: u32, then: u32) {
        compute(first);
        sleep(wait).await;
        compute(then);
    }

    /// The entries of tasks, each with its parts in ms: the time, the phase, the task and its worker.
    fn entries(rules: Rules, tasks: &[[u32; 3]]) -> Vec<(u64, Phase, u32, u32)> {
        let parts = tasks.to_vec();
        let make = move |i: u32| -> Pin<Box<dyn Future<Output = ()>>> {
            let [first, wait, then] = parts[i as usize];
            Box::pin(task(first, wait, then))
        };
        let mut simulation = Simulation::new(rules, tasks.len() as u32, &make, Probe::new(&[]));
        simulation.run(usize::MAX);
        assert_eq!(simulation.cut(), None);
        let row = |Entry { time, phase, task, worker }| (time, phase, task, worker);
        simulation.entries(u64::MAX).into_iter().map(row).collect()
    }

    #[test]
    fn slice_that_is_over_lets_others_in_and_waits_count_from_the_end() {
        let rules = Rules { workers: 1, slice: Some(4), switch: 1 };
        use Phase::{Computing, Finished, Preempted, Ready, Switching, Waiting};
        let expected = [
            (0, Switching, 0, 0),
            (1, Computing, 0, 0),
            (5, Preempted, 0, 0),
            (5, Switching, 1, 0),
            (6, Computing, 1, 0),
            (8, Waiting, 1, 0),
            (8, Switching, 0, 0),
            (9, Computing, 0, 0),
            // Nobody stands in line at 13: no switch.
            (15, Waiting, 0, 0),
            (18, Ready, 1, 0),
            (18, Switching, 1, 0),
            (19, Computing, 1, 0),
            (20, Finished, 1, 0),
            (25, Ready, 0, 0),
            (25, Switching, 0, 0),
            (26, Computing, 0, 0),
            (27, Finished, 0, 0),
        ];
        assert_eq!(entries(rules, &[[10, 10, 1], [2, 10, 1]]), expected);
    }

    #[test]
    fn simulation_without_room_says_when_it_was_cut_off() {
        let make = |_| -> Pin<Box<dyn Future<Output = ()>>> { Box::pin(task(5, 5, 5)) };
        let mut simulation = Simulation::new(Rules::cooperative(2), 100, &make, Probe::new(&[]));
        simulation.run(20);
        assert_eq!(simulation.cut(), Some(20));
        assert!(simulation.entries(u64::MAX).iter().all(|entry| entry.time <= 20));
    }

    proptest::proptest! {
        /// Whatever the rules: each task gets its time and waits its time, no worker has two tasks, and none is idle while a
        /// task stands in line.
        #[test]
        fn workers_are_never_idle_while_somebody_stands_in_line(
            (workers, slice, switch) in (1..5_u32, proptest::option::of(1..6_u32), 0..3_u32),
            tasks in proptest::collection::vec([0..12_u32, 0..20, 0..12], 1..20),
        ) {
            let rows = entries(Rules { workers, slice, switch }, &tasks);
            let mut now: Vec<(u64, Phase, u32)> = vec![(0, Phase::Ready, 0); tasks.len()];
            let mut computed = vec![0; tasks.len()];
            for at in rows.chunk_by(|a, b| a.0 == b.0) {
                for &(time, phase, task, worker) in at {
                    let (since, before, _) = std::mem::replace(&mut now[task as usize], (time, phase, worker));
                    match before {
                        Phase::Computing => computed[task as usize] += time - since,
                        Phase::Waiting => proptest::prop_assert_eq!(time - since, u64::from(tasks[task as usize][1])),
                        Phase::Switching => proptest::prop_assert_eq!(time - since, u64::from(switch)),
                        _ => {}
                    }
                }
                let of = |phases: &[Phase]| now.iter().filter(|(_, p, _)| phases.contains(p)).map(|n| n.2).collect::<Vec<_>>();
                let (busy, line) = (of(&[Phase::Computing, Phase::Switching]), of(&[Phase::Ready, Phase::Preempted]));
                let distinct: std::collections::BTreeSet<u32> = busy.iter().copied().collect();
                proptest::prop_assert_eq!(distinct.len(), busy.len(), "at {}", at[0].0);
                proptest::prop_assert!(line.is_empty() || busy.len() == workers as usize, "at {}", at[0].0);
            }
            proptest::prop_assert!(now.iter().all(|(_, phase, _)| *phase == Phase::Finished));
            let own: Vec<u64> = tasks.iter().map(|t| u64::from(t[0] + t[2])).collect();
            proptest::prop_assert_eq!(computed, own);
        }
    }
}
