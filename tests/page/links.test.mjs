// Links on the page: those of version 1 open what they opened, what cannot be read is said and all else is kept, and what
// nobody here knows is copied on. What each link opens is tested in tests/links, for ever; this is how the page says it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursor as at, length } from './scenarios.mjs';
import { becomeReady, linkOf, open } from './support.mjs';

const notice = (page) => page.locator('.notice:not([hidden]) p');
const narrator = (page) => page.locator('.narrator').innerText();
const changes = (page) => page.locator('#changes');

// Numbers of events, as they were written before moments had names: with the cursor today, and the link that is copied on.
for (const [search, expected, copy] of [
  ['?s=lazy&at=12', 14, '?s=lazy&at=t1.p1.end&v=2'],
  ['?s=lazy&then=drop&at=7', 9, '?s=lazy&then=drop&at=t1.p1.enter1&v=2'],
  // Numbers counted the models' arrivals and calls as well, which stand beside the events now.
  ['?s=call-centre&at=123', 72, undefined],
  ['?s=call-centre&callers=3&gap=2&at=40', 24, '?s=call-centre&callers=3&gap=2&at=t2.p1.end&v=2'],
  ['?s=call-centre&callers=3&compare=async&at=25', 24, '?s=call-centre&callers=3&compare=async&at=t3.spawn&v=2'],
  ['?s=state-machine&do=40.wake.1&at=41', 43, '?s=state-machine&do=t2.w1-wake.1&at=t2.queue2&v=2'],
  ['?s=state-machine&do=30.drop.2', 0, '?s=state-machine&do=t3.c2-drop.2&v=2'],
  // What found nothing keeps its number, and opens the same again.
  ['?s=call-centre&callers=3&do=15.fire.1_30.next.3&at=44', 29, '?s=call-centre&callers=3&do=15.fire.1_30.next.3&at=t1.w1&v=2'],
]) {
  test(`${search} opens what it opened, and is copied on by names`, async () => {
    const page = await open(search);
    assert.equal(await at(page), expected);
    const [said, written] = [await narrator(page), await linkOf(page)];
    if (copy) assert.equal(written, copy);
    assert.match(written, /&v=2$/);
    assert.doesNotMatch(written, /at=\d/);
    const again = await open(written);
    assert.equal(await at(again), expected);
    assert.equal(await narrator(again), said);
    assert.equal(await linkOf(again), written);
    for (const p of [page, again]) {
      p.assertClean();
      await p.close();
    }
  });
}

// What is not understood goes; what is, stays.
for (const [search, said, cursor, copy] of [
  ['?s=state-machine&callers=2&do=t1.w1-lose&at=t1.w1&utm_source=chat&fbclid=x', /no parameter “utm_source”.*“fbclid”/, 'some',
    '?s=state-machine&callers=2&do=t1.w1-lose&at=t1.w1&utm_source=chat&fbclid=x&v=2'],
  ['?s=state-machine&callers=5000&written=async_fn&at=t1.p1', /calls is 1 to 1,000/, 'some', '?s=state-machine&written=async_fn&at=t1.p1&v=2'],
  ['?s=state-machine&do=12.eat_t1.w1-lose&at=t1.w1', /“12.eat” is no change/, 'some', '?s=state-machine&do=t1.w1-lose&at=t1.w1&v=2'],
  ['?s=state-machine&do=t1.w1-lose&at=here', /“here” is no moment/, 0, '?s=state-machine&do=t1.w1-lose&v=2'],
  ['?s=state-machine&vs=written.in_chalk&vs=order.lifo&at=t1.p1', /written is one of/, 'some', '?s=state-machine&vs=order.lifo&at=t1.p1&v=2'],
  ['?s=state-machine&vs=chalk&do=t1.w1-lose', /“chalk” does not say/, 0, '?s=state-machine&do=t1.w1-lose&v=2'],
  ['?s=state-machine&at=t1.p1&v=99', /version 99/, 'some', '?s=state-machine&at=t1.p1&v=2'],
  // A bracket that a chat took into the link.
  ['?s=state-machine&at=t1.p1&order=lifo)', undefined, 'some', '?s=state-machine&order=lifo&at=t1.p1&v=2'],
]) {
  test(`${search} loses only what cannot be read, and says so`, async () => {
    const page = await open(search);
    if (said) assert.match(await notice(page).innerText(), said);
    else assert.equal(await notice(page).count(), 0);
    assert.equal(await linkOf(page), copy);
    if (cursor === 'some') assert(await at(page) > 0);
    else assert.equal(await at(page), cursor);
    assert.equal(await changes(page).isVisible(), /do=|vs=/.test(copy));
    page.assertClean();
    await page.close();
  });
}

