//! Tasks in the browser's own tool: the Performance panel of DevTools shows what happened to each on a track of its own, and
//! stack traces of a task's polls lead back to where it was spawned.
//!
//! The tracks are measures of the page (`performance.measure`, with what the panel wants in `detail.devtools`), made of the
//! trace when the run is over, at the times that it has; browsers without such a panel keep them as measures. The stacks are
//! `console.createTask`, where there is one: each poll runs within the call that it gives.

use super::put;
use crate::executor::{Executor, JoinHandle, Schedule};
use crate::record::TraceRecorder;
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::TaskId;
use crate::trace::{TaskKind, Trace};
use js_sys::{Array, Function, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type ConsoleTask;
    #[wasm_bindgen(method)]
    fn run(this: &ConsoleTask, f: &mut dyn FnMut());
    #[wasm_bindgen(js_namespace = console, js_name = createTask)]
    fn create_task(name: &str) -> ConsoleTask;
    #[wasm_bindgen(js_namespace = performance, catch)]
    fn measure(name: &str, options: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = performance, js_name = clearMeasures)]
    fn clear_measures(name: &str);
}

/// The most measures of a run: the panel becomes slow of more.
const MOST: usize = 20_000;
/// The group of tracks, before the title of a run.
const GROUP: &str = "Pollscope";

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
    /// The names of the measures of the last run.
    static PUBLISHED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// The tasks of other executors, by their recording and their number there.
    static TAGS: RefCell<HashMap<(u64, u32), Tag>> = RefCell::default();
}

/// Whether live runs that begin from here on put their tasks into DevTools.
pub fn show_in_devtools(on: bool) {
    IS_ON.set(on);
}

pub(super) fn is_on() -> bool {
    IS_ON.get()
}

/// A task, as the console has it.
pub(crate) struct Tag(ConsoleTask);

impl Tag {
    /// One that is spawned here; none where the console has no tasks.
    pub(crate) fn new(name: &str) -> Option<Tag> {
        let console = Reflect::get(&js_sys::global(), &"console".into()).ok()?;
        let create = Reflect::get(&console, &"createTask".into()).ok()?;
        create.is_instance_of::<Function>().then(|| Tag(create_task(name)))
    }

    /// Calls `f` on behalf of the task.
    pub(crate) fn run<T>(&self, f: impl FnOnce() -> T) -> T {
        let (mut f, mut value) = (Some(f), None);
        self.0.run(&mut || value = f.take().map(|f| f()));
        value.expect("run calls its function, once")
    }
}

/// Calls `f` on behalf of a task, if it has a tag.
pub(super) fn on_behalf<T>(tag: Option<&Tag>, f: impl FnOnce() -> T) -> T {
    match tag {
        Some(tag) => tag.run(f),
        None => f(),
    }
}

/// A task of a recording of another application is spawned here.
pub(crate) fn spawned(recording: u64, of: u32, name: &str) {
    if let Some(tag) = Tag::new(name) {
        TAGS.with_borrow_mut(|tags| tags.insert((recording, of), tag));
    }
}

/// It is gone.
pub(crate) fn dropped(recording: u64, of: u32) {
    TAGS.with_borrow_mut(|tags| tags.remove(&(recording, of)));
}

/// Polls it.
pub(crate) fn polls<T>(recording: u64, of: u32, f: impl FnOnce() -> T) -> T {
    // Not while the table is borrowed: a poll may spawn.
    let task: Option<JsValue> = TAGS.with_borrow(|tags| tags.get(&(recording, of)).map(|Tag(task)| task.into()));
    on_behalf(task.map(|task| Tag(task.unchecked_into())).as_ref(), f)
}

/// Spawns a task of a live run. One that has a tag lies in a box, and its trace says so.
pub(super) fn spawn<F>(executor: &Executor<TraceRecorder, Schedule>, name: &str, future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
{
    match is_on().then(|| Tag::new(name)).flatten() {
        Some(tag) => executor.spawn(name, Tagged { future: Box::pin(future), tag }),
        None => executor.spawn(name, future),
    }
}

/// A future whose polls run on behalf of its task.
struct Tagged<T> {
    future: Pin<Box<dyn Future<Output = T>>>,
    tag: Tag,
}

impl<T> Future for Tagged<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let Tagged { future, tag } = &mut *self;
        tag.run(|| future.as_mut().poll(cx))
    }
}

