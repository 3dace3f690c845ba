// Canvases have the pixels and the colours of where they are seen, and get others without a step.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, open, startBrowser } from './support.mjs';

/**
 * The bitmap's size, and the pixels that its box is snapped to. Where a scale is emulated the browser may say that box in
 * CSS px: then what is right is the box times the scale.
 */
const sizes = (page, selector) => page.evaluate((at) => new Promise((done) => {
  const canvas = document.querySelector(at);
  const observer = new ResizeObserver(([{ devicePixelContentBoxSize: [{ inlineSize, blockSize }] }]) => {
    observer.disconnect();
    const { width, height } = canvas.getBoundingClientRect();
    const near = [width * devicePixelRatio, height * devicePixelRatio];
    const box = [inlineSize, blockSize];
    const isSnapped = box.every((length, i) => Math.abs(length - near[i]) < 1);
    // After the page's own observers, which were there before.
    requestAnimationFrame(() => done({ bitmap: [canvas.width, canvas.height], box: isSnapped ? box : near.map(Math.round) }));
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
  // Side by side, as real screens: what is emulated tells no media query that it has changed.
  const scales = [1, 2, 1.5];
  const screens = scales.map((scale, i) => `{${i * 4000},0 1600x1000 devicePixelRatio=${scale}}`);
  const browser = await startBrowser(`--screen-info=${screens.join('')}`);
  const used = await open('', { ready: false });
  const { site } = used;
  await used.close();
  const context = await browser.newContext({ viewport: null });
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem('pollscope', JSON.stringify({ view: 'all' })));
  await page.goto(`${site}?s=state-machine&at=30`);
  await becomeReady(page);
  const client = await context.newCDPSession(page);
  const { windowId } = await client.send('Browser.getWindowForTarget');
  for (const i of [1, 2, 0]) {
    await client.send('Browser.setWindowBounds', { windowId, bounds: { left: i * 4000 + 20, top: 20, width: 1200, height: 800 } });
    await page.waitForFunction((scale) => devicePixelRatio === scale, scales[i]);
    for (const canvas of CANVASES) {
      await page.waitForFunction(([at, scale]) => {
        const { width, clientWidth } = document.querySelector(at);
        return Math.abs(width - clientWidth * scale) <= 1;
      }, [canvas, scales[i]]);
      const { bitmap, box } = await sizes(page, canvas);
      assert.deepEqual(bitmap, box, `${canvas} at ${scales[i]}`);
    }
  }
  await browser.close();
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
