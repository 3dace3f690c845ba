// Where the keyboard is after what it has pressed is gone: never at the body, from where a reader would begin again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, open, railLink } from './support.mjs';

/** What has the focus: its name, and the region that it is in. The browser looks after what is hidden in its next frame. */
const focused = (page) => page.evaluate(async () => {
  await new Promise((next) => { requestAnimationFrame(() => requestAnimationFrame(next)); });
  const el = document.activeElement;
  return `${el.tagName} ${el.ariaLabel ?? el.textContent.trim().slice(0, 40)}`;
});

const opens = async (page, id) => {
  await page.waitForURL(new RegExp(`s=${id}`));
  await becomeReady(page);
};

for (const [from, focus] of [['the scrubber', '.scrub'], ['a pane', '.pane.code'], ['a button of a pane', '.tl-tools:not([hidden]) button'], ['a button of the dock', '.dock .play']]) {
  test(`] from ${from} leads to the title of the next scenario`, async () => {
    const page = await open('?s=sequential-join&at=9');
    await page.locator(focus).first().focus();
    await page.keyboard.press(']');
    await opens(page, 'blocking');
    assert.equal(await focused(page), 'H1 Who pays for a blocking call?');
    await page.keyboard.press('[');
    await opens(page, 'sequential-join');
    assert.equal(await focused(page), 'H1 Three waits: add up, or overlap?');
    page.assertClean();
    await page.close();
  });
}

test('what is still there keeps the focus when a scenario is opened, a language is chosen, a run is made', async () => {
  const page = await open('?s=lazy');
  await railLink(page, 'blocking').focus();
  await page.keyboard.press('Enter');
  await opens(page, 'blocking');
  assert.equal(await focused(page), 'A Who pays for a blocking call?');
  await page.getByRole('button', { name: '한국어' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.documentElement.lang === 'ko');
  assert.equal(await focused(page), 'BUTTON 한국어');
  await page.getByRole('button', { name: '다시 실행' }).focus();
  await page.keyboard.press('Enter');
  await becomeReady(page);
  assert.equal(await focused(page), 'BUTTON 다시 실행');
  page.assertClean();
  await page.close();
});

test('a language that comes while one is in a pane leaves one at the same control of it', async () => {
  const page = await open('?s=state-machine&at=30');
  await page.evaluate(() => document.querySelector('[data-lang="ko"]').click());
  await page.locator('.tl-tools button').last().focus();
  await page.waitForFunction(() => document.documentElement.lang === 'ko');
  assert.equal(await focused(page), 'BUTTON 확대 (+)');
  page.assertClean();
  await page.close();
});

test('a change that is taken away gives the focus to the next one, and the last to the title', async () => {
  const page = await open('?s=executor&do=t2.p1-lose_t3.p1-drop.2');
  const takes = page.locator('.changes .take');
  const before = await takes.count();
  assert(before >= 2, `${before} changes`);
  const second = await takes.nth(1).getAttribute('aria-label');
  await takes.first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((n) => document.querySelectorAll('.changes .take').length === n, before - 1);
  await becomeReady(page);
  const now = await focused(page);
  assert.match(now, /^BUTTON Take/);
  assert.equal(now, `BUTTON ${await takes.first().getAttribute('aria-label')}`);
  assert(second);
  for (let left = before - 1; left > 0; left -= 1) {
    await page.keyboard.press('Enter');
    await page.waitForFunction((n) => document.querySelectorAll('.changes:not([hidden]) .take').length === n, left - 1);
    await becomeReady(page);
  }
  assert.match(await focused(page), /^H1 /);
  page.assertClean();
  await page.close();
});

test('a notice that is dismissed leaves one at the title', async () => {
  const page = await open('?s=lazy&cat=1');
  await page.getByRole('button', { name: 'Dismiss' }).focus();
  await page.keyboard.press('Enter');
  assert.match(await focused(page), /^H1 /);
  page.assertClean();
  await page.close();
});

test('What if is left, by Escape and by its button, for what opened it', async () => {
  const page = await open('?s=lazy&at=5');
  const ask = page.getByRole('button', { name: 'What if…' });
  for (const leave of [() => page.keyboard.press('Escape'), () => page.locator('.inspector header > button').press('Enter'), () => page.keyboard.press('f')]) {
    await ask.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.inspector')?.contains(document.activeElement));
    await leave();
    assert.equal(await focused(page), 'BUTTON What if…');
  }
  // From anywhere on the stage its key leads into it.
  await page.locator('.scrub').focus();
  await page.keyboard.press('f');
  assert.equal(await page.evaluate(() => document.querySelector('.inspector').contains(document.activeElement)), true);
  page.assertClean();
  await page.close();
});

test('on a phone: a scenario of the menu leads to its title, and Escape back to the menu’s button', async () => {
  const page = await open('?s=lazy', { viewport: { width: 390, height: 844 } });
  const menu = page.getByRole('button', { name: 'Scenarios' });
  await menu.press('Enter');
  await railLink(page, 'blocking').focus();
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'BUTTON Scenarios');
  await menu.press('Enter');
  await railLink(page, 'blocking').press('Enter');
  await opens(page, 'blocking');
  assert.equal(await focused(page), 'H1 Who pays for a blocking call?');
  page.assertClean();
  await page.close();
});

test('a question that is answered meanwhile, and a field that is left, give the focus to what they stand in', async () => {
  const page = await open('?s=lazy');
  await page.locator('.predict input').first().focus();
  await page.keyboard.press('End');
  assert.equal(await focused(page), 'SECTION Prediction');
  await page.locator('#field-held').press('Escape');
  assert.equal(await focused(page), 'SECTION Parameters');
  page.assertClean();
  await page.close();
});

test('the first two links of the page lead past everything, to the scenario and to its controls', async () => {
  const page = await open('?s=state-machine');
  const before = page.url();
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'A To the scenario');
  const { x, width } = await page.locator('.skips a').first().boundingBox();
  assert(x >= 0 && width > 50, 'it is seen');
  await page.keyboard.press('Enter');
  assert.match(await focused(page), /^H1 /);
  await page.evaluate(() => document.activeElement.blur());
  await page.locator('.skips a').nth(1).focus();
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'BUTTON Play (space)');
  assert.equal(page.url(), before, 'the address is the run’s');
  page.assertClean();
  await page.close();
});
