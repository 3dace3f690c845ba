// Runs that are recorded live: what happens in them in the reader's own browser, and what the picture says of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './support.mjs';

/** What runs in the event loop, in order, as the list of all views has it. */
async function orderOf(search) {
  const page = await open(search);
  await page.keyboard.press('End');
  await page.locator('.cards li').first().waitFor();
  const order = await page.evaluate(() => [...document.querySelectorAll('.cards li b')].map((el) => el.textContent));
  page.assertClean();
  await page.close();
  return order;
}

const REPORTS = ['unhandledrejection', 'rejectionhandled'];

for (const [listens, told] of [['late', REPORTS], ['never', REPORTS.slice(0, 1)], ['at_once', []]]) {
  test(`a rejection of Rust’s to which JavaScript listens ${listens}: the browser’s reports are ${told.join(', ') || 'none'}`, async () => {
    const order = await orderOf(`?s=future-promise&reply_ms=5&rust_ends=err&js_listens=${listens}&listen_ms=300`);
    assert.deepEqual(order.filter((name) => REPORTS.includes(name)), told, order.join('\n'));
    assert.equal(order.includes('caught: No'), listens !== 'never');
  });
}

/** What the picture's list says at the end of a run. */
async function listOf(search) {
  const page = await open(search, { view: 'lesson', reducedMotion: 'reduce' });
  await page.keyboard.press('End');
  await page.locator('.hero-list li').first().waitFor({ state: 'attached' });
  const said = await page.evaluate(() => [...document.querySelectorAll('.hero-list li')].map((el) => el.firstChild.textContent));
  page.assertClean();
  await page.close();
  return said;
}

test('a panic of Rust’s leaves its promise pending, and the next run is as good as any', async () => {
  const said = await listOf('?s=future-promise&rust_ends=panics&reply_ms=5');
  assert(said.includes('Promise 1: pending') && said.includes('nobody is left to settle it'), said.join('\n'));
  assert((await listOf('?s=future-promise&reply_ms=5')).includes('Promise 1: resolved'));
});

test('a fetch goes on for nobody where its future is dropped, and stops where that calls abort()', async () => {
  const said = await listOf('?s=abort');
  assert(said.some((text) => /^\d+ KB for nobody$/.test(text)), said.join('\n'));
  assert(said.includes('AbortError: the promise rejects') && said.includes('fetch: aborted') && said.includes('fetch: done'), said.join('\n'));
  const kept = await listOf('?s=abort&controller=kept');
  assert.equal(kept.filter((text) => /KB for nobody$/.test(text)).length, 2, kept.join('\n'));
  assert.equal(kept.filter((text) => text === 'fetch: done').length, 2);
});

test('await and a suspended stack have the value; a loop never has it, and the page gets no frame while it polls', async () => {
  const said = await listOf('?s=block-on&promise_ms=10&budget_ms=60');
  const [awaited, suspended, looped] = ['await', 'JSPI', 'busy loop'].map((name) => said.find((text) => text.startsWith(`${name}: `)));
  assert.match(awaited, /7 after \d+(\.\d)? ms$/);
  assert.match(suspended, /7 after \d+(\.\d)? ms$/);
  assert.match(looped, /budget spent$/);
  // Nothing comes between its only poll and what it writes in the end.
  const order = await orderOf('?s=block-on&promise_ms=10&budget_ms=60');
  assert.equal(order[order.indexOf('task 2, poll 1') + 1], 'None', order.join('\n'));
});

test('while a function is suspended its object is borrowed, and another one answers', async () => {
  const same = await listOf('?s=block-on&promise_ms=20&budget_ms=20');
  assert(same.includes('meanwhile, calls() on the same object: refused, it is borrowed'), same.join('\n'));
  assert(same.includes('afterwards, calls() on that object: 1'), same.join('\n'));
  for (const [meanwhile, call, then] of [['again', 'block_on()', '1'], ['frees', 'free()', 'refused, free() had taken its pointer first']]) {
    const said = await listOf(`?s=block-on&promise_ms=20&budget_ms=20&meanwhile=${meanwhile}`);
    assert(said.includes(`meanwhile, ${call} on the same object: refused, it is borrowed`), said.join('\n'));
    assert(said.includes(`afterwards, calls() on that object: ${then}`), said.join('\n'));
  }
  const other = await listOf('?s=block-on&promise_ms=20&budget_ms=20&meanwhile=other');
  assert(other.includes('meanwhile, calls() on another object: 0'), other.join('\n'));
});

