// The call centre's sweep: opened, run in a worker, stopped, read by key and by ear, and gone back from.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, becomeReady, open } from './support.mjs';

const OPEN = /Sweep to a million/;
const openSweep = (page) => page.getByRole('button', { name: OPEN }).click();
const over = (page) => page.locator('.sweep progress[hidden]').waitFor({ state: 'attached', timeout: 60_000 });
const status = (page) => page.locator('.sweep .status').innerText();
const rows = (page) => page.locator('.sweep tbody tr').count();
const description = (page) => page.locator('.sweep .description').innerText();
const cells = (page, callers, staffing) => page.locator('.sweep tbody tr').filter({ has: page.locator('th', { hasText: new RegExp(`^${callers}$`) }) })
  .filter({ hasText: staffing }).locator('th, td').allInnerTexts();

test('the sweep is fetched when it is opened, runs to its end, and says what was measured', async () => {
  const page = await open('?s=call-centre&callers=20');
  const lazy = /^fast|sweep/;
  assert.deepEqual(page.requests.filter((url) => lazy.test(new URL(url).pathname.split('/').pop())), [], 'nothing of it before');
  await openSweep(page);
  await page.locator('.sweep circle.real').first().waitFor({ state: 'attached' });
  await over(page);
  assert.equal(await status(page), 'run up to 1,000,000 calls');
  assert.equal(await rows(page), 19 * 5);
  assert.equal(await page.locator('.sweep figure').count(), 3);
  for (const figure of await page.locator('.sweep figure').all()) {
    assert.equal(await figure.locator('circle.real').count(), 19, 'one point for each number of callers');
    assert.equal(await figure.locator('circle.model').count(), 19 * 4);
    assert.equal(await figure.locator('text.name').count(), 5, 'each line has its name');
  }
  assert.match(await description(page), /^async, 1 clerk, 1,000,000 calls:.*Measured here: at most [\d,]+ futures of \d+ bytes/);
  // The run on the stage has as many callers as one of the points, and says the same.
  await page.keyboard.press('End');
  const served = await page.locator('.staffings tbody tr .served b').allInnerTexts();
  for (const [i, name] of ['one clerk', 'pool of 4', '12 threads', 'async, 1 clerk'].entries()) {
    assert.equal((await cells(page, 20, name))[6], served[i], name);
  }
  page.assertClean();
  await page.close();
});

test('a sweep that is stopped keeps its points and says what was not run', async () => {
  const page = await open('?s=call-centre&gap=0');
  await openSweep(page);
  await page.locator('.sweep circle.real').first().waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const reached = await rows(page);
  assert(reached > 0 && reached < 95, `${reached} points were measured`);
  assert.match(await status(page), /^stopped: beyond [\d,]+ calls? nothing was run$/);
  assert.equal(await page.locator('.sweep svg text', { hasText: 'not run' }).count(), 3);
  await page.waitForTimeout(400);
  assert.equal(await rows(page), reached, 'nothing goes on');
  await page.locator('.sweep').getByRole('button', { name: 'Run again' }).click();
  await over(page);
  assert.equal(await rows(page), 95);
  assert.equal(await page.locator('.sweep svg text', { hasText: 'not run' }).count(), 0);
  page.assertClean();
  await page.close();
});

test('the sweep by keys alone: points are described, and the run stays where it is', async () => {
  const page = await open('?s=call-centre', { reducedMotion: 'reduce' });
  await page.keyboard.press('ArrowRight');
  const button = page.getByRole('button', { name: OPEN });
  await button.focus();
  await page.keyboard.press('Enter');
  await over(page);
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  const slider = page.getByRole('slider', { name: /^Memory/ });
  await slider.focus();
  const text = () => slider.getAttribute('aria-valuetext');
  assert.equal(await slider.getAttribute('aria-valuenow'), '1000000');
  for (const [key, now, says] of [
    ['ArrowLeft', '500000', /^async, 1 clerk, 500,000 calls/], ['Home', '1', /^async, 1 clerk, 1 call:/],
    ['ArrowRight', '2', /2 calls/], ['ArrowUp', '2', /Simulated, with/], ['ArrowDown', '2', /, 2 calls/], ['End', '1000000', /1,000,000 calls/],
  ]) {
    await page.keyboard.press(key);
    assert.equal(await slider.getAttribute('aria-valuenow'), now, key);
    assert.match(await text(), says, key);
    assert.equal(await text(), await description(page), 'what is said is what is seen');
  }
  const names = new Set();
  for (let i = 0; i < 5; i += 1) {
    names.add((await text()).split(',')[0]);
    await page.keyboard.press(i === 0 ? 'ArrowUp' : 'ArrowDown');
  }
  for (let i = 0; i < 5; i += 1, await page.keyboard.press('ArrowUp')) names.add((await text()).split(',')[0]);
  assert.equal(names.size, 5, `up and down lead through all staffings: ${[...names]}`);
  assert.equal(await page.locator('.where b').innerText(), '1', 'no step was made');
  const outline = await slider.evaluate((el) => getComputedStyle(el).outlineStyle);
  assert.notEqual(outline, 'none', 'it shows that it has the focus');
  page.assertClean();
  await page.close();
});

