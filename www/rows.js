// The rows of two runs on one clock. Up to the first difference a row is an event of both; after it, events of one
// time make a group, in which the first of one run stands beside the first of the other, and so on. A window of rows
// is found from any cursor without going through those before it.

import { until } from './clock.js';

/** @typedef {import('./clock.js').Clock} Clock */
/** @typedef {import('./picture.js').Before} Before */

/**
 * @typedef {object} Row
 * @property {number} time in ms
 * @property {boolean} isSame whether it is an event of both runs
 * @property {boolean} isFirst whether it is the first that is not
 * @property {number} [now] the cursor right after the event of this run
 * @property {number} [old] the same of the other run
 */

/** @typedef {{ time: number, now: number, old: number, nows: number, olds: number }} Group Events before it, and in it. */

/**
 * @param {Clock & { seen: number }} run
 * @param {Pick<Before, 'parts'> & { picture: Clock & { seen: number } }} before
 * @param {number} cursor
 * @param {number} above
 * @param {number} below
 * @returns {{ rows: Row[], isAhead: boolean }} with whether there is more that was not seen
 */
export function rowsAround(run, before, cursor, above, below) {
  const other = before.picture;
  const parts = before.parts ?? run.length;

  /** @param {number} time @returns {Group} */
  const group = (time) => {
    // Times are whole ms: what is before this one is at the latest 1 ms before.
    const [now, old] = [until(run, time - 1, parts), until(other, time - 1, parts)];
    return { time, now, old, nows: until(run, time, parts) - now, olds: until(other, time, parts) - old };
  };
  /** @param {Group} g @returns {Group | undefined} */
  const after = (g) => {
    const [now, old] = [g.now + g.nows, g.old + g.olds];
    const times = [...(now < run.length ? [run.time(now + 1)] : []), ...(old < other.length ? [other.time(old + 1)] : [])];
    return times.length ? group(Math.min(...times)) : undefined;
  };
  /** @param {Group} g @returns {Group | undefined} */
  const prior = (g) => {
    const times = [...(g.now > parts ? [run.time(g.now)] : []), ...(g.old > parts ? [other.time(g.old)] : [])];
    return times.length ? group(Math.max(...times)) : undefined;
  };
  /** @param {number} at @returns {Row} */
  const shared = (at) => ({ time: run.time(at), isSame: true, isFirst: false, now: at, old: at });
  /** @param {Group} g @param {number} i @returns {Row} */
  const rowIn = (g, i) => ({
    time: g.time,
    isSame: false,
    isFirst: g.now + i === parts && g.old + i === parts,
    now: i < g.nows ? g.now + i + 1 : undefined,
    old: i < g.olds ? g.old + i + 1 : undefined,
  });
  /** @param {Group} g */
  const size = (g) => Math.max(g.nows, g.olds);
  const none = /** @type {Group} */ ({ time: -1, now: parts, old: parts, nows: 0, olds: 0 });

  /** @type {Row[]} */
  const rows = [];
  const isSplit = cursor > parts;
  const middle = isSplit ? group(run.time(cursor)) : none;
  const at = isSplit ? cursor - middle.now - 1 : 0;

  /** @type {Group | undefined} */
  let g = isSplit ? middle : undefined;
  let [i, top] = [at, Math.min(cursor, parts)];
  while (rows.length < above) {
    if (g && i > 0) rows.unshift(rowIn(g, i -= 1));
    else if (g) {
      g = prior(g);
      i = g ? size(g) : 0;
    } else if (top > 0) {
      rows.unshift(shared(top));
      top -= 1;
    } else break;
  }

  /** @param {Row} row what of it was seen @returns {Row | undefined} */
  const seen = (row) => {
    const now = row.now !== undefined && row.now <= run.seen ? row.now : undefined;
    const old = row.old !== undefined && row.old <= other.seen ? row.old : undefined;
    return now === undefined && old === undefined ? undefined : { ...row, now, old };
  };
  let isAhead = false;
  let left = below + 1;
  /** @param {Row} row */
  const put = (row) => {
    const part = seen(row);
    if (part) rows.push(part);
    else isAhead = true;
    left -= 1;
  };
  for (let next = cursor + 1; !isSplit && next <= parts && left > 0 && !isAhead; next += 1) put(shared(next));
  g = isSplit ? middle : before.parts === undefined ? undefined : after(none);
  for (i = isSplit ? at : 0; g && left > 0 && !isAhead; i += 1) {
    if (i < size(g)) put(rowIn(g, i));
    else {
      g = after(g);
      i = -1;
    }
  }
  return { rows, isAhead };
}
