//! Matches: candidates, one for each arm and alternative, are told apart by tests of places, one after the other, as rustc does.
//!
//! A candidate has *match pairs*, places with patterns that must still be tested, and bindings. A test is chosen by the first match pair
//! of the first candidate; all candidates that say something about its place are sorted to its outcomes.

use super::Builder;
use super::expr_as_place::PlaceBuilder;
use super::scope::ScopeId;
use crate::mir::{Block, Place, Proj, Rvalue, TerminatorKind};
use crate::span::Span;
use crate::tree::{Arm, ExprId, PatId, PatKind, VarId};
use crate::ty::{Ty, TyKind};

/// A variable and what it is bound to.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    var: VarId,
    place: PlaceBuilder,
    ty: Ty,
    by_ref: Option<bool>,
}

/// What a place must be.
#[derive(Clone, Debug)]
pub(super) struct MatchPair {
    pub(super) place: PlaceBuilder,
    pub(super) ty: Ty,
    pub(super) test: PairTest,
    /// What must be tested when this is true.
    pub(super) sub: Vec<MatchPair>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum PairTest {
    Variant(u32),
    Const(crate::mir::Const),
    Range(u128, u128),
    /// The length of a slice; true if it may be longer.
    Len(u64, bool),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    pub(super) pairs: Vec<MatchPair>,
    bindings: Vec<Binding>,
    has_guard: bool,
    arm: usize,
    /// Where the candidate has matched, before its variables are bound.
    pub(super) success: Option<Block>,
    /// Where to go on if the guard fails.
    otherwise: Option<Block>,
}

impl Candidate {
    pub(super) fn has_guard(&self) -> bool {
        self.has_guard
    }

    pub(super) fn set_otherwise(&mut self, block: Block) {
        self.otherwise = Some(block);
    }
}

impl Builder<'_> {
    pub(super) fn match_into(&mut self, block: Block, destination: Place, scrutinee: ExprId, arms: &[Arm]) -> Block {
        let (block, place) = self.scrutinee(block, scrutinee);
        let mut candidates = Vec::new();
        for (i, arm) in arms.iter().enumerate() {
            candidates.extend(self.candidates_of(arm.pat, &place, arm.guard.is_some(), i));
        }
        let otherwise = self.match_candidates(block, &mut candidates.iter_mut().collect::<Vec<_>>());
        self.terminate(otherwise, TerminatorKind::Unreachable, Span::NONE);
        let mut ends = Vec::new();
        for (i, arm) in arms.iter().enumerate() {
            let match_scope = self.topmost();
            let temp_scope = self.temp_scope;
            let arm_scope = self.push_scope(arm.span.to(self.tree.expr(arm.body).span));
            self.temp_scope = arm_scope;
            self.declare_bindings(arm.pat, arm_scope, arm.guard.is_some());
            let own = candidates.iter().filter(|candidate| candidate.arm == i).cloned().collect::<Vec<_>>();
            let block = self.bind_candidates(own, arm.guard.map(|guard| (guard, match_scope)));
            let block = self.expr_into(block, destination.clone(), arm.body);
            self.temp_scope = temp_scope;
            ends.push(self.pop_scope(block));
        }
        let end = self.new_block();
        for block in ends {
            self.goto(block, end);
        }
        end
    }

    /// `let pat = scrutinee` in a condition: what does not match goes to `break_for_else`. The variables live in a scope, unless they are
    /// declared already.
    pub(super) fn lower_let(&mut self, block: Block, scrutinee: ExprId, pat: PatId, scope: Option<ScopeId>) -> Block {
        let (block, place) = self.scrutinee(block, scrutinee);
        let mut candidates = self.candidates_of(pat, &place, false, 0);
        let otherwise = self.match_candidates(block, &mut candidates.iter_mut().collect::<Vec<_>>());
        self.break_for_else(otherwise);
        if let Some(scope) = scope {
            self.declare_bindings(pat, scope, false);
        }
        self.bind_candidates(candidates, None)
    }

    pub(super) fn place_into_pattern(&mut self, block: Block, pat: PatId, place: Place, mention: bool) -> Block {
        self.builder_into_pattern(block, pat, place.into(), mention)
    }

