// Counts on a clock, one upon the other, as an area each; and where in a picture the past ends.

import { once } from './run.js';
import { px } from './scene.js';

/** @typedef {import('./pen.js').Pen} Pen */
/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {import('./hero.js').Shown} Shown */

/** Less than so much of one is nothing. */
const NONE = 0.001;

/**
 * The areas of counts, in the order in which they lie upon each other: a path for each, empty where it counts nothing.
 * @param {Scale} scale
 * @param {Float64Array[]} counts for each, how many there are at each of some places of one width
 * @param {number[]} order
 * @param {number} base the height at which the first of them begins
 * @param {number} pitch of one; below zero where they grow upwards
 */
export function areasOf(scale, counts, order, base, pitch) {
  const places = counts[0].length;
  const wide = (scale.right - scale.left) / places;
  const [x, y] = [(/** @type {number} */ i) => px(scale.left + i * wide), (/** @type {number} */ sum) => px(base + sum * pitch)];
  const sums = new Float64Array(places);
  const paths = counts.map(() => '');
  for (const n of order) {
    for (let from = 0; from < places; from += 1) {
      let [over, under] = [`M${x(from)} ${y(sums[from])}`, ''];
      let to = from;
      for (; to < places && counts[n][to] >= NONE; to += 1) {
        over += `V${y(sums[to])}H${x(to + 1)}`;
        sums[to] += counts[n][to];
        under = `V${y(sums[to])}H${x(to)}${under}`;
      }
      if (to > from) paths[n] += `${over}${under}z`;
      from = to;
    }
  }
  return paths;
}

/**
 * What is the same at every cursor, as long as it is drawn in one size: the last one is kept.
 * @template T
 * @param {import('../../types.js').Run} run @param {string} name @param {number[]} size @param {() => T} make
 */
export function onceASize(run, name, size, make) {
  const last = once(run, `size of ${name}`, () => ({ size: '', made: /** @type {T | undefined} */ (undefined) }));
  const key = size.join(' ');
  if (last.size !== key) Object.assign(last, { size: key, made: make() });
  return /** @type {T} */ (last.made);
}

/**
 * A picture of the whole run, drawn twice: the past, and what comes after it as far as it may be shown. The cursor moves where one
 * ends and the other begins, and nothing else.
 * @param {Pen} pen @param {Scale} scale @param {Shown} shown @param {number} top @param {number} bottom @param {(cls: string) => void} paint
 */
export function pastAndLater(pen, scale, shown, top, bottom, paint) {
  const now = Math.min(scale.right, Math.max(scale.left, scale.x(shown.now)));
  pen.window(scale.left, top, now - scale.left, bottom - top, () => paint(''));
  if (shown.isKnown) pen.window(now, top, scale.right - now, bottom - top, () => paint(' later'));
}
