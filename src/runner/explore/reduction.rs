//! Partial-order reduction: of all orders that differ in nothing but polls that do not conflict, one is run.
//!
//! Two polls *conflict* if their footprints do. Poll `a` *happens before* poll `b` if it comes earlier and is of the same
//! task, conflicts with `b`, lies in an earlier epoch (before the clock was moved), or happens before such a one. Orders with
//! the same happens-before are one class, and come to the same. Two polls *race* if one happens before the other directly,
//! and not because of its task or the clock: in another order their outcome may differ, so the reverse is to be tried.
//!
//! This is source-DPOR with sleep sets (Abdulla, Aronsson, Jonsson, Sagonas: Optimal dynamic partial order reduction, 2014):
//! a search in depth in which each run says by its races where else to branch, and a task is asleep at a node if all that
//! begins with its poll has been explored beside it. No run is kept, each is made again from its start.
//!
//! Several parts share the tree out: each makes the same few nodes at its top, where it branches to all that are ready,
//! and goes on below its share of them.

use super::Part;
use crate::executor::{Footprint, Guide, Path, Step};
use crate::trace::ids::TaskId;
use std::collections::VecDeque;

/// Roots for each part, so that parts of unequal size even out.
const ROOTS: usize = 8;

/// A task and what its poll uses.
type Used = (TaskId, Footprint);

/// A point of the present run: the poll that it goes on with, and the others that are to be tried.
#[derive(Debug)]
struct Node {
    step: Step,
    /// The polls that happen before this one, a bit each.
    before: Vec<u64>,
    /// Whose polls are to be tried here, tried ones included.
    backtrack: Vec<TaskId>,
    tried: Vec<Used>,
}

impl Node {
    fn is_after(&self, other: usize) -> bool {
        self.before.get(other / 64).is_some_and(|bits| bits >> (other % 64) & 1 == 1)
    }

    fn comes_after(&mut self, other: usize, before: &[u64]) {
        let bits = before.len().max(other / 64 + 1);
        self.before.resize(self.before.len().max(bits), 0);
        self.before.iter_mut().zip(before).for_each(|(mine, its)| *mine |= its);
        self.before[other / 64] |= 1 << (other % 64);
    }
}

/// A run to begin with: its first polls, and who is asleep at the last of them. None of its polls is known.
type Root = Path;

/// What the top of the tree is shared out by.
#[derive(Debug)]
struct Sharing {
    /// Roots whose run is to say what lies below; the first one runs.
    open: VecDeque<Root>,
    /// The node that is branched at, those who are to be tried there, and those who were.
    branching: Option<(Root, VecDeque<TaskId>)>,
    /// Roots without a choice below.
    closed: Vec<Root>,
}

/// The tree of the classes.
#[derive(Debug)]
pub(super) struct Reduction {
    part: Part,
    sharing: Option<Sharing>,
    roots: VecDeque<Root>,
    nodes: Vec<Node>,
    /// Nodes above it are not branched at.
    floor: usize,
    /// The first node that the next run has anew: its poll is another one.
    at: usize,
}

impl Reduction {
    pub(super) fn new(part: Part) -> Self {
        let root = VecDeque::from([Root::default()]);
        let is_shared = part.of > 1;
        let (sharing, roots) = if is_shared {
            (Some(Sharing { open: root, branching: None, closed: Vec::new() }), VecDeque::new())
        } else {
            (None, root)
        };
        Reduction { part, sharing, roots, nodes: Vec::new(), floor: 0, at: 0 }
    }

    /// Polls that are known to be tried and were not.
    pub(super) fn left(&self) -> u32 {
        let of = |node: &Node| node.untried().count();
        (self.nodes.iter().skip(self.floor).map(of).sum::<usize>() + self.roots.len()) as u32
    }

    /// What the next run is guided by, and whether it counts: the runs by which parts are shared out are made by each.
    pub(super) fn next(&mut self) -> Option<(Guide, bool)> {
        if let Some(guide) = self.share() {
            return Some((guide, false));
        }
        while self.nodes.len() > self.floor {
            self.at = self.nodes.len() - 1;
            let node = &mut self.nodes[self.at];
            let polled = node.step.polled;
            if node.tried.iter().all(|(task, _)| *task != polled) {
                node.tried.push((polled, node.step.footprint.clone()));
            }
            let next = node.untried().next();
            if let Some(next) = next {
                let asleep = node.step.asleep.iter().chain(&node.tried).cloned().collect();
                let above = self.nodes[..self.at].iter().map(|node| node.step.polled);
                let (tasks, epoch) = (above.chain([next]).collect(), self.nodes[self.at].step.epoch);
                let path = Path { tasks, asleep, known: self.at, epoch };
                return Some((Guide::Path(path), true));
            }
            self.nodes.pop();
        }
        let root = self.roots.pop_front()?;
        self.nodes.clear();
        (self.floor, self.at) = (root.tasks.len(), 0);
        Some((Guide::Path(root), true))
    }

    /// Takes in the polls of the run that was guided, but for those that were known.
    pub(super) fn learn(&mut self, steps: Vec<Step>) {
        if self.sharing.is_some() {
            return self.learn_to_share(&steps);
        }
        for (n, step) in (self.at..).zip(steps) {
            let polled = step.polled;
            match self.nodes.get_mut(n) {
                // Who is asleep here is the node's own to say: with those who were tried it was told to the run.
                Some(node) => node.step = Step { asleep: std::mem::take(&mut node.step.asleep), ..step },
                None => self.nodes.push(Node { step, before: Vec::new(), backtrack: vec![polled], tried: Vec::new() }),
            }
            self.order(n);
        }
    }

