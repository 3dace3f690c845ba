// Machines that are no chains: branches, ways back, several ends, machines within machines, fifty states; in the view and as the
// large picture. The programs are lowered and run by the workbench; what is measured is the picture as the browser lays it out.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHarness } from './heroes/mount.mjs';
import { PROGRAMS } from './machine/programs.mjs';

let page;
before(async () => {
  page = await openHarness({}, '../machine/harness.js');
});
after(() => page.close());

/** Runs in the page. What an edge crosses, what overlaps, and where states stand. */
const look = () => page.evaluate(() => {
  const root = document.querySelector('.picture');
  const all = (selector) => [...root.querySelectorAll(selector)];
  const rect = (el) => {
    const { left, right, top, bottom } = el.getBoundingClientRect();
    return { left, right, top, bottom, el };
  };
  const texts = all('text').map((el) => {
    const box = rect(el);
    const trim = (box.bottom - box.top) * 0.18; // what is above and below the letters of a line
    return { ...box, top: box.top + trim, bottom: box.bottom - trim, text: el.textContent, size: parseFloat(getComputedStyle(el).fontSize) };
  });
  const boxes = all('.mc-state').map(rect);
  const has = ({ left, right, top, bottom }, { x, y }, by) => x > left + by && x < right - by && y > top + by && y < bottom - by;
  const faults = [];
  for (const path of all('.mc-edge-line')) {
    const [length, matrix] = [path.getTotalLength(), path.getScreenCTM()];
    const points = Array.from({ length: Math.ceil(length / 3) + 1 }, (_, i) => path.getPointAtLength(Math.min(length, i * 3)).matrixTransform(matrix));
    const [first, last, around] = [points[0], points.at(-1), path.getBoundingClientRect()];
    // What lies outside of a window is not drawn.
    const window = path.parentElement.closest('svg');
    const [low, high] = [[0, 0], [1, 1]].map(([x, y]) => new DOMPoint(window.x.baseVal.value + x * window.width.baseVal.value, window.y.baseVal.value + y * window.height.baseVal.value).matrixTransform(root.getScreenCTM()));
    const isDrawn = ({ x, y }) => window === root || (x >= low.x && x <= high.x && y >= low.y && y <= high.y);
    const drawn = points.filter(isDrawn);
    // A straight line is as wide as nothing.
    const isNear = (box) => box.left <= around.right && around.left <= box.right && box.top <= around.bottom && around.top <= box.bottom;
    for (const text of texts.filter(isNear)) if (drawn.some((point) => has(text, point, 0.5))) faults.push(`an edge crosses "${text.text}"`);
    for (const box of boxes.filter(isNear)) {
      // One within another lies in the box of that one.
      const isWithin = has(box, first, 3) && has(box, last, 3);
      if (!isWithin && drawn.some((point) => has(box, point, 1.5))) faults.push(`an edge crosses a box at ${Math.round(box.left)}, ${Math.round(box.top)}`);
    }
  }
  const outer = rect(root);
  for (const { text, size, left, right, top, bottom } of texts) {
    if (size < 12) faults.push(`${size} px: ${text}`);
    if (left < outer.left - 0.5 || right > outer.right + 0.5 || top < outer.top - 3 || bottom > outer.bottom + 3) faults.push(`outside: ${text}`);
  }
  texts.forEach((a, i) => texts.slice(i + 1).forEach((b) => {
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1.5) faults.push(`overlap: ${a.text} | ${b.text}`);
  }));
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    const across = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const isNested = (x, y) => x.left <= y.left && x.right >= y.right && x.top <= y.top && x.bottom >= y.bottom;
    if (across && !isNested(a, b) && !isNested(b, a)) faults.push('two boxes overlap');
  }));
  // What is seen through a window is a part of it: another one at each step.
  const whole = (selector) => all(selector).filter((el) => el.parentElement.closest('svg') === root);
  const places = whole('.mc-state').map((el) => ['x', 'y', 'width', 'height'].map((name) => Number(el.getAttribute(name))));
  const ways = whole('.mc-edge-line').map((el) => el.getAttribute('d'));
  return { faults: [...new Set(faults)], places: JSON.stringify([places, ways]), boxes: boxes.length, edges: ways.length, texts: texts.length, lit: all('.mc-edge-line.lit').length };
});

