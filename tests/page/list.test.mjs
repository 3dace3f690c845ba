// A parameter that is a list: in the form its items are moved by keys and dragged, added and taken out; the address spells it one
// way, and a wrong one is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, becomeReady, linkOf, open } from './support.mjs';

/** Waits until the list is this one, and run. @param {object} page @param {...string} items */
async function has(page, ...items) {
  await page.waitForFunction((all) => [...document.querySelectorAll('#field-left .item')].map((el) => el.textContent).join() === all, items.join());
  await becomeReady(page);
}
const item = (page, name, field = 'left') => page.locator(`#field-${field} .item[data-item="${name}"]`);
const given = async (page, field = 'left') => new URL(await linkOf(page), page.site).searchParams.get(field);
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-item'));

/** Opens the form where the sentence has the list. @param {object} [options] */
async function opened(options) {
  const page = await open('?s=service-layer', { view: 'lesson', ...options });
  await page.getByRole('button', { name: /^left stack: / }).click();
  return page;
}

test('the sentence opens the form at the list; up and down move an item, Delete takes it out, and it keeps the focus', async () => {
  const page = await opened();
  assert.equal(await focused(page), 'timeout');
  await has(page, 'Timeout', 'Retry');
  await page.keyboard.press('ArrowUp');
  await has(page, 'Timeout', 'Retry');
  await page.keyboard.press('ArrowDown');
  await has(page, 'Retry', 'Timeout');
  assert.equal(await focused(page), 'timeout');
  assert.equal(await given(page), 'retry.timeout');
  assert.match(await page.locator('.with').innerText(), /Left: Retry › Timeout; right: Retry › Timeout/);
  await page.keyboard.press('Delete');
  await has(page, 'Retry');
  assert.equal(await focused(page), 'retry');
  await page.keyboard.press('Backspace');
  await has(page);
  assert.equal(await given(page), 'none');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'SELECT', 'there is only what can be added');
  await page.locator('#field-left select').selectOption('log');
  await has(page, 'Log');
  await page.locator('#field-left select').selectOption('retry');
  await has(page, 'Log', 'Retry');
  assert.equal(await given(page), 'log.retry');
  assert.deepEqual(await axe(page), []);
  page.assertClean();
  await page.close();
});

test('an item is dragged over another one, and taken out by its button', async () => {
  const page = await opened();
  const { x, y } = await item(page, 'retry').boundingBox();
  const first = await item(page, 'timeout').boundingBox();
  await page.mouse.move(x + 20, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + 20, first.y + 6);
  await page.mouse.move(x + 20, first.y + 2);
  await page.mouse.up();
  await has(page, 'Retry', 'Timeout');
  await page.getByRole('button', { name: 'take Timeout out' }).first().click();
  await has(page, 'Retry');
  assert.equal(await given(page), 'retry');
  // As it was at first, it is no part of the address.
  await page.locator('#field-left select').selectOption('timeout');
  await has(page, 'Retry', 'Timeout');
  await item(page, 'timeout').press('ArrowUp');
  await has(page, 'Timeout', 'Retry');
  assert.equal(await given(page), null);
  page.assertClean();
  await page.close();
});

test('a list that has an item twice, or one that there is not, is told, and the defaults are run', async () => {
  for (const list of ['retry.retry', 'retry.cat', 'retry..timeout', 'timeout,retry']) {
    const page = await open(`?s=service-layer&left=${list}`, { view: 'lesson' });
    assert.match(await page.locator('.notices').innerText(), /left stack is none or some of Log, Timeout/, list);
    assert.match(await page.locator('.with').innerText(), /Left: Timeout › Retry/);
    page.assertClean();
    await page.close();
  }
});

test('a guess that two swapped items would have made right is answered by them', async () => {
  const page = await open('?s=service-layer', { view: 'lesson' });
  await page.locator('.guess label', { hasText: 'through both' }).click();
  await page.keyboard.press('End');
  await page.locator('.closing', { hasText: 'left stack: Retry › Timeout' }).waitFor();
  page.assertClean();
  await page.close();
});
