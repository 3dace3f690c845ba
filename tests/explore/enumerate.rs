//! Every order of a program's polls, one after the other: what the reduction is compared with. It shares no code with it.

use super::program::{Program, tasks};
use pollscope::clock::VirtualClock;
use pollscope::executor::{Chosen, Executor, Ready};
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::{Event, TimeUnit};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// What a run came to: how it ended, and its lines, sorted or in their order.
pub(crate) type Outcome = (String, Vec<String>);

/// What all orders come to, and how many there are; none if there are more than `most`.
pub(crate) fn enumerate(program: &Program, lines_in_order: bool, most: usize) -> Option<(BTreeSet<Outcome>, usize)> {
    let mut outcomes = BTreeSet::new();
    // Of each choice of the run: which place it fell on, and how many there were.
    let choices: Rc<RefCell<Vec<(usize, usize)>>> = Rc::default();
    for orders in 1..=most {
        outcomes.insert(run(program, &choices, lines_in_order));
        let choices = &mut *choices.borrow_mut();
        while choices.last().is_some_and(|&(place, count)| place + 1 == count) {
            choices.pop();
        }
        match choices.last_mut() {
            Some((place, _)) => *place += 1,
            None => return Some((outcomes, orders)),
        }
    }
    None
}

fn run(program: &Program, choices: &Rc<RefCell<Vec<(usize, usize)>>>, lines_in_order: bool) -> Outcome {
    let (choices, at) = (choices.clone(), std::cell::Cell::new(0));
    let policy = Chosen(move |ready: Ready<'_>| {
        let choices = &mut *choices.borrow_mut();
        let choice = at.replace(at.get() + 1);
        if choice == choices.len() {
            choices.push((0, ready.count()));
        }
        choices[choice].0
    });
    let recorder = TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None);
    let executor = Executor::with_policy(recorder, Rc::new(VirtualClock::default()), policy);
    for task in executor.inside(|| tasks(program)) {
        drop(executor.spawn("task", task));
    }
    executor.run();
    let trace = executor.recorder().finish();
    let (mut end, mut lines) = (String::new(), Vec::new());
    for i in 0..trace.len() {
        match trace.event(i) {
            Event::Logged { text, .. } => lines.push(trace.name(text).to_owned()),
            Event::Ended { end: ended } => end = format!("{ended:?}"),
            _ => {}
        }
    }
    if !lines_in_order {
        lines.sort();
    }
    (end, lines)
}
