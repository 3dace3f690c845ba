// A scenario as a newcomer sees it: its story is told moment by moment, the guess is kept and answered, values change in their
// sentence, all views are one button away.

import assert from 'node:assert/strict';
import test from 'node:test';
import { becomeReady, linkOf, open, shiftOf } from './support.mjs';

const lesson = { view: 'lesson', reducedMotion: 'reduce' };

/** What the column says: the moments told, each on a line, the present one marked. */
const told = (page) => page.locator('.moments li:not(.veil)').evaluateAll((rows) => rows.map((row) => {
  const text = [...row.querySelectorAll('p, small')].map((el) => el.textContent.trim()).join(' ');
  return `${row.getAttribute('aria-current') === 'step' ? '> ' : ''}${text}`;
}));

test('a story is told moment by moment, forwards and back, and ends with the run', async () => {
  const page = await open('?s=lost-wake', lesson);
  assert.deepEqual(await told(page), []);
  assert.equal(await page.locator('.moments .veil').count(), 6, 'what is to come is counted');
  await page.getByRole('button', { name: 'Start the run' }).click();
  assert.deepEqual(await told(page), ['> A bell is set to ring at 30 ms.']);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  assert.equal((await told(page)).at(-1), '> ForgetsWaker answers Pending and leaves no waker anywhere.');
  await page.keyboard.press('ArrowLeft');
  assert.equal((await told(page)).filter((line) => line.startsWith('> ')).length, 1);
  assert.match((await told(page))[2], /^> alone is polled for the first time\. The poll goes down to ForgetsWaker: has the bell rung\? Not yet\.$/);
  assert.equal((await told(page)).length, 4, 'what was told stays told');
  await page.keyboard.press('End');
  assert.equal((await told(page)).at(-1), '> Nothing is ready and no timer is set: alone sleeps for good.');
  assert.equal(await page.locator('.moments .veil').count(), 0);
  assert.equal(await page.locator('.moments .decides').count(), 1);
  await page.getByRole('button', { name: 'From the start' }).click();
  assert.equal(await linkOf(page), '?s=lost-wake&v=2');
  page.assertClean();
  await page.close();
});

test('a run that ends in a panic answers the guess, too', async () => {
  const page = await open('?s=mutex&mistake=std_mutex', lesson);
  await page.locator('.guess label', { hasText: 'panics' }).click();
  await page.keyboard.press('End');
  assert.match(await page.locator('.moments .now .closing .verdict').textContent(), /^You said a task panics.*And so it is in this run\./);
  await page.close();
});

test('a guess is kept while the run goes on, and answered in the last moment with what decides and the run in which it is right', async () => {
  const page = await open('?s=lost-wake', lesson);
  await page.locator('.guess label', { hasText: 'when it rings' }).click();
  await page.keyboard.press('ArrowRight');
  assert.match(await page.locator('.guess .kept').textContent(), /You said when it rings\.$/);
  await page.keyboard.press('End');
  const closing = page.locator('.moments .now .closing');
  assert.equal(await closing.locator('.verdict').textContent(), 'You said when it rings. In this run it is never. See why');
  assert.equal(await page.locator('.guess .kept').isVisible(), false, 'it is said once');
  const strips = closing.locator('.strip');
  await strips.nth(1).waitFor();
  assert.deepEqual(await strips.locator('p').allTextContents(), ['as you said, with innermost future: leaves each waker', 'as it was']);
  // The same clock: what is done at 30 ms ends where what sleeps for good is dotted on from.
  const [served, asleep] = await Promise.all([strips.nth(0).locator('.poll').nth(1), strips.nth(1).locator('.missing')].map((mark) => mark.boundingBox()));
  assert(Math.abs(served.x - asleep.x) < 1.5, `${served.x} ${asleep.x}`);
  assert.deepEqual(await Promise.all([0, 1].map((n) => strips.nth(n).locator('.over.done').count())), [1, 0]);

  await page.getByRole('button', { name: 'See why' }).click();
  assert.equal((await told(page)).find((line) => line.startsWith('> ')), '> ForgetsWaker answers Pending and leaves no waker anywhere.decides');
  assert.match(await page.locator('.guess .kept').textContent(), /You said when it rings\. In this run it is never\. See why$/, 'it is kept at every other moment');

  // The other run by one press; the guess is kept, and is right there.
  await page.keyboard.press('End');
  await closing.getByRole('button', { name: 'innermost future: leaves each waker' }).click();
  await page.waitForURL(/leaf=keeps_waker/);
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await closing.locator('.verdict').textContent(), /You said when it rings\. And so it is in this run\./);
  await strips.nth(1).waitFor();
  assert.match(await strips.nth(0).locator('p').textContent(), /^it would be otherwise with /);
  page.assertClean();
  await page.close();
});

test('a run that is left while another one is looked for leaves nothing behind', async () => {
  const page = await open('?s=blocking', lesson);
  await page.locator('.guess label').first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press(']');
  await becomeReady(page);
  await page.waitForFunction(() => document.querySelectorAll('.strip').length === 0);
  page.assertClean();
  await page.close();
});

