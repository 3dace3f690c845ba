// A page that is used for long: all scenarios in any order, by random keys, links and hostile links, in one page; with what it
// holds after each pass, when garbage is collected. Nothing may go wrong, and nothing grow.
//
//   node tests/page/soak.bench.mjs [minutes] [seed]

import assert from 'node:assert/strict';
import { chanceOf, createHostile } from './hostile.mjs';
import { ALL } from './scenarios.mjs';
import { close, open } from './support.mjs';

const MINUTES = Number(process.argv[2] ?? 30);
const SEED = Number(process.argv[3] ?? 1);
/** Until then all is fetched that there is. */
const WARM = 0.35;
/** By so much a figure may differ from what it was before, in parts of it. */
const ROOM = 0.1;

const KEYS = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowLeft', '>', '<', 'PageDown', 'PageUp', 'Home', 'End', 'd', 'a', '1', '2', '3', ' ', '.', ',', 'c', 'm', 't', 'e', 'b', 'f', 'x', 'r', '?', 'Escape', 'p', 'Escape', 'n'];

/** In the page: presses keys one after the other, as fast as frames come. */
async function press(chords) {
  for (const chord of chords) {
    const parts = chord.length > 1 ? chord.split('+') : [chord];
    const key = parts.at(-1);
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: parts.length > 1, bubbles: true, cancelable: true }));
    // The map of keys comes when it was fetched, and takes all keys.
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
    await new Promise((later) => { setTimeout(later, 4); });
  }
}

/** In the page: leads to an address as the history does, and waits until it is there. */
async function visit(search) {
  history.pushState(null, '', search);
  dispatchEvent(new PopStateEvent('popstate'));
  const begun = performance.now();
  do await new Promise((later) => { setTimeout(later, 2); }); while (document.documentElement.dataset.ready !== 'true' && performance.now() - begun < 60_000);
  if (document.documentElement.dataset.ready !== 'true') throw new Error(`it hangs: ${search}`);
  if (!document.querySelector('h1')?.textContent.trim()) throw new Error(`it is blank: ${search}`);
}

const page = await open('?s=lost-wake', { view: 'lesson' });
const client = await page.context().newCDPSession(page);
await client.send('Performance.enable');
const chance = chanceOf(SEED);
const hostile = createHostile(chance);

async function measure() {
  // Where every sample is taken.
  await page.evaluate(press, ['Escape', 'Escape']);
  await page.evaluate(visit, '?s=lost-wake');
  await page.evaluate(press, ['Home']);
  await page.waitForTimeout(500);
  for (let i = 0; i < 3; i += 1) await client.send('HeapProfiler.collectGarbage');
  const { metrics } = await client.send('Performance.getMetrics');
  const of = (name) => metrics.find((one) => one.name === name).value;
  return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners'), documents: of('Documents'), workers: page.workers().length };
}

/** @type {(Awaited<ReturnType<typeof measure>> & { minutes: number })[]} */
const samples = [];
// What was given up on the way to the next one; and that a script alone does not fill the screen, which the browser says.
const problems = () => page.problems.filter((problem) => !/net::ERR_ABORTED$|requestFullscreen/.test(problem));
const begun = performance.now();
const minutes = () => (performance.now() - begun) / 60_000;
let [visits, pressed] = [0, 0];
while (minutes() < MINUTES) {
  for (const id of ALL.toSorted(() => chance.below(3) - 1)) {
    if (minutes() >= MINUTES) break;
    const kind = chance.below(4);
    await page.evaluate(visit, kind === 0 ? hostile.link() : `?s=${id}`);
    const keys = Array.from({ length: 10 + chance.below(60) }, () => chance.of(KEYS));
    await page.evaluate(press, keys);
    [visits, pressed] = [visits + 1, pressed + keys.length];
    assert.deepEqual(problems(), [], `seed ${SEED}, after ${visits} scenarios: ${id} ${page.url()} ${keys.join(' ')}`);
  }
  const sample = await measure();
  samples.push({ minutes: minutes(), ...sample });
  console.log(`${minutes().toFixed(1).padStart(5)} min, ${visits} scenarios, ${pressed} keys: ${Object.entries(sample).map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`).join(', ')}`);
}
await close();

const warm = samples.filter((sample) => sample.minutes > MINUTES * WARM);
const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const [early, late] = [warm.slice(0, Math.ceil(warm.length / 2)), warm.slice(Math.floor(warm.length / 2))];
const grown = Object.keys(samples[0]).filter((name) => name !== 'minutes').filter((name) => {
  const [before, after] = [early, late].map((half) => middle(half.map((sample) => sample[name])));
  console.log(`${name}: ${before.toFixed(1)}, then ${after.toFixed(1)}`);
  return after > before * (1 + ROOM) + 1;
});
console.log(grown.length ? `grows: ${grown.join(', ')}` : 'nothing grows');
process.exit(grown.length ? 1 : 0);
