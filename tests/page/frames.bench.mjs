// Frames kept: a live scenario is on the page and plays, and an executor in the page's event loop, recorded as the scenario's own is,
// is given a million wakes: by its tasks in their polls, or from outside, a thousand of them before each turn. Beside it the same page
// without wakes, and, for what the budget of a drain is worth, with drains that go on until nothing is ready. Measured in the page,
// reported, never asserted.
//
//   ./build.sh bench --page        which has made target/wakes

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { close, open, served } from './support.mjs';
import { rank } from './measure.mjs';

const TASKS = 1000;
const TIMES = 1000;
/** How long the page is looked at without wakes, in ms. */
const QUIET = 2000;

const made = (name) => readFileSync(fileURLToPath(new URL(`../../target/wakes/${name}`, import.meta.url)));
served.set('wakes.js', made('wakes.js')).set('wakes_bg.wasm', made('wakes_bg.wasm'));

/** In the page: the times between frames while something is done, and how long that took. @param {string} what */
async function frames([what, tasks, times, quiet]) {
  const glue = await import(new URL('wakes.js', document.baseURI).href);
  await glue.default();
  const wakes = new glue.Wakes(what === 'endless');
  const turn = () => new Promise((go) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { port1.close(); go(); }; port2.postMessage(0); });
  const frame = () => new Promise((go) => { requestAnimationFrame(go); });
  document.querySelector('.playb, .play')?.click();
  if (what === 'outside') wakes.waiting(tasks);
  await frame();
  let isOver = false;
  const at = [];
  const watch = (now) => {
    at.push(performance.now());
    if (!isOver) requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
  await frame();
  const begun = performance.now();
  if (what === 'none') await new Promise((go) => { setTimeout(go, quiet); });
  else if (what === 'outside') {
    for (let i = 0; i < times; i += 1) {
      wakes.wake();
      await turn();
    }
  } else wakes.within(tasks, times);
  // From outside fewer polls may come of them: what is woken again before its poll is polled once.
  while (['within', 'endless'].includes(what) && wakes.polls < tasks * times) await turn();
  const took = performance.now() - begun;
  const { polls } = wakes;
  isOver = true;
  await frame();
  const gaps = at.slice(1).map((time, i) => time - at[i]);
  wakes.leave();
  return { took, polls, gaps };
}

console.log('frames of a live scenario (event-loop, in all views), and a million wakes');
console.log(''.padEnd(46), ['ms', 'polls', 'frames/s', 'median', 'p95', 'longest'].map((name) => name.padStart(10)).join(''));
const ways = { none: 'no wakes', within: 'by tasks in their polls', outside: 'from outside, 1,000 a turn', endless: 'by tasks, drains without a budget' };
for (const [what, name] of Object.entries(ways)) {
  const page = await open('?s=event-loop');
  const { took, polls, gaps } = await page.evaluate(frames, [what, TASKS, TIMES, QUIET]);
  const sorted = gaps.toSorted((a, b) => a - b);
  const row = [took, polls, gaps.length / (took / 1000), rank(sorted, 0.5), rank(sorted, 0.95), sorted.at(-1)];
  console.log(name.padEnd(46), row.map((value, i) => value.toFixed(i < 2 ? 0 : 1).padStart(10)).join(''));
  await page.close();
}
await close();
