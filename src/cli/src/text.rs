//! The report as text.

use crate::report::{Evidence, Explained, Line, Report};
use crate::waits::{TaskReport, Wait};
use pollscope::view::Ending;
use std::fmt;

/// More waits of a task are counted, and not written.
const MOST_WAITS: usize = 12;
/// More tasks are counted: those that waited longest are written.
const MOST_TASKS: usize = 20;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = if self.title.is_empty() { "a run without a title" } else { &self.title };
        let of = if self.scenario.is_empty() { String::new() } else { format!(" ({})", self.scenario) };
        let how = if self.is_live { ", recorded as it happened" } else { "" };
        writeln!(
            f,
            "{title}{of}: {} in {} ms{how}, by pollscope {}",
            count(self.events, "event"),
            self.ms,
            self.build
        )?;
        match &self.ending {
            Some(ending) => writeln!(f, "{}", ended(ending))?,
            None => writeln!(f, "It was cut off: its end is not recorded.")?,
        }
        if let Some(damage) = &self.damage {
            writeln!(f, "The file: {damage}.")?;
        }
        let more = if self.is_cut { ", and there may be more" } else { "" };
        writeln!(f, "\n{}{more}", count(self.findings.len(), "finding"))?;
        for (i, finding) in self.findings.iter().enumerate() {
            write!(f, "\n{}. {finding}", i + 1)?;
        }
        writeln!(f, "\n{}", count(self.tasks.len(), "task"))?;
        let mut shown: Vec<&TaskReport> = self.tasks.iter().collect();
        if shown.len() > MOST_TASKS {
            shown.sort_by(|a, b| (b.waited_ms + b.late_ms).total_cmp(&(a.waited_ms + a.late_ms)));
            shown.truncate(MOST_TASKS);
            writeln!(f, "those {MOST_TASKS} that waited longest:")?;
        }
        shown.into_iter().try_for_each(|task| write!(f, "\n{task}"))
    }
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.what)?;
        for (how, line) in [("at", &self.at), ("awaited at", &self.awaited)] {
            if let Some(line) = line {
                writeln!(f, "   {how} {line}")?;
            }
        }
        self.evidence.iter().try_for_each(|Evidence { event, moment, ms, what }| {
            let moment = moment.as_deref().unwrap_or_default();
            writeln!(f, "     event {event:<6} {:>8}  {what}   {moment}", format!("{ms} ms"))
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        self.code.as_ref().map_or(Ok(()), |code| write!(f, "   {code}"))
    }
}

impl fmt::Display for TaskReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TaskReport { task, name, polls, polled_ms, waited_ms, late_ms, waits, dropped } = self;
        let end = dropped.as_deref().unwrap_or("there to the end");
        writeln!(f, "task {task} {name}: {}, {end}", count(*polls as usize, "poll"))?;
        writeln!(f, "   waited {waited_ms} ms, ready and not polled {late_ms} ms, polled {polled_ms} ms")?;
        waits.iter().take(MOST_WAITS).try_for_each(|wait| writeln!(f, "     {wait}"))?;
        match waits.len().checked_sub(MOST_WAITS) {
            Some(more @ 1..) => writeln!(f, "     and {}", count(more, "more wait")),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.to_ms, &self.by) {
            (Some(to), Some(by)) => write!(f, "{} to {to} ms: {by}", self.from_ms)?,
            _ => write!(f, "from {} ms on, for ever", self.from_ms)?,
        }
        self.at.as_ref().map_or(Ok(()), |line| write!(f, "   at {line}"))
    }
}

/// How the run ended, as a sentence.
fn ended(ending: &Ending) -> String {
    let waiting = |tasks: u32| count(tasks as usize, "task");
    match *ending {
        Ending::Completed => "It came to its end.".to_owned(),
        Ending::Deadlock { tasks } => format!("It is stuck: nobody will wake {}.", waiting(tasks)),
        Ending::Polls { budget } => format!("It was stopped at its budget of {budget} polls."),
        Ending::Events { budget } => format!("It was stopped at its budget of {budget} events."),
        Ending::Memory { budget } => format!("It was stopped at its budget of {budget} KiB of memory."),
        Ending::Time { budget } => format!("It was stopped at its budget of {budget} ms of virtual time."),
        Ending::Panicked => "It ended in a panic.".to_owned(),
        Ending::Stopped => "It was stopped by a person.".to_owned(),
        Ending::GaveUp { tasks } => format!("It waited as long as it may, and {} did not end.", waiting(tasks)),
        Ending::Hung => "It was ended because a poll did not return.".to_owned(),
        Ending::Stack => "It ended because the stack overflowed.".to_owned(),
        Ending::OutOfMemory => "It ended because there was no memory left.".to_owned(),
        Ending::Trapped => "It ended in a trap.".to_owned(),
    }
}

/// `1 event`, `2 events`.
fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
