//! Findings, with the arguments of their sentences in the page's catalogues.

use crate::view::description::{Holder, Place};
use serde::Serialize;
use std::fmt;

/// All that is wrong with a run, in the order in which it becomes known.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Findings {
    /// Each, at most [`MOST`](super::MOST).
    pub all: Vec<Finding>,
    /// Whether there may be more.
    pub is_cut: bool,
}

/// One thing that is wrong with a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Finding {
    /// The cursor from which on it is known: right after the last event that proves it.
    pub cursor: u32,
    /// The events that prove it, as cursors right after each, in order.
    pub events: Vec<u32>,
    /// The line that is to blame: of the future that misbehaves, or that made it.
    pub at: Option<Place>,
    /// The line at which it shows: where that future is awaited.
    pub awaited: Option<Place>,
    /// What it is.
    pub cause: Cause,
}

impl Finding {
    pub(super) fn at(self, at: Option<Place>) -> Self {
        Finding { at, ..self }
    }

    /// The line at which it shows, unless it is the one that is to blame.
    pub(super) fn awaited(self, awaited: Option<Place>) -> Self {
        let awaited = awaited.filter(|awaited| self.at.as_ref() != Some(awaited));
        Finding { awaited, ..self }
    }
}

/// For people who read a test's output; the page has sentences.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cause)?;
        if let Some(Place { file, line }) = &self.at {
            write!(f, " at {file}:{line}")?;
        }
        match &self.awaited {
            Some(Place { file, line }) => write!(f, ", awaited at {file}:{line}"),
            None => Ok(()),
        }
    }
}

/// One wait of a cycle: the task waits for a thing that another one has.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CycleLink {
    /// Who waits.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// For what.
    pub on: Holder,
    /// The line it waits at.
    pub at: Option<Place>,
    /// Who has that.
    pub holder: u32,
    /// The line at which it took it, where it is a mutex.
    pub taken: Option<Place>,
}

impl CycleLink {
    fn text(&self) -> String {
        format!("task {} waits for {} of task {}", self.task, text_of(&self.on), self.holder)
    }
}

/// The text of a holder, as traces have it.
fn text_of(holder: &Holder) -> String {
    match holder {
        Holder::Timer { deadline } => format!("the timer of {deadline} ms"),
        Holder::Task { task } => format!("task {task}"),
        Holder::Itself => "itself".to_owned(),
        Holder::Promise { promise } => format!("promise {promise}"),
        Holder::Outside => "outside".to_owned(),
        Holder::Channel { nth } => format!("channel {nth}"),
        Holder::Mutex { nth } => format!("mutex {nth}"),
        Holder::Bell { nth } => format!("bell {nth}"),
        Holder::Cell { nth } => format!("cell {nth}"),
        Holder::Driver { nth } => format!("foreign driver {nth}"),
        Holder::Socket { nth } => format!("socket {nth}"),
        Holder::Stream { nth } => format!("stream {nth}"),
    }
}

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident $kind:literal { $($(#[$what:meta])* $field:ident: $of:ty),* $(,)? }
        says($($text:tt)*);)*) => {
        /// What is wrong. `kind` is the key in the catalogues (`finding.<kind>`, and `cure.<kind>` for what to do).
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "types", derive(tsify::Tsify))]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Cause { $($(#[$doc])* $name { $($(#[$what])* $field: $of),* }),* }

        impl Cause {
            /// Its kind.
            pub fn kind(&self) -> &'static str {
                match self { $(Cause::$name { .. } => $kind),* }
            }
        }

        impl fmt::Display for Cause {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(#[allow(unused_variables, reason = "not every field is said")]
                    Cause::$name { $($field),* } => write!(f, "{} {}", $kind, format_args!($($text)*))),*
                }
            }
        }
    };
}

