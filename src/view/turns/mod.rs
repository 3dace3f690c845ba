//! The callbacks of a run in a browser's event loop: what was asked for when, in which order it ran, and which orders the
//! specifications prescribe. They prescribe a *partial* order: callbacks of different sources are unordered.
//!
//! What is known of a callback is what the page's own calls and callbacks show. A reaction is asked for where its promise is
//! settled, or where a task leaves its waker with one that is.

use super::Viewer;
use crate::sorting::sorted;
use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::{NameId, PromiseId};
use crate::trace::{Mode, Trace};
use serde::Serialize;

/// By so much, in the trace's unit, a timer may seem early: clocks are coarse.
const GRAIN: u64 = 2000;

/// What a nested timeout lasts at least, in ms.
const CLAMP: u32 = 4;

/// The names of callbacks of the driver's.
const DRIVER: [&str; 2] = ["drain", "timers"];

/// Beyond so many callbacks no order is asked for.
const MOST: usize = 400;

/// Where a callback waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Microtask,
    /// For so many ms.
    Timer(u32),
    Message,
    Frame,
    /// It was not seen to be asked for: the script.
    Script,
}

/// A callback.
#[derive(Clone, Copy, Debug)]
struct Callback {
    name: NameId,
    source: Source,
    /// Of a reaction, the promise.
    promise: Option<PromiseId>,
    /// The event that asked for it, and the callback that did.
    asked: usize,
    by: Option<usize>,
    began: Option<usize>,
}

/// What the specifications prescribe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prescribed {
    /// All microtasks run before the next callback of another source.
    MicrotasksFirst,
    /// Microtasks, reactions among them, run in the order in which they were queued.
    Microtasks,
    /// A timeout that was set before another one, and for no longer, comes before it.
    Timers,
    /// No timeout comes before its time.
    Time,
    /// Messages of one port come in the order in which they were posted.
    Messages,
    /// Callbacks of frames run in the order in which they were asked for.
    Frames,
    /// A callback runs to its end before another one begins.
    ToItsEnd,
}

/// Two events whose order is not what is prescribed: the cursors after what was to come first, and after what came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What is prescribed.
    pub rule: Prescribed,
    /// What had to come first: where it was asked for.
    pub first: usize,
    /// What came.
    pub came: usize,
}

/// The callbacks of a run, and the lines that it logged.
#[derive(Debug, Default)]
struct Callbacks {
    all: Vec<Callback>,
    /// Lines, with the callback that logged each.
    lines: Vec<(usize, NameId, Option<usize>)>,
    /// Callbacks that began inside of another one.
    nested: Vec<usize>,
}

impl Callbacks {
    fn of(trace: &Trace) -> Self {
        let mut found = Callbacks::default();
        // What runs, and what ran last if it has no end that is seen.
        let (mut stack, mut last): (Vec<usize>, Option<usize>) = (Vec::new(), None);
        for i in 0..trace.len() {
            let by = stack.last().copied().or(last);
            let begins = match trace.event(i) {
                Event::MicrotaskQueued { name } => {
                    found.ask(name, Source::Microtask, None, i, by);
                    None
                }
                Event::MacrotaskQueued { name, after } => {
                    found.ask(name, Source::Timer(after), None, i, by);
                    None
                }
                Event::MessagePosted { name } => {
                    found.ask(name, Source::Message, None, i, by);
                    None
                }
                Event::FrameQueued { name } => {
                    found.ask(name, Source::Frame, None, i, by);
                    None
                }
                Event::MacrotaskCleared { name } => {
                    let is_it = |c: &Callback| c.name == name && c.began.is_none();
                    if let Some(at) = found.all.iter().rposition(is_it) {
                        // It is nowhere any more: as if it had never been asked for.
                        found.all[at].source = Source::Script;
                    }
                    None
                }
                Event::PromiseSettled { promise, .. } => {
                    found.ask(NameId(0), Source::Microtask, Some(promise), i, by);
                    None
                }
                Event::WakerHeld { by: WakeSource::Promise(promise), .. } => {
                    let is_it = |c: &&mut Callback| c.promise == Some(promise) && c.began.is_none();
                    if let Some(reaction) = found.all.iter_mut().find(is_it) {
                        (reaction.asked, reaction.by) = (i, by);
                    }
                    None
                }
                Event::MicrotaskStarted { name } => Some(
                    found.begin(i, name, |c| c.source == Source::Microtask && c.promise.is_none() && c.name == name),
                ),
                Event::FrameStarted { name } => {
                    Some(found.begin(i, name, |c| c.source == Source::Frame && c.name == name))
                }
                Event::MacrotaskStarted { name } => Some(
                    found.begin(i, name, |c| matches!(c.source, Source::Timer(_) | Source::Message) && c.name == name),
                ),
                Event::Reaction { promise, name } => {
                    let at = found.begin(i, name, |c| c.promise == Some(promise));
                    if !stack.is_empty() {
                        found.nested.push(at);
                    }
                    last = Some(at);
                    None
                }
                Event::MicrotaskEnded { .. } | Event::MacrotaskEnded { .. } | Event::FrameEnded { .. } => {
                    stack.pop();
                    last = None;
                    None
                }
                Event::Logged { text, .. } => {
                    found.lines.push((i, text, by));
                    None
                }
                _ => None,
            };
            if let Some(at) = begins {
                if !stack.is_empty() {
                    found.nested.push(at);
                }
                stack.push(at);
            }
        }
        // A promise that nothing reacts to queues nothing.
        found
            .all
            .iter_mut()
            .filter(|c| c.promise.is_some() && c.began.is_none())
            .for_each(|c| c.source = Source::Script);
        found
    }

