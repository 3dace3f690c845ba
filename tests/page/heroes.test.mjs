// The heroes: for every scenario at its start, at the moment that decides, and at its end, in the boxes that the page gives
// them. What is measured is the picture as the browser lays it out.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openHarness } from './heroes/mount.mjs';

/** The pane of the picture, in windows of 1280x720, 1440x900 and 390x844. */
const BOXES = { '1280x720': [924, 366], '1440x900': [1036, 520], '390x844': [374, 316] };
/** Other runs than the default one, whose pictures have other parts. */
const RUNS = [
  ['lost-wake', { leaf: 'keeps_waker' }], ['lost-wake', { leaf: 'forgets_waker', awaited: 'ticked' }], ['lost-wake', { leaf: 'keeps_first', awaited: 'handed_on' }],
  ['lazy', { then: 'drop' }], ['lazy', { then: 'poll_once' }], ['rules', { rule: 'blocking_io' }], ['rules', { rule: 'await_outside' }], ['rules', { rule: 'plain_fn', program: 'kept' }],
  ['blocking', { others: '20' }], ['poll-waker', { ring: '240' }], ['executor', { children: '100' }], ['state-machine', { callers: '40' }], ['state-machine', { written: 'by_hand' }], ['state-machine', { written: 'without_async_fn' }], ['state-machine', { written: 'without_block', callers: '3' }], ['state-machine', { written: 'without_await', line: 'cut' }], ['state-machine', { written: 'without_async_trait' }],
  ['orders', { quotes: '0' }], ['orders', { quotes: '30' }], ['orders', { shares: 'locks' }], ['orders', { shares: 'locks', quotes: '30' }], ['orders', { shares: 'sum_kept' }],
  ['cancel', { cut: '5' }], ['cancel', { cut: '60' }], ['cancel', { cut: '1' }], ['cancel', { cut: '35', transfer: 'spawned', reader: 'kept', timeout: 'kept' }], ['cancel', { refund: 'spawned' }],
  ['futurelock', { lock: 'unfair' }], ['futurelock', { first_try: 'dropped', late: '8' }], ['futurelock', { first_try: 'polled' }], ['futurelock', { first_try: 'spawned' }], ['futurelock', { late: '60' }], ['futurelock', { hold: '0', late: '0' }],
  ['async-trait', { known_as: 'any' }], ['async-trait', { reads: '80' }], ['async-trait', { read_takes: '0' }],
  ['recursion', { depth: '40' }], ['recursion', { depth: '2000' }], ['recursion', { recursion: 'direct' }], ['recursion', { recursion: 'looped' }],
  ['size', { second_way: 'late_block' }], ['size', { second_way: 'logged' }], ['size', { second_way: 'joined' }], ['size', { second_way: 'argument' }], ['size', { second_way: 'boxed' }],
  ['mutex', { guard: 'cured' }], ['mutex', { mistake: 'in_match' }], ['mutex', { mistake: 'order' }], ['mutex', { mistake: 'order', guard: 'cured' }],
  ['pin-ways', { tried: 'pointer' }], ['pin-ways', { tried: 'value' }], ['pin-ways', { pinned_value: 'plain', tried: 'get_mut' }], ['pin-ways', { pinned_value: 'plain', tried: 'into_inner' }], ['pin-ways', { pinned_value: 'plain' }], ['pin-ways', { tried: 'set', pinned_by: 'pin_macro' }],
  ['projection', { promise: 'kept' }], ['projection', { promise: 'not_dropped' }], ['projection', { projected: 'lite', promise: 'unpin' }], ['projection', { projected: 'talk' }],
  ['block-on', { meanwhile: 'nothing' }], ['block-on', { meanwhile: 'other', promise_ms: '200' }], ['block-on', { promise_ms: '0', budget_ms: '20' }], ['block-on', { meanwhile: 'again' }], ['block-on', { meanwhile: 'frees' }],
  ['abort', { controller: 'kept' }], ['abort', { drop_at: '0' }], ['abort', { drop_at: '900', pace: '0' }], ['future-promise', { rust_ends: 'err' }], ['future-promise', { rust_ends: 'err', js_listens: 'never' }], ['promise-future', { outcome: 'never' }], ['promise-future', { handed: 'nested' }], ['promise-future', { handed: 'throws' }], ['promise-future', { handed: 'twice', outcome: 'reject' }], ['promise-future', { handed: 'realm' }],
  ['streams', { gone: 'lets_go' }], ['streams', { read_as: 'async_read' }], ['streams', { read_as: 'async_read', gone: 'lets_go', high_water: '1' }], ['streams', { read_as: 'generator' }], ['streams', { read_as: 'generator', gone: 'lets_go' }], ['streams', { high_water: '0' }], ['streams', { high_water: '8', chunks: '8' }], ['streams', { stop_after: '32', make: '20', read_ms: '0' }], ['streams', { read_as: 'fetch' }], ['streams', { read_as: 'fetch', gone: 'lets_go', high_water: '8' }], ['streams', { read_as: 'fetch_bytes', room: '4096', stop_after: '20' }],
  ['promise-future', { together: 'race' }], ['promise-future', { together: 'race', outcome: 'never' }], ['promise-future', { together: 'race', wait: '40' }], ['promise-future', { together: 'all', outcome: 'reject' }], ['promise-future', { together: 'any', outcome: 'reject' }], ['promise-future', { together: 'all_settled', outcome: 'reject' }], ['promise-future', { together: 'all', outcome: 'never' }],
  ['event-loop', { timeouts: '3', messages: '3', frames: '3', thens: '3', microtasks: '3', rust_tasks: '3' }], ['event-loop', { drain: 'macrotask', outer: 'timeout' }], ['event-loop', { greedy: 'microtask' }], ['event-loop', { greedy: 'task' }],
  ['service-layer', { time_limit: '100' }], ['service-layer', { requests: '3', failures: '0', left: 'load_shed.concurrency_limit', right: 'concurrency_limit.load_shed' }], ['service-layer', { failures: '6', retries: '5', time_limit: '10' }], ['service-layer', { left: 'none', right: 'none' }], ['service-layer', { requests: '2', left: 'retry.rate_limit.timeout', right: 'timeout.retry.rate_limit' }],
  ['service-layer', { requests: '6', left: 'log.load_shed.rate_limit.concurrency_limit.retry.timeout', right: 'timeout.retry.concurrency_limit.rate_limit.load_shed.log', failures: '3' }],
  ['reactor', { waiting: 'leave_first' }], ['reactor', { waiting: 'leave_first', reading: 'once', interface: 'kqueue' }], ['reactor', { trigger: 'level' }], ['reactor', { interface: 'io_uring' }], ['reactor', { data: '60', between: '5' }],
  ['runtimes', { turned: 'by_hand' }], ['runtimes', { turned: 'layer' }], ['runtimes', { timer: 'ours' }], ['runtimes', { spawn: 'sent' }], ['runtimes', { spawn: 'sent_kept', turned: 'layer' }], ['runtimes', { turned: 'by_hand', hand: '10', due: '60' }], ['runtimes', { timer: 'socket' }], ['runtimes', { timer: 'socket', turned: 'by_hand' }], ['runtimes', { timer: 'socket', turned: 'layer' }], ['runtimes', { timer: 'socket', turned: 'by_hand', hand: '10', due: '60' }],
  ['stack', { read: 'asks', wire: '60' }], ['stack', { read: 'asks' }], ['stack', { read: 'blocks' }],
  ['moving', { pin_first: 'yes' }], ['moving', { moves: '6' }], ['call-centre', { callers: '240' }], ['concurrency-parallelism', { tasks: '80' }], ['languages', { tasks: '60' }],
];

