// Script time of a frame while one scrubs and zooms, in a run of a hundred events and in one of a million with a thousand
// tasks; and of the frame at a random cursor. Measured in the page, reported, never asserted.
//
//   ./build.sh bench --page        which has written target/million.trace

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { close, dist, open } from './support.mjs';

const TRACE = fileURLToPath(new URL('../../target/million.trace', import.meta.url));
const MOVES = 300;

const rank = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)];
const figures = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return [rank(sorted, 0.5), rank(sorted, 0.95), sorted.at(-1)].map((ms) => ms.toFixed(2).padStart(7)).join('');
};

/** Times every listener of what a hand does, from before the page's own script is there. */
const time = () => {
  window.script = [];
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function timed(type, listener, ...rest) {
    if (!['pointermove', 'wheel'].includes(type) || typeof listener !== 'function') return add.call(this, type, listener, ...rest);
    return add.call(this, type, (event) => {
      const begun = performance.now();
      listener.call(this, event);
      window.script.push(performance.now() - begun);
    }, ...rest);
  };
};

/** The engine's glue, but that a run of `state-machine` is the one in the file. */
const GLUE = `
import * as real from './real.js';
export * from './real.js';
export { default } from './real.js';
const trace = new Uint8Array(await (await fetch(new URL('million.trace', import.meta.url))).arrayBuffer());
export const start = () => ({
  advance: () => ({ ended: true, done: 1, events: 0 }),
  stop() {},
  finish: () => (window.run = real.restore('state-machine', trace)),
});
`;

/** A page with the run: the scenario's own, or the million. */
async function opened(million) {
  const page = await open('?s=state-machine', { reducedMotion: 'reduce' });
  // The scenario's module is the one that was asked for last.
  const glue = page.requests.map((url) => /engine\/(\w+\.js)$/.exec(url)?.[1]).filter(Boolean).at(-1);
  const context = page.context();
  await context.addInitScript(time);
  if (million) {
    const serve = (name, body, contentType) => context.route(`**/engine/${name}`, (route) => route.fulfill({ body, contentType }));
    await serve(glue, GLUE, 'text/javascript');
    await serve('real.js', readFileSync(`${dist}/engine/${glue}`), 'text/javascript');
    await serve('million.trace', readFileSync(TRACE), 'application/octet-stream');
  }
  await page.goto(`${page.url().split('?')[0]}?s=state-machine`);
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });
  return page;
}

/** Takes the script times of what `move` makes happen. */
async function timed(page, move) {
  await page.evaluate(() => { window.script.length = 0; });
  for (let i = 0; i < MOVES; i += 1) await move(i);
  return (await page.evaluate(() => window.script)).slice(10);
}

console.log('script time of a frame, in ms'.padEnd(46), 'median   p95   most');
for (const million of [false, true]) {
  const page = await opened(million);
  const length = Number(await page.locator('[role="slider"]').getAttribute('aria-valuemax'));
  const say = (what, times) => console.log(`${what}, ${length.toLocaleString('en')} events`.padEnd(45), figures(times));
  await page.keyboard.press('End');

  const slider = await page.locator('[role="slider"]').boundingBox();
  const across = (i) => slider.x + 10 + ((slider.width - 20) * ((i * 37) % MOVES)) / MOVES;
  await page.mouse.move(across(0), slider.y + slider.height / 2);
  await page.mouse.down();
  say('scrubbing', await timed(page, (i) => page.mouse.move(across(i), slider.y + slider.height / 2)));
  await page.mouse.up();

  const field = await page.locator('.timeline .field').boundingBox();
  await page.mouse.move(field.x + field.width * 0.6, field.y + field.height / 2);
  await page.keyboard.down('Control');
  say('zooming', await timed(page, (i) => page.mouse.wheel(0, i % 100 < 50 ? -120 : 120)));
  await page.keyboard.up('Control');
  await page.locator('.timeline .field').focus();
  await page.keyboard.press('0');
  for (let i = 0; i < 12; i += 1) await page.keyboard.press('+');
  say('panning', await timed(page, (i) => page.mouse.wheel(i % 100 < 50 ? 90 : -90, 0)));
  say('pointing', await timed(page, (i) => page.mouse.move(field.x + 150 + ((i * 53) % 500), field.y + 40 + ((i * 17) % 120))));

  if (million) {
    const frames = await page.evaluate((moves) => {
      const took = [];
      for (let i = 0, at = 7; i < moves; i += 1) {
        at = (at * 48271) % 2147483647;
        const begun = performance.now();
        // Ten for each look at the clock, which may be a coarse one.
        for (let n = 0; n < 10; n += 1) {
          at = (at * 48271) % 2147483647;
          window.run.frame(at % (window.run.length + 1), 0);
        }
        took.push((performance.now() - begun) / 10);
      }
      return took;
    }, MOVES);
    say('the frame at ten random cursors, a tenth', frames);
    const memory = await page.evaluate(() => window.run.length * 24 / 2 ** 20);
    console.log(`its events take ${memory.toFixed(1)} MiB`);
  }
  await page.close();
}
await close();
