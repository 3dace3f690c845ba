// Memory: what its bytes are, who wrote them, and since when a pointer dangles; by click and by key.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, linkOf, open } from './support.mjs';

const cell = (page, slot, at) => page.locator(`.slots [data-slot="${slot}"][data-at="${at}"]`);
const said = (page) => page.locator('.writers .said').innerText();

test('a click on a byte of a slot says who wrote it, and leads there', async () => {
  const page = await open('?s=moving&at=9');
  await cell(page, 1, 4).click();
  assert.match(await said(page), /The move from here to there copied it here, by code\.rs:38/);
  assert.equal(await cell(page, 1, 4).getAttribute('aria-selected'), 'true');
  assert.equal(await page.locator('.cell.chosen').count(), 1);
  await page.getByRole('button', { name: 'all of local_var' }).click();
  assert.equal(await page.locator('.cell.chosen').count(), 2, 'the field has two bytes');
  await cell(page, 0, 0).click();
  assert.match(await said(page), /It was written in here: 00 became .., by code\.rs:31/, 'what was left behind has its writer, too');
  const before = await page.locator('.narrator').innerText();
  await page.locator('.writers .said').getByRole('button', { name: 'code.rs:31' }).click();
  assert.notEqual(await page.locator('.narrator').innerText(), before);
  assert.match(await page.locator('.narrator').innerText(), /local_ref/);
  assert.deepEqual(await axe(page), []);
  page.assertClean();
  await page.close();
});

test('a pointer that dangles says since when, and which move did it', async () => {
  const page = await open('?s=moving&moves=2');
  await page.keyboard.press('End');
  await page.locator('.slots .stretch', { hasText: 'local_ref' }).first().click();
  const words = await said(page);
  assert.match(words, /The move from there to elsewhere copied it here, by code\.rs:38/);
  assert.match(words, /It dangles since the value left here, by code\.rs:37/);
  await page.locator('.writers .said').getByRole('button', { name: 'code.rs:37' }).click();
  assert.match(await page.locator('.narrator').innerText(), /moved out of slot here/);
  page.assertClean();
  await page.close();
});

test('bytes are reached, chosen and followed by keys', async () => {
  const page = await open('?s=moving');
  await page.keyboard.press('End');
  await page.keyboard.press('b');
  for (let i = 0; i < 5 && !(await page.evaluate(() => document.activeElement?.hasAttribute('data-at'))); i += 1) await page.keyboard.press('Tab');
  const focused = () => page.evaluate(() => { const { slot, at } = document.activeElement?.dataset ?? {}; return `${slot} ${at}`; });
  assert.equal(await focused(), '0 0', 'one byte takes the Tab key');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), '0 1');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), '1 1');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  assert.match(await said(page), /code\.rs:31/);
  const last = await page.locator('.narrator').innerText();
  await page.keyboard.press(',');
  const born = await page.locator('.narrator').innerText();
  assert.notEqual(born, last);
  assert.match(born, /self-reference is born/);
  await page.keyboard.press(',');
  assert.match(await page.locator('.narrator').innerText(), /8 bytes are in slot here now/);
  await page.keyboard.press('.');
  assert.equal(await page.locator('.narrator').innerText(), born);
  assert.equal(await focused(), '0 1', 'the focus stays on the byte');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.writers').isVisible(), false);
  page.assertClean();
  await page.close();
});