    fn ask(&mut self, name: NameId, source: Source, promise: Option<PromiseId>, asked: usize, by: Option<usize>) {
        self.all.push(Callback { name, source, promise, asked, by, began: None });
    }

    /// The first of those that `is_it` begins; where there is none, one that was not seen to be asked for.
    fn begin(&mut self, i: usize, name: NameId, is_it: impl Fn(&Callback) -> bool) -> usize {
        let at = self.all.iter().position(|c| c.began.is_none() && is_it(c)).unwrap_or_else(|| {
            self.ask(name, Source::Script, None, i, None);
            self.all.len() - 1
        });
        (self.all[at].began, self.all[at].name) = (Some(i), name);
        at
    }

    /// What is prescribed of two callbacks, of which `a` was asked for before `b`, if they are of one source.
    fn rule(&self, a: usize, b: usize) -> Option<Prescribed> {
        match (self.all[a].source, self.all[b].source) {
            (Source::Microtask, Source::Microtask) => Some(Prescribed::Microtasks),
            (Source::Timer(first), Source::Timer(second)) if first <= second => {
                // Of timeouts that are set in each other, a browser makes shorter ones as long as this: which are is known only of
                // those that one callback sets.
                let (by, other) = (self.all[a].by, self.all[b].by);
                (second >= CLAMP || by.is_some() && by == other).then_some(Prescribed::Timers)
            }
            (Source::Message, Source::Message) => Some(Prescribed::Messages),
            (Source::Frame, Source::Frame) => Some(Prescribed::Frames),
            _ => None,
        }
    }

    /// Which callbacks come before which: `before[a][b]`, as far as it is prescribed, given what the callbacks of this run
    /// asked for.
    fn order(&self) -> Vec<Vec<bool>> {
        let n = self.all.len();
        let mut before = vec![vec![false; n]; n];
        // Each round may make pairs known that follow from those before.
        loop {
            let mut is_new = false;
            for a in 0..n {
                for b in 0..n {
                    if a == b || before[a][b] {
                        continue;
                    }
                    let (first, second) = (&self.all[a], &self.all[b]);
                    let by_cause = second.by == Some(a);
                    let by_chain = (0..n).any(|c| before[a][c] && before[c][b]);
                    let asked_first = match (first.by, second.by) {
                        (Some(x), Some(y)) if x == y => first.asked < second.asked,
                        (Some(x), Some(y)) => before[x][y],
                        _ => false,
                    };
                    let by_source = asked_first && self.rule(a, b).is_some();
                    // What is no microtask waits for those that were queued in what comes before it.
                    let is_job = second.source != Source::Microtask;
                    let by_turn = first.source == Source::Microtask
                        && is_job
                        && first.by.is_some_and(|by| by != b && (before[by][b] || second.by == Some(by)));
                    if by_cause || by_chain || by_source || by_turn {
                        before[a][b] = true;
                        is_new = true;
                    }
                }
            }
            if !is_new {
                return before;
            }
        }
    }
}

/// Where the recorded order is not the one that is prescribed. Of a right browser and a right recorder there are none.
pub fn violations(trace: &Trace) -> Vec<Violation> {
    let found = Callbacks::of(trace);
    let mut violations = Vec::new();
    let mut add = |rule, first: usize, came: usize| {
        violations.push(Violation { rule, first: first + 1, came: came + 1 });
    };
    for &at in &found.nested {
        let Callback { asked, began, .. } = found.all[at];
        add(Prescribed::ToItsEnd, asked, began.unwrap_or(asked));
    }
    for (b, second) in found.all.iter().enumerate() {
        let Some(came) = second.began else { continue };
        if let Source::Timer(after) = second.source {
            let due = trace.time(second.asked) + u64::from(after) * trace.unit.per_ms();
            if trace.time(came) + GRAIN < due {
                add(Prescribed::Time, second.asked, came);
            }
        }
        for (a, first) in found.all.iter().enumerate() {
            let has_come = first.began.is_some_and(|began| began <= came);
            if a == b || has_come || first.asked > came {
                continue;
            }
            if let Some(rule) = found.rule(a, b).filter(|_| first.asked < second.asked) {
                add(rule, first.asked, came);
            }
            if first.source == Source::Microtask && second.source != Source::Microtask {
                add(Prescribed::MicrotasksFirst, first.asked, came);
            }
        }
    }
    violations
}

