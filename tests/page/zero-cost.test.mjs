// zero-cost: predicted, measured in a worker, stopped, and read beside what the test suite counted.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { axe, becomeReady, open } from './support.mjs';

/** Short: the tests ask whether it measures, not how well. */
const SHORT = '?s=zero-cost&round=1&rounds=5';
const ROWS = ['hand', 'async', 'boxed', 'boxed_dyn', 'deep', 'seen', 'clerk_hand', 'clerk_async'];
const recorded = JSON.parse(readFileSync(new URL('../../benches/recorded.json', import.meta.url), 'utf8'));
const narrator = (page) => page.locator('.narrator').innerText();
const over = (page) => page.locator('.where', { hasText: /round 5 of 5|5회 중 5회/ }).waitFor({ state: 'attached', timeout: 60_000 });
const cell = (page, row, column) => page.locator(`.costs tr.${row} .${column}`).innerText();
const medians = (page) => Promise.all(ROWS.map((row) => page.locator(`.costs tr.${row} .time b`).innerText()));
const play = (page) => page.locator('.play').click();

test('nothing is measured before the reader wants it; then every row is, with its spread', async () => {
  const page = await open(SHORT);
  assert.match(await narrator(page), /^Nothing is measured yet/);
  assert.deepEqual(await medians(page), ROWS.map(() => ''));
  assert.equal(page.workers().length, 0, 'nothing runs');
  await page.locator('.predict label', { hasText: 'boxed dyn' }).click();
  assert.match(await page.locator('.verdict').innerText(), /Noted/);
  await play(page);
  await page.locator('.narrator', { hasText: 'Warming up' }).waitFor();
  await over(page);
  for (const row of ROWS) {
    const [median, spread] = (await cell(page, row, 'time')).split('\n');
    const [low, high] = spread.split(' to ').map((n) => Number(n.replaceAll(',', '')));
    const middle = Number(median.replace(/ ns|,/g, ''));
    assert(low > 0 && low <= middle && middle <= high, `${row}: ${median}, ${spread}`);
    assert.equal(await page.locator(`.costs tr.${row} svg .round`).count(), 5, `${row}: a mark for each round`);
    assert.equal(await page.locator(`.costs tr.${row} svg .median`).count(), 1);
  }
  assert.equal(await cell(page, 'hand', 'ratio'), '× 1');
  assert.equal(await cell(page, 'seen', 'ratio'), 'not comparable');
  assert.match(await narrator(page), /^A poll of the async fn took [\d.]+ ns, one of the machine written by hand [\d.]+ ns: [+-]?[\d.]+ %/);
  assert.match(await page.locator('.verdict').innerText(), /Right:|Not so:|without an answer/i);
  const answered = await page.locator('.options .right').allInnerTexts();
  assert(answered.length <= 1);
  const notes = await page.locator('.notes').innerText();
  assert.match(notes, /Not comparable/);
  assert.match(notes, /clock ticks every [\d.]+ (µs|ms)/);
  page.assertClean();
  await page.close();
});

test('the recorded counts stand beside it, and answer the talk’s claim', async () => {
  const page = await open(SHORT);
  const fuel = (workload) => recorded.counts.find((c) => c.workload === workload).fuel;
  const number = (n) => n.toLocaleString('en-GB', { maximumFractionDigits: 2 });
  assert.equal(await cell(page, 'deep', 'count'), '–', 'it would answer the question');
  await play(page);
  await over(page);
  for (const row of ['hand', 'async', 'boxed', 'boxed_dyn', 'deep']) assert.equal(await cell(page, row, 'count'), number(fuel(`poll_${row}`)));
  for (const row of ['clerk_hand', 'clerk_async']) assert.equal(await cell(page, row, 'count'), number(fuel(row)));
  const change = fuel('clerk_async') / fuel('clerk_hand') - 1;
  const claim = await page.locator('.claim').innerText();
  assert.match(claim, Math.abs(change) <= 0.003 ? /It holds/ : /It does not hold/);
  assert(claim.includes(`${(Math.abs(change) * 100).toFixed(2)} %`), claim);
  assert((await page.locator('.notes').innerText()).includes(recorded.rustc));
  page.assertClean();
  await page.close();
});

