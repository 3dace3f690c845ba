// One thing is changed in the past of a run: by mouse and by key, in a link and out of it again; and what follows beside
// what was.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, becomeReady, linkOf, open } from './support.mjs';
import { at, changes, loseFirstWake, narrator, shown, tab, toFirstWake } from './inspector.mjs';

test('a wake is lost by mouse: the run is made again, named in the address, and can be gone back from', async () => {
  const page = await open('?s=state-machine');
  await toFirstWake(page);
  const [event, said] = [await at(page), await narrator(page)];
  const length = await page.locator('.where').innerText();
  await page.waitForURL(/at=/);
  await page.getByRole('button', { name: 'What if…' }).click();
  for (const kind of ['wake were lost', 'were woken', 'timer fired', 'were dropped']) {
    await page.locator('.what_if h3', { hasText: kind }).waitFor();
  }
  await page.getByRole('button', { name: /task 1 is not woken/ }).click();
  await shown(page, /do=t1\.w\d+-lose/);
  assert.equal(await at(page), event, 'right after the first difference');
  assert.match(await narrator(page), /You took this wake away/);
  assert.notEqual(await page.locator('.where').innerText(), length);
  assert.match(await changes(page).innerText(), new RegExp(`the wake of event ${event} is lost`));
  await page.keyboard.press('End');
  assert.match(await narrator(page), /Task 1 was not woken/);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('#changes').hidden);
  await becomeReady(page);
  assert.equal(await at(page), event);
  assert.equal(await narrator(page), said);
  await page.goForward();
  await shown(page, /do=/);
  assert.equal(await changes(page).isVisible(), true);
  page.assertClean();
  await page.close();
});

