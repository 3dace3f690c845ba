// Runs a second while other orders are explored: by one worker, and by as many as the page begins on this machine. Measured
// in the page from the click to the last result, reported, never asserted.
//
//   ./build.sh bench --page

import { cpus } from 'node:os';
import { open } from './support.mjs';

const BUDGET = 60_000;
/** None of them is through with its orders by then. */
const RUNS = [
  ['orders, eleven quotes, two locks', '?s=orders&shares=locks&quotes=30'],
  ['executor, 3 children', '?s=executor&last=nothing'],
  ['concurrency-parallelism, 8 tasks', '?s=concurrency-parallelism'],
];

console.log('runs a second'.padEnd(34), `one worker  page's workers (${cpus().length} threads)`);
for (const [name, search] of RUNS) {
  const figures = [];
  for (const threads of [1, undefined]) {
    const page = await open(search, { reducedMotion: 'reduce' });
    if (threads) await page.evaluate((n) => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => n }), threads);
    await page.keyboard.press('f');
    await page.locator('#explore-budget').fill(String(BUDGET));
    await page.getByRole('button', { name: 'Explore' }).click();
    const begun = performance.now();
    await page.locator('.orders .verdict', { hasText: /ran|made/ }).waitFor({ timeout: 120_000 });
    const took = performance.now() - begun;
    const runs = Number(/[\d,]+/.exec(await page.locator('.orders .verdict').innerText())[0].replaceAll(',', ''));
    figures.push(Math.round(runs / took * 1000).toLocaleString('en').padStart(10));
    await page.close();
  }
  console.log(name.padEnd(33), ...figures);
}
