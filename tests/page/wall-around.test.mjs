// Around the wall: keys, languages, bad links; and what is said where it traps or cannot be fetched.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, open, railLink } from './support.mjs';
import { card, field, figure, spawned } from './wall.mjs';

test('a bad parameter in a link gets a notice, and one that is typed stays beside its field', async () => {
  const page = await open('?s=wall&futures=2000000&mean=400');
  assert.match(await page.locator('.notice:not([hidden]) p').innerText(), /futures is 1 to 1,000,000, not 2000000/);
  assert.equal(await page.locator('#field-mean').inputValue(), '400', 'what is right in it is kept');
  await page.locator('#field-futures').fill('5000');
  await page.locator('#field-futures').press('Enter');
  await page.waitForURL(/futures=5000/);
  await becomeReady(page);
  await spawned(page);
  await page.locator('#field-mean').fill('fast');
  await page.locator('#field-mean').press('Enter');
  assert.match(await page.locator('#field-mean-error').innerText(), /mean wait is a whole number/);
  await page.waitForTimeout(600);
  assert.equal(await figure(page, 'alive'), 5000, 'the last good wall stays');
  assert(await figure(page, 'polls') > 0, 'and runs');
  page.assertClean();
  await page.close();
});

test('the keyboard map shows the keys of the wall', async () => {
  const page = await open('?s=wall&futures=1000');
  await page.keyboard.press('?');
  const map = await page.locator('dialog[open]').innerText();
  assert.match(map, /choose a future/i);
  assert.doesNotMatch(map, /virtual|tick/i);
  await page.keyboard.press('Escape');
  page.assertClean();
  await page.close();
});

test('the language changes while it runs, and the wall goes on', async () => {
  const page = await open('?s=wall&futures=60000&mean=60000');
  await spawned(page);
  await page.waitForTimeout(800);
  await page.getByRole('button', { name: '한국어' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'ko');
  await page.waitForTimeout(400);
  assert.equal(await figure(page, 'alive'), 60_000);
  await page.getByRole('application').focus();
  await page.keyboard.press('Home');
  const said = await card(page);
  assert.match(said, /future 1 · 1열 1행/);
  assert(Number(said.match(/([\d,]+) ms째/)[1].replace(/,/g, '')) > 800, `the same wall: ${said}`);
  const latin = await page.evaluate(() => [...document.querySelectorAll('.beside h1, .beside p, .beside dt, .beside label, .beside span, .beside small, .readout p, .pixel-card p')]
    .map((el) => el.textContent.trim()).filter((text) => /[A-Za-z]{3}/.test(text) && !/[가-힣]/.test(text)));
  assert.deepEqual(latin.filter((text) => !['MiB', 'future'].includes(text)), []);
  await page.getByRole('button', { name: 'EN' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  assert.match(await page.locator('.beside h1').innerText(), /A million futures/);
  page.assertClean();
  await page.close();
});

test('a wall that traps is said to, and another is made', async () => {
  const page = await open('?s=wall&futures=100000');
  await spawned(page);
  // Its memory is overwritten, as no code of its own would.
  await page.evaluate(async () => {
    const glue = await import(new URL('./engine/fast.js', document.baseURI).href);
    const { memory } = await glue.default();
    // The tasks were made last: the last quarter is theirs alone.
    new Uint8Array(memory.buffer).fill(0xff, memory.buffer.byteLength * 0.75);
  });
  await page.locator('.notice.bad:not([hidden])').waitFor();
  assert.match(await page.locator('.notice:not([hidden]) p').innerText(), /trap|stopped|restart/i);
  assert(page.problems.every((problem) => problem.startsWith('console')), page.problems.join('\n'));
  await page.locator('.notice').getByRole('button', { name: 'Run again' }).click();
  await becomeReady(page);
  await spawned(page);
  await page.waitForTimeout(600);
  assert.equal(await figure(page, 'alive'), 100_000);
  assert(await figure(page, 'polls') > 0);
  await page.close();
});

test('a module that cannot be fetched is said to be, and fetched when it can', async () => {
  const page = await open('?s=moving');
  await page.route(/fast_bg\.wasm/, (route) => route.abort());
  await railLink(page, 'wall').click();
  assert.match(await page.locator('.notice.bad:not([hidden]) p').innerText(), /fetched/);
  assert.equal(await page.locator('.stage.slots').count(), 1, 'what was shown stays');
  await page.unroute(/fast_bg\.wasm/);
  await railLink(page, 'wall').click();
  await page.locator('.stage.wall').waitFor();
  await page.close();
});

test('words that cannot be fetched are said to be, and what was shown stays', async () => {
  const page = await open('?s=moving');
  await page.route(/messages\/en\/wall\.json/, (route) => route.abort());
  await railLink(page, 'wall').click();
  assert.match(await page.locator('.notice.bad:not([hidden]) p').innerText(), /fetched/);
  assert.equal(await page.locator('.stage.slots').count(), 1);
  await page.close();
});
