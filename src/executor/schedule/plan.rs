//! Plans: in which order a run polls and what a person changes in it, as a value and as the text of a link.

use crate::trace::ids::{TaskId, TimerId};
use std::fmt;
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
    /// The wake that is the event of that number does not happen.
    Lose,
    /// The task is woken.
    Wake(TaskId),
    /// The task is cancelled.
    Drop(TaskId),
    /// The timer fires.
    Fire(TimerId),
    /// The task, which is ready, is polled next.
    Next(TaskId),
    /// The task that is polled panics at the next future that it polls.
    Panic,
}

/// One change of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intervention {
    /// After so many events; for [`What::Lose`] the number of the event, from 0.
    pub at: u32,
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

/// `12.lose`, `40.wake.3`, `55.drop.2`, `60.fire.4`, `70.next.3`, `80.panic`: after how many events, what, and to whom.
impl fmt::Display for Intervention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.at)?;
        match self.what {
            What::Lose => write!(f, "lose"),
            What::Wake(task) => write!(f, "wake.{}", task.0),
            What::Drop(task) => write!(f, "drop.{}", task.0),
            What::Fire(timer) => write!(f, "fire.{}", timer.0),
            What::Next(task) => write!(f, "next.{}", task.0),
            What::Panic => write!(f, "panic"),
        }
    }
}

impl FromStr for Intervention {
    type Err = NotAPlan;

    fn from_str(text: &str) -> Result<Self, NotAPlan> {
        let mut parts = text.split('.');
        let number = |part: Option<&str>| part.and_then(|p| p.parse::<u32>().ok());
        let read = (|| {
            let at = number(parts.next())?;
            let what = match parts.next()? {
                "lose" => What::Lose,
                "panic" => What::Panic,
                "wake" => What::Wake(TaskId(number(parts.next())?)),
                "drop" => What::Drop(TaskId(number(parts.next())?)),
                "fire" => What::Fire(TimerId(number(parts.next())?)),
                "next" => What::Next(TaskId(number(parts.next())?)),
                _ => return None,
            };
            parts.next().is_none().then_some(Intervention { at, what })
        })();
        read.ok_or_else(|| NotAPlan::Change(text.to_owned()))
    }
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
            text += &format!("{between}{change}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read_as_they_are_written() {
        let text = "12.lose_40.wake.3_55.drop.2_60.fire.4_70.next.3_80.panic";
        let changes = Plan::read_changes(text).expect("it is a list of changes");
        assert_eq!(changes.len(), 6);
        assert_eq!(Plan::changes_text(&changes), text);
        assert_eq!(Plan::read_changes(""), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_change_is_named() {
        for wrong in
            ["x.lose", "1.lose.2", "1.wake", "1.wake.x", "1.wake.1.1", "1.eat.3", "1", "-1.lose", "4294967296.lose"]
        {
            assert_eq!(Plan::read_changes(&format!("3.panic_{wrong}")), Err(NotAPlan::Change(wrong.to_owned())));
        }
        assert_eq!(Plan::read_changes(&"1.lose_".repeat(257)), Err(NotAPlan::TooMany));
    }
}