test('where a browser has no JSPI, its module is not fetched, the run says so, and only await has the value', async () => {
  const page = await open('nowhere', { ready: false, fresh: true, reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    delete WebAssembly.Suspending;
    delete WebAssembly.promising;
    localStorage.setItem('pollscope', JSON.stringify({ view: 'lesson' }));
  });
  await page.goto(`${page.site}?s=block-on&promise_ms=10&budget_ms=20`);
  await page.locator('.hero-list li').first().waitFor({ state: 'attached' });
  await page.keyboard.press('End');
  await page.locator('.hero-list li', { hasText: 'JSPI: this browser cannot set a stack aside' }).waitFor({ state: 'attached' });
  assert.equal(await page.locator('.hero-list > li', { hasText: /^await: 7 after/ }).count(), 1);
  assert.deepEqual(page.requests.filter((url) => url.includes('suspended')), []);
  page.assertClean();
  await page.close();
});

test('one switch puts the tasks of live runs onto tracks of DevTools, and tags them', async () => {
  const page = await open('?s=promise-future&wait=5&rust_ms=10');
  const tracks = () => page.evaluate(() => performance.getEntriesByType('measure').filter(({ detail }) => detail?.devtools).map(({ detail, name, startTime, duration }) => ({ ...detail.devtools, name, startTime, duration })));
  await page.locator('.queues').first().waitFor();
  assert.deepEqual(await tracks(), []);
  await page.evaluate(() => {
    const create = console.createTask.bind(console);
    window.tagged = [];
    window.runs = 0;
    console.createTask = (name) => {
      window.tagged.push(name);
      const task = create(name);
      return { run: (f) => { window.runs += 1; return task.run(f); } };
    };
  });
  const before = await page.evaluate(() => performance.now());
  await page.getByRole('switch', { name: 'DevTools' }).click();
  await page.waitForFunction(() => performance.getEntriesByType('measure').some(({ detail }) => detail?.devtools));
  const shown = await tracks();
  assert.deepEqual([...new Set(shown.map(({ track }) => track))].sort(), ['1 ask', '2 reply']);
  assert(shown.every(({ dataType, trackGroup, startTime, duration }) => dataType === 'track-entry' && trackGroup.startsWith('Pollscope') && startTime >= before && duration >= 0), JSON.stringify(shown));
  const polls = shown.filter(({ name }) => /poll \d+$/.test(name));
  assert.deepEqual(polls.map(({ name, properties }) => `${name} ${properties[0].join(' ')}`).sort(), ['1 ask: poll 1 answer Pending', '1 ask: poll 2 answer Ready', '2 reply: poll 1 answer Pending', '2 reply: poll 2 answer Ready']);
  const ready = shown.filter(({ name }) => name === '1 ask: ready').map(({ properties }) => properties[0][1]);
  assert.deepEqual(ready, ['being spawned', 'promise 1']);
  // Each poll ran on behalf of its task.
  assert.deepEqual(await page.evaluate(() => [window.tagged, window.runs]), [['ask', 'reply'], 4]);
  assert.equal(await page.getByRole('switch', { name: 'DevTools' }).getAttribute('aria-checked'), 'true');
  page.assertClean();
  await page.close();
});

test('a stream’s source waits at its mark, and is cancelled with its reader, or left to the next one', async () => {
  const said = await listOf('?s=streams&read_ms=60');
  assert(said.includes('source: cancelled') && said.includes('queue: 3 chunks thrown away') && said.includes('7 chunks made'), said.join('\n'));
  const order = await orderOf('?s=streams&read_ms=60&gone=lets_go');
  assert(order.includes('chunk 5 is left') && order.indexOf('cancel()') > order.indexOf('reader dropped'), order.join('\n'));
});

