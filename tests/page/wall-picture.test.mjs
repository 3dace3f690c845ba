// The wall as it looks: its colours, on a card or without, at each density; and what a pixel says of its future.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, open } from './support.mjs';
import { card, colours, field, figure, over, pause, sentence, spawned, state, token } from './wall.mjs';

test('pixels are coloured by state, and the paper is seen where there is no future', async () => {
  const page = await open('?s=wall&futures=30000&mean=400&pattern=rain');
  await spawned(page);
  await page.waitForTimeout(1500);
  // While it runs: what was painted last are those who were woken, before they were polled.
  const seen = await colours(page);
  const has = async (name, least) => assert(seen[await token(page, name)] >= least, `${name}: ${seen[await token(page, name)]} pixels`);
  await has('--paper', 1000);
  await has('--st-ready', 100);
  await has('--st-running', 100);
  assert(Object.keys(seen).length > 30, 'a poll fades');
  page.assertClean();
  await page.close();

  // One wait each, then all of them are done, and nothing else is painted.
  const done = await open('?s=wall&futures=30000&mean=100&ends=one');
  await over(done);
  assert.match(await sentence(done), /All 30,000 futures are done/);
  assert.equal(await state(done, 'done'), 30_000);
  assert.equal(Object.keys(await colours(done)).length, 3, 'two tones of done, and the paper');
  done.assertClean();
  await done.close();
});

test('a graphics card paints the same colours', async () => {
  const search = '?s=wall&futures=30000&mean=100&ends=one';
  const plain = await open(search);
  await over(plain);
  await plain.locator('.zooms button').first().click();
  const expected = await colours(plain);
  await plain.close();
  // Software that says it is a card: what it paints is what a card would.
  const page = await open('?s=moving');
  await page.addInitScript(() => {
    const { getParameter } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.getParameter = function told(name) {
      return name === 0x9246 ? 'A card' : getParameter.call(this, name);
    };
  });
  await page.goto(page.url().split('?')[0] + search);
  await over(page);
  await field(page).focus();
  const [painted, isCard] = await page.evaluate(() => {
    const canvas = document.querySelector('.field-of-view canvas');
    // A key paints at once, and what was painted is there until this script ends.
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '-', bubbles: true, cancelable: true }));
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const pen = copy.getContext('2d');
    pen.drawImage(canvas, 0, 0);
    const { data } = pen.getImageData(0, 0, copy.width, copy.height);
    const counts = {};
    for (let i = 0; i < data.length; i += 4) {
      const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return [counts, canvas.getContext('2d') === null];
  });
  assert(isCard, 'it is painted by WebGL');
  assert.deepEqual(painted, expected);
  // That painting in software stalls is what the browser says of itself.
  assert.deepEqual(page.problems.filter((problem) => !problem.includes('GL Driver Message')), []);
  await page.close();
});

