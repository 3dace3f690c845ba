// Scenarios whose runs are made, and which can be recorded live, too: the choice in the sentence, what the page says of each, and the
// worker of a live run, where it can be started and where not.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BOTH } from './scenarios.mjs';
import { dist, open } from './support.mjs';

/** The picture's list, at the end of the run. */
async function listIn(page) {
  await page.keyboard.press('End');
  await page.locator('.hero .figure[aria-busy="false"]').waitFor();
  await page.locator('.hero-list li').first().waitFor({ state: 'attached' });
  return page.evaluate(() => [...document.querySelectorAll('.hero-list li')].map((el) => el.firstChild.textContent));
}

/** The same of a link. */
async function listOf(search) {
  const page = await open(search, { view: 'lesson', reducedMotion: 'reduce' });
  const said = await listIn(page);
  page.assertClean();
  await page.close();
  return said;
}

/** Which way a run came about, as the page says it: by its panes. */
const folds = (page) => page.locator('.folds [data-fold]').evaluateAll((all) => all.map((el) => el.dataset.fold));

test('three scenarios are made by default, and can be recorded live', () => {
  assert.deepEqual(BOTH.map(({ id }) => id), ['lazy', 'blocking', 'languages']);
});

for (const { id, search } of BOTH) {
  test(`${id}: one choice in the sentence records it live, where nothing can be changed, and back`, async () => {
    const page = await open(`?s=${id}`, { view: 'lesson', reducedMotion: 'reduce' });
    const choice = page.locator('.with select').last();
    assert.equal(await choice.inputValue(), 'virtual');
    assert((await folds(page)).includes('findings') && !(await folds(page)).includes('once'));
    await choice.selectOption('live');
    await page.waitForFunction(() => document.documentElement.dataset.ready === 'true' && new URLSearchParams(location.search).get('runs') === 'live');
    await page.locator('.folds [data-fold="once"]').waitFor();
    assert(!(await folds(page)).includes('findings'));
    await page.locator('[data-fold="once"]').click();
    assert.match(await page.locator('.pane.once').innerText(), /cannot be made again/);
    // Back, by the button that stands there: as it was before, from the start.
    await page.locator('.pane.once button').click();
    await page.waitForFunction(() => document.documentElement.dataset.ready === 'true' && !new URLSearchParams(location.search).has('runs'));
    await page.locator('.folds [data-fold="findings"]').waitFor();
    page.assertClean();
    await page.close();
  });

  test(`${id}: a link that changes a live run opens it without the change, and says so`, async () => {
    const page = await open(`${search}&do=t1.p1-lose`, { view: 'lesson', reducedMotion: 'reduce' });
    await page.locator('.folds [data-fold="once"]').waitFor();
    assert.equal(new URLSearchParams(await page.evaluate(() => location.search)).has('do'), false);
    assert.equal(await page.locator('.notice:not([hidden])').count(), 1);
    page.assertClean();
    await page.close();
  });

  test(`${id}: a live run has a story, an order in all views, and its own events alone`, async () => {
    const page = await open(search, { view: 'lesson', reducedMotion: 'reduce' });
    assert(await page.locator('.moments li').count() >= 5);
    await page.keyboard.press('a');
    await page.locator('.stage:not(.lesson)').waitFor();
    await page.keyboard.press('End');
    assert.equal(await page.locator('.ask:not(.tree-of)').count(), 0);
    page.assertClean();
    await page.close();
  });
}

test('a promise of the same function runs at its call, and goes on when it is let go of', async () => {
  const said = await listOf('?s=lazy&runs=live&then=drop&held=2&takes=10');
  assert(said.includes('future: dropped: no line ever ran'), said.join('\n'));
  assert(said.includes('promise: settled'), said.join('\n'));
  const lines = said.filter((text) => text.startsWith('trace.log("hello'));
  assert.deepEqual(lines, ['trace.log("hello: my first line");: ran', 'trace.log("hello: my last line");: ran'], said.join('\n'));
  const made = await listOf('?s=lazy&then=drop');
  assert(made.some((text) => text.startsWith('promise (model): ')), made.join('\n'));
});

test('real promises have their row among the schedulers, as real as the futures, and the others are models', async () => {
  const said = await listOf('?s=languages&runs=live&tasks=4&long=20&compute=2&wait=10');
  const rows = said.filter((text) => / \((model|real)/.test(text));
  assert.deepEqual(rows.map((text) => text.replace(/: .*/, '')), ['OS threads (model)', 'Goroutines (model)', 'Promises (real promises)', 'Futures, one worker (real Rust)', 'Futures, 2 workers (model)'], said.join('\n'));
  assert.equal(said.filter((text) => text.startsWith('done at ')).length, 5, said.join('\n'));
});

test('a worker has the job while the tasks of the page go on in time', async () => {
  const said = await listOf('?s=blocking&runs=live&way=worker&job_takes=60');
  assert(said.includes('worker: has nothing to do'), said.join('\n'));
  const [from, to] = said.find((text) => text.startsWith('has the job from')).match(/\d+(\.\d+)?/g).map(Number);
  assert(to - from >= 59, `${from} to ${to}`);
  const polled = said.flatMap((text) => text.match(/^polled from (\d+(?:\.\d+)?)/)?.[1] ?? []).map(Number);
  assert(polled.some((ms) => ms > from && ms < to), said.join('\n'));
});

test('a job on the page keeps all others waiting, for real', async () => {
  const said = await listOf('?s=blocking&runs=live&way=block&job_takes=80');
  assert(said.some((text) => {
    const [, from, to] = text.match(/^polled from (\d+(?:\.\d+)?) to (\d+(?:\.\d+)?) ms/) ?? [];
    return to - from >= 80;
  }), said.join('\n'));
  assert(said.some((text) => text.includes('kept waiting until')), said.join('\n'));
});

test('a worker that cannot be started is told in a sentence, and the run comes to its end', async () => {
  const page = await open('nowhere', { ready: false, fresh: true, view: 'lesson', reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    const Real = window.Worker;
    window.Worker = function (url, options) {
      if (String(url).includes('blocking.worker')) throw new DOMException('no workers here', 'SecurityError');
      return new Real(url, options);
    };
  });
  await page.goto(`${page.site}?s=blocking&runs=live&way=worker&job_takes=10`);
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
  const said = await listIn(page);
  assert(said.some((text) => text.startsWith('worker: not started: ') && text.includes('no workers here')), said.join('\n'));
  page.assertClean();
  await page.close();
});

test('a scenario that is left has no worker any more, and its run ends', async () => {
  const page = await open('?s=lazy', { view: 'lesson', fresh: true, reducedMotion: 'reduce' });
  const started = page.waitForEvent('worker', (worker) => worker.url().includes('blocking.worker'));
  await page.evaluate(() => {
    history.pushState(null, '', '?s=blocking&runs=live&way=worker&job_takes=300');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  const worker = await started;
  const ended = worker.isClosed?.() ? Promise.resolve() : new Promise((resolve) => { worker.once('close', resolve); });
  await page.evaluate(() => {
    history.pushState(null, '', '?s=lazy');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await ended;
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true' && new URLSearchParams(location.search).get('s') === 'lazy');
  page.assertClean();
  await page.close();
});

test('what a live run takes beside the page is kept with its module', () => {
  const worker = readFileSync(join(dist, 'offline.worker.js'), 'utf8');
  assert(worker.includes('blocking.worker.js'));
});
