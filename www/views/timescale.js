// Where a moment stands on the timeline: instants are widened into columns with a slot for each poll, and
// between columns time is to scale. A page's positions are the same at each of its cursors.

/** @typedef {import('../types.js').TimelineFrame} TimelineFrame */
/** @typedef {TimelineFrame['columns'][number]} Column */

/**
 * @typedef {object} Scale
 * @property {number} left where time begins
 * @property {number} gap between two slots
 * @property {(at: { column: number, slot: number }) => number} x
 * @property {(i: number) => [from: number, to: number]} column
 * @property {(ms: number) => number} time of an instant that may have no column
 */

const SLOT = 15;
const GAP = 3;
/** An instant without polls. */
const EMPTY = 8;
/** The share of the width that columns may have at most. */
const MOST = 0.72;
/** Right of the last column there is room for what comes after the page. */
const BEYOND = 44;

/**
 * @param {Column[]} columns
 * @param {number} left
 * @param {number} right
 * @returns {Scale}
 */
export function createScale(columns, left, right) {
  const room = Math.max(1, right - left - BEYOND);
  /** @param {Column} column @param {number} by */
  const wide = (column, by) => (column.slots ? column.slots * (SLOT + GAP) + GAP : EMPTY) * by;
  const whole = columns.reduce((sum, c) => sum + wide(c, 1), 0);
  const shrink = Math.min(1, (room * MOST) / Math.max(1, whole));
  const [first, last] = [columns[0]?.time ?? 0, columns.at(-1)?.time ?? 0];
  const perMs = last > first ? (room - whole * shrink) / (last - first) : 0;

  /** @type {number[]} */
  const starts = [];
  let x = left;
  columns.forEach((column, i) => {
    if (i > 0) x += wide(columns[i - 1], shrink) + (column.time - columns[i - 1].time) * perMs;
    starts.push(x);
  });
  const gap = GAP * shrink;
  /** @param {number} i @returns {[number, number]} */
  const bounds = (i) => [starts[i] ?? left, (starts[i] ?? left) + (columns[i] ? wide(columns[i], shrink) : 0)];

  return {
    left,
    gap,
    column: bounds,
    x({ column, slot }) {
      const [from, to] = bounds(column);
      return Math.min(to, from + gap + slot * (SLOT + GAP) * shrink);
    },
    time(ms) {
      const i = columns.findIndex((c) => c.time >= ms);
      if (i < 0) return Math.min(right - 12, bounds(columns.length - 1)[1] + Math.min(BEYOND - 12, 6 + (ms - last) * (perMs || 1)));
      if (columns[i].time === ms || i === 0) return (bounds(i)[0] + bounds(i)[1]) / 2;
      const [from, to] = [bounds(i - 1)[1], bounds(i)[0]];
      return from + ((to - from) * (ms - columns[i - 1].time)) / (columns[i].time - columns[i - 1].time);
    },
  };
}
