//! A promise waited for in three ways: with `await`, in a loop under a budget, and on a stack that is set aside, where the engine
//! has that. And what is called meanwhile.
//!
//! The suspended function is in the page's module, which is fetched from the built site: `./build.sh` comes first.

use super::{at, find_event, live_of, logged};
use js_sys::{Array, Function, Promise, Reflect, eval};
use pollscope::trace::event::{Event, Outcome};
use pollscope::trace::ids::{PromiseId, TaskId};
use pollscope::trace::{Kind, Trace};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// The tasks of the first and of the last way.
const AWAIT: TaskId = TaskId(1);
const BUSY: TaskId = TaskId(2);

/// Whether the engine can set a stack aside.
fn has_jspi() -> bool {
    eval("'Suspending' in WebAssembly").expect("it runs").is_truthy()
}

/// A run, of a page that lies where the built site does.
async fn live(given: &[(&str, &str)]) -> Trace {
    let based = eval(
        "(() => { const base = document.createElement('base'); base.href = '/dist/'; document.head.append(base); return base; })()",
    );
    let base = based.expect("it is put there");
    let trace = live_of("block-on", given).await;
    let remove: Function = Reflect::get(&base, &"remove".into()).expect("it has it").unchecked_into();
    remove.call0(&base).expect("it goes");
    trace
}

fn count(trace: &Trace, kind: Kind, from: usize, to: usize) -> usize {
    (from..to).filter(|&i| trace.event(i).kind() == kind).count()
}

#[wasm_bindgen_test]
async fn await_gives_the_thread_back_and_has_the_value() {
    let trace = live(&[("promise_ms", "80"), ("budget_ms", "20")]).await;
    let pending = at(&trace, 0, "its first poll", |e| {
        matches!(e, Event::PollEnded { task: AWAIT, outcome: Outcome::Pending, .. })
    });
    let settled =
        at(&trace, pending, "its promise", |e| matches!(e, Event::PromiseSettled { promise: PromiseId(1), .. }));
    let polled = at(&trace, settled, "its second poll", |e| e == Event::PollStarted { task: AWAIT, nth: 2 });
    at(
        &trace,
        polled,
        "its value",
        |e| matches!(e, Event::Logged { task: AWAIT, text, .. } if trace.name(text) == "Some(\"7\")"),
    );
    assert!(count(&trace, Kind::FrameStarted, pending, settled) > 0, "the page has its frames\n{}", trace.to_text());
    assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
}

#[wasm_bindgen_test]
async fn loop_has_no_value_and_nothing_else_runs_until_its_budget_is_spent() {
    let trace = live(&[("promise_ms", "5"), ("budget_ms", "60")]).await;
    let begun = at(&trace, 0, "its poll", |e| e == Event::PollStarted { task: BUSY, nth: 1 });
    let ended =
        at(&trace, begun, "its end", |e| matches!(e, Event::PollEnded { task: BUSY, outcome: Outcome::Ready, .. }));
    let is_own = |kind: &Kind| matches!(kind, Kind::Spun | Kind::Logged | Kind::Allocated);
    let others: Vec<Kind> = (begun + 1..ended).map(|i| trace.event(i).kind()).filter(|kind| !is_own(kind)).collect();
    assert_eq!(others, [], "{}", trace.to_text());
    let spins = (begun..ended).filter_map(|i| match trace.event(i) {
        Event::Spun { task: BUSY, polls, .. } => Some(polls),
        _ => None,
    });
    let spins: Vec<u32> = spins.collect();
    assert!(spins.len() > 1 && spins.is_sorted() && spins[0] > 0, "{spins:?}");
    assert!(trace.time(ended) - trace.time(begun) >= 60_000, "by its budget, and not before");
    // The promise was due long before, and is settled once the loop gives the thread back.
    let due = at(&trace, 0, "its promise", |e| matches!(e, Event::PromiseSettled { promise: PromiseId(3), .. }));
    assert!(due > ended, "{}", trace.to_text());
    assert!(logged(&trace).contains(&"None"));
    assert_eq!(trace.answer.as_deref(), Some(if has_jspi() { "two" } else { "one" }));
}

