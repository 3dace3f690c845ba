//! The story of a run: what holds of every story, and what a few small runs are told as.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{Scenario, Setup, scenarios};
use pollscope::trace::{Kind, Trace};
use pollscope::view::story::{Story, Telling};
use pollscope::view::{Findings, Viewer};

/// What holds of every story, of whatever run.
fn check(name: &str, trace: &Trace, findings: &Findings, story: &Story) {
    let cursors: Vec<u32> = story.moments.iter().map(|moment| moment.at).collect();
    assert!(cursors.is_sorted_by(|a, b| a < b), "{name}: in order, and no cursor twice: {cursors:?}");
    assert!(cursors.len() <= 12, "{name}: {} moments", cursors.len());
    for moment in &story.moments {
        assert!((1..=2).contains(&moment.sentences.len()), "{name}: one sentence or two: {moment:?}");
        assert!(moment.at as usize <= trace.len() && moment.from < moment.at, "{name}: {moment:?}");
    }
    if trace.columns.kind(trace.len() - 1) == Kind::Ended {
        assert_eq!(cursors.last(), Some(&(trace.len() as u32)), "{name}: the end is told last");
    }
    let decides = story.moments.iter().filter(|moment| moment.decides).count();
    assert_eq!(decides, 1, "{name}: one moment decides");
    if let Some(first) = findings.all.first() {
        let told = story.moments.iter().any(|moment| moment.finding == Some(0));
        assert!(told, "{name}: the first finding, at {}, is told: {cursors:?}", first.cursor);
    }
}

fn story_of(trace: &Trace) -> (Findings, Story) {
    let mut viewer = Viewer::of(trace.clone());
    let story = viewer.story(Telling::default());
    (viewer.findings().clone(), story)
}

/// Every deterministic scenario with each choice of each of its parameters, the others at their defaults.
fn runs(scenario: &'static Scenario) -> Vec<(String, Trace)> {
    let choices = scenario.info().params.into_iter().flat_map(|field| {
        let values = field.choices();
        values.into_iter().map(move |value| (field.name.to_owned(), value))
    });
    let given: Vec<Vec<(String, String)>> = std::iter::once(Vec::new()).chain(choices.map(|one| vec![one])).collect();
    given
        .into_iter()
        .filter_map(|given| {
            let fields: Vec<(&str, &str)> = given.iter().map(|(field, value)| (&**field, &**value)).collect();
            let job = scenario.start(&fields, Setup::default()).ok()?;
            Some((format!("{} {given:?}", scenario.info().id), job.run()))
        })
        .collect()
}
