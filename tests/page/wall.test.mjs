// The wall as it is used: a million futures of it, told one by one, stopped, paused, broken and left.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, becomeReady, open } from './support.mjs';

const MIB = 1024 * 1024;
const figure = (page, name) => page.locator(`[data-figure="${name}"] b`).innerText().then((text) => Number(text.replace(/,/g, '')));
const state = (page, name) => page.locator(`[data-state="${name}"] b`).innerText().then((text) => Number(text.replace(/,/g, '')));
const card = (page) => page.locator('.pixel-told').innerText();
const sentence = (page) => page.locator('.readout .narrator').innerText();
const field = (page) => page.getByRole('application');

/** Waits until every future is spawned. */
const spawned = (page) => page.locator('.spawning').waitFor({ state: 'hidden', timeout: 60_000 });

async function pause(page) {
  await page.getByRole('button', { name: /^Pause/ }).click();
  await page.getByRole('button', { name: /^Play/ }).waitFor();
}

/** How many pixels of the canvas have which colour, as 24 bits. */
const colours = (page) => page.evaluate(() => {
  const canvas = document.querySelector('.field-of-view canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let i = 0; i < data.length; i += 4) {
    const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  return counts;
});

/** Waits until all of 30,000 futures are done. */
const over = (page) => page.waitForFunction(() => document.querySelector('[data-state="done"] b')?.textContent === '30,000');

/** A token's colour, as 24 bits. */
const token = (page, name) => page.evaluate((property) => {
  const probe = document.createElement('i');
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g).map(Number);
  probe.remove();
  return (r << 16) | (g << 8) | b;
}, name);

test('a million futures are spawned, run, and fit into 64 MiB', async () => {
  const page = await open('?s=wall');
  await spawned(page);
  await page.waitForTimeout(1500);
  assert.equal(await figure(page, 'alive'), 1_000_000);
  assert(await figure(page, 'polls') > 50_000, `${await figure(page, 'polls')} polls a second`);
  assert.equal(await figure(page, 'wasted'), 0);
  const memory = await figure(page, 'memory');
  assert(memory > 20 && memory <= 64, `${memory} MiB`);
  const each = await figure(page, 'each');
  // What is shown for one future is what memory has grown by for all of them.
  assert(Math.abs(each * 1e6 / MIB + 1.1 - memory) < 0.5, `${each} bytes each, ${memory} MiB`);
  assert(await figure(page, 'future') < each);
  assert.match(await sentence(page), /timers? fired|ready/);
  assert.match(await page.locator('.cost').innerText(), /^[\d.]+ ms of script/);
  // One device pixel each.
  const [width, height] = await page.evaluate(() => {
    const { width: w, height: h, clientWidth, clientHeight } = document.querySelector('.field-of-view canvas');
    return [w / clientWidth, h / clientHeight].map((share) => share / devicePixelRatio);
  });
  assert.deepEqual([width, height], [1, 1]);
  assert.equal(await page.locator('.zooms output').innerText(), '1×');
  page.assertClean();
  await page.close();
});

test('the states that are counted are all of the futures, and change', async () => {
  const page = await open('?s=wall&futures=20000&mean=300');
  await spawned(page);
  const all = async () => (await page.locator('[data-state] b').allInnerTexts()).map((text) => Number(text.replace(/,/g, '')));
  const seen = new Set();
  for (let i = 0; i < 6; i += 1) {
    await page.waitForTimeout(300);
    const now = await all();
    assert.equal(now.reduce((a, b) => a + b), 20_000);
    seen.add(now.join());
  }
  assert(seen.size > 2, 'they change');
  page.assertClean();
  await page.close();
});

