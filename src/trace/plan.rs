//! Plans: in which order a run polls and what a person changes in it, as a value and as the text of a link.
//!
//! A *change* is a point of the run and what is done there. By the name of a moment: `t3.w4-lose`, `t3.p2-wake.3`,
//! `t3.p2.end-drop.2`, `m5.set-fire.4`, `x.clock1-next.3`, `t3.p2-panic`. By the number of an event, as in version 1 of links:
//! `12.lose`, `40.wake.3`, `55.drop.2`, `60.fire.4`, `70.next.3`, `80.panic`. The dash tells the two apart. Changes are joined by
//! `_`. None of these is cut off or escaped where an address is pasted.

use super::Trace;
use super::event::{Change, Event};
use super::ids::{TaskId, TimerId};
use super::moment::{At, Found, find, moment_of};
use serde::{Serialize, Serializer};
use std::fmt::{self, Write};
use std::str::FromStr;

/// In which order those who are ready are polled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// First in, first out.
    #[default]
    Fifo,
    /// Last in, first out.
    Lifo,
    /// By chance; the same seed makes the same choices.
    Random(u32),
}

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The wake that is that event does not happen.
    Lose,
    /// The task is woken.
    Wake(TaskId),
    /// The task is cancelled.
    Drop(TaskId),
    /// The timer fires.
    Fire(TimerId),
    /// The task, which is ready, is polled next.
    Next(TaskId),
    /// The task that is polled panics at the next future that it polls in that poll.
    Panic,
}

/// One change of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intervention {
    /// Right after this event, or, if that is within a poll and the change is one between polls, right after the poll. For
    /// [`What::Lose`] it is the wake itself, whose number (in version 1) is that of the events before it.
    pub at: At,
    /// What.
    pub what: What,
}

/// How a run is polled, and what is changed in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The order of polls.
    pub order: Order,
    /// The changes, in any order.
    pub changes: Vec<Intervention>,
}

/// The most changes of a plan: more than a person makes, fewer than a link can carry.
pub const MOST_CHANGES: usize = 256;

/// Why a text is not a list of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAPlan {
    /// This part of it is not a change.
    Change(String),
    /// There are more than [`MOST_CHANGES`].
    TooMany,
}

impl fmt::Display for NotAPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAPlan::Change(text) => write!(f, "{text:?} is not a change of a run"),
            NotAPlan::TooMany => write!(f, "a run takes at most {MOST_CHANGES} changes"),
        }
    }
}

impl std::error::Error for NotAPlan {}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Lose | What::Panic => f.write_str(self.kind()),
            _ => write!(f, "{}.{}", self.kind(), self.whom()),
        }
    }
}

impl What {
    /// Its word, in links and in the page's catalogues.
    pub const fn kind(self) -> &'static str {
        match self {
            What::Lose => "lose",
            What::Wake(_) => "wake",
            What::Drop(_) => "drop",
            What::Fire(_) => "fire",
            What::Next(_) => "next",
            What::Panic => "panic",
        }
    }

    /// The number of the task or timer that it names; 0 where the event says whom it is about.
    pub const fn whom(self) -> u32 {
        match self {
            What::Lose | What::Panic => 0,
            What::Wake(TaskId(n)) | What::Drop(TaskId(n)) | What::Fire(TimerId(n)) | What::Next(TaskId(n)) => n,
        }
    }

    fn read(text: &str) -> Option<What> {
        let (word, number) = match text.split_once('.') {
            Some((word, number)) if number.bytes().all(|b| b.is_ascii_digit()) => (word, Some(number.parse().ok()?)),
            Some(_) => return None,
            None => (text, None),
        };
        match (word, number) {
            ("lose", None) => Some(What::Lose),
            ("panic", None) => Some(What::Panic),
            ("wake", Some(task)) => Some(What::Wake(TaskId(task))),
            ("drop", Some(task)) => Some(What::Drop(TaskId(task))),
            ("fire", Some(timer)) => Some(What::Fire(TimerId(timer))),
            ("next", Some(task)) => Some(What::Next(TaskId(task))),
            _ => None,
        }
    }
}

impl fmt::Display for Intervention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if matches!(self.at, At::Event(_)) { '.' } else { '-' };
        write!(f, "{}{between}{}", self.at, self.what)
    }
}

