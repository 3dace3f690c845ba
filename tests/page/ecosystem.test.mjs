// What the scenarios of the ecosystem have that others have not: a loop that is turned by a click, levels that lead to scenarios, and
// a table of crates, each fact of it with its source.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHarness } from './heroes/mount.mjs';
import { becomeReady, open } from './support.mjs';

let harness;
before(async () => {
  harness = await openHarness();
});
after(() => harness.close());

/** Draws a scenario at its end and clicks on what offers something; gives what was asked for. */
const picked = (id, pick, params = {}) => harness.evaluate(async ([id, pick, params]) => {
  const { length } = await window.harness.open(id, { params });
  window.harness.at(length, { isKnown: true });
  for (const one of document.querySelectorAll('.picture [data-pick]')) {
    if (one.dataset.pick === pick) one.firstElementChild.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  }
  return window.harness.offered;
}, [id, pick, params]);

test('a loop that nobody turns is turned once by a click, when its timer is due; one that somebody turns is not', async () => {
  assert.deepEqual(await picked('runtimes', 'turn', { hand: '30' }), ['turned=by_hand']);
  assert.deepEqual(await picked('runtimes', 'turn', { due: '50', hand: '30' }), ['hand=50', 'turned=by_hand'], 'not before it is due');
  assert.deepEqual(await picked('runtimes', 'turn', { turned: 'layer' }), []);
  assert.deepEqual(await picked('runtimes', 'turn', { timer: 'ours' }), []);
  assert.deepEqual(await picked('runtimes', 'turn', { timer: 'socket', due: '50', hand: '30' }), ['hand=50', 'turned=by_hand'], 'not before its bytes come');
  assert.deepEqual(await picked('runtimes', 'turn', { timer: 'socket', turned: 'layer' }), []);
});

test('each level of the stack leads to the scenario that is about it', async () => {
  for (const id of ['lazy', 'state-machine', 'executor', 'reactor', 'concurrency-parallelism', 'call-centre']) {
    assert.deepEqual(await picked('stack', `visit ${id}`), [`visit ${id}`]);
  }
});

test('the loop that was turned by hand wakes its task, and a link to that says so', async () => {
  const page = await open('?s=runtimes', { view: 'lesson' });
  await page.keyboard.press('End');
  assert.match(await page.locator('.moments').innerText(), /sleeps for good/);
  await page.locator('.picture .hit').click();
  await page.waitForURL((url) => url.search.includes('turned=by_hand'));
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await page.locator('.moments').innerText(), /is turned: a timer rings, and wakes guest/);
  page.assertClean();
  await page.close();
});

test('bytes for a socket of a loop that nobody turns wake nobody, and are read when it is turned by hand, or by the cure', async () => {
  const page = await open('?s=runtimes&timer=socket', { view: 'lesson' });
  await page.keyboard.press('End');
  assert.match(await page.locator('.moments').innerText(), /512 bytes came for guest at 20 ms: since then nobody has turned the loop of their driver/);
  assert.match(await page.locator('.accuse').innerText(), /socket of a loop that nobody turns/);
  await page.locator('.picture .hit').click();
  await page.waitForURL((url) => url.search.includes('turned=by_hand'));
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await page.locator('.moments').innerText(), /is turned: it finds a socket ready, and wakes guest/);
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes('turned='));
  await becomeReady(page);
  await page.keyboard.press('End');
  await page.locator('.cureb').first().click();
  await page.waitForURL((url) => url.search.includes('turned=layer'));
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await page.locator('.moments').innerText(), /guest at 20 ms/);
  page.assertClean();
  await page.close();
});

for (const [id, rows, columns] of [['reactor', 6, 3], ['runtimes', 6, 4], ['stack', 8, 1]]) {
  test(`${id}: its crates stand in a table, with version, day and the source of each fact`, async () => {
    const page = await open(`?s=${id}`, { view: 'lesson' });
    await page.locator('.fold', { hasText: 'Crates' }).click();
    await page.locator('.crates-table').waitFor();
    const facts = await page.locator('.crates-table tbody tr').evaluateAll((all) => all.map((row) => ({
      crate: row.querySelector('th').innerText, links: [...row.querySelectorAll('td a')].map((a) => a.href), said: [...row.querySelectorAll('td > span')].map((el) => el.textContent),
    })));
    assert.equal(facts.length, rows);
    for (const { crate, links, said } of facts) {
      // Of what a system has, the version that had it first, and its year.
      assert.match(crate, /\d+\.\d+\.\d+|(Linux|FreeBSD) \d+\.\d+/, crate);
      assert.match(crate, /20\d\d-\d\d-\d\d|(Linux|FreeBSD).*20\d\d/s, crate);
      assert.equal(links.length, columns, crate);
      assert(links.every((link) => link.startsWith('https://')), crate);
      assert(said.every((text) => text.length > 5 && !text.startsWith('crate.')), `${crate}: ${said}`);
    }
    page.assertClean();
    await page.close();
  });
}
