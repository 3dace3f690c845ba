// The run before, under the lanes of the one that is shown: its polls and waits as a thin strip below each lane, at the
// same times, from where the two part. Each run has an axis of its own, for time stands still wherever it polls: so what
// is seen of the old one is brought to the place that its time has on the new one's.

import { PAST } from './exact.js';

/** @typedef {import('../types.js').TimelineFrame} TimelineFrame */
/** @typedef {TimelineFrame['columns']} Columns */
/** @typedef {import('./sheet.js').Sheet} Sheet */
/** @typedef {import('./inks.js').Inks} Inks */

/**
 * @typedef {object} Ghost
 * @property {TimelineFrame} picture of the old run, with all lanes
 * @property {number} parts where the two part, on the new run's axis
 */

/** How much of the ink is left of it. */
const WEIGHT = 0.5;
/** How tall its polls are, and how far below the lane's. */
const [TALL, BELOW] = [4, 3];

/** The last of a list that is so, by its place; -1 for none. @template T @param {T[]} list @param {(one: T) => boolean} isSo */
function lastOf(list, isSo) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(list[middle])) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** @param {number} at @param {number} from @param {number} to */
const share = (at, from, to) => (to > from ? Math.max(0, Math.min(1, (at - from) / (to - from))) : 0);

/** What time it is at a position; within an instant, how much of it has passed, too. @param {Columns} columns @param {number} at */
function timeAt(columns, at) {
  const i = lastOf(columns, ({ from }) => from <= at);
  if (i < 0) return { time: columns[0]?.time ?? 0, passed: 0 };
  const [here, next] = [columns[i], columns[i + 1]];
  if (at <= here.to || !next) return { time: here.time, passed: share(at, here.from, here.to) };
  return { time: here.time + share(at, here.to, next.from) * (next.time - here.time), passed: 0 };
}

/** The position of a time. @param {Columns} columns @param {{ time: number, passed: number }} when */
function placeOf(columns, { time, passed }) {
  const i = lastOf(columns, (column) => column.time <= time);
  if (i < 0) return columns[0]?.from ?? 0;
  const [here, next] = [columns[i], columns[i + 1]];
  if (here.time === time || !next) return here.from + passed * (here.to - here.from);
  return here.to + share(time, here.time, next.time) * (next.from - here.to);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Sheet} sheet
 * @param {TimelineFrame} picture of the run that is shown
 * @param {Ghost} ghost
 * @param {Inks} inks
 */
export function paintGhost(pen, { x, y, half, top, clock, left, right }, picture, ghost, inks) {
  const start = x(ghost.parts);
  /** @param {number} at */
  const place = (at) => x(placeOf(picture.columns, timeAt(ghost.picture.columns, at)));
  const rows = new Map(picture.lanes.map((lane, i) => [lane.task, i]));
  pen.save();
  pen.globalAlpha = WEIGHT;
  for (const lane of ghost.picture.lanes) {
    const row = rows.get(lane.task);
    if (row === undefined) continue;
    const middle = y(row) + half + BELOW + TALL / 2;
    for (const span of lane.spans) {
      const [from, to] = [Math.max(left, start, place(span.from)), Math.min(right, place(span.to))];
      if (to <= from) continue;
      pen.fillStyle = inks[/** @type {'pending'} */ (span.state)];
      pen.fillRect(from, middle - 0.5, to - from, 1);
    }
    pen.fillStyle = inks.running;
    for (const block of lane.blocks) {
      const [from, to] = [place(block.from), place(block.to)];
      if (from < Math.max(left, start - 1) || from > right) continue;
      pen.globalAlpha = WEIGHT * PAST;
      pen.fillRect(from, middle - TALL / 2, Math.max(2, Math.min(right, to) - from), TALL);
      pen.globalAlpha = WEIGHT;
    }
  }
  pen.restore();
  if (start < left || start > right) return;
  pen.strokeStyle = inks.ink;
  pen.lineWidth = 1;
  pen.setLineDash([2, 3]);
  pen.beginPath();
  pen.moveTo(Math.round(start) + 0.5, top);
  pen.lineTo(Math.round(start) + 0.5, clock);
  pen.stroke();
  pen.setLineDash([]);
}
