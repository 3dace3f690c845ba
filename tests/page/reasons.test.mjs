// Why something is not there is said in words, and in the right ones.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { cursor } from './scenarios.mjs';
import { becomeReady, dist, open, railLink } from './support.mjs';

/** The one sentence that stands where there is no page. */
const sentence = async (page) => {
  await page.waitForFunction(() => [...document.querySelectorAll('.boot')].some((el) => el.checkVisibility({ visibilityProperty: true })));
  return page.locator('.boot:visible').evaluateAll((all) => all.map((el) => el.id));
};
const never = () => {};

/** The page, by whose policy nothing is compiled. */
function withoutWebAssembly() {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const forbids = html.replace(" 'wasm-unsafe-eval'", '');
  assert.notEqual(forbids, html);
  return forbids;
}

for (const [what, expected, prepare] of [
  ['a page whose script is not there', 'unfetched', (page) => page.route('**/main.js', (route) => route.fulfill({ status: 404, body: '' }))],
  ['a script that this browser cannot read', 'boot', (page) => page.route('**/main.js', (route) => route.fulfill({ contentType: 'text/javascript', body: 'let ?= 1;' }))],
  ['a browser without WebAssembly', 'forbidden', (page) => page.addInitScript(() => { delete globalThis.WebAssembly; })],
  ['a policy that forbids WebAssembly', 'forbidden', (page) => page.route(/\?s=call-centre$/, (route) => route.fulfill({ contentType: 'text/html', body: withoutWebAssembly() }))],
  ['a viewer that is not there', 'unfetched', (page) => page.route('**/viewer_bg.wasm', (route) => route.abort())],
  ['a script that does not arrive', 'slow', (page) => page.route('**/main.js', never)],
  ['a viewer that does not arrive', 'slow', (page) => page.route('**/viewer_bg.wasm', never)],
]) {
  test(`${what}: ${expected}`, async () => {
    const page = await open('nowhere', { ready: false, fresh: true });
    if (expected === 'slow') await page.clock.install();
    await prepare(page);
    await page.goto(`${page.site}?s=call-centre`, { waitUntil: 'commit' });
    if (expected === 'slow') {
      await page.waitForFunction(() => document.querySelector('#slow') && document.querySelector('#boot').hidden);
      assert.deepEqual(await page.locator('.boot:visible').count(), 0, 'not at once');
      await page.clock.fastForward(5000);
    }
    assert.deepEqual(await sentence(page), [expected]);
    await page.close();
  });
}

test('opened as a file: that it needs a server', async () => {
  const page = await open('nowhere', { ready: false, fresh: true });
  await page.goto(`${pathToFileURL(join(dist, 'index.html')).href}?s=call-centre`);
  assert.deepEqual(await sentence(page), ['file']);
  await page.close();
});

test('in a frame without an origin: that the frame is why', async () => {
  const page = await open('nowhere', { ready: false, fresh: true });
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.src = './?s=call-centre';
    document.body.append(frame);
  });
  await page.frameLocator('iframe').locator('#sandboxed').waitFor();
  await page.close();
});

test('a module that does not arrive is said to be on its way, can be stopped, and what was open stays', async () => {
  const page = await open('?s=lazy&at=3', { fresh: true });
  await page.route('**/tasks_bg.wasm', never);
  await railLink(page, 'state-machine').click();
  const working = page.locator('.notice.work:not([hidden])');
  await working.waitFor();
  assert.match(await working.innerText(), /^Fetching what it needs/);
  await page.keyboard.press('ArrowRight');
  assert.equal(await cursor(page), 4);
  await working.getByRole('button', { name: 'Stop here' }).click();
  await page.locator('.notice.bad', { hasText: 'You stopped the run before its first event' }).waitFor();
  await becomeReady(page);
  assert.equal(await working.count(), 0);
  await page.keyboard.press('ArrowRight');
  assert.equal(await cursor(page), 5);
  await railLink(page, 'blocking').click();
  await page.waitForURL(/s=blocking/);
  await becomeReady(page);
  await page.close();
});

test('a live recording under a clock that stands still is told as such', async () => {
  const page = await open('?s=lazy', { fresh: true });
  await page.evaluate(() => { Performance.prototype.now = () => 5; });
  await railLink(page, 'promise-future').click();
  await page.locator('html[data-stage="queues"]').waitFor({ state: 'attached' });
  await page.locator('#field-outcome').selectOption('never');
  await page.locator('.notice.bad', { hasText: 'clock stood still' }).waitFor();
  await page.close();
});

test('a browser that stores nothing: it is said in the list, and to a reader who changes what would be kept', async () => {
  const page = await open('nowhere', { ready: false, fresh: true });
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
  });
  await page.goto(`${page.site}?s=call-centre`);
  await becomeReady(page);
  // The list is behind its button.
  await page.getByRole('button', { name: 'Scenarios' }).click();
  await page.locator('.rail .unkept', { hasText: 'Nothing is kept' }).waitFor();
  assert.equal(await page.locator('.notice:not([hidden])').count(), 0, 'nobody is held up');
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.locator('.notice', { hasText: 'until the page is closed' }).waitFor();
  page.assertClean();
  await page.close();
  const other = await open('?s=call-centre');
  assert.equal(await other.locator('.rail .unkept').isHidden(), true);
  await other.close();
});
