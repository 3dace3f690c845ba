// Why a run is stuck: what is found, proved and undone; who holds a waker; and other orders that end otherwise.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './support.mjs';
import { at, changes, loseFirstWake, narrator, shown, tab } from './inspector.mjs';

test('a lost wake is found, proved by its events, and undone', async () => {
  const page = await open('?s=state-machine&written=async_fn');
  await loseFirstWake(page);
  const event = await at(page);
  await page.keyboard.press('End');
  assert.match(await narrator(page), /Task 1 was not woken, because you took away the wake of the 9 ms timer/, 'the diagnosis leads');
  await page.getByRole('button', { name: '1 finding' }).click();
  const finding = page.locator('.findings li').first();
  await finding.waitFor();
  assert.match(await finding.innerText(), /was not woken/);
  await finding.locator('.proof').last().click();
  assert.equal(await at(page), event, 'its proof is a link');
  await page.keyboard.press('Home');
  await page.keyboard.press('n');
  await page.keyboard.press('f');
  assert.equal(await at(page), event, 'n f leads to it');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'What if task 1 were woken?' }).click();
  await shown(page, /wake\.1/);
  await page.keyboard.press('End');
  assert.match(await narrator(page), /The run is over/);
  page.assertClean();
  await page.close();
});

test('a leaf that leaves no waker is found with its line, and to wake its task frees the run', async () => {
  const page = await open('?s=lost-wake');
  await page.keyboard.press('End');
  await page.locator('.narrator', { hasText: 'Nothing can wake task 1: ForgetsWaker returned Pending at forgets_waker.rs:20 without storing its waker.' }).waitFor();
  await page.getByRole('button', { name: '1 finding' }).click();
  const proofs = page.locator('.findings .proof');
  await proofs.first().waitFor();
  const labels = await proofs.allInnerTexts();
  assert.equal(labels.length, 3);
  assert(labels.every((label) => /^0 ms: .*(ForgetsWaker|task 1)/i.test(label)), `each in its own words: ${labels}`);
  assert.match(await page.locator('.findings li').first().innerText(), /Task 1 awaits it at alone\.rs:10/);
  await proofs.last().click();
  assert.match(await narrator(page), /returns Pending/, 'the last of them is the end of the poll');
  await page.getByRole('button', { name: 'What if task 1 were woken?' }).click();
  await shown(page, /wake\.1/);
  await page.keyboard.press('End');
  assert.match(await narrator(page), /The run is over/);
  page.assertClean();
  await page.close();
});

test('the parameters that cure a finding are applied by one press, at the same moment', async () => {
  const page = await open('?s=lost-wake&at=t1.p1.end&v=2');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: '1 finding' }).click();
  await page.locator('.findings .proof').last().click();
  const time = await page.locator('.findings .proof').last().innerText();
  assert.match(time, /^0 ms: /);
  await page.getByRole('button', { name: /^Apply the cure: / }).click();
  await page.waitForFunction(() => location.search.includes('leaf=keeps_waker'));
  assert.equal(new URL(page.url()).searchParams.get('at'), 't1.p1.end', 'the same moment of the other run');
  await page.keyboard.press('End');
  await page.locator('.findings', { hasText: 'Nothing is wrong' }).waitFor();
  page.assertClean();
  await page.close();
});

test('a timeout of each turn names both of its lines and its proofs, and is cured by one press', async () => {
  const page = await open('?s=cancel&transfer=spawned&reader=kept&v=2');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: '1 finding' }).click();
  const finding = await page.locator('.findings li').first().innerText();
  assert.match(finding, /The timeout of 20 ms at timeout_anew\.rs:12 limits one turn of the loop, not all of them: it was created 13 times in 36 ms, and never fired\./);
  assert.match(finding, /won the race at timeout_anew\.rs:13/);
  const proofs = await page.locator('.findings .proof').allInnerTexts();
  assert.deepEqual(proofs.map((proof) => proof.split(':')[0]), ['0 ms', '21 ms', '36 ms', '36 ms'], 'set, too late for it, dropped last, and the end');
  await page.locator('.findings .proof').nth(1).click();
  await page.getByRole('button', { name: /^Apply the cure: / }).click();
  await page.waitForFunction(() => location.search.includes('timeout=kept'));
  await page.keyboard.press('End');
  await page.locator('.findings', { hasText: 'Nothing is wrong' }).waitFor();
  page.assertClean();
  await page.close();
});

test('what was not seen yet is not shown: no finding before its proof', async () => {
  const page = await open('?s=state-machine&written=async_fn');
  await loseFirstWake(page);
  const link = new URL(page.url());
  link.searchParams.set('at', '3');
  const other = await open(link.search);
  await other.waitForTimeout(500);
  assert.equal(await other.locator('.inspectors .why').isVisible(), false);
  await tab(other, 'Why').click();
  assert.match(await other.locator('.findings').innerText(), /Nothing is wrong/);
  for (const p of [page, other]) await p.close();
});

test('other orders are explored to the end, and one is opened', async () => {
  const page = await open('?s=state-machine&callers=2&gap=0&spread=0&written=async_fn');
  await page.keyboard.press('f');
  await page.locator('#explore-budget').fill('40');
  await page.getByRole('button', { name: 'Explore' }).click();
  const verdict = page.locator('.orders .verdict');
  await verdict.filter({ hasText: 'ran' }).waitFor();
  assert.match(await verdict.innerText(), /16 orders ran\. All ended alike\. That is every order there is\./);
  assert.match(await page.locator('.outcomes li').first().innerText(), /16 orders: all is done/);
  assert.equal(await at(page), 0, 'the run on the stage stays');
  page.assertClean();
  await page.close();
});