let page;
before(async () => {
  page = await openHarness();
});
after(() => page.close());

/** What the layout says of the picture. */
const look = () => page.evaluate(() => {
  const box = document.querySelector('.box').getBoundingClientRect();
  const texts = [...document.querySelectorAll('.picture text')].filter((el) => getComputedStyle(el).visibility !== 'hidden').map((el) => {
    const { left, right, top, bottom, height } = el.getBoundingClientRect();
    const trim = height * 0.18; // what is above and below the letters of a line
    return { text: el.textContent, left, right, top: top + trim, bottom: bottom - trim, size: parseFloat(getComputedStyle(el).fontSize) };
  });
  const faults = [];
  for (const t of texts) {
    if (t.size < 12) faults.push(`${t.size} px: ${t.text}`);
    if (t.left < box.left - 0.5 || t.right > box.right + 0.5 || t.top < box.top - 3 || t.bottom > box.bottom + 3) faults.push(`outside: ${t.text}`);
  }
  texts.forEach((a, i) => texts.slice(i + 1).forEach((b) => {
    const [w, h] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
    if (w > 1.5 && h > 1.5) faults.push(`overlap: ${a.text} | ${b.text}`);
  }));
  for (const el of document.querySelectorAll('.picture rect, .picture circle')) {
    const r = el.getBoundingClientRect();
    if (r.width && (r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 2 || r.bottom > box.bottom + 2)) faults.push(`outside: ${el.getAttribute('class')} in ${el.parentElement.getAttribute('class')}`);
  }
  // Time is to scale: of all that lasts, the same px a ms.
  const lasts = [...document.querySelectorAll('.picture [data-from]')].map((el) => {
    const [from, to] = [el.dataset.from, el.dataset.to].map(Number);
    const [x, w] = el.tagName === 'line' ? [Number(el.getAttribute('x1')), Number(el.getAttribute('x2')) - Number(el.getAttribute('x1'))] : [Number(el.getAttribute('x')), Number(el.getAttribute('width'))];
    return { from, to, x, w };
  });
  const list = [...document.querySelectorAll('.hero-list > li')].map((li) => ({ name: li.firstChild.textContent.split(/[:,]/)[0].trim(), now: li.hasAttribute('aria-current') }));
  const said = texts.map(({ text }) => text);
  const missing = list.filter(({ name }) => !said.some((text) => text === name || text.includes(name) || name.startsWith(text.replace(/…$/, '')) || name.split(' ').every((word) => said.some((one) => one.includes(word))))).map(({ name }) => name);
  return { faults, lasts, list, missing };
});