test('pixels are coloured by state, and the paper is seen where there is no future', async () => {
  const page = await open('?s=wall&futures=30000&mean=400&pattern=rain');
  await spawned(page);
  await page.waitForTimeout(1500);
  // While it runs: what was painted last are those who were woken, before they were polled.
  const seen = await colours(page);
  const has = async (name, least) => assert(seen[await token(page, name)] >= least, `${name}: ${seen[await token(page, name)]} pixels`);
  await has('--paper', 1000);
  await has('--st-ready', 100);
  await has('--st-running', 100);
  assert(Object.keys(seen).length > 30, 'a poll fades');
  page.assertClean();
  await page.close();

  // One wait each, then all of them are done, and nothing else is painted.
  const done = await open('?s=wall&futures=30000&mean=100&ends=one');
  await over(done);
  assert.match(await sentence(done), /All 30,000 futures are done/);
  assert.equal(await state(done, 'done'), 30_000);
  assert.equal(Object.keys(await colours(done)).length, 3, 'two tones of done, and the paper');
  done.assertClean();
  await done.close();
});

test('a graphics card paints the same colours', async () => {
  const search = '?s=wall&futures=30000&mean=100&ends=one';
  const plain = await open(search);
  await over(plain);
  await plain.locator('.zooms button').first().click();
  const expected = await colours(plain);
  await plain.close();
  // Software that says it is a card: what it paints is what a card would.
  const page = await open('?s=moving');
  await page.addInitScript(() => {
    const { getParameter } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.getParameter = function told(name) {
      return name === 0x9246 ? 'A card' : getParameter.call(this, name);
    };
  });
  await page.goto(page.url().split('?')[0] + search);
  await over(page);
  await field(page).focus();
  const [painted, isCard] = await page.evaluate(() => {
    const canvas = document.querySelector('.field-of-view canvas');
    // A key paints at once, and what was painted is there until this script ends.
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '-', bubbles: true, cancelable: true }));
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const pen = copy.getContext('2d');
    pen.drawImage(canvas, 0, 0);
    const { data } = pen.getImageData(0, 0, copy.width, copy.height);
    const counts = {};
    for (let i = 0; i < data.length; i += 4) {
      const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return [counts, canvas.getContext('2d') === null];
  });
  assert(isCard, 'it is painted by WebGL');
  assert.deepEqual(painted, expected);
  // That painting in software stalls is what the browser says of itself.
  assert.deepEqual(page.problems.filter((problem) => !problem.includes('GL Driver Message')), []);
  await page.close();
});