test('by keys alone: space measures, stops, and measures again', async () => {
  const page = await open('?s=zero-cost&round=5&rounds=101', { reducedMotion: 'reduce' });
  assert.match(await narrator(page), /^Nothing/);
  await page.keyboard.press('Space');
  await page.locator('.where', { hasText: /^round [1-9]/ }).waitFor();
  await page.keyboard.press('Space');
  await page.locator('.narrator', { hasText: 'You stopped' }).waitFor();
  const kept = await medians(page);
  assert(kept.every((text) => text.endsWith(' ns')), 'what was measured stays');
  const where = await page.locator('.where').innerText();
  await page.waitForTimeout(300);
  assert.equal(await page.locator('.where').innerText(), where);
  assert.doesNotMatch(await page.locator('.verdict').innerText(), /In this run/, 'not by some of the rounds');
  await page.locator('.play').focus();
  await page.keyboard.press('Enter');
  await page.locator('.narrator', { hasText: /Warming|Measuring/ }).waitFor();
  await page.keyboard.press('c');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.pane), 'code');
  await page.keyboard.press(']');
  await page.locator('.queues').first().waitFor();
  page.assertClean();
  await page.close();
});

test('parameters, links and the way back', async () => {
  const page = await open(SHORT);
  await play(page);
  await over(page);
  await page.locator('#field-polls').fill('1');
  await page.locator('#field-polls').press('Enter');
  await becomeReady(page);
  assert.match(page.url(), /polls=1/);
  assert.match(await narrator(page), /^Nothing/, 'other parameters, another measurement');
  await page.locator('#field-polls').fill('0');
  await page.locator('#field-polls').press('Enter');
  await page.locator('#field-polls-error', { hasText: '1 to 1,000,000' }).waitFor();
  await page.keyboard.press('Escape');
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('#field-polls').value === '1000');
  await becomeReady(page);
  await page.keyboard.press('[');
  await page.locator('.stage.program').first().waitFor();
  await page.goBack();
  await page.locator('.pane.costs').waitFor();
  await play(page);
  await over(page);
  page.assertClean();
  await page.close();
});

test('the code that is shown is the code that was compiled', async () => {
  const page = await open(SHORT);
  const shown = await page.evaluate(() => [...document.querySelectorAll('.source')].map((el) => ({
    name: el.querySelector('.file b').textContent, text: [...el.querySelectorAll('.ln')].map((line) => line.textContent).join('\n'),
  })));
  assert.equal(shown.length, 5);
  for (const { name, text } of shown) {
    assert.equal(text, readFileSync(new URL(`../../src/scenario/zero_cost/${name}`, import.meta.url), 'utf8').trimEnd(), name);
  }
  await page.close();
});

test('another language keeps what was measured', async () => {
  const page = await open(SHORT);
  await play(page);
  await over(page);
  const before = await medians(page);
  await page.locator('[data-lang="ko"]').click();
  await page.locator('.narrator', { hasText: '폴 한 번에' }).waitFor();
  assert.deepEqual(await medians(page), before);
  page.assertClean();
  await page.close();
});

test('a module that cannot be fetched is said, and fetched anew', async () => {
  const page = await open(SHORT);
  await page.route('**/runner.worker.js', (route) => route.abort());
  await play(page);
  await page.locator('.narrator', { hasText: 'failed' }).waitFor();
  await page.unroute('**/runner.worker.js');
  await play(page);
  await over(page);
  await page.close();
});

for (const [colorScheme, locale, viewport] of [
  ['light', 'en-GB', { width: 1440, height: 900 }], ['dark', 'ko-KR', { width: 1280, height: 720 }], ['light', 'ko-KR', { width: 390, height: 844 }],
  ['dark', 'en-GB', { width: 768, height: 1024 }],
]) {
  test(`zero-cost at ${viewport.width} x ${viewport.height}, ${colorScheme}, ${locale}: axe finds nothing, and nothing is cut`, async () => {
    const page = await open(SHORT, { colorScheme, locale, viewport, reducedMotion: 'reduce' });
    assert.deepEqual(await axe(page), [], 'before');
    await play(page);
    await over(page);
    assert.deepEqual(await axe(page), [], 'after');
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert(content <= screen, `${content} wide`);
    const cut = await page.evaluate(() => [...document.querySelectorAll('.pane.costs tbody :is(td, th, b, small)')].filter((el) => el.checkVisibility() && el.scrollWidth > el.clientWidth + 1
      && getComputedStyle(el).display !== 'inline' && getComputedStyle(el).textOverflow !== 'ellipsis').map((el) => el.textContent));
    assert.deepEqual(cut, [], 'texts without room');
    const unsaid = await page.evaluate(() => [...document.querySelectorAll('body *')].flatMap((el) => [el.textContent, ...[...el.attributes].map((a) => a.value)])
      .filter((text) => /^(costs|field|file|scenario)\.[a-z_.-]+$/.test(text)));
    assert.deepEqual(unsaid, [], 'keys without a text');
    page.assertClean();
    await page.close();
  });
}

