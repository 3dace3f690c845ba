// Paper: light, whole, without controls, and painted for it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './support.mjs';

/** The mean lightness of what is painted on a canvas, from 0 to 1, and how many pixels that is. */
const lightness = (page, selector) => page.evaluate((at) => {
  const canvas = document.querySelector(at);
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  let [sum, n] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 128) continue;
    sum += (data[i] + data[i + 1] + data[i + 2]) / 765;
    n += 1;
  }
  return { mean: sum / n, painted: n };
}, selector);

for (const [search, canvas] of [['?s=state-machine&at=30', '.timeline canvas'], ['?s=call-centre&at=40', '.staffings canvas']]) {
  test(`${search} in the dark theme prints light and whole`, async () => {
    const [dark, light] = [await open(search, { colorScheme: 'dark' }), await open(search)];
    for (const page of [dark, light]) await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await dark.evaluate(() => getComputedStyle(document.body).color), await light.evaluate(() => getComputedStyle(document.body).color));
    assert.deepEqual(await lightness(dark, canvas), await lightness(light, canvas), 'what is painted is painted anew');
    const cut = await dark.evaluate(() => [...document.querySelectorAll('.stage, .pane, .pane > .body, .follow, .well ul, .narrator')]
      .filter((el) => el.checkVisibility() && (getComputedStyle(el).overflowY !== 'visible' || el.scrollHeight > el.clientHeight + 1)).map((el) => `${el.className} ${el.scrollHeight} of ${el.clientHeight}`));
    assert.deepEqual(cut, [], 'nothing is cut off');
    assert.deepEqual(await dark.evaluate(() => [...document.querySelectorAll('.transport, .rail, .tools, .play')].filter((el) => el.checkVisibility()).map((el) => el.className)), []);
    assert.equal(await dark.evaluate(() => getComputedStyle(document.querySelector('.gl')).printColorAdjust), 'exact', 'shapes are printed');
    await dark.evaluate(() => dispatchEvent(new Event('afterprint')));
    const { mean } = await lightness(dark, canvas);
    assert.notEqual(mean, (await lightness(light, canvas)).mean, 'and it is dark again');
    for (const page of [dark, light]) {
      page.assertClean();
      await page.close();
    }
  });
}

test('the browser’s own printing is told of in time', async () => {
  const page = await open('?s=state-machine&at=30', { colorScheme: 'dark', fresh: true });
  await page.evaluate(() => {
    addEventListener('beforeprint', () => { window.printed = getComputedStyle(document.documentElement).colorScheme; });
  });
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(await page.evaluate(() => window.printed), 'light');
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  assert(pages >= 3, `${pages} pages: all of the code`);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.print), undefined);
  await page.close();
});

test('a lesson prints its picture, all of its code, and nothing that is pressed or still veiled', async () => {
  const page = await open('?s=lost-wake', { view: 'lesson', colorScheme: 'dark', fresh: true });
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const seen = await page.evaluate(() => ({
    picture: document.querySelector('.hero-picture svg').getBoundingClientRect().height,
    lines: [...document.querySelectorAll('.code2 .source')].filter((source) => source.checkVisibility()).map((source) => [source.querySelectorAll('.ln').length, [...source.querySelectorAll('.ln')].filter((line) => line.checkVisibility()).length, getComputedStyle(source.querySelector('.follow')).overflowY]),
    pressed: [...document.querySelectorAll('button, input, .veil, [role="slider"]')].filter((el) => el.checkVisibility() && !el.closest('.val, .lead, .idea, .kept, .column')).map((el) => el.className || el.textContent),
    ground: getComputedStyle(document.querySelector('.hero')).backgroundColor,
  }));
  assert(seen.picture > 300, `${seen.picture}`);
  assert(seen.lines.length > 1 && seen.lines.every(([all, shown, overflow]) => all === shown && overflow === 'visible'), JSON.stringify(seen.lines));
  assert.deepEqual(seen.pressed, []);
  assert.equal(seen.ground, 'rgb(255, 255, 255)');
  page.assertClean();
  await page.close();
});

test('the start page prints light, and within the paper', async () => {
  const page = await open('', { colorScheme: 'dark', fresh: true, viewport: { width: 720, height: 1000 } });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('h1')).color), 'rgb(22, 25, 28)');
  assert(await page.evaluate(() => document.documentElement.scrollWidth) <= 720);
  await page.close();
});
