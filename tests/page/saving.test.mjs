// What can be saved of what is shown: pictures that look as the view does, in any program that reads SVG; and the run in words.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALL, TRACED, length, visit } from './scenarios.mjs';
import { axe, open } from './support.mjs';

/** Opens the dialog. */
const ask = async (page) => {
  if (await page.locator('.bar .menu').isVisible()) await page.locator('.bar .menu').click();
  await page.locator('.rail').getByRole('button', { name: /Save a picture|그림이나/ }).click();
  await page.locator('dialog.saving').waitFor();
};
/** What a button of it leaves. */
const saved = async (page, does) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`dialog.saving [data-does="${does}"]`).click()]);
  return { name: download.suggestedFilename(), body: readFileSync(await download.path()) };
};

/** Runs in another page. How much a picture differs from what was on the screen, in parts of what is drawn there; both small, since a text or a line may lie half a pixel off. */
const compare = async ([text, screen, [x, y, width, height]]) => {
  const load = async (src) => Object.assign(new Image(), { src });
  const paint = (image, ...at) => {
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    pen.drawImage(image, ...at);
    const { data } = pen.getImageData(0, 0, width, height);
    const across = Math.ceil(width / 8);
    const mean = new Float32Array(across * Math.ceil(height / 8) * 4);
    for (let i = 0; i < data.length; i += 1) {
      const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
      mean[((y >> 3) * across + (x >> 3)) * 4 + (i & 3)] += data[i] / 64;
    }
    return mean;
  };
  const [drawn, shot] = await Promise.all([load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`), load(`data:image/png;base64,${screen}`)]);
  await Promise.all([drawn.decode(), shot.decode()]);
  // The picture has a margin.
  const [a, b] = [paint(drawn, -16, -16), paint(shot, -x, -y)];
  let [sum, ground] = [0, 0];
  for (let i = 0; i < a.length; i += 4) {
    sum += Math.abs(a[i] - b[i]) + Math.abs(a[i + 1] - b[i + 1]) + Math.abs(a[i + 2] - b[i + 2]);
    ground += Math.abs(b[i] - b[0]) + Math.abs(b[i + 1] - b[1]) + Math.abs(b[i + 2] - b[2]);
  }
  return sum / ground;
};

/** Takes a picture of a view, and holds it against the screen. */
async function holds(page, beside, selector, i, where) {
  // All orders of a run come from a worker, some time after the picture.
  await page.locator('.figure[aria-busy="true"]').waitFor({ state: 'detached' });
  const box = await page.locator(selector).first().boundingBox();
  const screen = (await page.screenshot()).toString('base64');
  await ask(page);
  await page.locator('dialog.saving select').selectOption({ index: i });
  const { body } = await saved(page, 'picture');
  await page.keyboard.press('Escape');
  const text = body.toString();
  const off = await beside.evaluate(compare, [text, screen, [box.x, box.y, box.width, box.height].map(Math.round)]);
  assert(off < 0.25, `${where}: ${off.toFixed(3)} of what is drawn`);
  return { text, off };
}

test('the large picture of every scenario is saved as it looks', { timeout: 280_000 }, async (t) => {
  const page = await open('?s=lazy', { view: 'lesson', fresh: true, reducedMotion: 'reduce' });
  const beside = await page.context().newPage();
  let worst = { off: 0 };
  for (const id of ALL.filter((id) => TRACED.includes(id))) {
    await visit(page, id);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    const { text, off } = await holds(page, beside, '.hero', 0, id);
    if (off > worst.off) worst = { id, off };
    assert.doesNotMatch(text, /var\(|light-dark|color-mix|href="http/, id);
    assert.match(text, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  }
  t.diagnostic(`the worst: ${JSON.stringify(worst)}`);
  await assert.rejects(holds(page, beside, '.story', 0, 'another view'), 'the comparer finds another picture');
  page.assertClean();
  await page.context().close();
});

test('every other view is saved as it looks, painted ones too', { timeout: 120_000 }, async () => {
  const page = await open('?s=state-machine&at=30', { fresh: true, reducedMotion: 'reduce' });
  const beside = await page.context().newPage();
  await ask(page);
  const names = await page.locator('dialog.saving option').allInnerTexts();
  await page.keyboard.press('Escape');
  for (const area of ['machine', 'timeline', 'executor', 'memory']) {
    const name = await page.locator(`.pane.${area} h2`).innerText();
    await holds(page, beside, `.pane.${area}`, names.indexOf(name), area);
  }
  page.assertClean();
  await page.context().close();
});

test('a picture has the width, the theme and the format that were chosen, and the page stays as it is', async () => {
  const page = await open('?s=lost-wake', { view: 'lesson', fresh: true });
  await ask(page);
  assert.deepEqual(await axe(page), []);
  await page.locator('dialog.saving input[type="number"]').fill('900');
  await page.locator('dialog.saving [value="dark"]').check();
  const { name, body } = await saved(page, 'picture');
  assert.equal(name, 'lost-wake.svg');
  assert.match(body.toString(), /width="900"/);
  assert.match(body.toString(), /<rect width="\d+" height="\d+" fill="rgb\(21, 24, 27\)"|fill="rgb\(13, 15, 17\)"/);
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'light');
  await page.locator('dialog.saving [value="png"]').check();
  const png = await saved(page, 'picture');
  assert.equal(png.name, 'lost-wake.png');
  assert.equal(png.body.readUInt32BE(16), 900);
  await page.locator('dialog.saving input[type="number"]').fill('9');
  await page.locator('dialog.saving [data-does="picture"]').click();
  assert.match(await page.locator('dialog.saving [role="alert"]').innerText(), /from 200 to 8000 px/);
  page.assertClean();
  await page.context().close();
});

for (const [locale, said] of [['en-GB', /Task 1 is spawned/], ['ko-KR', /태스크/]]) {
  test(`the run is saved in words: every event, its time, and a link that opens it (${locale})`, async () => {
    const page = await open('?s=lost-wake&ring=40', { locale, fresh: true });
    const last = await length(page);
    await ask(page);
    const text = (await saved(page, 'text')).body.toString();
    const lines = text.trimEnd().split('\n');
    const events = lines.slice(lines.indexOf('') + 1);
    assert.equal(events.length, last);
    events.forEach((line, i) => assert.match(line, new RegExp(`^ *${i + 1}  +\\d[\\d.]* ms  \\S`)));
    assert.match(text, said);
    assert.match(lines[1], /\?s=lost-wake.*ring=40/);
    const markdown = (await saved(page, 'markdown')).body.toString();
    assert.match(markdown, /^# /);
    assert.equal(markdown.split('\n').filter((line) => /^\| \d/.test(line)).length, last);
    assert.deepEqual(markdown.split('\n').filter((line) => /^\| \d/.test(line) && line.replace(/\\\|/g, '').split('|').length !== 6), [], 'four cells each');
    assert.doesNotMatch(text + markdown, /undefined|NaN|\{/);
    page.assertClean();
    await page.context().close();
  });
}