test('as a lesson it is told step by step, and the counts are held back until it was measured', async () => {
  const page = await open(SHORT, { view: 'lesson', reducedMotion: 'reduce' });
  const told = () => page.locator('.moments li:not(.veil) p').allInnerTexts();
  assert.deepEqual(await told(), ['Nothing is measured yet.']);
  assert.equal(await page.locator('.moments .veil').count(), 2);
  await page.locator('.hero-picture').waitFor();
  assert.doesNotMatch(await page.locator('.hero').innerText(), /219/);
  await page.locator('.guess label', { hasText: 'boxed dyn' }).click();
  await page.getByRole('button', { name: 'Measure' }).click();
  await page.locator('.moments .now', { hasText: /^A poll of the async fn took/ }).waitFor({ timeout: 60_000 });
  assert.deepEqual((await told()).slice(0, 2), ['Warming up.', 'Measuring, round 5 of 5.']);
  assert.match(await page.locator('.closing .verdict').innerText(), /^You said boxed dyn\./);
  const deep = recorded.counts.find((c) => c.workload === 'poll_deep').fuel;
  assert.match(await page.locator('.hero').innerText(), new RegExp(`\\b${Math.round(deep)}`));
  await page.getByRole('button', { name: /What a poll costs here/ }).click();
  assert.equal(await page.locator('.rest .costs tr.hand .ratio').innerText(), '× 1');
  await axe(page);
  page.assertClean();
  await page.close();
});

test('all views are one button away from its lesson, and a projector shows its picture', async () => {
  const page = await open(SHORT, { view: 'lesson', reducedMotion: 'reduce' });
  await page.keyboard.press('a');
  await page.locator('.stage.costs .predict').waitFor();
  await page.keyboard.press('a');
  await page.locator('.lesson .guess').waitFor();
  await page.keyboard.press('p');
  await page.locator('.present .say', { hasText: 'Is async really free?' }).waitFor();
  await page.keyboard.press('PageDown');
  await page.locator('.present .say', { hasText: /^A poll of the async fn took/ }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('b');
  assert.equal(await page.locator('.blank').isVisible(), true);
  await page.keyboard.press('Escape');
  await page.locator('.lesson .guess').waitFor({ state: 'attached' });
  page.assertClean();
  await page.close();
});

test('a call through a trait costs the instructions that are recorded, told when its way is done, with the compiler that was counted under', async () => {
  const fuel = (workload) => recorded.counts.find((c) => c.workload === workload).fuel.toLocaleString('en');
  const rustc = recorded.rustc.split(' ').slice(0, 2).join(' ');
  for (const [link, names] of [
    ['?s=async-trait', ['read_async_trait', 'read_async_fn', 'read_poll_read', 'read_by_hand']],
    ['?s=async-trait&read_takes=0', ['ready_async_trait', 'ready_async_fn', 'ready_poll_read', 'ready_by_hand']],
    ['?s=async-trait&known_as=any', ['read_any_async_trait', 'read_any_poll_read', 'read_by_hand']],
  ]) {
    const page = await open(link, { view: 'lesson' });
    await page.locator('.hero-list li').first().waitFor({ state: 'attached' });
    const told = async () => (await page.locator('.hero-list').textContent()).match(/[\d,]+ instructions a call, counted by the test suite under rustc [\d.]+/g) ?? [];
    assert.deepEqual(await told(), [], 'nothing is done yet');
    await page.keyboard.press('End');
    await page.locator('.hero-list', { hasText: 'instructions a call' }).waitFor({ state: 'attached' });
    assert.deepEqual(await told(), names.map((name) => `${fuel(name)} instructions a call, counted by the test suite under ${rustc}`), link);
    page.assertClean();
    await page.close();
  }
});