test('of more changes than a run takes the first are made', async () => {
  const page = await open(`?s=state-machine&do=${'1.lose_'.repeat(300)}`);
  assert.match(await notice(page).innerText(), /at most 256/);
  assert.equal(await changes(page).locator('li').count(), 256);
  page.assertClean();
  await page.close();
});

for (const [search, value, cursor] of [
  ['?s=state-machine&at=t1.p99&v=2', 't1.p99', 116],
  ['?s=state-machine&at=99999', '99999', 124],
]) {
  test(`${search}: a moment that the run does not have is said, and the nearest one before it is shown`, async () => {
    const page = await open(search);
    assert.match(await notice(page).innerText(), new RegExp(`no moment “${value}”.*nearest one before`));
    assert.equal(await at(page), cursor);
    assert.equal(await length(page), 124);
    // The link as it came can still be copied; the next step has an address of its own.
    assert.match(await linkOf(page), new RegExp(`at=${value}&`));
    await page.keyboard.press('ArrowLeft');
    assert.doesNotMatch(await linkOf(page), new RegExp(`at=${value}&`));
    page.assertClean();
    await page.close();
  });
}

test('a link to a scenario that is not there stays in the address', async () => {
  const page = await open('?s=no-such&at=t1.p1&v=2');
  assert.match(await notice(page).innerText(), /no scenario “no-such”/);
  assert.equal(new URL(page.url()).search, '?s=no-such&at=t1.p1&v=2');
  page.assertClean();
  await page.close();
});

test('what nobody here knows goes on through steps, changes and the clipboard, and not to another scenario', async () => {
  const page = await open('?s=state-machine&utm_source=chat', { reducedMotion: 'reduce' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('n');
  await page.keyboard.press('w');
  await page.keyboard.press('f');
  await page.getByRole('button', { name: /task 1 is not woken/ }).click();
  await page.waitForURL(/do=/);
  await becomeReady(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('y');
  await notice(page).filter({ hasText: 'clipboard' }).waitFor();
  const copied = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  assert.match(copied.search, /^\?s=state-machine&do=t1\.w\d+-lose&at=[a-z\d.]+&utm_source=chat&v=2$/);
  assert.equal(copied.search, new URL(page.url()).search);
  await page.keyboard.press(']');
  await page.waitForURL(/s=moving/);
  await becomeReady(page);
  assert.equal(await linkOf(page), '?s=moving&v=2');
  page.assertClean();
  await page.close();
});

test('back and forward go through changed runs, each at its moment', async () => {
  const page = await open('?s=lazy');
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('ArrowRight');
  const before = await narrator(page);
  await page.keyboard.press('f');
  await page.getByRole('button', { name: /task 1 is dropped/ }).click();
  await page.waitForURL(/do=[a-z\d.]+-drop\.1/);
  await becomeReady(page);
  const [changed, said] = [await linkOf(page), await narrator(page)];
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('#changes').hidden);
  await becomeReady(page);
  assert.equal(await at(page), 9);
  assert.equal(await narrator(page), before);
  await page.goForward();
  await page.waitForURL(/do=/);
  await page.waitForFunction(() => !document.querySelector('#changes').hidden);
  await becomeReady(page);
  assert.equal(await linkOf(page), changed);
  assert.equal(await narrator(page), said);
  page.assertClean();
  await page.close();
});
