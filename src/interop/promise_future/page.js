// The JavaScript side: it settles the promise that Rust awaits, and awaits a Rust future.

export function answer(ms, outcome, trace) {
  return new Promise((resolve, reject) => {
    if (outcome === "never") return;
    trace.timeoutSet(ms);
    setTimeout(() => {
      trace.timeoutBegins();
      if (outcome === "resolve") {
        trace.settles("resolve", "Hello from JavaScript");
        resolve("Hello from JavaScript");
      } else {
        trace.settles("reject", "The line is busy");
        reject("The line is busy");
      }
      trace.timeoutEnds(); // resolve has returned, and Rust has not run
    }, ms);
  });
}

export async function listen(future, trace) {
  const value = await future;
  trace.reacts(value);
}
