//! What a part of a run is worth, from 1 (a repeat) to 9 (evidence, and what decides).

use super::beats::BeatKind;
use super::deeds::{Sight, is_change, is_grave, is_odd, is_telling};
use super::facts::MANY;
use super::out_of_turn::Narrated;
use super::part::Part;
use super::rule::Rule;
use crate::trace::Kind;
use crate::trace::event::{Event, Outcome};

/// Parts of the run's length that are worth a word: one in so many.
const MUCH: u64 = 20;

/// What has been seen of the parts before.
#[derive(Debug, Default)]
pub(super) struct Scores {
    has_first_poll: bool,
}

impl Rule<'_> {
    /// A time that is worth a word.
    pub(super) fn much(&self) -> u64 {
        self.trace.end_time() / MUCH
    }
}

/// Says what a part is worth, and why it is kept or a record.
pub(super) fn score(rule: &Rule<'_>, scores: &mut Scores, part: &mut Part) {
    let (trace, facts, much) = (rule.trace, rule.facts, rule.much());
    let cast = &facts.cast;
    let beat = part.beat();
    let subject = rule.decided.subject;
    let role = cast.role(beat.task);
    let mut best = 0;
    let mut up = |score: i8| best = best.max(score);

    part.decides = part.contains(rule.decided.at);
    part.finding = rule.evidence.range(beat.from..beat.to).map(|(_, &finding)| finding).next();
    if part.decides || part.finding.is_some() {
        part.is_kept = true;
        up(9);
    }
    for (i, event) in part.notable(trace) {
        if is_change(event) && facts.out_of_turn.narrated(i) == Narrated::WithFirst {
            continue;
        }
        if is_grave(event) {
            part.is_record = true;
            part.is_kept |= is_change(event);
            up(7);
        }
        if facts.is_first(i, event) {
            if is_odd(event) {
                up(7);
            } else if is_telling(event, facts.sight(i)) {
                up(6);
            }
        }
        if facts.is_new_text(trace, i, event) || facts.is_new_edge(i, event) {
            up(5);
        }
        match event {
            Event::Ended { .. } => {
                part.is_kept = true;
                up(8);
            }
            Event::PromiseSettled { .. } | Event::Received { .. }
                if facts.sight(i) == Sight::Unawaited && facts.is_first(i, event) =>
            {
                up(7);
            }
            // A script that writes is heard of nowhere else.
            Event::Logged { task, .. } if !task.is_some() && facts.is_new_text(trace, i, event) => up(6),
            Event::StackSuspended { .. } | Event::StackResumed { .. } => up(7),
            Event::Signalled { .. } | Event::Turned { .. } | Event::Arrived { .. } | Event::Reported { .. } => up(5),
            Event::Drained { task, .. } if subject == 0 || cast.role(task) == subject => up(6),
            Event::Woken { .. } => up(4),
            Event::ClockAdvanced { task, by, .. } => {
                if !task.is_some() && by > much {
                    up(4);
                }
                if facts.longest.is_of(part.number, much) && task.is_some() {
                    part.is_record = true;
                    up(6);
                }
            }
            Event::PollStarted { task, nth } => {
                if facts.latest.is_of(part.number, much) {
                    part.is_record = true;
                    up(7);
                }
                let is_first = facts.role(cast.role(task)).first_poll == Some(i as u32);
                up(if is_first {
                    5
                } else if nth == 1 {
                    3
                } else {
                    2
                });
            }
            Event::PollEnded { task, outcome, .. } => match outcome {
                Outcome::Pending if facts.crowd.is_of(part.number, u64::from(MANY) - 1) => {
                    part.asleep = Some(facts.crowd.size as u32);
                    part.is_record = true;
                    up(6);
                }
                Outcome::Ready => {
                    let ends = facts.role(cast.role(task));
                    if ends.ends == 1 {
                        up(6);
                    } else if ends.first_end == part.number {
                        up(5);
                    } else if ends.last_end == part.number {
                        let first = facts
                            .noted
                            .get(ends.first_end as usize)
                            .map_or(0, |noted| trace.time(noted.beat.to as usize - 1));
                        let is_apart = part.times(trace).1.saturating_sub(first) > much;
                        part.is_record |= is_apart;
                        part.last_of = (ends.ends > 2).then_some(ends.ends);
                        up(if is_apart { 7 } else { 5 });
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    match part.kind() {
        BeatKind::Spawns => up(6),
        BeatKind::Bells | BeatKind::Line | BeatKind::Call => up(5),
        BeatKind::Poll => up(2),
        BeatKind::Before | BeatKind::Gap | BeatKind::End => {}
    }
    let begins = matches!(part.kind(), BeatKind::Poll | BeatKind::Line | BeatKind::Call);
    if begins && !scores.has_first_poll && (subject == 0 || role == subject) {
        scores.has_first_poll = true;
        part.is_kept = true;
        up(6);
    }
    if facts.is_inner(beat.task) && !part.is_kept && role != subject {
        best -= 1;
    }
    let is_late_record = part.noted.late > 0 && part.is_record;
    if subject != 0 && beat.task.is_some() && role != subject && !part.is_kept && !is_late_record {
        best -= 2;
    }
    part.score = best;
    debug_assert!(part.notable(trace).all(|(_, event)| event.kind() != Kind::Enqueued), "that is bookkeeping");
}