test('the pointer and the arrow keys tell which future it is, and what it waits for', async () => {
  const page = await open('?s=wall&futures=200000&mean=3000');
  await spawned(page);
  await pause(page);
  const box = await page.locator('.field-of-view canvas').boundingBox();
  const [columns, rows] = [559, 358];
  const [x0, y0] = [box.x + Math.floor((box.width - columns) / 2), box.y + Math.floor((box.height - rows) / 2)];
  await page.mouse.move(x0 + 10.5, y0 + 5.5);
  assert.match(await card(page), new RegExp(`Future ${(5 * columns + 11).toLocaleString('en')} · column 11, row 6`));
  assert.match(await card(page), /waiting for its timer, for [\d,]+ ms/);
  assert.match(await card(page), /due in [\d,]+ ms, at [\d,]+ ms; polled/);
  await page.mouse.move(box.x + 5, box.y + 5);
  assert.equal(await page.locator('.pixel-told').isHidden(), true, 'no future there');

  await field(page).focus();
  await page.keyboard.press('Home');
  assert.match(await card(page), /Future 1 · column 1, row 1/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  assert.match(await card(page), new RegExp(`Future ${(25 * columns + 2).toLocaleString('en')} · column 2, row 26`));
  // What the key chose is read out.
  assert.match(await page.locator('.futures [role="status"]').innerText(), /column 2, row 26\. waiting for its timer/);
  await page.keyboard.press('End');
  assert.match(await card(page), /Future 200,000 /);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.pixel-told').isHidden(), true);
  assert.match(page.url(), /s=wall/, 'the arrows are the wall\'s own');
  page.assertClean();
  await page.close();
});

test('a wall that does not fit is panned by hand and by keys, and enlarged', async () => {
  const page = await open('?s=wall&futures=1000000', { viewport: { width: 1000, height: 700 } });
  await spawned(page);
  await pause(page);
  const box = await page.locator('.field-of-view canvas').boundingBox();
  const at = async (x, y) => {
    await page.mouse.move(x, y);
    return (await card(page)).match(/column ([\d,]+), row ([\d,]+)/).slice(1).map((n) => Number(n.replace(/,/g, '')));
  };
  const [x, y] = [box.x + 300.5, box.y + 200.5];
  const before = await at(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 50, y + 40, { steps: 4 });
  await page.mouse.up();
  const after = await at(x, y);
  assert.deepEqual(after, [before[0] - 50, before[1] - 40]);
  await field(page).focus();
  await page.keyboard.press('End');
  const [mark, view] = [await page.locator('.mark').boundingBox(), await page.locator('.field-of-view').boundingBox()];
  assert(mark.x < view.x + view.width && mark.y < view.y + view.height, 'the last one is brought into sight');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  assert.equal(await page.locator('.zooms output').innerText(), '3×');
  assert.equal((await page.locator('.mark').boundingBox()).width, 3);
  await page.getByRole('button', { name: /^Smaller/ }).click();
  assert.equal(await page.locator('.zooms output').innerText(), '2×');
  page.assertClean();
  await page.close();
});

test('on a dense screen a future is one device pixel still', async () => {
  const page = await open('?s=wall&futures=400000', { deviceScaleFactor: 2 });
  await spawned(page);
  await pause(page);
  const [width, client] = await page.evaluate(() => {
    const canvas = document.querySelector('.field-of-view canvas');
    return [canvas.width, canvas.clientWidth];
  });
  assert.equal(width, client * 2);
  await field(page).focus();
  await page.keyboard.press('Home');
  assert.equal((await page.locator('.mark').boundingBox()).width, 0.5);
  page.assertClean();
  await page.close();
});

test('paused, the wall\'s clock stands still; played, it goes on from there', async () => {
  const page = await open('?s=wall&futures=50000&mean=30000');
  await spawned(page);
  await page.keyboard.press(' ');
  assert.match(await sentence(page), /Paused/);
  await field(page).focus();
  await page.keyboard.press('Home');
  const before = await card(page);
  await page.waitForTimeout(700);
  await page.keyboard.press('Enter');
  assert.equal(await card(page), before);
  await page.locator('body').press(' ');
  await page.waitForTimeout(700);
  await page.locator('body').press(' ');
  assert.notEqual(await card(page), before);
  page.assertClean();
  await page.close();
});

test('a hidden page stops, and goes on where it was', async () => {
  const page = await open('?s=wall&futures=50000&mean=60000');
  await spawned(page);
  await field(page).focus();
  await page.keyboard.press('Home');
  const waited = async () => Number((await card(page)).match(/for ([\d,]+) ms/)[1].replace(/,/g, ''));
  const hide = (hidden) => page.evaluate((to) => {
    Object.defineProperty(document, 'hidden', { value: to, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await hide(true);
  const before = await waited();
  await page.waitForTimeout(1500);
  assert.equal(await waited(), before);
  await hide(false);
  await page.waitForTimeout(300);
  const after = await waited();
  assert(after > before && after < before + 1200, `${before}, then ${after}`);
  page.assertClean();
  await page.close();
});

test('spawning says how far it is, and can be stopped', async () => {
  const page = await open('?s=wall&futures=1', {});
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 20 });
  await page.locator('#field-futures').fill('1000000');
  await page.locator('#field-futures').press('Enter');
  const stop = page.getByRole('button', { name: 'Stop here' });
  await stop.focus({ timeout: 30_000 });
  assert.match(await sentence(page), /of 1,000,000 futures are spawned|starts/);
  await page.keyboard.press('Enter');
  await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await spawned(page);
  await page.waitForTimeout(1000);
  const alive = await figure(page, 'alive');
  assert(alive > 0 && alive < 1_000_000, `${alive} are alive`);
  await page.waitForTimeout(500);
  assert.equal(await figure(page, 'alive'), alive, 'and it stays');
  page.assertClean();
  await page.close();
});

test('a bad parameter in a link gets a notice, and one that is typed stays beside its field', async () => {
  const page = await open('?s=wall&futures=2000000&mean=400');
  assert.match(await page.locator('.notice:not([hidden]) p').innerText(), /futures is 1 to 1,000,000, not 2000000/);
  assert.equal(await page.locator('#field-mean').inputValue(), '400', 'what is right in it is kept');
  await page.locator('#field-futures').fill('5000');
  await page.locator('#field-futures').press('Enter');
  await page.waitForURL(/futures=5000/);
  await becomeReady(page);
  await spawned(page);
  await page.locator('#field-mean').fill('fast');
  await page.locator('#field-mean').press('Enter');
  assert.match(await page.locator('#field-error').innerText(), /mean wait is a whole number/);
  await page.waitForTimeout(600);
  assert.equal(await figure(page, 'alive'), 5000, 'the last good wall stays');
  assert(await figure(page, 'polls') > 0, 'and runs');
  page.assertClean();
  await page.close();
});

test('the back button leads from the wall and to it, and what was left has ended', async () => {
  const page = await open('?s=concurrency-parallelism');
  await page.keyboard.press(']');
  await page.locator('.stage.wall').waitFor();
  await becomeReady(page);
  assert.match(page.url(), /s=wall/);
  await page.goBack();
  await page.locator('.stage.workers').waitFor();
  await becomeReady(page);
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('.where b').innerText(), '1', 'a run is stepped as ever');
  const asked = await page.evaluate(async () => {
    let frames = 0;
    const request = window.requestAnimationFrame;
    window.requestAnimationFrame = (callback) => {
      frames += 1;
      return request.call(window, callback);
    };
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    window.requestAnimationFrame = request;
    return frames;
  });
  assert.equal(asked, 0, 'nobody asks for frames any more');
  await page.goForward();
  await page.locator('.stage.wall').waitFor();
  await becomeReady(page);
  await spawned(page);
  page.assertClean();
  await page.close();
});

test('a wall that is left gives its memory back', async () => {
  const page = await open('?s=wall&futures=300000');
  await spawned(page);
  const size = () => page.evaluate(async () => {
    const glue = await import(new URL('./engine/fast.js', document.baseURI).href);
    return (await glue.default()).memory.buffer.byteLength;
  });
  assert(await size() > 15 * MIB);
  await page.keyboard.press(']');
  await page.locator('.stage.program').waitFor();
  await becomeReady(page);
  assert(await size() < 2 * MIB, `${await size()} bytes`);
  page.assertClean();
  await page.close();
});

test('the keyboard map shows the keys of the wall', async () => {
  const page = await open('?s=wall&futures=1000');
  await page.keyboard.press('?');
  const map = await page.locator('dialog[open]').innerText();
  assert.match(map, /choose a future/i);
  assert.doesNotMatch(map, /virtual|tick/i);
  await page.keyboard.press('Escape');
  page.assertClean();
  await page.close();
});

test('the language changes while it runs, and the wall goes on', async () => {
  const page = await open('?s=wall&futures=60000&mean=60000');
  await spawned(page);
  await page.waitForTimeout(800);
  await page.getByRole('button', { name: '한국어' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'ko');
  await page.waitForTimeout(400);
  assert.equal(await figure(page, 'alive'), 60_000);
  await page.getByRole('application').focus();
  await page.keyboard.press('Home');
  const told = await card(page);
  assert.match(told, /future 1 · 1열 1행/);
  assert(Number(told.match(/([\d,]+) ms째/)[1].replace(/,/g, '')) > 800, `the same wall: ${told}`);
  const latin = await page.evaluate(() => [...document.querySelectorAll('.beside h1, .beside p, .beside dt, .beside label, .beside span, .beside small, .readout p, .pixel-told p')]
    .map((el) => el.textContent.trim()).filter((text) => /[A-Za-z]{3}/.test(text) && !/[가-힣]/.test(text)));
  assert.deepEqual(latin.filter((text) => !['MiB', 'future'].includes(text)), []);
  await page.getByRole('button', { name: 'EN' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  assert.match(await page.locator('.beside h1').innerText(), /A million futures/);
  page.assertClean();
  await page.close();
});

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    test(`axe finds nothing, and nothing scrolls sideways, in ${colorScheme} at ${width} x ${height}`, async () => {
      const page = await open('?s=wall&futures=100000', { colorScheme, viewport: { width, height } });
      await spawned(page);
      await field(page).focus();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('button', { name: 'Code of a pixel' }).click();
      await page.keyboard.press(' ');
      assert.deepEqual(await axe(page), []);
      assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      page.assertClean();
      await page.close();
    });
  }
}

test('who wants less motion finds it paused, and starts it', async () => {
  const page = await open('?s=wall&futures=40000', { reducedMotion: 'reduce' });
  assert.match(await sentence(page), /asks for less motion/);
  assert.equal(await figure(page, 'alive'), 0);
  await page.waitForTimeout(300);
  assert.equal(await figure(page, 'alive'), 0);
  await page.getByRole('button', { name: /^Play/ }).click();
  await page.waitForFunction(() => document.querySelector('[data-figure="alive"] b').textContent === '40,000');
  await pause(page);
  assert.match(await sentence(page), /Paused: the wall/);
  page.assertClean();
  await page.close();
});

test('the code of a pixel is the code that was compiled', async () => {
  const page = await open('?s=wall&futures=1000');
  const button = page.getByRole('button', { name: 'Code of a pixel' });
  assert.equal(await button.getAttribute('aria-expanded'), 'false');
  await button.click();
  assert.match(await page.locator('.pane.code').innerText(), /pub async fn light\(pixel: Pixel\)/);
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
  page.assertClean();
  await page.close();
});

test('a wall that traps is said to, and another is made', async () => {
  const page = await open('?s=wall&futures=100000');
  await spawned(page);
  // Its memory is overwritten, as no code of its own would.
  await page.evaluate(async () => {
    const glue = await import(new URL('./engine/fast.js', document.baseURI).href);
    const { memory } = await glue.default();
    // The tasks were made last: the last quarter is theirs alone.
    new Uint8Array(memory.buffer).fill(0xff, memory.buffer.byteLength * 0.75);
  });
  await page.locator('.notice.bad:not([hidden])').waitFor();
  assert.match(await page.locator('.notice:not([hidden]) p').innerText(), /trap|stopped|restart/i);
  assert(page.problems.every((problem) => problem.startsWith('console')), page.problems.join('\n'));
  await page.locator('.notice').getByRole('button', { name: 'Run again' }).click();
  await becomeReady(page);
  await spawned(page);
  await page.waitForTimeout(600);
  assert.equal(await figure(page, 'alive'), 100_000);
  assert(await figure(page, 'polls') > 0);
  await page.close();
});

test('a module that cannot be fetched is said to be, and fetched when it can', async () => {
  const page = await open('?s=moving');
  await page.route(/fast_bg\.wasm/, (route) => route.abort());
  await page.getByRole('link', { name: 'wall' }).click();
  assert.match(await page.locator('.notice.bad:not([hidden]) p').innerText(), /fetched/);
  assert.equal(await page.locator('.stage.slots').count(), 1, 'what was shown stays');
  await page.unroute(/fast_bg\.wasm/);
  await page.getByRole('link', { name: 'wall' }).click();
  await page.locator('.stage.wall').waitFor();
  await page.close();
});

test('words that cannot be fetched are said to be, and what was shown stays', async () => {
  const page = await open('?s=moving');
  await page.route(/messages\/en\/wall\.json/, (route) => route.abort());
  await page.getByRole('link', { name: 'wall' }).click();
  assert.match(await page.locator('.notice.bad:not([hidden]) p').innerText(), /fetched/);
  assert.equal(await page.locator('.stage.slots').count(), 1);
  await page.close();
});

test('at the edge of the wall the wheel scrolls what the wall stands in, and a finger does until it has tapped', async () => {
  const page = await open('?s=wall', { viewport: { width: 390, height: 844 } });
  const field = page.locator('.field-of-view');
  const touch = () => field.evaluate((el) => getComputedStyle(el).touchAction);
  assert.equal(await touch(), 'pan-y');
  const box = await field.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let notch = 0; notch < 40; notch += 1) await page.mouse.wheel(0, 120);
  await page.waitForFunction(() => document.querySelector('.stage').scrollTop > 0);
  await field.focus();
  assert.equal(await touch(), 'none');
  page.assertClean();
  await page.close();
});
