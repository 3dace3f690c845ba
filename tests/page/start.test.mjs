// The start page's figure: it is the recorded run, moves by itself, and is taken over and handed over at the same moment.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cursor } from './scenarios.mjs';
import { becomeReady, dist, open } from './support.mjs';

const read = (path) => JSON.parse(readFileSync(join(dist, path), 'utf8'));
const story = read('start/figure.json');
const LAST = story.events.length - 1;

const at = (page) => page.locator('#where b').innerText().then(Number);
const caption = (page) => page.locator('#say').innerText();
const PHONE = { viewport: { width: 390, height: 844 } };

/** What moves of the figure, as it is drawn. */
const picture = (page) => page.evaluate(() => document.getElementById('fig').innerHTML);
/** The position, exactly: where the cursor stands. */
const position = (page) => page.evaluate(() => document.querySelector('.f-now').getAttribute('x1'));

test('the figure is the run of first-poll: its events, its times and its moments', async () => {
  const told = story.events.map(({ kind, task, time }) => `${kind}${task || ''} ${time}`);
  const first = [1, 2, 3].flatMap((task) => [`poll${task} 0`, `enter${task} 0`, `pending${task} 0`]);
  const again = [[2, 10], [3, 20], [1, 30]].flatMap(([task, time]) => [`clock ${time}`, `wake${task} ${time}`, `poll${task} ${time}`, `enter${task} ${time}`, `ready${task} ${time}`]);
  assert.deepEqual(told, ['start 0', ...first, ...again, 'end 30']);
  assert.deepEqual(story.tasks, [{ task: 1, ms: 30 }, { task: 2, ms: 10 }, { task: 3, ms: 20 }]);
  const page = await open(story.events[LAST].link);
  assert.equal(new URL(page.url()).search, story.events[LAST].link, 'the scenario writes its addresses in the same way');
  assert.match(await page.locator('.where').innerText(), /\b30 ms/);
  await page.close();
});

for (const [name, options] of Object.entries({ desk: {}, phone: PHONE })) {
  test(`a bare address shows a future being polled, by itself, and asks for no WebAssembly (${name})`, async () => {
    const page = await open('', options);
    await page.locator('.f-poll.lit').first().waitFor({ timeout: 5000 });
    const seen = await page.evaluate(() => {
      const box = document.querySelector('.f-poll.lit').getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    });
    assert(seen, 'on the first screen');
    await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
    assert.deepEqual(page.requests.filter((url) => /\.wasm|engine\/|main\.css|\/main\.js/.test(url) && !url.includes('start/')), []);
    page.assertClean();
    await page.close();
  });
}

test('it goes round its loop, and can be paused at any moment', async () => {
  const page = await open('');
  const before = await position(page);
  await page.waitForFunction((x) => document.querySelector('.f-now').getAttribute('x1') !== x, before);
  await page.getByRole('button', { name: 'Pause' }).click();
  const paused = await picture(page);
  await page.waitForTimeout(400);
  assert.equal(await picture(page), paused, 'it stands');
  assert.equal(await page.locator('#say').getAttribute('aria-live'), 'off', 'the loop is silent');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.waitForFunction((was) => document.getElementById('fig').innerHTML !== was, paused);
  page.assertClean();
  await page.close();
});

test('one button takes it over at that very moment, and the scenario is opened at the same one', async () => {
  const page = await open('');
  await page.waitForFunction(() => Number(document.querySelector('#where b').textContent) >= 3);
  await page.getByRole('button', { name: 'Step it yourself' }).click();
  const under = await at(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'on', 'the focus is on the next step');
  await page.waitForURL((url) => url.search === story.events[under].here);
  assert.equal(await at(page), under, 'the event under way was completed, and no other');
  assert.equal(await page.locator('#say').getAttribute('aria-live'), 'polite');
  await page.keyboard.press('ArrowRight');
  await page.waitForURL((url) => url.search === story.events[under + 1].here);
  const { link } = story.events[under + 1];
  const open_ = page.getByRole('link', { name: 'See code and bytes' });
  assert.equal(await open_.getAttribute('href'), link);
  await page.waitForFunction(() => !document.querySelector('#open.fresh'));
  await open_.click();
  await page.waitForURL((url) => url.search === link);
  await becomeReady(page);
  assert.equal(await page.locator('.start').count(), 0);
  const there = await cursor(page);

  await page.goBack();
  await page.waitForURL((url) => url.search === story.events[under + 1].here);
  await becomeReady(page);
  assert.equal(await at(page), under + 1, 'back at its own moment');
  await page.goForward();
  await page.waitForURL((url) => url.search === link);
  await becomeReady(page);
  assert.equal(await cursor(page), there);
  await page.locator('.brand').click();
  await page.waitForURL((url) => url.search === '');
  await page.locator('#fig').waitFor();
  // What was being fetched ahead when the page was left is fetched by the next one.
  assert.deepEqual(page.problems.filter((problem) => !problem.endsWith('net::ERR_ABORTED')), []);
  await page.close();
});

