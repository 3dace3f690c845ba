//! Choices: where a run could have polled another task, and where it is to.
//!
//! A *choice* is a poll with two or more tasks ready. What decides it is a [`Guide`]. While a run follows a path, its polls are
//! noted as [`Step`]s, each with its [`Footprint`]; a task is *asleep* at a step if all that begins with its poll there has
//! been explored already.

use super::super::policy::Run;
use super::footprint::{Footprint, Object, Sight};
use super::{Intervention, What};
use crate::alloc::uncounted;
use crate::trace::Event;
use crate::trace::Trace;
use crate::trace::ids::TaskId;
use crate::trace::moment::{At, moment_of};

/// What decides the choices of a run.
#[derive(Clone, Debug)]
pub enum Guide {
    /// The first in line, but for these choices, counted from 0, which fall on that place of the queue instead; in order.
    Deviations(Vec<(u32, u32)>),
    /// The tasks of a path, then the first in line that is not asleep.
    Path(Path),
    /// Any, by chance.
    Chance(fastrand::Rng),
}

/// The first polls of a run.
#[derive(Clone, Debug, Default)]
pub struct Path {
    /// Whose they are.
    pub tasks: Vec<TaskId>,
    /// Who is asleep at the last of them.
    pub asleep: Vec<(TaskId, Footprint)>,
    /// How many of them need not be noted, as they were in a run before.
    pub known: usize,
    /// The [epoch](Step::epoch) behind those.
    pub epoch: u32,
}

/// A poll of a run that follows a path.
#[derive(Clone, Debug)]
pub struct Step {
    /// Who was ready, in the order of the queue.
    pub ready: Vec<TaskId>,
    /// Who was polled.
    pub polled: TaskId,
    /// What that poll used.
    pub footprint: Footprint,
    /// How often the clock had been moved because nothing was ready. All of an earlier epoch comes before all of a later.
    pub epoch: u32,
    /// Who was asleep, with what its poll would use.
    pub asleep: Vec<(TaskId, Footprint)>,
}

/// The choices of one run.
#[derive(Clone, Debug)]
pub struct Choices {
    guide: Guide,
    sight: Sight,
    /// Of each choice so far, how many were ready.
    ready: Vec<u32>,
    /// The choices that did not fall on the first in line: after how many events, and who was polled.
    made: Vec<(usize, TaskId)>,
    /// The polls so far, of a run that follows a path: those behind the known ones.
    steps: Vec<Step>,
    /// Whose polls there were, the known ones included.
    polled: Vec<TaskId>,
    /// Events that were read.
    read: usize,
    epoch: u32,
    /// Who is ready, at this poll.
    now: Vec<TaskId>,
    /// Whether only tasks were ready that were asleep: all that would come after was explored already, and the run is stopped.
    is_redundant: bool,
}

impl Choices {
    /// Choices that all fall on the first in line, but for what is [guided](Self::begin).
    pub fn new(sight: Sight) -> Self {
        Choices {
            guide: Guide::Deviations(Vec::new()),
            sight,
            ready: Vec::new(),
            made: Vec::new(),
            steps: Vec::new(),
            polled: Vec::new(),
            read: 0,
            epoch: 0,
            now: Vec::new(),
            is_redundant: false,
        }
    }

    /// Forgets the run before, and lets a guide decide the choices of the next one.
    pub fn begin(&mut self, guide: Guide) {
        self.guide = guide;
        self.ready.clear();
        self.made.clear();
        self.steps.clear();
        self.polled.clear();
        (self.read, self.epoch, self.is_redundant) = (0, 0, false);
    }

    /// Of each choice so far, how many were ready.
    pub fn ready(&self) -> &[u32] {
        &self.ready
    }

    /// Whose polls there were, in their order.
    pub fn polled(&self) -> &[TaskId] {
        &self.polled
    }

    /// How many deviations from the queue's order were made.
    pub fn made(&self) -> usize {
        self.made.len()
    }

