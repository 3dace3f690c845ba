// The runner is disposable: stopped, panicked, trapped, out of stack, out of memory, silent. The page keeps what it sent, says
// why it ended, and goes on with a fresh one. What a module throws is put into its glue.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerOnce, becomeReady, dist, open, railLink } from './support.mjs';

const narrator = (page) => page.locator('.narrator').innerText();
const notice = (page) => page.locator('.notice.bad:not([hidden]) p').innerText();
const length = (page) => page.locator('.where').innerText().then((text) => Number(text.split('/')[1].split(/\n/)[0].replace(/\D/g, '')));
const isReady = (page, ready) => page.locator(`html[data-ready="${ready}"]`).waitFor({ state: 'attached' });

/** The first time that a module's glue is asked for, `edit` has changed it. */
async function edited(page, name, edit) {
  await answerOnce(page, `**/engine/${name}.js`, edit(readFileSync(join(dist, `engine/${name}.js`), 'utf8')));
}

/** Puts `instead` in place of an export, which it may call as `real`. */
const replaced = (name, instead) => (glue) => `${glue.replace(`export function ${name}(`, 'function real(')}\n${instead}`;

/** Goes to an address as Back does. */
const go = (page, search) => page.evaluate((to) => {
  history.pushState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
}, search);

/** As many callers send more than one chunk. */
const LONG = '?s=state-machine&callers=300';

/** Opens `lazy`, and then a long run, whose runner does something else in its place. */
async function openReplaced(instead) {
  const page = await open('?s=lazy&at=3');
  await edited(page, 'tasks', replaced('run', instead));
  await go(page, LONG);
  return page;
}

/** The next runner is sound, and its run is whole. */
async function goesOn(page) {
  await go(page, '?s=state-machine');
  await page.waitForFunction(() => document.querySelector('#field-callers')?.value === '1');
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await narrator(page), /over/);
  assert.equal(await length(page), 124);
}

/** A poll that does not return, after so many chunks as there are events to be seen. */
const HANGS = `export function run(s, t, p, c, send) {
  let n = 0;
  return real(s, t, p, c, (chunk) => {
    send(chunk);
    if (++n === 40) for (;;) {}
  });
}`;

test('a poll that never returns: what was recorded is shown, the reason is said, and the page goes on', async () => {
  const page = await openReplaced(HANGS);
  await page.locator('.notice.work:not([hidden])').waitFor();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('.where b').innerText(), '4', 'the run before is there to be read meanwhile');
  await page.locator('.notice.bad', { hasText: 'did not return for 5 s' }).waitFor();
  assert(await length(page) > 50, 'with its events');
  await page.keyboard.press('End');
  assert.match(await narrator(page), /cut off: a poll did not return/, 'it is how the run ended, wherever its trace goes');
  await goesOn(page);
  page.assertClean();
  await page.close();
});

test('a run that is stopped is shown as far as it came', async () => {
  const page = await openReplaced(HANGS);
  // It has begun, and what it sends before it hangs is there: one that is stopped sooner has nothing to show.
  await page.locator('.notice.work:not([hidden]) .num', { hasText: /events/ }).waitFor();
  await page.waitForTimeout(500);
  await page.locator('.notice.work button').click();
  await page.locator('.machine').first().waitFor();
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await narrator(page), /stopped/);
  await goesOn(page);
  page.assertClean();
  await page.close();
});

for (const [what, thrown, said] of [
  ['a trap', "new WebAssembly.RuntimeError('unreachable')", /engine trapped/],
  ['a stack that overflows', "new RangeError('Maximum call stack size exceeded')", /stack overflowed/],
  ['a stack that overflows, as another engine says it', "Object.assign(new Error('too much recursion'), { name: 'InternalError' })", /stack overflowed/],
  ['no memory', "new RangeError('WebAssembly.Memory.grow(): Out of memory')", /no memory left/],
]) {
  test(`${what} costs the runner, and nothing else`, async () => {
    const page = await openReplaced(`export function run() { throw ${thrown}; }`);
    await page.locator('.notice.bad:not([hidden])').waitFor();
    assert.match(await notice(page), said);
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('.where b').innerText(), '4', 'what was open stays');
    await goesOn(page);
    page.assertClean();
    await page.close();
  });
}

