// Many lanes at once: how many tasks are polled, ready and waiting at each time, one upon the other, in the same hues.

import { areasOf, onceASize, pastAndLater } from './areas.js';
import { once, stretches } from './run.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {import('./hero.js').Shown} Shown */
/** @typedef {import('../../types.js').Run} Run */

const STATES = /** @type {const} */ (['running', 'ready', 'pending']);

/** By state and place, how many tasks. @param {Run} run @param {number} places */
const countsOf = (run, places) => once(run, `band ${places}`, () => {
  const ms = Math.max(run.duration, 1) / places;
  const counts = STATES.map(() => new Float64Array(places));
  for (const { from, to, of } of stretches(run, 'task')) {
    const count = counts[STATES.indexOf(/** @type {typeof STATES[number]} */ (of.state))];
    if (!count) continue;
    // Where it begins and ends, it counts by its share; however short, a poll is seen.
    const [first, last] = [Math.min(places - 1, Math.floor(from / ms)), Math.min(places - 1, Math.floor(to / ms))];
    for (let i = first; i <= last; i++) count[i] += Math.max((Math.min(to, (i + 1) * ms) - Math.max(from, i * ms)) / ms, of.state === 'running' ? 0.2 : 0);
  }
  return counts;
});

/** @param {Pen} pen @param {Scale} scale @param {Run} run @param {Shown} shown @param {number} top @param {number} bottom */
export function band(pen, scale, run, shown, top, bottom) {
  const places = Math.max(1, Math.floor((scale.right - scale.left) / 2));
  const paths = onceASize(run, 'band', [scale.left, scale.right, top, bottom], () => {
    const counts = countsOf(run, places);
    const most = Math.max(1, ...Array.from({ length: places }, (_, i) => counts.reduce((sum, count) => sum + count[i], 0)));
    return areasOf(scale, counts, STATES.map((_, n) => n), bottom, (top - bottom) / most);
  });
  pastAndLater(pen, scale, shown, top, bottom, (cls) => paths.forEach((d, n) => {
    if (d) pen.path(`area ${STATES[n]}${cls}`, d);
  }));
}
