//! The checker of orders: what it lets pass, and that each of its rules can be broken.

use super::*;
use crate::trace::TimeUnit;
use crate::trace::event::Settled;

/// A live trace, an event a word: `m:a` a microtask `a` is queued, `M:a` it begins, `M.` it ends; `t`, `T` a timeout of 0 ms, `u` one
/// of 5 ms, `p` a message, `f`, `F` a frame, `r`, `R` a reaction to a promise, `l` a line.
fn trace(script: &str) -> Trace {
    let mut trace = Trace::new(TimeUnit::BrowserUs);
    trace.head.mode = Mode::Live;
    trace.names.push(String::new());
    let mut time = 0;
    for word in script.split_whitespace() {
        let (kind, text) = word.split_once([':', '.']).expect("a kind and a name");
        let at = trace.names.iter().position(|name| name == text);
        let name = NameId(at.unwrap_or(trace.names.len()) as u32);
        if at.is_none() {
            trace.names.push(text.to_owned());
        }
        let promise = PromiseId(name.0);
        let event = match (kind, word.contains('.')) {
            ("m", _) => Event::MicrotaskQueued { name },
            ("M", false) => Event::MicrotaskStarted { name },
            ("M", true) => Event::MicrotaskEnded { name },
            ("t", _) => Event::MacrotaskQueued { name, after: 0 },
            ("u", _) => Event::MacrotaskQueued { name, after: 5 },
            ("c", _) => Event::MacrotaskCleared { name },
            ("p", _) => Event::MessagePosted { name },
            ("T", false) => Event::MacrotaskStarted { name },
            ("T", true) => Event::MacrotaskEnded { name },
            ("f", _) => Event::FrameQueued { name },
            ("F", false) => Event::FrameStarted { name },
            ("F", true) => Event::FrameEnded { name },
            ("r", _) => Event::PromiseSettled { promise, how: Settled::Resolved, value: NameId(0) },
            ("R", _) => Event::Reaction { promise, name },
            ("l", _) => Event::Logged {
                task: crate::trace::ids::TaskId::NONE,
                text: name,
                site: crate::trace::ids::SiteId::NONE,
            },
            ("wait", _) => {
                time += 6000;
                continue;
            }
            _ => panic!("{word} is no event"),
        };
        trace.columns.push(time, event);
    }
    trace
}

fn broken(script: &str) -> Vec<Prescribed> {
    violations(&trace(script)).into_iter().map(|violation| violation.rule).collect()
}

#[test]
fn right_orders_violate_nothing() {
    for script in [
        "T:s m:a r:b m:c T.s M:a M.a R:b M:c M.c",
        "T:s t:a p:b f:c T.s F:c F.c T:a T.a T:b T.b",
        "T:s t:a p:b f:c T.s T:b T.b T:a T.a F:c F.c",
        "T:s t:a m:b T.s M:b m:c M.b M:c M.c T:a T.a",
        "T:s u:a t:b T.s T:b T.b wait: T:a T.a",
        "T:s t:a c:a t:b T.s T:b T.b",
        // The script's own timeout is nested, and is made longer than that of the message.
        "T:s t:a p:b T.s T:b t:c T.b T:c T.c T:a T.a",
        // The same name twice.
        "T:s t:a t:a T.s T:a T.a T:a T.a",
    ] {
        assert_eq!(broken(script), [], "{script}");
    }
}

#[test]
fn every_rule_can_be_broken() {
    for (script, rule) in [
        ("T:s m:a t:b T.s T:b T.b M:a M.a", Prescribed::MicrotasksFirst),
        ("T:s r:a f:b T.s F:b F.b R:a", Prescribed::MicrotasksFirst),
        ("T:s m:a m:b T.s M:b M.b M:a M.a", Prescribed::Microtasks),
        ("T:s m:a r:b T.s R:b M:a M.a", Prescribed::Microtasks),
        ("T:s t:a u:b T.s wait: T:b T.b T:a T.a", Prescribed::Timers),
        ("T:s u:a T.s T:a T.a", Prescribed::Time),
        ("T:s p:a p:b T.s T:b T.b T:a T.a", Prescribed::Messages),
        ("T:s f:a f:b T.s F:b F.b F:a F.a", Prescribed::Frames),
        ("T:s m:a M:a M.a T.s", Prescribed::ToItsEnd),
    ] {
        assert!(broken(script).contains(&rule), "{script}: {:?}", broken(script));
    }
}

/// The lines of a run, and the pairs that may come either way.
fn told(script: &str) -> (Vec<String>, Vec<(usize, usize)>) {
    let lines = lines(&trace(script)).all;
    let pairs = lines.iter().enumerate().flat_map(|(i, line)| line.either.iter().map(move |&j| (i, j as usize)));
    (lines.iter().map(|line| line.text.clone()).collect(), pairs.filter(|(i, j)| i < j).collect())
}

#[test]
fn lines_say_which_of_them_may_come_either_way() {
    let (lines, either) = told("T:s t:a m:b f:c T.s M:b l:b M.b T:a l:a m:d T.a M:d l:d M.d F:c l:c F.c");
    assert_eq!(lines, ["b", "a", "d", "c"]);
    // The microtask comes before both; what the timeout queues comes after it; the frame may come before all of that.
    assert_eq!(either, [(1, 3), (2, 3)]);
}

#[test]
fn callbacks_that_never_run_stand_at_the_end() {
    let (lines, _) = told("T:s m:b t:a T.s M:b l:b M.b");
    assert_eq!(lines, ["b", "a"]);
}

#[test]
fn lines_say_what_writes_them() {
    use LineSource::{Frame, Message, Microtask, Reaction, Script, Timer};
    let lines =
        lines(&trace("T:s l:s t:a m:b f:c p:d r:e u:g T.s M:b l:b M.b R:e l:e T:a l:a T.a T:d l:d T.d F:c l:c F.c"));
    let told: Vec<(&str, LineSource)> = lines.all.iter().map(|line| (&*line.text, line.source)).collect();
    let expected =
        [("s", Script), ("b", Microtask), ("e", Reaction), ("a", Timer), ("d", Message), ("c", Frame), ("g", Timer)];
    assert_eq!(told, expected);
}

#[test]
fn lines_are_asked_for_as_the_script_does() {
    let asked = lines(&trace("T:s t:a m:b f:c T.s M:b l:b M.b T:a l:a l:z T.a F:c l:c F.c")).asked;
    // a, b, c, then z: of b, a, z, c.
    assert_eq!(asked, [1, 0, 3, 2]);
}
