//! Steps 1 to 4 of the rule, beat after beat: each is cut, scored, joined with the one before it, and folded with its like.
//!
//! A run may have a million events. So this goes on in pieces, and may be left at any of them: what is folded by then tells the run
//! as far as that.

use super::part::{Again, Part};
use super::rule::{MIN, Rule};
use super::score::{Scores, score};
use std::collections::BTreeMap;

/// What has come of the beats so far.
#[derive(Debug, Default)]
pub(super) struct Folding {
    /// The beats that it has been through.
    beats: usize,
    /// How many parts had each signature.
    nths: BTreeMap<u64, u32>,
    scores: Scores,
    /// The part that the next one may be joined with.
    last: Option<Part>,
    fold: Fold,
}

impl Folding {
    /// Goes on through beats of at least so many events; says up to which event it has come, or nothing where no beat is left.
    pub(super) fn go_on(&mut self, rule: &Rule<'_>, most: u32) -> Option<u32> {
        let mut passed = 0;
        loop {
            let (number, noted) = rule.facts.beat(rule.trace, self.beats)?;
            self.beats += 1;
            let is_new = !self.nths.contains_key(&noted.signature);
            for mut part in rule.cut_at_evidence(Part::of(rule.trace, number, noted), is_new) {
                if part.beat().range() != noted.beat.range() {
                    let signature = rule.facts.signature(rule.trace, &part.noted);
                    part.noted.signature = signature.wrapping_add(u64::from(part.goes_on));
                }
                self.take(rule, part);
            }
            passed += noted.beat.to - noted.beat.from;
            if passed >= most {
                return Some(noted.beat.to);
            }
        }
    }

    fn take(&mut self, rule: &Rule<'_>, mut part: Part) {
        score(rule, &mut self.scores, &mut part);
        let nth = self.nths.entry(part.noted.signature).or_default();
        *nth += 1;
        part.nth = *nth;
        match &mut self.last {
            Some(last) if rule.is_joined(last, &part) => join(last, part),
            _ => {
                if let Some(done) = self.last.replace(part) {
                    self.fold.push(done);
                }
            }
        }
    }

    /// What the beats came to.
    pub(super) fn finish(mut self) -> Vec<Part> {
        if let Some(done) = self.last {
            self.fold.push(done);
        }
        self.fold.finish()
    }
}

/// Tells `part` with `last`.
fn join(last: &mut Part, part: Part) {
    last.also.push((part.beat().task, part.noted.signature));
    last.at = part.at;
    last.is_kept |= part.is_kept;
    last.is_record |= part.is_record;
    last.asleep = part.asleep.or(last.asleep);
    last.last_of = last.last_of.or(part.last_of);
    last.score = last.score.max(part.score);
}

/// Folds what is alike.
#[derive(Debug, Default)]
struct Fold {
    out: Vec<Part>,
    /// The first of what is folded now, how many parts are, and all of it.
    first: Option<Part>,
    parts: u32,
    again: Again,
    /// Of what is no poll: the first few.
    others: Vec<Part>,
}

impl Fold {
    fn push(&mut self, part: Part) {
        if part.nth == 1 || part.is_kept || part.is_record {
            self.flush();
            self.out.push(part);
            return;
        }
        if !part.is_call() {
            if self.others.len() < MIN {
                self.others.push(part);
            }
            return;
        }
        let Again { polls, tasks, signatures } = &mut self.again;
        *polls += 1 + part.also.len() as u32;
        tasks.insert(part.beat().task.0);
        tasks.extend(part.also.iter().map(|(task, _)| task.0));
        signatures.insert(part.noted.signature);
        signatures.extend(part.also.iter().map(|&(_, signature)| signature));
        self.parts += 1;
        // It stands at the last of them.
        let at = part.at;
        self.first.get_or_insert(part).at = at;
    }

    fn flush(&mut self) {
        let (again, others) = (std::mem::take(&mut self.again), std::mem::take(&mut self.others));
        match (std::mem::take(&mut self.parts), self.first.take()) {
            (1, Some(first)) => self.out.push(Part { score: first.score.min(3), ..first }),
            (_, Some(first)) => self.out.push(Part { score: 4, again: Some(again), also: Vec::new(), ..first }),
            (_, None) => self.out.extend(others.into_iter().map(|part| Part { score: part.score.min(1), ..part })),
        }
    }

    fn finish(mut self) -> Vec<Part> {
        self.flush();
        self.out
    }
}
