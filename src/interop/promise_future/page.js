// The JavaScript side: it settles the promise
// that Rust awaits, and awaits a Rust future.

export function answer(ms, outcome, trace) {
  return new Promise((resolve, reject) => {
    if (outcome === "never") return;
    trace.timeoutSet(ms);
    setTimeout(() => {
      trace.timeoutBegins();
      if (outcome === "resolve") {
        const value = "Hello from JavaScript";
        trace.settles("resolve", value);
        resolve(value);
      } else {
        const reason = "The line is busy";
        trace.settles("reject", reason);
        reject(reason);
      }
      // Settled, and Rust has not run yet.
      trace.timeoutEnds();
    }, ms);
  });
}

export async function listen(future, trace) {
  trace.listens();
  const value = await future;
  trace.reacts(value);
}
