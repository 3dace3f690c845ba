//! Two runs side by side: where they diverge, and where the one is when the other is somewhere.
//!
//! Runs are compared event by event, by what an event says. Up to the first difference a cursor is the same moment in
//! both; after it, a moment is a time, and a number of events at that time.

mod rows;

pub use rows::{Row, Rows};

use super::Viewer;
use crate::trace::Trace;

/// What is known of a run beside another one. Both may still grow: events are compared once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Comparison {
    /// So many events are known to be the same.
    same: usize,
}

impl Comparison {
    /// The first event, from 0, that is not the same in both runs. None if they are the same, or are so far: while a run
    /// grows, it does not differ by what it has not come to.
    pub fn diverges_from(&mut self, run: &Viewer, other: &Viewer) -> Option<usize> {
        let (one, two) = (run.trace(), other.trace());
        let shared = one.len().min(two.len());
        while self.same < shared && one.is_same(two, self.same) {
            self.same += 1;
        }
        let is_shorter = |this: &Viewer, that: &Viewer| this.is_over() && this.trace().len() < that.trace().len();
        (self.same < shared || is_shorter(run, other) || is_shorter(other, run)).then_some(self.same)
    }

    /// The cursor of the other run at which it is as late: up to the first difference the same one, and from there on so
    /// many events into the same time.
    pub fn cursor_in_other(&mut self, run: &Viewer, other: &Viewer, cursor: usize) -> usize {
        let (len, other_len) = (run.trace().len(), other.trace().len());
        let Some(from) = self.diverges_from(run, other).filter(|&from| cursor > from) else {
            return cursor.min(other_len);
        };
        if cursor >= len {
            return other_len;
        }
        let clock = Clock { run: run.trace(), other: other.trace(), from };
        let time = run.trace().time(cursor - 1);
        let into = cursor.saturating_sub(clock.before(time));
        clock.other_until(time).min(clock.other_before(time) + into)
    }
}

/// The clock of two runs from their first difference on. Times are the run's own.
#[derive(Clone, Copy)]
struct Clock<'a> {
    run: &'a Trace,
    other: &'a Trace,
    /// The first event that differs.
    from: usize,
}

impl Clock<'_> {
    /// How many events of the run are no later than `time`; at least those that it shares with the other one.
    fn until(&self, time: u64) -> usize {
        self.run.columns.first_after(time).max(self.from)
    }

    /// How many are earlier than `time`.
    fn before(&self, time: u64) -> usize {
        time.checked_sub(1).map_or(self.from, |before| self.until(before))
    }

    /// The same, of the other run.
    fn other_until(&self, time: u64) -> usize {
        self.other.columns.first_after(self.in_other(time)).max(self.from)
    }

    fn other_before(&self, time: u64) -> usize {
        time.checked_sub(1).map_or(self.from, |before| self.other_until(before))
    }

    /// A time of the run in the other one's unit.
    fn in_other(&self, time: u64) -> u64 {
        convert(time, self.run, self.other)
    }

    /// The time of an event of the other run, in the run's unit.
    fn time_of_other(&self, event: usize) -> u64 {
        convert(self.other.time(event), self.other, self.run)
    }
}

/// A time of one run in the unit of another one.
fn convert(time: u64, from: &Trace, to: &Trace) -> u64 {
    // A thousand times the latest time of a trace is a number of 64 bits.
    time.saturating_mul(to.unit.per_ms()) / from.unit.per_ms()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::ids::TaskId;
    use crate::trace::{Event, TimeUnit};

    /// A run with an event at each of these times: of a task that is another one where they are negative.
    fn run(times: &[i64]) -> Viewer {
        let mut trace = Trace::new(TimeUnit::VirtualMs);
        for time in times {
            let task = TaskId(if *time < 0 { 2 } else { 1 });
            trace.columns.push(time.unsigned_abs(), Event::CallEnded { task });
        }
        Viewer::of(trace)
    }

    /// Where they diverge, and the cursor in the other run of each cursor.
    fn compare(run: &Viewer, other: &Viewer) -> (Option<usize>, Vec<usize>) {
        let mut comparison = Comparison::default();
        let from = comparison.diverges_from(run, other);
        let cursors = (0..=run.trace().len()).map(|cursor| comparison.cursor_in_other(run, other, cursor));
        (from, cursors.collect())
    }

    #[test]
    fn runs_that_are_the_same_have_the_same_cursors() {
        assert_eq!(compare(&run(&[0, 0, 5]), &run(&[0, 0, 5])), (None, vec![0, 1, 2, 3]));
    }

    #[test]
    fn cursors_after_the_first_difference_are_as_many_events_into_the_same_time() {
        let (one, other) = (run(&[0, 0, 5, 5, 5, 9]), run(&[0, -0, -5, -5, -7, -9, -9]));
        assert_eq!(compare(&one, &other), (Some(2), vec![0, 1, 2, 3, 4, 4, 7]));
        assert_eq!(compare(&other, &one), (Some(2), vec![0, 1, 2, 3, 4, 5, 6, 6]));
    }

    #[test]
    fn run_diverges_where_the_other_one_ends() {
        let (long, short) = (run(&[0, 1, 2]), run(&[0, 1]));
        assert_eq!((compare(&long, &short).0, compare(&short, &long).0), (Some(2), Some(2)));
    }

    #[test]
    fn run_that_grows_does_not_diverge_by_what_is_not_there_yet() {
        let (mut growing, whole) = (Viewer::new(), run(&[0, 1, 2]));
        let mut comparison = Comparison::default();
        let mut push = |growing: &mut Viewer, time, task| {
            growing.grow(|trace| trace.columns.push(time, Event::CallEnded { task: TaskId(task) }));
            comparison.diverges_from(growing, &whole)
        };
        assert_eq!(push(&mut growing, 0, 1), None);
        assert_eq!(push(&mut growing, 1, 2), Some(1));
        assert_eq!(push(&mut growing, 2, 1), Some(1));
    }
}