/** @param {{ from: number, to: number, x: number, w: number }[]} lasts */
function assertToScale(lasts, where) {
  // The scale, from the two that are farthest apart, or from the longest of all.
  const sorted = lasts.toSorted((a, b) => a.from - b.from);
  const [first, far] = [sorted[0], sorted[sorted.length - 1]];
  const long = lasts.toSorted((a, b) => b.to - b.from - a.to + a.from)[0];
  if (!first || Math.max(far.from - first.from, long.to - long.from) < 5) return;
  const pxPerMs = far.from - first.from > long.to - long.from ? (far.x - first.x) / (far.from - first.from) : long.w / (long.to - long.from);
  for (const { from, to, x, w } of lasts) {
    assert(Math.abs(x - (first.x + (from - first.from) * pxPerMs)) < 0.6, `${where}: what begins at ${from} ms stands at ${x}`);
    assert(w >= (to - from) * pxPerMs - 0.6 && w <= Math.max((to - from) * pxPerMs + 0.6, 6.1), `${where}: ${from} to ${to} ms is ${w} px wide, at ${pxPerMs} px a ms`);
  }
}

const scenarios = JSON.parse(readFileSync(new URL('../../dist/manifest.json', import.meta.url), 'utf8')).scenarios.filter(({ hero }) => hero !== 'wall');

for (const [id, params] of [...scenarios.map((info) => [info.id, {}]), ...RUNS]) {
  for (const [name, [width, height]] of Object.entries(BOXES)) {
    const isDefault = Object.keys(params).length === 0;
    const title = isDefault ? id : `${id} with ${new URLSearchParams(params)}`;
    test(`${title} at ${name}: nothing overlaps, is cut without a mark or small, time is to scale, the list tells the picture`, async () => {
      for (const language of isDefault ? ['en', 'ko'] : ['en']) {
        const { length, deciding } = await page.evaluate(([of, o]) => window.harness.open(of, o), [id, { params, language, width, height }]);
        const cursors = [...new Set([0, 1, Math.floor(length / 3), deciding, Math.floor(length * 0.8), length])];
        for (const cursor of cursors) {
          for (const isKnown of cursor === length ? [true] : cursor === deciding ? [false, true] : [false]) {
            await page.evaluate(([at, o]) => window.harness.at(at, o), [cursor, { isKnown }]);
            const where = `${title} at ${name}, ${language}, cursor ${cursor}`;
            const { faults, lasts, list, missing } = await look();
            assert.deepEqual(faults, [], where);
            assertToScale(lasts, where);
            assert(list.length > 0, `${where}: the list is empty`);
            assert(list.filter(({ now }) => now).length <= 1, `${where}: one thing is present`);
            assert.deepEqual(missing, [], `${where}: in the list, and not in the picture`);
          }
        }
      }
      assert.deepEqual(page.problems, []);
    });
  }
}

