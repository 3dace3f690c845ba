//! `projection`: the fields of a pinned value and the pointers to them.

use super::pin_ways::{holds, place_at};
use pollscope::scenario::{Setup, find};
use pollscope::trace::{Event, Trace};

/// A run of `projection`.
fn projection(projected: &str, promise: &str) -> Trace {
    let given = [("projected", projected), ("promise", promise)];
    find("projection").and_then(|s| s.start(&given, Setup::default())).expect("good").run()
}

/// Pinned pointers and plain ones hold the addresses of their fields, and each future points into itself after each poll.
#[test]
fn fields_that_are_projected_to_stay_where_their_pointers_say() {
    for by in ["by_hand", "lite", "attribute"] {
        let trace = projection(by, "kept");
        let (mut pinned, mut polled) = (0, 0);
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Pinned { by, place, bytes } => {
                    pinned += 1;
                    assert_eq!(holds(&trace, bytes, "pointer"), trace.places[place.index()].address);
                    assert_eq!(trace.places[by.index()].size, size_of::<usize>() as u32);
                }
                Event::Placed { place, bytes } => match trace.place_name(place) {
                    "this.polls" => assert_eq!(holds(&trace, bytes, "pointer"), place_at(&trace, "polls").start),
                    name @ ("fut1" | "fut2") => {
                        let inside = holds(&trace, bytes, "local_ref");
                        assert!(inside == 0 || place_at(&trace, name).contains(&inside), "{by}: {name}");
                        polled += u32::from(inside != 0);
                    }
                    _ => {}
                },
                Event::Moved { .. } | Event::Refused { .. } => panic!("{by}: nothing moves, and all is compiled"),
                _ => {}
            }
        }
        assert_eq!((pinned, polled), (4, 4), "{by}: both futures, in both polls of the whole");
        assert_eq!(trace.answer.as_deref(), Some("stays"), "{by}");
        assert!(trace.findings().all.is_empty(), "{by}");
    }
}

/// Each of the four promises, broken: by hand the run shows what comes of it, and a macro has it refused.
#[test]
fn broken_promise_moves_the_field_or_forgets_it_and_with_a_macro_it_is_refused() {
    for (promise, came, code) in [
        ("unpin", "moves", "E0119"),
        ("drop", "moves", "E0119"),
        ("moved_out", "moves", "E0308"),
        ("not_dropped", "undropped", "E0308"),
    ] {
        let trace = projection("by_hand", promise);
        assert_eq!(trace.answer.as_deref(), Some(came), "{promise}");
        let field = place_at(&trace, "fut");
        let last = (0..trace.len()).rev().find_map(|i| match trace.event(i) {
            Event::Moved { to, bytes, .. } => Some((to, bytes)),
            Event::Placed { place, bytes } if trace.place_name(place) == "fut" => Some((place, bytes)),
            _ => None,
        });
        let (place, bytes) = last.expect("it was looked at");
        let inside = holds(&trace, bytes, "local_ref");
        if came == "moves" {
            assert!(field.contains(&inside), "{promise}: it still names its old place");
            assert!(!place_at(&trace, "moved").contains(&inside), "{promise}: where it no longer is");
            assert_eq!(trace.findings().all.len(), 1, "{promise}");
        } else {
            assert_eq!(trace.place_name(place), "fut");
            assert_eq!(inside, 0, "{promise}: another value, which nobody polled, lies there");
        }
        for by in ["lite", "attribute"] {
            let trace = projection(by, promise);
            let said = (0..trace.len()).find_map(|i| match trace.event(i) {
                Event::Refused { message, .. } => Some(trace.name(message).to_owned()),
                _ => None,
            });
            assert!(said.is_some_and(|said| said.starts_with(&format!("error[{code}]"))), "{by}: {promise}");
            assert_eq!(trace.answer.as_deref(), Some("refused"), "{by}: {promise}");
        }
    }
}