    /// An irrefutable pattern, whose variables are declared already.
    pub(super) fn builder_into_pattern(
        &mut self,
        block: Block,
        pat: PatId,
        place: PlaceBuilder,
        mention: bool,
    ) -> Block {
        if mention && self.has_place(&place) {
            let place = self.resolved(&place);
            self.mention(block, place);
        }
        let mut candidates = self.candidates_of(pat, &place, false, 0);
        let otherwise = self.match_candidates(block, &mut candidates.iter_mut().collect::<Vec<_>>());
        self.terminate(otherwise, TerminatorKind::Unreachable, Span::NONE);
        self.bind_candidates(candidates, None)
    }

    fn scrutinee(&mut self, block: Block, scrutinee: ExprId) -> (Block, PlaceBuilder) {
        let (block, place) = self.as_place_builder(block, scrutinee);
        if self.has_place(&place) {
            let full = self.resolved(&place);
            self.mention(block, full);
        }
        (block, place)
    }

    /// Binds the variables of what matched and tests the guard; where the arm's body begins.
    fn bind_candidates(&mut self, candidates: Vec<Candidate>, guard: Option<(ExprId, ScopeId)>) -> Block {
        let reached = candidates.into_iter().filter(|candidate| candidate.success.is_some()).collect::<Vec<_>>();
        let Some(last) = reached.len().checked_sub(1) else { return self.new_block() };
        // Alternatives without variables and guard meet before anything is bound.
        let shares = last > 0 && guard.is_none() && reached.iter().all(|candidate| candidate.bindings.is_empty());
        if shares {
            let target = self.new_block();
            for candidate in reached {
                if let Some(block) = candidate.success {
                    self.goto(block, target);
                }
            }
            return target;
        }
        if last == 0 {
            return self.bind_candidate(&reached[0], guard, true);
        }
        let target = self.new_block();
        for (i, candidate) in reached.iter().enumerate() {
            // The drops are scheduled once.
            let block = self.bind_candidate(candidate, guard, i == last);
            self.goto(block, target);
        }
        target
    }

    fn bind_candidate(&mut self, candidate: &Candidate, guard: Option<(ExprId, ScopeId)>, schedule: bool) -> Block {
        let Some(block) = candidate.success else { return self.new_block() };
        let Some((guard, match_scope)) = guard else {
            for binding in &candidate.bindings {
                self.bind_for_body(block, binding, schedule);
            }
            return block;
        };
        for binding in &candidate.bindings {
            let span = self.tree.var(binding.var).span;
            let place = self.resolved(&binding.place);
            let for_guard = self.storage_live_binding(block, binding.var, true, schedule);
            match binding.by_ref {
                None => self.assign(block, for_guard, Rvalue::Ref(false, place), span),
                Some(mutable) => {
                    let for_body = self.storage_live_binding(block, binding.var, false, schedule);
                    self.assign(block, for_body.clone(), Rvalue::Ref(mutable, place), span);
                    self.assign(block, for_guard, Rvalue::Ref(false, for_body), span);
                }
            }
        }
        self.guards.push(candidate.bindings.iter().map(|binding| binding.var).collect());
        let (passed, failed) =
            self.in_if_then_scope(match_scope, |builder| builder.then_else_break(block, guard, None, None));
        self.guards.pop();
        match candidate.otherwise {
            Some(otherwise) => self.goto(failed, otherwise),
            None => self.terminate(failed, TerminatorKind::Unreachable, Span::NONE),
        }
        for binding in candidate.bindings.iter().filter(|binding| binding.by_ref.is_none()) {
            self.bind_for_body(passed, binding, schedule);
        }
        passed
    }

    fn bind_for_body(&mut self, block: Block, binding: &Binding, schedule: bool) {
        let span = self.tree.var(binding.var).span;
        let place = self.resolved(&binding.place);
        let local = self.storage_live_binding(block, binding.var, false, schedule);
        if schedule {
            self.schedule_binding(binding.var, false);
        }
        let rvalue = match binding.by_ref {
            None => Rvalue::Use(self.consume(place, binding.ty)),
            Some(mutable) => Rvalue::Ref(mutable, place),
        };
        self.assign(block, local, rvalue, span);
    }

    /// The candidates of a pattern, one for each way through its alternatives.
    fn candidates_of(&mut self, pat: PatId, place: &PlaceBuilder, has_guard: bool, arm: usize) -> Vec<Candidate> {
        let mut all = vec![Candidate { has_guard, arm, ..Candidate::default() }];
        self.expand(pat, place, &mut all);
        for candidate in &mut all {
            let pairs = std::mem::take(&mut candidate.pairs);
            candidate.pairs = nest(pairs);
        }
        all
    }