causes! {
    /// A task is pending, and nobody holds a waker of it: a future inside of it left none.
    NoWaker "no_waker" {
        /// Who.
        task: u32,
        /// The future that returned `Pending` and left no waker; empty if it is none that records its polls.
        future: String,
    } says("task {task} {future}");
    /// A future left no waker, and is polled again only because its task was woken for another one.
    PolledByLuck "polled_by_luck" {
        /// The task.
        task: u32,
        /// The future.
        future: String,
        /// Who woke the task.
        by: Holder,
    } says("task {task} {future} because of {}", text_of(by));
    /// A future is ready though what it waits for has not come: it took another poll for it.
    TookPollForEvent "took_poll_for_event" {
        /// The task.
        task: u32,
        /// The future.
        future: String,
        /// What it waits for.
        on: Holder,
        /// Who had its task polled; none where it was spawned.
        by: Option<Holder>,
    } says("task {task} {future} before {}", text_of(on));
    /// A task is pending at a source that still has the waker of another task, or of none.
    StaleWaker "stale_waker" {
        /// Who waits.
        task: u32,
        /// The future.
        future: String,
        /// Where it waits.
        on: Holder,
        /// Whose waker is there; 0 for one that wakes nobody.
        kept: u32,
    } says("task {task} {future}: {} has that of task {kept}", text_of(on));
    /// A task is pending, and its last waker was dropped, unused: what was to wake it is gone.
    WakerGone "waker_gone" {
        /// Who.
        task: u32,
        /// In whose poll that was; 0 for nobody's.
        other: u32,
    } says("task {task} in the poll of {other}");
    /// A person took a wake out of the run.
    WakeLost "wake_lost" {
        /// Who was to be woken.
        task: u32,
        /// By whom.
        by: Holder,
    } says("task {task} by {}", text_of(by));
    /// A task's future was dropped without a poll.
    TaskNeverPolled "task_never_polled" {
        /// Who.
        task: u32,
        /// Its name.
        name: String,
    } says("task {task} {name}");
    /// A future inside of a task was dropped without a poll: not one line of it ran.
    NeverPolled "never_polled" {
        /// The task.
        task: u32,
        /// The future.
        future: String,
        /// How many of the same line.
        times: u32,
    } says("task {task} {future} ({times})");
    /// What a future waited for came, and its task did something else meanwhile: it is polled late.
    Unattended "unattended" {
        /// The task.
        task: u32,
        /// The future.
        future: String,
        /// What came.
        by: Holder,
        /// How late it is polled, in ms.
        ms: f64,
    } says("task {task} {future} of {}, {ms} ms late", text_of(by));
    /// A future that is the first in line of a free mutex is not polled any more, and others stand behind it.
    Futurelock "futurelock" {
        /// The task.
        task: u32,
        /// The future.
        future: String,
        /// The mutex.
        on: Holder,
        /// When its task polled it last, in ms.
        polled: f64,
        /// The task of the next one in line; it may be the same.
        behind: u32,
        /// How many more stand behind that one.
        more: u32,
    } says("task {task} {future} of {}, last polled at {polled} ms, before task {behind} and {more} more", text_of(on));
    /// A poll kept the thread while others were to be polled.
    Blocked "blocked" {
        /// Who.
        task: u32,
        /// For how long, in ms: the worst time.
        ms: f64,
        /// How many others it kept waiting then.
        others: u32,
        /// How late one of them was for that, in ms.
        late: f64,
    } says("task {task} for {ms} ms, {others} others, {late} ms late");
    /// A poll asked a future again and again, while a callback of the browser's was due that could not run.
    Spinning "spinning" {
        /// Who.
        task: u32,
        /// How often it asked.
        polls: u32,
        /// For how long, in ms.
        ms: f64,
        /// How late the callback was by then, in ms.
        late: f64,
    } says("task {task} {polls} times in {ms} ms, {late} ms late");
    /// A task wakes itself in each poll, looks, and gets nowhere.
    BusyPolling "busy_polling" {
        /// Who.
        task: u32,
        /// Polls in a row.
        polls: u32,
        /// The future that does so; empty if it is none that records its polls.
        future: String,
    } says("task {task} {future}, {polls} polls");
    /// A future was polled after it had returned `Ready`.
    PolledAfterReady "polled_after_ready" {
        /// The task.
        task: u32,
        /// The future.
        future: String,
    } says("task {task} {future}");
    /// A task panicked.
    Panicked "panicked" {
        /// Who; 0 for the driver.
        task: u32,
        /// With which message.
        message: String,
    } says("task {task}: {message}");
    /// A task was woken again and again by the same before it was polled.
    WakeStorm "wake_storm" {
        /// Who.
        task: u32,
        /// Wakes between two polls that came to nothing.
        coalesced: u32,
        /// By whom.
        by: Holder,
    } says("task {task} {coalesced} times by {}", text_of(by));
    /// A future was dropped that had received a part of what it makes something of.
    ValuesLost "values_lost" {
        /// The task.
        task: u32,
        /// How many values it had received.
        received: u32,
        /// How many it takes.
        whole: u32,
    } says("task {task}: {received} of {whole}");
    /// A timeout is made anew again and again: it never fires, because a shorter timer ends each turn of its loop.
    TimeoutRestarts "timeout_restarts" {
        /// The task.
        task: u32,
        /// How often.
        times: u32,
        /// How long it takes, in ms.
        ms: u32,
        /// How long it was made anew, in ms.
        lasted: f64,
    } says("task {task}: {times} times {ms} ms in {lasted} ms");
    /// A timeout is made anew for each value of a channel, and nothing that is recorded is done with them: it limits the time
    /// between two of them, which may be meant, and not all of it.
    TimeoutOfEachTurn "timeout_of_each_turn" {
        /// The task.
        task: u32,
        /// How often.
        times: u32,
        /// How long it takes, in ms.
        ms: u32,
        /// How long it was made anew, in ms.
        lasted: f64,
    } says("task {task}: {times} times {ms} ms in {lasted} ms");
    /// The run was cut off, and its clock had stood still for very many polls.
    TimeStandsStill "time_stands_still" {
        /// The task that was polled most.
        task: u32,
        /// How many others were polled again and again.
        others: u32,
        /// Polls of all.
        polls: u32,
        /// The time, in ms.
        time: f64,
    } says("task {task} and {others} others, {polls} polls at {time} ms");
    /// Tasks wait for each other in a cycle.
    Deadlock "deadlock" {
        /// Each waits for what the next one has, and the last for what the first has.
        links: Vec<CycleLink>,
    } says("{}", links.iter().map(CycleLink::text).collect::<Vec<_>>().join(", "));
    /// The run is stuck, and all wakers of this task are kept by its own future: nobody else can use one.
    HeldByItself "held_by_itself" {
        /// Who.
        task: u32,
        /// The future that is pending; empty if it is none that records its polls.
        future: String,
    } says("task {task} {future}");
    /// The run is stuck, and the task waits for a timer of another runtime, whose loop nobody turned since that was due.
    Undriven "undriven" {
        /// Who.
        task: u32,
        /// The future.
        future: String,
        /// The driver.
        on: Holder,
        /// When the timer is due, in ms.
        due: f64,
        /// Whether the loop was turned before that.
        was_turned: bool,
        /// When it was last, in ms.
        turned: f64,
    } says("task {task} {future} in {}, due at {due} ms{}", text_of(on),
        if *was_turned { format!(", turned last at {turned} ms") } else { String::new() });
    /// The run is stuck, and the task waits for a source of data in the driver of another runtime: something came, and nobody turned
    /// that driver's loop since.
    UndrivenSocket "undriven_socket" {
        /// Who.
        task: u32,
        /// The future.
        future: String,
        /// The driver.
        on: Holder,
        /// The source: which, from 1.
        socket: u32,
        /// When something came that the driver was not turned for, in ms.
        came: f64,
        /// What lies there, in bytes.
        bytes: u32,
        /// Whether the loop was turned before that.
        was_turned: bool,
        /// When it was last, in ms.
        turned: f64,
    } says("task {task} {future} of socket {socket} in {}, {bytes} bytes since {came} ms{}", text_of(on),
        if *was_turned { format!(", turned last at {turned} ms") } else { String::new() });
    /// The run is stuck, and the task waits for something that nobody is left to do.
    NobodyComes "nobody_comes" {
        /// Who.
        task: u32,
        /// For what.
        on: Holder,
    } says("task {task} for {}", text_of(on));
    /// The run is stuck, and the task left its waker with a bell that had rung before: it looked before that.
    SignalledBeforeWaker "signalled_before_waker" {
        /// Who.
        task: u32,
        /// The bell.
        on: Holder,
        /// When it was signalled, in ms.
        signalled: f64,
    } says("task {task} for {}, which rang at {signalled} ms", text_of(on));
    /// The run is stuck, and a source was reported ready before the task left its waker for it: that is told once, and nobody looked again.
    ReadinessMissed "readiness_missed" {
        /// Who.
        task: u32,
        /// The future.
        future: String,
        /// The source.
        on: Holder,
        /// When it was reported, in ms.
        since: f64,
        /// What lies there, in bytes.
        bytes: u32,
    } says("task {task} {future} of {}, ready since {since} ms, {bytes} bytes", text_of(on));
    /// The run is stuck, and the task read a part of what a source has and waits to be told of more: that is told only when more comes.
    ReadTooLittle "read_too_little" {
        /// Who.
        task: u32,
        /// The future.
        future: String,
        /// The source.
        on: Holder,
        /// When it was reported, in ms.
        since: f64,
        /// What still lies there, in bytes.
        bytes: u32,
    } says("task {task} {future} of {}, ready since {since} ms, {bytes} bytes left", text_of(on));
    /// Of another application: a poll took long by the clock, and others that had been woken were polled on its thread after it.
    SlowPoll "slow_poll" {
        /// Who.
        task: u32,
        /// For how long, in ms: the worst time.
        ms: f64,
        /// How many others were late for that.
        others: u32,
        /// How late one of them was for that, in ms.
        late: f64,
    } says("task {task} for {ms} ms, {others} others, {late} ms late");
    /// Of another application: at the end of the recording a task is pending, and no waker of it is left.
    NoWakerLeft "no_waker_left" {
        /// Who.
        task: u32,
        /// Whether one was kept, and dropped while the task was pending.
        was_dropped: bool,
        /// In whose poll that was; 0 for nobody's.
        other: u32,
    } says("task {task}{}", if *was_dropped { format!(", the last in the poll of {other}") } else { String::new() });
    /// A value was moved that had been pinned, and that is not `Unpin`.
    PinnedMoved "pinned_moved" {
        /// Where it was pinned.
        place: String,
        /// Where it is now.
        to: String,
    } says("{place} to {to}");
}

