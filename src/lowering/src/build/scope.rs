//! Scopes, and the drops at their ends.
//!
//! What is declared in a scope is dropped when it is left, the last first: a value drop if its type has drop glue, then StorageDead. The
//! ways out other than the end (`break`, `return`, the failing side of a condition, a coroutine that is dropped while suspended) share
//! their drops: each target has a *drop tree*, whose nodes are drops, each with the one that comes after it, down to the root.

use super::Builder;
use crate::hash::HashMap;
use crate::mir::{Block, Local, Place, StatementKind, TerminatorKind};
use crate::order::sort_by_key;
use crate::span::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ScopeId(pub(super) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum DropKind {
    Value,
    Storage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct DropData {
    local: Local,
    kind: DropKind,
    /// The last character of the scope.
    end: Span,
}

#[derive(Debug)]
pub(super) struct Scope {
    id: ScopeId,
    end: Span,
    drops: Vec<DropData>,
    /// Operands that a call took: they are not dropped at the end of the scope.
    moved: Vec<Local>,
}

pub(super) struct BreakableScope {
    region: ScopeId,
    destination: Place,
    break_drops: DropTree,
    continue_drops: Option<DropTree>,
}

pub(super) struct IfThenScope {
    region: ScopeId,
    else_drops: DropTree,
}

/// Where a `break` or the like goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    Return,
    Break(usize),
    Continue(usize),
}

#[derive(Debug)]
struct DropNode {
    data: DropData,
    next: usize,
}

/// Node 0 is the root, which drops nothing.
#[derive(Debug)]
pub(super) struct DropTree {
    nodes: Vec<DropNode>,
    known: HashMap<(usize, DropData), usize>,
    entries: Vec<(usize, Block)>,
}

/// Whether a node needs a block, as `assign_blocks` finds out from the last node to the root.
#[derive(Clone, Copy)]
enum Needs {
    None,
    Shares(usize),
    Own,
}

impl DropTree {
    pub(super) fn new() -> DropTree {
        let root =
            DropNode { data: DropData { local: Local(u32::MAX), kind: DropKind::Storage, end: Span::NONE }, next: 0 };
        DropTree { nodes: vec![root], known: HashMap::default(), entries: Vec::new() }
    }

    fn add(&mut self, data: DropData, next: usize) -> usize {
        let nodes = &mut self.nodes;
        *self.known.entry((next, data)).or_insert_with(|| {
            nodes.push(DropNode { data, next });
            nodes.len() - 1
        })
    }
}

impl Builder<'_> {
    pub(super) fn push_scope(&mut self, span: Span) -> ScopeId {
        let id = ScopeId(self.next_scope);
        self.next_scope += 1;
        let end = if span.is_some() { span.last() } else { Span::NONE };
        self.scopes.push(Scope { id, end, drops: Vec::new(), moved: Vec::new() });
        id
    }

    /// Leaves the innermost scope at its end.
    pub(super) fn pop_scope(&mut self, block: Block) -> Block {
        let mut block = block;
        let Some(scope) = self.scopes.pop() else { return block };
        for drop in scope.drops.iter().rev() {
            match drop.kind {
                DropKind::Value if scope.moved.contains(&drop.local) => {}
                DropKind::Value => {
                    let next = self.new_block();
                    let place = Place::from(drop.local);
                    self.terminate(block, TerminatorKind::Drop { place, target: next }, drop.end);
                    block = next;
                }
                DropKind::Storage => self.push(block, StatementKind::StorageDead(drop.local), drop.end),
            }
        }
        block
    }

    pub(super) fn topmost(&self) -> ScopeId {
        self.scopes.last().map_or(ScopeId(0), |scope| scope.id)
    }

    fn scope_index(&self, id: ScopeId) -> usize {
        self.scopes.iter().rposition(|scope| scope.id == id).unwrap_or(0)
    }

    fn schedule(&mut self, scope: ScopeId, local: Local, kind: DropKind) {
        let at = self.scope_index(scope);
        let end = self.scopes[at].end;
        self.scopes[at].drops.push(DropData { local, kind, end });
    }

    pub(super) fn schedule_storage(&mut self, scope: ScopeId, local: Local) {
        self.schedule(scope, local, DropKind::Storage);
    }

    pub(super) fn schedule_value(&mut self, scope: ScopeId, local: Local) {
        if self.needs_drop(self.body.locals[local.index()].ty) {
            self.schedule(scope, local, DropKind::Value);
        }
    }

    pub(super) fn record_moved(&mut self, local: Local) {
        if let Some(scope) = self.scopes.last_mut()
            && scope.drops.iter().any(|drop| drop.local == local && drop.kind == DropKind::Value)
        {
            scope.moved.push(local);
        }
    }

    /// The drops from inside to outside down to a scope, which itself is not left.
    fn drops_above(&self, scope: ScopeId) -> Vec<DropData> {
        let at = self.scope_index(scope);
        self.scopes[at + 1..].iter().flat_map(|scope| &scope.drops).copied().collect()
    }

    pub(super) fn push_breakable(&mut self, loop_block: Option<Block>, destination: Place) -> usize {
        self.breakable.push(BreakableScope {
            region: self.topmost(),
            destination,
            break_drops: DropTree::new(),
            continue_drops: loop_block.map(|_| DropTree::new()),
        });
        self.breakable.len() - 1
    }

    /// Where both the normal end, if there is one, and all breaks go on.
    pub(super) fn pop_breakable(&mut self, at: usize, normal: Option<Block>, loop_block: Option<Block>) -> Block {
        debug_assert_eq!(at + 1, self.breakable.len());
        let Some(scope) = self.breakable.pop() else { return Block::START };
        let exit = self.build_exit_tree(scope.break_drops, None);
        if let Some(drops) = scope.continue_drops {
            self.build_exit_tree(drops, loop_block);
        }
        match (normal, exit) {
            (Some(block), None) | (None, Some(block)) => block,
            (None, None) => self.new_block(),
            (Some(normal), Some(exit)) => {
                let target = self.new_block();
                self.goto(normal, target);
                self.goto(exit, target);
                target
            }
        }
    }

    /// Leaves to a target; what comes behind it is not reached.
    pub(super) fn break_scope(
        &mut self,
        block: Block,
        value: Option<crate::tree::ExprId>,
        target: Target,
        span: Span,
    ) -> Block {
        let mut block = block;
        let (at, is_break) = match target {
            Target::Return => (0, true),
            Target::Break(at) => (at, true),
            Target::Continue(at) => (at, false),
        };
        if is_break {
            let destination = self.breakable[at].destination.clone();
            match value {
                Some(value) => block = self.expr_into(block, destination, value),
                None => self.assign_unit(block, &destination, span),
            }
        }
        let drops = self.drops_above(self.breakable[at].region);
        let scope = &mut self.breakable[at];
        let tree = match (&mut scope.continue_drops, is_break) {
            (Some(drops), false) => drops,
            _ => &mut scope.break_drops,
        };
        let entry = drops.into_iter().fold(0, |next, drop| tree.add(drop, next));
        tree.entries.push((entry, block));
        self.terminate(block, TerminatorKind::Unreachable, span);
        self.new_block()
    }

    /// Lowers something that may fail over to `break_for_else`; where it succeeds and where it fails.
    pub(super) fn in_if_then_scope(&mut self, region: ScopeId, f: impl FnOnce(&mut Self) -> Block) -> (Block, Block) {
        let before = self.if_then.replace(IfThenScope { region, else_drops: DropTree::new() });
        let then = f(self);
        let scope = std::mem::replace(&mut self.if_then, before);
        let els = scope.and_then(|scope| self.build_exit_tree(scope.else_drops, None));
        let els = els.unwrap_or_else(|| self.new_block());
        (then, els)
    }

    pub(super) fn break_for_else(&mut self, block: Block) {
        let Some(region) = self.if_then.as_ref().map(|scope| scope.region) else { return };
        let drops = self.drops_above(region);
        if let Some(scope) = &mut self.if_then {
            let entry = drops.into_iter().fold(0, |next, drop| scope.else_drops.add(drop, next));
            scope.else_drops.entries.push((entry, block));
        }
        self.terminate(block, TerminatorKind::Unreachable, Span::NONE);
    }

    /// A coroutine that is dropped at this yield drops all that is in scope.
    pub(super) fn coroutine_drop(&mut self, block: Block) {
        let drops = self.scopes.iter().flat_map(|scope| &scope.drops).copied().collect::<Vec<_>>();
        let tree = &mut self.coroutine_drops;
        let entry = drops.into_iter().fold(0, |next, drop| tree.add(drop, next));
        tree.entries.push((entry, block));
    }

    pub(super) fn build_coroutine_drops(&mut self) {
        let tree = std::mem::replace(&mut self.coroutine_drops, DropTree::new());
        if let Some(root) = self.build_exit_tree(tree, None) {
            self.terminate(root, TerminatorKind::CoroutineDrop, Span::NONE);
        }
    }

    /// Builds the blocks of a drop tree; the root's, if anything comes there.
    fn build_exit_tree(&mut self, mut tree: DropTree, root: Option<Block>) -> Option<Block> {
        let count = tree.nodes.len();
        let mut blocks = vec![None; count];
        let mut needs = vec![Needs::None; count];
        blocks[0] = root;
        if root.is_some() {
            needs[0] = Needs::Own;
        }
        sort_by_key(&mut tree.entries, |&entry| entry);
        for at in (0..count).rev() {
            if tree.entries.last().is_some_and(|entry| entry.0 == at) {
                let block = match blocks[at] {
                    Some(block) => block,
                    None => self.new_block(),
                };
                blocks[at] = Some(block);
                needs[at] = Needs::Own;
                while let Some(&(node, from)) = tree.entries.last()
                    && node == at
                {
                    tree.entries.pop();
                    self.link_entry(from, block);
                }
            }
            match needs[at] {
                Needs::None => continue,
                Needs::Own => {
                    if blocks[at].is_none() {
                        blocks[at] = Some(self.new_block());
                    }
                }
                Needs::Shares(with) => blocks[at] = blocks[with],
            }
            let next = tree.nodes[at].next;
            if tree.nodes[at].data.kind == DropKind::Value {
                needs[next] = Needs::Own;
            } else if at != 0 {
                needs[next] = match needs[next] {
                    Needs::None => Needs::Shares(at),
                    _ => Needs::Own,
                };
            }
        }
        for at in (0..count).rev() {
            let Some(block) = blocks[at] else { continue };
            let DropNode { data, next } = &tree.nodes[at];
            let Some(target) = blocks[*next] else { continue };
            match data.kind {
                DropKind::Value => {
                    let place = Place::from(data.local);
                    self.terminate(block, TerminatorKind::Drop { place, target }, data.end);
                }
                DropKind::Storage if at == 0 => {}
                DropKind::Storage => {
                    self.push(block, StatementKind::StorageDead(data.local), data.end);
                    if block != target {
                        self.goto(block, target);
                    }
                }
            }
        }
        blocks[0]
    }

    fn link_entry(&mut self, from: Block, to: Block) {
        match &mut self.body.blocks[from.index()].terminator.kind {
            TerminatorKind::Yield { drop, .. } => *drop = to,
            _ => self.goto(from, to),
        }
    }
}
