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

// A frame has a Promise of its own. It may go:
// its promises are settled all the same.
function inRealm(start, trace) {
  const tag = "iframe";
  const frame = document.createElement(tag);
  frame.hidden = true;
  document.body.append(frame);
  const made =
    new frame.contentWindow.Promise(start);
  frame.remove();
  const is = made instanceof Promise;
  trace.logs(`instanceof Promise: ${is}`);
  return made;
}
