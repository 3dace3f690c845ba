//! Blocks that nothing reaches are removed, and a block that only one other goes to becomes part of it. The order of the rest stays, since
//! suspend points are numbered by it.

use crate::mir::{Block, Body, StatementKind, Terminator, TerminatorKind};
use crate::span::Span;

pub(super) fn run(body: &mut Body) {
    for block in &mut body.blocks {
        block.statements.retain(|statement| statement.kind != StatementKind::Nop);
        if let TerminatorKind::FalseEdge { real, .. } = block.terminator.kind {
            block.terminator.kind = TerminatorKind::Goto(real);
        }
    }
    skip_empty(body);
    merge(body);
    remove_dead(body);
}

/// Jumps to blocks that only jump go on to where those lead.
fn skip_empty(body: &mut Body) {
    let end_of = |body: &Body, from: Block| {
        let mut at = from;
        for _ in 0..body.blocks.len() {
            let block = body.block(at);
            match block.terminator.kind {
                TerminatorKind::Goto(next) if block.statements.is_empty() && next != at => at = next,
                _ => break,
            }
        }
        at
    };
    let ends: Vec<Block> = (0..body.blocks.len() as u32).map(|from| end_of(body, Block(from))).collect();
    for block in &mut body.blocks {
        for target in block.terminator.kind.successors_mut() {
            *target = ends[target.index()];
        }
    }
}

fn predecessors(body: &Body) -> Vec<u32> {
    let mut counts = vec![0; body.blocks.len()];
    let mut seen = vec![false; body.blocks.len()];
    let mut todo = vec![Block::START];
    if let Some(start) = counts.first_mut() {
        *start = 1;
    }
    while let Some(block) = todo.pop() {
        if std::mem::replace(&mut seen[block.index()], true) {
            continue;
        }
        for next in body.block(block).terminator.kind.successors() {
            counts[next.index()] += 1;
            todo.push(next);
        }
    }
    counts
}

fn merge(body: &mut Body) {
    let mut counts = predecessors(body);
    for i in 0..body.blocks.len() {
        if counts[i] == 0 {
            continue;
        }
        while let TerminatorKind::Goto(next) = body.blocks[i].terminator.kind {
            if next.index() == i || counts[next.index()] != 1 || next == Block::START {
                break;
            }
            let statements = std::mem::take(&mut body.blocks[next.index()].statements);
            let empty = Terminator { kind: TerminatorKind::Unreachable, span: Span::NONE };
            body.blocks[i].terminator = std::mem::replace(&mut body.blocks[next.index()].terminator, empty);
            body.blocks[i].statements.extend(statements);
            counts[next.index()] = 0;
        }
    }
}

fn remove_dead(body: &mut Body) {
    let counts = predecessors(body);
    let mut new = Vec::with_capacity(counts.len());
    let mut next = 0;
    for &count in &counts {
        new.push(Block(next));
        next += u32::from(count > 0);
    }
    let blocks = std::mem::replace(&mut body.blocks, Vec::with_capacity(next as usize));
    for (i, mut block) in blocks.into_iter().enumerate() {
        if counts[i] == 0 {
            continue;
        }
        for target in block.terminator.kind.successors_mut() {
            *target = new[target.index()];
        }
        body.blocks.push(block);
    }
}