test('by keys alone: opened, chosen, closed, taken away', async () => {
  const page = await open('?s=state-machine', { reducedMotion: 'reduce' });
  await toFirstWake(page);
  await page.keyboard.press('f');
  await page.locator('.what_if li button').first().waitFor();
  await page.waitForFunction(() => document.activeElement.closest('.what_if') !== null);
  await page.keyboard.press('Escape');
  await page.locator('.pane.inspector').waitFor({ state: 'hidden' });
  // The focus is where it opens again.
  await page.waitForFunction(() => /What if/.test(document.activeElement.textContent));
  await page.keyboard.press('f');
  await page.waitForFunction(() => document.activeElement.closest('.what_if') !== null);
  // To the drop of task 2, with Tab only.
  for (let i = 0; i < 30; i += 1) {
    if (/task 2 is dropped/.test(await page.evaluate(() => document.activeElement.textContent))) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await shown(page, /do=[a-z\d.]+-drop\.2/);
  assert.match(await narrator(page), /You drop task 2/);
  const event = await at(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('x');
  assert.equal(await at(page), event, 'x leads to the first difference');
  // Between tabs with the arrows.
  await tab(page, 'Old and new').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => /Why/.test(document.querySelector('.inspector [role="tab"][aria-selected="true"]')?.textContent ?? ''));
  assert.equal(await at(page), event, 'an arrow between tabs is no step');
  await page.getByRole('button', { name: /Take it away/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#changes').hidden);
  await becomeReady(page);
  await page.waitForURL((url) => !url.search.includes('do='));
  page.assertClean();
  await page.close();
});

test('under the lanes of a changed run stands the one before, from where they part', async () => {
  const page = await open('?s=sequential-join&do=100.drop.2&at=80');
  const about = page.locator('.pane.timeline .about');
  assert.doesNotMatch(await about.innerText(), /the run before/, 'they have not parted yet');
  await page.keyboard.press('End');
  await page.waitForFunction(() => /the run before/.test(document.querySelector('.pane.timeline .about').textContent));
  await page.getByRole('button', { name: /Back to the original/ }).click();
  await page.waitForURL((url) => !url.search.includes('do='));
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.doesNotMatch(await about.innerText(), /the run before/);
  page.assertClean();
  await page.close();
});

test('a copied link opens the same step with the same changes in a fresh page', async () => {
  const page = await open('?s=state-machine&callers=2');
  await loseFirstWake(page);
  for (let i = 0; i < 12; i += 1) await page.keyboard.press('ArrowRight');
  const event = await at(page);
  const other = await open(await linkOf(page));
  assert.equal(await at(other), event);
  assert.equal(await narrator(other), await narrator(page));
  assert.equal(await changes(other).innerText(), await changes(page).innerText());
  await other.locator('.compare tbody tr').first().waitFor();
  assert.equal(await other.locator('.compare tbody').innerText(), await page.locator('.compare tbody').innerText());
  for (const p of [page, other]) {
    p.assertClean();
    await p.close();
  }
});

test('changes add up, each can be taken away, and the original is one step away', async () => {
  const page = await open('?s=state-machine');
  await loseFirstWake(page);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await tab(page, 'What if').click();
  await page.getByRole('button', { name: /task 1 is woken/ }).click();
  await shown(page, /do=t1\.w\d+-lose_[a-z\d.]+-wake\.1/);
  assert.equal(await changes(page).locator('li').count(), 2);
  await page.keyboard.press('End');
  assert.match(await narrator(page), /The run is over/, 'woken by hand, it comes to its end');
  await page.getByRole('button', { name: /Take it away: the wake of event/ }).click();
  await page.waitForURL((url) => !/lose/.test(url.search));
  await becomeReady(page);
  assert.equal(await changes(page).locator('li').count(), 1);
  await page.getByRole('button', { name: 'Back to the original' }).click();
  await page.waitForFunction(() => document.querySelector('#changes').hidden);
  await becomeReady(page);
  assert.doesNotMatch(page.url(), /do=/);
  page.assertClean();
  await page.close();
});

test('old stands beside new, one before they part and two after it', async () => {
  const page = await open('?s=state-machine');
  await loseFirstWake(page);
  const event = await at(page);
  const rows = page.locator('.compare tbody tr');
  await rows.first().waitFor();
  assert.match(await page.locator('.compare .parts').innerText(), new RegExp(`part at event ${event}`));
  assert.equal(await page.locator('.compare tr.first').count(), 1);
  const current = page.locator('.compare tr[aria-current]');
  assert.match(await current.locator('td').nth(1).innerText(), /9 ms timer wakes task 1/);
  assert.match(await current.locator('td').nth(2).innerText(), /took this wake away/);
  assert.equal(await page.locator('.compare tr.ahead').count(), 1, 'what comes is blank');
  await page.locator('.compare td.same button').first().click();
  assert(await at(page) < event);
  await page.getByRole('button', { name: /Go there/ }).click();
  assert.equal(await at(page), event);
  page.assertClean();
  await page.close();
});

test('both runs are drawn whole, what lies ahead only when it answers no guess, with the place where they part', async () => {
  const page = await open('?s=orders&quotes=1&do=t2.queue1-next.2&v=2&at=0');
  const drawn = page.locator('.compare .both');
  await drawn.waitFor();
  assert.deepEqual([await drawn.locator('.poll').count(), await drawn.locator('.fork').count()], [0, 0], 'the guess is open');
  await page.locator('.predict input').first().check();
  await drawn.locator('.poll').first().waitFor();
  assert.equal(await drawn.locator('.poll').count(), 12, 'six polls of each');
  assert.equal(await drawn.locator('.poll.later').count(), 12);
  assert.equal(await drawn.locator('line.fork').count(), 1);
  assert.match(await drawn.locator('.name').nth(1).textContent(), /the changed run: balance: 150/);
  await drawn.locator('.poll[data-go]').nth(2).click();
  assert.match(await narrator(page), /Task 2|Poll/);
  assert(await drawn.locator('.poll.lit').count() >= 1);
  page.assertClean();
  await page.close();
});

test('two parameter sets stand side by side, from the panel and from a link', async () => {
  const page = await open('?s=state-machine&written=async_fn');
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'written: by hand' }).click();
  await shown(page, /vs=written\.by_hand/);
  assert.match(await changes(page).innerText(), /written: by hand/);
  await page.keyboard.press('x');
  await page.locator('.compare tr.first').waitFor();
  const search = new URL(page.url()).search;
  const other = await open(search);
  await other.locator('.compare tbody tr').first().waitFor();
  assert.match(await changes(other).innerText(), /written: by hand/);
  await other.getByRole('button', { name: 'Back to the original' }).click();
  await other.waitForFunction(() => document.querySelector('#changes').hidden);
  for (const p of [page, other]) {
    p.assertClean();
    await p.close();
  }
});

test('a panic that is asked for ends the run, and the original is still beside it', async () => {
  // At the beginning of a poll that polls another future: the panic comes there.
  const page = await open('?s=state-machine&written=async_fn&at=t1.p1&v=2');
  await page.keyboard.press('f');
  await page.getByRole('button', { name: /task 1 panics/ }).click();
  await shown(page, /panic/);
  await page.keyboard.press('End');
  assert.match(await narrator(page), /panic/);
  await tab(page, 'Old and new').click();
  await page.locator('.compare tr.first').waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('x');
  assert.equal(await page.locator('.compare tr[aria-current] td.old').count(), 1);
  page.assertClean();
  await page.close();
});

test('a change that meets nothing is said to', async () => {
  const page = await open('?s=state-machine&do=12.wake.900_3.fire.77');
  assert.match(await page.locator('.notice:not([hidden]) p').innerText(), /2 changes found nothing/);
  assert.equal(await changes(page).locator('li').count(), 2);
  await page.locator('.compare .parts').waitFor();
  assert.match(await page.locator('.compare .parts').innerText(), /Both runs are the same/);
  page.assertClean();
  await page.close();
});

for (const [search, expected] of [
  ['?s=state-machine&do=12.eat', /“12.eat” is no change of a run/],
  ['?s=state-machine&do=<img src=x onerror=alert(1)>', /onerror/],
  ['?s=state-machine&vs=written.in_chalk', /written/],
  ['?s=state-machine&vs=chalk', /chalk/],
  ['?s=promise-future&do=3.lose', /no parameter “do”/],
  ['?s=wall&vs=tasks.3', /no parameter “vs”/],
]) {
  test(`the bad link ${search.slice(0, 60)} gets a notice, and a page that works`, async () => {
    const page = await open(search);
    assert.match(await page.locator('.notice:not([hidden]) p').innerText(), expected);
    assert.equal(await changes(page).isVisible(), false);
    assert.equal(await page.locator('main img').count(), 0);
    if (!search.includes('wall')) {
      await page.keyboard.press('ArrowRight');
      assert.equal(await at(page), 1);
    }
    page.assertClean();
    await page.close();
  });
}

for (const [name, options] of Object.entries({
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
})) {
  test(`nothing stands in anybody's way, ${name}`, async () => {
    const page = await open('?s=state-machine&do=35.lose&at=36', options);
    await page.locator('.compare tbody tr').first().waitFor();
    assert.deepEqual(await axe(page), [], 'old and new');
    for (const one of ['What if', 'Why']) {
      await tab(page, one).click();
      assert.deepEqual(await axe(page), [], one);
    }
    if (name === 'on a phone') {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert(wide <= 390, `${wide} px`);
      const small = await page.evaluate(() => [...document.querySelectorAll('.inspectors button, .tabs button, .findings .act, #changes button')]
        .filter((el) => el.checkVisibility()).filter((el) => el.getBoundingClientRect().height < 44).map((el) => el.textContent));
      assert.deepEqual(small, [], 'targets below 44 px');
    }
    page.assertClean();
    await page.close();
  });
}
