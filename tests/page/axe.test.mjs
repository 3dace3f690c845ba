// What axe finds in every scenario: nothing, before the run, in its middle and at its end, in light and in dark.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRACED, length } from './scenarios.mjs';
import { COLOURS, axe, open } from './support.mjs';

/** Presses the page's switch, and says which theme it is then. */
const switchTheme = (page) => page.evaluate(() => {
  document.querySelector('.bar button:has(.ic-theme)').click();
  return getComputedStyle(document.documentElement).colorScheme;
});

for (const id of TRACED) {
  test(`${id}: axe finds nothing, in light and in dark`, async () => {
    const page = await open(`?s=${id}`, { reducedMotion: 'reduce' });
    const check = async (where) => {
      assert.deepEqual(await axe(page), [], where);
      assert.equal(await switchTheme(page), 'dark');
      assert.deepEqual(await axe(page, COLOURS), [], `${where}, in dark`);
      assert.equal(await switchTheme(page), 'light');
    };
    await check('before the first event');
    for (let k = Math.min(12, await length(page)); k > 0; k -= 1) await page.keyboard.press('ArrowRight');
    await check('in mid-run');
    await page.keyboard.press('End');
    await check('at the end');
    page.assertClean();
    await page.close();
  });
}

test('a contrast that is too low is found, by all rules and by those about colours', async () => {
  const page = await open('?s=lazy', { reducedMotion: 'reduce' });
  await page.evaluate(() => document.querySelector('.idea p').style.setProperty('color', 'color-mix(in srgb, currentcolor 20%, Canvas)'));
  for (const options of [{}, COLOURS]) assert.match((await axe(page, options)).join(), /color-contrast/);
  await page.close();
});
