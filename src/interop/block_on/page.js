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

// What is called while it is suspended.
const CALLS = {
  same: "calls",
  again: "block_on",
  frees: "free",
  other: "calls",
};

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
    const name = CALLS[meanwhile];
    const on = meanwhile === "other"
      ? new module.Phone()
      : phone;
    const hears = () => {
      hear(trace, "", on, name, promise, trace);
    };
    if (name) callLater(hears, ms, trace);
    trace.logs(`Some("${await call}")`);
    // Nobody has it now: it answers, unless it
    // was freed, which took its pointer first.
    const after = ["then ", phone, "calls"];
    if (name) await hear(trace, ...after);
  } catch (reason) {
    trace.logs(String(reason));
  }
}

async function hear(
  trace, when, on, name, ...args
) {
  const call = `${when}${name}()`;
  try {
    const said = await on[name](...args);
    trace.logs(`${call}: ${said}`);
  } catch (error) {
    trace.logs(`${call}: ${error.message}`);
  }
}

function callLater(calls, ms, trace) {
  trace.timeoutSet(ms);
  setTimeout(() => {
    trace.timeoutBegins();
    calls();
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
