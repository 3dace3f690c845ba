//! Choices: where a run could have polled another task, and where it is to.

use super::super::policy::Run;
use super::{Intervention, What};
use crate::alloc::uncounted;
use crate::trace::Trace;
use crate::trace::ids::TaskId;
use crate::trace::moment::{At, moment_of};

/// The choices of one run. A *choice* is a poll with two or more who are ready; they are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Which choices are not to fall on the first in line, in order, and on whose place instead.
    deviations: Vec<(u32, u32)>,
    /// Of each choice so far, how many were ready.
    ready: Vec<u32>,
    /// The same deviations as they were made: after how many events, and who was polled.
    made: Vec<(usize, TaskId)>,
}

impl Choices {
    /// The first in line, but for these deviations.
    pub fn new(deviations: Vec<(u32, u32)>) -> Self {
        Choices { deviations, ..Choices::default() }
    }

    /// Of each choice so far, how many were ready.
    pub fn ready(&self) -> &[u32] {
        &self.ready
    }

    /// The deviations.
    pub fn deviations(&self) -> &[(u32, u32)] {
        &self.deviations
    }

    /// How many deviations were made.
    pub fn made(&self) -> usize {
        self.made.len()
    }

    /// The deviations that were made, as changes of the run that `trace` is the record of.
    pub fn changes(&self, trace: &Trace) -> Vec<Intervention> {
        let change = |&(events, task)| {
            let at = At::Moment(moment_of(trace, events)?);
            Some(Intervention { at, what: What::Next(task) })
        };
        self.made.iter().filter_map(change).collect()
    }

    /// Before a poll: whose turn it is, if not the first's.
    pub(super) fn choose(&mut self, run: &dyn Run) -> Option<TaskId> {
        let mut chosen = None;
        run.ready(&mut |ready| {
            if ready.count() < 2 {
                return;
            }
            let choice = self.ready.len() as u32;
            // What is noted here is no allocation of the run.
            uncounted(|| self.ready.push(ready.count() as u32));
            let place = self.deviations.get(self.made.len()).filter(|d| d.0 == choice).map(|d| d.1 as usize);
            chosen = place.filter(|&place| place < ready.count()).map(|place| ready.task(place));
        });
        if let Some(task) = chosen {
            uncounted(|| self.made.push((run.events(), task)));
        }
        chosen
    }
}