test('the pointer and the arrow keys tell which future it is, and what it waits for', async () => {
  const page = await open('?s=wall&futures=200000&mean=3000');
  await spawned(page);
  await pause(page);
  const box = await page.locator('.field-of-view canvas').boundingBox();
  const [columns, rows] = [559, 358];
  const [x0, y0] = [box.x + Math.floor((box.width - columns) / 2), box.y + Math.floor((box.height - rows) / 2)];
  await page.mouse.move(x0 + 10.5, y0 + 5.5);
  assert.match(await card(page), new RegExp(`Future ${(5 * columns + 11).toLocaleString('en')} · column 11, row 6`));
  assert.match(await card(page), /waiting for its timer, for [\d,]+ ms/);
  assert.match(await card(page), /due in [\d,]+ ms, at [\d,]+ ms; polled/);
  await page.mouse.move(box.x + 5, box.y + 5);
  assert.equal(await page.locator('.pixel-card').isHidden(), true, 'no future there');

  await field(page).focus();
  await page.keyboard.press('Home');
  assert.match(await card(page), /Future 1 · column 1, row 1/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  assert.match(await card(page), new RegExp(`Future ${(25 * columns + 2).toLocaleString('en')} · column 2, row 26`));
  // What the key chose is read out.
  assert.match(await page.locator('#aloud').innerText(), /column 2, row 26\. waiting for its timer/);
  await page.keyboard.press('End');
  assert.match(await card(page), /Future 200,000 /);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.pixel-card').isHidden(), true);
  assert.match(page.url(), /s=wall/, 'the arrows are the wall\'s own');
  page.assertClean();
  await page.close();
});

test('a wall that does not fit is panned by hand and by keys, and enlarged', async () => {
  const page = await open('?s=wall&futures=1000000', { viewport: { width: 1000, height: 700 } });
  await spawned(page);
  await pause(page);
  const box = await page.locator('.field-of-view canvas').boundingBox();
  const at = async (x, y) => {
    await page.mouse.move(x, y);
    return (await card(page)).match(/column ([\d,]+), row ([\d,]+)/).slice(1).map((n) => Number(n.replace(/,/g, '')));
  };
  const [x, y] = [box.x + 300.5, box.y + 200.5];
  const before = await at(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 50, y + 40, { steps: 4 });
  await page.mouse.up();
  const after = await at(x, y);
  assert.deepEqual(after, [before[0] - 50, before[1] - 40]);
  await field(page).focus();
  await page.keyboard.press('End');
  const [mark, view] = [await page.locator('.mark').boundingBox(), await page.locator('.field-of-view').boundingBox()];
  assert(mark.x < view.x + view.width && mark.y < view.y + view.height, 'the last one is brought into sight');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  assert.equal(await page.locator('.zooms span').innerText(), '3×');
  assert.equal((await page.locator('.mark').boundingBox()).width, 3);
  await page.getByRole('button', { name: /^Smaller/ }).click();
  assert.equal(await page.locator('.zooms span').innerText(), '2×');
  page.assertClean();
  await page.close();
});

test('on a dense screen a future is one device pixel still', async () => {
  const page = await open('?s=wall&futures=400000', { deviceScaleFactor: 2 });
  await spawned(page);
  await pause(page);
  const [width, client] = await page.evaluate(() => {
    const canvas = document.querySelector('.field-of-view canvas');
    return [canvas.width, canvas.clientWidth];
  });
  assert.equal(width, client * 2);
  await field(page).focus();
  await page.keyboard.press('Home');
  assert.equal((await page.locator('.mark').boundingBox()).width, 0.5);
  page.assertClean();
  await page.close();
});

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    test(`axe finds nothing, and nothing scrolls sideways, in ${colorScheme} at ${width} x ${height}`, async () => {
      const page = await open('?s=wall&futures=100000', { colorScheme, viewport: { width, height } });
      await spawned(page);
      await field(page).focus();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('button', { name: 'Code of a pixel' }).click();
      await page.keyboard.press(' ');
      assert.deepEqual(await axe(page), []);
      assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      page.assertClean();
      await page.close();
    });
  }
}

test('the code of a pixel is the code that was compiled', async () => {
  const page = await open('?s=wall&futures=1000');
  const button = page.getByRole('button', { name: 'Code of a pixel' });
  assert.equal(await button.getAttribute('aria-expanded'), 'false');
  await button.click();
  assert.match(await page.locator('.pane.code').innerText(), /pub async fn light\(pixel: Pixel\)/);
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
  page.assertClean();
  await page.close();
});

test('a click wakes one future: it alone is polled, at once though the wall stands still, and says so', async () => {
  const page = await open('?s=wall&futures=30000&mean=10000', { reducedMotion: 'reduce' });
  await page.getByRole('button', { name: /^Play/ }).click();
  await spawned(page);
  await page.waitForFunction(() => document.querySelector('[data-state="spawned"] b').textContent === '0');
  await pause(page);
  const wasted = await figure(page, 'wasted');
  const box = await page.locator('.field-of-view canvas').boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  assert.match(await sentence(page), /^You woke future [\d,]+: it alone is polled\./);
  assert.equal(await figure(page, 'wasted'), wasted + 1);
  assert.match(await card(page), /waiting for its timer, for 0 ms/);
  await field(page).press('ArrowRight');
  await field(page).press('Enter');
  assert.equal(await figure(page, 'wasted'), wasted + 2, 'by keyboard, too');
  page.assertClean();
  await page.close();
});

test('on a projector the wall is as large as it fits, with its sentence and its figures', async () => {
  const page = await open('?s=wall&futures=200000', { reducedMotion: 'reduce', viewport: { width: 1920, height: 1080 } });
  await page.keyboard.press('p');
  await page.locator('.present.wall .narrator').waitFor();
  assert.equal(await page.locator('.zooms span').innerText(), '2×');
  await page.keyboard.press('PageDown');
  await page.locator('.present .narrator', { hasText: /fired in this frame|are spawned/ }).waitFor();
  assert.equal(await page.locator('.bar:visible, .dock:visible').count(), 0);
  await page.keyboard.press('Escape');
  await page.locator('.stage.wall .beside').waitFor();
  page.assertClean();
  await page.close();
});