impl FromStr for Intervention {
    type Err = NotAPlan;

    fn from_str(text: &str) -> Result<Self, NotAPlan> {
        let read = (|| {
            let (at, what, is_named) = match text.split_once('-') {
                Some((at, what)) => (at, what, true),
                None => text.split_once('.').map(|(at, what)| (at, what, false))?,
            };
            let at: At = at.parse().ok().filter(|at| matches!(at, At::Moment(_)) == is_named)?;
            Some(Intervention { at, what: What::read(what)? })
        })();
        read.ok_or_else(|| NotAPlan::Change(text.to_owned()))
    }
}

/// As its text.
impl Serialize for Intervention {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Intervention {
    /// The cursor at which it was asked for in the run that it was made in, or the nearest one before that.
    pub fn found_in(self, trace: &Trace) -> Found {
        let at = match (self.at, self.what) {
            // The number of a wake is that of the events before it.
            (At::Event(number), What::Lose) => At::Event(number.saturating_add(1)),
            (at, _) => at,
        };
        find(trace, at)
    }

    /// The same change in a run as it was recorded, at a point that has a name; as it is where that was never reached.
    #[must_use]
    pub fn by_moment(self, trace: &Trace) -> Intervention {
        if matches!(self.at, At::Moment(_)) {
            return self;
        }
        let found = self.found_in(trace);
        let cursor = match self.what {
            // In version 1 it came at the next future that was polled, in whichever poll.
            What::Panic => (found.cursor..trace.len()).find(|&i| is_panic(trace.event(i))).unwrap_or(found.cursor),
            _ => found.cursor,
        };
        let moment = moment_of(trace, cursor).filter(|_| found.exact);
        moment.map_or(self, |moment| Intervention { at: At::Moment(moment), ..self })
    }
}

fn is_panic(event: Event) -> bool {
    matches!(event, Event::Changed { change: Change::Panic, .. })
}

impl Plan {
    /// Reads changes as [`changes_text`](Self::changes_text) writes them.
    ///
    /// # Errors
    /// If a part is no change, or they are too many.
    pub fn read_changes(text: &str) -> Result<Vec<Intervention>, NotAPlan> {
        let parts: Vec<&str> = text.split('_').filter(|part| !part.is_empty()).collect();
        if parts.len() > MOST_CHANGES {
            return Err(NotAPlan::TooMany);
        }
        parts.into_iter().map(str::parse).collect()
    }

    /// The changes as a link carries them.
    pub fn changes_text(changes: &[Intervention]) -> String {
        let mut text = String::new();
        for change in changes {
            let between = if text.is_empty() { "" } else { "_" };
            let _ = write!(text, "{between}{change}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read_as_they_are_written() {
        for text in [
            "12.lose_40.wake.3_55.drop.2_60.fire.4_70.next.3_80.panic",
            "t3.w4-lose_t3.p2-wake.3_t3.p2.end-drop.2_m5.set-fire.4_x.clock1-next.3_t3.p2.log1-panic",
            "12.lose_t3.w4-lose_4294967295.panic",
        ] {
            let changes = Plan::read_changes(text).expect("it is a list of changes");
            assert_eq!(changes.len(), text.split('_').count());
            assert_eq!(Plan::changes_text(&changes), text);
        }
        assert_eq!(Plan::read_changes(""), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_change_is_named() {
        for wrong in [
            "x.lose",
            "1.lose.2",
            "1.wake",
            "1.wake.x",
            "1.wake.1.1",
            "1.eat.3",
            "1",
            "-1.lose",
            "4294967296.lose",
            "1.wake.",
            "1.wake.+1",
            "1-lose",
            "t1.w1.lose",
            "t1.w1-",
            "-lose",
            "t1.w1-lose.1",
            "t1.w1-wake",
            "t1.w1-wake-1",
            "t1-lose",
            "1-t1.w1-lose",
            "t1.w1",
            "t1.w1-lose-lose",
        ] {
            assert_eq!(Plan::read_changes(&format!("3.panic_{wrong}")), Err(NotAPlan::Change(wrong.to_owned())));
        }
        assert_eq!(Plan::read_changes(&"1.lose_".repeat(257)), Err(NotAPlan::TooMany));
    }
}
