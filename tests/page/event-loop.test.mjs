// event-loop: the lines of the chosen mix are put into an order before the run, by dragging and by buttons; the recorded order
// answers, with the place where the two part.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, open } from './support.mjs';

const lesson = { view: 'lesson' };
/** The lines as they stand. */
const lines = (page) => page.locator('.guess .order code').allTextContents();
const button = (page, name) => page.locator('.guess').getByRole('button', { name, exact: true });

test('a line goes up and down by buttons, keeps the focus, and says where it is', async () => {
  const page = await open('?s=event-loop', lesson);
  await page.locator('.guess .order li').first().waitFor();
  const asked = await lines(page);
  assert.deepEqual(asked, ['timeout 1', 'frame 1', 'then 1', 'microtask 1', 'task 1', 'task 1, woken'], 'as the script asks for them');
  await button(page, 'then 1: one up').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.deepEqual((await lines(page)).slice(0, 3), ['then 1', 'timeout 1', 'frame 1']);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'then 1: one down', 'at the top there is only the other way');
  await page.locator('#aloud', { hasText: 'then 1 is number 1 of 6' }).waitFor({ state: 'attached' });
  assert.equal(await page.locator('.guess .take').getAttribute('aria-pressed'), 'true', 'it is a guess now');
  page.assertClean();
  await page.close();
});

test('each card says of which source it is, of the reader’s own mix', async () => {
  const sources = (page) => page.locator('.guess .order li').evaluateAll((cards) => cards.map((card) => [card.querySelector('code').textContent, card.querySelector('small').textContent]));
  const page = await open('?s=event-loop&messages=1&outer=timeout&inner=then', lesson);
  await page.locator('.guess .order li').first().waitFor();
  assert.deepEqual(await sources(page), [
    ['timeout 1', 'timer'], ['message 1', 'message'], ['frame 1', 'frame'], ['then 1', 'reaction'], ['microtask 1', 'microtask'], ['task 1', 'Rust task'],
    ['task 1, woken', 'Rust task'], ['then in timeout 1', 'reaction'],
  ]);
  await page.getByRole('button', { name: '한국어' }).click();
  await page.locator('.guess .order small', { hasText: '마이크로태스크' }).waitFor();
  page.assertClean();
  await page.close();
});

test('a card is moved by the arrow keys on its handle, which keeps the focus, and the run stays where it is', async () => {
  const page = await open('?s=event-loop', lesson);
  await page.locator('.guess .order li').first().waitFor();
  await button(page, 'task 1: move with ↑ and ↓').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.deepEqual(await lines(page), ['timeout 1', 'frame 1', 'task 1', 'then 1', 'microtask 1', 'task 1, woken']);
  await page.locator('#aloud', { hasText: 'task 1 is number 3 of 6' }).waitFor({ state: 'attached' });
  await page.keyboard.press('End');
  assert.deepEqual((await lines(page)).at(-1), 'task 1');
  // There is nothing below.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  assert.deepEqual((await lines(page))[0], 'task 1');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'task 1: move with ↑ and ↓');
  assert.equal(await page.locator('.guess .take').getAttribute('aria-pressed'), 'true', 'it is a guess now');
  assert.equal(await page.locator('.moments .now').count(), 0, 'no key was a step');
  page.assertClean();
  await page.close();
});

test('a line is dragged past others', async () => {
  const page = await open('?s=event-loop', lesson);
  const row = (n) => page.locator('.guess .order li').nth(n);
  await row(0).waitFor();
  const [from, to] = [await row(0).boundingBox(), await row(3).boundingBox()];
  await page.mouse.move(from.x + 60, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, to.y + to.height - 4, { steps: 8 });
  await page.mouse.up();
  assert.deepEqual((await lines(page)).slice(0, 4), ['frame 1', 'then 1', 'microtask 1', 'timeout 1']);
  page.assertClean();
  await page.close();
});

test('a wrong order is shown against the recorded one, where the two part; a right one is right', async () => {
  const page = await open('?s=event-loop', lesson);
  await page.locator('.guess .take').click();
  await page.keyboard.press('End');
  const closing = page.locator('.closing');
  assert.match(await closing.locator('.verdict').textContent(), /part at line 1: you said timeout 1, and then 1 came\./);
  assert.doesNotMatch(await closing.locator('.verdict').textContent(), /Nothing prescribes/, 'microtasks come first');
  assert.equal(await closing.locator('tr.parts').count(), 1);
  const was = await closing.locator('tbody tr td:last-child code').allTextContents();
  assert.deepEqual(was.slice(0, 4), ['then 1', 'microtask 1', 'task 1', 'task 1, woken']);
  // What came leads to where it was logged.
  await closing.locator('.parts button').click();
  assert.match(await page.locator('.moments .now').textContent(), /then 1|promise 1/);
  page.assertClean();
  await page.close();
});

test('what no rule orders is said to be free', async () => {
  const page = await open('?s=event-loop&thens=0&microtasks=0&rust_tasks=0&frames=0&messages=1&delay=0', lesson);
  await page.locator('.guess .order li').first().waitFor();
  await page.locator('.guess .take').click();
  await page.keyboard.press('End');
  const first = await page.locator('.closing tbody tr td:last-child code').first().textContent();
  const verdict = await page.locator('.closing .verdict').textContent();
  // Either of the two is right; where the guess was the other one, that is said.
  assert.match(verdict, first === 'timeout 1' ? /is the order of this run/ : /Nothing prescribes which of these two/);
  page.assertClean();
  await page.close();
});

test('another mix has other lines, and the guess of the old ones is none', async () => {
  const page = await open('?s=event-loop', lesson);
  await page.locator('.guess .take').click();
  await page.evaluate(() => { history.pushState(null, '', '?s=event-loop&outer=timeout&inner=microtask&timeouts=2'); dispatchEvent(new PopStateEvent('popstate')); });
  await page.locator('.guess .order code', { hasText: 'microtask in timeout 1' }).waitFor();
  assert.equal(await page.locator('.guess .take').getAttribute('aria-pressed'), 'false');
  await page.keyboard.press('End');
  assert.match(await page.locator('.guess .kept').textContent(), /You made no guess/);
  page.assertClean();
  await page.close();
});

test('a task that never waits starves the page, and the budget says so', async () => {
  const page = await open('?s=event-loop&greedy=task', lesson);
  await page.keyboard.press('End');
  assert.match(await page.locator('.moments .now').textContent(), /stopped at its budget/);
  page.assertClean();
  await page.close();
});

test('a reader who leaves while it is recorded leaves nothing behind', async () => {
  const page = await open('?s=event-loop', lesson);
  await page.evaluate(() => {
    window.late = 0;
    const real = window.setTimeout;
    history.pushState(null, '', '?s=event-loop&timeouts=3&delay=50');
    dispatchEvent(new PopStateEvent('popstate'));
    real(() => { history.pushState(null, '', '?s=lazy'); dispatchEvent(new PopStateEvent('popstate')); }, 20);
  });
  await page.waitForURL(/lazy/);
  await becomeReady(page);
  await page.waitForTimeout(200);
  page.assertClean();
  await page.close();
});
