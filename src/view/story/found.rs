//! What a finding lets a poll say: the sentence of its cause, where it happened.

use super::poll::{Gathered, Place};
use super::rule::Rule;
use super::sentence::Builder;
use super::sentence::Say;
use crate::trace::event::Event;
use crate::trace::ids::TaskId;
use crate::view::diagnosis::Cause;

impl Rule<'_> {
    /// What a finding says of the poll with which it is known; whether that says how the poll ended.
    pub(super) fn say_found(&self, said: &mut Gathered<'_>, cause: &Cause, events: &[(usize, Event)]) -> bool {
        let task = said.part.beat().task;
        let named = |future: &str| Builder::default().future(future.to_owned()).who(self.who(&[task]));
        let of = |task: u32| Builder::default().who(self.who(&[TaskId(task)]));
        let first = |wanted: fn(Event) -> bool| {
            events.iter().find(|&&(_, event)| wanted(event)).map_or(Place::Begin, |&(i, _)| Place::At(i))
        };
        match cause {
            Cause::NoWaker { future, .. } => said.add(100, Place::End, Say::FoundNoWaker, named(future)),
            Cause::PolledByLuck { future, by, .. } => {
                said.add(100, Place::Begin, Say::FoundMasked, named(future).thing(by.clone()));
                return false;
            }
            Cause::StaleWaker { future, on, kept, .. } => {
                let them = self.who(&[TaskId(*kept)]);
                let thing = Some(on.clone());
                said.add(100, Place::End, Say::FoundStale, named(future).them(them).thing(thing));
            }
            Cause::BusyPolling { task, polls, .. } => {
                said.add(100, Place::End, Say::FoundBusy, of(*task).n(*polls));
            }
            Cause::Blocked { task, ms, others, .. } => {
                let at = first(|event| matches!(event, Event::ClockAdvanced { .. }));
                said.add(100, at, Say::FoundBlocked, of(*task).by(*ms).n(*others));
                return false;
            }
            Cause::Spinning { task, .. } => {
                // How far it has come by then: the finding says how far it comes.
                let spun = events.iter().rev().find_map(|&(i, event)| match event {
                    Event::Spun { polls, .. } => Some((i, polls)),
                    _ => None,
                });
                let begun = events.first().map_or(0, |&(i, _)| self.trace.time(i));
                if let Some((i, polls)) = spun {
                    let took = self.ms(self.trace.time(i)) - self.ms(begun);
                    said.add(100, Place::At(i), Say::FoundSpinning, of(*task).by(took).n(polls));
                }
                return false;
            }
            Cause::PolledAfterReady { future, .. } => {
                said.add(
                    100,
                    first(|event| matches!(event, Event::PolledAgain { .. })),
                    Say::PolledAgain,
                    named(future),
                );
                return false;
            }
            Cause::NeverPolled { future, .. } => {
                said.add(
                    100,
                    first(|event| matches!(event, Event::DroppedUnpolled { .. } | Event::Discarded { .. })),
                    Say::Unpolled,
                    named(future),
                );
                return false;
            }
            Cause::Unattended { future, by, .. } | Cause::Futurelock { future, on: by, .. } => {
                said.add(100, Place::Begin, Say::FoundAbandoned, named(future).thing(by.clone()));
                return false;
            }
            Cause::WakerGone { task, .. } => {
                said.add(100, Place::Begin, Say::FoundGone, of(*task));
                return false;
            }
            Cause::WakeStorm { task, coalesced, .. } => {
                said.add(100, Place::Begin, Say::FoundStorm, of(*task).n(*coalesced));
                return false;
            }
            Cause::Deadlock { links } => {
                let tasks: Vec<TaskId> = links.iter().map(|link| TaskId(link.task)).collect();
                let who = self.who(&tasks);
                said.add(100, Place::Begin, Say::FoundCycle, Builder::default().who(who));
                return false;
            }
            Cause::WakeLost { .. }
            | Cause::TaskNeverPolled { .. }
            | Cause::HeldByItself { .. }
            | Cause::Undriven { .. }
            | Cause::UndrivenSocket { .. }
            | Cause::NobodyComes { .. }
            | Cause::SignalledBeforeWaker { .. }
            | Cause::ReadinessMissed { .. }
            | Cause::ReadTooLittle { .. }
            | Cause::SlowPoll { .. }
            | Cause::NoWakerLeft { .. }
            | Cause::TookPollForEvent { .. }
            | Cause::Panicked { .. }
            | Cause::ValuesLost { .. }
            | Cause::PinnedMoved { .. }
            | Cause::TimeoutRestarts { .. }
            | Cause::TimeoutOfEachTurn { .. }
            | Cause::TimeStandsStill { .. } => return false,
        }
        true
    }
}
