// A changed parameter to its new picture: from what a reader types or chooses in the form until the run with it is shown.
// Every field of every deterministic scenario's default form, changed a little and back. Measured in the page, reported,
// never asserted.
//
//   ./build.sh bench --page

import { readFileSync } from 'node:fs';
import { close, dist, open } from './support.mjs';
import { figures, processorOf } from './measure.mjs';

const ROUNDS = 3;
const { scenarios } = JSON.parse(readFileSync(`${dist}/manifest.json`, 'utf8'));

/** What a field is changed to, and back again: the next number, or the next choice. A list has no one control. */
const valuesOf = ({ type, enum: choices, 'x-list': list, maximum, default: initial }) => {
  if (list) return [];
  if (type === 'integer') return [initial < maximum ? initial + 1 : initial - 1, initial].map(String);
  return [choices[(choices.indexOf(initial) + 1) % choices.length], initial];
};

/** Changes a field as a hand does, and says how long it took until its run was shown. */
const change = (page, field, value) => page.evaluate(([name, to]) => new Promise((resolve) => {
  const root = document.documentElement;
  const control = document.getElementById(`field-${name}`);
  const begun = performance.now();
  let isBusy = false;
  const observer = new MutationObserver(() => {
    isBusy ||= root.dataset.ready === 'false';
    if (!isBusy || root.dataset.ready !== 'true') return;
    observer.disconnect();
    resolve(performance.now() - begun);
  });
  observer.observe(root, { attributeFilter: ['data-ready'] });
  control.value = to;
  for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
}), [field, value]);

const [all, work] = [[], []];
console.log('a changed parameter to its new picture, in ms'.padEnd(46), 'median     p95    most   of the processor: median, p95, most');
for (const { id, kind, schema } of scenarios) {
  if (kind !== 'deterministic') continue;
  const page = await open(`?s=${id}`, { reducedMotion: 'reduce' });
  const [times, taken] = [[], []];
  const processor = await processorOf(page);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [field, of] of Object.entries(schema.properties)) {
      for (const value of valuesOf(of)) {
        const before = await processor();
        const took = await change(page, field, value);
        const spent = await processor() - before;
        // What is compiled and fetched once is not the change's.
        if (round > 0) times.push(took), taken.push(spent);
      }
    }
  }
  all.push(...times);
  work.push(...taken);
  console.log(id.padEnd(45), figures(times), figures(taken));
  page.assertClean();
  await page.close();
}
console.log('all'.padEnd(45), figures(all), figures(work));
await close();
