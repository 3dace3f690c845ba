//! The edges of a machine: from which state a poll or a drop leads where.

use crate::analysis::Saved;
use crate::mir::{Block, Body, TerminatorKind};

/// What takes an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A poll.
    Poll,
    /// A drop of the coroutine.
    Drop,
}

/// An edge between two states. A number is that of a suspend point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Where it starts; none for a coroutine that was not polled yet.
    pub from: Option<usize>,
    /// What takes it.
    pub way: Way,
    /// Where it leads; none for the end.
    pub to: Option<usize>,
}

/// All edges, in order.
pub(super) fn of(body: &Body, saved: &Saved) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut add = |from: Option<usize>, way: Way, start: Block| {
        edges.extend(ends(body, saved, start).into_iter().map(|to| Edge { from, way, to }));
    };
    if !body.blocks.is_empty() {
        add(None, Way::Poll, Block::START);
    }
    for (i, point) in saved.points.iter().enumerate() {
        if let TerminatorKind::Yield { resume, drop, .. } = &body.block(point.block).terminator.kind {
            add(Some(i), Way::Poll, *resume);
            add(Some(i), Way::Drop, *drop);
        }
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The suspend points, and the end, that can be reached from a block without another suspend point between.
fn ends(body: &Body, saved: &Saved, start: Block) -> Vec<Option<usize>> {
    let mut seen = vec![false; body.blocks.len()];
    let (mut todo, mut found) = (vec![start], Vec::new());
    while let Some(block) = todo.pop() {
        if seen.get(block.index()).is_none_or(|&seen| seen) {
            continue;
        }
        seen[block.index()] = true;
        match &body.block(block).terminator.kind {
            TerminatorKind::Yield { .. } => found.extend(saved.points.iter().position(|p| p.block == block).map(Some)),
            TerminatorKind::Return | TerminatorKind::CoroutineDrop => found.push(None),
            kind => todo.extend(kind.successors()),
        }
    }
    found
}
