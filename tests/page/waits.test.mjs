// What takes longer than a fifth of a second says so in words, and can be stopped; what a reader wants less of, or more, is obeyed at
// once: motion while a run plays, contrast, and colours of their own.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { axe, becomeReady, dist, open } from './support.mjs';

const lesson = { view: 'lesson', reducedMotion: 'reduce' };
const waits = (page) => page.locator('.waits');
/** Holds back what fits, from the nth time on, until it is let go. */
async function hold(page, pattern, from = 1) {
  let seen = 0;
  const held = [];
  await page.context().route(pattern, (route) => ((seen += 1) < from ? route.continue() : held.push(route)));
  return () => Promise.all(held.map((route) => route.continue().catch(() => {})));
}

test('a view that is long in coming says so, can be given up, and is there when it is asked for again', async () => {
  const page = await open('?s=first-poll', lesson);
  const release = await hold(page, '**/messages/en/outline.json');
  await page.locator('.fold', { hasText: 'Tree of the run' }).click();
  await waits(page).waitFor();
  assert.match(await waits(page).innerText(), /^Fetching this view/);
  await waits(page).getByRole('button', { name: 'Stop' }).click();
  await page.locator('.outline .empty', { hasText: 'could not be fetched' }).waitFor();
  assert.equal(await waits(page).count(), 0);
  await release();
  await page.locator('.fold', { hasText: 'Tree of the run' }).click();
  await page.locator('.fold', { hasText: 'Tree of the run' }).click();
  await page.locator('[role="tree"]').waitFor();
  await page.close();
});

test('the search for another run says that it goes on, and is stopped', async () => {
  const page = await open('?s=lost-wake', { ...lesson, fresh: true });
  await page.locator('.guess label', { hasText: 'when it rings' }).click();
  const release = await hold(page, '**/engine/tasks.js');
  await page.keyboard.press('End');
  await waits(page).waitFor();
  assert.match(await waits(page).innerText(), /^Looking for a run with another answer/);
  assert.deepEqual(await axe(page), []);
  await waits(page).getByRole('button', { name: 'Stop' }).click();
  await waits(page).waitFor({ state: 'detached' });
  assert.equal(await page.locator('.closing .strip').count(), 0);
  assert.match(await page.locator('.closing .verdict').innerText(), /In this run it is never/, 'the answer stands without it');
  await release();
  await page.close();
});

test('a long run in words takes its time in pieces, says so, and is stopped', async () => {
  const page = await open('?s=concurrency-parallelism&tasks=2000', lesson);
  await page.keyboard.press('End');
  if (await page.locator('.bar .menu').isVisible()) await page.locator('.bar .menu').click();
  await page.locator('.rail').getByRole('button', { name: /Save a picture/ }).click();
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await page.locator('dialog.saving [data-does="text"]').click();
  await waits(page).waitFor();
  assert.match(await waits(page).innerText(), /^Making the file/);
  await waits(page).getByRole('button', { name: 'Stop' }).click();
  await waits(page).waitFor({ state: 'detached' });
  assert.equal(await page.locator('dialog.saving .error').isVisible(), false, 'that it was stopped is no fault');
  await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('dialog.saving [data-does="text"]').click()]);
  assert.match(readFileSync(await download.path(), 'utf8'), /more events/);
  page.assertClean();
  await page.close();
});

test('a run that is long in coming says how far it is, is stopped, and leaves what it has', async () => {
  const page = await open('?s=first-poll', { ...lesson, fresh: true });
  const release = await hold(page, '**/engine/tasks_bg.wasm');
  await page.evaluate(() => { history.pushState(null, '', '?s=lost-wake'); dispatchEvent(new PopStateEvent('popstate')); });
  await page.locator('.notice.work').waitFor();
  assert.match(await page.locator('.notice.work').innerText(), /Fetching what it needs/);
  await page.locator('.notice.work button').click();
  await page.locator('.notice.bad').waitFor();
  await release();
  await page.close();
});

test('nothing moves by itself any more once less motion is wanted, while a run plays', async () => {
  const page = await open('?s=first-poll', { view: 'lesson' });
  await page.keyboard.press(' ');
  await page.locator('.btns .ic-pause').waitFor();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.locator('.btns .ic-pause').waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowRight');
  const moving = await page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().duration > 1).map((one) => one.animationName ?? one.transitionProperty));
  assert.deepEqual(moving, []);
  await page.close();
});

for (const theme of ['light', 'dark']) {
  test(`with more contrast all text has 7 to 1 (${theme})`, async () => {
    for (const path of ['', '?s=first-poll', '?s=lost-wake', '?s=state-machine', '?s=mutex']) {
      const page = await open(path, { ...lesson, colorScheme: theme, ready: false });
      await page.emulateMedia({ contrast: 'more', colorScheme: theme });
      if (path) {
        await becomeReady(page);
        await page.keyboard.press('d');
      } else await page.locator('html[data-drawn]').waitFor({ state: 'attached' });
      const enhanced = { runOnly: ['color-contrast-enhanced'], rules: { 'color-contrast-enhanced': { enabled: true } } };
      assert.deepEqual(await axe(page, enhanced), [], path);
      await page.emulateMedia({ contrast: 'no-preference' });
      if (path) assert.notDeepEqual(await axe(page, enhanced), [], 'without it, some has less');
      await page.close();
    }
  });
}

test('in forced colours nothing that has the focus, is pressed or is current is lost', async () => {
  const page = await open('?s=lost-wake', { ...lesson, forcedColors: 'active' });
  await page.keyboard.press('d');
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const el = document.activeElement;
      if (!el || el === document.body || !el.checkVisibility()) return true;
      const style = getComputedStyle(el.matches('input[type="radio"]') ? el.closest('label') ?? el : el);
      const own = getComputedStyle(el);
      return [style, own].some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || el.outerHTML.slice(0, 120);
    });
    assert.equal(seen, true);
  }
  assert.deepEqual(await axe(page), []);
  await page.close();
});

test('every scenario has a page for other sites, with its title, its promise and a picture of the size that they ask for', () => {
  const { scenarios } = JSON.parse(readFileSync(`${dist}/manifest.json`, 'utf8'));
  const words = JSON.parse(readFileSync(`${dist}/messages/en/site.json`, 'utf8'));
  for (const { id } of scenarios) {
    const html = readFileSync(`${dist}/share/${id}.html`, 'utf8');
    const told = Object.fromEntries([...html.matchAll(/<meta property="og:([\w:]+)" content="([^"]*)">/g)].map(([, name, content]) => [name, content.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))]));
    assert.deepEqual([told.title, told.description], ['title', 'promise'].map((part) => words[`scenario.${id}.${part}`].replace(/<\/?\w+>/g, '')));
    const picture = readFileSync(`${dist}/${told.image.replace(/^.*?(?=icons\/)/, '')}`);
    assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [1200, 630], id);
    assert.match(html, new RegExp(`url=\\.\\./\\?s=${id}"`));
  }
});
