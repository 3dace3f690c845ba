// Canvases have the pixels and the colours of where they are seen, and get others without a step.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './support.mjs';

/** The bitmap's size, and the pixels that its box is snapped to. */
const sizes = (page, selector) => page.evaluate((at) => new Promise((done) => {
  const canvas = document.querySelector(at);
  const observer = new ResizeObserver(([{ devicePixelContentBoxSize: [box] }]) => {
    observer.disconnect();
    // After the page's own observers, which were there before.
    requestAnimationFrame(() => done({ bitmap: [canvas.width, canvas.height], box: [box.inlineSize, box.blockSize] }));
  });
  observer.observe(canvas, { box: 'device-pixel-content-box' });
}), selector);

const CANVASES = ['.timeline canvas', '.scrub canvas'];

for (const scale of [1, 1.1, 1.25, 1.75]) {
  test(`a canvas has a pixel for each of the screen’s at ${scale * 100} %`, async () => {
    const page = await open('?s=state-machine&at=30', { deviceScaleFactor: scale, viewport: { width: 1437, height: 893 } });
    for (const canvas of CANVASES) {
      const { bitmap, box } = await sizes(page, canvas);
      assert.deepEqual(bitmap, box, canvas);
    }
    page.assertClean();
    await page.close();
  });
}

test('on a screen of other pixels all is sharp without a step', async () => {
  const page = await open('?s=state-machine&at=30', { fresh: true });
  const client = await page.context().newCDPSession(page);
  for (const deviceScaleFactor of [2, 1.5, 1]) {
    await client.send('Emulation.setDeviceMetricsOverride', { width: 1440, height: 900, deviceScaleFactor, mobile: false });
    await page.waitForFunction((scale) => devicePixelRatio === scale, deviceScaleFactor);
    for (const canvas of CANVASES) {
      const { bitmap, box } = await sizes(page, canvas);
      assert.deepEqual(bitmap, box, `${canvas} at ${deviceScaleFactor}`);
    }
  }
  page.assertClean();
  await page.close();
});

test('a contrast theme that is turned on is painted in at once, scrubber and staffings too', async () => {
  for (const [search, canvases] of [['?s=state-machine&at=30', CANVASES], ['?s=call-centre&at=40', ['.staffings canvas']]]) {
    const page = await open(search);
    const picture = (canvas) => page.locator(canvas).first().evaluate((el) => el.toDataURL());
    const before = await Promise.all(canvases.map(picture));
    await page.emulateMedia({ forcedColors: 'active' });
    for (const [i, canvas] of canvases.entries()) {
      await page.waitForFunction(([at, was]) => document.querySelector(at).toDataURL() !== was, [canvas, before[i]]);
    }
    const fresh = await open(search, { forcedColors: 'active' });
    for (const canvas of canvases) {
      assert.equal(await picture(canvas), await fresh.locator(canvas).first().evaluate((el) => el.toDataURL()), `${canvas}: as if it was opened so`);
    }
    await fresh.close();
    page.assertClean();
    await page.close();
  }
});
