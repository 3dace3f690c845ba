//! The rows of two runs on one clock. Up to the first difference a row is an event of both; after it, the events of one
//! time make a *group*, in which the first of the one run stands beside the first of the other, and so on.
//!
//! The rows around a cursor are found without going through those before them.

use super::{Clock, Comparison};
use crate::view::Viewer;
use serde::Serialize;
use std::collections::VecDeque;

/// Some rows around a cursor, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Rows {
    /// Each.
    pub rows: Vec<Row>,
    /// Whether more follows that was not seen.
    pub is_ahead: bool,
}

/// An event of both runs, or one of each at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Row {
    /// When, in ms.
    pub time: f64,
    /// Whether it is an event of both runs.
    pub is_same: bool,
    /// Whether it is the first that is not.
    pub is_first: bool,
    /// The cursor right after the event of the run, if it has one here that was seen.
    pub run: Option<u32>,
    /// The same of the other run.
    pub other: Option<u32>,
}

/// The events of one time.
#[derive(Clone, Copy)]
struct Group {
    time: u64,
    /// Events of each run before it, and in it.
    before: [usize; 2],
    len: [usize; 2],
}

impl Group {
    fn rows(&self) -> usize {
        self.len[0].max(self.len[1])
    }
}

impl Clock<'_> {
    fn group(&self, time: u64) -> Group {
        let before = [self.before(time), self.other_before(time)];
        Group { time, before, len: [self.until(time) - before[0], self.other_until(time) - before[1]] }
    }

    /// The first group behind so many events of each run.
    fn group_after(&self, [run, other]: [usize; 2]) -> Option<Group> {
        let run = (run < self.run.len()).then(|| self.run.time(run));
        let other = (other < self.other.len()).then(|| self.time_of_other(other));
        run.into_iter().chain(other).min().map(|time| self.group(time))
    }

    /// The last group before so many events of each run.
    fn group_before(&self, [run, other]: [usize; 2]) -> Option<Group> {
        let run = (run > self.from).then(|| self.run.time(run - 1));
        let other = (other > self.from).then(|| self.time_of_other(other - 1));
        run.into_iter().chain(other).max().map(|time| self.group(time))
    }

    fn row_in(&self, group: &Group, i: usize) -> Row {
        let at = |n: usize| (i < group.len[n]).then(|| (group.before[n] + i) as u32 + 1);
        let is_first = group.before.iter().all(|before| before + i == self.from);
        Row { time: self.run.unit.to_ms(group.time), is_same: false, is_first, run: at(0), other: at(1) }
    }

    fn shared_row(&self, cursor: usize) -> Row {
        let at = Some(cursor as u32);
        let time = self.run.unit.to_ms(self.run.time(cursor - 1));
        Row { time, is_same: true, is_first: false, run: at, other: at }
    }
}

impl Comparison {
    /// At most `above` rows before the cursor's row of `run`, that row, and at most `below` rows after it; of each run
    /// what was seen of it: its first so many events.
    pub fn rows(
        &mut self,
        (run, seen): (&Viewer, usize),
        (other, other_seen): (&Viewer, usize),
        cursor: usize,
        above: usize,
        below: usize,
    ) -> Rows {
        let cursor = cursor.min(run.trace().len());
        let diverges = self.diverges_from(run, other);
        let from = diverges.unwrap_or(run.trace().len().min(other.trace().len()));
        let clock = Clock { run: run.trace(), other: other.trace(), from };
        // The group of the cursor's row, and its place in there; none where it is shared.
        let here = (cursor > from).then(|| {
            let group = clock.group(clock.run.time(cursor - 1));
            (group, (cursor - 1).saturating_sub(group.before[0]))
        });
        let mut rows = rows_above(&clock, here, cursor.min(from), above);
        let mut is_ahead = false;
        for row in rows_below(&clock, here, cursor, diverges.is_some()).take(below + 1) {
            let is_seen = |at: Option<u32>, seen: usize| at.filter(|&at| at as usize <= seen);
            let row = Row { run: is_seen(row.run, seen), other: is_seen(row.other, other_seen), ..row };
            if row.run.is_none() && row.other.is_none() {
                is_ahead = true;
                break;
            }
            rows.push_back(row);
        }
        Rows { rows: rows.into_iter().collect(), is_ahead }
    }
}

