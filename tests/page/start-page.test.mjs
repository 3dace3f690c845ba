// The start page around its figure: what it leads to, its pictures, its words, and how it looks at every size.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ALL } from './scenarios.mjs';
import { COLOURS, axe, becomeReady, dist, open, shiftOf } from './support.mjs';

const read = (path) => JSON.parse(readFileSync(join(dist, path), 'utf8'));
const story = read('start/figure.json');
const PHONE = { viewport: { width: 390, height: 844 } };

const at = (page) => page.locator('#where b').innerText().then(Number);
const caption = (page) => page.locator('#say').innerText();

test('path and map lead to every scenario that there is, once each, and to nothing else', async () => {
  const page = await open('');
  const ids = (selector) => page.evaluate((s) => [...document.querySelectorAll(s)].map((a) => new URL(a.href).searchParams.get('s')), selector);
  assert.deepEqual((await ids('#map a')).toSorted(), ALL.toSorted());
  const { path, scenarios } = read('manifest.json');
  assert.deepEqual(await ids('#steps a'), path);
  const links = await page.evaluate(() => [...document.querySelectorAll('.start a')].map((a) => a.getAttribute('href')));
  assert.deepEqual(links.filter((href) => !/^(#\w+|\.\/|\?s=[\w-]+(&at=[\w.]+)?&v=2|beliefs\.html|words\.html|licences\.txt)$/.test(href)), []);
  const minutes = scenarios.reduce((sum, info) => sum + info.minutes, 0);
  assert.match(await page.locator('.doors').innerText(), new RegExp(`${ALL.length} scenarios, ${minutes} minutes`));
  assert.equal(await page.locator('#next').innerText(), 'Begin: Three timers, six polls →');
  await page.locator('#map a[href*="s=lazy"]').click();
  await becomeReady(page);
  assert.match(page.url(), /s=lazy/);
  // What was being fetched ahead when the page was left is fetched by the next one.
  assert.deepEqual(page.problems.filter((problem) => !problem.endsWith('net::ERR_ABORTED')), []);
  await page.close();
});

test('pictures are drawn from runs, and one that would answer its question ends before, until that was seen', async () => {
  const { pictures } = read('start/scenarios.json');
  assert.deepEqual(Object.keys(pictures).toSorted(), ALL.toSorted());
  for (const [id, { whole, until, decides }] of Object.entries(pictures)) {
    assert(whole.length > 0, id);
    assert.equal(until === undefined, decides === undefined, id);
    if (until) assert.notDeepEqual(until, whole, id);
  }
  for (const id of ['moving', 'lost-wake', 'sequential-join']) assert(pictures[id].until, `${id} has a question that a picture answers`);
  const page = await open('');
  await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
  const drawn = (id) => page.evaluate((id) => [...document.querySelectorAll(`#map [data-id="${id}"] .th path`)].map((path) => path.getAttribute('d')), id);
  const expected = (picture) => picture.map(([, d]) => d);
  assert.deepEqual(await drawn('lost-wake'), expected(pictures['lost-wake'].until));
  await page.goto(`${page.site}?s=lost-wake`);
  await becomeReady(page);
  await page.keyboard.press('End');
  await page.locator('.brand').click();
  await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
  assert.deepEqual(await drawn('lost-wake'), expected(pictures['lost-wake'].whole));
  assert.match(await page.locator('#map [data-id="lost-wake"]').innerText(), /, seen/);
  assert.match(await page.locator('#part-3 header small').innerText(), /· 1 seen$/);
  assert.match(await page.locator('#next').innerText(), /^Next: Three timers/);
  assert.deepEqual(page.problems.filter((problem) => !problem.endsWith('net::ERR_ABORTED')), []);
  await page.close();
});

test('without storage nothing was seen, and nothing fails', async () => {
  const page = await open('', { fresh: true });
  await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }));
  await page.reload();
  await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
  assert.equal(await page.locator('#next').innerText(), 'Begin: Three timers, six polls →');
  await page.getByRole('button', { name: '한국어' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'ko');
  page.assertClean();
  await page.close();
});

test('in Korean every word is Korean, from the first paint on, and the switch keeps the moment', async () => {
  const page = await open(story.events[5].here, { locale: 'ko-KR' });
  assert.equal(await page.locator('h1').innerText(), '폴 하나하나가 보인다');
  assert.equal(await page.title(), read('messages/ko/start.json')['start.title']);
  const lost = await page.evaluate(() => [...document.querySelectorAll('.start [data-t]')].map((el) => el.textContent).filter((text) => /[a-z]{3,} [a-z]{3,}/.test(text) && !/[가-힣]/.test(text)));
  assert.deepEqual(lost, []);
  assert.equal(await page.locator('#run').getAttribute('aria-label'), '실제 실행: 한 스레드 위의 태스크 셋');
  const told = await caption(page);
  await page.getByRole('button', { name: 'EN' }).click();
  await page.locator('h1', { hasText: 'See every poll.' }).waitFor();
  assert.notEqual(await caption(page), told);
  assert.equal(await at(page), 5);
  assert.equal(await page.evaluate(() => JSON.parse(localStorage.pollscope).language), 'en');
  page.assertClean();
  await page.close();
});

test('without a script it can be read: the still figure, and links that are whole', async () => {
  const page = await open('', { javaScriptEnabled: false, ready: false });
  assert.equal(await page.locator('h1').innerText(), 'See every poll.');
  assert.equal(await page.locator('#say').innerText(), 'Task 2 is done, task 3 is being polled again, task 1 waits for its timer.');
  assert(await page.locator('.f-poll.lit').first().isVisible());
  assert.equal(await page.locator('.ride').isVisible(), false);
  assert.equal(await page.locator('#map a').count(), ALL.length);
  page.assertClean();
  await page.close();
});

test('nothing that is there moves while the page comes to life', async () => {
  for (const options of [{}, PHONE, { locale: 'ko-KR' }]) {
    const page = await open('', { ...options, fresh: true, ready: false });
    await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
    await page.waitForTimeout(500);
    const shift = await shiftOf(page);
    assert.equal(shift, 0, JSON.stringify(options));
    await page.close();
  }
});

/** Runs in the page. What lies outside of the window sideways, what is cut, and what lies over each other: of the figure, at each of its events. */
function measure() {
  const press = (key, target = document.body) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const name = (el) => `${el.tagName.toLowerCase()}.${el.getAttribute('class') ?? ''} “${el.textContent.trim().slice(0, 30)}”`;
  const wide = document.documentElement.scrollWidth;
  const outside = [...document.querySelectorAll('.start :is(a, button, h1, h2, h3, p, b, small, figcaption, li, text)')].filter(shown)
    .filter((el) => !el.closest('.vh, .skip') && el.textContent.trim() !== '')
    .filter((el) => {
      const box = el.getBoundingClientRect();
      return box.left < -0.5 || box.right > innerWidth + 0.5;
    }).map(name);
  const cut = [...document.querySelectorAll('.start :is(a, button, h1, h2, h3, p, small, figcaption, .nm, .tx b)')].filter(shown)
    .filter((el) => el.scrollWidth > el.clientWidth + 1 && getComputedStyle(el).display !== 'inline').filter((el) => !el.closest('.vh, .skip')).map(name);
  /** @type {string[]} */
  const over = [];
  const last = Number(document.getElementById('scrub').ariaValueMax);
  press('Home', document.getElementById('scrub'));
  /** What stands below the sentence does not move with its length. */
  const heights = new Set();
  for (let e = 0; e <= last; e += 1) {
    heights.add(document.getElementById('say').offsetHeight);
    const texts = [...document.querySelectorAll('#fig text')].filter((el) => el.textContent && !el.closest('[opacity="0"]')).map((el) => [name(el), el.getBoundingClientRect()]);
    over.push(...texts.filter(([, box]) => box.left < -0.5 || box.right > innerWidth + 0.5).map(([text]) => `${text} outside at event ${e}`));
    over.push(...texts.flatMap(([text, one], i) => texts.slice(i + 1)
      .filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 3 && other.top < one.bottom - 3)
      .map(([other]) => `${text} over ${other} at event ${e}`)));
    press('ArrowRight');
  }
  const parts = [...document.querySelectorAll('.run > *, .lead > *, .ride > *')].filter(shown).map((el) => [name(el), el.getBoundingClientRect()]);
  const boxes = parts.flatMap(([a, one], i) => parts.slice(i + 1)
    .filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1)
    .filter(([b]) => !a.includes('ride') && !b.includes('ride')).map(([b]) => `${a} over ${b}`));
  return { wide, heights: heights.size, outside, cut, over, boxes };
}

