// A run in the browser's event loop, event by event: its macrotasks and frames, its microtasks, and the polls inside of them. Times of a
// live run are another's every time; the order is not.

import { HEIGHT, WIDTH, createPen } from './pen.mjs';

/** Rows from the top, by what begins and what ends a block of them. */
const ROWS = [
  { begins: 'macrotask_started frame_started', ends: 'macrotask_ended frame_ended', name: 'over' },
  { begins: 'microtask_started', ends: 'microtask_ended', name: 'soft' },
  { begins: 'poll_started', ends: 'poll_pending poll_ready', name: 'poll' },
];

/** @param {import('../../types.js').Run} run */
export function queues(run) {
  const pen = createPen();
  const high = HEIGHT / ROWS.length;
  const scale = WIDTH / run.length;
  /** @param {number} row */
  const y = (row) => high * (row + 0.5);
  /** Where the block of each row began. @type {number[]} */
  const begun = [];
  /** What is drawn over the blocks. @type {(() => void)[]} */
  const marks = [];
  for (let cursor = 1; cursor <= run.length; cursor += 1) {
    const { kind } = run.describe(cursor);
    const x = cursor * scale;
    for (const [row, { begins, ends, name }] of ROWS.entries()) {
      if (begins.split(' ').includes(kind)) begun[row] = x;
      if (ends.split(' ').includes(kind)) pen.rect(name, begun[row], y(row) - 4, Math.max(2.4, x - begun[row]), 8);
    }
    if (kind === 'woken_queued') marks.push(() => pen.arrow('wake', x, y(0) + 5, y(2) - 5));
    if (kind === 'poll_ready') marks.push(() => pen.dot('done', x + 4, y(2), 2.6));
  }
  for (const mark of marks) mark();
  return pen.drawn;
}
