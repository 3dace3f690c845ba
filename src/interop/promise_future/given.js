// What else can be given to somebody who waits
// for a promise: made of the one in page.js.

export function given(what, inner, trace) {
  const made = promiseOf(what, inner, trace);
  // The engine settles it, unseen: the first
  // reaction tells of it.
  made.then(
    (value) => trace.settles("resolve", value),
    (why) => trace.settles("reject", why),
  );
  return made;
}

function promiseOf(what, inner, trace) {
  switch (what) {
    // It waits for the other one: what comes of
    // a promise is never a promise.
    case "nested":
      return new Promise((ok) => ok(inner));
    case "realm":
      return inRealm((ok, no) => {
        inner.then(ok, no);
      }, trace);
    default:
      return Promise.resolve({
        then: thenOf(what, inner, trace),
      });
  }
}

// A thenable has a then(), and no more. The
// engine calls it, in a microtask.
function thenOf(what, inner, trace) {
  return (ok, no) => {
    trace.logs("then() is called");
    inner.then(ok, no);
    if (what === "throws") throw "bad line";
    if (what !== "twice") return;
    const again = () => {
      // Only the first call counts.
      ok("again");
      no("again");
      trace.logs("called twice more");
    };
    inner.then(again, again);
  };
}

// A frame has a Promise of its own, which not
// all browsers settle once the frame is gone.
let frame;

function inRealm(start, trace) {
  // One that never settled has left its own.
  frame?.remove();
  const tag = "iframe";
  const own = document.createElement(tag);
  frame = own;
  own.hidden = true;
  document.body.append(own);
  const made =
    new own.contentWindow.Promise(start);
  const is = made instanceof Promise;
  trace.logs(`instanceof Promise: ${is}`);
  const leave = () => {
    // After all that waits for it has run.
    setTimeout(() => own.remove());
  };
  made.then(leave, leave);
  return made;
}
