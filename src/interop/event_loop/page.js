// The page’s script. trace.timeout(name, ms, f)
// is f, and recorded: when it was asked for,
// when it began, and when it returned.

export function script(mix, trace) {
  const { ms, outer, inner } = mix;
  const [timeouts, frames] = [[], []];
  const { port1, port2 } = new MessageChannel();
  const got = new Map();
  port1.onmessage = (event) => {
    got.get(event.data)();
  };

  const ask = {
    timeout(name) {
      const f = trace.timeout(name, ms, run);
      timeouts.push(setTimeout(f, ms));
    },
    message(name) {
      got.set(name, trace.message(name, run));
      port2.postMessage(name);
    },
    frame(name) {
      const f = trace.frame(name, run);
      frames.push(requestAnimationFrame(f));
    },
    then(name) {
      const f = trace.then(name, run);
      Promise.resolve().then(f);
    },
    microtask(name) {
      const f = trace.microtask(name, run);
      queueMicrotask(f);
    },
    // Each asks for the next one: the queue of
    // microtasks is not empty until we stop.
    endless(name, left = mix.rounds) {
      const f = trace.microtask(name, () => {
        if (left === 1) trace.log(name);
        else ask.endless(name, left - 1);
      });
      queueMicrotask(f);
    },
    // A task of Rust's: see code.rs.
    task(name) {
      trace.spawn(name);
    },
  };

  // What each callback does when it runs.
  function run(name) {
    trace.log(name);
    if (name !== outer) return;
    ask[inner](`${inner} in ${outer}`);
  }

  for (const [kind, n] of mix.asked) {
    for (let i = 1; i <= n; i += 1) {
      ask[kind](`${kind} ${i}`);
    }
  }

  // For a reader who leaves before the end.
  return () => {
    timeouts.forEach(clearTimeout);
    frames.forEach(cancelAnimationFrame);
    port1.close();
  };
}
