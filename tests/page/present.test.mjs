// A lesson on a projector: driven by the keys of a clicker, blank, with code or without, from scenario to scenario; and everything of
// it is on the screen, at any size.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, becomeReady, open } from './support.mjs';
import { TRACED, visit } from './scenarios.mjs';

const say = (page) => page.locator('.present .say').innerText();
const clock = (page) => page.locator('.present .clk').innerText();
const present = async (page) => {
  await page.keyboard.press('p');
  await page.locator('.stage.present').waitFor();
};

test('a clicker leads through the moments, with its question first, and Escape back to the page at the same one', async () => {
  const page = await open('?s=lost-wake', { view: 'lesson' });
  await present(page);
  assert.equal(await say(page), await page.evaluate(() => document.title.split(' · ')[0]));
  assert.match(await page.locator('.present .more').innerText(), /\?$/);
  assert.equal(await page.locator('#bar').isHidden(), true);
  await page.keyboard.press('PageDown');
  assert.equal(await say(page), 'A bell is set to ring at 30 ms.');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageUp');
  assert.equal(await say(page), 'A bell is set to ring at 30 ms.');
  await page.keyboard.press('d');
  assert.equal(await say(page), 'ForgetsWaker answers Pending and leaves no waker anywhere.');
  assert.match(await page.locator('.present .dots').getAttribute('aria-label'), /^moment \d of \d+$/);
  await page.keyboard.press('Escape');
  await page.locator('.stage.lesson').waitFor();
  assert.match(await page.locator('.moments .now p').innerText(), /^ForgetsWaker answers Pending/);
  assert.equal(await page.locator('#bar').isVisible(), true);
  page.assertClean();
  await page.close();
});

test('the screen is blank until it is not, or until the next step; the code is there, or is not', async () => {
  const page = await open('?s=lost-wake', { view: 'lesson' });
  const isBlank = () => page.locator('.present .blank').isVisible();
  await page.getByRole('button', { name: 'Present' }).click();
  await page.locator('.stage.present').waitFor();
  for (const key of ['b', '.']) {
    await page.keyboard.press(key);
    assert.equal(await isBlank(), true, key);
    await page.keyboard.press(key);
    assert.equal(await isBlank(), false, key);
  }
  await page.keyboard.press('b');
  await page.keyboard.press('PageDown');
  assert.equal(await isBlank(), false, 'a step shows it');
  const tall = async () => (await page.locator('.present .figure').boundingBox()).height;
  const before = await tall();
  await page.keyboard.press('c');
  assert.equal(await page.locator('.present .code2').isVisible(), false);
  await page.waitForFunction((height) => document.querySelector('.present .figure').clientHeight > height + 50, before);
  await page.keyboard.press('c');
  assert.equal(await page.locator('.present .code2').isVisible(), true);
  await page.locator('.present footer').hover();
  await page.getByRole('button', { name: /^Leave the presentation/ }).click();
  await page.locator('.stage.lesson').waitFor();
  page.assertClean();
  await page.close();
});

test('each scenario keeps its moment when it is left and come back to', async () => {
  const page = await open('?s=lost-wake&leaf=keeps_waker', { view: 'lesson' });
  await present(page);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('PageDown');
  const [was, when] = [await say(page), await clock(page)];
  const title = await page.title();
  await page.keyboard.press(']');
  await page.waitForFunction((before) => document.title !== before, title);
  await becomeReady(page);
  await page.keyboard.press('PageDown');
  const other = await say(page);
  await page.keyboard.press('[');
  await page.waitForURL(/s=lost-wake&leaf=keeps_waker/);
  await becomeReady(page);
  assert.deepEqual([await say(page), await clock(page)], [was, when]);
  await page.keyboard.press(']');
  await page.waitForURL((url) => !url.search.includes('lost-wake'));
  await becomeReady(page);
  assert.equal(await say(page), other);
  page.assertClean();
  await page.close();
});

test('the map of the keys has those of the projector', async () => {
  const page = await open('?s=lost-wake', { view: 'lesson' });
  await present(page);
  await page.keyboard.press('?');
  const map = await page.locator('dialog.keys').innerText();
  assert.match(map, /On a projector/);
  assert.match(map, /blank screen/);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.stage.present').count(), 1, 'the map alone was closed');
  page.assertClean();
  await page.close();
});

/** Runs in the page: what is cut, or lies outside of where it belongs. */
function misplaced() {
  const within = (el, box, name) => {
    const at = el.getBoundingClientRect();
    if (!at.width || !el.checkVisibility({ opacityProperty: true })) return [];
    return at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1 ? [`${name}: ${el.textContent.slice(0, 40)}`] : [];
  };
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const figure = document.querySelector('.present .figure').getBoundingClientRect();
  const lead = document.querySelector('.present .lead').getBoundingClientRect();
  return [
    ...['.say', '.more', '.code2', 'footer', '.figure'].flatMap((at) => [...document.querySelectorAll(`.present ${at}`)].flatMap((el) => within(el, screen, at))),
    ...[...document.querySelectorAll('.present .figure svg text')].flatMap((el) => within(el, { top: figure.top - 4, bottom: figure.bottom + 4, left: 0, right: innerWidth }, 'picture')),
    ...(lead.bottom > figure.top + 1 ? ['the sentence lies over the picture'] : []),
  ];
}

for (const [width, height, options] of [[1920, 1080, {}], [1280, 720, { locale: 'ko-KR', colorScheme: 'dark' }], [1024, 768, {}]]) {
  test(`every scenario's deciding moment fits into ${width} x ${height}`, async () => {
    const page = await open('?s=first-poll', { view: 'lesson', viewport: { width, height }, reducedMotion: 'reduce', ...options });
    await present(page);
    for (const id of TRACED) {
      await visit(page, id);
      await page.locator('.present .figure svg.picture').waitFor();
      for (const key of ['Home', 'd', 'End']) {
        await page.keyboard.press(key);
        await page.waitForTimeout(60);
        assert.deepEqual(await page.evaluate(misplaced), [], `${id} ${key}`);
      }
    }
    assert.deepEqual(await axe(page), []);
    page.assertClean();
    await page.close();
  });
}