/// The rows before the one at `here`, or behind `shared` events of both runs; at most `most`.
fn rows_above(clock: &Clock<'_>, here: Option<(Group, usize)>, mut shared: usize, most: usize) -> VecDeque<Row> {
    let mut rows = VecDeque::new();
    let mut here = here;
    while rows.len() < most {
        here = match here {
            Some((group, i)) if i > 0 => {
                rows.push_front(clock.row_in(&group, i - 1));
                Some((group, i - 1))
            }
            Some((group, _)) => clock.group_before(group.before).map(|group| (group, group.rows())),
            None if shared > 0 => {
                rows.push_front(clock.shared_row(shared));
                shared -= 1;
                None
            }
            None => break,
        };
    }
    rows
}

/// The row at `here` and those after it; or the shared rows after `cursor`, and then the first groups.
fn rows_below<'a>(
    clock: &'a Clock<'a>,
    here: Option<(Group, usize)>,
    cursor: usize,
    has_groups: bool,
) -> impl Iterator<Item = Row> + 'a {
    let shared = if here.is_none() { cursor + 1..clock.from + 1 } else { 0..0 };
    let first = || has_groups.then(|| clock.group_after([clock.from; 2])).flatten().map(|group| (group, 0));
    let mut place = here.or_else(first);
    let groups = std::iter::from_fn(move || {
        let (group, i) = place?;
        if i < group.rows() {
            place = Some((group, i + 1));
            return Some(clock.row_in(&group, i));
        }
        let next = clock.group_after([group.before[0] + group.len[0], group.before[1] + group.len[1]])?;
        place = Some((next, 1));
        Some(clock.row_in(&next, 0))
    });
    shared.map(|cursor| clock.shared_row(cursor)).chain(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::ids::TaskId;
    use crate::trace::{Event, TimeUnit, Trace};

    fn run(times: &[(u64, u32)]) -> Viewer {
        let mut trace = Trace::new(TimeUnit::VirtualMs);
        times.iter().for_each(|&(time, task)| trace.columns.push(time, Event::CallEnded { task: TaskId(task) }));
        Viewer::of(trace)
    }

    /// The rows around a cursor, a line each: time, event of the run, event of the other, what is so of it.
    fn rows(seen: [usize; 2], cursor: usize, above: usize, below: usize) -> Vec<String> {
        let one = run(&[(0, 1), (0, 1), (5, 1), (5, 1), (9, 1)]);
        let other = run(&[(0, 1), (0, 2), (0, 2), (5, 2), (7, 2)]);
        let Rows { rows, is_ahead } =
            Comparison::default().rows((&one, seen[0]), (&other, seen[1]), cursor, above, below);
        let at = |at: Option<u32>| at.map_or("-".to_owned(), |at| at.to_string());
        let line = |row: &Row| {
            let mark = if row.is_same {
                " same"
            } else if row.is_first {
                " first"
            } else {
                ""
            };
            format!("{} {} {}{mark}", row.time, at(row.run), at(row.other))
        };
        rows.iter().map(line).chain(is_ahead.then(|| "ahead".to_owned())).collect()
    }

    const ALL: [&str; 7] = ["0 1 1 same", "0 2 2 first", "0 - 3", "5 3 4", "5 4 -", "7 - 5", "9 5 -"];

    #[test]
    fn events_of_one_time_stand_side_by_side() {
        assert_eq!(rows([5, 5], 0, 9, 9), ALL);
        assert_eq!(rows([5, 5], 1, 9, 9), ALL);
        assert_eq!(rows([5, 5], 4, 9, 9), ALL);
    }

    #[test]
    fn rows_around_a_cursor_are_a_window_of_all() {
        assert_eq!(rows([5, 5], 3, 2, 1), ALL[1..5]);
        assert_eq!(rows([5, 5], 5, 1, 3), ALL[5..]);
    }

    #[test]
    fn rows_that_were_not_seen_are_ahead() {
        assert_eq!(rows([3, 4], 3, 1, 9), ["0 - 3", "5 3 4", "ahead"]);
        assert_eq!(rows([2, 2], 2, 0, 9), ["0 2 2 first", "ahead"]);
    }
}