/// What a task does until the next event of its own.
#[derive(Clone, Copy, Debug)]
enum Since {
    Polled(u64, u32),
    Asleep(u64),
    Ready(u64, Option<WakeSource>),
}

/// Puts a run onto tracks. `origin` is the time of its beginning, in ms of `performance.now()`. The measures of the run before are
/// taken back.
pub(crate) fn publish(trace: &Trace, origin: f64) {
    PUBLISHED.take().iter().for_each(|name| clear_measures(name));
    let group = if trace.head.title.is_empty() { GROUP.to_owned() } else { format!("{GROUP}: {}", trace.head.title) };
    let mut since: Vec<Option<Since>> = vec![None; trace.tasks.len() + 1];
    let mut left = MOST;
    for i in 0..trace.len() {
        let now = trace.time(i);
        let (task, next, outcome) = match trace.event(i) {
            Event::PollStarted { task, nth } => (task, Some(Since::Polled(now, nth)), None),
            Event::PollEnded { task, outcome: Outcome::Pending, .. } => {
                (task, Some(Since::Asleep(now)), Some(Outcome::Pending))
            }
            Event::PollEnded { task, outcome, .. } => (task, None, Some(outcome)),
            Event::Woken { task, by, effect: crate::trace::event::WakeEffect::Queued } => {
                (task, Some(Since::Ready(now, Some(by))), None)
            }
            Event::Spawned { task } => (task, Some(Since::Ready(now, None)), None),
            Event::Dropped { task, .. } => (task, None, None),
            _ => continue,
        };
        let is_future = trace.task(task).is_some_and(|info| info.kind == TaskKind::Future);
        let Some(was) = since.get_mut(task.0 as usize).filter(|_| is_future) else { continue };
        let Some(before) = std::mem::replace(was, next) else { continue };
        left -= 1;
        entry(trace, &group, task, before, outcome, now, origin);
        if left == 0 {
            return;
        }
    }
}

/// One entry of a track.
fn entry(trace: &Trace, group: &str, task: TaskId, was: Since, outcome: Option<Outcome>, till: u64, origin: f64) {
    let (name, from, color, about) = match was {
        Since::Polled(from, nth) => {
            let outcome = outcome.map_or("dropped", |outcome| match outcome {
                Outcome::Pending => "Pending",
                Outcome::Ready => "Ready",
                Outcome::Panicked => "panicked",
            });
            let color = if outcome == "panicked" { "error" } else { "primary" };
            (format!("poll {nth}"), from, color, ["answer".to_owned(), outcome.to_owned()])
        }
        Since::Asleep(from) => {
            ("waiting".to_owned(), from, "secondary-light", ["kind".to_owned(), "asleep".to_owned()])
        }
        Since::Ready(from, by) => {
            let by = by.map_or("being spawned".to_owned(), |by| match by {
                WakeSource::Promise(promise) => format!("promise {}", promise.0),
                WakeSource::Task(by) if by == task => "itself".to_owned(),
                WakeSource::Task(by) => format!("task {} {}", by.0, trace.task_name(by)),
                WakeSource::Timer(_) => "a timer".to_owned(),
                WakeSource::Source(_) => "what it waited for".to_owned(),
                WakeSource::Outside => "the page".to_owned(),
            });
            ("ready".to_owned(), from, "tertiary", ["woken by".to_owned(), by])
        }
    };
    let track = format!("{} {}", task.0, trace.task_name(task));
    let name = format!("{track}: {name}");
    let devtools = Object::new();
    put(&devtools, "dataType", "track-entry");
    put(&devtools, "trackGroup", group);
    put(&devtools, "track", &*track);
    put(&devtools, "color", color);
    let [what, value] = about;
    put(&devtools, "tooltipText", format!("{name} ({what}: {value})"));
    put(&devtools, "properties", Array::of1(&Array::of2(&what.into(), &value.into())));
    let (detail, options) = (Object::new(), Object::new());
    put(&detail, "devtools", devtools);
    put(&options, "detail", detail);
    let at = |us: u64| JsValue::from(origin + us as f64 / 1000.0);
    put(&options, "start", at(from));
    put(&options, "end", at(till));
    if measure(&name, &options).is_ok() {
        PUBLISHED.with_borrow_mut(|published| {
            if published.last() != Some(&name) {
                published.push(name);
            }
        });
    }
}
