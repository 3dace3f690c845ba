// What a reader waits for: the largest paint and shifts of the layout while a page opens, cold on a slow network with a slow
// processor and again from the cache; from a key to the next paint in a lesson, of every scenario at its default and its largest
// form; and frames while pictures move, with a thousand tasks. Measured in the page, reported, never asserted.
//
//   ./build.sh bench --page

import { readFileSync } from 'node:fs';
import { serveAsHosted } from './h2.mjs';
import { figures, rank } from './measure.mjs';
import { close, dist, open } from './support.mjs';

const { scenarios } = JSON.parse(readFileSync(`${dist}/manifest.json`, 'utf8'));

/** As browsers' own tools have slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9 };
const SLOWER = 4;

/** Notes paints and shifts from the start. */
const watch = () => {
  window.vitals = { lcp: 0, cls: 0, what: '' };
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.vitals.lcp = entry.startTime;
    window.vitals.what = entry.element ? `${entry.element.tagName.toLowerCase()}.${entry.element.className}` : '';
  })).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.vitals.cls += entry.value; })).observe({ type: 'layout-shift', buffered: true });
};

const hosted = await serveAsHosted();
console.log('a page opens'.padEnd(34), 'LCP, slow 4G and 4 x slower   CLS     LCP, cached   CLS');
for (const [name, search] of [['start page', ''], ['lost-wake', '?s=lost-wake'], ['call-centre', '?s=call-centre'], ['zero-cost', '?s=zero-cost']]) {
  const blank = await open('?s=lazy', { view: 'lesson' });
  const context = await blank.context().browser().newContext({ viewport: { width: 1440, height: 900 }, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', SLOW_4G);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const settled = async () => {
    await page.waitForFunction(() => document.documentElement.dataset.ready === 'true' || document.documentElement.dataset.drawn !== undefined, undefined, { timeout: 60_000 });
    await page.waitForTimeout(1500);
    return page.evaluate(() => window.vitals);
  };
  await page.goto(hosted.site + search);
  const cold = await settled();
  await client.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await page.reload();
  const warm = await settled();
  const figure = (n, of = 0) => n.toFixed(of).padStart(6);
  console.log(name.padEnd(34), `${figure(cold.lcp)} ms (${cold.what})`.padEnd(29), figure(cold.cls, 3), `${figure(warm.lcp)} ms`.padStart(13), figure(warm.cls, 3));
  await context.close();
  await blank.close();
}
hosted.close();

/** The largest form that a person steps through: each number at its most, as far as a run of it is stepped at all. */
const LARGE = {
  'call-centre': 'callers=10000', 'concurrency-parallelism': 'tasks=1000', 'first-poll': 'task_1=1000', 'sequential-join': 'first=1000', blocking: 'others=20',
  'poll-waker': 'callers=1000', executor: 'children=100', 'state-machine': 'callers=1000&gap=0', languages: 'tasks=1000', orders: 'quotes=20',
};
const KEYS = 60;
console.log(`\n${'from a key to the next paint, in ms'.padEnd(46)} median     p95    most`);
for (const { id, kind } of scenarios) {
  if (kind !== 'deterministic') continue;
  for (const form of ['', ...(LARGE[id] ? [`&${LARGE[id]}`] : [])]) {
    const page = await open(`?s=${id}${form}`, { view: 'lesson' });
    await page.locator('.hero-picture').waitFor();
    await page.evaluate(() => {
      window.taken = [];
      new PerformanceObserver((list) => list.getEntries().forEach(({ name, duration }) => { if (name === 'keydown') window.taken.push(duration); })).observe({ type: 'event', durationThreshold: 16 });
    });
    for (let i = 0; i < KEYS; i += 1) {
      await page.keyboard.press(i % 12 < 8 ? 'ArrowRight' : 'ArrowLeft');
      await page.waitForTimeout(30);
    }
    await page.waitForTimeout(200);
    const taken = await page.evaluate(() => window.taken);
    // What the browser does not report took less than 16 ms.
    const all = [...taken, ...Array(Math.max(0, KEYS - taken.length)).fill(8)];
    console.log(`${id}${form}`.padEnd(45), figures(all));
    await page.close();
  }
}

console.log(`\n${'frames while a picture moves, ms each'.padEnd(46)} median     p95    most   frames a second`);
for (const search of ['?s=lost-wake', '?s=state-machine&callers=1000&gap=0', '?s=poll-waker&callers=1000', '?s=concurrency-parallelism&tasks=1000']) {
  const page = await open(search, { view: 'lesson' });
  await page.locator('.hero-picture').waitFor();
  await page.waitForTimeout(500);
  const frames = await page.evaluate(async () => {
    const times = [];
    let last = 0;
    let goes = true;
    const note = (now) => {
      if (last) times.push(now - last);
      last = now;
      if (goes) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    for (let i = 0; i < 12; i += 1) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: i < 6 ? 'ArrowRight' : 'ArrowLeft', bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 260));
    }
    goes = false;
    return times;
  });
  const sorted = frames.toSorted((a, b) => a - b);
  console.log(search.padEnd(45), figures(frames), (1000 / (frames.reduce((a, b) => a + b, 0) / frames.length)).toFixed(1).padStart(12), `(${frames.filter((ms) => ms > 20).length} of ${frames.length} late, ${rank(sorted, 0.99).toFixed(1)} at p99)`);
  await page.close();
}
await close();