test('an instance that cannot be made is a failure that is said', async () => {
  const page = await open('?s=lazy');
  await edited(page, 'tasks', (glue) => glue.replace('export { initSync, __wbg_init as default };', `
    export default function() { throw new RangeError('WebAssembly.instantiate(): Out of memory'); }`));
  await go(page, LONG);
  await page.locator('.notice.bad:not([hidden])').waitFor();
  assert.match(await notice(page), /no memory left/);
  page.assertClean();
  await page.close();
});

test('a comparison that is superseded, and panics, costs the next run nothing', async () => {
  const page = await open('?s=state-machine&callers=1000');
  for (const wait of [0, 20, 60, 100]) {
    await go(page, '?s=state-machine&callers=1000&vs=line.cut');
    await page.waitForTimeout(wait);
    await go(page, '?s=state-machine&callers=1000&gap=2');
    await isReady(page, true);
    assert.equal(await page.locator('#field-gap').inputValue(), '2');
    await page.keyboard.press('End');
    assert.match(await narrator(page), /over/);
  }
  page.assertClean();
  await page.close();
});

test('Back to a sweep opens it with its scenario', async () => {
  const page = await open('?s=call-centre&show=sweep');
  await railLink(page, 'lazy').click();
  await page.locator('html[data-stage="program"]').waitFor({ state: 'attached' });
  await becomeReady(page);
  await page.reload();
  await becomeReady(page);
  await page.goBack();
  await page.locator('html[data-stage="staffings"]').waitFor({ state: 'attached' });
  await page.locator('.sweep circle.real').first().waitFor({ state: 'attached' });
  await becomeReady(page);
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('.where b').innerText(), '1');
  page.assertClean();
  await page.close();
});

test('Enter in a field runs once', async () => {
  const page = await open('?s=state-machine');
  await page.evaluate(() => {
    window.runs = 0;
    new MutationObserver((records) => {
      for (const { oldValue } of records) if (oldValue === 'true') window.runs += 1;
    }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-ready'], attributeOldValue: true });
  });
  await page.locator('#field-callers').fill('2');
  await page.locator('#field-callers').press('Enter');
  await page.waitForURL(/callers=2/);
  await becomeReady(page);
  assert.equal(await page.evaluate(() => window.runs), 1);
  await page.locator('#field-callers').press('Enter');
  await page.waitForFunction(() => window.runs === 2);
  await becomeReady(page);
  page.assertClean();
  await page.close();
});

for (const [what, thrown, said] of [
  ['traps', "new WebAssembly.RuntimeError('unreachable')", 'engine trapped'],
  ['overflows its stack', "new RangeError('Maximum call stack size exceeded')", 'stack overflowed'],
]) {
  test(`a live recording that ${what} is ended, and its late callbacks do the next one no harm`, async () => {
    const page = await open('?s=lazy');
    // The first recording traps in the event loop, while its timers are set.
    await edited(page, 'promises', replaced('record', `let nth = 0;
      export function record(...all) {
        if (nth++ === 0) setTimeout(() => { throw ${thrown}; }, 20);
        return real(...all);
      }`));
    await go(page, '?s=promise-future&wait=300&rust_ms=600');
    await page.locator('.notice.bad', { hasText: said }).waitFor();
    await go(page, '?s=promise-future&wait=300&rust_ms=900');
    await page.locator('html[data-stage="queues"]').waitFor({ state: 'attached' });
    await isReady(page, true);
    await page.keyboard.press('End');
    assert.match(await narrator(page), /The run is over/);
    assert.equal(await page.locator('.notice.bad:not([hidden])').count(), 0);
    page.assertClean();
    await page.close();
  });
}

test('a worker that cannot be made is said, and the page can be used', async () => {
  const page = await open('?s=call-centre');
  await page.evaluate(() => { window.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }; });
  await page.getByRole('button', { name: /Sweep to a million/ }).click();
  await page.locator('.sweep .status', { hasText: 'failed' }).waitFor();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('.where b').innerText(), '1');
  await page.close();
});