test('the one order in twelve that loses the fee is found, and opened beside the one that does not', async () => {
  const page = await open('?s=orders');
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Explore' }).click();
  const verdict = page.locator('.orders .verdict');
  await verdict.filter({ hasText: 'ran' }).waitFor();
  assert.match(await verdict.innerText(), /12 orders ran\. Not all end alike\. That is every order there is\./);
  const rows = page.locator('.outcomes li');
  assert.match(await rows.nth(0).innerText(), /11 orders: all is done.*balance: 140/s);
  assert.match(await rows.nth(1).innerText(), /1 order: all is done.*balance: 150/s);
  await rows.nth(1).getByRole('button', { name: /Open the shortest/ }).click();
  await shown(page, /do=[a-z\d._-]+next/);
  await page.keyboard.press('End');
  await page.locator('.output', { hasText: 'balance: 150' }).waitFor();
  assert.equal(await page.locator('.notice:not([hidden])').count(), 0, 'each change is met');
  page.assertClean();
  await page.close();
});

test('whether the order of lines matters is a switch', async () => {
  const page = await open('?s=sequential-join');
  await page.keyboard.press('f');
  const explore = async () => {
    await page.getByRole('button', { name: 'Explore' }).click();
    await page.locator('.orders .working').waitFor({ state: 'hidden' });
    await page.locator('.orders .verdict', { hasText: /ran|made/ }).waitFor();
    return page.locator('.outcomes li').count();
  };
  assert.equal(await explore(), 1, 'the same lines in every order');
  assert.match(await page.locator('.orders .verdict').innerText(), /No other order can end differently: 1 run stands for all of them, about 2\d,000,000/);
  await page.locator('#explore-budget').fill('500');
  await page.getByLabel('the order of lines matters').check();
  assert(await explore() > 1, 'but not always in the same order');
  page.assertClean();
  await page.close();
});

test('what one worker leaves is shared out among several, and found together', async () => {
  const page = await open('?s=executor&children=3&last=nothing');
  await page.evaluate(() => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 3 }));
  await page.keyboard.press('f');
  await page.locator('#explore-budget').fill('6000');
  await page.getByRole('button', { name: 'Explore' }).click();
  await page.locator('.orders .working .num', { hasText: 'by 3 workers' }).waitFor();
  const verdict = page.locator('.orders .verdict');
  await verdict.filter({ hasText: 'made' }).waitFor();
  assert.match(await verdict.innerText(), /[56],\d{3} runs were made\. All ended alike\..*In all there are about \d/s);
  assert.equal(await page.locator('.outcomes li').count(), 1);
  page.assertClean();
  await page.close();
});

test('an order that ends otherwise is opened as the changes that make it', async () => {
  const page = await open('?s=blocking');
  await page.keyboard.press('f');
  await page.locator('#explore-budget').fill('60');
  await page.getByRole('button', { name: 'Explore' }).click();
  await page.locator('.orders .verdict', { hasText: 'Not all end alike' }).waitFor();
  const other = page.locator('.outcomes li').nth(1);
  assert.match(await other.innerText(), /Not here:/, 'in what it differs');
  await other.getByRole('button', { name: /Open the shortest/ }).click();
  await shown(page, /do=[a-z\d.]+-next/);
  assert.match(await narrator(page), /polled next, out of turn/);
  assert.equal(await page.locator('.notice:not([hidden])').count(), 0, 'each change is met');
  await tab(page, 'What if').click();
  assert.equal(await page.locator('.outcomes li').nth(1).isVisible(), true, 'what was found stays');
  page.assertClean();
  await page.close();
});

test('an exploration is stopped where it is, and says what it found', async () => {
  const page = await open('?s=state-machine&callers=200&gap=0&spread=0');
  await page.keyboard.press('f');
  await page.locator('#explore-budget').fill('100000');
  await page.getByRole('button', { name: 'Explore' }).click();
  await page.locator('.orders .working .num', { hasText: /^[1-9]/ }).waitFor();
  await page.locator('.orders').getByRole('button', { name: 'Stop' }).click();
  await page.locator('.orders .verdict', { hasText: /made before you stopped/ }).waitFor();
  page.assertClean();
  await page.close();
});

test('a schedule that panics takes the exploration with it, and nothing else', async () => {
  const page = await open('?s=state-machine&line=cut&written=async_fn&at=9');
  const said = await narrator(page);
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Explore' }).click();
  await page.locator('.orders .verdict', { hasText: 'panicked' }).waitFor();
  assert.equal(await narrator(page), said);
  await page.keyboard.press('ArrowRight');
  assert.equal(await at(page), 11);
  await page.getByRole('button', { name: 'Explore' }).click();
  await page.locator('.orders .verdict', { hasText: 'panicked' }).waitFor();
  page.assertClean();
  await page.close();
});

test('what holds a waker can be pointed at, by mouse and by key', async () => {
  const page = await open('?s=state-machine&callers=3&gap=0&spread=0&written=async_fn');
  await page.keyboard.press('>');
  await page.keyboard.press('ArrowLeft');
  const holder = page.locator('.executor .holder').first();
  await holder.hover();
  assert.match(await page.locator('.executor header').innerText(), /ms timer: tasks? [\d, ]+ waits? there/);
  assert(await page.locator('.executor .holder[data-pointed]').count() >= 1);
  await page.mouse.move(5, 5);
  assert.equal(await page.locator('.executor [data-pointed]').count(), 0);
  await holder.focus();
  assert(await page.locator('.executor .holder[data-pointed]').count() >= 1);
  page.assertClean();
  await page.close();
});
