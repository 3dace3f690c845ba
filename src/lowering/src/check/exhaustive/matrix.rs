//! What no row of patterns covers: Maranget's algorithm, as rustc has it.
//!
//! A *row* is the patterns of one arm, one for each value that is still to be looked at; at first there is one. The first column is taken
//! apart by the constructors of its type: for each that a pattern names, the rows that match it go on with its fields in place of it; for
//! those that none names, the rows whose pattern matches anything go on without it. Where no value is left and no row either, what was
//! chosen on the way is a *witness*. As rustc does, constructors that are named give no witness where one is missing.

use super::ctor::{Ctor, Split, actual};
use crate::tree::{PatId, PatKind, Tree};
use crate::ty::{Ty, TyKind, Types};

/// A value that is not covered, with what does not matter left out.
#[derive(Clone, Debug)]
pub(super) enum Witness {
    Wild,
    Made(Ctor, Ty, Vec<Witness>),
}

/// A pattern of a row.
#[derive(Clone, Copy)]
enum Item {
    Wild,
    Pat(PatId),
}

pub(super) struct Matrix<'a> {
    tree: &'a Tree,
    types: &'a Types,
    /// How many rows may still be looked at: that there is a way through patterns without a witness may take exponentially many.
    left: usize,
}

/// Rows in all; a match of a thousand arms takes a few thousand.
const MOST_ROWS: usize = 200_000;
/// Each takes some of the stack.
const MOST_COLUMNS: usize = 256;

impl Matrix<'_> {
    pub(super) fn new<'a>(tree: &'a Tree, types: &'a Types) -> Matrix<'a> {
        Matrix { tree, types, left: MOST_ROWS }
    }

    /// The values of a type that none of the patterns covers; none if it would take too long to tell.
    pub(super) fn uncovered(&mut self, pats: &[PatId], ty: Ty) -> Vec<Witness> {
        let rows = pats.iter().map(|&pat| vec![Item::Pat(pat)]).collect();
        let found = self.witnesses(rows, &[ty], true).unwrap_or_default();
        found.into_iter().filter_map(|mut row| row.pop()).collect()
    }

    /// Witnesses, each with its first column last.
    fn witnesses(&mut self, rows: Vec<Vec<Item>>, tys: &[Ty], is_top: bool) -> Option<Vec<Vec<Witness>>> {
        self.left = self.left.checked_sub(rows.len() + 1)?;
        if tys.len() > MOST_COLUMNS {
            return None;
        }
        // The first column of a row is its last item.
        let Some((&ty, rest)) = tys.split_last() else {
            return Some(if rows.is_empty() { vec![Vec::new()] } else { Vec::new() });
        };
        let mut plain = Vec::with_capacity(rows.len());
        rows.into_iter().for_each(|row| self.without_alternatives(row, &mut plain));
        let heads = plain.iter().filter_map(|row| self.head(row)).collect::<Vec<_>>();
        let Split { present, missing } = Split::of(self.types, ty, &heads);
        let mut found = Vec::new();
        if !missing.is_empty() {
            let others = plain.iter().filter(|row| self.head(row).is_none()).map(|row| row[..rest.len()].to_vec());
            let others = others.collect();
            let below = self.witnesses(others, rest, false)?;
            // All of what a type has would say no more than that it is not covered.
            let firsts = match is_top || !present.is_empty() {
                true => missing.into_iter().map(|ctor| self.anything(ctor, ty)).collect(),
                false => vec![Witness::Wild],
            };
            for first in firsts {
                found.extend(below.iter().map(|row| {
                    let mut row = row.clone();
                    row.push(first.clone());
                    row
                }));
            }
            return Some(found);
        }
        for ctor in present {
            let fields = ctor.fields(self.types, ty);
            let rows = plain.iter().filter_map(|row| self.specialized(row, &ctor, fields.len())).collect();
            let tys = rest.iter().copied().chain(fields.iter().rev().copied()).collect::<Vec<_>>();
            for mut row in self.witnesses(rows, &tys, false)? {
                let at = row.len() - fields.len();
                let mut parts = row.split_off(at);
                parts.reverse();
                row.push(Witness::Made(ctor.clone(), ty, parts));
                found.push(row);
            }
        }
        Some(found)
    }

    fn anything(&self, ctor: Ctor, ty: Ty) -> Witness {
        if let Ctor::Slice(_, false) = ctor
            && let TyKind::Array(..) = self.types.kind(actual(self.types, ty))
        {
            return Witness::Made(Ctor::Slice(0, true), ty, Vec::new());
        }
        let parts = ctor.fields(self.types, ty).iter().map(|_| Witness::Wild).collect();
        Witness::Made(ctor, ty, parts)
    }

    /// A row for each alternative of its first pattern; bindings are what they bind.
    fn without_alternatives(&self, mut row: Vec<Item>, out: &mut Vec<Vec<Item>>) {
        let Some(&Item::Pat(pat)) = row.last() else { return out.push(row) };
        let last = row.len() - 1;
        match &self.tree.pat(pat).kind {
            PatKind::Wild | PatKind::Binding { sub: None, .. } => row[last] = Item::Wild,
            PatKind::Binding { sub: Some(sub), .. } => {
                row[last] = Item::Pat(*sub);
                return self.without_alternatives(row, out);
            }
            PatKind::Or(pats) => {
                for &pat in pats {
                    row[last] = Item::Pat(pat);
                    self.without_alternatives(row.clone(), out);
                }
                return;
            }
            _ => {}
        }
        out.push(row);
    }

    /// What the first pattern of a row names; none if it matches anything.
    fn head(&self, row: &[Item]) -> Option<Ctor> {
        match row.last() {
            Some(&Item::Pat(pat)) => Ctor::of(self.types, self.tree.pat(pat)),
            _ => None,
        }
    }

    /// A row with the fields of a constructor in place of its first pattern; none if that does not match it.
    fn specialized(&self, row: &[Item], ctor: &Ctor, arity: usize) -> Option<Vec<Item>> {
        let (&first, rest) = row.split_last()?;
        let mut row = rest.to_vec();
        let at = row.len();
        row.resize(at + arity, Item::Wild);
        let Item::Pat(pat) = first else { return Some(row) };
        if !Ctor::of(self.types, self.tree.pat(pat))?.covers(ctor) {
            return None;
        }
        // Fields stand from the end on.
        let mut set = |field: usize, pat: PatId| {
            if field < arity {
                row[at + arity - 1 - field] = Item::Pat(pat);
            }
        };
        match &self.tree.pat(pat).kind {
            PatKind::Variant(_, fields) | PatKind::Fields(fields) => {
                fields.iter().for_each(|&(field, pat)| set(field as usize, pat));
            }
            PatKind::Deref(pat) => set(0, *pat),
            PatKind::Slice { prefix, suffix, .. } => {
                prefix.iter().enumerate().for_each(|(i, &pat)| set(i, pat));
                let from = arity.saturating_sub(suffix.len());
                suffix.iter().enumerate().for_each(|(i, &pat)| set(from + i, pat));
            }
            _ => {}
        }
        Some(row)
    }
}
