// What runs in the page: one workload at a time, all its executors in rounds.

import init, { run as runInEventLoop } from '/event-loop/contest.js';
import { promises } from '/promises.js';

const ROUNDS = 9;
// Not measured: the engine compiles in earnest only what has run for a while.
const WARM_UP = 3;

const UNITS = 1_000_000;
// A hop of a microtask takes microseconds.
const EVENT_LOOP_UNITS = 100_000;

/** Resolves in the next macrotask, without a timer's least wait. */
const channel = new MessageChannel();
const waiting = [];
channel.port1.onmessage = () => waiting.shift()();
globalThis.macrotask = () =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(0);
  });

/** By workload, by executor: runs it and gives the milliseconds and the units. */
const races = new Map();
const enter = (executor, workload, run) => {
  if (!races.has(workload)) races.set(workload, new Map());
  races.get(workload).set(executor, run);
};

for (const name of ['peers', 'zero-cost', 'record', 'watch']) {
  const module = await WebAssembly.compileStreaming(fetch(`/${name}.wasm`));
  for (const { name: path } of WebAssembly.Module.exports(module)) {
    const [executor, workload] = path.split('/');
    if (!workload) continue;
    enter(executor, workload, () => {
      // A fresh memory for each.
      const { exports } = new WebAssembly.Instance(module);
      const begun = performance.now();
      const ran = exports[path](UNITS);
      return { ms: performance.now() - begun, units: UNITS, ran };
    });
  }
}

await init({ module_or_path: '/event-loop/contest_bg.wasm' });
const inEventLoop = (run) => async () => {
  const begun = performance.now();
  const ran = await run(EVENT_LOOP_UNITS);
  return { ms: performance.now() - begun, units: EVENT_LOOP_UNITS, ran };
};
for (const workload of ['yield', 'yield_opaque', 'spawn_complete', 'oneshot_chain', 'hold']) {
  enter('wasm_bindgen_futures', workload, inEventLoop((units) => runInEventLoop(workload, units)));
}
for (const [workload, run] of Object.entries(promises)) enter('js_promise', workload, inEventLoop(run));

/** What there is to run. */
export function workloads() {
  return [...races.keys()];
}

/** Runs a workload on all that can. */
export async function run(workload) {
  const racers = [...races.get(workload)];
  const times = new Map(racers.map(([executor]) => [executor, []]));
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const first = (round + WARM_UP) % racers.length;
    for (const [executor, race] of [...racers.slice(first), ...racers.slice(0, first)]) {
      globalThis.gc?.();
      const { ms, units, ran } = await race();
      if (ran !== units) throw new Error(`${executor}/${workload} ran ${ran} units of ${units}`);
      if (round >= 0) times.get(executor).push((ms * 1e6) / units);
      await globalThis.macrotask();
    }
  }
  return [...times].map(([executor, ns]) => {
    ns.sort((a, b) => a - b);
    const rank = (p) => ns[Math.round(p * (ns.length - 1))];
    return { executor, workload, median: rank(0.5), spread: (rank(0.75) - rank(0.25)) / rank(0.5) };
  });
}
