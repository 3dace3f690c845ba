//! Tests of matches: choosing one, sorting candidates to its outcomes, and performing it.

use super::Builder;
use super::matches::{Candidate, MatchPair, PairTest};
use crate::mir::{BinOp, Block, Const, Operand, Rvalue, TerminatorKind, UnOp};
use crate::span::Span;
use crate::tree::FnRef;
use crate::ty::{Ty, TyKind, Types};

/// What is asked of a place.
#[derive(Clone, Debug)]
enum Test {
    /// Its variant.
    Switch,
    /// Its value, among several.
    SwitchInt,
    /// Whether it is true.
    If,
    /// Whether it equals a constant.
    Eq(Const),
    /// Whether it is in a range.
    Range(u128, u128),
    /// Whether its length is this, or at least this.
    Len(u64, bool),
}

/// An outcome of a test.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Yes,
    No,
    Variant(u32),
    Bits(u128),
}

impl Builder<'_> {
    /// Tests all candidates from the first on; where it goes on if none matches.
    pub(super) fn match_candidates(&mut self, start: Block, candidates: &mut [&mut Candidate]) -> Block {
        let Some((first, rest)) = candidates.split_first_mut() else { return start };
        if first.pairs.is_empty() {
            if first.success.is_none() {
                first.success = Some(start);
            }
            let otherwise = self.new_block();
            if first.has_guard() {
                first.set_otherwise(otherwise);
            } else {
                self.terminate(otherwise, TerminatorKind::Unreachable, Span::NONE);
            }
            return self.match_candidates(otherwise, rest);
        }
        let pair = first.pairs[0].clone();
        let test = self.choose(&pair);
        let mut outcomes: Vec<(Outcome, Vec<usize>)> = Vec::new();
        let mut sorted = 0;
        for (i, candidate) in candidates.iter_mut().enumerate() {
            let known = outcomes.iter().map(|(outcome, _)| outcome.clone()).collect::<Vec<_>>();
            let Some(outcome) = self.sort(&pair, &test, candidate, &known) else { break };
            match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
                Some((_, list)) => list.push(i),
                None => outcomes.push((outcome, vec![i])),
            }
            sorted = i + 1;
        }
        if sorted == 0 {
            // A pattern of another type than the value's, which was refused: without that part the rest is still drawn.
            candidates[0].pairs.remove(0);
            return self.match_candidates(start, candidates);
        }
        let remainder = self.new_block();
        let (tested, remaining) = candidates.split_at_mut(sorted);
        let mut targets = Vec::new();
        for (outcome, list) in outcomes {
            let branch = self.new_block();
            let mut own = tested
                .iter_mut()
                .enumerate()
                .filter(|(i, _)| list.contains(i))
                .map(|(_, c)| &mut **c)
                .collect::<Vec<_>>();
            let otherwise = self.match_candidates(branch, &mut own);
            self.goto(otherwise, remainder);
            targets.push((outcome, branch));
        }
        self.perform(start, remainder, &pair, &test, &targets);
        self.match_candidates(remainder, remaining)
    }

    fn choose(&self, pair: &MatchPair) -> Test {
        match &pair.test {
            PairTest::Variant(_) => Test::Switch,
            PairTest::Const(value) => match self.kind(self.actual(pair.ty)) {
                TyKind::Bool => Test::If,
                TyKind::Int(_) | TyKind::Char => Test::SwitchInt,
                _ => Test::Eq(value.clone()),
            },
            PairTest::Range(low, high) => Test::Range(*low, *high),
            PairTest::Len(len, more) => Test::Len(*len, *more),
        }
    }

    /// The outcome of the test with which a candidate goes on, without what that says; none if it says nothing of it.
    fn sort(&self, pair: &MatchPair, test: &Test, candidate: &mut Candidate, known: &[Outcome]) -> Option<Outcome> {
        let at = candidate.pairs.iter().position(|own| own.place.is_same(&pair.place))?;
        let own = candidate.pairs[at].test.clone();
        let bits = |value: &Const| match value {
            Const::Bits(bits) => Some(self.masked(*bits, pair.ty)),
            _ => None,
        };
        let (outcome, is_done) = match (test, &own) {
            (Test::Switch, PairTest::Variant(variant)) => (Outcome::Variant(*variant), true),
            (Test::If, PairTest::Const(value)) => match bits(value) {
                Some(0) => (Outcome::No, true),
                _ => (Outcome::Yes, true),
            },
            (Test::SwitchInt, PairTest::Const(value)) => (Outcome::Bits(bits(value)?), true),
            (Test::SwitchInt, PairTest::Range(low, high)) => {
                // A range that holds none of the values is what is left of the others.
                let holds = known.iter().any(|outcome| match outcome {
                    Outcome::Bits(bits) => self.in_range(*bits, *low, *high, pair.ty),
                    _ => false,
                });
                if holds || known.is_empty() {
                    return None;
                }
                (Outcome::No, false)
            }
            (Test::Eq(value), PairTest::Const(other)) => match value == other {
                true => (Outcome::Yes, true),
                false => (Outcome::No, false),
            },
            (Test::Range(low, high), PairTest::Range(other_low, other_high)) => {
                if (low, high) == (other_low, other_high) {
                    (Outcome::Yes, true)
                } else if self.less(*high, *other_low, pair.ty) || self.less(*other_high, *low, pair.ty) {
                    (Outcome::No, false)
                } else {
                    return None;
                }
            }
            (Test::Range(low, high), PairTest::Const(value)) => match self.in_range(bits(value)?, *low, *high, pair.ty)
            {
                true => return None,
                false => (Outcome::No, false),
            },
            (Test::Len(len, more), PairTest::Len(other, other_more)) => match (more, other_more) {
                _ if (len, more) == (other, other_more) => (Outcome::Yes, true),
                (false, false) => (Outcome::No, false),
                (false, true) if other > len => (Outcome::No, false),
                (true, false) if other < len => (Outcome::No, false),
                (true, true) if other < len => return None,
                (true, true) => (Outcome::Yes, false),
                (true, false) => (Outcome::Yes, false),
                _ => return None,
            },
            _ => return None,
        };
        if is_done {
            let done = candidate.pairs.remove(at);
            candidate.pairs.splice(at..at, done.sub);
        }
        Some(outcome)
    }

    fn masked(&self, bits: u128, ty: Ty) -> u128 {
        match self.kind(self.actual(ty)) {
            TyKind::Int(int) => bits & (u128::MAX >> (128 - int.size() * 8)),
            _ => bits,
        }
    }

    fn less(&self, a: u128, b: u128, ty: Ty) -> bool {
        match self.kind(self.actual(ty)) {
            TyKind::Int(int) if int.is_signed() => (a as i128) < (b as i128),
            _ => a < b,
        }
    }

    fn in_range(&self, bits: u128, low: u128, high: u128, ty: Ty) -> bool {
        let extended = match self.kind(self.actual(ty)) {
            TyKind::Int(int) if int.is_signed() => {
                let shift = 128 - int.size() * 8;
                (((bits << shift) as i128) >> shift) as u128
            }
            _ => bits,
        };
        let (low, high) = self.clamped(low, high, ty);
        !self.less(extended, low, ty) && !self.less(high, extended, ty)
    }

    /// The bounds of a range that is open, as values of the type; sign-extended.
    fn clamped(&self, low: u128, high: u128, ty: Ty) -> (u128, u128) {
        let (min, max) = match self.kind(self.actual(ty)) {
            TyKind::Int(int) if int.is_signed() => {
                let max = (i128::MAX >> (128 - int.size() * 8)) as u128;
                (!max, max)
            }
            TyKind::Int(int) => (0, u128::MAX >> (128 - int.size() * 8)),
            _ => (0, 0x10ffff),
        };
        let low = if low as i128 == i128::MIN { min } else { low };
        let high = if high as i128 == i128::MAX { max } else { high };
        (low, high)
    }

    fn perform(&mut self, start: Block, remainder: Block, pair: &MatchPair, test: &Test, targets: &[(Outcome, Block)]) {
        let place = self.resolved(&pair.place);
        let ty = pair.ty;
        let target = |outcome: &Outcome| {
            let found = targets.iter().find(|(known, _)| known == outcome);
            found.map_or(remainder, |&(_, block)| block)
        };
        match test {
            Test::Switch => {
                let discriminant = self.temp(Types::ISIZE, Span::NONE);
                self.assign(start, discriminant, Rvalue::Discriminant(place), Span::NONE);
                let variants = self.low.defs.types.variants(self.actual(ty));
                let values = variants.iter().enumerate().filter_map(|(i, variant)| {
                    let found = targets.iter().find(|(known, _)| *known == Outcome::Variant(i as u32))?;
                    Some((variant.discriminant as u128 & u128::from(u32::MAX), found.1))
                });
                let values = values.collect();
                let value = Operand::Move(discriminant.into());
                self.terminate(
                    start,
                    TerminatorKind::SwitchInt { value, targets: values, otherwise: remainder },
                    Span::NONE,
                );
            }
            Test::SwitchInt => {
                let values = targets.iter().filter_map(|(outcome, block)| match outcome {
                    Outcome::Bits(bits) => Some((*bits, *block)),
                    _ => None,
                });
                let values = values.collect();
                let otherwise = target(&Outcome::No);
                let value = Operand::Copy(place);
                self.terminate(start, TerminatorKind::SwitchInt { value, targets: values, otherwise }, Span::NONE);
            }
            Test::If => {
                let (yes, no) = (target(&Outcome::Yes), target(&Outcome::No));
                self.switch_bool(start, Operand::Copy(place), yes, no);
            }
            Test::Eq(value) => {
                let (yes, no) = (target(&Outcome::Yes), target(&Outcome::No));
                let actual = self.actual(ty);
                let constant = Operand::Const(value.clone(), ty);
                if let &TyKind::Ref(_, to) = self.kind(actual) {
                    // `PartialEq::eq(&*place, "text")`
                    let reborrowed = self.temp(ty, Span::NONE);
                    self.assign(start, reborrowed, Rvalue::Ref(false, place.deref()), Span::NONE);
                    let equal = self.temp(Types::BOOL, Span::NONE);
                    let id = self.low.defs.trait_id("PartialEq");
                    let id = self.low.defs.items.traits[id].fns.get("eq").copied().unwrap_or(0);
                    let func = FnRef { id, args: vec![to, to] };
                    let args = vec![Operand::Copy(reborrowed.into()), constant];
                    let block = self.call(start, &func, args, equal.into(), false, Span::NONE);
                    self.switch_bool(block, Operand::Move(equal.into()), yes, no);
                    return;
                }
                let equal = self.temp(Types::BOOL, Span::NONE);
                let compare = Rvalue::Binary(BinOp::Eq, Box::new((Operand::Copy(place), constant)));
                self.assign(start, equal, compare, Span::NONE);
                self.switch_bool(start, Operand::Move(equal.into()), yes, no);
            }
            Test::Range(low, high) => {
                let (yes, no) = (target(&Outcome::Yes), target(&Outcome::No));
                let (low, high) = self.clamped(*low, *high, ty);
                let (low, high) = (self.masked(low, ty), self.masked(high, ty));
                let above = self.temp(Types::BOOL, Span::NONE);
                let value = Operand::Copy(place);
                let constant = |bits| Operand::Const(Const::Bits(bits), ty);
                let compare = Rvalue::Binary(BinOp::Le, Box::new((constant(low), value.clone())));
                self.assign(start, above, compare, Span::NONE);
                let second = self.new_block();
                self.switch_bool(start, Operand::Move(above.into()), second, no);
                let below = self.temp(Types::BOOL, Span::NONE);
                let compare = Rvalue::Binary(BinOp::Le, Box::new((value, constant(high))));
                self.assign(second, below, compare, Span::NONE);
                self.switch_bool(second, Operand::Move(below.into()), yes, no);
            }
            Test::Len(len, more) => {
                let (yes, no) = (target(&Outcome::Yes), target(&Outcome::No));
                let actual_len = self.temp(Types::USIZE, Span::NONE);
                let mut pointer = place;
                pointer.proj.pop();
                let metadata = Rvalue::Unary(UnOp::PtrMetadata, Operand::Copy(pointer));
                self.assign(start, actual_len, metadata, Span::NONE);
                let fits = self.temp(Types::BOOL, Span::NONE);
                let op = if *more { BinOp::Ge } else { BinOp::Eq };
                let wanted = Operand::Const(Const::Bits(u128::from(*len)), Types::USIZE);
                let compare = Rvalue::Binary(op, Box::new((Operand::Move(actual_len.into()), wanted)));
                self.assign(start, fits, compare, Span::NONE);
                self.switch_bool(start, Operand::Move(fits.into()), yes, no);
            }
        }
    }

    fn switch_bool(&mut self, block: Block, value: Operand, yes: Block, no: Block) {
        let kind = TerminatorKind::SwitchInt { value, targets: vec![(0, no)], otherwise: yes };
        self.terminate(block, kind, Span::NONE);
    }
}