    /// Adds what a pattern demands to each candidate; its alternatives multiply them.
    fn expand(&mut self, pat: PatId, place: &PlaceBuilder, all: &mut Vec<Candidate>) {
        if all.len() > 256 {
            return;
        }
        let node = self.tree.pat(pat);
        let (ty, span) = (node.ty, node.span);
        let pair = |test| MatchPair { place: place.clone(), ty, test, sub: Vec::new() };
        match node.kind.clone() {
            PatKind::Wild => {}
            PatKind::Binding { var, by_ref, sub } => {
                // What is within is bound first.
                if let Some(sub) = sub {
                    self.expand(sub, place, all);
                }
                for candidate in all.iter_mut() {
                    candidate.bindings.push(Binding { var, place: place.clone(), ty, by_ref });
                }
            }
            PatKind::Variant(variant, fields) => {
                let actual = self.actual(ty);
                let others_empty = {
                    let variants = self.low.defs.types.variants(actual);
                    variants.iter().enumerate().all(|(i, other)| {
                        i == variant as usize || other.fields.iter().any(|field| self.is_uninhabited(field.ty))
                    })
                };
                if !others_empty {
                    all.iter_mut().for_each(|candidate| candidate.pairs.push(pair(PairTest::Variant(variant))));
                }
                let inner = place.then(Proj::Downcast(variant));
                for (at, sub) in fields {
                    let ty = self.tree.pat(sub).ty;
                    self.expand(sub, &inner.then(Proj::Field(at, ty)), all);
                }
            }
            PatKind::Fields(fields) => {
                for (at, sub) in fields {
                    let ty = self.tree.pat(sub).ty;
                    self.expand(sub, &place.then(Proj::Field(at, ty)), all);
                }
            }
            PatKind::Deref(sub) => self.expand(sub, &place.then(Proj::Deref), all),
            PatKind::Const(value) => {
                all.iter_mut().for_each(|candidate| candidate.pairs.push(pair(PairTest::Const(value.clone()))))
            }
            PatKind::Range(low, high) => {
                all.iter_mut().for_each(|candidate| candidate.pairs.push(pair(PairTest::Range(low, high))))
            }
            PatKind::Slice { prefix, slice, has_rest, suffix } => {
                let len = (prefix.len() + suffix.len()) as u64;
                let array_len = match *self.kind(self.actual(ty)) {
                    TyKind::Array(_, len) => Some(len),
                    _ => None,
                };
                if array_len.is_none() && !(len == 0 && has_rest) {
                    all.iter_mut().for_each(|candidate| candidate.pairs.push(pair(PairTest::Len(len, has_rest))));
                }
                for (i, &sub) in prefix.iter().enumerate() {
                    self.expand(sub, &place.then(Proj::ConstantIndex(i as u64, false)), all);
                }
                if let Some(slice) = slice {
                    let inner = place.then(Proj::Subslice(prefix.len() as u64, suffix.len() as u64));
                    self.expand(slice, &inner, all);
                }
                for (i, &sub) in suffix.iter().rev().enumerate() {
                    let step = match array_len {
                        Some(len) => Proj::ConstantIndex(len.saturating_sub(i as u64 + 1), false),
                        None => Proj::ConstantIndex(i as u64 + 1, true),
                    };
                    self.expand(sub, &place.then(step), all);
                }
            }
            PatKind::Or(pats) => {
                let mut expanded = Vec::new();
                for candidate in all.drain(..) {
                    for &pat in &pats {
                        let mut one = vec![candidate.clone()];
                        self.expand(pat, place, &mut one);
                        expanded.extend(one);
                    }
                }
                *all = expanded;
            }
        }
        let _ = span;
    }
}

/// Puts pairs whose places are within another pair's under that one: they make sense only when it is true.
fn nest(pairs: Vec<MatchPair>) -> Vec<MatchPair> {
    let mut out: Vec<MatchPair> = Vec::new();
    for pair in pairs {
        insert(&mut out, pair);
    }
    out
}

fn insert(list: &mut Vec<MatchPair>, pair: MatchPair) {
    for known in list.iter_mut() {
        if pair.place.is_within(&known.place) {
            insert(&mut known.sub, pair);
            return;
        }
    }
    list.push(pair);
}
