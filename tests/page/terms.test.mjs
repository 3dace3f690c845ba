// Terms of the field: touched, pointed at or focused, each says what it is in one sentence; none is used in a lesson without that.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TRACED, visit } from './scenarios.mjs';
import { axe, dist, open } from './support.mjs';

const catalogue = (language) => JSON.parse(readFileSync(join(dist, `messages/${language}/terms.json`), 'utf8'));
const sentenceOf = (language, term) => catalogue(language)[term].replace(/<[^>]*>/g, '');

const term = (page, at, id) => page.locator(`${at} .term[data-term="term.${id}"]`);
const note = (page) => page.locator('.term-note:popover-open');

test('a term is pointed at, focused, touched, and says what it is; Escape takes it away, and it is no step', async () => {
  const page = await open('?s=lost-wake', { view: 'lesson' });
  const waker = term(page, '.idea', 'waker');
  const expected = `waker ${sentenceOf('en', 'term.waker')}`;
  await waker.hover();
  assert.equal((await note(page).innerText()).replace('\n', ' '), expected);
  await page.mouse.move(5, 500);
  assert.equal(await note(page).count(), 0, 'until the pointer leaves');
  await page.locator('.stage h1').focus();
  await page.keyboard.press('Tab');
  const focused = page.locator('.idea .term:focus');
  assert.match(await note(page).innerText(), new RegExp(`^${await focused.innerText()}`, 'i'));
  assert.equal(await page.evaluate(() => document.activeElement.ariaDescribedByElements?.[0]?.id ?? document.activeElement.getAttribute('aria-describedby')), 'term-note');
  await page.keyboard.press('Escape');
  assert.equal(await note(page).count(), 0);
  assert.equal(await focused.count(), 1, 'the focus stays');
  await page.keyboard.press('d');
  const before = await page.locator('.moments .now p').innerText();
  await term(page, '.moments .now', 'pending').click();
  assert.equal(await page.locator('.moments .now p').innerText(), before, 'it is no step');
  assert.match(await note(page).innerText(), /answer of a poll/);
  await page.keyboard.press('PageDown');
  assert.equal(await note(page).count(), 0, 'it goes with its sentence');
  page.assertClean();
  await page.close();
});

test('on a phone the note stays within the screen, and goes when it is touched again', async () => {
  const page = await open('?s=lost-wake', { view: 'lesson', locale: 'ko-KR', viewport: { width: 320, height: 700 }, hasTouch: true });
  const waker = page.locator('.idea .term').first();
  await waker.tap();
  const box = await note(page).boundingBox();
  assert(box.x >= 0 && box.x + box.width <= 320 && box.y >= 0 && box.y + box.height <= 700, JSON.stringify(box));
  await waker.tap();
  assert.equal(await note(page).count(), 0);
  page.assertClean();
  await page.close();
});

/** Runs in the page: the words in an element that are terms and cannot be touched, once each. */
function unmarked({ at, words }) {
  const [el] = document.querySelectorAll(at);
  if (!el) return [];
  const copy = el.cloneNode(true);
  const marked = new Set([...copy.querySelectorAll('.term')].map((button) => button.dataset.term));
  for (const known of copy.querySelectorAll('code, .term, time')) known.replaceWith(' · ');
  const said = ` ${copy.textContent} `;
  return Object.entries(words).filter(([id, word]) => !marked.has(`term.${id}`) && new RegExp(word).test(said)).map(([id]) => `${id}: ${said}`);
}

for (const [locale, words] of [
  ['en-GB', { waker: '\\bwakers?\\b', executor: '\\bexecutors?\\b', poll: '\\bpoll(s|ed)?\\b', future: '\\bfutures?\\b', task: '\\btasks?\\b', timer: '\\btimers?\\b', thread: '\\bthreads?\\b', microtask: '\\bmicrotasks?\\b', pending: '\\bPending\\b' }],
  ['ko-KR', { waker: '웨이커', executor: '실행기', poll: '[^가-힣]폴', future: 'future', task: '[^가-힣]태스크', timer: '타이머', thread: '스레드', microtask: '마이크로태스크', pending: 'Pending' }],
]) {
  test(`no term is used in a lesson without what it is, ${locale}`, async () => {
    const page = await open('?s=first-poll', { view: 'lesson', locale, reducedMotion: 'reduce' });
    const seen = new Set();
    for (const id of TRACED) {
      await visit(page, id);
      await page.locator('.idea .term, .legend .term, .moments').first().waitFor();
      await page.waitForTimeout(50);
      for (const at of ['.idea', '.guess legend']) assert.deepEqual(await page.evaluate(unmarked, { at, words }), [], `${id} ${at}`);
      const length = await page.locator('.moments li').count();
      for (let i = 0; i < length; i += 1) {
        await page.keyboard.press('PageDown');
        assert.deepEqual(await page.evaluate(unmarked, { at: '.moments .now div', words }), [], `${id}, moment ${i + 1}`);
        for (const found of await page.locator('.moments .now .term').evaluateAll((all) => all.map((el) => el.dataset.term))) seen.add(found);
      }
    }
    assert(seen.size >= 10, `${[...seen]}`);
    assert.deepEqual(await axe(page), []);
    page.assertClean();
    await page.close();
  });
}