/** Where a thing of the picture stands now. @param {string} text a chip's */
const placeOf = (text) => page.evaluate((said) => [...document.querySelectorAll('.picture .chip')].find((el) => el.textContent === said)?.getAttribute('transform'), text);

test('a thing goes to its new place in one hop, is met on its way, and is there at once where nothing is to move', async () => {
  await page.evaluate(() => window.harness.open('executor', { width: 1036, height: 520 }));
  const go = (cursor, motion) => page.evaluate(([at, o]) => window.harness.at(at, o), [cursor, { motion }]);
  await go(126, false);
  const asleep = await placeOf('sleeper');
  await go(129, false);
  const inLine = await placeOf('sleeper');
  assert.notEqual(inLine, asleep);
  // With motion it begins where it was, also backward, and comes to where it is to be.
  for (const [cursor, from, to] of [[126, inLine, asleep], [129, asleep, inLine]]) {
    await page.evaluate(([at]) => {
      window.harness.at(at, { motion: true });
      window.first = [...document.querySelectorAll('.picture .chip')].find((el) => el.textContent === 'sleeper').getAttribute('transform');
    }, [cursor]);
    assert.equal(await page.evaluate(() => window.first), from);
    await page.waitForFunction((place) => [...document.querySelectorAll('.picture .chip')].find((el) => el.textContent === 'sleeper').getAttribute('transform') === place, to);
  }
  // A step in the middle of a hop goes on from where the thing is, and nothing is left on its way.
  await page.evaluate(() => {
    window.harness.at(126, { motion: true });
    window.harness.at(129, { motion: true });
  });
  await page.waitForFunction((place) => [...document.querySelectorAll('.picture .chip')].find((el) => el.textContent === 'sleeper').getAttribute('transform') === place, inLine);
  await page.waitForFunction(() => document.querySelector('.picture [data-leaving]') === null);
});

/** Drags the first thing that asks for it. @param {string} thing @param {number} dx @param {number} dy */
async function drag(thing, dx, dy) {
  const { x, y } = await page.evaluate((name) => {
    const { left, top, width, height } = document.querySelector(`.picture [data-drag^="${name}"]`).getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }, thing);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
  return page.evaluate(() => window.harness.offered);
}

test('what is dragged is asked for: a bell or a timeout at another time, a wake let fall, a task next in line', async () => {
  const open = (id, params, cursor) => page.evaluate(([of, o, at]) => window.harness.open(of, { params: o, width: 1036, height: 520 }).then(() => window.harness.at(at)), [id, params, cursor]);
  await open('lost-wake', { leaf: 'keeps_waker', ring: '30' }, 14);
  const [ring] = await drag('due', 100, 0);
  assert.equal(ring, 'ring=36');
  await open('lost-wake', { leaf: 'keeps_waker', ring: '30' }, 14);
  assert.deepEqual(await drag('lose', 40, 80), ['t1.w1-lose']);
  await open('executor', {}, 19);
  assert.equal((await drag('next 4', 180, -40)).length, 1);
  await open('cancel', { cut: '20' }, 60);
  assert.deepEqual(await drag('due cut', 100, 0), ['cut=25']);
  await open('futurelock', { late: '5' }, 60);
  assert.deepEqual(await drag('due late', 200, 0), ['late=8']);
  await open('mutex', {}, 999);
  assert.deepEqual(await drag('guard', 10, 5), [], 'it has not left its box');
  assert.deepEqual(await drag('guard', 20, 90), ['guard=cured']);
  await open('mutex', { guard: 'cured' }, 999);
  assert.equal(await page.locator('.picture [data-drag="guard"]').count(), 0);
  await open('service-layer', {}, 999);
  assert.deepEqual(await drag('shell left 0', 0, 4), [], 'it has not left its place');
  assert.deepEqual(await drag('shell left 0', 0, 40), ['left=retry.timeout']);
  assert.deepEqual(await drag('shell right 1', 5, -40), ['left=retry.timeout', 'right=timeout.retry']);
  const [limit] = (await drag('due time_limit', 60, 0)).slice(-1);
  assert.match(limit, /^time_limit=(6|7)\d$/);
  assert.deepEqual(page.problems, []);
});

