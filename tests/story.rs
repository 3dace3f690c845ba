//! The story of a run: what holds of every story, and what a few small runs are told as.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{Kind, Scenario, Setup, find, scenarios};
use pollscope::trace::{self, Event, Trace};
use pollscope::view::story::{Say, Sentence, Story};
use pollscope::view::{Findings, Viewer};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is taken from the heap is counted.
#[global_allocator]
static ALLOCATOR: pollscope::alloc::Counting = pollscope::alloc::Counting;

/// What holds of every story, of whatever run.
fn check(name: &str, trace: &Trace, findings: &Findings, story: &Story) {
    let cursors: Vec<u32> = story.moments.iter().map(|moment| moment.at).collect();
    assert!(cursors.is_sorted_by(|a, b| a < b), "{name}: in order, and no cursor twice: {cursors:?}");
    assert!(cursors.len() <= 12, "{name}: {} moments", cursors.len());
    for moment in &story.moments {
        assert!((1..=2).contains(&moment.sentences.len()), "{name}: one sentence or two: {moment:?}");
        assert!(moment.at as usize <= trace.len() && moment.from < moment.at, "{name}: {moment:?}");
    }
    if trace.columns.kind(trace.len() - 1) == trace::Kind::Ended {
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
    let story = viewer.story();
    (viewer.findings().clone(), story)
}

/// The scenario with its defaults, and with each choice of each of its parameters beside the others' defaults, as far as its runs
/// are made.
fn runs(scenario: &'static Scenario) -> Vec<(String, Trace)> {
    let schema = serde_json::to_value(scenario.info().schema).expect("plain data");
    let fields = schema["properties"].as_object().expect("fields by name").clone();
    let mut given: Vec<Option<(String, String)>> = vec![None];
    let is_live = |name: &str| scenario.info().live.is_some_and(|live| live.field == name);
    for (name, field) in fields.into_iter().filter(|(name, _)| !is_live(name)) {
        let choices = field["enum"].as_array().cloned().unwrap_or_default();
        given.extend(choices.iter().map(|choice| Some((name.clone(), choice.as_str().expect("a name").to_owned()))));
    }
    let run = |given: Option<(String, String)>| {
        let fields: Vec<(&str, &str)> = given.iter().map(|(field, value)| (&**field, &**value)).collect();
        let mut job = scenario.start(&fields, Setup::default()).expect("these parameters are good");
        // Some are meant to panic.
        let _ = catch_unwind(AssertUnwindSafe(|| job.drive()));
        (format!("{} {given:?}", scenario.id), job.finish())
    };
    given.into_iter().map(run).collect()
}

#[test]
fn every_story_of_every_scenario_is_whole() {
    for scenario in scenarios().iter().filter(|scenario| scenario.info().kind == Kind::Deterministic) {
        for (name, trace) in runs(scenario) {
            let (findings, story) = story_of(&trace);
            check(&name, &trace, &findings, &story);
            // Of a program that is refused there is nothing to tell but that.
            let is_run =
                (0..trace.len()).any(|i| !matches!(trace.event(i), Event::Refused { .. } | Event::Ended { .. }));
            assert!(story.moments.len() >= if is_run { 5 } else { 2 }, "{name}: {} moments", story.moments.len());
        }
    }
}

/// What is said, without what it names.
fn says(story: &Story) -> Vec<String> {
    let one = |sentence: &Sentence| format!("{:?}", sentence.say);
    story.moments.iter().map(|moment| moment.sentences.iter().map(one).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_lost_wake_is_told() {
    let lost_wake = find("lost-wake").expect("it is there");
    let trace = lost_wake.start(&[], Setup::default()).expect("good parameters").run();
    let (_, story) = story_of(&trace);
    let told = ["BellsSet", "SpawnedOne", "FirstPoll LooksForRing", "FoundNoWaker", "RingNobody", "EndStuck"];
    assert_eq!(says(&story), told);
    let decides: Vec<bool> = story.moments.iter().map(|moment| moment.decides).collect();
    assert_eq!(decides, [false, false, false, true, false, false]);
}

#[test]
fn alike_polls_are_folded_and_counted() {
    let poll_waker = find("poll-waker").expect("it is there");
    let trace = poll_waker.start(&[], Setup::default()).expect("good parameters").run();
    let (_, story) = story_of(&trace);
    let polls: Vec<u32> = (story.moments.iter().flat_map(|moment| &moment.sentences))
        .filter(|sentence| sentence.say == Say::Repeats)
        .filter_map(|sentence| sentence.n)
        .collect();
    assert_eq!(polls, [14, 8], "25 polls but for the first, the one that is found out, and the last");
}

#[test]
fn a_story_of_many_is_as_short() {
    let call_centre = find("call-centre").expect("it is there");
    let given = [("callers", "2700")];
    let trace = call_centre.start(&given, Setup::default()).expect("good parameters").run();
    let (findings, story) = story_of(&trace);
    check("2,700 callers", &trace, &findings, &story);
    assert_eq!(story.moments.len(), 12);
}

#[test]
fn what_is_known_of_a_run_is_told_while_it_grows() {
    let executor = find("executor").expect("it is there");
    let whole = executor.start(&[], Setup::default()).expect("good parameters").run();
    let mut viewer = Viewer::new();
    assert_eq!(viewer.story(), Story::default());
    viewer.grow(|trace| *trace = Trace { columns: Default::default(), ..whole.clone() });
    for i in 0..whole.len() {
        viewer.grow(|trace| trace.columns.push(whole.time(i), whole.event(i)));
        let story = viewer.story();
        assert!(story.moments.iter().all(|moment| moment.at as usize <= i + 1), "at {i}: {story:?}");
    }
    assert_eq!(viewer.story(), Viewer::of(whole).story());
}

#[test]
fn story_that_is_told_in_pieces_is_the_one_that_is_told_at_once() {
    for scenario in scenarios().iter().filter(|scenario| scenario.info().kind == Kind::Deterministic) {
        let trace = scenario.start(&[], Setup::default()).expect("defaults are good").run();
        let whole = story_of(&trace).1;
        for most in [1, 7, 1000] {
            let mut viewer = Viewer::of(trace.clone());
            let mut come = 0;
            while let Some(now) = viewer.draft_story(most) {
                assert!((come..=trace.len() as u32).contains(&now), "{}: from {come} to {now}", scenario.id);
                come = now;
            }
            assert_eq!(viewer.story(), whole, "{}, {most} events at a time", scenario.id);
        }
    }
}

#[test]
fn story_that_is_left_has_moments_of_what_was_gone_through() {
    let executor = find("executor").expect("it is there");
    let trace = executor.start(&[], Setup::default()).expect("good parameters").run();
    for pieces in 0..trace.len() {
        let mut viewer = Viewer::of(trace.clone());
        let come = (0..pieces).map_while(|_| viewer.draft_story(1)).last().unwrap_or(0);
        viewer.cut_story();
        let story = viewer.story();
        assert!(story.moments.iter().all(|moment| moment.at <= come), "to {come}: {story:?}");
        assert!(come == 0 || !story.moments.is_empty(), "to {come}: {story:?}");
    }
    // What comes then begins it anew.
    let mut viewer = Viewer::of(trace.clone());
    viewer.cut_story();
    viewer.grow(|trace| trace.columns.push(trace.end_time(), pollscope::trace::Event::Idle));
    assert!(!viewer.story().moments.is_empty());
}

#[test]
fn what_a_scenario_declares_to_decide_is_an_event_of_its_default_run() {
    for scenario in scenarios().iter().filter(|scenario| scenario.info().kind == Kind::Deterministic) {
        let trace = scenario.start(&[], Setup::default()).expect("defaults are good").run();
        let decides = &trace.head.telling.decides;
        let text = decides.strip_prefix("last ").unwrap_or(decides);
        let (code, text) = text.split_once(' ').unwrap_or((text, ""));
        let text = if text.starts_with("of ") { "" } else { text };
        let is_it = |&i: &usize| {
            code.split('|').any(|code| trace.event(i).kind().code() == code)
                && match trace.event(i) {
                    Event::Logged { text: said, .. } => trace.name(said).starts_with(text),
                    _ => true,
                }
        };
        assert!(decides.is_empty() || (0..trace.len()).any(|i| is_it(&i)), "{}: no event is '{decides}'", scenario.id);
    }
}

/// What is said beside how a run ended, and of whom.
fn outcome(id: &str, given: &[(&str, &str)]) -> (Vec<Say>, Sentence) {
    let trace = find(id).expect("it is there").start(given, Setup::default()).expect("good parameters").run();
    let (_, story) = story_of(&trace);
    let last = story.moments.last().expect("the end is told");
    (last.sentences.iter().map(|sentence| sentence.say).collect(), last.sentences.last().expect("a sentence").clone())
}

#[test]
fn what_a_run_came_to_is_told_at_its_end() {
    let each = |sentence: &Sentence| -> Vec<(String, u32)> {
        sentence.each.iter().map(|each| (each.name.clone(), each.n)).collect()
    };
    let named = |all: &[(&str, u32)]| all.iter().map(|&(name, n)| (name.to_owned(), n)).collect::<Vec<_>>();

    let (says, cell) = outcome("orders", &[]);
    assert_eq!((says, &*cell.text), (vec![Say::EndDone, Say::EndCell], "140"));
    let (says, boxes) = outcome("recursion", &[]);
    assert_eq!((says, each(&boxes)), (vec![Say::EndEach, Say::EndBoxes], named(&[("boxed", 6), ("looped", 0)])));
    let (says, sizes) = outcome("size", &[]);
    assert_eq!(says, [Say::EndEach, Say::EndSizes]);
    let [(_, kept), (_, block)] = each(&sizes)[..] else { panic!("{sizes:?}") };
    assert!(kept > 2 * block, "{kept} {block}");
    let (says, dropped) = outcome("race-join", &[]);
    assert_eq!((says, dropped.n), (vec![Say::EndEach, Say::EndGivenUp], Some(3)));

    assert_eq!(outcome("moving", &[]).0, [Say::EndProgram, Say::EndLeftBehind]);
    assert_eq!(outcome("moving", &[("pin_first", "yes")]).0, [Say::EndProgram, Say::EndInPlace]);
    assert_eq!(outcome("pin-ways", &[("tried", "pointer")]).0, [Say::EndProgram, Say::EndRefused]);
    assert_eq!(outcome("projection", &[("projected", "talk")]).0, [Say::EndNothingRan]);
}

#[test]
fn a_write_that_is_lost_is_told_with_whose_it_was() {
    let orders = find("orders").expect("it is there");
    let lost = (0..64).find_map(|seed: u32| {
        let given = [("order", "random"), ("seed", &*seed.to_string()), ("quotes", "1")];
        let trace = orders.start(&given, Setup::default()).expect("good parameters").run();
        let (_, story) = story_of(&trace);
        let last = story.moments.last()?.sentences.last()?.clone();
        let balance = (0..trace.len()).rev().find_map(|i| match trace.event(i) {
            Event::CellRead { value, .. } => Some(trace.name(value).to_owned()),
            _ => None,
        });
        assert_eq!(last.say == Say::EndOverwritten, balance.as_deref() != Some("140"), "{seed}: {balance:?} {last:?}");
        (last.say == Say::EndOverwritten).then_some(last)
    });
    let lost = lost.expect("one order loses a write");
    assert_eq!((&*lost.who[0].first, &*lost.them[0].first, &*lost.text), ("deposit", "fee", "90"));
}
