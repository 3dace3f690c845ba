// What is said aloud, in the page's one live region: where one comes to rest, once; and what nobody would know otherwise.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL } from './scenarios.mjs';
import { becomeReady, open } from './support.mjs';

/** From here on all that is said is kept, in order. */
const listen = (page) => page.evaluate(() => {
  window.said = [];
  new MutationObserver(() => window.said.push(document.querySelector('#aloud').textContent)).observe(document.querySelector('#aloud'), { childList: true });
});
/** What was said, once something that fits was. */
async function said(page, pattern) {
  await page.waitForFunction((source) => window.said.some((one) => new RegExp(source).test(one)), pattern.source);
  return page.evaluate(() => window.said.splice(0));
}
/** Presses keys in the page, one right after the other: held down, all but the first are repeats. */
const press = (page, keys, isHeld = false) => page.evaluate(({ keys, isHeld }) => {
  keys.forEach((key, i) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, repeat: isHeld && i > 0, bubbles: true, cancelable: true })));
}, { keys, isHeld });
const release = (page) => page.evaluate(() => dispatchEvent(new KeyboardEvent('keyup')));
const narrator = (page) => page.locator('.narrator').evaluate((el) => el.textContent);

test('there is one live region in every scenario, and it says nothing of a page that was opened', async () => {
  const page = await open('?s=call-centre');
  for (const id of ALL) {
    if (id !== ALL[0]) await page.keyboard.press(']');
    else assert.equal(await page.locator('#aloud').innerText(), '');
    await page.waitForURL(new RegExp(`s=${id}`));
    await becomeReady(page);
    const live = await page.evaluate(() => [...document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log], output')].map((el) => el.id || el.className));
    assert.deepEqual(live, ['aloud'], id);
  }
  page.assertClean();
  await page.close();
});

test('a step is one sentence, and many steps are the last one', async () => {
  const page = await open('?s=state-machine');
  await listen(page);
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await said(page, /./), [await narrator(page)]);
  await press(page, Array(9).fill('ArrowRight'));
  assert.deepEqual(await said(page, /./), [await narrator(page)]);
  page.assertClean();
  await page.close();
});

test('a key that is held is silent until it is let go', async () => {
  const page = await open('?s=state-machine');
  await listen(page);
  await press(page, Array(20).fill('ArrowRight'), true);
  // So long as any rest would be, by the page's own clock.
  await page.evaluate(() => new Promise((over) => { setTimeout(over, 1000); }));
  assert.deepEqual(await page.evaluate(() => window.said), []);
  await release(page);
  assert.deepEqual(await said(page, /./), [await narrator(page)]);
  page.assertClean();
  await page.close();
});

test('what is played is silent, and where it stops is said', async () => {
  const page = await open('?s=lazy');
  await listen(page);
  await page.keyboard.press(' ');
  await page.waitForFunction(() => Number(document.querySelector('.where b').textContent) >= 5);
  assert.deepEqual(await page.evaluate(() => window.said), []);
  await page.keyboard.press(' ');
  assert.deepEqual(await said(page, /./), [await narrator(page)]);
  page.assertClean();
  await page.close();
});

test('the end is one utterance, of the sentence and the verdict', async () => {
  const page = await open('?s=lazy');
  await listen(page);
  await page.locator('.predict input').first().check();
  // That the guess is kept is said before, however long that takes.
  await said(page, /./);
  await page.keyboard.press('End');
  const [one, ...more] = await said(page, /Not so:|Right:/);
  assert.deepEqual(more, []);
  assert.equal(one, `${await narrator(page)} ${await page.locator('.verdict').first().evaluate((el) => el.textContent)}`);
  page.assertClean();
  await page.close();
});

test('with the focus on the scrubber its value says all of it, when one comes to rest, and nothing else does', async () => {
  const page = await open('?s=lazy');
  await listen(page);
  const slider = page.getByRole('slider');
  await slider.focus();
  const text = () => slider.getAttribute('aria-valuetext');
  const before = await text();
  await press(page, Array(4).fill('ArrowRight'), true);
  assert.equal(await text(), before, 'not while it is held');
  await release(page);
  await page.waitForFunction((was) => document.querySelector('.scrub').getAttribute('aria-valuetext') !== was, before);
  assert.equal(await text(), `event 4 of ${await slider.getAttribute('aria-valuemax')}, 0 ms. ${await narrator(page)}`);
  assert.equal(await slider.getAttribute('aria-valuenow'), '4');
  assert.deepEqual(await page.evaluate(() => window.said), []);
  page.assertClean();
  await page.close();
});

test('another scenario, a run made anew, a task in focus, a speed and a pane are said', async () => {
  const page = await open('?s=lazy');
  await listen(page);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press(']');
  assert.match((await said(page, /Three waits/)).join(), /^Three waits: add up, or overlap\? Nothing has happened yet/);
  await becomeReady(page);
  await page.keyboard.press('r');
  assert.match((await said(page, /was made/)).at(-1), /^The run was made: \d+ events\. Nothing has happened yet/);
  await page.keyboard.press('2');
  assert.deepEqual(await said(page, /focus/), ['Task 2 is in focus.']);
  await page.keyboard.press('2');
  assert.deepEqual(await said(page, /focus/), ['No task is in focus.']);
  await page.keyboard.press('.');
  assert.deepEqual(await said(page, /Speed/), ['Speed 4×']);
  await page.getByRole('button', { name: 'Dark' }).focus();
  assert.equal(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed'), 'false');
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed'), 'true');
  await page.keyboard.press('f');
  assert.match((await said(page, /open/)).join(), /What if.* is open, beside the code/);
  page.assertClean();
  await page.close();
});

test('who waits at what holds a waker is said when that has the focus', async () => {
  const page = await open('?s=state-machine&at=30');
  await listen(page);
  await page.locator('.holder').first().focus();
  assert.match((await said(page, /waits? there/)).join(), /9 ms timer: task 1 waits there|tasks 1, 2 wait there/);
  page.assertClean();
  await page.close();
});
