// Each scenario with its numbers as small, and as large, as they get, one by one and all at once: its pictures are drawn, they end,
// and nothing on the page is NaN or infinite.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dist, open } from './support.mjs';

const { scenarios } = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));

/** The links of a scenario. @param {{ id: string, schema: { properties?: object } }} scenario */
function extremes({ id, schema }) {
  const numbers = Object.entries(schema.properties ?? {}).filter(([, { type }]) => type === 'integer');
  const link = (fields, end) => `?${new URLSearchParams([['s', id], ...fields.map(([name, field]) => [name, String(field[end])])])}`;
  return ['minimum', 'maximum'].flatMap((end) => [...(numbers.length > 1 ? [link(numbers, end)] : []), ...numbers.map((one) => link([one], end))]);
}

/** Runs in the page: leads it to a link, to the run's end and its first event, and says what is wrong with what stands there. @param {string} link */
async function tour(link) {
  const root = document.documentElement;
  history.pushState(null, '', link);
  dispatchEvent(new PopStateEvent('popstate'));
  for (let waited = 0; root.dataset.ready !== 'true'; waited += 20) {
    if (waited > 60_000) return ['it hangs'];
    await new Promise((done) => { setTimeout(done, 20); });
  }
  const faults = [];
  const look = (at) => {
    if ((document.querySelector('.stage')?.textContent ?? '').length < 100) faults.push(`${at}: the page is blank`);
    for (const el of document.querySelectorAll('.stage *')) {
      for (const { name, value } of el.attributes) if (/\b(NaN|Infinity|undefined)\b/.test(value) && name !== 'href') faults.push(`${at}: ${el.tagName} has ${name}="${value.slice(0, 80)}"`);
    }
    // A scenario's own comment says that something is undefined.
    const said = document.querySelector('.stage')?.parentElement?.innerText.match(/.{0,40}(\bNaN\b|\bInfinity\b|∞).{0,40}/);
    if (said) faults.push(`${at}: it says “${said[0]}”`);
  };
  for (const key of ['End', 'Home', 'ArrowRight']) {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    look(key);
  }
  return faults;
}

for (const view of ['lesson', 'all']) {
  test(`numbers as small and as large as they get: pictures end, and nothing is NaN (${view})`, { timeout: Infinity }, async () => {
    let page;
    const faults = [];
    for (const scenario of scenarios.filter(({ kind }) => kind === 'deterministic')) {
      page = await open(`?s=${scenario.id}`, { view, reducedMotion: 'reduce' });
      for (const link of extremes(scenario)) {
        faults.push(...(await page.evaluate(tour, link)).map((fault) => `${link} ${fault}`));
        faults.push(...page.problems.splice(0).map((problem) => `${link} ${problem.slice(0, 200)}`));
      }
      await page.close();
    }
    assert.deepEqual(faults, []);
  });
}
