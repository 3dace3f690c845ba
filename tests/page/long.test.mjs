// What takes long: it says so in words, how far it is, and can be stopped; and what is there by then is shown. The story of a run
// takes long where the run is; here the viewer is slow in place of that.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dist, open, served } from './support.mjs';

/** The viewer's glue, but that the story goes through few events at a time, and takes its time for them while `window.isSlow`. */
const SLOW = `
const { draftStory } = Run.prototype;
Run.prototype.draftStory = function slow(most) {
  if (!window.isSlow) return draftStory.call(this, most);
  for (const begun = performance.now(); performance.now() - begun < 25;);
  window.pieces = (window.pieces ?? 0) + 1;
  return draftStory.call(this, Math.min(most, 5));
};
`;

const LONG = '?s=executor&children=40';
const told = (page) => page.evaluate(() => [...document.querySelectorAll('.moments > li')].map((row) => row.textContent));
const work = (page) => page.locator('.notice.work:not([hidden])');

async function opened() {
  served.set('engine/viewer.js', readFileSync(join(dist, 'engine/viewer.js'), 'utf8') + SLOW);
  const page = await open('?s=lazy', { view: 'lesson', reducedMotion: 'reduce', fresh: true });
  await page.evaluate(() => { window.isSlow = true; });
  return page;
}

/** Goes to an address as Back does. */
const visit = (page, search) => page.evaluate((to) => {
  history.pushState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
}, search);
const ready = (page) => page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });

test('a story that takes long says how far it is, leaves the page its turns, and is the same', async () => {
  const page = await opened();
  await page.evaluate(() => {
    window.frames_ = 0;
    const next = () => { window.frames_ += 1; requestAnimationFrame(next); };
    next();
  });
  await visit(page, LONG);
  await work(page).filter({ hasText: 'Choosing its moments' }).waitFor();
  const [text, value, most] = await work(page).evaluate((el) => [el.textContent, el.querySelector('progress').value, el.querySelector('progress').max]);
  assert.match(text, /[\d,]+ of [\d,]+/);
  assert(value <= most && most > 50, `${value} of ${most}`);
  const { frames, pieces } = await page.evaluate(() => ({ frames: window.frames_, pieces: window.pieces }));
  await page.waitForFunction((before) => window.frames_ > before.frames && window.pieces > before.pieces, { frames, pieces });
  await ready(page);
  assert.equal(await work(page).count(), 0);
  const slow = await told(page);
  page.assertClean();
  await page.close();
  served.clear();

  const other = await open(LONG, { view: 'lesson', reducedMotion: 'reduce' });
  assert.deepEqual(slow, await told(other));
  assert(slow.length >= 6);
  await other.close();
});

test('a story that is stopped is told as far as it came, and that is said', async () => {
  const page = await opened();
  await visit(page, LONG);
  await work(page).filter({ hasText: 'Choosing its moments' }).getByRole('button', { name: 'Stop here' }).click();
  await ready(page);
  const notice = page.locator('.notice:not(.work)');
  await notice.filter({ hasText: 'You stopped the story at event' }).waitFor();
  const [, left, all] = /at event ([\d,]+) of ([\d,]+)/.exec(await notice.innerText());
  assert(Number(left.replaceAll(',', '')) < Number(all.replaceAll(',', '')), `${left} of ${all}`);
  // The run itself is whole.
  await page.keyboard.press('End');
  await page.keyboard.press('a');
  await page.locator('.where b', { hasText: all }).waitFor();
  page.assertClean();
  await page.close();
  served.clear();
});

test('a story that nobody waits for any more is left, and the next run is shown', async () => {
  const page = await opened();
  await visit(page, LONG);
  await work(page).waitFor();
  await page.evaluate(() => { window.isSlow = false; });
  await visit(page, '?s=lost-wake');
  await page.locator('h1', { hasText: 'Who wakes' }).waitFor();
  await ready(page);
  assert.equal(await page.locator('.notice:not(.work)').isHidden(), true);
  page.assertClean();
  await page.close();
  served.clear();
});
