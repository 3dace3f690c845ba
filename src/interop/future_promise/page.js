// JavaScript calls Rust, has a promise, and
// listens to it: now, later, or never.

export function call(ask, listens, ms, trace) {
  const promise = ask();
  if (listens === "at_once") {
    listen(promise, trace);
  } else if (listens === "late") {
    const hear = () => listen(promise, trace);
    later(ms, trace, hear);
  }
  return promise;
}

async function listen(promise, trace) {
  trace.listens();
  try {
    trace.reacts(await promise);
  } catch (reason) {
    trace.reacts(`caught: ${reason.message}`);
  }
}

export function pause(ms, trace) {
  return new Promise((resolve) => {
    later(ms, trace, () => {
      trace.settles("resolve", "undefined");
      resolve();
    });
  });
}

function later(ms, trace, callback) {
  trace.timeoutSet(ms);
  setTimeout(() => {
    trace.timeoutBegins();
    callback();
    trace.timeoutEnds();
  }, ms);
}

// What the browser says of rejections.
export function watch(promise, trace) {
  const said = (event) => {
    if (event.promise !== promise) return;
    event.preventDefault(); // no red line
    trace.eventBegins(event.type);
    trace.eventEnds(event.type);
  };
  const end = new AbortController();
  const { signal } = end;
  for (const type of [
    "unhandledrejection", "rejectionhandled",
  ]) addEventListener(type, said, { signal });
  return () => end.abort();
}