test('a link to a scenario does not pass through it, and one to a moment of the figure opens there', async () => {
  const page = await open('?s=lazy');
  assert.deepEqual(page.requests.filter((url) => /\/start\/|start\.css|start\.json/.test(url)), []);
  await page.close();
  const moment = await open(story.events[12].here);
  assert.equal(await at(moment), 12);
  assert.match(await caption(moment), /polls task 2 again/);
  moment.assertClean();
  await moment.close();
});

/** Runs in the page. Steps to the last event and back to the first: what is shown at each. */
function walk() {
  const look = () => [document.querySelector('#where b').textContent, document.getElementById('say').textContent, document.getElementById('fig').innerHTML];
  const press = (key, target = document.body) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const last = Number(document.getElementById('scrub').ariaValueMax);
  press('Home', document.getElementById('scrub'));
  const there = [look()];
  while (there.length <= last) {
    press('ArrowRight');
    there.push(look());
  }
  const back = [look()];
  while (back.length <= last) {
    press('ArrowLeft');
    back.unshift(look());
  }
  return { there, back };
}

test('every event shows the same picture and says the same on the way there and back', async () => {
  const page = await open('', { reducedMotion: 'reduce' });
  const { there, back } = await page.evaluate(walk);
  assert.deepEqual(there.map(([e]) => Number(e)), Array.from({ length: LAST + 1 }, (_, e) => e));
  assert.equal(new Set(there.map(([, , drawn]) => drawn)).size, LAST + 1, 'each has a picture of its own');
  assert.deepEqual(back, there);
  assert.equal(there[LAST][1], 'Three waits, one thread, six polls: 30 ms, not 60.');
  page.assertClean();
  await page.close();
});

test('keys: arrows and space work with nothing focused, Home and End in the figure alone', async () => {
  const page = await open('');
  await page.keyboard.press(' ');
  const paused = await picture(page);
  await page.waitForTimeout(200);
  assert.equal(await picture(page), paused);
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/at=/);
  const e = await at(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.waitForURL((url) => url.search === story.events[e + 2].here);
  await page.keyboard.press('Home');
  assert.equal(await at(page), e + 2, 'it scrolls the page, and nothing else');
  await page.locator('#scrub').press('End');
  await page.waitForURL((url) => url.search === story.events[LAST].here);
  assert.equal(await page.locator('#scrub').getAttribute('aria-valuetext'), await caption(page));
  await page.locator('#scrub').press(' ');
  await page.waitForURL((url) => url.search === '');
  page.assertClean();
  await page.close();
});

test('the scrubber is dragged, and settles on an event', async () => {
  const page = await open('');
  const box = await page.locator('#scrub').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.88, box.y + box.height / 2);
  const held = await at(page);
  assert(held > 20 && held < LAST, `${held}`);
  const knob = await page.locator('.s-knob').boundingBox();
  assert(Math.abs(knob.x + knob.width / 2 - (box.x + box.width * 0.88)) < 2, 'the knob is under the pointer');
  await page.mouse.up();
  await page.waitForURL(/at=/);
  const settled = await at(page);
  assert.equal(new URL(page.url()).search, story.events[settled].here);
  page.assertClean();
  await page.close();
});

test('under reduced motion it stands, with its own sentence, and is stepped without a tween', async () => {
  const page = await open('', { reducedMotion: 'reduce' });
  const still = await picture(page);
  assert.equal(await caption(page), 'Task 2 is done, task 3 is being polled again, task 1 waits for its timer.');
  await page.waitForTimeout(300);
  assert.equal(await picture(page), still);
  assert(await page.getByRole('button', { name: 'Play' }).isVisible());
  await page.getByRole('button', { name: 'Step it yourself' }).click();
  assert.equal(await at(page), 18);
  const before = await picture(page);
  await page.keyboard.press('ArrowRight');
  const [now, later] = [await picture(page), (await page.waitForTimeout(200), await picture(page))];
  assert.notEqual(now, before);
  assert.equal(now, later, 'there at once');
  page.assertClean();
  await page.close();
});

test('out of sight it stops, and goes on where it was', async () => {
  const page = await open('');
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
  await page.waitForTimeout(300);
  const away = await picture(page);
  await page.waitForTimeout(400);
  assert.equal(await picture(page), away);
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await page.waitForFunction((was) => document.getElementById('fig').innerHTML !== was, away);
  page.assertClean();
  await page.close();
});
