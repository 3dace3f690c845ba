// The page and a run of a million events with a thousand tasks: how long it takes to open, streamed, and the longest task
// on the page's thread meanwhile; script time of a frame while one scrubs, zooms, pans and points, there and in a run of a
// hundred events; and of the frame at a random cursor. Measured in the page, reported, never asserted.
//
//   ./build.sh bench --page        which has written target/million.trace

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { becomeReady, close, dist, open, served } from './support.mjs';
import { figures, goTo, tasksOf } from './measure.mjs';

const TRACE = fileURLToPath(new URL('../../target/million.trace', import.meta.url));
const MOVES = 300;
/** How often the file is opened. */
const ROUNDS = 7;
/** A chunk of a real run has a thousand events, which take about so many bytes. */
const PIECE = 6 << 10;

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

/** A runner's thread, but that a run of `state-machine` is the one in the file. */
const WORKER = "import './million.worker.js'; import './real.worker.js';";

/** Evaluated first, and so asked first: sends the file's run in pieces. It has the file before it is asked for the run. */
const MILLION = `
const trace = fetch('./million.trace').then((response) => response.arrayBuffer());
addEventListener('message', async (event) => {
  if (event.data.scenario !== 'state-machine') return;
  event.stopImmediatePropagation();
  const bytes = new Uint8Array(await trace);
  for (let at = 0; at < bytes.length; at += ${PIECE}) {
    const chunk = bytes.slice(at, at + ${PIECE});
    postMessage({ chunk }, { transfer: [chunk.buffer] });
  }
  postMessage({ ended: undefined });
});
`;

/** The viewer's glue, but that the run that was read last can be asked from here. */
const VIEWER = `
const { append } = Run.prototype;
Run.prototype.append = function appended(bytes) {
  window.run = this;
  return append.call(this, bytes);
};
`;

const site = (name) => readFileSync(`${dist}/${name}`, 'utf8');

/** A page with the run: the scenario's own, or the million. */
async function opened(million) {
  served.clear();
  if (million) {
    served.set('runner.worker.js', WORKER).set('real.worker.js', site('runner.worker.js'));
    served.set('million.worker.js', MILLION).set('million.trace', readFileSync(TRACE));
    served.set('engine/viewer.js', site('engine/viewer.js') + VIEWER);
  }
  const page = await open('', { ready: false, reducedMotion: 'reduce', fresh: true });
  await page.context().addInitScript(time);
  await page.goto(`${page.site}?s=lazy`);
  await becomeReady(page);
  return page;
}

/** Takes the script times of what `move` makes happen. */
async function timed(page, move) {
  await page.evaluate(() => { window.script.length = 0; });
  for (let i = 0; i < MOVES; i += 1) await move(i);
  return (await page.evaluate(() => window.script)).slice(10);
}

/** How long the million takes to open, from when it is asked for until it can be stepped, and the tasks of that time. */
async function openings() {
  const page = await opened(true);
  const times = [];
  const tasks = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const ended = i === 0 ? undefined : await tasksOf(page);
    // The first is without a trace of its own; in the others the trace costs a little time.
    times.push(await goTo(page, '?s=state-machine'));
    if (ended) tasks.push(Math.max(...await ended()));
    await goTo(page, '?s=lazy');
  }
  await page.close();
  return { times, tasks };
}

/** How long the file takes to open that a person chooses, with its story, and the tasks of that time. */
async function chosen() {
  const page = await open('?s=lazy');
  const button = page.locator('.rail .files').getByRole('button', { name: 'Open a trace…', exact: true });
  const [times, tasks] = [[], []];
  for (let i = 0; i < ROUNDS; i += 1) {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
    const ended = await tasksOf(page);
    const shown = page.evaluate(() => new Promise((resolve) => {
      const root = document.documentElement;
      const begun = performance.now();
      const done = () => root.dataset.stage === 'trace' && root.dataset.ready === 'true' && resolve(performance.now() - begun);
      new MutationObserver(done).observe(root, { attributeFilter: ['data-ready', 'data-stage'] });
    }));
    await chooser.setFiles(TRACE);
    times.push(await shown);
    tasks.push(Math.max(...await ended()));
    await goTo(page, '?s=lazy');
  }
  await page.close();
  return { times, tasks };
}

const byHand = await chosen();
console.log('opening a million events from a file, in ms'.padEnd(45), '  median     p95    most');
console.log('from chosen to steppable, with its story'.padEnd(45), figures(byHand.times));
console.log('longest task on the page\'s thread'.padEnd(45), figures(byHand.tasks));
console.log();
const { times, tasks } = await openings();
console.log('opening a million events, streamed, in ms'.padEnd(45), '  median     p95    most');
console.log('from asked to steppable'.padEnd(45), figures(times));
console.log('longest task on the page\'s thread'.padEnd(45), figures(tasks));
console.log();
console.log('script time of a frame, in ms'.padEnd(46), 'median   p95   most');
for (const million of [false, true]) {
  const page = await opened(million);
  await goTo(page, '?s=state-machine');
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
