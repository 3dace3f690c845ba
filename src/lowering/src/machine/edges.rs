//! The edges of a machine: from which state a poll or a drop leads where.

use crate::analysis::Saved;
use crate::mir::{Block, Body, TerminatorKind};
use crate::order::sort_and_dedup;

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
    sort_and_dedup(&mut edges);
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

/// The ways of the source, each from an await, or from before the first poll, to the next one that is met, or to the end: as if
/// every await waited. (A poll may go further, past awaits whose futures are ready at once; so between any two awaits of a loop
/// there is an [edge](of).) Nothing is said of a body whose awaits do not look as the desugaring writes them.
pub(super) fn source(body: &Body, saved: &Saved) -> Option<Vec<(Option<usize>, Option<usize>)>> {
    if body.blocks.is_empty() {
        return Some(Vec::new());
    }
    let met: Vec<Met> = saved.points.iter().map(|point| Met::of(body, point.block)).collect::<Option<_>>()?;
    let mut ways = Vec::new();
    let starts = std::iter::once((None, Block::START));
    let awaits = met.iter().enumerate().flat_map(|(i, met)| met.ready.iter().map(move |&block| (Some(i), block)));
    for (from, start) in starts.chain(awaits) {
        let mut seen = vec![false; body.blocks.len()];
        let mut todo = vec![start];
        while let Some(block) = todo.pop() {
            if std::mem::replace(&mut seen[block.index()], true) {
                continue;
            }
            if let Some(to) = met.iter().position(|met| met.asks == block) {
                ways.push((from, Some(to)));
                continue;
            }
            match &body.block(block).terminator.kind {
                TerminatorKind::Return => ways.push((from, None)),
                kind => todo.extend(kind.successors()),
            }
        }
    }
    sort_and_dedup(&mut ways);
    Some(ways)
}

/// Where an await asks its future, and where it goes on when that is ready.
struct Met {
    /// Compares what the poll returned.
    asks: Block,
    ready: Vec<Block>,
}

impl Met {
    /// That of the await that yields in a block: from there the next poll leads to the comparison again.
    fn of(body: &Body, yields: Block) -> Option<Met> {
        let TerminatorKind::Yield { resume, .. } = &body.block(yields).terminator.kind else { return None };
        let asks = straight(body, *resume, |kind| matches!(kind, TerminatorKind::SwitchInt { .. }))?;
        let is_pending =
            |&block: &Block| straight(body, block, |kind| matches!(kind, TerminatorKind::Yield { .. })) == Some(yields);
        let (pending, ready): (Vec<Block>, Vec<Block>) =
            body.block(asks).terminator.kind.successors().partition(is_pending);
        (!pending.is_empty() && !ready.is_empty()).then_some(Met { asks, ready })
    }
}

/// The first block with such an end that is met from a block on without a branch.
fn straight(body: &Body, from: Block, is_there: impl Fn(&TerminatorKind) -> bool) -> Option<Block> {
    let mut at = from;
    for _ in 0..body.blocks.len() {
        let kind = &body.block(at).terminator.kind;
        if is_there(kind) {
            return Some(at);
        }
        let mut next = kind.successors();
        match (next.next(), next.next()) {
            (Some(only), None) => at = only,
            _ => return None,
        }
    }
    None
}
