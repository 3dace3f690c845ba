// Every scenario, as a reader goes through it: there and back again, and the same picture both ways.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axe, becomeReady, dist, open } from './support.mjs';

const SCENARIOS = ['call-centre', 'concurrency-parallelism', 'lazy', 'sequential-join', 'blocking', 'rules', 'languages', 'poll-waker', 'lost-wake', 'executor', 'state-machine', 'moving', 'promise-future'];
/** All, those without a trace among them, in the order of the list. */
const ALL = ['call-centre', 'concurrency-parallelism', 'wall', 'lazy', 'sequential-join', 'blocking', 'rules', 'languages', 'poll-waker', 'lost-wake', 'executor', 'state-machine', 'moving', 'zero-cost', 'promise-future'];
/** Those whose runs are short enough to take every event of. */
const EVERY_EVENT = ['concurrency-parallelism', 'lazy', 'sequential-join', 'blocking', 'rules', 'languages', 'poll-waker', 'lost-wake', 'executor', 'state-machine', 'moving', 'promise-future'];

/** What stands on the page at the cursor: every text but the form's, every mark, every drawn line. */
const picture = (page) => page.evaluate(() => {
  const texts = [...document.querySelectorAll('.pane, .narrator, .counters, .where')].map((el) => el.innerText);
  const marks = [...document.querySelectorAll('.ln[class*=" "]')].map((el) => `${el.className} ${el.textContent}`);
  const shapes = [...document.querySelectorAll('.pane svg *')].map((el) => [...el.attributes].map((a) => `${a.name}=${a.value}`).join(' '));
  return JSON.stringify([texts, marks, shapes.sort()]);
});

const cursor = (page) => page.locator('.where b').innerText().then((text) => Number(text.replace(/\D/g, '')));
const length = (page) => page.locator('.where').innerText().then((text) => Number(text.split('/')[1].split(/\n/)[0].replace(/\D/g, '')));

async function stepTo(page, to) {
  for (let at = await cursor(page); at !== to; at = await cursor(page)) await page.keyboard.press(at < to ? 'ArrowRight' : 'ArrowLeft');
}

for (const id of EVERY_EVENT) {
  test(`${id}: every event shows the same picture on the way there and back`, async () => {
    const page = await open(`?s=${id}`, { reducedMotion: 'reduce' });
    const last = await length(page);
    assert(last > 5, `${id} has ${last} events`);
    const there = [await picture(page)];
    for (let k = 1; k <= last; k += 1) {
      await page.keyboard.press('ArrowRight');
      there.push(await picture(page));
    }
    assert.equal(await cursor(page), last);
    assert.equal(new Set(there).size > last / 2, true, 'steps change the picture');
    for (let k = last - 1; k >= 0; k -= 1) {
      await page.keyboard.press('ArrowLeft');
      assert.equal(await picture(page), there[k], `${id} at ${k} on the way back`);
    }
    page.assertClean();
    await page.close();
  });
}

test('call-centre: polls and ticks lead to the end and back to the same pictures', async () => {
  const page = await open('?s=call-centre&callers=6', { reducedMotion: 'reduce' });
  const last = await length(page);
  for (const chord of ['Shift+Arrow', 'Alt+Arrow']) {
    const there = new Map([[0, await picture(page)]]);
    while (await cursor(page) < last) {
      await page.keyboard.press(`${chord}Right`);
      there.set(await cursor(page), await picture(page));
    }
    assert(there.size > 10, `${chord} takes ${there.size} steps`);
    while (await cursor(page) > 0) {
      await page.keyboard.press(`${chord}Left`);
      const at = await cursor(page);
      // The way back stops at the first event, too, where the way there may have stepped over it.
      if (there.has(at)) assert.equal(await picture(page), there.get(at), `at ${at}`);
      else assert.equal(at, 1, `${chord} stops at ${at} on the way back only`);
    }
  }
  page.assertClean();
  await page.close();
});

for (const id of SCENARIOS) {
  test(`${id}: the code that is shown is the code that was compiled`, async () => {
    const page = await open(`?s=${id}`);
    const shown = await page.evaluate(() => [...document.querySelectorAll('.source')].map((el) => ({
      name: el.querySelector('.file b').textContent,
      text: [...el.querySelectorAll('.ln')].map((line) => [...line.childNodes].filter((n) => !(n instanceof Element && n.matches('.note'))).map((n) => n.textContent).join('')).join('\n'),
    })));
    const folder = id === 'promise-future' ? 'interop' : 'scenario';
    assert(shown.length > 0);
    for (const { name, text } of shown) {
      const source = readFileSync(new URL(`../../src/${folder}/${id.replaceAll('-', '_')}/${name}`, import.meta.url), 'utf8');
      assert.equal(text, source.trimEnd(), name);
      const spans = JSON.parse(readFileSync(join(dist, `code/${id}.json`), 'utf8'))[name] ?? [];
      assert(spans.every(([from, to]) => from < to && to <= source.length), `${name}: colours fit the text`);
    }
    await page.close();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`${id}: axe finds nothing in ${colorScheme}`, async () => {
      const page = await open(`?s=${id}`, { colorScheme, reducedMotion: 'reduce' });
      assert.deepEqual(await axe(page), [], 'before the first event');
      await stepTo(page, Math.min(12, await length(page)));
      assert.deepEqual(await axe(page), [], 'in mid-run');
      await page.keyboard.press('End');
      assert.deepEqual(await axe(page), [], 'at the end');
      page.assertClean();
      await page.close();
    });
  }

  test(`${id}: the prediction is answered by the run, and not before its end was seen`, async () => {
    const page = await open(`?s=${id}`);
    const options = page.locator('.predict input, .predict button');
    await options.first().click({ force: true });
    const verdict = () => page.locator('.predict').innerText();
    const before = await verdict();
    await page.keyboard.press('End');
    const after = await verdict();
    assert.notEqual(after, before);
    assert.match(after, /So it was|It was otherwise/);
    await page.close();
  });
}

for (const [width, height] of [[390, 844], [768, 1024], [1280, 720], [1440, 900], [1920, 1080]]) {
  for (const locale of ['en-GB', 'ko-KR']) {
    test(`nothing scrolls sideways at ${width} x ${height} (${locale})`, async () => {
      const page = await open('', { viewport: { width, height }, locale });
      for (const id of ALL) {
        if (id !== ALL[0]) await page.keyboard.press(']');
        await page.waitForURL(new RegExp(`s=${id}`));
        await becomeReady(page);
        for (const key of ['Home', 'ArrowRight', 'End']) {
          await page.keyboard.press(key);
          const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
          assert(content <= screen, `${id} is ${content} wide after ${key}`);
        }
        const outside = await page.evaluate(() => [...document.querySelectorAll('.dock button, .bar button')]
          .filter((el) => el.checkVisibility()).map((el) => [el.ariaLabel ?? el.textContent, el.getBoundingClientRect()])
          .filter(([, box]) => box.left < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5).map(([name]) => name));
        assert.deepEqual(outside, [], `${id}: controls out of reach`);
      }
      page.assertClean();
      await page.close();
    });
  }
}
