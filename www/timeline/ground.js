// What lies under the lanes: grey columns in which time stands still, the lines between lanes, the axis and its times.

/** @typedef {import('../types.js').TimelineFrame} TimelineFrame */
/** @typedef {import('./sheet.js').Sheet} Sheet */
/** @typedef {import('./inks.js').Inks} Inks */

/** Half of a digit. */
const DIGIT = 3.4;

/** A time as the axis says it. @param {number} ms */
export const timeLabel = (ms) => String(Math.round(ms * 10) / 10);

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Sheet} sheet
 * @param {TimelineFrame} picture
 * @param {Inks} inks
 */
export function paintGround(pen, { width, height, left, right, top, clock, lane, x }, picture, inks) {
  pen.font = inks.font;
  pen.textAlign = 'center';
  let [free, last] = [-Infinity, ''];
  for (const column of picture.columns) {
    const [from, to] = [Math.max(left, x(column.from)), Math.min(right, x(column.to))];
    if (to < left || from > right) continue;
    pen.fillStyle = inks.paper;
    if (picture.exact) pen.fillRect(from, top - 4, to - from, clock - top - 5);
    const label = timeLabel(column.time);
    const middle = (from + to) / 2;
    if (middle - label.length * DIGIT < free || label === last) continue;
    last = label;
    free = middle + label.length * DIGIT + 5;
    pen.fillStyle = inks.quiet;
    pen.fillText(label, middle, height - 5);
    if (!picture.exact) {
      pen.fillStyle = inks.firm;
      pen.fillRect(middle - 0.5, clock, 1, 4);
    }
  }
  pen.fillStyle = inks.rule;
  picture.lanes.forEach((_, i) => {
    if (i > 0) pen.fillRect(0, Math.round(top + lane * i), width - 4, 1);
  });
  pen.fillStyle = inks.firm;
  pen.fillRect(left, clock, width - 4 - left, 1);
}
