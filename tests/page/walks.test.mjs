// Every scenario is walked through, there and back again: the same picture stands at the same step both ways. A walk is one
// evaluation in the page, since a round trip for every key and every picture takes longer than what is tested.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './support.mjs';
import { SHORT, length } from './scenarios.mjs';

/** Runs in the page. Presses a chord to the last event, and the one that leads back to the first. */
function walk({ on = 'ArrowRight', back: off = 'ArrowLeft', ...modifiers }) {
  const picture = () => {
    // Every text but the form's, every mark, every drawn line.
    const texts = [...document.querySelectorAll('.pane, .narrator, .counters, .where')].map((el) => el.innerText);
    const marks = [...document.querySelectorAll('.ln[class*=" "]')].map((el) => `${el.className} ${el.textContent}`);
    const shapes = [...document.querySelectorAll('.pane svg *')].map((el) => [...el.attributes].map((a) => `${a.name}=${a.value}`).join(' '));
    return JSON.stringify([texts, marks, shapes.sort()]);
  };
  const cursor = () => Number(document.querySelector('.where b').textContent.replace(/\D/g, ''));
  const steps = (key) => {
    const pictures = new Map([[cursor(), picture()]]);
    for (;;) {
      const before = cursor();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }));
      if (cursor() === before) return pictures;
      pictures.set(cursor(), picture());
    }
  };
  const there = steps(on);
  const back = steps(off);
  const other = [...back.keys()].filter((at) => there.has(at) && there.get(at) !== back.get(at));
  return {
    there: [...there.keys()],
    back: [...back.keys()],
    pictures: new Set(there.values()).size,
    // The first of those that differ, whole.
    other: other.slice(0, 1).map((at) => ({ at, there: there.get(at), back: back.get(at) })),
  };
}

for (const id of SHORT) {
  test(`${id}: every event shows the same picture on the way there and back`, async () => {
    const page = await open(`?s=${id}`, { reducedMotion: 'reduce' });
    const last = await length(page);
    assert(last > 5, `${id} has ${last} events`);
    const { there, back, pictures, other } = await page.evaluate(walk, {});
    assert.deepEqual(there, Array.from({ length: last + 1 }, (_, at) => at));
    assert.deepEqual(back, there.toReversed());
    assert(pictures > last / 2, 'steps change the picture');
    assert.deepEqual(other, []);
    page.assertClean();
    await page.close();
  });
}

for (const [name, modifiers] of Object.entries({ polls: { shiftKey: true }, ticks: { on: '>', back: '<' } })) {
  test(`call-centre: ${name} lead to the end and back to the same pictures`, async () => {
    const page = await open('?s=call-centre&callers=6', { reducedMotion: 'reduce' });
    const { there, back, other } = await page.evaluate(walk, modifiers);
    assert(there.length > 10, `${there.length} steps`);
    assert.equal(there.at(-1), await length(page));
    assert.equal(back.at(-1), 0);
    // The way back stops at the first event, too, where the way there may have stepped over it.
    assert.deepEqual(back.filter((at) => !there.includes(at) && at !== 1), []);
    assert.deepEqual(other, []);
    page.assertClean();
    await page.close();
  });
}
