//! The names of moments, written and read.

use super::series::{Series, Span, TimerStep};
use super::{At, Moment};
use crate::trace::Kind;
use crate::trace::ids::{TaskId, TimerId};
use serde::de::{Deserialize, Deserializer, Error};
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// This text names no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAMoment(pub String);

impl fmt::Display for NotAMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a moment of a run", self.0)
    }
}

impl std::error::Error for NotAMoment {}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let once = |f: &mut fmt::Formatter<'_>, word: &str| match self.nth {
            1 => write!(f, "{word}"),
            nth => write!(f, "{word}{nth}"),
        };
        match self.series {
            Series::Spawned(task) => write!(f, "t{}.", task.0).and_then(|()| once(f, "spawn")),
            Series::Dropped(task) => write!(f, "t{}.", task.0).and_then(|()| once(f, "drop")),
            Series::Wakes(task) => write!(f, "t{}.w{}", task.0, self.nth),
            Series::Timer(timer, step) => write!(f, "m{}.", timer.0).and_then(|()| once(f, step.word())),
            Series::Start(span) if self.nth == 1 => write!(f, "{span}"),
            Series::Start(span) => write!(f, "{span}.start{}", self.nth),
            Series::End(span) => write!(f, "{span}.").and_then(|()| once(f, "end")),
            Series::Inside(span, kind) => write!(f, "{span}.{}{}", kind.code(), self.nth),
            Series::Outside(TaskId::NONE, kind) => write!(f, "x.{}{}", kind.code(), self.nth),
            Series::Outside(task, kind) => write!(f, "t{}.{}{}", task.0, kind.code(), self.nth),
            Series::Ended => once(f, "end"),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t{}.{}{}", self.task.0, if self.is_call { 'c' } else { 'p' }, self.nth)
    }
}

impl TimerStep {
    const ALL: [TimerStep; 3] = [TimerStep::Set, TimerStep::Fired, TimerStep::Cancelled];

    fn word(self) -> &'static str {
        match self {
            TimerStep::Set => "set",
            TimerStep::Fired => "fired",
            TimerStep::Cancelled => "cancelled",
        }
    }
}

/// A part of a name: its letters, and the number behind them.
type Part<'a> = (&'a str, Option<u32>);

fn part(text: &str) -> Option<Part<'_>> {
    let digits = text.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len());
    let (word, number) = text.split_at_checked(digits)?;
    let is_plain = number.bytes().all(|b| b.is_ascii_digit()) && (number == "0" || !number.starts_with('0'));
    match number {
        "" => Some((word, None)),
        _ if is_plain => Some((word, Some(number.parse().ok()?))),
        _ => None,
    }
}

/// What follows a word for what happens once: nothing, or a number from 2 on.
fn once(number: Option<u32>) -> Option<u32> {
    match number {
        None => Some(1),
        Some(1) => None,
        number => number,
    }
}

/// The kind that is named by its code.
fn kind(word: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|&kind| kind.code() == word && !Series::is_named(kind))
}

fn read(text: &str) -> Option<Moment> {
    // None has more than three parts.
    let mut parts = text.splitn(4, '.').map(part);
    let first = parts.next()??;
    let rest: Vec<Part<'_>> = parts.collect::<Option<_>>()?;
    let moment = |series, nth: Option<u32>| Some(Moment { series, nth: nth.filter(|&nth| nth > 0)? });
    match (first, &rest[..]) {
        (("end", nth), []) => moment(Series::Ended, once(nth)),
        (("m", Some(timer)), &[(word, nth)]) => {
            let step = TimerStep::ALL.into_iter().find(|step| step.word() == word)?;
            moment(Series::Timer(TimerId(timer), step), once(nth))
        }
        (("x", None), &[(word, nth)]) => moment(Series::Outside(TaskId::NONE, kind(word)?), nth),
        (("t", Some(task)), &[(word, nth)]) => {
            let task = TaskId(task);
            match word {
                "spawn" => moment(Series::Spawned(task), once(nth)),
                "drop" => moment(Series::Dropped(task), once(nth)),
                "w" => moment(Series::Wakes(task), nth),
                "p" | "c" => moment(Series::Start(Span { is_call: word == "c", task, nth: nth? }), Some(1)),
                _ => moment(Series::Outside(task, kind(word)?), nth),
            }
        }
        (("t", Some(task)), &[(span @ ("p" | "c"), Some(number)), (word, nth)]) => {
            let span = Span { is_call: span == "c", task: TaskId(task), nth: number };
            match word {
                "start" => moment(Series::Start(span), once(nth).filter(|&nth| nth > 1)),
                "end" => moment(Series::End(span), once(nth)),
                _ => moment(Series::Inside(span, kind(word)?), nth),
            }
        }
        _ => None,
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        read(text).ok_or_else(|| NotAMoment(text.to_owned()))
    }
}

/// A number (version 1), or the name of a moment.
impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Event(n) => write!(f, "{n}"),
            At::Moment(moment) => write!(f, "{moment}"),
        }
    }
}

impl FromStr for At {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse().map(At::Event).map_err(|_| NotAMoment(text.to_owned()))
        } else {
            text.parse().map(At::Moment)
        }
    }
}

/// As its text.
impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