const SIZES = [[320, 640], [390, 844], [768, 1024], [1280, 720], [1440, 900], [1920, 1080]];
for (const locale of ['en-GB', 'ko-KR']) {
  test(`nothing overlaps or is cut, whatever the size of the window (${locale})`, async () => {
    const page = await open('', { locale, reducedMotion: 'reduce' });
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      // Drawn anew at this size.
      await page.waitForFunction((w) => innerWidth === w && Number(document.querySelector('.f-lane').getAttribute('x2')) === document.getElementById('fig').clientWidth, width);
      const { wide, ...found } = await page.evaluate(measure);
      assert(wide <= width, `${wide} wide at ${width} x ${height}`);
      assert.deepEqual(found, { heights: 1, outside: [], cut: [], over: [], boxes: [] }, `at ${width} x ${height}`);
    }
    page.assertClean();
    await page.close();
  });

  test(`axe finds nothing, by itself and by hand, in light and in dark (${locale})`, async () => {
    const page = await open('', { locale, reducedMotion: 'reduce' });
    const check = async (where) => {
      await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
      assert.deepEqual(await axe(page), [], where);
      await page.locator('#theme').click();
      assert.deepEqual(await axe(page, COLOURS), [], `${where}, in dark`);
      await page.locator('#theme').click();
    };
    await check('as it opens');
    await page.locator('#go').click();
    await check('by hand');
    page.assertClean();
    await page.close();
  });
}
