// Tasks as lanes, from the viewer's timeline: polls, waits, who was woken from where, how each ended. Positions are the
// timeline's own, in which time stands still inside of an instant.

import { HEIGHT, WIDTH, createPen } from './pen.mjs';

/** The most lanes, a run of more shows its first ones; and the most with arrows between them. */
const [LANES, SPARSE] = [8, 5];
/** A poll is at least so wide, and a lane's end takes so much room. */
const [NARROWEST, END] = [2.4, 7];
/** A picture of a run whose tasks are woken from below has a foot to wake them from. */
const FOOT = 5;

/**
 * @param {import('../../types.js').Run} run
 * @param {number} seen events
 */
export function lanes(run, seen) {
  const { extent } = run;
  // Wide enough for each poll to be told, as in the page's timeline.
  const { lanes, wakes } = run.timeline(0, extent, extent, 0, LANES, seen);
  const pen = createPen();
  // Where lanes are many, the arrows would hide them.
  const isSparse = lanes.length <= SPARSE;
  const isWokenFromBelow = isSparse && wakes.some(({ by, task }) => by.kind !== 'task' || by.task === task || by.task > LANES);
  const high = (HEIGHT - (isWokenFromBelow ? FOOT : 0)) / lanes.length;
  const scale = (WIDTH - END) / extent;
  /** @param {number} at */
  const x = (at) => at * scale;
  /** @param {number} i */
  const y = (i) => high * (i + 0.5);
  const block = Math.min(9, high * 0.66);

  /** @type {Record<string, string>} */
  const LINES = { pending: 'wait', ready: 'queue', spawned: 'not' };
  for (const [i, lane] of lanes.entries()) {
    // Beyond what was seen there is more.
    if (seen < run.length) pen.line('rest', x(run.place(seen)) + 2, y(i), WIDTH);
    for (const { from, to, state } of lane.spans) {
      if (LINES[state] && x(to) - x(from) > 0.4) pen.line(LINES[state], x(from), y(i), x(to));
    }
  }
  for (const { at, task, by, idle } of isSparse ? wakes : []) {
    const to = lanes.findIndex((lane) => lane.task === task);
    const from = by.kind === 'task' && by.task !== task ? lanes.findIndex((lane) => lane.task === by.task) : -1;
    if (idle || to < 0 || (by.kind === 'task' && by.task === task)) continue;
    const foot = from < 0 ? HEIGHT : y(from);
    pen.arrow('wake', x(at), foot, y(to) + (foot > y(to) ? 1 : -1) * (block / 2 + 0.6));
  }
  for (const [i, lane] of lanes.entries()) {
    // Polls that follow each other stay apart.
    let free = -1;
    for (const { from, to } of lane.blocks) {
      const at = Math.max(x(from), free);
      const wide = Math.max(NARROWEST, x(to) - at - 0.6);
      pen.rect('poll', at, y(i) - block / 2, wide, block);
      free = at + wide + 0.6;
    }
    if (!lane.end) continue;
    const at = Math.max(x(lane.end.at), free) + 2.6;
    if (lane.end.state === 'done') pen.dot('done', at, y(i), Math.min(2.6, block / 2));
    else if (lane.end.state === 'cancelled') pen.cross('drop', at, y(i), 2.6);
    else pen.path('panic', `M${at - 3} ${y(i)}l3-3 3 3-3 3z`);
  }
  return pen.drawn;
}