    /// Says which polls happen before the poll of node `n`, and has those that race with it tried in reverse.
    fn order(&mut self, n: usize) {
        let (above, rest) = self.nodes.split_at_mut(n);
        let node = &mut rest[0];
        node.before.clear();
        let mut races = Vec::new();
        for (i, earlier) in above.iter().enumerate().rev() {
            if node.is_after(i) {
                continue;
            }
            let is_apart = earlier.step.epoch != node.step.epoch || earlier.step.polled == node.step.polled;
            if is_apart || earlier.step.footprint.conflicts(&node.step.footprint) {
                node.comes_after(i, &earlier.before);
                if !is_apart && i >= self.floor {
                    races.push(i);
                }
            }
        }
        races.into_iter().for_each(|i| self.reverse(i, n));
        if n >= self.floor {
            // One that was cancelled while it was ready has no poll that could race.
            let Node { step, backtrack, .. } = &mut self.nodes[n];
            for &task in step.footprint.cancelled() {
                if step.ready.contains(&task) && !backtrack.contains(&task) {
                    backtrack.push(task);
                }
            }
        }
    }

    /// Has the poll of node `n` tried before the one of node `i`, with which it races.
    fn reverse(&mut self, i: usize, n: usize) {
        let nodes = &self.nodes;
        let task = nodes[n].step.polled;
        // What can run without the poll of `i`, up to the poll of `n`.
        let without: Vec<usize> = (i + 1..n).filter(|&k| !nodes[k].is_after(i)).collect();
        let is_woken = |&k: &usize| nodes[k].step.footprint.uses_task(task);
        if !nodes[i].step.ready.contains(&task) && !without.iter().any(is_woken) {
            // It is ready because of the poll of `i`.
            return;
        }
        let begins = |&k: &usize| without.iter().take_while(|&&g| g < k).all(|&g| !nodes[k].is_after(g));
        let firsts = without.iter().copied().chain([n]).filter(begins).map(|k| nodes[k].step.polled);
        let firsts: Vec<TaskId> = firsts.filter(|first| nodes[i].step.ready.contains(first)).collect();
        let Node { step, backtrack, .. } = &mut self.nodes[i];
        if firsts.iter().any(|first| backtrack.contains(first)) {
            return;
        }
        match firsts.first() {
            Some(&first) => backtrack.push(first),
            None => *backtrack = step.ready.clone(),
        }
    }

    /// Goes on with sharing out, if that is to be done.
    fn share(&mut self) -> Option<Guide> {
        let sharing = self.sharing.as_mut()?;
        if let Some((root, tasks)) = &sharing.branching {
            if let Some(&task) = tasks.front() {
                let tasks = root.tasks.iter().copied().chain([task]).collect();
                return Some(Guide::Path(Path { tasks, asleep: root.asleep.clone(), known: 0, epoch: 0 }));
            }
            sharing.branching = None;
        }
        let all = sharing.open.len() + sharing.closed.len();
        if all < ROOTS * self.part.of as usize
            && let Some(root) = sharing.open.front().cloned()
        {
            return Some(Guide::Path(root));
        }
        let Sharing { open, closed, .. } = self.sharing.take()?;
        let mine =
            closed.into_iter().chain(open).zip(0..).filter(|&(_, nth): &(_, u32)| nth % self.part.of == self.part.nth);
        self.roots = mine.map(|(root, _)| root).collect();
        None
    }

    fn learn_to_share(&mut self, steps: &[Step]) {
        let Some(sharing) = &mut self.sharing else { return };
        if let Some((root, tasks)) = &mut sharing.branching {
            // The run says what the poll of this task uses: beside it, later ones let it sleep.
            if let (Some(task), Some(step)) = (tasks.pop_front(), steps.get(root.tasks.len())) {
                let tasks = root.tasks.iter().copied().chain([task]).collect();
                sharing.open.push_back(Root { tasks, asleep: root.asleep.clone(), known: 0, epoch: 0 });
                root.asleep.push((task, step.footprint.clone()));
            }
            return;
        }
        let Some(root) = sharing.open.pop_front() else { return };
        let awake = |step: &Step| -> VecDeque<TaskId> {
            let sleeps = |task: &TaskId| step.asleep.iter().any(|(asleep, _)| asleep == task);
            step.ready.iter().copied().filter(|task| !sleeps(task)).collect()
        };
        let below = steps.iter().enumerate().skip(root.tasks.len());
        match below.map(|(n, step)| (n, step, awake(step))).find(|(_, _, awake)| awake.len() > 1) {
            Some((n, step, tasks)) => {
                let path = steps[..n].iter().map(|step| step.polled).collect();
                sharing.branching =
                    Some((Root { tasks: path, asleep: step.asleep.clone(), known: 0, epoch: 0 }, tasks));
            }
            None => sharing.closed.push(root),
        }
    }
}

impl Node {
    fn untried(&self) -> impl Iterator<Item = TaskId> {
        let Node { step, backtrack, tried, .. } = self;
        let is_known = |task: &TaskId| tried.iter().chain(&step.asleep).any(|(known, _)| known == task);
        backtrack.iter().copied().filter(move |task| !is_known(task) && *task != step.polled)
    }
}