test('the level says where a step goes, never where one is', async () => {
  const page = await open('?s=lost-wake', lesson);
  await page.keyboard.press('ArrowRight');
  const at = await linkOf(page);
  await page.keyboard.press('3');
  assert.equal(await linkOf(page), at.replace('&v=2', '&show=every&v=2'));
  // What a slider says is the cursor once the page has come to rest.
  const reaches = (cursor) => page.waitForFunction((cursor) => Number(document.querySelector('.track [role="slider"]').getAttribute('aria-valuenow')) === cursor, cursor);
  await reaches(2);
  await page.keyboard.press('ArrowRight');
  await reaches(3);
  await page.keyboard.press('1');
  await page.keyboard.press('Shift+ArrowLeft');
  await reaches(2);
  page.assertClean();
  await page.close();
});

test('all views are one button away, and are what opens next time', async () => {
  const page = await open('?s=lost-wake', lesson);
  await page.keyboard.press('ArrowRight');
  const at = await linkOf(page);
  await page.getByRole('button', { name: 'All views' }).click();
  await page.locator('.stage .pane.timeline').waitFor();
  assert.equal(await page.locator('.moments').count(), 0);
  assert.equal(await linkOf(page), at, 'the moment stays');
  await page.reload();
  await page.locator('html[data-ready="true"][data-view="all"]').waitFor({ state: 'attached' });
  await page.keyboard.press('a');
  await page.locator('.moments li.now').waitFor();
  page.assertClean();
  await page.close();
});

test('a link says that all views are shown, or at which level a run is told', async () => {
  for (const [show, view] of [['all', 'all'], ['polls', 'lesson'], ['every', 'lesson']]) {
    const page = await open(`?s=lost-wake&show=${show}`, lesson);
    await page.locator(`html[data-view="${view}"]`).waitFor({ state: 'attached' });
    assert.equal(await linkOf(page), `?s=lost-wake&show=${show}&v=2`);
    page.assertClean();
    await page.close();
  }
});

test('a link to the same run at another level leads to its own moment, and the address says all of it', async () => {
  const page = await open('?s=recursion&at=t1.p1&show=polls', { view: 'lesson' });
  const visit = async (to) => {
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, to);
    await becomeReady(page);
    return page.evaluate(() => location.search);
  };
  assert.equal(await visit('?s=recursion&at=t1.p1.enter1&show=every'), '?s=recursion&at=t1.p1.enter1&show=every&v=2');
  assert.equal(await linkOf(page), '?s=recursion&at=t1.p1.enter1&show=every&v=2');
  // Where the level alone is another one, the run stays, and its address is written in full.
  assert.equal(await visit('?s=recursion&at=t1.p1.enter1&show=polls'), '?s=recursion&at=t1.p1.enter1&show=polls&v=2');
  assert.equal(await visit('?s=recursion'), '?s=recursion&v=2');
  page.assertClean();
  await page.close();
});

test('a story is played at the pace of reading, and stops at its end', async () => {
  const page = await open('?s=lost-wake', lesson);
  await page.clock.install();
  await page.getByRole('button', { name: 'Play' }).click();
  for (let i = 0; i < 8; i += 1) await page.clock.runFor(4000);
  assert.equal((await told(page)).at(-1), '> Nothing is ready and no timer is set: alone sleeps for good.');
  assert.equal(await page.getByRole('button', { name: 'Play' }).count(), 1);
  page.assertClean();
  await page.close();
});

test('a finding stands in the code: the line to blame, what it lacks, and the cure there and back, at the same moment', async () => {
  const page = await open('?s=lost-wake', { view: 'lesson' });
  const accused = page.locator('.code2 .ln.bad');
  assert.equal(await accused.count(), 0, 'not before it is found');
  await page.keyboard.press('d');
  assert.deepEqual([await accused.getAttribute('data-n'), (await accused.textContent()).trim()], ['20', 'Poll::Pending']);
  assert.equal(await page.locator('.code2 .source:has(.bad)').getAttribute('data-file'), 'forgets_waker.rs');
  assert.match(await page.locator('.accuse').innerText(), /no waker left\s+forgets_waker\.rs:20/);
  const lacks = (await page.locator('.code2 .ln.plus').evaluate((el) => el.lastChild.textContent)).trim();
  const [seen, line] = await Promise.all([page.locator('.code2 .follow:has(.bad)').boundingBox(), accused.boundingBox()]);
  assert(line.y > seen.y && line.y + line.height < seen.y + seen.height, 'it is in sight');
  const when = () => page.locator('.moments .now time').innerText();
  const at = await when();
  await page.getByRole('button', { name: 'Try the cure' }).click();
  await page.waitForURL(/leaf=keeps_waker/);
  await becomeReady(page);
  assert.equal(await accused.count(), 0);
  assert.equal(await when(), at);
  const cured = await page.locator('.source[data-file="keeps_waker.rs"] pre').textContent();
  assert(cured.includes(lacks), `the cured program has ${lacks}`);
  await page.getByRole('button', { name: 'Without the cure' }).click();
  await page.waitForURL((url) => !url.search.includes('keeps_waker'));
  await becomeReady(page);
  assert.equal(await accused.count(), 1);
  page.assertClean();
  await page.close();
});

