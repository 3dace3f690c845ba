// Many lanes at once: how many tasks are polled, ready and waiting at each time, one upon the other, in the same hues.

import { once, stretches } from './run.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {import('./hero.js').Shown} Shown */
/** @typedef {import('../../types.js').Run} Run */

const STATES = /** @type {const} */ (['running', 'ready', 'pending']);

/** By state and place, how many tasks. @param {Run} run @param {number} places */
const countsOf = (run, places) => once(run, `band ${places}`, () => {
  const ms = Math.max(run.duration, 1) / places;
  const counts = STATES.map(() => new Float64Array(places + 1));
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
  const counts = countsOf(run, places);
  const most = Math.max(1, ...Array.from({ length: places }, (_, i) => counts.reduce((sum, count) => sum + count[i], 0)));
  const wide = (scale.right - scale.left) / places;
  const seen = Math.min(places, Math.ceil((scale.x(shown.now) - scale.left) / wide));
  /** @param {string} cls @param {number} from @param {number} to */
  const areas = (cls, from, to) => {
    const sum = new Float64Array(places);
    STATES.forEach((state, n) => {
      let up = '';
      let down = '';
      for (let i = from; i < to; i++) {
        const [x0, x1] = [scale.left + i * wide, scale.left + (i + 1) * wide];
        const [low, high] = [sum[i], sum[i] + counts[n][i]].map((c) => (bottom - (c / most) * (bottom - top)).toFixed(1));
        up += `L${x0.toFixed(1)} ${high}L${x1.toFixed(1)} ${high}`;
        down = `L${x1.toFixed(1)} ${low}L${x0.toFixed(1)} ${low}${down}`;
        sum[i] += counts[n][i];
      }
      if (up) pen.path(`area ${state} ${cls}`, `M${up.slice(1)}${down}z`);
    });
  };
  areas('', 0, seen);
  if (shown.isKnown) areas('later', seen, places);
}