test('a worker that cannot be made for the run of a first load, with a sweep, is said', async () => {
  const page = await open('nowhere', { ready: false, fresh: true });
  await page.addInitScript(() => { window.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }; });
  await page.goto(`${page.site}?s=call-centre&show=sweep`);
  await page.locator('.notice.bad', { hasText: 'The run could not be made' }).waitFor();
  await becomeReady(page);
  assert.deepEqual(page.problems, ['console error: SecurityError: no']);
  await page.close();
});

test('a link to a scenario that is not there, with a sweep, opens a page that works', async () => {
  const page = await open('?s=nope&show=sweep');
  assert.match(await notice(page), /no scenario “nope”/);
  assert.equal(await page.locator('.sweep').isVisible(), false);
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('.where b').innerText(), '1');
  page.assertClean();
  await page.close();
});

/** What the page holds, once all is collected that nobody holds. */
async function held(page, client) {
  for (let i = 0; i < 3; i += 1) await client.send('HeapProfiler.collectGarbage');
  const { metrics } = await client.send('Performance.getMetrics');
  const of = (name) => metrics.find((m) => m.name === name).value;
  const wasm = await page.evaluate(async () => (await (await import(new URL('./engine/viewer.js', document.baseURI).href)).default()).memory.buffer.byteLength);
  return { heap: of('JSHeapUsedSize'), listeners: of('JSEventListeners'), nodes: of('Nodes'), workers: page.workers().length, wasm };
}

/** Opens one address after the other, and waits for each. */
async function walk(page, addresses) {
  for (const address of addresses) {
    await page.evaluate((to) => {
      history.replaceState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, address);
    await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
  }
}

test('100 scenarios and 100 panics later, the page holds what it held', async (t) => {
  const page = await open('?s=lazy', { reducedMotion: 'reduce' });
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const ids = ['lazy', 'sequential-join', 'executor', 'state-machine', 'moving'];
  const round = (n) => Array.from({ length: n }, (_, i) => `?s=${ids[i % ids.length]}`);
  const panics = (n) => Array.from({ length: n }, (_, i) => `?s=state-machine&line=cut&callers=${1 + (i % 2)}`);
  // Everything that is fetched and made once.
  await walk(page, [...round(2 * ids.length), ...panics(4), '?s=lazy']);
  let before = await held(page, client);
  await walk(page, [...round(100), ...panics(100), '?s=lazy']);
  // On a slow machine a run may come while the one before is still held, for once: what is held then is where it begins.
  if ((await held(page, client)).wasm !== before.wasm) {
    before = await held(page, client);
    await walk(page, [...round(100), ...panics(100), '?s=lazy']);
  }
  let after = await held(page, client);
  // What is still on its way lets go of what it holds when it is over.
  for (let tries = 0; tries < 10 && after.listeners > before.listeners + 5; tries += 1) {
    await page.waitForTimeout(500);
    after = await held(page, client);
  }
  t.diagnostic(JSON.stringify({ before, after }));
  assert.equal(after.workers, before.workers, 'workers');
  assert.equal(after.wasm, before.wasm, 'the viewer’s memory');
  assert(after.listeners <= before.listeners + 5, `${before.listeners} listeners, then ${after.listeners}`);
  assert(after.nodes <= before.nodes + 50, `${before.nodes} nodes, then ${after.nodes}`);
  // The engine goes on to compile what is called often, and keeps what the page took to load: 560 KB in 240 walks, none of it the
  // page's own objects, as a heap snapshot says. A run that is kept takes more than 5 KB.
  assert(after.heap <= before.heap + 1_000_000, `${before.heap} bytes, then ${after.heap}`);
  page.assertClean();
  await page.close();
});