/// What writes a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum LineSource {
    /// The script itself.
    Script,
    /// A callback of `queueMicrotask`.
    Microtask,
    /// A reaction of a promise.
    Reaction,
    /// A callback of a timer.
    Timer,
    /// A listener of messages.
    Message,
    /// A callback of a frame.
    Frame,
    /// A task of ours, in a drain.
    Task,
}

impl Callback {
    fn writes(&self) -> LineSource {
        match self.source {
            Source::Microtask if self.promise.is_some() => LineSource::Reaction,
            Source::Microtask => LineSource::Microtask,
            Source::Timer(_) => LineSource::Timer,
            Source::Message => LineSource::Message,
            Source::Frame => LineSource::Frame,
            Source::Script => LineSource::Script,
        }
    }
}

/// A line of a run, or a callback that was to write one and never ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct TurnLine {
    /// What was logged.
    pub text: String,
    /// The cursor after it; 0 for one that was never written.
    pub at: u32,
    /// What wrote it.
    pub source: LineSource,
    /// The lines, by their places in this list, that nothing prescribes to come before or after this one.
    pub either: Vec<u32>,
}

/// The lines of a live run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct TurnLines {
    /// In the order in which they were written.
    pub all: Vec<TurnLine>,
    /// Their places in that list, in an order that gives nothing away: as the script asks for what logs them, then by their
    /// texts.
    pub asked: Vec<u32>,
}

/// The lines of a run, and what is prescribed of their order.
fn lines(trace: &Trace) -> TurnLines {
    if trace.head.mode != Mode::Live {
        return TurnLines::default();
    }
    let found = Callbacks::of(trace);
    let before = if found.all.len() > MOST { Vec::new() } else { found.order() };
    let is_free = |a: usize, b: usize| a != b && before.get(a).is_some_and(|row| !row[b]) && !before[b][a];
    let either = |by: Option<usize>| {
        let other = |&j: &usize| by.zip(found.lines[j].2).is_some_and(|(a, b)| is_free(a, b));
        (0..found.lines.len()).filter(other).map(|j| j as u32).collect()
    };
    let line = |&(i, text, by): &(usize, NameId, Option<usize>)| TurnLine {
        text: trace.name(text).to_owned(),
        at: i as u32 + 1,
        source: match by {
            _ if trace.columns.task(i).is_some() => LineSource::Task,
            Some(by) => found.all[by].writes(),
            None => LineSource::Script,
        },
        either: either(by),
    };
    let mut all: Vec<TurnLine> = found.lines.iter().map(line).collect();
    // What the script asks for, up to the end of the first macrotask.
    let mut asked: Vec<&str> = Vec::new();
    for i in 0..trace.len() {
        let (name, source) = match trace.event(i) {
            Event::MacrotaskEnded { .. } => break,
            Event::MicrotaskQueued { name } => (trace.name(name), LineSource::Microtask),
            Event::FrameQueued { name } => (trace.name(name), LineSource::Frame),
            Event::MacrotaskQueued { name, .. } => (trace.name(name), LineSource::Timer),
            Event::MessagePosted { name } => (trace.name(name), LineSource::Message),
            Event::PromiseCreated { name, .. } => (trace.name(name), LineSource::Reaction),
            Event::Spawned { task } => (trace.task_name(task), LineSource::Task),
            _ => continue,
        };
        // The driver's own callbacks log nothing.
        let is_ours = source != LineSource::Task && !DRIVER.contains(&name);
        if is_ours && !asked.contains(&name) && all.iter().all(|line| line.text != name) {
            all.push(TurnLine { text: name.to_owned(), at: 0, source, either: Vec::new() });
        }
        asked.push(name);
    }
    let rank = |line: &TurnLine| asked.iter().position(|&name| name == line.text).unwrap_or(usize::MAX);
    let ranked = all.iter().enumerate().map(|(place, line)| (rank(line), line.text.as_str(), place));
    let asked = sorted(ranked.collect()).into_iter().map(|(_, _, place)| place as u32).collect();
    TurnLines { all, asked }
}

impl Viewer {
    /// The lines of a live run in the order in which they were written, and what is prescribed of it.
    pub fn turn_lines(&self) -> TurnLines {
        lines(self.trace())
    }
}

#[cfg(test)]
mod tests;