test('a stream without room is asked as often as it is read, and so is a generator', async () => {
  for (const search of ['?s=streams&high_water=0', '?s=streams&read_as=generator']) {
    const said = await listOf(search);
    assert(said.includes('4 chunks made') || said.includes('5 chunks made'), `${search}\n${said.join('\n')}`);
  }
});

test('the body of a real fetch is a stream: its parts are recorded, and its reader’s drop ends the download', async () => {
  const page = await open('?s=streams&read_as=fetch&read_ms=60&high_water=1&stop_after=2');
  assert.match(await page.locator('.code').innerText(), /await fetch\(want\.file/);
  await page.keyboard.press('End');
  const order = await page.evaluate(() => [...document.querySelectorAll('.cards li b')].map((el) => el.textContent));
  assert.equal(order.filter((name) => /^32,768 bytes/.test(name)).length, 2, order.join('\n'));
  assert(order.includes('cancel()') && order.indexOf('cancel()') < order.indexOf('reader dropped'), order.join('\n'));
  assert(order.includes('nothing is left'), order.join('\n'));
  page.assertClean();
  await page.close();
  const said = await listOf('?s=streams&read_as=fetch_bytes&room=4096&stop_after=3&high_water=1&gone=lets_go');
  assert(said.some((text) => /^source: waits/.test(text) || /^source: cancelled/.test(text)), said.join('\n'));
});

for (const [handed, value] of [['nested', 'Hello from JavaScript'], ['thenable', 'Hello from JavaScript'], ['twice', 'Hello from JavaScript'], ['realm', 'Hello from JavaScript'], ['throws', 'bad line']]) {
  test(`what is given in a promise’s place comes to one value: ${handed}`, async () => {
    const order = await orderOf(`?s=promise-future&wait=10&rust_ms=20&handed=${handed}`);
    const how = handed === 'throws' ? 'Err' : 'Ok';
    assert.equal(order.filter((text) => text === `${how}(JsValue("${value}"))`).length, 1, order.join('\n'));
    assert.equal(order.filter((text) => /^task 1, poll/.test(text)).length, 2, order.join('\n'));
  });
}

/** What the picture's list says of a way to make one of two, at its end: of promises, and of futures. */
const WAYS = {
  'together=all': ['Promise.all() in JavaScript: → first, second', 'first: resolved', 'second: resolved', 'try_join in Rust: → Ok: first, second', 'first: Ready', 'second: Ready'],
  'together=all&outcome=reject': ['Promise.all() in JavaScript: → first failed', 'first: rejected', 'second: resolved, goes on, and changes nothing', 'try_join in Rust: → Err: first failed', 'first: Ready', 'second: dropped, and its timer is cleared'],
  'together=race': ['Promise.race() in JavaScript: → first', 'first: resolved', 'second: resolved, goes on, and changes nothing', 'race in Rust: → Ok: first', 'first: Ready', 'second: dropped, and its timer is cleared'],
  'together=race&outcome=never': ['Promise.race() in JavaScript: → second', 'first: pending, goes on, and changes nothing', 'second: resolved', 'race in Rust: → Ok: second', 'first: dropped, and its timer is cleared', 'second: Ready'],
  'together=any&outcome=reject': ['Promise.any() in JavaScript: → second', 'first: rejected', 'second: resolved', 'select_ok in Rust: → Ok: second', 'first: Ready', 'second: Ready'],
  'together=all_settled&outcome=reject': ['Promise.allSettled() in JavaScript: → rejected, fulfilled', 'first: rejected', 'second: resolved', 'join! in Rust: → Err("first failed"), Ok("second")', 'first: Ready', 'second: Ready'],
};

for (const [params, told] of Object.entries(WAYS)) {
  test(`two promises made into one, and two futures: ${params}`, async () => {
    const said = (await listOf(`?s=promise-future&wait=20&rust_ms=60&${params}`)).filter((text) => !text.startsWith('task '));
    assert.deepEqual(said, told);
  });
}
