// Script time of one step, as a reader's key makes it: measured in the page, reported, never asserted.
//
//   ./build.sh bench --page

import { close, open } from './support.mjs';

const STEPS = 300;
const RUNS = [
  ['state-machine, 1 caller', '?s=state-machine'],
  ['state-machine, 1,000 tasks', '?s=state-machine&written=async_fn&callers=1000&gap=0&at=2000'],
  ['call-centre, 24 callers', '?s=call-centre'],
  ['call-centre, 10,000 callers', '?s=call-centre&callers=10000&at=100000'],
  ['moving', '?s=moving'],
  ['promise-future', '?s=promise-future&wait=1&rust_ms=1'],
];

const rank = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)];

console.log('script time of one step, in ms'.padEnd(34), 'median   p95   most');
for (const [name, search] of RUNS) {
  const page = await open(search, { reducedMotion: 'reduce' });
  // The handler runs inside of dispatchEvent: what it takes is the step's script.
  const times = await page.evaluate(async (steps) => {
    const took = [];
    const press = (key) => {
      const begun = performance.now();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return performance.now() - begun;
    };
    for (let i = 0; i < steps; i += 1) {
      const forward = Math.floor(i / 40) % 2 === 0;
      took.push(press(forward ? 'ArrowRight' : 'ArrowLeft'));
      if (i % 5 === 4) await new Promise(requestAnimationFrame);
    }
    return took.slice(20).sort((a, b) => a - b);
  }, STEPS);
  const figure = (ms) => ms.toFixed(2).padStart(7);
  console.log(name.padEnd(33), figure(rank(times, 0.5)), figure(rank(times, 0.95)), figure(times.at(-1)));
  await page.close();
}
await close();
