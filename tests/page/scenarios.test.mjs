// Every scenario: its code is the code that ran, and its prediction is answered by the run.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LIVE, TRACED } from './scenarios.mjs';
import { dist, open } from './support.mjs';

for (const id of TRACED) {
  test(`${id}: the code that is shown is the code that was compiled`, async () => {
    const page = await open(`?s=${id}`);
    const shown = await page.evaluate(() => [...document.querySelectorAll('.source')].map((el) => ({
      name: el.querySelector('.file b').textContent,
      text: [...el.querySelectorAll('.ln')].map((line) => [...line.childNodes].filter((n) => !(n instanceof Element && n.matches('.note'))).map((n) => n.textContent).join('')).join('\n'),
    })));
    const folder = LIVE.includes(id) ? 'interop' : 'scenario';
    assert(shown.length > 0);
    for (const { name, text } of shown) {
      const source = readFileSync(new URL(`../../src/${folder}/${id.replaceAll('-', '_')}/${name}`, import.meta.url), 'utf8');
      assert.equal(text, source.trimEnd(), name);
      const spans = JSON.parse(readFileSync(join(dist, `code/${id}.json`), 'utf8'))[name] ?? [];
      assert(spans.every(([from, to]) => from < to && to <= source.length), `${name}: colours fit the text`);
    }
    await page.close();
  });

  test(`${id}: the prediction is answered by the run, and not before its end was seen`, async () => {
    const page = await open(`?s=${id}`);
    const options = page.locator('.predict input, .predict .take');
    await options.first().click({ force: true });
    const verdict = () => page.locator('.predict').innerText();
    const before = await verdict();
    await page.keyboard.press('End');
    const after = await verdict();
    assert.notEqual(after, before);
    assert.match(after, /Right:|Not so:|Your order/);
    await page.close();
  });
}
