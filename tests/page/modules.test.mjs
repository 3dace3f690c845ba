// The page's modules: each is fetched when the first of its scenarios is opened, and a run belongs to the module
// that made it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, open } from './support.mjs';

const at = (page) => page.locator('.where b').innerText();
/** The page's modules that were asked for. */
const fetched = (page) => ['pollscope', 'using', 'tasks', 'promises'].filter((name) => page.requests.some((url) => url.endsWith(`/engine/${name}_bg.wasm`)));

/** Opens the next scenario of the list, and waits until its views are there. */
async function leaveFor(page, key, pane) {
  await page.keyboard.press(key);
  await page.locator(pane).first().waitFor();
  await becomeReady(page);
}

test('a first load of call-centre fetches no other module', async () => {
  const page = await open('?s=call-centre');
  await page.keyboard.press('End');
  assert.deepEqual(fetched(page), ['pollscope']);
  page.assertClean();
  await page.close();
});

test('a link opens a scenario of the second module, at its step', async () => {
  const page = await open('?s=moving&moves=2&at=3');
  assert.deepEqual(fetched(page), ['pollscope', 'tasks']);
  assert.equal(await at(page), '3');
  assert(await page.locator('.source .ln').count() > 20, 'its code is there');
  await page.locator('.predict input').first().check();
  await page.keyboard.press('End');
  assert.equal(await page.locator('.predict label.right').count(), 1, 'its question is answered');
  page.assertClean();
  await page.close();
});

test('there and back again between the modules, each run at its step', async () => {
  const page = await open('?s=state-machine');
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('ArrowRight');
  const before = await page.locator('main').innerText();
  assert.deepEqual(fetched(page), ['pollscope']);
  await leaveFor(page, ']', '.slots');
  assert.deepEqual(fetched(page), ['pollscope', 'tasks']);
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
  const told = await page.locator('.narrator').innerText();
  await page.waitForURL(/at=4/);
  await page.goBack();
  await page.locator('.machine').first().waitFor();
  await becomeReady(page);
  assert.equal(await at(page), '9');
  assert.equal(await page.locator('main').innerText(), before);
  await page.goForward();
  await page.locator('.slots').first().waitFor();
  await becomeReady(page);
  assert.equal(await at(page), '4');
  // The addresses are those of another run.
  const unplaced = (text) => text.replaceAll(/0x[\da-f_]+/g, '');
  assert.equal(unplaced(await page.locator('.narrator').innerText()), unplaced(told));
  page.assertClean();
  await page.close();
});

test('a panic in one module leaves the other as it is', async () => {
  const page = await open('?s=moving');
  await page.keyboard.press('ArrowRight');
  await leaveFor(page, '[', '.machine');
  await page.locator('#field-line').selectOption('cut');
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /panic/);
  await leaveFor(page, ']', '.slots');
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /over/);
  await leaveFor(page, '[', '.machine');
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /over/);
  page.assertClean();
  await page.close();
});

test('a module that cannot be fetched is said to be missing, and is fetched when it is asked for again', async () => {
  const page = await open('?s=state-machine');
  await page.route('**/tasks_bg.wasm', (route) => route.abort());
  await page.keyboard.press(']');
  await page.locator('.notice.bad:not([hidden])').waitFor();
  await page.keyboard.press('ArrowRight');
  assert.equal(await at(page), '1', 'what was open stays');
  await page.unroute('**/tasks_bg.wasm');
  await leaveFor(page, ']', '.slots');
  await page.keyboard.press('ArrowRight');
  assert.equal(await at(page), '1');
  await page.close();
});
