//! A story in the making. A run may have a million events, and the page has keys and frames to attend to meanwhile: so it is made in
//! pieces, and may be left at any of them. What comes out then is the story of as much of the run as was gone through.

use super::facts::Facts;
use super::fold::Folding;
use super::part::Part;
use super::rule::Rule;
use super::sentence::{Moment, Story};
use super::{Decided, evidence};
use crate::trace::{SourceKind, Trace};
use crate::view::Viewer;
use crate::view::diagnosis::Findings;
use std::collections::BTreeMap;
use std::mem;

/// What is done of a run's story.
#[derive(Debug, Default)]
pub(in crate::view) struct Draft {
    of: Known,
    step: Step,
}

/// How much was known of a run when its story was begun: events, holders, keepers, tracks.
type Known = [usize; 4];

fn known(trace: &Trace) -> Known {
    [trace.len(), trace.holders.len(), trace.keepers.len(), trace.tracks.len()]
}

#[derive(Debug, Default)]
enum Step {
    #[default]
    Begun,
    /// Beats are gone through.
    Folding(Box<Basis>, Box<Folding>),
    /// Moments are chosen, the next one first, and some of them are told.
    Saying(Box<Basis>, std::vec::IntoIter<Part>, Vec<Moment>),
    Done(Story),
}

/// What the rule reads besides the run and its facts.
#[derive(Debug)]
struct Basis {
    findings: Findings,
    decided: Decided,
    evidence: BTreeMap<u32, usize>,
}

impl Basis {
    fn of(viewer: &mut Viewer) -> Box<Basis> {
        let findings = viewer.findings().clone();
        let (trace, facts) = (viewer.trace(), &viewer.facts);
        let (decided, evidence) = (Decided::of(trace, facts, &findings), evidence(facts, &findings));
        Box::new(Basis { findings, decided, evidence })
    }

    fn rule<'a>(&'a self, trace: &'a Trace, facts: &'a Facts) -> Rule<'a> {
        let Basis { findings, decided, evidence } = self;
        Rule { trace, facts, findings, decided, evidence }
    }

    /// What the beats came to, with the moments chosen.
    fn chosen(self: Box<Self>, viewer: &Viewer, folding: Folding) -> Step {
        let parts = self.rule(viewer.trace(), &viewer.facts).moments(folding.finish());
        Step::Saying(self, parts.into_iter(), Vec::new())
    }
}

impl Draft {
    /// Of a run of which more is known by now it begins anew.
    fn follow(&mut self, trace: &Trace) {
        let now = known(trace);
        if self.of != now {
            *self = Draft { of: now, step: Step::Begun };
        }
    }

    /// The next piece, and up to which event the run was gone through; none where all is told.
    fn go_on(&mut self, viewer: &mut Viewer, most: u32) -> Option<u32> {
        self.follow(viewer.trace());
        let all = viewer.trace().len() as u32;
        let come;
        (self.step, come) = match mem::take(&mut self.step) {
            Step::Begun if all == 0 => (Step::Done(Story::default()), None),
            Step::Begun => (Step::Folding(Basis::of(viewer), Box::default()), Some(0)),
            Step::Folding(basis, mut folding) => {
                match folding.go_on(&basis.rule(viewer.trace(), &viewer.facts), most) {
                    Some(come) => (Step::Folding(basis, folding), Some(come)),
                    None => (basis.chosen(viewer, *folding), Some(all)),
                }
            }
            Step::Saying(basis, mut parts, mut moments) => match parts.next() {
                Some(part) => {
                    let (mut describer, facts) = viewer.describer();
                    let rule = basis.rule(describer.trace, facts);
                    moments.push(rule.moment(&part, &mut |cursor| describer.describe(cursor)));
                    (Step::Saying(basis, parts, moments), Some(all))
                }
                None => (Step::Done(story(viewer, moments)), None),
            },
            done @ Step::Done(_) => (done, None),
        };
        come
    }

    /// No beat is gone through any more.
    fn cut(&mut self, viewer: &mut Viewer) {
        self.follow(viewer.trace());
        self.step = match mem::take(&mut self.step) {
            Step::Begun => Basis::of(viewer).chosen(viewer, Folding::default()),
            Step::Folding(basis, folding) => basis.chosen(viewer, *folding),
            step => step,
        };
    }
}

fn story(viewer: &Viewer, moments: Vec<Moment>) -> Story {
    let count = |kind| viewer.trace().sources.iter().filter(|source| source.kind == kind).count() as u32;
    let (bells, cells, drivers) = (count(SourceKind::Bell), count(SourceKind::Cell), count(SourceKind::Driver));
    Story { moments, notable: viewer.notable(), bells, cells, drivers }
}

impl Viewer {
    /// Goes on with the story of the run, as far as it is known, through at least so many events where there are as many. Says up to
    /// which event it has come, and nothing once it is done. Without it [`story`](Self::story) takes all at once.
    pub fn draft_story(&mut self, most: u32) -> Option<u32> {
        let mut draft = mem::take(&mut self.draft);
        let come = draft.go_on(self, most);
        self.draft = draft;
        come
    }

    /// Leaves the story at what was gone through: it has moments of that alone, until something is appended to the run.
    pub fn cut_story(&mut self) {
        let mut draft = mem::take(&mut self.draft);
        draft.cut(self);
        self.draft = draft;
    }

    /// The story of the run, as far as it is known.
    pub fn story(&mut self) -> Story {
        while self.draft_story(u32::MAX).is_some() {}
        match &self.draft.step {
            Step::Done(story) => story.clone(),
            _ => Story::default(),
        }
    }
}
