//! The futures inside of a task, as a tree, in the order in which they are polled.
//!
//! Only the prelude's futures say when they are polled; what an `async fn` adds between them is not seen. A future stands
//! in the tree from its first poll until it, or one around it, has returned `Ready`. What was not polled in the last poll
//! stays: it may have been dropped, or nobody polls it any more.

use crate::trace::event::Outcome;
use crate::trace::ids::{FutureId, NameId, SiteId};

/// A future inside of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Which.
    pub id: FutureId,
    /// Its type's name.
    pub name: NameId,
    /// The line it is polled from.
    pub site: SiteId,
    /// How many futures stand around it.
    pub depth: u16,
    /// Whether it was polled in the task's last poll.
    pub polled: bool,
    /// Whether it is being polled now.
    pub open: bool,
}

/// The futures inside of one task: each before those inside of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    /// The places of those that are being polled, outermost first.
    pub(super) open: Vec<u32>,
}

impl Tree {
    /// A tree with nothing in it.
    pub(super) const EMPTY: Tree = Tree { nodes: Vec::new(), open: Vec::new() };

    /// All of them, each before those inside of it.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Those that nothing stands inside of: what the task waits for.
    pub fn leaves(&self) -> impl Iterator<Item = &Node> {
        let depth = |i: usize| self.nodes.get(i).map_or(0, |node| node.depth);
        self.nodes.iter().enumerate().filter(move |(i, node)| depth(i + 1) <= node.depth).map(|(_, node)| node)
    }

    /// A poll of the task begins.
    pub(super) fn begin(&mut self) {
        self.nodes.iter_mut().for_each(|node| node.polled = false);
    }

    /// The poll of one of them begins.
    pub(super) fn enter(&mut self, id: FutureId, name: NameId, site: SiteId) {
        let (from, depth) = match self.open.last() {
            Some(&parent) => (parent as usize + 1, self.nodes[parent as usize].depth.saturating_add(1)),
            None => (0, 0),
        };
        let to = self.end_of(from, depth);
        let found = (from..to).find(|&i| self.nodes[i].depth == depth && self.nodes[i].id == id);
        let at = found.unwrap_or(to);
        let node = Node { id, name, site, depth, polled: true, open: true };
        match found {
            Some(at) => self.nodes[at] = node,
            None => self.nodes.insert(at, node),
        }
        self.open.push(at as u32);
    }

    /// The innermost poll ends.
    pub(super) fn exit(&mut self, outcome: Outcome) {
        let Some(at) = self.open.pop() else { return };
        let at = at as usize;
        if outcome == Outcome::Ready {
            let to = self.end_of(at + 1, self.nodes[at].depth.saturating_add(1));
            self.nodes.drain(at..to);
        } else {
            self.nodes[at].open = false;
        }
    }

    /// The poll of the task ends.
    pub(super) fn end(&mut self, outcome: Outcome) {
        self.open.clear();
        if outcome == Outcome::Ready {
            self.nodes.clear();
        }
    }

    /// Where those of at least this depth end that begin at `from`.
    fn end_of(&self, from: usize, depth: u16) -> usize {
        self.nodes[from..].iter().position(|n| n.depth < depth).map_or(self.nodes.len(), |i| from + i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tree: &Tree) -> Vec<(u32, u16, bool)> {
        tree.nodes().iter().map(|n| (n.name.0, n.depth, n.polled)).collect()
    }

    fn poll(tree: &mut Tree, id: u32, inside: &[(u32, Outcome)], outcome: Outcome) {
        tree.enter(FutureId(id), NameId(id), SiteId::NONE);
        for &(id, outcome) in inside {
            tree.enter(FutureId(id), NameId(id), SiteId::NONE);
            tree.exit(outcome);
        }
        tree.exit(outcome);
    }

    #[test]
    fn children_stand_behind_their_parent_in_order_of_their_first_poll() {
        let mut tree = Tree::default();
        poll(&mut tree, 1, &[(2, Outcome::Pending), (3, Outcome::Pending)], Outcome::Pending);
        assert_eq!(names(&tree), [(1, 0, true), (2, 1, true), (3, 1, true)]);
        tree.begin();
        poll(&mut tree, 1, &[(3, Outcome::Pending)], Outcome::Pending);
        assert_eq!(names(&tree), [(1, 0, true), (2, 1, false), (3, 1, true)]);
    }

    #[test]
    fn leaves_are_what_nothing_stands_inside_of() {
        let mut tree = Tree::default();
        poll(&mut tree, 1, &[(2, Outcome::Pending), (3, Outcome::Pending)], Outcome::Pending);
        poll(&mut tree, 4, &[], Outcome::Pending);
        assert_eq!(tree.leaves().map(|n| n.name.0).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn one_that_is_ready_leaves_with_all_that_is_inside() {
        let mut tree = Tree::default();
        poll(&mut tree, 1, &[(2, Outcome::Pending), (3, Outcome::Ready)], Outcome::Pending);
        assert_eq!(names(&tree), [(1, 0, true), (2, 1, true)]);
        poll(&mut tree, 1, &[], Outcome::Ready);
        assert_eq!(names(&tree), []);
    }
}
