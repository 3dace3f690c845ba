// Script time of a frame of the wall, measured in the page and reported, never asserted: a million live futures, about
// one percent of them woken in each frame. What is timed is all that the page does in a frame's callbacks: firing
// timers, waking, painting, polling, and the figures.
//
//   node tests/page/wall.bench.mjs [--json]

import { close, open } from './support.mjs';

const FRAMES = 600;
/** A mean wait of a hundred frames wakes one percent of the futures in each. */
const MEAN = Math.round(100 * 1000 / 60);
const RUNS = [['ripples', 1_000_000], ['rain', 1_000_000], ['ripples', 100_000]];

const rank = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)];

/** Times every frame's callbacks, from before the page's own script is there. */
const time = () => {
  window.script = [];
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => request((now) => {
    const begun = performance.now();
    callback(now);
    window.script.push(performance.now() - begun);
  });
};

const results = [];
for (const [pattern, futures] of RUNS) {
  const page = await open('?s=moving', { reducedMotion: 'no-preference' });
  await page.context().addInitScript(time);
  await page.goto(`${page.url().split('?')[0]}?s=wall&pattern=${pattern}&futures=${futures}&mean=${MEAN}`);
  await page.locator('.spawning').waitFor({ state: 'hidden', timeout: 120_000 });
  await page.waitForTimeout(1000);
  const measured = await page.evaluate(async (frames) => {
    const polls = () => Number(document.querySelector('[data-figure="polls"] b').textContent.replace(/\D/g, ''));
    const figures = { polls: [], begun: performance.now() };
    window.script.length = 0;
    while (window.script.length < frames) {
      await new Promise((resolve) => { setTimeout(resolve, 500); });
      figures.polls.push(polls());
    }
    const seconds = (performance.now() - figures.begun) / 1000;
    const memory = document.querySelector('[data-figure="memory"] b').textContent;
    return { script: window.script.slice(0, frames), fps: window.script.length / seconds, polls: figures.polls, memory: Number(memory) };
  }, FRAMES);
  const script = measured.script.sort((a, b) => a - b);
  const polls = rank(measured.polls.sort((a, b) => a - b), 0.5);
  results.push({
    pattern, futures, median_ms: rank(script, 0.5), p95_ms: rank(script, 0.95), most_ms: script.at(-1), fps: measured.fps,
    woken_share: polls / measured.fps / futures, memory_mib: measured.memory,
  });
  page.assertClean();
  await page.close();
}
await close();

if (process.argv.includes('--json')) console.log(JSON.stringify(results, undefined, 2));
else {
  console.log('script time of a frame, in ms'.padEnd(34), 'median   p95   most    fps  woken a frame   wasm memory');
  for (const r of results) {
    const figure = (n, width = 7) => n.toFixed(2).padStart(width);
    console.log(`${r.pattern}, ${r.futures.toLocaleString('en')} futures`.padEnd(33), figure(r.median_ms), figure(r.p95_ms), figure(r.most_ms),
      r.fps.toFixed(1).padStart(6), `${(r.woken_share * 100).toFixed(2)} %`.padStart(10), `${r.memory_mib.toFixed(1)} MiB`.padStart(16));
  }
}