test('what compiles is told in every pane when the run is over: a verdict for each move in each way', async () => {
  for (const [width, height] of [...Object.values(BOXES), [304, 316]]) {
    for (const params of [{}, { pinned_value: 'plain', tried: 'get_mut' }]) {
      await page.evaluate(([o, w, h]) => window.harness.open('pin-ways', { params: o, width: w, height: h }).then(() => window.harness.at(9999)), [params, width, height]);
      const said = await page.evaluate(() => ({
        codes: [...document.querySelectorAll('.picture .refused')].map((el) => el.textContent).filter((text) => /^E\d{4}$/.test(text)).length,
        checks: document.querySelectorAll('.picture .check').length,
        moves: [...document.querySelectorAll('.picture text')].filter((el) => /^(let moved|drop\(pinned|pinned\.|Pin::into)/.test(el.textContent)).length,
      }));
      assert.equal(said.moves, 6, `${width}x${height}`);
      assert.equal(said.codes + said.checks, 24, `${width}x${height}: ${JSON.stringify(said)}`);
      const { faults } = await look();
      assert.deepEqual(faults, [], `${width}x${height} ${JSON.stringify(params)}`);
    }
  }
  assert.deepEqual(page.problems, []);
});

test('a click on a poll goes to its moment', async () => {
  await page.evaluate(() => window.harness.open('blocking', { width: 1036, height: 520 }).then(() => window.harness.at(60)));
  await page.locator('.picture rect.poll').first().click();
  const went = await page.evaluate(() => window.harness.went);
  assert.equal(went.length, 1);
  assert(went[0] > 0 && went[0] <= 60, String(went));
});

test('all orders of a run are a tree: each with what it comes to when that is known, the rare one marked, and a click opens it', async () => {
  await page.evaluate(() => window.harness.open('orders', { width: 1036, height: 520 }));
  const cursor = await page.evaluate(() => window.harness.at(60, { isKnown: false }));
  assert.notEqual(cursor, '');
  const seen = () => page.evaluate(() => ({
    ends: [...document.querySelectorAll('.picture .order-end')].map((el) => el.textContent),
    rare: document.querySelectorAll('.picture .order-node.rare').length,
    now: document.querySelectorAll('.picture .order-node.now').length,
  }));
  assert.deepEqual(await seen(), { ends: [], rare: 0, now: 1 }, 'how the run ends is not told before it has');
  await page.evaluate(() => window.harness.at(60, { isKnown: true }));
  const { ends, rare } = await seen();
  assert.deepEqual(ends.toSorted(), [...Array(11).fill('balance: 140'), 'balance: 150']);
  assert.equal(rare, 3, 'from the poll on that decides it');
  await page.locator('.picture [data-pick]', { hasText: '150' }).click();
  const [offered] = await page.evaluate(() => window.harness.offered);
  assert.match(offered, /^changes t2\.p1\.end-next\.2_/);
  // In that order, the read is old before the write, and the overwritten value is struck out.
  await page.evaluate((changes) => window.harness.open('orders', { changes, width: 1036, height: 520 }), offered.replace('changes ', ''));
  await page.evaluate(() => window.harness.at(999, { isKnown: true }));
  assert.deepEqual(await page.evaluate(() => ['gone', 'wrong'].map((cls) => document.querySelector(`.picture .shared-text.${cls}`)?.textContent)), ['90', '150']);
  assert.deepEqual(page.problems, []);
});

test('where there is no room for all orders, those that come to the same stand together, and a rare one never', async () => {
  for (const [params, height] of [[{ shares: 'locks' }, 316], [{ shares: 'locks', quotes: '30' }, 520], [{ quotes: '30' }, 366]]) {
    await page.evaluate(([o, h]) => window.harness.open('orders', { params: o, width: 1036, height: h }), [params, height]);
    await page.evaluate(() => window.harness.at(20, { isKnown: true }));
    assert.equal(await page.locator('.picture .order-end.rare').count(), 1, JSON.stringify(params));
  }
});