/** How the pane is wide, and the picture. */
const SHAPES = [
  ['view', { as: 'view', width: 680 }], ['view of a phone', { as: 'view', width: 374 }], ['view in a lesson', { as: 'view', width: 1000 }],
  ['picture at 1440x900', { as: 'hero', width: 1036, height: 520 }], ['picture at 1280x720', { as: 'hero', width: 924, height: 366 }], ['picture on a phone', { as: 'hero', width: 374, height: 316 }],
];

for (const [name, source] of Object.entries(PROGRAMS)) {
  for (const [shape, options] of SHAPES) {
    test(`${name}, ${shape}: no edge crosses a label or a box, nothing overlaps, and nothing moves while one steps`, async () => {
      for (const language of options.width > 400 ? ['en', 'ko'] : ['en']) {
        const length = await page.evaluate(([program, o]) => window.harness.open(program, o), [source, { ...options, language }]);
        await page.locator('.mc-state').first().waitFor({ state: 'attached' });
        const places = new Set();
        for (const share of [0, 0.2, 0.45, 0.7, 1]) {
          await page.evaluate((at) => window.harness.at(at), Math.round(length * share));
          const seen = await look();
          assert.deepEqual(seen.faults, [], `${name}, ${shape}, ${language}, ${share}`);
          assert(seen.boxes >= 3 && seen.edges >= 2);
          places.add(seen.places);
        }
        assert.equal(places.size, 1, 'states and edges stay where they are');
      }
      assert.deepEqual(page.problems, []);
    });
  }
}

test('the measure finds an edge over a label, and a box over another', async () => {
  await page.evaluate(([program, o]) => window.harness.open(program, o), [PROGRAMS.looping, { as: 'hero', width: 1036, height: 520 }]);
  await page.evaluate(() => window.harness.at(40));
  assert.deepEqual((await look()).faults, []);
  await page.evaluate(() => {
    const [label] = document.querySelectorAll('.picture text.mc-edge');
    label.setAttribute('x', Number(label.getAttribute('x')) - 18);
    const [a, b] = document.querySelectorAll('.picture .mc-state');
    b.setAttribute('y', Number(a.getAttribute('y')) + 10);
  });
  const { faults } = await look();
  assert(faults.some((fault) => fault.startsWith('an edge crosses "')), faults.join());
  assert(faults.includes('two boxes overlap'), faults.join());
});

/** A machine of a program, at a share of its run. */
const machineAt = (source, at) => page.evaluate(([program, cursor]) => window.harness.machines(program, cursor), [source, at]);
const END = 1e9;

test('the edges are those of the source, and only those that were taken are counted', async () => {
  const [machine] = await machineAt(PROGRAMS.looping, END);
  // Not started, sleep, dial, sleep, sleep, yield, returned.
  const ways = machine.edges.map(({ from, to, count }) => `${from}${to}:${count}`);
  assert.deepEqual(ways, ['01:1', '12:1', '23:1', '24:2', '25:0', '36:1', '42:2', '56:0']);
  assert.deepEqual(machine.states.map(({ visits }) => visits), [1, 1, 3, 1, 2, 0, 1]);
  const [branches] = await machineAt(PROGRAMS.branching, 0);
  assert(branches.edges.filter(({ to }) => to === branches.states.length - 1).length > 2, 'it has several ends');
  assert(branches.edges.every(({ count }) => count === 0), 'at the start none was taken');
});

test('a machine within another is read off the bytes: each await of it is a place of its own', async () => {
  const [machine] = await machineAt(PROGRAMS.nested, END);
  const [, first, middle] = machine.states;
  assert.equal(first.inner.states.length, 4, 'not started, two awaits, returned');
  assert.deepEqual(first.inner.states.map(({ visits }) => visits), [1, 1, 1, 1]);
  assert.deepEqual(first.inner.edges.map(({ from, to, count }) => [from, to, count]), [[0, 1, 1], [1, 2, 1], [2, 3, 1]]);
  // The loop in the middle awaits two futures, one after the other: each begins anew.
  const [, leaf] = middle.inner.states;
  assert.deepEqual(middle.inner.states.map(({ visits }) => visits), [1, 1, 1]);
  assert.deepEqual(leaf.inner.states.map(({ visits }) => visits), [2, 2, 2, 2]);
  const length = await page.evaluate(([program, o]) => window.harness.open(program, o), [PROGRAMS.nested, { as: 'view', width: 1000 }]);
  await page.locator('.mc-state').first().waitFor({ state: 'attached' });
  await page.evaluate((at) => window.harness.at(at), Math.round(length / 2));
  const open = (await look()).boxes;
  const button = page.getByRole('button', { name: 'nested' }).first();
  await button.click();
  const other = (await look()).boxes;
  assert.notEqual(other, open, 'what is within opens and closes');
  assert.deepEqual((await look()).faults, []);
});

