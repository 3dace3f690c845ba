//! Stacks of futures, and what they took from the heap: for each task, which future was polled within which, and which boxes
//! were there meanwhile.
//!
//! A *frame* is a poll of a future inside of a task. A *box* is what was taken from the heap at once. The heap's events say how
//! much was given back, and not of what: it is taken for the latest box of as many bytes, else for the latest.

use crate::trace::event::{Event, Outcome};
use crate::trace::ids::TaskId;
use crate::trace::{FutureRole, Trace};
use crate::view::Viewer;
use crate::view::description::Place;
use serde::Serialize;

/// All stacks of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Frames {
    /// A task each, in the order in which they were spawned.
    pub stacks: Vec<Stack>,
    /// What the compiler refused before anything ran.
    pub refused: Vec<RefusedHere>,
}

/// What is refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct RefusedHere {
    /// The cursor right after that.
    pub at: u32,
    /// What the compiler says first.
    pub message: String,
    /// To which line.
    pub line: Option<Place>,
}

/// A task's frames and boxes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Stack {
    /// The task.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Bytes of its future, which holds all that is not on the heap.
    pub size: u32,
    /// The cursor right after it was spawned.
    pub at: u32,
    /// Its polls: the cursor right after each began.
    pub polls: Vec<u32>,
    /// In the order in which they began.
    pub frames: Vec<StackFrame>,
    /// In the order in which they were made.
    pub boxes: Vec<InBox>,
}

/// A poll of a future.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct StackFrame {
    /// The future's name; where it is a type's, that type.
    pub name: String,
    /// How many frames it lies in.
    pub depth: u32,
    /// The future: its number in the run, the same in each of its polls.
    pub id: u32,
    /// In which of the task's polls, from 1.
    pub poll: u32,
    /// The cursor right after it began.
    pub at: u32,
    /// The cursor right after it returned; 0 where it did not.
    pub till: u32,
    /// Whether it was ready then.
    pub ready: bool,
    /// Whether it is a future of the prelude, which waits for something itself.
    pub waits: bool,
    /// Whether it is the innermost of the program's own.
    pub innermost: bool,
    /// Whether this poll went on through a vtable: the innermost one of a type that has a `dyn` in it.
    pub by_vtable: bool,
    /// The line that it is polled from.
    pub line: Option<Place>,
}

/// What was taken from the heap at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct InBox {
    /// How many allocations that was.
    pub count: u32,
    /// Of how many bytes.
    pub bytes: u32,
    /// The future that it was taken for: the one that was polled next, from the same line; 0 where that is not known.
    pub of: u32,
    /// The line that it was taken for, where that is known.
    pub line: Option<Place>,
    /// The cursor right after that.
    pub at: u32,
    /// The cursor right after it was given back; 0 where it was not.
    pub till: u32,
}

impl Stack {
    fn of(trace: &Trace, task: TaskId, at: u32) -> Stack {
        let (name, size) = (trace.task_name(task).to_owned(), trace.task(task).map_or(0, |info| info.size));
        Stack { task: task.0, name, size, at, polls: Vec::new(), frames: Vec::new(), boxes: Vec::new() }
    }
}

/// Which of a stack's frames and boxes are still there, by their places in it, the latest last.
#[derive(Debug, Default)]
struct Open {
    frames: Vec<usize>,
    boxes: Vec<usize>,
}

impl Open {
    fn entered(&mut self, stack: &mut Stack, trace: &Trace, at: u32, event: Event) {
        let Event::Entered { future, site, id, .. } = event else { return };
        let waits = trace.future_kind(future).is_none_or(|kind| kind.role != FutureRole::Watched);
        if let Some(below) = self.frames.last().map(|&below| &mut stack.frames[below])
            && !waits
        {
            (below.innermost, below.by_vtable) = (false, false);
        }
        let name = trace.future_name(future).to_owned();
        let by_vtable = !waits && name.contains("dyn ");
        let depth = self.frames.len() as u32;
        let (poll, line) = (stack.polls.len() as u32, Place::of(trace, site));
        let (till, ready, innermost) = (0, false, !waits);
        if let Some(new) = stack.boxes.last_mut().filter(|new| new.of == 0 && new.line.is_some() && new.line == line) {
            new.of = id.0;
        }
        self.frames.push(stack.frames.len());
        stack.frames.push(StackFrame {
            name,
            depth,
            id: id.0,
            poll,
            at,
            till,
            ready,
            waits,
            innermost,
            by_vtable,
            line,
        });
    }

    fn exited(&mut self, stack: &mut Stack, at: u32, outcome: Outcome) {
        if let Some(frame) = self.frames.pop().and_then(|top| stack.frames.get_mut(top)) {
            (frame.till, frame.ready) = (at, outcome == Outcome::Ready);
        }
    }

    fn boxed(&mut self, stack: &mut Stack, new: InBox) {
        self.boxes.push(stack.boxes.len());
        stack.boxes.push(new);
    }

    /// The task's future is gone, and what it had on the heap with it.
    fn dropped(&mut self, stack: &mut Stack, at: u32) {
        for one in self.boxes.drain(..) {
            stack.boxes[one].till = at;
        }
    }

    fn freed(&mut self, stack: &mut Stack, at: u32, count: u32, bytes: u32) {
        let boxes = &mut stack.boxes;
        let alike = self.boxes.iter().rposition(|&one| boxes[one].count == count && boxes[one].bytes == bytes);
        if let Some(alike) = alike {
            boxes[self.boxes.remove(alike)].till = at;
            return;
        }
        let mut left = count;
        while let Some(one) = self.boxes.pop_if(|one| boxes[*one].count <= left) {
            (boxes[one].till, left) = (at, left - boxes[one].count);
        }
    }
}

impl Viewer {
    /// The stacks of all tasks.
    pub fn frames(&self) -> Frames {
        let trace = self.trace();
        let (mut all, mut open) = (Frames::default(), Vec::new());
        for i in 0..trace.len() {
            let (event, at) = (trace.event(i), i as u32 + 1);
            match event {
                Event::Spawned { task } => {
                    all.stacks.push(Stack::of(trace, task, at));
                    open.push(Open::default());
                }
                Event::Refused { message, site } => {
                    let (message, line) = (trace.name(message).to_owned(), Place::of(trace, site));
                    all.refused.push(RefusedHere { at, message, line });
                }
                _ => {}
            }
            let nth = (trace.columns.task(i).0 as usize).wrapping_sub(1);
            let (Some(stack), Some(open)) = (all.stacks.get_mut(nth), open.get_mut(nth)) else { continue };
            match event {
                Event::PollStarted { .. } => stack.polls.push(at),
                Event::Entered { .. } => open.entered(stack, trace, at, event),
                Event::Exited { outcome, .. } => open.exited(stack, at, outcome),
                Event::Boxed { count, bytes, site, .. } => {
                    open.boxed(stack, InBox { count, bytes, of: 0, line: Place::of(trace, site), at, till: 0 });
                }
                Event::Freed { count, bytes, .. } => open.freed(stack, at, count, bytes),
                Event::Dropped { .. } => open.dropped(stack, at),
                _ => {}
            }
        }
        all
    }
}
