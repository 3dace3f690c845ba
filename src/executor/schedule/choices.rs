//! Choices: where a run could have polled another task, and where it is to.

use super::super::policy::Run;
use super::plan::{Intervention, What};
use crate::alloc::uncounted;
use crate::trace::ids::TaskId;

/// The choices of one run. A *choice* is a poll with two or more who are ready; they are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Which choices are not to fall on the first in line, in order, and on whose place instead.
    deviations: Vec<(u32, u32)>,
    /// Of each choice so far, how many were ready.
    ready: Vec<u32>,
    /// The same deviations, as changes of the run.
    made: Vec<Intervention>,
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

    /// The deviations so far, as changes of the run.
    pub fn made(&self) -> &[Intervention] {
        &self.made
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
            let change = Intervention { at: run.events() as u32, what: What::Next(task) };
            uncounted(|| self.made.push(change));
        }
        chosen
    }
}