test('the sweep has its place in links and in the history, and keeps its points', async () => {
  const page = await open('?s=call-centre&at=5');
  const step = await page.locator('.where b').innerText();
  assert.notEqual(step, '0');
  await openSweep(page);
  assert.match(page.url(), /show=sweep/);
  await over(page);
  await page.goBack();
  await page.locator('.sweep').waitFor({ state: 'hidden' });
  assert.equal(await page.locator('.where b').innerText(), step);
  assert(await page.locator('.pane.code').isVisible());
  await page.goForward();
  await page.locator('.sweep').waitFor();
  assert.equal(await rows(page), 95, 'as it was');
  await page.locator('#field-callers').fill('12');
  await page.locator('#field-callers').press('Enter');
  await becomeReady(page);
  assert.match(page.url(), /callers=12.*show=sweep/);
  assert.equal(await page.locator('.stale').isHidden(), true, 'it goes through all numbers of callers anyway');
  await page.getByRole('button', { name: 'Code and executor' }).click();
  assert(!page.url().includes('show='));
  await page.keyboard.press(']');
  await page.locator('.stage.workers').waitFor();
  await page.goBack();
  await page.locator('.stage.staffings').waitFor();
  page.assertClean();
  const linked = await open('?s=call-centre&callers=12&show=sweep');
  await over(linked);
  assert.equal(await rows(linked), 95);
  linked.assertClean();
  await Promise.all([page.close(), linked.close()]);
});

test('a sweep belongs to the parameters it was run with', async () => {
  const page = await open('?s=call-centre&show=sweep');
  await over(page);
  const before = await cells(page, 100, 'async');
  await page.locator('#field-gap').fill('3');
  await page.locator('#field-gap').press('Enter');
  await becomeReady(page);
  assert.match(await page.locator('.stale').innerText(), /run with gap 1 ms\./);
  assert.deepEqual(await cells(page, 100, 'async'), before, 'it stays');
  await page.locator('.sweep').getByRole('button', { name: 'Run again' }).click();
  await over(page);
  assert.equal(await page.locator('.stale').isHidden(), true);
  assert.notDeepEqual(await cells(page, 100, 'async'), before);
  page.assertClean();
  await page.close();
});

test('a sweep whose module cannot be fetched says so, and can be run again', async () => {
  const page = await open('?s=call-centre');
  await page.route('**/fast_bg.wasm', (route) => route.abort());
  await openSweep(page);
  await page.locator('.sweep .status', { hasText: 'failed' }).waitFor();
  await page.unroute('**/fast_bg.wasm');
  await page.locator('.sweep').getByRole('button', { name: 'Run again' }).click();
  await over(page);
  assert.equal(await rows(page), 95);
  await page.close();
});

test('one sweep in every theme, language and size: axe finds nothing, nothing scrolls sideways, all words change, the table is there', async () => {
  const page = await open('?s=call-centre&show=sweep', { reducedMotion: 'reduce' });
  await page.keyboard.press('ArrowRight');
  await over(page);
  for (const [theme, language, viewport, said] of [
    ['light', 'en', { width: 1440, height: 900 }, /async/], ['dark', 'ko', { width: 1280, height: 720 }, /전화 1,000,000통/],
    ['light', 'ko', { width: 390, height: 844 }, /전화 1,000,000통/], ['dark', 'en', { width: 768, height: 1024 }, /async/],
  ]) {
    const what = `${theme}, ${language}, ${viewport.width} wide`;
    await page.setViewportSize(viewport);
    if (await page.evaluate(() => document.documentElement.dataset.theme) !== theme) await page.locator('[data-theme-switch]').click();
    await page.locator(`[data-lang="${language}"]`).click();
    await page.locator('.sweep .status', { hasText: language === 'ko' ? '실행함' : 'run' }).waitFor();
    assert.equal(await rows(page), 95);
    assert.deepEqual(await axe(page), [], `charts, ${what}`);
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert(content <= screen, `${content} wide, ${what}`);
    const cut = await page.evaluate(() => [...document.querySelectorAll('.sweep svg text')].filter((el) => {
      const [text, box] = [el.getBoundingClientRect(), el.closest('figure').getBoundingClientRect()];
      return text.left < box.left - 1 || text.right > box.right + 1 || text.bottom > box.bottom + 1;
    }).map((el) => el.textContent));
    assert.deepEqual(cut, [], `texts that stand outside of their chart, ${what}`);
    assert.match(await description(page), said);
    const switched = page.locator('.sweep .tools [aria-pressed]');
    await switched.click();
    assert.equal(await page.locator('.sweep table').isVisible(), true);
    assert.equal(await page.locator('.sweep .figures').isHidden(), true);
    assert.deepEqual(await axe(page), [], `table, ${what}`);
    await switched.click();
  }
  page.assertClean();
  await page.close();
});
