// The run as trees, as a screen reader has them: what the accessibility tree holds, what keys do, and how much is said.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, becomeReady, linkOf, open } from './support.mjs';

/** Opens the run as a tree, with its key. */
async function outline(page) {
  await page.keyboard.press('o');
  await page.locator('[role="treeitem"]:focus').waitFor();
}
/** The items of the accessibility tree below the tree, as the browser tells them: level, place, name, and whose children they are. */
async function tree(page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  await client.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const items = (id) => {
    const node = byId.get(id);
    if (!node) return [];
    const below = (node.childIds ?? []).flatMap(items);
    if (node.role?.value !== 'treeitem') return below;
    const property = (name) => node.properties?.find((one) => one.name === name)?.value.value;
    return [{ name: node.name.value, level: property('level'), expanded: property('expanded'), focused: property('focused') ?? false, items: below }];
  };
  const top = nodes.find((node) => node.role?.value === 'tree' && !node.ignored);
  return { name: top?.name?.value, items: top ? items(top.nodeId) : [] };
}
const focused = (page) => page.evaluate(() => {
  const el = document.activeElement;
  return [el.getAttribute('aria-label'), ...['level', 'posinset', 'setsize'].map((name) => Number(el.getAttribute(`aria-${name}`)))];
});
const press = async (page, ...keys) => { for (const key of keys) await page.keyboard.press(key); };

test('a run is a tree of tasks, polls and events, which the accessibility tree has as that', async () => {
  const page = await open('?s=first-poll', { view: 'lesson' });
  await page.keyboard.press('End');
  await outline(page);
  assert.match((await focused(page))[0], /./);
  await press(page, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp');
  assert.equal((await focused(page))[1], 1);
  await press(page, 'ArrowDown', 'Home', 'ArrowDown', 'ArrowRight');
  const { name, items: [run, ...others] } = await tree(page);
  assert.equal(name, 'By task');
  assert.deepEqual(others, []);
  assert.match(run.name, /^The run, \d+ events seen of \d+, 4 children$/);
  assert.deepEqual(run.items.map((item) => item.name.replace(/, \d+ child.*/, '')).slice(1), ['Task 2, sleeper 2', 'Task 3, sleeper 3', 'Of no task']);
  const [first] = run.items;
  assert.equal(first.expanded, true);
  assert.deepEqual(first.items.map((item) => item.name.replace(/, \d+ child.*/, '')), ['Before the first poll', 'Poll 1: Pending', 'Poll 2: Ready']);
  assert.deepEqual(first.items.map((item) => [item.level, item.focused]), [[3, false], [3, true], [3, false]]);
  await press(page, 'ArrowDown');
  assert.deepEqual((await focused(page)).slice(0, 3), ['Poll 1 of task 1 begins', 4, 1]);
  page.assertClean();
  await page.close();
});

test('up and down lead to a level, left and right to a sibling, Home, End, leaps and numbers to others, under any layout', async () => {
  const page = await open('?s=first-poll', { view: 'lesson' });
  await page.keyboard.press('End');
  await outline(page);
  const place = async () => (await focused(page)).slice(1, 3);
  await press(page, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'Home');
  assert.deepEqual(await place(), [2, 1]);
  await press(page, 'ArrowRight', 'ArrowRight');
  assert.deepEqual(await place(), [2, 3]);
  await press(page, 'ArrowLeft');
  assert.deepEqual(await place(), [2, 2]);
  await press(page, 'End', 'ArrowRight');
  assert.deepEqual(await place(), [2, 4], 'after the last one there is none');
  await press(page, 'Home', 'ArrowLeft');
  assert.deepEqual(await place(), [2, 1]);
  await press(page, '3');
  assert.deepEqual(await place(), [2, 3]);
  // A digit where an input method has none on the key.
  await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'Digit2', bubbles: true, cancelable: true })));
  await page.waitForFunction(() => document.activeElement.getAttribute('aria-posinset') !== '3');
  await press(page, 'Home', 'ArrowDown', 'PageDown');
  assert.deepEqual(await place(), [3, 3]);
  await press(page, 'PageUp');
  assert.deepEqual(await place(), [3, 1]);
  page.assertClean();
  await page.close();
});

test('an item that is chosen is where all views stand, is the current one, and is not told twice', async () => {
  const page = await open('?s=first-poll', { view: 'lesson' });
  await page.keyboard.press('End');
  await outline(page);
  await press(page, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'Home', 'ArrowDown', 'Home', 'ArrowRight', 'ArrowDown', 'ArrowRight');
  await page.evaluate(() => {
    window.said = [];
    new MutationObserver(() => window.said.push(document.querySelector('#aloud').textContent)).observe(document.querySelector('#aloud'), { childList: true });
  });
  await press(page, 'Enter');
  assert.match(await linkOf(page), /at=t1\.p1\./);
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('[role="treeitem"][aria-current]')].map((el) => el === document.activeElement)), [true]);
  await page.waitForFunction(() => window.said.length > 0);
  assert.deepEqual(await page.evaluate(() => window.said), ['The views show it.']);
  // Elsewhere in the page the cursor moves on; the item that is current is another, and the focus stays where it is.
  await page.keyboard.press('Shift+ArrowRight');
  await page.waitForFunction(() => document.querySelector('[role="treeitem"][aria-current]') !== document.activeElement);
  assert.equal(await page.locator('[role="treeitem"][aria-current]').count(), 1);
  page.assertClean();
  await page.close();
});