test('the memory of a task says how much it is, what is padding, and which poll wrote a byte', async () => {
  const page = await open('?s=state-machine');
  await page.keyboard.press('End');
  await page.locator('.memory .pick button', { hasText: '2' }).click();
  assert.match(await page.locator('.memory .sum').innerText(), /by hand.*heap.*\d+ of \d+ bytes changed/s);
  const pads = page.locator('.memory .by.pad');
  assert(await pads.count() > 0, 'what a state does not hold is padding');
  assert.equal((await pads.allInnerTexts()).join(''), '', 'its bytes are no values');
  await page.locator('.memory .by').first().click();
  assert.match(await said(page), /Poll 4 of task 2 wrote it last: 02 became 03/);
  await page.keyboard.press(',');
  await page.keyboard.press(',');
  assert.match(await said(page), /Poll 3 of task 2 wrote it last: 01 became 02/);
  assert.match(await page.locator('.memory .fld', { hasText: 'message' }).first().innerText(), /static/);
  assert.deepEqual(await axe(page), []);
  page.assertClean();
  await page.close();
});

test('all bytes of a large future are there', async () => {
  const page = await open('?s=size&second_way=logged');
  await page.keyboard.press('End');
  await page.locator('.memory .pick button', { hasText: '2' }).click();
  assert.match(await page.locator('.memory .sum').innerText(), /4,?140 bytes/);
  assert.equal(await page.locator('.memory .by').count(), 4140);
  page.assertClean();
  await page.close();
});

test('an async block is moved, pinned, and points to itself; a copy of its bytes does not', async () => {
  const page = await open('?s=moving&made_by=compiler', { locale: 'ko-KR' });
  await page.keyboard.press('End');
  const copy = page.locator('.of-copy');
  assert.match(await copy.innerText(), /옮겨졌다면 댕글링/);
  assert.equal(await page.locator('.sl-pointer.would').count(), 1);
  await page.locator('.of-apart [data-at="0"]').click();
  assert.match(await said(page), /async block/);
  page.assertClean();
  await page.close();
});

test('in the picture, too, a byte leads to what wrote it', async () => {
  const page = await open('?s=moving', { view: 'lesson', reducedMotion: 'reduce' });
  await page.keyboard.press('End');
  const byte = page.locator('.hero-picture rect.pointer[data-go]').first();
  const at = await byte.getAttribute('data-go');
  await byte.click({ position: { x: 3, y: 3 } });
  assert.equal(new URLSearchParams(await linkOf(page)).get('at'), 'x.move1', `event ${at} moved it there`);
  page.assertClean();
  await page.close();
});

test('from a pointer into the bytes that are shown an arrow leads to the byte that it names', async () => {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 1280, height: 720 }]) {
    const page = await open('?s=state-machine&written=without_async_trait', { viewport, reducedMotion: 'reduce' });
    await page.keyboard.press('End');
    await page.locator('.memory .pick button', { hasText: '2' }).click();
    assert.equal(await page.locator('.memory .inner .pointer').count(), 0, 'the last state holds no pointer of its own');
    for (let i = 0; i < 60 && !(await page.locator('.memory .inner .pointer').count()); i += 1) await page.keyboard.press('ArrowLeft');
    // It awaits a future that borrows the phone and the target.
    const seen = await page.evaluate(() => {
      const box = (el) => el.getBoundingClientRect();
      const fields = [...document.querySelectorAll('.memory .fld')].map((el) => ({ name: el.querySelector('b').textContent, at: Number(el.dataset.field) }));
      const tips = [...document.querySelectorAll('.memory .inner .tip')].map((el) => {
        const { left, right, bottom } = box(el);
        const under = [...document.querySelectorAll('.memory .by')].find((by) => box(by).left <= (left + right) / 2 && (left + right) / 2 <= box(by).right && Math.abs(box(by).top - bottom) < 3);
        return Number(under?.dataset.at ?? -1);
      });
      const own = [...document.querySelectorAll('.memory .inner .pointer')].map((el) => box(el).right <= box(document.querySelector('.memory .body')).right);
      return { fields, tips, isInside: own.every(Boolean) };
    });
    const at = (name) => seen.fields.findLast((field) => field.name === name)?.at;
    assert.deepEqual(seen.tips, [at('phone'), at('target')], `${viewport.width}: ${JSON.stringify(seen)}`);
    assert(seen.isInside);
    page.assertClean();
    await page.close();
  }
});
