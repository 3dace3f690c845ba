// The same workload as promises. A call of
// `task` runs it at once, to its first await.

async function task(work, trace) {
  compute(work.first, trace);
  await sleep(work.wait, trace);
  compute(work.then, trace);
  trace.ends();
}

export function script(all) {
  for (const { work, trace } of all) {
    trace.arrives();
    task(work, trace);
  }
}

// Keeps the page's thread busy for so long.
function compute(ms, trace) {
  trace.computes();
  const end = performance.now() + ms;
  let left = 1e8; // the clock may stand still
  while (performance.now() < end && left > 0) {
    left -= 1;
  }
}

function sleep(ms, trace) {
  trace.waits(ms);
  return new Promise((resolve) => {
    trace.clears(setTimeout(resolve, ms));
  });
}
