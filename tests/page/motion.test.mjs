// Nothing plays on for a reader who wants less motion, or who does not look.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursor } from './scenarios.mjs';
import { becomeReady, open } from './support.mjs';

const plays = (page) => page.getByRole('button', { name: 'Pause (space)' });
const stands = (page) => page.getByRole('button', { name: 'Play (space)' });

/** Says to the page that it is hidden, or seen again. */
const hide = (page, hidden) => page.evaluate((is) => {
  Object.defineProperty(document, 'hidden', { value: is, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, hidden);

for (const id of ['state-machine', 'wall']) {
  test(`${id}: less motion, turned on while it plays, ends the playing; who presses play wants it`, async () => {
    const page = await open(`?s=${id}`);
    if (id !== 'wall') await page.keyboard.press(' ');
    await plays(page).waitFor();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await stands(page).waitFor();
    await page.keyboard.press(' ');
    await plays(page).waitFor();
    page.assertClean();
    await page.close();
  });
}

test('a page that is hidden does not play on, and goes on where it was when it is seen again', async () => {
  const page = await open('?s=state-machine');
  await page.keyboard.press('.');
  await page.keyboard.press(' ');
  await page.waitForFunction(() => Number(document.querySelector('.where b').textContent) >= 2);
  await hide(page, true);
  const before = await cursor(page);
  // Four events' time, by the page's own timers.
  await page.evaluate(() => new Promise((over) => { setTimeout(over, 250); }));
  assert.equal(await cursor(page), before);
  await plays(page).waitFor();
  await hide(page, false);
  await page.waitForFunction((at) => Number(document.querySelector('.where b').textContent) > at, before);
  page.assertClean();
  await page.close();
});

test('a measurement moves nothing, and is not ended by less motion', async () => {
  const page = await open('?s=zero-cost&rounds=101&round=100');
  await page.locator('.dock .play').click();
  await page.locator('.dock .ic-pause').waitFor();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await page.locator('.dock .ic-pause').count(), 1);
  await page.keyboard.press('[');
  await page.waitForURL(/s=mutex/);
  await becomeReady(page);
  await page.close();
});
