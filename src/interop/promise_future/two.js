// The JavaScript side: two calls, and one
// promise that is made of both.

export function call(name, ms, outcome, trace) {
  return new Promise((resolve, reject) => {
    if (outcome === "never") return;
    trace.timeoutSet(ms);
    setTimeout(() => {
      trace.timeoutBegins();
      // Nobody can call it off: it settles,
      // whether or not anyone still listens.
      if (outcome === "resolve") {
        trace.settles("resolve", name);
        resolve(name);
      } else {
        const reason = `${name} failed`;
        trace.settles("reject", reason);
        reject(reason);
      }
      trace.timeoutEnds();
    }, ms);
  });
}

export function combine(how, calls) {
  switch (how) {
    case "all":
      return Promise.all(calls);
    case "race":
      return Promise.race(calls);
    case "any":
      return Promise.any(calls);
    default:
      return Promise.allSettled(calls);
  }
}

// The engine settles it, unseen: a reaction of
// the page's own, the first one, tells of it.
export function observe(combined, trace) {
  const told = (v) => v.status ?? v;
  combined.then(
    (value) => {
      const all = [value].flat().map(told);
      trace.settles("resolve", all.join(", "));
    },
    (reason) => {
      trace.settles("reject", String(reason));
    },
  );
}
