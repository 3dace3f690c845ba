//! Values that are lost with a future that is dropped half-way: it has received them from a channel, and had not given them on.
//!
//! What a future does with a value, a trace does not say: one that handles each as it comes loses nothing when it loses a
//! race. But where the race of a line was won, another time, by a future that had received several, it takes several to make
//! one: then one that is dropped with fewer takes them with it. One that lost and is polled on, in another race, loses nothing: so
//! a lost race counts once the channel's future that was pending in it is known to be dropped.

use super::leaves::Leaf;
use super::{Cause, Detector, Finding, Moment};
use crate::trace::FutureRole;
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{FutureId, SiteId, TaskId};
use crate::view::description::Place;

/// What is known of the races of one line.
#[derive(Clone, Debug)]
struct Races {
    task: TaskId,
    site: SiteId,
    /// How many values it takes, where that is known.
    whole: u32,
    /// A future that was dropped with fewer.
    part: Option<Part>,
    /// One that lost, and may be polled on: its future of a channel that is pending, and who has that one's waker.
    open: Option<(FutureId, Option<WakeSource>, Part)>,
    is_found: bool,
}

/// What a future has received that lost its race.
#[derive(Clone, Copy, Debug)]
struct Part {
    values: u32,
    /// Where and when it received the last.
    site: SiteId,
    received: usize,
    /// When it lost.
    lost: usize,
}

#[derive(Debug, Default)]
pub(super) struct Lossy {
    races: Vec<Races>,
    /// The last future that was ready, with what it was.
    last_ready: Option<(FutureRole, usize)>,
}

impl Detector for Lossy {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::Entered { id, .. } => {
                let polled_on =
                    self.races.iter_mut().filter(|races| matches!(races.open, Some((open, ..)) if open == id));
                polled_on.for_each(|races| races.open = None);
            }
            Event::WakerReleased { task, by } => {
                let is_gone =
                    |races: &&mut Races| races.task == task && matches!(races.open, Some((_, on, _)) if on == Some(by));
                for races in self.races.iter_mut().filter(is_gone) {
                    races.dropped(now, found);
                }
            }
            Event::Exited { task, outcome: Outcome::Ready, .. } => {
                let Some(leaf) = now.leaves.exited(Outcome::Ready) else { return };
                if leaf.role.is_race() && leaf.received > 0 {
                    self.raced(now, task, leaf, found);
                }
                self.last_ready = Some((leaf.role, now.i));
            }
            _ => {}
        }
    }
}

impl Lossy {
    fn raced(&mut self, now: &Moment<'_>, task: TaskId, leaf: &Leaf, found: &mut Vec<Finding>) {
        let Some((received, received_at)) = leaf.received_last else { return };
        // It is ready with the future that was ready last.
        let is_won = matches!(self.last_ready, Some((FutureRole::Channel, at)) if at == received);
        let same = self.races.iter().position(|races| (races.task, races.site) == (task, leaf.site));
        let at = same.unwrap_or_else(|| {
            let site = leaf.site;
            self.races.push(Races { task, site, whole: 0, part: None, open: None, is_found: false });
            self.races.len() - 1
        });
        let races = &mut self.races[at];
        // Another race of this line is over, and what was pending in the one before was not polled in it.
        races.dropped(now, found);
        if is_won {
            races.whole = leaf.received;
            return races.tell(now, found);
        }
        let part = Part { values: leaf.received, site: received_at, received, lost: now.i };
        let pending = now.leaves.of(task).iter().find(|leaf| leaf.role == FutureRole::Channel && leaf.let_go);
        races.open =
            Some((pending.map_or(FutureId::NONE, |leaf| leaf.id), pending.and_then(|leaf| leaf.left_with), part));
        if pending.is_none() {
            races.dropped(now, found);
        }
    }
}

impl Races {
    /// What lost is not polled on.
    fn dropped(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        if let Some((.., part)) = self.open.take() {
            self.part.get_or_insert(part);
            self.tell(now, found);
        }
    }

    fn tell(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        if let Some(Part { values, site, received, lost }) = self.part
            && values < self.whole
            && !std::mem::replace(&mut self.is_found, true)
        {
            let cause = Cause::ValuesLost { task: self.task.0, received: values, whole: self.whole };
            let finding = now.finding_at(site, &[received, lost], cause);
            found.push(finding.awaited(Place::of(now.trace, self.site)));
        }
    }
}
