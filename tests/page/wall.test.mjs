// The wall as it runs: a million futures of it, spawned, paused, hidden, left and come back to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, open } from './support.mjs';
import { card, field, figure, MIB, pause, sentence, spawned, state } from './wall.mjs';

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
  assert.equal(await page.locator('.zooms span').innerText(), '1×');
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

test('paused, the wall\'s clock stands still; played, it goes on from there', async () => {
  const page = await open('?s=wall&futures=50000&mean=30000');
  await spawned(page);
  await page.keyboard.press(' ');
  assert.match(await sentence(page), /Paused/);
  await field(page).focus();
  await page.keyboard.press('Home');
  const before = await card(page);
  await page.waitForTimeout(700);
  await page.keyboard.press('Home');
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
  // In the frame in which it is said: between two commands from here a quick machine is done.
  const said = await page.evaluate(() => new Promise((stopped) => {
    const look = () => {
      const [sentence, stop] = ['.narrator', '.stop'].map((name) => document.querySelector(`.readout ${name}`));
      if (!stop?.checkVisibility() || !/1,000,000/.test(sentence.textContent)) return requestAnimationFrame(look);
      stopped(`${stop.textContent}: ${sentence.textContent}`);
      return stop.click();
    };
    look();
  }));
  assert.match(said, /^Stop here: .*of 1,000,000 futures are spawned/);
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
