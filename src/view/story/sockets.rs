//! Sentences of drivers and reactors: a loop that is turned, a source that is told ready, what is read of it.

use super::part::Part;
use super::rule::Rule;
use super::sentence::Builder;
use super::sentence::Say;
use crate::trace::Kind;
use crate::trace::SourceKind;
use crate::trace::event::Event;
use crate::trace::event::WakeSource;
use crate::trace::ids::SourceId;
use crate::trace::ids::TaskId;
use crate::view::description::Holder;
use crate::view::description::is_read_by_system;

impl Rule<'_> {
    /// The loop of another runtime is turned once, and whom that wakes.
    pub(super) fn say_turn(&self, part: &Part, driver: SourceId, due: u32, events: &[(usize, Event)]) -> Builder {
        let mut woken: Vec<TaskId> = Vec::new();
        for &(_, event) in events {
            if let Event::Woken { task, by, .. } = event
                && by == WakeSource::Source(driver)
            {
                woken.push(task);
            }
        }
        let finds = events.iter().any(|(_, event)| matches!(event, Event::Reported { .. }));
        let say = match (due, finds) {
            (0, _) => Say::TurnNothing,
            (_, true) => Say::TurnFinds,
            _ => Say::TurnRings,
        };
        self.says(say, part).thing(Some(Holder::thing(self.trace, driver))).n(due).them(self.who(&woken))
    }

    /// How many sources are registered, and with whose driver, if it is another runtime's.
    pub(super) fn say_registered(&self, part: &Part, events: &[(usize, Event)]) -> Option<Builder> {
        let of = |&(_, event): &(usize, Event)| match event {
            Event::Registered { source, .. } => Some(source),
            _ => None,
        };
        let first = events.iter().find_map(of)?;
        let n = events.iter().filter_map(of).count() as u32;
        let driver = self.driver_of(first).map(|driver| Holder::thing(self.trace, driver));
        Some(self.says(Say::RegistersSockets, part).n(n).thing(driver))
    }

    /// What came to a source in a part in which no reactor is told of it.
    pub(super) fn say_arrived(&self, part: &Part, events: &[(usize, Event)]) -> Option<Builder> {
        if events.iter().any(|(_, event)| matches!(event, Event::Reported { .. } | Event::Turned { .. })) {
            return None;
        }
        events.iter().find_map(|&(_, event)| match event {
            Event::Arrived { source, bytes } => {
                Some(self.says(Say::Arrives, part).thing(Some(Holder::thing(self.trace, source))).size(bytes))
            }
            _ => None,
        })
    }

    /// The driver of another runtime that is asked for a source: a task found nothing there, and left its waker with that driver in
    /// the same poll.
    fn driver_of(&self, source: SourceId) -> Option<SourceId> {
        let is_driver = |of: SourceId| self.trace.source(of).is_some_and(|of| of.kind == SourceKind::Driver);
        let mut looked = false;
        (0..self.trace.len()).find_map(|i| match self.trace.event(i) {
            Event::FoundEmpty { at, .. } => {
                looked = at == source;
                None
            }
            Event::PollEnded { .. } => {
                looked = false;
                None
            }
            Event::WakerHeld { by: WakeSource::Source(of), .. } if looked && is_driver(of) => Some(of),
            _ => None,
        })
    }

    /// Which sources were reported ready: those that wake somebody, and those for whom nobody left a waker.
    pub(super) fn say_ready(&self, part: &Part, events: &[(usize, Event)]) -> Vec<Builder> {
        let mut said = Vec::new();
        for &(i, event) in events {
            let Event::Reported { source: of } = event else { continue };
            let woken: Vec<TaskId> = events
                .iter()
                .filter_map(|&(_, event)| match event {
                    Event::Woken { task, by: WakeSource::Source(source), .. } if source == of => Some(task),
                    _ => None,
                })
                .collect();
            let say = match (is_read_by_system(self.trace, i, of), woken.is_empty()) {
                (false, true) => Say::ReadyNobody,
                (false, false) => Say::ReadyWakes,
                (true, true) => Say::ReadDoneNobody,
                (true, false) => Say::ReadDoneWakes,
            };
            let mut sentence = self.says(say, part).thing(Some(Holder::thing(self.trace, of))).them(self.who(&woken));
            // The time is said once.
            sentence.0.it = !said.is_empty();
            said.push(sentence);
        }
        // The last ones: what wakes nobody is what matters.
        let skip = said.len().saturating_sub(2);
        said.split_off(skip)
    }

    /// What a task read from a source in a part, from an event on; and what it left there.
    pub(super) fn say_drained(&self, task: TaskId, from: SourceId, at: usize, events: &[(usize, Event)]) -> Builder {
        let all = events.iter().map(|&(_, event)| match event {
            Event::Drained { source, bytes, .. } if source == from => bytes,
            _ => 0,
        });
        let read = all.fold(0, u32::saturating_add);
        let mut had = 0_u32;
        for i in 0..at {
            match self.trace.event(i) {
                Event::Arrived { source, bytes } if source == from => had = had.saturating_add(bytes),
                Event::Drained { source, bytes, .. } if source == from => had = had.saturating_sub(bytes),
                _ => {}
            }
        }
        let left = had.saturating_sub(read);
        let say = if left > 0 { Say::DrainsSome } else { Say::DrainsAll };
        let thing = Some(Holder::thing(self.trace, from));
        Builder::of(say).who(self.who(&[task])).thing(thing).size(read).n(left)
    }

    /// Whether a task has read from a source in the poll that an event is of, before that event.
    pub(super) fn drained_before(&self, task: TaskId, event: usize) -> bool {
        let mut own = (0..event).rev().filter(|&i| self.trace.columns.task(i) == task);
        own.find_map(|i| match self.trace.columns.kind(i) {
            Kind::PollStarted => Some(false),
            Kind::Drained => Some(true),
            _ => None,
        })
        .unwrap_or(false)
    }
}