impl Cause {
    /// The task that it is about; 0 for none, or for several.
    pub fn task(&self) -> u32 {
        match *self {
            Cause::Deadlock { .. } | Cause::PinnedMoved { .. } => 0,
            Cause::NoWaker { task, .. }
            | Cause::PolledByLuck { task, .. }
            | Cause::TookPollForEvent { task, .. }
            | Cause::StaleWaker { task, .. }
            | Cause::WakerGone { task, .. }
            | Cause::WakeLost { task, .. }
            | Cause::TaskNeverPolled { task, .. }
            | Cause::NeverPolled { task, .. }
            | Cause::Unattended { task, .. }
            | Cause::Futurelock { task, .. }
            | Cause::Blocked { task, .. }
            | Cause::Spinning { task, .. }
            | Cause::BusyPolling { task, .. }
            | Cause::PolledAfterReady { task, .. }
            | Cause::Panicked { task, .. }
            | Cause::WakeStorm { task, .. }
            | Cause::ValuesLost { task, .. }
            | Cause::TimeoutRestarts { task, .. }
            | Cause::TimeoutOfEachTurn { task, .. }
            | Cause::TimeStandsStill { task, .. }
            | Cause::HeldByItself { task, .. }
            | Cause::Undriven { task, .. }
            | Cause::UndrivenSocket { task, .. }
            | Cause::NobodyComes { task, .. }
            | Cause::SignalledBeforeWaker { task, .. }
            | Cause::ReadinessMissed { task, .. }
            | Cause::ReadTooLittle { task, .. }
            | Cause::SlowPoll { task, .. }
            | Cause::NoWakerLeft { task, .. } => task,
        }
    }
}
