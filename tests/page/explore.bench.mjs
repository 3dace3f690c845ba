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
await close();
