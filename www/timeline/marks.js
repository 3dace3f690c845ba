// What the timeline shows of the cursor and of the mark, above the picture: the poll under way, who stands in the queue,
// timers that are set, ends, and the event that is marked.

import { timeLabel } from './ground.js';

/** @typedef {import('../types.js').TimelineFrame} TimelineFrame */
/** @typedef {import('../types.js').NowFrame} NowFrame */
/** @typedef {import('./sheet.js').Sheet} Sheet */
/** @typedef {import('./inks.js').Inks} Inks */

const LETTER = 6.7;
const DIGIT = 3.4;

/**
 * How tasks ended, in shapes.
 * @param {CanvasRenderingContext2D} pen
 * @param {Sheet} sheet
 * @param {TimelineFrame} picture
 * @param {Inks} inks
 */
export function paintEnds(pen, { x, y, left, right }, picture, inks) {
  picture.lanes.forEach(({ end }, row) => {
    if (!end) return;
    const [at, middle] = [x(end.at) - 2, y(row)];
    if (at < left || at > right) return;
    pen.beginPath();
    if (end.state === 'cancelled') {
      pen.strokeStyle = inks.cancelled;
      pen.lineWidth = 2;
      pen.lineCap = 'round';
      for (const by of [1, -1]) {
        pen.moveTo(at - 5, middle - 5 * by);
        pen.lineTo(at + 5, middle + 5 * by);
      }
      pen.stroke();
      pen.lineCap = 'butt';
      return;
    }
    if (end.state === 'panicked') {
      for (const [dx, dy] of [[0, -7], [7, 0], [0, 7], [-7, 0]]) pen.lineTo(at + dx, middle + dy);
      pen.closePath();
    } else pen.arc(at, middle, 5, 0, 2 * Math.PI);
    pen.fillStyle = inks[/** @type {'done'} */ (end.state)];
    pen.fill();
    pen.strokeStyle = inks.pane;
    pen.lineWidth = 1.5;
    pen.stroke();
  });
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Sheet} sheet
 * @param {TimelineFrame} picture
 * @param {NowFrame} now
 * @param {Inks} inks
 */
export function paintNow(pen, { x, y, half, left, right }, picture, now, inks) {
  now.lanes.forEach(({ state, since }, row) => {
    const middle = y(row);
    if (state === 'running' && since != null) {
      const [from, to] = [Math.max(left, x(since)), Math.min(right, Math.max(x(now.at), x(since) + 4))];
      pen.fillStyle = inks.running;
      pen.beginPath();
      if (to > left) pen.roundRect(from, middle - half, Math.max(2, to - from), 2 * half, Math.min(2, half));
      pen.fill();
    }
    const span = state === 'ready' && picture.lanes[row]?.spans.findLast((s) => s.state === 'ready' && s.from <= now.at);
    if (!span) return;
    const from = Math.max(left, x(span.from));
    pen.beginPath();
    for (const [dx, dy] of [[0, -5.5], [9, 0], [0, 5.5]]) pen.lineTo(from + dx, middle + dy);
    pen.closePath();
    pen.fillStyle = inks.pane;
    pen.fill();
    pen.strokeStyle = inks.ready;
    pen.lineWidth = 1.75;
    pen.lineJoin = 'round';
    pen.stroke();
  });
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Sheet} sheet
 * @param {NowFrame} now
 * @param {(task: number) => string} words says whom a timer wakes
 * @param {Inks} inks
 */
export function paintDue(pen, { x, y, width, height, clock, right }, now, words, inks) {
  const rows = new Map(now.lanes.map((lane, row) => [lane.task, row]));
  const places = now.due.map((due) => x(due.at));
  let free = -Infinity;
  pen.font = inks.font;
  now.due.forEach((due, i) => {
    const [row, at] = [rows.get(due.task), places[i]];
    if (row === undefined || at > right) return;
    pen.strokeStyle = inks.pending;
    pen.lineWidth = 1;
    pen.setLineDash([2, 4]);
    pen.beginPath();
    pen.moveTo(at, clock - 4);
    pen.lineTo(at, y(row) + 4);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    pen.arc(at, clock, 3.5, 0, 2 * Math.PI);
    pen.fillStyle = inks.pane;
    pen.fill();
    pen.lineWidth = 1.5;
    pen.stroke();
    pen.fillStyle = inks.quiet;
    pen.textAlign = 'left';
    const said = words(due.task);
    const end = at + 6 + said.length * LETTER;
    // Where it would run into the next one it is left out: the executor has it in words.
    if (width > 420 && end < width && !places.some((p) => p > at && p < end)) pen.fillText(said, at + 6, y(row) + 4);
    const label = timeLabel(due.deadline);
    if (at - label.length * DIGIT < free) return;
    free = at + label.length * DIGIT + 5;
    const middle = Math.min(at, width - label.length * DIGIT);
    // The time of a column that was seen may stand there.
    pen.fillStyle = inks.pane;
    pen.fillRect(middle - label.length * DIGIT - 2, height - 15, label.length * DIGIT * 2 + 4, 13);
    pen.fillStyle = inks.pending;
    pen.textAlign = 'center';
    pen.fillText(label, middle, height - 5);
  });
}

/**
 * A bracket around the event that is marked, or pointed at: ink, for it is no state.
 * @param {CanvasRenderingContext2D} pen
 * @param {Sheet} sheet
 * @param {{ at: number, row: number }} mark row -1 is the axis
 * @param {Inks} inks
 * @param {number} alpha
 */
export function paintMark(pen, { x, y, half, clock, left, right }, { at, row }, inks, alpha) {
  const [middle, tall] = row < 0 ? [clock, 7] : [y(row), half + 4];
  const place = x(at);
  if (place < left - 1 || place > right + 1) return;
  pen.globalAlpha = alpha;
  pen.strokeStyle = inks.ink;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const side of [-1, 1]) {
    pen.moveTo(place + side * 2, middle - tall);
    pen.lineTo(place + side * 5, middle - tall);
    pen.lineTo(place + side * 5, middle + tall);
    pen.lineTo(place + side * 2, middle + tall);
  }
  pen.stroke();
  pen.globalAlpha = 1;
}
