//! Moments: points of a run, named by what happens there and not by the number of an event.
//!
//! A moment is the point right after one event; the cursor there is the number of events up to it. Its name counts only
//! events of one kind, of one task or inside one poll. So a new kind of event, or one more event of another kind, renames
//! no moment: names are made for links, which are kept for years.
//!
//! | name | the event |
//! |------|-----------|
//! | `t3.spawn`, `t3.drop` | task 3 is spawned, its future is dropped |
//! | `t3.w4` | the 4th wake of task 3, lost or not |
//! | `t3.p2`, `t3.p2.end` | poll 2 of task 3 begins, ends |
//! | `t3.c2`, `t3.c2.end` | call 2 on the lane of task 3 begins, ends |
//! | `t3.p2.log1`, `t3.c2.log1` | the 1st event of that kind inside that poll or call, whichever task it is about |
//! | `t3.log1`, `x.clock2` | the 1st event of that kind of task 3, the 2nd of no task, outside of polls and calls |
//! | `m5.set`, `m5.fired`, `m5.cancelled` | timer 5 is set, fires, is cancelled |
//! | `end` | the run is over |
//!
//! Kinds have the codes of the table of events. A name has letters, digits and inner dots only: it needs no escape in an
//! address, and a chat does not cut it off. What happens once in a well-formed run may happen more often in another
//! program's trace: then a number follows, from 2 on (`t3.spawn2`, `t3.p2.start2`, `end2`), so that every event of every
//! trace has a name of its own.
//!
//! Terms: the names that differ in their last number only make a *series*, and an event is the `nth` of its series. That is
//! all that [`moment_of`] and [`Finder`] are made of, and why they agree on any trace. This room knows no link and no
//! executor.

mod codes;
mod finder;
mod series;
mod text;

pub use finder::{Finder, Found, counts_in_version_1, find, moment_of};
pub use text::NotAMoment;

use series::Series;
use std::fmt;

/// A point of a run, right after one event. Its text ([`Display`](fmt::Display), [`FromStr`](std::str::FromStr)) is its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    series: Series,
    /// Which of the series, from 1.
    nth: u32,
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Moment({self})")
    }
}

/// A point of a run, as links of all versions name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Version 1: after so many events of the kinds that there were then.
    Event(u32),
    /// From version 2 on.
    Moment(Moment),
}
