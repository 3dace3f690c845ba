// The JavaScript side: the promise of all, and
// the call of the suspended function.

export function later(ms, trace) {
  return new Promise((resolve) => {
    trace.timeoutSet(ms);
    setTimeout(() => {
      trace.timeoutBegins();
      trace.settles("resolve", "7");
      resolve("7");
      trace.timeoutEnds();
    }, ms);
  });
}

// An engine without JSPI makes no instance of
// this module: there it is not even fetched.
export async function load() {
  if (!WebAssembly.Suspending) return undefined;
  const file = "engine/suspended.js";
  const url = new URL(file, document.baseURI);
  const module = await import(url.href);
  await module.default();
  return module;
}

export async function suspend(
  module, promise, meanwhile, ms, trace,
) {
  if (!module?.Phone) {
    const none = "no WebAssembly.Suspending";
    trace.logs(module ? String(module) : none);
    return;
  }
  try {
    const phone = new module.Phone();
    const call = phone.block_on(promise, trace);
    // It has not returned, and this line runs.
    if (meanwhile === "same") {
      callLater(phone, ms, trace);
    } else if (meanwhile === "other") {
      callLater(new module.Phone(), ms, trace);
    }
    trace.logs(`Some("${await call}")`);
  } catch (reason) {
    trace.logs(String(reason));
  }
}

function callLater(phone, ms, trace) {
  trace.timeoutSet(ms);
  setTimeout(() => {
    trace.timeoutBegins();
    try {
      trace.logs(`calls(): ${phone.calls()}`);
    } catch (error) {
      trace.logs(`calls(): ${error.message}`);
    }
    trace.timeoutEnds();
  }, ms);
}

// Counts frames: each is a chance to paint.
export function frames(trace) {
  trace.frameAsked();
  requestAnimationFrame(() => {
    if (!trace.frameBegins()) return;
    frames(trace);
    trace.frameEnds();
  });
}
