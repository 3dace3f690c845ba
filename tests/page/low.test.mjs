// Enlarged three and four times, a page is a low window: there it scrolls as a whole, everything can be reached, and one row
// of controls stays at its foot. In any other window it does not scroll at all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, open, railLink } from './support.mjs';

/** One scenario of each stage. */
const IDS = ['call-centre', 'wall', 'lazy', 'state-machine', 'moving', 'zero-cost', 'promise-future'];

/** Runs in the page, at both ends of it. */
async function measure() {
  const foot = () => {
    const row = [...document.querySelectorAll('.transport, [data-stage="wall"] .readout')].at(-1).getBoundingClientRect();
    return { height: row.height, bottom: Math.round(row.bottom), top: row.top };
  };
  scrollTo(0, 0);
  const first = foot();
  scrollTo(0, 1e6);
  const [last, stage] = [foot(), document.querySelector('.stage').getBoundingClientRect()];
  const small = [...document.querySelectorAll('.stage > .pane')].filter((el) => el.checkVisibility()).map((el) => [el.className, el.getBoundingClientRect().height]).filter(([, height]) => height < 60);
  scrollTo(0, 0);
  return { first, last, hidden: stage.bottom - last.top, small, wide: document.documentElement.scrollWidth };
}

const LOW = [[320, 180], [320, 256], [640, 360], [844, 390], [1280, 480]];
const HIGH = [[640, 512], [390, 844], [1440, 900]];

for (const id of IDS) {
  test(`${id}: in a low window all can be reached, and in a high one nothing scrolls`, async () => {
    const page = await open(`?s=${id}`);
    for (const step of ['first', 'next']) {
      if (step === 'next') await page.keyboard.press('ArrowRight');
      for (const [width, height] of LOW) {
        await page.setViewportSize({ width, height });
        const { first, last, hidden, small, wide } = await page.evaluate(measure);
        const where = `${width} x ${height}, ${step} step`;
        assert.deepEqual([first.bottom, last.bottom], [height, height], `${where}: the controls stay at the foot`);
        assert(first.height <= 66, `${where}: in one row of ${first.height}`);
        assert(hidden <= 1, `${where}: ${hidden} px of the stage lie under them at the end`);
        assert.deepEqual(small, [], `${where}: every pane has room`);
        assert(wide <= width, `${where}: ${wide} wide`);
      }
      for (const [width, height] of HIGH) {
        await page.setViewportSize({ width, height });
        const tall = await page.evaluate(() => document.documentElement.scrollHeight);
        assert(tall <= height, `${tall} high at ${width} x ${height}, ${step} step`);
      }
    }
    page.assertClean();
    await page.close();
  });
}

test('the list of scenarios opens in the place of the stage', async () => {
  const page = await open('?s=lazy');
  for (const [width, id] of [[320, 'blocking'], [1280, 'rules']]) {
    await page.setViewportSize({ width, height: 320 });
    await page.getByRole('button', { name: 'Scenarios' }).click();
    await railLink(page, id).click();
    await page.waitForURL(new RegExp(`s=${id}`));
    await becomeReady(page);
  }
  page.assertClean();
  await page.close();
});