/** Scenarios of every way to be shown: with a trace, live, measured, and the wall. */
for (const id of ['lost-wake', 'promise-future', 'zero-cost', 'wall']) {
  test(`${id}: what is read first stays where it is when the rest comes`, async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
      const page = await open(`?s=${id}`, { view: 'lesson', viewport, fresh: true, ready: false });
      // The title and the idea stand there before any script of the page has run.
      await page.locator('.idea').waitFor();
      await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
      await page.waitForTimeout(500);
      const shift = await shiftOf(page);
      assert(shift < 0.01, `${viewport.width} wide: ${shift}`);
      await page.close();
    }
  });
}

test('the line of the findings opens what was found, and where nothing was, what can be asked', async () => {
  for (const [scenario, name] of [['lost-wake', 'findings'], ['first-poll', 'what_if']]) {
    const page = await open(`?s=${scenario}`, lesson);
    await page.keyboard.press('End');
    await page.locator('[data-fold="findings"]').click();
    await page.locator(`#inspector-${name}`).waitFor();
    assert.equal(await page.locator('#fold-findings [role="tab"][aria-selected="true"]').count(), 1);
    assert((await page.locator(`#inspector-${name}`).innerText()).trim().length > 20);
    page.assertClean();
    await page.close();
  }
});

test('keys that go to a view open its line, and the one that asks closes it again', async () => {
  const page = await open('?s=lost-wake', lesson);
  await page.keyboard.press('ArrowRight');
  for (const [key, name] of [['t', 'timeline'], ['e', 'executor']]) {
    assert.equal(await page.locator(`#fold-${name}`).isVisible(), false);
    await page.keyboard.press(key);
    await page.locator(`#fold-${name}`).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), `fold-${name}`);
  }
  await page.keyboard.press('f');
  await page.locator('#inspector-what_if').waitFor();
  await page.keyboard.press('f');
  await page.locator('#fold-findings').waitFor({ state: 'hidden' });
  page.assertClean();
  await page.close();
});

test('a line that is opened on a phone opens where it stands', async () => {
  const page = await open('?s=poll-waker', { ...lesson, viewport: { width: 390, height: 844 } });
  await page.keyboard.press('End');
  const line = page.locator('[data-fold="findings"]');
  await line.scrollIntoViewIfNeeded();
  const order = () => page.evaluate(() => ['.hero', '.code2', '.rest'].map((part) => document.querySelector(part).getBoundingClientRect().top));
  await line.click();
  await page.locator('#fold-findings [role="tab"]').first().waitFor();
  const [hero, code, rest] = await order();
  assert(hero < code && code < rest, `${hero} ${code} ${rest}`);
  await page.close();
});

test('a file that is shown beside another one keeps its side', async () => {
  const page = await open('?s=state-machine', lesson);
  const sides = () => page.locator('.code2 .source:not([data-aside]):not([hidden])').evaluateAll((files) => files
    .sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left).map((file) => file.dataset.file).join());
  await page.keyboard.press('d');
  const before = await sides();
  await page.keyboard.press('End');
  assert.equal(await sides(), before);
  await page.close();
});

test('what a cure changed in the code is in sight', async () => {
  const page = await open('?s=lost-wake', lesson);
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Try the cure' }).click();
  await becomeReady(page);
  const file = page.locator('.code2 .source[data-file="keeps_waker.rs"]:not([data-aside])');
  await file.waitFor();
  const isSeen = await file.locator('.follow').evaluate((scroller) => {
    const line = [...scroller.querySelectorAll('.ln')].find(({ textContent }) => textContent.includes('waker().clone()'));
    const [box, frame] = [line, scroller].map((el) => el.getBoundingClientRect());
    return box.top >= frame.top && box.bottom <= frame.bottom;
  });
  assert(isSeen);
  await page.close();
});

test('a late time stands whole beside its moment', async () => {
  const page = await open('?s=languages&tasks=1000&wait=1000', lesson);
  await page.keyboard.press('End');
  for (const width of [1440, 1280, 1000]) {
    await page.setViewportSize({ width, height: 800 });
    const times = await page.locator('.moments time').evaluateAll((all) => all.filter((el) => el.textContent).map((el) => ({ text: el.textContent, left: el.getBoundingClientRect().left, over: el.scrollWidth - el.clientWidth })));
    assert(times.some(({ text }) => text.length > 6), 'there is a late one');
    assert.deepEqual(times.filter(({ left, over }) => left < 0 || over > 0), [], `${width} wide`);
  }
  await page.close();
});
