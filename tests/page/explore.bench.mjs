// Runs a second while other orders are explored: by one worker, and by as many as the page begins on this machine. Measured
// in the page from the click to the last result, reported, never asserted.
//
//   ./build.sh bench --page

import { cpus } from 'node:os';
import { close, open } from './support.mjs';

const BUDGET = 200_000;
/** All have more orders than a worker runs while it starts. */
const RUNS = [
  ['executor, 4 children', '?s=executor&last=nothing&children=4'],
  ['concurrency-parallelism, 8 tasks', '?s=concurrency-parallelism'],
  ['blocking', '?s=blocking'],
  ['languages', '?s=languages'],
  ['call-centre, 24 callers', '?s=call-centre'],
];

/**
 * Explores, and says how many runs the workers made and how long that took, by the page's own clock: one that asks from outside
 * now and then adds its pauses. An order that two workers came to is one order for the page, and two runs here.
 * @param {number} most ms that it may take
 * @returns {Promise<{ runs: number, took: number }>}
 */
const explored = (most) => new Promise((resolve, reject) => {
  const verdict = document.querySelector('.orders .verdict');
  const button = [...document.querySelectorAll('.orders button')].find(({ textContent }) => textContent === 'Explore');
  if (!verdict || !(button instanceof HTMLButtonElement)) throw new Error('nothing to explore with');
  /** @type {Map<Worker, number>} */
  const made = new Map();
  window.Worker = class extends window.Worker {
    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      super(url, options);
      this.addEventListener('message', ({ data }) => {
        if (data.progress) made.set(this, data.progress.schedules);
      });
    }
  };
  const begun = performance.now();
  new MutationObserver(() => {
    if (!/ran|made/.test(verdict.textContent ?? '')) return;
    resolve({ runs: [...made.values()].reduce((sum, runs) => sum + runs, 0), took: performance.now() - begun });
  }).observe(verdict, { childList: true, characterData: true, subtree: true });
  setTimeout(() => reject(new Error(`no verdict after ${most} ms`)), most);
  button.click();
});

console.log('runs a second'.padEnd(34), `one worker  page's workers (${cpus().length} threads)`);
for (const [name, search] of RUNS) {
  const figures = [];
  for (const threads of [1, undefined]) {
    const page = await open(search, { reducedMotion: 'reduce' });
    if (threads) await page.evaluate((n) => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => n }), threads);
    await page.keyboard.press('f');
    await page.locator('#explore-budget').fill(String(BUDGET));
    await page.locator('.orders .verdict').waitFor({ state: 'attached' });
    const { runs, took } = await page.evaluate(explored, 120_000);
    figures.push(Math.round(runs / took * 1000).toLocaleString('en').padStart(10));
    await page.close();
  }
  console.log(name.padEnd(33), ...figures);
}
await close();
