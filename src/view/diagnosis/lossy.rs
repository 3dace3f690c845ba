//! Values that are lost with a future that is dropped half-way: it has received them from a channel, and had not given them on.
//!
//! What a future does with a value, a trace does not say: one that handles each as it comes loses nothing when it loses a
//! race. But where the race of a line was won, another time, by a future that had received several, it takes several to make
//! one: then one that is dropped with fewer takes them with it.

use super::leaves::Leaf;
use super::{Cause, Detector, Finding, Moment};
use crate::trace::FutureRole;
use crate::trace::event::{Event, Outcome};
use crate::trace::ids::{SiteId, TaskId};
use crate::view::description::Place;

/// What is known of the races of one line.
#[derive(Clone, Debug)]
struct Races {
    task: TaskId,
    site: SiteId,
    /// How many values it takes, where that is known.
    whole: u32,
    /// A future that was dropped with fewer: how many, where and when it received the last, and when it was dropped.
    part: Option<(u32, SiteId, usize, usize)>,
    is_found: bool,
}

#[derive(Debug, Default)]
pub(super) struct Lossy {
    races: Vec<Races>,
    /// The last future that was ready, with what it was.
    last_ready: Option<(FutureRole, usize)>,
}

impl Detector for Lossy {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        let Event::Exited { task, outcome: Outcome::Ready, .. } = now.event else { return };
        let Some(leaf) = now.leaves.exited(Outcome::Ready) else { return };
        if leaf.role.is_race() && leaf.received > 0 {
            self.raced(now, task, leaf, found);
        }
        self.last_ready = Some((leaf.role, now.i));
    }
}

impl Lossy {
    fn raced(&mut self, now: &Moment<'_>, task: TaskId, leaf: &Leaf, found: &mut Vec<Finding>) {
        let Some((last, received_at)) = leaf.received_last else { return };
        // It is ready with the future that was ready last.
        let is_won = matches!(self.last_ready, Some((FutureRole::Channel, at)) if at == last);
        let same = self.races.iter().position(|races| (races.task, races.site) == (task, leaf.site));
        let at = same.unwrap_or_else(|| {
            self.races.push(Races { task, site: leaf.site, whole: 0, part: None, is_found: false });
            self.races.len() - 1
        });
        let races = &mut self.races[at];
        if is_won {
            races.whole = leaf.received;
        } else {
            races.part.get_or_insert((leaf.received, received_at, last, now.i));
        }
        if let Some((part, received_at, received, dropped)) = races.part
            && part < races.whole
            && !std::mem::replace(&mut races.is_found, true)
        {
            let cause = Cause::ValuesLost { task: task.0, received: part, whole: races.whole };
            let finding = now.finding_at(received_at, &[received, dropped], cause);
            found.push(finding.awaited(Place::of(now.trace, leaf.site)));
        }
    }
}