test('three amounts of words, which are kept', async () => {
  const page = await open('?s=first-poll', { view: 'lesson' });
  await page.keyboard.press('End');
  await outline(page);
  await press(page, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'Home', 'ArrowDown', 'ArrowRight');
  const named = async (words) => {
    await page.getByRole('button', { name: words, exact: true }).click();
    return page.locator('[role="treeitem"][aria-selected="true"]').getAttribute('aria-label');
  };
  assert.equal(await named('Few words'), 'Poll 1: Pending');
  assert.match(await named('Some'), /^Poll 1: Pending, \d+ children$/);
  assert.match(await named('All'), /^Poll 1: Pending, 0 ms, 2 of 3, \d+ children$/);
  await page.reload();
  await becomeReady(page);
  await outline(page);
  assert.equal(await page.getByRole('button', { name: 'All', exact: true }).getAttribute('aria-pressed'), 'true');
  page.assertClean();
  await page.close();
});

test('by waker a run is who wakes, each wake, and what comes of it', async () => {
  const page = await open('?s=first-poll', { view: 'lesson' });
  await page.keyboard.press('End');
  await outline(page);
  await page.getByRole('button', { name: 'By waker' }).click();
  await page.locator('[role="treeitem"][tabindex="0"]').focus();
  await press(page, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown');
  assert.deepEqual(await focused(page), ['timers, 3 children', 2, 1, 1]);
  await press(page, 'ArrowDown', 'Home');
  assert.match((await focused(page))[0], /10 ms timer/);
  await press(page, 'ArrowDown', 'End');
  assert.match((await focused(page))[0], /Ready/);
  page.assertClean();
  await page.close();
});

test('machines and bytes are trees, too', async () => {
  const page = await open('?s=state-machine', { view: 'lesson' });
  await page.keyboard.press('End');
  await outline(page);
  await page.getByRole('button', { name: 'Machines', exact: true }).click();
  await page.locator('[role="treeitem"][tabindex="0"]').focus();
  assert.match((await focused(page))[0], /^\d machines?, \d child/);
  await press(page, 'ArrowDown', 'ArrowDown');
  assert.deepEqual((await focused(page)).slice(1, 3), [3, 1]);
  await page.locator('.outline-tools').getByRole('button', { name: 'Memory' }).click();
  await page.locator('[role="treeitem"][tabindex="0"]').focus();
  await press(page, 'ArrowDown', 'ArrowDown');
  assert.match((await focused(page))[0], /\d+ bytes?/);
  const before = await cursorOf(page);
  await press(page, 'Enter');
  assert.notEqual(await cursorOf(page), before, 'a field leads to the event that wrote it');
  page.assertClean();
  await page.close();
});
const cursorOf = (page) => linkOf(page);

test('nothing that was not seen yet is in the tree', async () => {
  const page = await open('?s=first-poll', { view: 'lesson' });
  await outline(page);
  assert.deepEqual((await focused(page)).slice(1), [1, 1, 1]);
  assert.match((await focused(page))[0], /no event seen yet/);
  await press(page, 'ArrowDown');
  assert.equal((await focused(page))[1], 1);
  page.assertClean();
  await page.close();
});

test('ten thousand tasks are gone through, and take no more of the page than ten', async () => {
  const page = await open('?s=concurrency-parallelism&tasks=10000', { view: 'lesson' });
  await page.keyboard.press('End');
  await outline(page);
  await press(page, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'Home', ...'4711');
  const [name, ...at] = await focused(page);
  assert.match(name, /^Task 4711/);
  assert.deepEqual(at.slice(0, 2), [2, 4711]);
  assert(at[2] >= 10_000);
  await press(page, 'ArrowDown', 'ArrowDown');
  assert.equal((await focused(page))[1], 4);
  const count = await page.locator('[role="treeitem"]').count();
  assert(count <= 22, `${count} items`);
  const slow = await page.evaluate(async () => {
    const times = [];
    for (let i = 0; i < 20; i += 1) {
      const from = performance.now();
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: i % 2 ? 'ArrowLeft' : 'ArrowRight', bubbles: true, cancelable: true }));
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b)[10];
  });
  assert(slow < 50, `a sibling takes ${slow} ms`);
  page.assertClean();
  await page.close();
});

for (const [how, options] of [['at 320 px', { viewport: { width: 320, height: 640 } }], ['at 400 %', { viewport: { width: 320, height: 225 } }], ['in forced colours', { forcedColors: 'active' }], ['in Korean', { locale: 'ko-KR' }], ['among all views', { view: 'all' }]]) {
  test(`axe finds nothing in the trees, and nothing is cut, ${how}`, async () => {
    const page = await open('?s=state-machine', { view: 'lesson', reducedMotion: 'reduce', ...options });
    await page.keyboard.press('End');
    await outline(page);
    await press(page, 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown');
    assert.deepEqual(await axe(page), []);
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll('.tree, .tree *')].map((el) => el.scrollWidth - Math.max(el.clientWidth, el.offsetWidth))]);
    assert(wide.every((over) => over <= 1), `${Math.max(...wide)} px over`);
    const box = await page.locator('[role="treeitem"]:focus').boundingBox();
    assert(box && box.x >= 0 && box.x + box.width <= page.viewportSize().width + 1, 'the item that has the focus is seen');
    page.assertClean();
    await page.close();
  });
}