#[wasm_bindgen_test]
async fn stack_that_is_set_aside_gives_the_thread_back_and_has_the_value() {
    let trace = live(&[("promise_ms", "80"), ("budget_ms", "20"), ("meanwhile", "nothing")]).await;
    let lines = logged(&trace);
    if !has_jspi() {
        assert_eq!(lines, ["Some(\"7\")", "no WebAssembly.Suspending", "None"]);
        assert!(find_event(&trace, 0, |e| e.kind() == Kind::StackSuspended).is_none());
        return;
    }
    assert_eq!(lines, ["Some(\"7\")", "Some(\"7\")", "None"], "{}", trace.to_text());
    let aside = at(&trace, 0, "suspended", |e| matches!(e, Event::StackSuspended { promise: PromiseId(2), .. }));
    let settled =
        at(&trace, aside, "its promise", |e| matches!(e, Event::PromiseSettled { promise: PromiseId(2), .. }));
    let back = at(&trace, settled, "resumed", |e| e == Event::StackResumed { promise: PromiseId(2) });
    assert!(count(&trace, Kind::FrameStarted, aside, settled) > 0, "the page has its frames\n{}", trace.to_text());
    // In a microtask: the callback that settled the promise has returned.
    at(&trace, settled, "end of callback", |e| matches!(e, Event::MacrotaskEnded { .. }));
    assert!(count(&trace, Kind::MacrotaskEnded, settled, back) == 1, "{}", trace.to_text());
}

#[wasm_bindgen_test]
async fn what_is_called_while_a_stack_is_aside_is_refused_in_words_or_answers() {
    if !has_jspi() {
        return;
    }
    let refused = "recursive use of an object";
    let works = "then calls(): 1";
    for (meanwhile, said, then) in [
        ("same", refused, works),
        ("again", refused, works),
        ("frees", "attempted to take ownership", "then calls(): null pointer passed to rust"),
        ("other", "calls(): 0", works),
    ] {
        // Half of that is time enough for the call, on a machine that is busy, too.
        let trace = live(&[("promise_ms", "400"), ("budget_ms", "20"), ("meanwhile", meanwhile)]).await;
        let aside = at(&trace, 0, "suspended", |e| e.kind() == Kind::StackSuspended);
        let told = at(
            &trace,
            aside,
            "what was said",
            |e| matches!(e, Event::Logged { text, .. } if trace.name(text).contains(said)),
        );
        let back = at(&trace, told, "resumed", |e| e.kind() == Kind::StackResumed);
        // Afterwards it works.
        at(&trace, back, "the next call", |e| matches!(e, Event::Logged { text, .. } if trace.name(text) == then));
        assert_eq!(logged(&trace).iter().filter(|&&line| line == "Some(\"7\")").count(), 2, "{}", trace.to_text());
    }
}

/// All that may be done to a value whose method is suspended: each is refused in words, and afterwards each works. But for
/// `free()`: what was refused has taken the object's pointer from JavaScript, and the object says so from then on; the value is
/// as it was, and the call comes to its end.
#[wasm_bindgen_test]
async fn value_whose_method_is_suspended_refuses_and_works_afterwards() {
    if !has_jspi() {
        return;
    }
    let script = "(async () => { \
        const module = await import('/dist/engine/suspended.js'); await module.default(); \
        const trace = { suspends() {}, resumes() {} }; \
        const phone = new module.Phone(); \
        const said = []; \
        const attempt = async (f) => { try { said.push(String(await f())); } catch (error) { said.push(error.message); } }; \
        let settle; \
        const call = phone.block_on(new Promise((ok) => { settle = ok; }), trace); \
        await attempt(() => phone.block_on(Promise.resolve('again'), trace)); \
        await attempt(() => phone.calls()); \
        settle('first'); \
        await attempt(() => call); \
        await attempt(() => phone.block_on(Promise.resolve('second'), trace)); \
        await attempt(() => phone.calls()); \
        await attempt(() => phone.block_on(Promise.reject(new Error('busy')), trace)); \
        await attempt(() => phone.calls()); \
        const other = phone.block_on(new Promise((ok) => { settle = ok; }), trace); \
        await attempt(() => phone.free()); \
        settle('third'); \
        await attempt(() => other); \
        await attempt(() => phone.calls()); \
        await attempt(() => new module.Phone().calls()); \
        return said; })()";
    let said: Promise = eval(script).expect("it runs").into();
    let said: Array = JsFuture::from(said).await.expect("dist/ is built").unchecked_into();
    let said: Vec<String> = said.iter().map(|one| one.as_string().unwrap_or_default()).collect();
    let refused = |line: &str| line.contains("recursive use of an object");
    assert!(refused(&said[0]) && refused(&said[1]), "{said:?}");
    assert_eq!(said[2..7], ["first", "second", "2", "busy", "3"], "{said:?}");
    assert!(said[7].contains("attempted to take ownership"), "{said:?}");
    assert!(said[8] == "third" && said[9].contains("null pointer"), "{said:?}");
    assert_eq!(said[10], "0", "others are none the worse");
}