test('a way from a state to itself is drawn, and the list says that nobody counts it', async () => {
  await page.evaluate(([program, o]) => window.harness.open(program, o), [PROGRAMS.itself, { as: 'view', width: 680 }]);
  await page.locator('.mc-state').first().waitFor({ state: 'attached' });
  assert.equal((await look()).edges, 4);
  assert.match(await page.locator('.chain > li').nth(1).textContent(), /may come back to itself/);
});

test('the list says each state with its line, its bytes, how often it was entered, and where it leads', async () => {
  const length = await page.evaluate(([program, o]) => window.harness.open(program, o), [PROGRAMS.looping, { as: 'view', width: 680 }]);
  await page.locator('.mc-state').first().waitFor({ state: 'attached' });
  await page.evaluate((at) => window.harness.at(at), length);
  const items = await page.locator('.chain > li').evaluateAll((all) => all.map((li) => [li.firstChild.textContent, ...[...li.querySelectorAll('li')].map((part) => part.textContent)]));
  assert.equal(items.length, 7);
  assert.match(items[2][0], /^dial\(\): entered 3 times, line 9, \d+ bytes held$/);
  assert(items[2].includes('to Sleep: taken 2 times'), items[2].join(' | '));
  assert.equal(await page.locator('.picture').first().getAttribute('aria-hidden'), 'true', 'the picture is hidden from it');
});

test('fifty states: all of them at once without text, each readable nearer, by keys as by buttons', async () => {
  const length = await page.evaluate(([program, o]) => window.harness.open(program, o), [PROGRAMS.fifty, { as: 'view', width: 680 }]);
  await page.locator('.mc-state').first().waitFor({ state: 'attached' });
  await page.evaluate((at) => window.harness.at(at), Math.round(length * 0.4));
  const field = page.locator('.machine .field');
  await field.focus();
  await page.keyboard.press('0');
  const far = await look();
  assert.equal(far.boxes, 50);
  const sizes = () => field.evaluate((el) => [el.scrollWidth > el.clientWidth + 4 || el.scrollHeight > el.clientHeight + 4, el.scrollLeft, el.scrollTop]);
  assert.equal((await sizes())[0], false, 'all of it is there');
  for (const _ of [1, 2, 3]) await page.keyboard.press('+');
  const near = await look();
  assert(near.texts > 50 && near.texts > far.texts);
  assert.deepEqual(near.faults, []);
  const [moves, left] = await sizes();
  assert.equal(moves, true);
  await page.keyboard.press('h');
  const moved = (await sizes())[1];
  assert(moved < left, `${moved} < ${left}`);
  // What is present is in sight after the next step.
  const inSight = () => page.evaluate(() => {
    const [here] = document.querySelectorAll('.picture .mc-state.here, .picture .mc-state.lit');
    const [box, window] = [here.getBoundingClientRect(), document.querySelector('.machine .field').getBoundingClientRect()];
    return box.left >= window.left - 1 && box.right <= window.right + 1 && box.top >= window.top - 1 && box.bottom <= window.bottom + 1;
  });
  for (const share of [0.1, 0.9, 0.5]) {
    await page.evaluate((at) => window.harness.at(at), Math.round(length * share));
    assert.equal(await inSight(), true, String(share));
  }
  await page.keyboard.press('0');
  assert.equal((await look()).texts, far.texts);
  await page.getByRole('button', { name: 'Nearer (+)' }).click();
  assert((await look()).texts >= far.texts);
});

test('a step of fifty states takes no new places', async () => {
  const length = await page.evaluate(([program, o]) => window.harness.open(program, o), [PROGRAMS.fifty, { as: 'hero', width: 1036, height: 520 }]);
  const took = await page.evaluate((end) => {
    window.harness.at(1);
    const began = performance.now();
    for (let i = 0; i < 20; i++) window.harness.at(Math.round((end * (i + 1)) / 21));
    return (performance.now() - began) / 20;
  }, length);
  assert(took < 100, `${took} ms a step`);
});
