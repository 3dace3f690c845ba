// Nothing scrolls sideways, and no control is out of reach, in any scenario, language and width.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL } from './scenarios.mjs';
import { becomeReady, open } from './support.mjs';

const SIZES = [[390, 844], [768, 1024], [1280, 720], [1440, 900], [1920, 1080]];

/** Runs in the page. At the run's ends and its first event: how wide the page is, and the controls that are outside of it. */
function measure() {
  const wide = ['Home', 'ArrowRight', 'End'].map((key) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    return document.documentElement.scrollWidth;
  });
  const outside = [...document.querySelectorAll('.dock button, .bar button')]
    .filter((el) => el.checkVisibility()).map((el) => [el.ariaLabel ?? el.textContent, el.getBoundingClientRect()])
    .filter(([, box]) => box.left < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5).map(([name]) => name);
  return { wide: Math.max(...wide), outside };
}

for (const locale of ['en-GB', 'ko-KR']) {
  test(`nothing scrolls sideways, whatever the size of the window (${locale})`, async () => {
    const page = await open(`?s=${ALL[0]}`, { locale });
    for (const id of ALL) {
      if (id !== ALL[0]) await page.keyboard.press(']');
      await page.waitForURL(new RegExp(`s=${id}`));
      await becomeReady(page);
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        const { wide, outside } = await page.evaluate(measure);
        assert(wide <= width, `${id} is ${wide} wide at ${width} x ${height}`);
        assert.deepEqual(outside, [], `${id} at ${width} x ${height}: controls out of reach`);
      }
    }
    page.assertClean();
    await page.close();
  });
}

// This stage chooses what it shows when it is begun.
test('the wall does not scroll sideways, whatever the size of the window that it is opened in', async () => {
  const page = await open('?s=wall');
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await page.reload();
    await becomeReady(page);
    const { wide, outside } = await page.evaluate(measure);
    assert(wide <= width, `${wide} wide at ${width} x ${height}`);
    assert.deepEqual(outside, [], `controls out of reach at ${width} x ${height}`);
  }
  page.assertClean();
  await page.close();
});
