// The page's modules: the viewer is fetched once, and each runner when the first of its scenarios is opened.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, linkOf, open, railLink } from './support.mjs';

const at = (page) => page.locator('.where b').innerText();
/** The page's modules that were asked for. */
const fetched = (page) => ['viewer', 'first', 'using', 'tasks', 'pinning', 'caveats', 'promises', 'ecosystem'].filter((name) => page.requests.some((url) => url.endsWith(`/engine/${name}_bg.wasm`)));

/** Opens the next scenario of the list, and waits until its views are there. */
async function leaveFor(page, key, pane) {
  await page.keyboard.press(key);
  await page.locator(pane).first().waitFor();
  await becomeReady(page);
}

test('a first load of call-centre fetches its runner, and no other', async () => {
  const page = await open('?s=call-centre');
  await page.keyboard.press('End');
  assert.deepEqual(fetched(page), ['viewer', 'first']);
  page.assertClean();
  await page.close();
});

test('a link opens a scenario of another runner, at its step', async () => {
  const page = await open('?s=moving&moves=2&at=3');
  assert.deepEqual(fetched(page), ['viewer', 'tasks']);
  assert.equal(await at(page), '3');
  assert(await page.locator('.source .ln').count() > 20, 'its code is there');
  await page.locator('.predict input').first().check();
  await page.keyboard.press('End');
  assert.equal(await page.locator('.predict label.right').count(), 1, 'its question is answered');
  page.assertClean();
  await page.close();
});

test('there and back again between the modules, each run at its step', async () => {
  const page = await open('?s=call-centre');
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('ArrowRight');
  const before = await page.locator('.narrator').innerText();
  assert.deepEqual(fetched(page), ['viewer', 'first']);
  await leaveFor(page, ']', 'html[data-stage="workers"]');
  assert.deepEqual(fetched(page), ['viewer', 'first', 'using']);
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
  const said = await page.locator('.narrator').innerText();
  // The address has the last step, and not one on the way.
  await linkOf(page);
  await page.goBack();
  await page.locator('html[data-stage="staffings"]').waitFor();
  await becomeReady(page);
  assert.equal(await at(page), '9');
  assert.equal(await page.locator('.narrator').innerText(), before);
  await page.goForward();
  await page.locator('html[data-stage="workers"]').waitFor();
  await becomeReady(page);
  assert.equal(await at(page), '4');
  assert.equal(await page.locator('.narrator').innerText(), said);
  page.assertClean();
  await page.close();
});

test('a panic in one module leaves the other as it is', async () => {
  const page = await open('?s=call-centre');
  await page.keyboard.press('ArrowRight');
  /** @param {string} scenario @param {string} stage */
  const choose = async (scenario, stage) => {
    await railLink(page, scenario).click();
    await page.locator(`html[data-stage="${stage}"]`).waitFor();
    await becomeReady(page);
  };
  await choose('state-machine', 'scene');
  await page.locator('#field-line').selectOption('cut');
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /panic/);
  await choose('call-centre', 'staffings');
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /over/);
  await choose('state-machine', 'scene');
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /over/);
  page.assertClean();
  await page.close();
});

test('a module that cannot be fetched is said to be missing, and is fetched when it is asked for again', async () => {
  const page = await open('?s=call-centre');
  await page.route('**/using_bg.wasm', (route) => route.abort());
  await page.keyboard.press(']');
  await page.locator('.notice.bad:not([hidden])').waitFor();
  await page.keyboard.press('ArrowRight');
  assert.equal(await at(page), '1', 'what was open stays');
  await page.unroute('**/using_bg.wasm');
  await leaveFor(page, ']', 'html[data-stage="workers"]');
  await page.keyboard.press('ArrowRight');
  assert.equal(await at(page), '1');
  await page.close();
});
