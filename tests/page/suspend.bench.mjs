// A hop: from a promise that is settled to the next line of the function that waits for it, on a stack that is set aside (JSPI),
// beside the same awaited, and beside a hop from task to task in a drain of our executor, which needs no promise. All of one
// module, compiled alike. Measured in a page, reported, never asserted.
//
//   ./build.sh bench --page

import { close, open } from './support.mjs';

const ROUNDS = 21;
const HOPS = 20_000;

const page = await open('?', { ready: false });
const ways = await page.evaluate(async ([rounds, hops]) => {
  if (!('Suspending' in WebAssembly)) return undefined;
  const module = await import(new URL('engine/suspended.js', document.baseURI).href);
  await module.default();
  const ways = {
    'suspended (jspi_block_on_promise)': module.suspended_hops,
    'awaited (JsFuture, spawn_local)': module.awaited_hops,
    'awaited in JavaScript': async (n) => { for (let i = 0; i < n; i += 1) await Promise.resolve(); },
    'in a drain of our executor': module.drained_hops,
  };
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < rounds + 3; round += 1) {
    for (const [name, run] of Object.entries(ways)) {
      // A drain is so short that it needs more of them.
      const n = name.startsWith('in a drain') ? hops * 50 : hops;
      const begun = performance.now();
      await run(n);
      if (round >= 3) times[name].push((performance.now() - begun) * 1e6 / n);
      // The page gets a turn between.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return times;
}, [ROUNDS, HOPS]);
if (!ways) console.log('this browser has no JSPI');
else {
  console.log('a hop, in ns'.padEnd(38), ['median', 'best', 'most'].map((name) => name.padStart(9)).join(''));
  for (const [name, times] of Object.entries(ways)) {
    const sorted = times.toSorted((a, b) => a - b);
    const row = [sorted[sorted.length >> 1], sorted[0], sorted[sorted.length - 1]];
    console.log(name.padEnd(38), row.map((ns) => ns.toFixed(1).padStart(9)).join(''));
  }
}
await page.close();
await close();
