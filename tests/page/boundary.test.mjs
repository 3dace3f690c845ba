// Where the page meets what it shows: nothing made is left behind, the task that ran is named as the one that ran, a hue is a state, and what
// the page says is in the reader's language.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sideOf } from '../../www/views/order.js';
import { becomeReady, dist, open } from './support.mjs';

const go = (page, search) => page.evaluate((to) => {
  history.pushState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
}, search);

test('of computations that are superseded nothing is left but what is shown', async () => {
  const page = await open('nowhere', { ready: false, fresh: true });
  const glue = readFileSync(join(dist, 'engine/viewer.js'), 'utf8');
  const counted = glue.replace(/(ret = wasm\.run_new\(\);)/, '$1 globalThis.alive = (globalThis.alive ?? 0) + 1;').replace(/(wasm\.__wbg_run_free\(ptr, 0\);)/, '$1 globalThis.alive -= 1;');
  assert.notEqual(counted, glue);
  await page.route('**/engine/viewer.js', (route) => route.fulfill({ contentType: 'text/javascript', body: counted }));
  await page.goto(`${page.site}?s=state-machine`);
  await becomeReady(page);
  const alive = () => page.evaluate(() => globalThis.alive);
  assert.equal(await alive(), 1);
  const all = ['?s=state-machine&callers=300&vs=line.cut', '?s=lazy', '?s=zero-cost', '?s=state-machine&vs=order.bogus', '?s=promise-future', '?s=wall', '?s=executor&vs=order.lifo', '?s=state-machine&callers=9999'];
  for (const search of [...all, ...all.toReversed()]) await go(page, search);
  await go(page, '?s=moving');
  await page.locator('.slots').first().waitFor();
  await becomeReady(page);
  // What was recorded live goes on to its end, and is given up then.
  await page.waitForFunction(() => globalThis.alive === 1);
  await go(page, '?s=executor&vs=order.lifo');
  await page.waitForURL(/vs=/);
  await becomeReady(page);
  assert.equal(await alive(), 2, 'a run, and the one that it is compared with');
  await page.close();
});

test('what is superseded while its parameters are checked does not end what runs on the stage', async () => {
  const page = await open('?s=wall&futures=1000', { fresh: true });
  await go(page, '?s=zero-cost&rounds=7');
  await go(page, '?s=wall&futures=2000');
  await page.waitForURL(/futures=2000/);
  await becomeReady(page);
  await page.waitForFunction(() => document.querySelector('[data-figure="frames"] b')?.textContent.match(/[1-9]/));
  page.assertClean();
  await page.close();
});

test('a macrotask is on the side of the callback that it runs', () => {
  const sides = Object.fromEntries(['script', 'page.js', 'timers', 'drain'].map((name) => [name, sideOf({ kind: 'macrotask_started', name })]));
  assert.deepEqual(sides, { script: 'js', 'page.js': 'js', timers: 'rust', drain: 'rust' });
  assert.equal(sideOf({ kind: 'microtask_started', name: 'drain' }), 'rust');
});

test('a change of seat is no state, and has no hue', async () => {
  const page = await open('?s=call-centre&change=20', { reducedMotion: 'reduce' });
  await page.keyboard.press('End');
  const { seat, hues } = await page.evaluate(() => {
    const canvas = document.querySelector('.staffings canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--st-cancelled)';
    const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g).map(Number);
    let hues = 0;
    for (let i = 0; i < data.length; i += 4) if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12 && data[i + 3] > 200) hues += 1;
    return { seat: getComputedStyle(document.querySelector('.legend .seat')).backgroundColor.match(/\d+/g).map(Number), hues };
  });
  assert.equal(hues, 0, 'pixels in the hue of a task that was cancelled');
  assert(Math.max(...seat) - Math.min(...seat) < 20, `the legend’s mark is ${seat}`);
  page.assertClean();
  await page.close();
});

for (const [locale, told] of [['en-GB', /^Task 1 panicked, as you asked\./], ['ko-KR', /^1번 태스크가 요청한 대로 패닉을 일으켰다\./]]) {
  test(`a panic that was asked for is told in the reader’s language (${locale})`, async () => {
    const page = await open('?s=lazy&do=t1.p1-panic', { locale, reducedMotion: 'reduce' });
    assert.equal(await page.locator('.notice.bad:not([hidden])').count(), 0);
    await page.keyboard.press('End');
    // Before its end, and the poll's.
    for (const key of ['ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    assert.match(await page.locator('.narrator').innerText(), told);
    page.assertClean();
    await page.close();
  });
}

test('the recorder of live runs may be called again before it is done, and in its own callback: one run at a time, and each call is answered', async () => {
  const page = await open('nowhere', { ready: false });
  const told = await page.evaluate(async () => {
    const [recorder, viewer] = await Promise.all(['promises', 'viewer'].map(async (module) => {
      const glue = await import(new URL(`engine/${module}.js`, location.href).href);
      await glue.default();
      return glue;
    }));
    /** Records a run; `meanwhile` is called once, with its first chunk. Says how it ended, and how many events it has. */
    const record = async (wait, meanwhile = () => {}) => {
      const run = new viewer.Run();
      let isFirst = true;
      await recorder.record('promise-future', '', ['wait', String(wait), 'rust_ms', '5'], (chunk) => {
        run.append(chunk);
        if (isFirst) meanwhile();
        isFirst = false;
      });
      run.close();
      return { ...run.frame(run.length, 0).ending, events: run.length };
    };
    const said = {};
    [said.left, said.second] = await Promise.all([record(2000), record(10)]);
    let inner;
    said.outer = await record(400, () => { inner = record(10); });
    said.inner = await inner;
    said.ended = await record(2000, () => recorder.leave());
    let refused = '';
    said.wrong = await record(10, () => { recorder.record('promise-future', '', ['wait', 'x'], () => {}).catch((problem) => { refused = JSON.stringify(problem); }); });
    said.after = await record(10);
    return { said, refused };
  });
  const { said, refused } = told;
  // Left before its script began, it began no more.
  assert.equal(said.left.events, 1, JSON.stringify(said.left));
  for (const [name, isWhole] of Object.entries({ second: true, outer: false, inner: true, ended: false, after: true })) {
    assert.equal(said[name].why, isWhole ? 'completed' : 'gave_up', `${name}: ${JSON.stringify(said[name])}`);
  }
  assert.match(refused, /wait/, 'what is wrong is refused in words');
  page.assertClean();
  await page.close();
});

test('a script begins from no address but the page’s own, and no text becomes markup', async () => {
  const page = await open('?s=lazy', { fresh: true });
  for (const attempt of ['new Worker("./runner.worker.js")', 'document.body.innerHTML = "<b>x</b>"', 'trustedTypes.createPolicy("other", {})']) {
    assert.equal(await page.evaluate((code) => {
      try {
        (0, eval)(code);
        return 'done';
      } catch (error) {
        return error.name;
      }
    }, attempt).catch((error) => (/TypeError|EvalError/.test(error.message) ? 'TypeError' : error.message)), 'TypeError', attempt);
  }
  await page.close();
});