    /// Whether the run turned into one that was explored already, and was stopped there.
    pub fn is_redundant(&self) -> bool {
        self.is_redundant
    }

    /// The polls of the run, which is over and has left this trace; but for those that were [known](Path::known). If it was
    /// [redundant](Self::is_redundant), up to there.
    pub fn take_steps(&mut self, trace: &Trace) -> Vec<Step> {
        if !self.is_redundant {
            let from = self.read;
            (from..trace.len()).for_each(|i| self.see(i, trace.event(i)));
        }
        std::mem::take(&mut self.steps)
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
        // What is noted here is no allocation of the run.
        let chosen = uncounted(|| self.decide(run));
        if let Some(task) = chosen {
            uncounted(|| self.made.push((run.events(), task)));
        }
        chosen
    }

    /// The polled task used an object, which no event says.
    pub(super) fn uses(&mut self, object: Object) {
        if let Some(step) = self.steps.last_mut() {
            uncounted(|| step.footprint.uses(object, matches!(object, Object::Source(_))));
        }
    }

    fn decide(&mut self, run: &dyn Run) -> Option<TaskId> {
        if let Guide::Path(Path { known, epoch, .. }) = self.guide {
            match self.polled.len() {
                before if before < known => {}
                // What was before is known.
                last if last == known && known > 0 => (self.read, self.epoch) = (run.events(), epoch),
                _ => run.read(self.read, &mut |i, event| self.see(i, event)),
            }
        }
        let (first, count) = run.first_ready()?;
        let choice = self.ready.len() as u32;
        if count > 1 {
            self.ready.push(count as u32);
        }
        let place = match &mut self.guide {
            Guide::Path(..) => 0,
            _ if count < 2 => 0,
            Guide::Deviations(deviations) => {
                deviations.get(self.made.len()).filter(|d| d.0 == choice).map_or(0, |d| d.1 as usize)
            }
            Guide::Chance(chance) => chance.u32(0..count as u32) as usize,
        };
        let is_path = matches!(self.guide, Guide::Path(..));
        if is_path || place > 0 {
            self.now.clear();
            run.ready(&mut self.now);
        }
        let task = match place {
            _ if is_path => self.follow(first),
            0 => first,
            place => self.now.get(place).copied().unwrap_or(first),
        };
        self.polled.push(task);
        (task != first).then_some(task)
    }

    /// The next task of the path, or the first in line that is not asleep.
    fn follow(&mut self, first: TaskId) -> TaskId {
        let Guide::Path(Path { tasks, asleep, known, .. }) = &mut self.guide else { return first };
        let ready = &self.now;
        let at = self.polled.len();
        let planned = tasks.get(at).copied().filter(|task| ready.contains(task));
        if at < *known
            && let Some(planned) = planned
        {
            return planned;
        }
        let asleep = match self.steps.last() {
            _ if at + 1 < tasks.len() => Vec::new(),
            _ if at + 1 == tasks.len() || tasks.is_empty() && at == 0 => std::mem::take(asleep),
            // A task sleeps on while what its poll uses is left alone.
            Some(Step { asleep, footprint, .. }) => {
                asleep.iter().filter(|(_, other)| !footprint.conflicts(other)).cloned().collect()
            }
            None => Vec::new(),
        };
        let is_awake = |task: &&TaskId| asleep.iter().all(|(sleeping, _)| sleeping != *task);
        let Some(polled) = planned.or_else(|| ready.iter().find(is_awake).copied()) else {
            self.is_redundant = true;
            return first;
        };
        let footprint = Footprint::of(polled, self.sight);
        let ready = ready.clone();
        self.steps.push(Step { ready, polled, footprint, epoch: self.epoch, asleep });
        polled
    }

    fn see(&mut self, i: usize, event: Event) {
        self.read = i + 1;
        if matches!(event, Event::ClockAdvanced { task, .. } if !task.is_some()) {
            self.epoch += 1;
        }
        if let Some(step) = self.steps.last_mut() {
            step.footprint.see(event, self.sight);
        }
    }
}
