//! Sentences of the browser's side: promises, what is queued, what a script writes.

use super::deeds::Sight;
use super::part::Part;
use super::rule::Rule;
use super::say::Describe;
use super::sentence::Builder;
use super::sentence::Say;
use crate::trace::event::Event;
use crate::trace::event::WakeEffect;
use crate::trace::event::WakeSource;
use crate::trace::ids::TaskId;
use crate::view::description::Description;

impl Rule<'_> {
    /// What happens in the browser's event loop.
    pub(super) fn say_promise(
        &self,
        part: &Part,
        event: Event,
        wakes: &[(TaskId, WakeSource, WakeEffect)],
        describe: Describe<'_>,
        i: usize,
    ) -> Option<Builder> {
        let is_unheard = self.facts.sight(i) == Sight::Unawaited;
        let gone = wakes.iter().any(|&(_, _, effect)| effect == WakeEffect::AfterDone);
        let (say, text, n) = match describe_browser(event).then(|| describe(i + 1))? {
            Description::Received { promise, all, nobody, .. } => {
                let say = if nobody { Say::ReceivesForNobody } else { Say::Receives };
                return Some(self.says(say, part).n(promise).size(all));
            }
            Description::Listened { promise } => return Some(self.says(Say::Listens, part).n(promise)),
            Description::StackSuspended { promise } => return Some(self.says(Say::StackSuspends, part).n(promise)),
            Description::StackResumed { promise } => return Some(self.says(Say::StackResumes, part).n(promise)),
            Description::Aborted { promise, all, over: false } => {
                return Some(self.says(Say::Aborts, part).n(promise).size(all));
            }
            Description::PromiseCreated { promise, name } => (Say::PromiseCreated, name, promise),
            Description::PromiseResolved { promise, value } => {
                (if is_unheard { Say::PromiseResolvedUnheard } else { Say::PromiseResolved }, value, promise)
            }
            Description::PromiseRejected { promise, value } => {
                (if is_unheard { Say::PromiseRejectedUnheard } else { Say::PromiseRejected }, value, promise)
            }
            Description::Reaction { promise, name } => {
                (if gone { Say::ReactsForNobody } else { Say::Reacts }, name, promise)
            }
            Description::MicrotaskStarted { name } => (Say::Microtask, name, 0),
            Description::MacrotaskStarted { name } => (Say::Macrotask, name, 0),
            Description::FrameStarted { name } => (Say::FrameCallback, name, 0),
            _ => return None,
        };
        let woken: Vec<TaskId> = wakes.iter().map(|&(task, ..)| task).collect();
        Some(self.says(say, part).n(n).text(text).them(self.who(&woken)))
    }

    /// What is asked of the browser: after a wake from outside of a poll, our executor's drain; else all of it.
    pub(super) fn say_queued(
        &self,
        part: &Part,
        events: &[(usize, Event)],
        wakes: &[(TaskId, WakeSource, WakeEffect)],
    ) -> Option<Builder> {
        let queued = |&(_, event): &(usize, Event)| match event {
            Event::MicrotaskQueued { name } => Some((0, self.trace.name(name))),
            Event::MacrotaskQueued { name, .. } | Event::MessagePosted { name } | Event::FrameQueued { name } => {
                Some((1, self.trace.name(name)))
            }
            _ => None,
        };
        let mut queued = events.iter().filter_map(queued);
        if wakes.is_empty() {
            let names: Vec<&str> = queued.map(|(_, name)| name).collect();
            return (!names.is_empty()).then(|| self.says(Say::PutsInLine, part).text(names.join(", ")));
        }
        let (n, name) = queued.next_back()?;
        Some(self.says(Say::Queues, part).n(n).text(name.to_owned()))
    }

    /// The last that the page's script wrote there, if that is more than the name of what ran.
    pub(super) fn page_writes(&self, events: &[(usize, Event)]) -> Option<String> {
        let runs = |name| {
            events.iter().any(|&(_, event)| matches!(event, Event::MacrotaskStarted { name: of } | Event::MicrotaskStarted { name: of } | Event::FrameStarted { name: of } | Event::Reaction { name: of, .. } if of == name))
        };
        events.iter().rev().find_map(|&(_, event)| match event {
            Event::Logged { task, text, .. } if !task.is_some() && !runs(text) => {
                Some(self.trace.name(text).to_owned())
            }
            _ => None,
        })
    }
}

fn describe_browser(event: Event) -> bool {
    use crate::trace::Kind;
    matches!(
        event.kind(),
        Kind::PromiseCreated
            | Kind::PromiseSettled
            | Kind::Reaction
            | Kind::Received
            | Kind::Aborted
            | Kind::Listened
            | Kind::StackSuspended
            | Kind::StackResumed
            | Kind::MicrotaskStarted
            | Kind::MacrotaskStarted
            | Kind::FrameStarted
    )
}
